"""The articles at hand: those given, and those that a page's links lead to in its saved tree."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tingbao.files import is_file
from tingbao.parse.blocks import SourceFile
from tingbao.parse.sources.epaper.articles import SavedArticle, content_of, read_article
from tingbao.parse.sources.epaper.dom import open_document
from tingbao.parse.sources.epaper.pages import Link, SavedPage
from tingbao.text.han import squash

_TREE = "layout"
"""The folder beside ``content`` in the addresses of an e-paper of two trees."""
_DEEPEST_TREE = 5


class Shelf:
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
