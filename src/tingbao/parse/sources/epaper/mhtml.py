"""Web pages that a browser saved as one file (MHTML): the page inside, without its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.parser import BytesParser

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile

SUFFIXES = (".mhtml", ".mht")
_FIRST = re.compile(rb"[A-Za-z][A-Za-z-]*:")
_MIME = re.compile(
    rb"^Content-Type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)",
    re.IGNORECASE | re.MULTILINE,
)
_NEAR = 4000
"""Within how many bytes the head of an archive says what it is."""
_PAGES = ("text/html", "application/xhtml+xml")
_AGAIN = "save the page again, as \u201cWebpage, complete\u201d"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The bytes of a page in a web archive, and the address it was saved from; empty if none.

    ``frames`` are the other pages that were saved with it, by what a frame may call them: their
    address, or their number in the archive (``cid:``).
    """

    data: bytes
    address: str
    frames: Mapping[str, bytes] = field(default_factory=dict)


def is_web_archive(file: SourceFile) -> bool:
    """Whether the file is a page saved as one file, by its head, whatever it is called."""
    head = file.data[:_NEAR].removeprefix(b"\xef\xbb\xbf").lstrip()
    return bool(_FIRST.match(head) and b"mime-version:" in head.lower() and _MIME.search(head))


def page_in(file: SourceFile) -> ArchivedPage:
    """The page that the archive is of: the one that it names as its root, else the first.

    Raises:
        InputError: it holds no web page, or ends in the middle of one.
    """
    try:
        archive = BytesParser().parsebytes(file.data)
        parts = [part for part in archive.walk() if part.get_content_type() in _PAGES]
        root = _root(archive, parts)
        data = root.get_payload(decode=True) if root is not None else None
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise InputError(f"this saved web page is damaged; {_AGAIN}", file.path) from error
    if root is None or not isinstance(data, bytes) or not data.strip():
        raise InputError(f"this saved web page holds no text; {_AGAIN}", file.path)
    *_, last = archive.walk()
    is_cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in archive.defects)
    if is_cut and root is last:
        raise InputError(f"this saved web page is cut short; {_AGAIN}", file.path)
    frames = {name: page for part in parts if part is not root for name, page in _named(part)}
    return ArchivedPage(data, _address(root) or _address(archive), frames)


def _named(part: Message) -> Iterator[tuple[str, bytes]]:
    data = part.get_payload(decode=True)
    if isinstance(data, bytes):
        yield _address(part), data
        yield f"cid:{str(part.get('Content-ID') or '').strip('<> ')}", data


def _root(archive: Message, parts: list[Message]) -> Message | None:
    start = archive.get_param("start")
    for part in parts:
        if start and part.get("Content-ID") == start:
            return part
    address = _address(archive)
    named = (part for part in parts if address and _address(part) == address)
    return next(named, parts[0] if parts else None)


def _address(message: Message) -> str:
    found = message.get("Snapshot-Content-Location") or message.get("Content-Location") or ""
    return "".join(str(found).split())
