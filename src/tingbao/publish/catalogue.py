"""What the library's own pages were last made from, so that a new edition costs only its own.

The catalogue lies in the library's folder, is published nowhere, and may be lost: without it the
pages are all made again, and come out the same. Like these it is a function of ``library.json``
and the manifests. Its time of change is that of the newest manifest that it knows: as in
``make``, what is older than that and as long as it was is taken for what it was.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tingbao import __version__, files
from tingbao.errors import LibraryError
from tingbao.models import Manifest
from tingbao.publish.items import without_text
from tingbao.publish.library import LibraryInfo
from tingbao.publish.manifests import Stamp, digest, read_manifest, read_outline, stamps

CATALOGUE = ".tingbao-catalogue.json"
BEGUN = ".tingbao-pages-begun"
"""Names the pages that a run is about to write; it stands there only while they are written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition as far as it decides which page shows it, and whether that page is up to date.

    ``items`` counts its episodes; ``size`` and ``sha256`` are those of its manifest.
    """

    id: str
    date: dt.date
    items: int
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions that the library's pages show, and what is said of the library there."""

    info: LibraryInfo
    entries: tuple[Entry, ...]
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Stock:
    """The editions of a library, oldest first, and how their manifests are had when needed.

    ``outline`` gives one without cues, ``manifest`` with the cues that feeds quote. The newest
    manifest was written at ``newest_ns``.
    """

    entries: tuple[Entry, ...]
    outline: Callable[[Entry], Manifest]
    manifest: Callable[[Entry], Manifest]
    newest_ns: int = 0


def stock_of(manifests: Iterable[Manifest]) -> Stock:
    """The stock of editions that are in memory."""
    known = {manifest.id: manifest for manifest in manifests}
    entries = (Entry(each.id, each.date, _items(each)) for each in known.values())

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
    since_ns = _time_of(library / CATALOGUE)
    found = {name: stamp for name, stamp in stamps(library).items() if name not in without}
    entries = (
        before[name] if _is_known(before.get(name), stamp, since_ns) else _read(library / name)
        for name, stamp in found.items()
    )
    return Stock(
        _in_order(entry for entry in entries if entry is not None),
        lambda entry: _required(read_outline(library / entry.id), entry),
        lambda entry: without_text(_required(read_manifest(library / entry.id), entry)),
        max((stamp.mtime_ns for stamp in found.values()), default=0),
    )


def _is_known(entry: Entry | None, stamp: Stamp, since_ns: int) -> bool:
    # What has the very time of the catalogue may have been written after it was read.
    return entry is not None and entry.size == stamp.size and stamp.mtime_ns < since_ns


def _read(folder: Path) -> Entry | None:
    outline = read_outline(folder)
    if outline is None:
        return None
    size, sha256 = digest(folder)
    return Entry(outline.id, outline.date, _items(outline), size, sha256)


def _items(manifest: Manifest) -> int:
    return sum(article.complete for article in manifest.articles)


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


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
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
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


def finish(library: Path, info: LibraryInfo, stock: Stock) -> None:
    """Note what the pages, which are all written by now, were made from.

    Raises:
        OutputError: it cannot be written.
    """
    path = library / CATALOGUE
    files.write(path, msgspec.json.encode(Catalogue(info, stock.entries)))
    with contextlib.suppress(OSError):  # a later time only hides what others write meanwhile
        os.utime(path, ns=(stock.newest_ns, stock.newest_ns))
    files.remove(library / BEGUN)
