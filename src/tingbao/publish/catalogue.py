"""What the library's own pages were last made from, so that a new edition costs only its own.

The catalogue is kept beside the library, is published nowhere, and may be lost: without it the
pages are all made again, and come out the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tingbao import __version__, files
from tingbao.errors import LibraryError
from tingbao.models import Manifest
from tingbao.publish.items import without_text
from tingbao.publish.library import LibraryInfo
from tingbao.publish.manifests import Stamp, read_manifest, read_outline, stamps

__all__ = [
    "Catalogue",
    "Entry",
    "Stock",
    "begin",
    "begun",
    "entry_of",
    "finish",
    "read_catalogue",
    "stock_of",
    "take_stock",
]

CATALOGUE = ".tingbao-catalogue.json"
BEGUN = ".tingbao-pages-begun"
"""Names the pages that a run is about to write; it stands there only while they are written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition as far as it decides which page shows it; ``items`` counts its episodes."""

    id: str
    date: dt.date
    items: int
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions that the library's pages show, and what is said of the library there."""

    info: LibraryInfo
    entries: tuple[Entry, ...]
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Stock:
    """The editions of a library, oldest first, and how their manifests are had when needed.

    ``outline`` gives one without cues, ``manifest`` with the cues that feeds quote.
    """

    entries: tuple[Entry, ...]
    outline: Callable[[Entry], Manifest]
    manifest: Callable[[Entry], Manifest]


def entry_of(manifest: Manifest, stamp: Stamp) -> Entry:
    """The entry of an edition."""
    return Entry(
        manifest.id, manifest.date, sum(each.complete for each in manifest.articles), stamp
    )


def stock_of(manifests: Iterable[Manifest]) -> Stock:
    """The stock of editions that are in memory."""
    known = {manifest.id: manifest for manifest in manifests}
    entries = (entry_of(each, Stamp(0, 0)) for each in known.values())

    def manifest(entry: Entry) -> Manifest:
        return known[entry.id]

    return Stock(_in_order(entries), manifest, manifest)


def take_stock(
    library: Path, known: Catalogue | None = None, without: Collection[str] = ()
) -> Stock:
    """The stock of the library in a folder; manifests that ``known`` knows are not read.

    Raises:
        LibraryError: the folder or a manifest cannot be read.
    """
    before = {entry.id: entry for entry in known.entries} if known else {}
    found = {name: stamp for name, stamp in stamps(library).items() if name not in without}
    return Stock(
        _in_order(_entries(library, found, before)),
        lambda entry: _required(read_outline(library / entry.id), entry),
        lambda entry: without_text(_required(read_manifest(library / entry.id), entry)),
    )


def _entries(
    library: Path, found: Mapping[str, Stamp], before: Mapping[str, Entry]
) -> Iterable[Entry]:
    for name, stamp in found.items():
        entry = before.get(name)
        if entry is None or entry.stamp != stamp:
            outline = read_outline(library / name)
            entry = entry_of(outline, stamp) if outline else None
        if entry is not None:
            yield entry


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.id)))


def _required(manifest: Manifest | None, entry: Entry) -> Manifest:
    if manifest is None:
        raise LibraryError(f"edition {entry.id} went away while pages were made; try again")
    return manifest


def read_catalogue(library: Path) -> Catalogue | None:
    """The catalogue of the library; None where there is none that this version can trust."""
    try:
        found = msgspec.json.decode((library / CATALOGUE).read_bytes(), type=Catalogue)
    except (OSError, ValueError, RecursionError):
        return None
    return found if found.version == __version__ else None


def begun(library: Path) -> frozenset[str]:
    """The pages that a run was writing when it was stopped."""
    try:
        return frozenset((library / BEGUN).read_text("utf-8").split("\n"))
    except (OSError, ValueError):
        return frozenset()


def begin(library: Path, pages: Collection[str]) -> None:
    """Note which pages are about to be written, should this run not come to its end.

    Raises:
        OutputError: it cannot be written.
    """
    files.write(library / BEGUN, "\n".join(sorted({*pages, *begun(library)})))


def finish(library: Path, catalogue: Catalogue) -> None:
    """Note what the pages, which are all written by now, were made from.

    Raises:
        OutputError: it cannot be written.
    """
    files.write(library / CATALOGUE, msgspec.json.encode(catalogue))
    files.remove(library / BEGUN)
