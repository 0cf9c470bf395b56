"""A saved web page as a tree: decoded by what it says of itself, bounded, nothing fetched.

HTML knows no entities of its own making, so none can grow; the parser has no access to files or
the network; a page nested beyond the parser's limit is refused instead of being cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile
from tingbao.parse.sources.decoding import decode
from tingbao.text.han import tidy

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
}  # fmt: skip
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE
)
_HEAD = re.compile(
    rb"\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_TOO_DEEP = "Excessive depth"
_SPACES = re.compile(r"\s+")
INVISIBLE = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head"),
        *("title", "input", "map"),
    }
)
"""Elements with nothing inside that a reader of the page sees."""
UNREAD = INVISIBLE | {"button", "select", "textarea", "option"}
"""Elements with nothing inside that is text of an article."""
_BROKEN = "\ufffd"
"""What stands for a byte that cannot be read."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page: its tree, its markup (for comments, which the tree leaves out), its names.

    ``names`` are those by which other pages may link to it: its file's, and that of the address
    it was saved from.
    """

    path: Path
    root: etree._Element
    markup: str
    names: tuple[str, ...]


def open_document(file: SourceFile) -> Document:
    """The tree of a saved page.

    Raises:
        InputError: it cannot be decoded, holds nothing, or is nested too deeply.
    """
    markup = _decoded(file)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("this web page holds no text", file.path) from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise InputError("this web page is nested too deeply to be read", file.path)
    saved = _SAVED_FROM.search(markup[:2000])
    names = (file.path.name, *([link_name(saved[1])] if saved else []))
    return Document(file.path, root, markup, names)


def has_html_head(data: bytes) -> bool:
    """Whether the bytes begin like a web page, whatever the file is called."""
    return bool(_HEAD.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))


def link_name(address: str) -> str:
    """The file name that an address ends in, without query and fragment; empty if none."""
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).name
    except ValueError:
        return ""


def flat_text(element: etree._Element, without: etree._Element | None = None) -> str:
    """All text of an element on one line, scripts and the element ``without`` left out."""
    return _SPACES.sub(" ", tidy("".join(_texts(element, without)))).strip()


def is_damaged(element: etree._Element) -> bool:
    """Whether bytes of the element's text could not be read."""
    return any(_BROKEN in text for text in _texts(element, None))


def short_text(element: etree._Element, longest: int) -> str:
    """The text of an element if it is no longer than ``longest`` characters, else nothing."""
    text = ""
    for part in _texts(element, None):
        text = _SPACES.sub(" ", text + tidy(part))
        if len(text) > longest + 1:
            return ""
    return text.strip()


def _texts(element: etree._Element, without: etree._Element | None) -> Iterator[str]:
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "start":
            if node is without or node.tag in UNREAD:
                walker.skip_subtree()
            else:
                yield node.text or ""
            if node.tag == "br":
                yield " "
        elif node is not element:
            yield node.tail or ""


def _decoded(file: SourceFile) -> str:
    """UTF-8 where it is that; else as its head says, where that holds; else as it looks.

    Sites cut texts in the middle of a character, so a page with a few broken bytes is read as a
    browser reads it: each is shown as U+FFFD.
    """
    head = file.data[:4096]
    if b"\x00" in head:
        return decode(file.data, file.path)
    declared = _CHARSET.search(head)
    codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared else None
    codecs = ["utf-8-sig", *([codec] if codec else [])]
    for errors in ("strict", "replace"):
        for name in codecs:
            text = _read_as(name, file.data, errors)
            if text is not None:
                return text
    return decode(file.data, file.path)


def _read_as(codec: str, data: bytes, errors: str) -> str | None:
    """The text, if it is nearly all well made in the encoding."""
    try:
        text = data.decode(codec, errors)
    except UnicodeDecodeError:
        return None
    broken = text.count(_BROKEN)
    return text if not broken or broken * 10 < sum(c > "\x7f" for c in text) else None
