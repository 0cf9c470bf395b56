"""What PDFs, pictures, Word documents, ALTO and METS files are known by.

Their readers, ``pdf``, ``scan``, ``office`` and ``alto``, are loaded when one is read, not when
files are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tingbao.parse.blocks import SourceFile, SourcePage

PDF_SUFFIXES = (".pdf",)
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
WORD_SUFFIXES = (".docx",)
XML_SUFFIXES = (".xml",)

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(alto|mets)[\s>]", re.IGNORECASE)
_HEAD = 8192
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_ILLUSTRATED = (".md", ".markdown", ".txt", ".htm", ".html", ".mhtml", ".pdf", ".docx", ".xml")


def is_pdf(file: SourceFile) -> bool:
    """Whether the file is a PDF by its first bytes, after what a server may have put before."""
    return b"%PDF-" in file.data[:1024] or file.path.name.lower().endswith(PDF_SUFFIXES)


def is_picture(file: SourceFile) -> bool:
    """Whether the file is a picture by its first bytes or its name."""
    return file.data.startswith(_PICTURES) or file.path.name.lower().endswith(PICTURE_SUFFIXES)


def without_illustrations(names: Sequence[str]) -> list[str]:
    """The names of a folder without pictures, where pages of another form stand beside them."""
    if not any(name.lower().endswith(_ILLUSTRATED) for name in names):
        return list(names)
    return [name for name in names if not name.lower().endswith(PICTURE_SUFFIXES)]


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
    """The files of a folder that hold pages of their own.

    XML of other kinds goes, and what Word leaves beside a document, and the pictures beside any.
    """
    pages = [
        file for file in files
        if not (is_word(file) and file.path.name.startswith("~$"))
        and not (file.path.name.lower().endswith(XML_SUFFIXES) and root_of(file) is None)
    ]  # fmt: skip
    return [file for file in pages if not is_picture(file)] or pages


def read_pdf(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of PDFs in their order.

    Raises:
        InputError: a file is damaged or encrypted, or holds pictures of pages alone.
    """
    from tingbao.parse.sources.pdf import read_pdfs  # noqa: PLC0415 - see above

    return read_pdfs(files)


def read_pictures(
    files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()
) -> list[SourcePage]:
    """The pages of scans and photographs in their order.

    Raises:
        InputError: a picture is damaged or too large, or the extra ``ocr`` is not installed.
    """
    from tingbao.parse.sources.scan import read_scans  # noqa: PLC0415 - see above

    return read_scans(files)


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
