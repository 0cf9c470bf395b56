"""An e-paper's page file: what it calls itself, which articles it lists, and where those are."""

from __future__ import annotations

import datetime as dt
import itertools
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tingbao.files import is_file
from tingbao.parse.blocks import SourceFile
from tingbao.parse.labels import page_label
from tingbao.parse.sources.epaper.article import SavedArticle, content_of, read_article
from tingbao.parse.sources.epaper.content import Line, lines_around
from tingbao.parse.sources.epaper.document import (
    Document,
    Place,
    date_in_folders,
    flat_text,
    link_name,
    open_document,
    place_of,
    short_text,
)
from tingbao.parse.sources.epaper.templates import templates
from tingbao.text.han import has_han, squash, tidy

_VIEW = re.compile(r"view\(\s*[\"'](?P<title>.*?)[\"']\s*\)", re.DOTALL)
_LONGEST_LABEL = 40
_MOST_SHOWN = 100
_NEAREST = 8
"""How many elements around a link may be the list that it stands in."""
_TREE = "layout"
"""The folder beside ``content`` in the addresses of an e-paper of two trees."""
_DEEPEST_TREE = 5


@dataclass(frozen=True, slots=True)
class Link:
    """An article as a page lists it: its address as it stands there, and its title.

    ``is_listed`` says that it stands in the list of the page's articles or on its picture.
    """

    address: str
    title: str
    is_listed: bool = True

    @property
    def name(self) -> str:
        """The name of the file that it leads to."""
        return link_name(self.address)

    @property
    def folder(self) -> str:
        """The folder that it leads to, with its site."""
        return self.address.partition("?")[0].rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page file, the articles that it lists in order, and all other lines that it shows."""

    document: Document
    place: Place
    links: tuple[Link, ...]
    around: tuple[Line, ...]


def is_page_name(document: Document) -> bool:
    """Whether the file is called like an e-paper's page."""
    return any(templates().page_name.match(name) for name in document.names)


def read_page(document: Document) -> SavedPage | None:
    """The page with its list; None where it lists nothing."""
    links = tuple(_links(document))
    if not links:
        return None
    place = place_of(document, None)
    label, section = _current(document) or (place.label, place.section)
    place = Place(label, section, place.paper, place.date)
    body = document.root.find("body")
    around = lines_around(body) if body is not None else ()
    return SavedPage(document, place, links, tuple(around))


def _links(document: Document) -> Iterator[Link]:
    """The articles in the order of the list; those that only the picture of the page shows last."""
    anchors = [*document.root.iter("a")]
    listed = [anchor for anchor in anchors if _is_listed(anchor)]
    titles: dict[str, str] = {}
    addresses: dict[str, str] = {}
    areas = {link_name(area.get("href") or "") for area in document.root.iter("area")}
    for anchor in (*(listed or anchors), *document.root.iter("area")):
        address = anchor.get("href") or ""
        name = link_name(address)
        if templates().article_name.match(name):
            addresses.setdefault(name, address)
            titles[name] = titles.get(name) or _title(anchor)
    for name, address in addresses.items():
        yield Link(address, titles[name], bool(listed) or name in areas)


def _is_listed(anchor: etree._Element) -> bool:
    """Whether a link to an article stands in what looks like the page's list."""
    if not templates().article_name.match(link_name(anchor.get("href") or "")):
        return False
    around = itertools.islice(anchor.iterancestors(), _NEAREST)
    return any(templates().listing.matches(element) for element in around)


def _title(anchor: etree._Element) -> str:
    """A link's title; older pages write it by a script."""
    text = flat_text(anchor)
    if not text and (script := anchor.find(".//script")) is not None:
        found = _VIEW.search(script.text or "")
        text = tidy(found["title"]).strip() if found else ""
    return text


def _current(document: Document) -> tuple[str, str | None] | None:
    """The label and section that the page shows as its own."""
    own = [e for e in document.root.iter("a") if link_name(e.get("href") or "") in document.names]
    shown = [e for e in document.root.iter() if templates().label.matches(e)]
    for element in (*[e for e in shown[:_MOST_SHOWN] if e.find(".//a") is None], *own):
        text = short_text(element, _LONGEST_LABEL)
        if has_han(text) and (found := page_label(text)):
            return found
    return None


