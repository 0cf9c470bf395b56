"""A saved web page as a tree, and where it says that it was printed.

HTML knows no entities of its own making, so none can grow; the parser has no access to files or
the network; a page nested beyond the parser's limit is refused instead of being cut short.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from tingbao.errors import InputError
from tingbao.files import is_file
from tingbao.parse.blocks import SourceFile
from tingbao.parse.labels import page_label
from tingbao.parse.mastheads import read_imprint
from tingbao.parse.sources.epaper.mhtml import ArchivedPage, is_web_archive, page_in
from tingbao.parse.sources.epaper.templates import templates
from tingbao.parse.sources.inputs import date_of_name, decode
from tingbao.text.han import HAN, tidy

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
BREAK = "\n"
"""What stands for a line break in the text of an element."""
_TOO_DEEP = "Excessive depth"
_SPACES = re.compile(r"\s+")
INVISIBLE = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head"),
        *("title", "input", "map", "video", "audio", "canvas", "frameset"),
    }
)
"""Elements with nothing inside that a reader of the page sees."""
UNREAD = INVISIBLE | {"button", "select", "textarea", "option"}
"""Elements with nothing inside that is text of an article."""
_BROKEN = "\ufffd"
"""What stands for a byte that cannot be read."""
_PROPERTY = re.compile(r"<!--\s*enpproperty\b")
_LONGEST_PROPERTY = 20_000
_FIELD = re.compile(
    r"<(?:founder-)?(?P<name>[a-z]+)>(?P<value>.{0,2000}?)</(?:founder-)?(?P=name)>", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_LINES = {"introtitle": "kicker", "pretitle": "kicker", "author": "byline"}
"""What the publishing system's comment calls the lines of a headline."""
IMPRINT = re.compile(
    r"《?\s*(?P<paper>[^《》（）()\s]{2,16}报?)\s*》?\s*[（(]\s*(?P<date>\d{4}\s*年[^（）()]{3,16}?日)"
    r"[\s,，]*(?:第\s*)?(?P<label>[A-Za-z]{0,2}\d{1,3})\s*版[^（）()]{0,12}[）)]"
)
"""The line under a headline: paper, date and page of print."""
_LABELLED = re.compile(
    rf"第\s*(?P<label>[A-Za-z]{{0,2}}\d{{1,3}})\s*版(?:\s*[:：]\s*(?P<section>[{HAN}·]{{1,12}}))?"
)
_NAMED = re.compile(
    r"^n[wb]s?\..*?(?:_\d+)?[-_](?P<label>[A-Z]{0,2}\d{1,3})\.s?html?$", re.IGNORECASE
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_PUBLISHED = re.compile(
    r"(?:article:published_time|datePublished|publish_?(?:date|time)|pub_?(?:date|time)|PubDate|pubTime)"
    r"[\"']?\s*(?:content\s*=|:)\s*[\"']?((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)"
)
_FOLDERS = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)/(\d\d)(?=/|$)")
SUFFIX = re.compile(r"(?:多媒体)?(?:数字报(?:纸)?|电子报|电子版|数字版|图文数据库|网)$")
_TITLE_PARTS = re.compile(r"[\-_—|｜·\s]+")
_NEAR = 400
"""How many characters before the article a page's line of date and label may stand."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page: its tree, its markup (for comments, which the tree leaves out), its names.

    ``names`` are those by which other pages may link to it: its file's, and that of ``address``,
    from which it was saved; empty where that is not noted.
    """

    path: Path
    root: etree._Element
    markup: str
    names: tuple[str, ...]
    address: str = ""


def open_document(file: SourceFile, beside: Mapping[Path, bytes] | None = None) -> Document:
    """The tree of a saved page, with what it shows in frames.

    Those are in the same archive, or among the files that lie ``beside`` it, by their full paths.

    Raises:
        InputError: it cannot be decoded, holds nothing, or is nested too deeply.
    """
    page = page_in(file) if is_web_archive(file) else ArchivedPage(file.data, "")
    root, markup = _tree(SourceFile(file.path, page.data))
    paths = {name: path.resolve() for name, path in _frames(root, file.path)}
    own = {name: (beside or {}).get(path, b"") for name, path in paths.items()}
    _put_frames(root, page.address, {**own, **page.frames}, file.path)
    saved = _SAVED_FROM.search(markup[:2000])
    address = page.address or (saved[1] if saved else "")
    names = (file.path.name, *([link_name(address)] if address else []))
    return Document(file.path, root, markup, names, address)


def _tree(file: SourceFile) -> tuple[etree._Element, str]:
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
    return root, markup


def frame_paths(document: Document) -> Iterator[Path]:
    """The files that are there of those that the page shows in frames, in its folder or below."""
    root = document.path.resolve().parent
    for _, path in _frames(document.root, document.path):
        inside = path.resolve()
        if inside.is_relative_to(root) and inside != document.path.resolve() and is_file(inside):
            yield path


def _frames(root: etree._Element, path: Path) -> Iterator[tuple[str, Path]]:
    """What a page calls the frames that it shows, and where the file of each would lie."""
    for frame in root.iter("frame", "iframe"):
        name = frame.get("src") or ""
        if name and ":" not in name and (place := _path_of(name).replace("\0", "")):
            yield name, path.parent / place.lstrip("/")


