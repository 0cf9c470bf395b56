"""Which page of the library shows which editions: a page changes only when its editions do.

Feeds are archived as RFC 5005 (section 4) has it: the newest items stand in the feed itself, and
older ones in documents named by their month or their edition. Nothing is counted from either
end, so a new edition, a correction or a removal touches the documents of its own days only.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tingbao.publish.addresses import ARTICLES_FEED, EDITIONS_FEED
from tingbao.publish.catalogue import Entry

LIBRARY_PAGE = "index.html"
FEED_ITEMS = 100
"""Items that a feed holds at least before older ones move to its archive, by whole documents."""
LISTED_EDITIONS = 31
"""Editions on the library's first page; when there are more, each month has a page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the library, by all that decides its bytes, its editions newest first.

    ``series`` is the page that everybody knows and that leads to this one, or is this one;
    ``older`` and ``newer`` are the pages beside it. The first page of a series wears the picture
    ``cover`` and, for people, lists all ``months`` that have pages.
    """

    series: str
    name: str
    entries: tuple[Entry, ...]
    older: str | None = None
    newer: str | None = None
    cover: str = ""
    months: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether it is the page by which its series is known."""
        return self.name == self.series


def leaves(entries: Sequence[Entry], cover: str) -> Iterator[Leaf]:
    """All pages of a library, in the order in which they may appear.

    ``entries`` are oldest first; ``cover`` is the name of the library's picture, or empty.
    """
    newest = tuple(reversed(entries))
    yield from _lists(newest)
    yield from _feed(
        ARTICLES_FEED, newest, lambda entry: entry.id, lambda entry: entry.items, cover
    )
    yield from _feed(EDITIONS_FEED, newest, _month, lambda _: 1, cover)


def _lists(newest: tuple[Entry, ...]) -> Iterator[Leaf]:
    listed = newest[:LISTED_EDITIONS]
    if len(newest) == len(listed):
        yield Leaf(LIBRARY_PAGE, LIBRARY_PAGE, listed)
        return
    months = _grouped(newest, _month)
    names = [None, *(f"index-{_month(month[0])}.html" for month in months), None]
    for newer, name, older, month in zip(names, names[1:], names[2:], months, strict=False):
        assert name is not None
        yield Leaf(LIBRARY_PAGE, name, month, older, newer)
    known = tuple(_month(month[0]) for month in months)
    yield Leaf(LIBRARY_PAGE, LIBRARY_PAGE, listed, months=known)


def _feed(
    file: str,
    newest: Sequence[Entry],
    period: Callable[[Entry], str],
    items: Callable[[Entry], int],
    cover: str,
) -> Iterator[Leaf]:
    """The archive of one feed from its oldest document on, then the feed itself."""
    documents = _grouped(newest, period)
    in_feed = _filling(documents, items)
    archived = documents[in_feed:]
    stem = file.removesuffix(".xml")
    names = [*(f"{stem}-{period(document[0])}.xml" for document in archived), None]
    for document, name, older in reversed([*zip(archived, names, names[1:], strict=False)]):
        assert name is not None
        yield Leaf(file, name, document, older)
    current = tuple(itertools.chain.from_iterable(documents[:in_feed]))
    yield Leaf(file, file, current, names[0], cover=cover)


def _filling(documents: Sequence[Sequence[Entry]], items: Callable[[Entry], int]) -> int:
    """How many of the newest documents it takes to fill a feed."""
    held = 0
    for count, document in enumerate(documents, start=1):
        held += sum(map(items, document))
        if held >= FEED_ITEMS:
            return count
    return len(documents)


def _grouped(newest: Sequence[Entry], period: Callable[[Entry], str]) -> list[tuple[Entry, ...]]:
    return [tuple(group) for _, group in itertools.groupby(newest, period)]


def _month(entry: Entry) -> str:
    return entry.date.isoformat()[:7]