class ArticleIndex:
    """Articles by the names and titles that pages list them by; each is taken once."""

    def __init__(self, linked: Sequence[SourceFile] = ()) -> None:
        self._linked = {file.path.resolve(): file for file in linked}
        self._articles: dict[Path, SavedArticle] = {}
        self._by_name: dict[str, list[SavedArticle]] = {}
        self._by_title: dict[str, list[SavedArticle]] = {}
        self._taken: set[Path] = set()

    def put(self, article: SavedArticle) -> SavedArticle:
        """Add an article; one that is there already stays."""
        path = article.document.path.resolve()
        if path in self._articles:
            return self._articles[path]
        self._articles[path] = article
        for name in dict.fromkeys(article.document.names):
            self._by_name.setdefault(name, []).append(article)
        if article.title:
            self._by_title.setdefault(squash(article.title), []).append(article)
        return article

    def find(self, link: Link, page: Path) -> SavedArticle | None:
        """The article that ``link`` on ``page`` leads to, if it is at hand and not taken.

        Raises:
            InputError: its file is there and cannot be used.
        """
        for path in _candidates(link, page):
            place = path.resolve()
            if place in self._articles:
                return self._articles[place]
            if place in self._linked and (article := self._open(self._linked[place])) is not None:
                return article
        same = self._by_name.get(link.name) or self._by_title.get(squash(link.title), [])
        return next((a for a in same if a.document.path.resolve() not in self._taken), None)

    def take(self, articles: Sequence[SavedArticle]) -> list[SavedArticle]:
        """Those of the articles that stand on no page yet; now they do."""
        ours = [a for a in articles if a.document.path.resolve() not in self._taken]
        self._taken.update(article.document.path.resolve() for article in ours)
        return ours

    def left(self) -> Iterator[SavedArticle]:
        """The articles that stand on no page yet, in the order they came."""
        return (a for path, a in self._articles.items() if path not in self._taken)

    def _open(self, file: SourceFile) -> SavedArticle | None:
        document = open_document(file)
        content = content_of(document)
        return self.put(read_article(document, content)) if content is not None else None


def missing_links(page: SavedPage, found: Sequence[Link]) -> list[Link]:
    """The articles that the page lists and that are not among those ``found``.

    A link outside its list to another folder and another day than the rest leads to no article of
    this page: such are 历史沿革 and 记者站 at its foot.
    """
    folders = [link.folder for link in found] or [link.folder for link in page.links]
    ours = set(folders) if found else {max(folders, key=folders.count, default="")}
    return [
        link
        for link in page.links
        if link not in found
        and (link.is_listed or link.folder in ours or _is_of_day(link, page.place.date))
    ]


def _is_of_day(link: Link, date: dt.date | None) -> bool:
    return date is not None and date_in_folders(link.folder) == date


def linked_paths(page: SavedPage) -> Iterator[Path]:
    """The files that are there of those that a page's links may lead to."""
    for link in page.links:
        yield from filter(is_file, _candidates(link, page.document.path))


def _candidates(link: Link, page: Path) -> Iterator[Path]:
    """Where the linked file may lie, nothing outside the saved tree.

    Where the link leads, then beside the page, then in the tree that the address shows.
    """
    root = _tree_of(page).resolve()
    address = _path_of(link.address)
    tail = address.rsplit("/content/", 1)
    found = [] if "://" in link.address else [page.parent / address]
    found.append(page.parent / link.name)
    if len(tail) == 2:
        found.append(root / "content" / tail[1])
    for path in found:
        inside = Path(posixpath.normpath(path.absolute().as_posix()))
        if inside.resolve().is_relative_to(root):
            yield inside


def _path_of(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).replace("\x00", "").lstrip("/")
    except ValueError:
        return ""


def _tree_of(page: Path) -> Path:
    """The folder that holds all of a saved e-paper: the page's own, or that of both trees."""
    for folder in [*page.absolute().parents][:_DEEPEST_TREE]:
        if folder.name == _TREE:
            return folder.parent
    return page.absolute().parent