def _put_frames(
    root: etree._Element, address: str, frames: Mapping[str, bytes], path: Path
) -> None:
    """Put the pages that a page shows in frames in their places, each once.

    What stands in a frame within the text is most often an advert, and so an aside of the page.
    """
    left = dict(frames)
    waiting = [(root, address)]
    while waiting:
        around, base = waiting.pop()
        for frame in [*around.iter("frame", "iframe")]:
            name = _joined(base, frame.get("src") or "")
            data = left.pop(name, b"")
            if not data.strip():
                continue
            inner, _ = _tree(SourceFile(path, data))
            body = inner.find("body")
            for title in inner.iter("title"):
                frame.append(title)
            frame.tag = "div" if frame.tag == "frame" else "aside"
            frame.extend([] if body is None else [*body])
            frame.text = body.text if body is not None else None
            waiting.append((frame, name))
    for frameset in root.iter("frameset"):
        frameset.tag = "body" if frameset.getparent() is root else "div"


def _joined(address: str, link: str) -> str:
    try:
        return urljoin(address, link)
    except ValueError:
        return ""


def has_html_head(data: bytes) -> bool:
    """Whether the bytes begin like a web page, whatever the file is called."""
    return bool(_HEAD.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))


def link_name(address: str) -> str:
    """The file name that an address ends in, without query and fragment; empty if none."""
    return PurePosixPath(_path_of(address)).name


def _path_of(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def flat_text(element: etree._Element, without: etree._Element | None = None) -> str:
    """All text of an element on one line, scripts and the element ``without`` left out."""
    return _SPACES.sub(" ", tidy("".join(_texts(element, without)))).strip()


def lines_of(element: etree._Element) -> list[str]:
    """The text of an element, line by line as its line breaks part it."""
    parts = (BREAK if part == BREAK else _SPACES.sub(" ", part) for part in _texts(element, None))
    return [line for text in "".join(parts).split(BREAK) if (line := tidy(text).strip())]


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
                yield BREAK
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an article or page was printed, as far as it says."""

    label: str | None = None
    section: str | None = None
    paper: str | None = None
    date: dt.date | None = None


def place_of(document: Document, content: etree._Element | None) -> Place:
    """Where the article was printed, by its own words, else by its name and folder."""
    noted = properties(document)
    body = document.root.find("body")
    text = flat_text(body, content) if body is not None else ""
    imprint = IMPRINT.search(text)
    label, section = _label(document, noted, imprint, text)
    named = imprint["paper"] if imprint else ""
    paper = read_imprint(named).paper or _paper_in(document)
    printed = date_in(imprint["date"]) if imprint else None
    noted_date = date_in(noted.get("date", "")) or published_in(document)
    date = printed or noted_date or date_in(text) or _date_of_path(document)
    return Place(label, section, paper, date)


def is_of_epaper(document: Document) -> bool:
    """Whether the page is of an e-paper by its name, or by a page of print that it names."""
    known = (templates().page_name, templates().article_name)
    if any(pattern.match(name) for name in document.names for pattern in known):
        return True
    if properties(document) or any(_NAMED.match(name) for name in document.names):
        return True
    body = document.root.find("body")
    text = flat_text(body) if body is not None else ""
    return bool(IMPRINT.search(text) or _LABELLED.search(text[:_NEAR]))


def _paper_in(document: Document) -> str | None:
    """The paper's name in the title of a page: 江州日报多媒体数字报, 标题--人民日报."""
    title = document.root.find(".//title")
    parts = _TITLE_PARTS.split(title_text(title)) if title is not None else []
    for part in reversed(parts):
        if paper := read_imprint(SUFFIX.sub("", part)).paper:
            return paper
    return None


def title_text(title: etree._Element) -> str:
    """The text of a title element, which is no text of the page itself."""
    return _SPACES.sub(" ", tidy(title.text or "")).strip()


def published_in(document: Document) -> dt.date | None:
    """When the page was published, as its metadata say."""
    found = _PUBLISHED.search(document.markup)
    return _date(found) if found else None


def date_in(text: str) -> dt.date | None:
    """The first date in the text."""
    for found in _DATE.finditer(text):
        if date := _date(found):
            return date
    return None


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _date_of_path(document: Document) -> dt.date | None:
    address = PurePosixPath(_path_of(document.address))
    for path in (document.path, address):
        if date := date_in_folders(path.parent.as_posix()) or date_of_name(path):
            return date
    return None


def date_in_folders(path: str) -> dt.date | None:
    """The date in the folders of an address, as 2026-03/14 and 202603/14."""
    found = _FOLDERS.search(path)
    return _date(found) if found else None


def _label(
    document: Document, noted: dict[str, str], imprint: re.Match[str] | None, text: str
) -> tuple[str | None, str | None]:
    node = page_label(noted.get("nodename", ""))
    section = (node[1] if node else noted.get("nodename")) or None
    if imprint:
        return imprint["label"].upper(), section
    if node:
        return node
    searched = page_label(noted.get("nodesearchname", ""))
    if searched:
        return searched[0], section
    if found := next((f for n in document.names if (f := _NAMED.match(n))), None):
        return found["label"].upper(), section
    if found := _LABELLED.search(text[:_NEAR]):
        return found["label"].upper(), section or found["section"]
    return None, section


def properties(document: Document) -> dict[str, str]:
    """The fields of the comment that the publishing system leaves in an article's page."""
    found = _PROPERTY.search(document.markup)
    if not found:
        return {}
    inside = document.markup[found.end() : found.end() + _LONGEST_PROPERTY].partition("-->")[0]
    fields = _FIELD.finditer(inside)
    named = {_LINES.get(f["name"], f["name"]): _plain(f["value"]) for f in fields}
    return {name: value for name, value in named.items() if value}


def _plain(value: str) -> str:
    return _SPACES.sub(" ", tidy(unescape(_TAG.sub(" ", value)))).strip()
