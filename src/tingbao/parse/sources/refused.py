"""Files that can be decoded but hold no page, refused by name: data, lists of links, old documents.

Read as text they would give an edition of nonsense, or a message that says nothing of the cause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile, SourcePage
from tingbao.text.han import count_han

READABLE = (
    "of files, Markdown, plain text, saved web pages, PDFs, pictures of pages, OCR JSON, ALTO, "
    "METS and .docx are read"
)
_BY_SUFFIX = {
    ".csv": "a table of data", ".tsv": "a table of data", ".xls": "a spreadsheet",
    ".xlsx": "a spreadsheet", ".ods": "a spreadsheet", ".url": "a link", ".webloc": "a link",
    ".yaml": "data", ".yml": "data", ".toml": "data", ".ini": "data",
    ".heic": "a HEIC photograph; save it as JPEG", ".heif": "a HEIC photograph; save it as JPEG",
}  # fmt: skip
_BY_START = (
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as .docx"),
    (b"{\\rtf", "a rich text document; save it as .docx"),
)
_LINKS = "a list of links; save the pages and give those"
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text", "")
_LONGEST_NAME = 40
"""With more Han characters than these beside its link a line is text, and no entry of a list."""


def accepts(file: SourceFile) -> bool:
    """Whether the file is of a kind that is known to hold no page."""
    return _kind_of(file) is not None


def read(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """Nothing.

    Raises:
        InputError: always; it says what the file is, and what is read instead.
    """
    file = files[0]
    raise InputError(f"this is {_kind_of(file)}; {READABLE}", file.path)


def without_refused(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of a folder without those that hold no page."""
    return [file for file in files if not accepts(file)]


def _kind_of(file: SourceFile) -> str | None:
    suffix = file.path.suffix.lower()
    for start, kind in _BY_START:
        if file.data.startswith(start):
            return kind
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return _LINKS if suffix in _TEXT_SUFFIXES and _is_list_of_links(file.data) else None


def _is_list_of_links(data: bytes) -> bool:
    """Whether nearly every line is a link, alone or with a name beside it."""
    if b"http" not in data[:2000].lower():
        return False
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    links = sum(bool(_LINK.search(line)) and count_han(line) <= _LONGEST_NAME for line in lines)
    return len(lines) > 1 and links * 10 >= len(lines) * 9
