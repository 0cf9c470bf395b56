"""What Word documents, ALTO and METS files are known by.

Their readers, ``office`` and ``alto``, are loaded when one is read, not when files are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tingbao.parse.blocks import SourceFile, SourcePage

WORD_SUFFIXES = (".docx",)
XML_SUFFIXES = (".xml",)

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(alto|mets)[\s>]", re.IGNORECASE)
_HEAD = 8192


def is_word(file: SourceFile) -> bool:
    """Whether the file is a Word document by its name."""
    return file.path.name.lower().endswith(WORD_SUFFIXES)


def is_xml(file: SourceFile) -> bool:
    """Whether the file is XML by its name, or ALTO or METS by its first element."""
    return file.path.name.lower().endswith(XML_SUFFIXES) or root_of(file) is not None


def root_of(file: SourceFile) -> str | None:
    """``"alto"`` or ``"mets"``, where the head of the file shows that it is one; else None."""
    found = _ROOT.search(file.data[:_HEAD].replace(b"\0", b""))
    return found[1].decode().lower() if found else None


def without_strangers(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of a folder without XML that holds no page, and what Word leaves beside one."""
    return [
        file for file in files
        if not (is_word(file) and file.path.name.startswith("~$"))
        and not (file.path.name.lower().endswith(XML_SUFFIXES) and root_of(file) is None)
    ]  # fmt: skip


def read_word(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of Word documents, one each.

    Raises:
        InputError: a file is no Word document, is encrypted, or holds too much.
    """
    from tingbao.parse.sources.office import read_documents  # noqa: PLC0415 - see above

    return read_documents(files)


def linked_xml(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The ALTO files that METS files among ``files`` list and that are not among them, read.

    Raises:
        InputError: a METS file is broken, or a file that it lists cannot be read.
    """
    from tingbao.parse.sources.alto import linked_pages  # noqa: PLC0415 - see above

    return linked_pages(files)


def read_xml(files: Sequence[SourceFile], linked: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of METS files in their order, then of ALTO files that none of them lists.

    Raises:
        InputError: a file is broken, of another kind of XML, or lists no page that is there.
    """
    from tingbao.parse.sources.alto import read_issues  # noqa: PLC0415 - see above

    return read_issues(files, linked)
