"""What shows the library as a whole: its list of editions, its feeds and their archives.

One page is made at a time, from the manifests of its own editions, and only when these are not
what they were: neither time nor memory grows with the library.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tingbao import files
from tingbao.publish.addresses import ARTICLES_FEED
from tingbao.publish.catalogue import Catalogue, Stock, begin, begun, finish
from tingbao.publish.feeds import feed_document
from tingbao.publish.leaves import LIBRARY_PAGE, Leaf, leaves
from tingbao.publish.library import LibraryInfo
from tingbao.publish.listing import list_page
from tingbao.publish.pages import asset_files

_PAGE = re.compile(r"(?:feed|articles)-.*\.xml|index-.*\.html")


def library_files(info: LibraryInfo, stock: Stock) -> Iterator[tuple[str, bytes]]:
    """All that is rendered for the library as a whole; what leads to the rest comes last.

    Raises:
        LibraryError: a manifest cannot be read.
    """
    yield from asset_files().items()
    for leaf in leaves(stock.entries, info.cover):
        yield leaf.name, _made(info, stock, leaf)


def library_names(info: LibraryInfo, stock: Stock) -> list[str]:
    """The names of :func:`library_files`, in its order."""
    return [*asset_files(), *(leaf.name for leaf in leaves(stock.entries, info.cover))]


def write_overview(
    library: Path,
    info: LibraryInfo,
    stock: Stock,
    known: Catalogue | None,
    tell: Callable[[Path], object],
) -> None:
    """Write the pages that are not yet what they should be, then note what they were made from.

    Without ``known`` these are all. A run that is stopped leaves word of what it was about to
    write, and the next one writes that again.

    Raises:
        LibraryError: a manifest cannot be read.
        OutputError: a file cannot be written.
    """
    wanted = tuple(leaves(stock.entries, info.cover))
    stale = stale_pages(library, info, wanted, known)
    surplus = _surplus(library, {leaf.name for leaf in wanted})
    if stale or surplus:
        begin(library, [leaf.name for leaf in stale])
    for name, data in asset_files().items():
        files.write(library / name, data)
        tell(library / name)
    for leaf in stale:
        files.write(library / leaf.name, _made(info, stock, leaf))
        tell(library / leaf.name)
    for name in surplus:
        files.remove(library / name)
    finish(library, info, stock)


def stale_pages(
    library: Path, info: LibraryInfo, wanted: Sequence[Leaf], known: Catalogue | None
) -> list[Leaf]:
    """The pages that are missing, were being written, or would not be made as they were."""
    if known is None or replace(known.info, cover=info.cover) != info:
        return [*wanted]
    before = {leaf.name: leaf for leaf in leaves(known.entries, known.info.cover)}
    doubtful, present = begun(library), frozenset(_beside(library))
    return [
        leaf
        for leaf in wanted
        if before.get(leaf.name) != leaf or leaf.name in doubtful or leaf.name not in present
    ]


def _made(info: LibraryInfo, stock: Stock, leaf: Leaf) -> bytes:
    read = stock.manifest if leaf.series == ARTICLES_FEED else stock.outline
    manifests = [read(entry) for entry in leaf.entries]
    make = list_page if leaf.series == LIBRARY_PAGE else feed_document
    return make(info, leaf, manifests)


def _surplus(library: Path, kept: Collection[str]) -> list[str]:
    """Pages of an earlier rendering that nothing leads to any more."""
    return sorted(name for name in _beside(library) if _PAGE.fullmatch(name) and name not in kept)


def _beside(library: Path) -> Iterator[str]:
    """The names of all that lies in the library's folder: no paths, there may be thousands."""
    with os.scandir(library) as found:
        yield from (one.name for one in found)
