"""Which pages a library has, which editions each one shows, and what they were last made from.

Feeds are archived as RFC 5005 (section 4) has it: the newest items stand in the feed itself, and
older ones in documents named by their month or their edition. Nothing is counted from either
end, so a new edition, a correction or a removal touches the documents of its own days only.

The render index lies in the library's folder, is published nowhere, and may be lost: without it
the pages are all made again, and come out the same. Its time of change is that of the newest
manifest that it knows: as in ``make``, a manifest that is older and as long as it was is taken
to be the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from tingbao import __version__, files
from tingbao.errors import LibraryError
from tingbao.models import Manifest, Role
from tingbao.publish.addresses import ARTICLES_FEED, EDITIONS_FEED, OPML_FILE, section_feed
from tingbao.publish.library import LibraryInfo
from tingbao.publish.manifests import Stamp, digest, read_manifest, read_outline, stamps
from tingbao.publish.wording import SUMMARY_BYTES, section_of

LIST_PAGE = "index.html"
FEED_ITEMS = 100
"""Items that a feed holds at least before older ones move to its archive, by whole documents."""
LISTED_EDITIONS = 31
"""Editions on the library's first page; when there are more, each month has a page."""

INDEX_FILE = ".tingbao-catalogue.json"
_PENDING_FILE = ".tingbao-pages-begun"
"""Names the pages that a run is about to write; it stands there only while they are written."""


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An edition as far as it decides which page shows it, and whether that page is up to date.

    ``items`` counts its episodes, ``sections`` those of each section of the paper; ``size`` and
    ``sha256`` are those of its manifest.
    """

    id: str
    date: dt.date
    items: int
    sections: dict[str, int]
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class RenderIndex:
    """The editions that the library's pages show, and what is said of the library there."""

    info: LibraryInfo
    entries: tuple[EditionEntry, ...]
    version: str = __version__


@dataclass(frozen=True, slots=True)
class LibraryScan:
    """The editions of a library, oldest first, and how their manifests are read when needed.

    ``outline`` gives one without cues, ``manifest`` with the cues that feeds quote. The newest
    manifest was written at ``newest_ns``.
    """

    entries: tuple[EditionEntry, ...]
    outline: Callable[[EditionEntry], Manifest]
    manifest: Callable[[EditionEntry], Manifest]
    newest_ns: int = 0


def scan_library(
    library: Path, known: RenderIndex | None = None, without: Collection[str] = ()
) -> LibraryScan:
    """The editions of the library in a folder; manifests that ``known`` knows are not read.

    Raises:
        LibraryError: the folder or a manifest cannot be read.
    """
    before = {entry.id: entry for entry in known.entries} if known else {}
    since_ns = _time_of(library / INDEX_FILE)
    found = {name: stamp for name, stamp in stamps(library).items() if name not in without}
    entries = (
        before[name] if _is_known(before.get(name), stamp, since_ns) else _read(library / name)
        for name, stamp in found.items()
    )
    present = (entry for entry in entries if entry is not None)
    return LibraryScan(
        tuple(sorted(present, key=lambda entry: (entry.date, entry.id))),
        lambda entry: _required(read_outline(library / entry.id), entry),
        lambda entry: _without_text(_required(read_manifest(library / entry.id), entry)),
        max((stamp.mtime_ns for stamp in found.values()), default=0),
    )


def _entry_of(manifest: Manifest, size: int = 0, sha256: str = "") -> EditionEntry:
    """What the pages of the library depend on in an edition."""
    items = sum(article.complete for article in manifest.articles)
    sections = Counter(
        section
        for article in manifest.articles
        if article.complete and (section := section_of(article, manifest))
    )
    return EditionEntry(manifest.id, manifest.date, items, dict(sections), size, sha256)


def _is_known(entry: EditionEntry | None, stamp: Stamp, since_ns: int) -> bool:
    # A manifest with the very time of the index may have been written after it was read.
    return entry is not None and entry.size == stamp.size and stamp.mtime_ns < since_ns


def _read(folder: Path) -> EditionEntry | None:
    outline = read_outline(folder)
    return None if outline is None else _entry_of(outline, *digest(folder))


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _required(manifest: Manifest | None, entry: EditionEntry) -> Manifest:
    if manifest is None:
        raise LibraryError(f"edition {entry.id} went away while pages were made; try again")
    return manifest


def _without_text(manifest: Manifest) -> Manifest:
    """The manifest with as much of each article's text as feeds and lists show.

    A library is as long as its paper's life; its whole text need not be in memory at once.
    """
    # One byte more than is shown, so that it shows when something is left out.
    room = {article.id: SUMMARY_BYTES + 1 for article in manifest.articles}
    kept = []
    for cue in manifest.cues:
        if cue.role in {Role.BODY, Role.CAPTION} and room.get(cue.article or "", 0) > 0:
            room[cue.article or ""] -= len(cue.text.encode())
            kept.append(cue)
    return replace(manifest, cues=tuple(kept))


# --- what the pages were last made from ---------------------------------------------------------


def read_index(library: Path) -> RenderIndex | None:
    """The render index of the library; None where there is none that this version can trust."""
    try:
        found = msgspec.json.decode((library / INDEX_FILE).read_bytes(), type=RenderIndex)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return None
    return found if found.version == __version__ else None


def pending_pages(library: Path) -> frozenset[str]:
    """The pages that a run was writing when it was stopped."""
    try:
        return frozenset((library / _PENDING_FILE).read_text("utf-8").split("\n"))
    except (OSError, ValueError):
        return frozenset()


def mark_pending(library: Path, pages: Collection[str]) -> None:
    """Note which pages are about to be written, should this run not come to its end.

    Raises:
        OutputError: it cannot be written.
    """
    files.write(library / _PENDING_FILE, "\n".join(sorted({*pages, *pending_pages(library)})))


def write_index(library: Path, info: LibraryInfo, scan: LibraryScan) -> None:
    """Note what the pages, which are all written by now, were made from.

    Raises:
        OutputError: it cannot be written.
    """
    path = library / INDEX_FILE
    files.write(path, msgspec.json.encode(RenderIndex(info, scan.entries)))
    with contextlib.suppress(OSError):  # a later time only hides what others write meanwhile
        os.utime(path, ns=(scan.newest_ns, scan.newest_ns))
    files.remove(library / _PENDING_FILE)


# --- which page shows which editions ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One document of a feed or of the list of editions, by all that decides its bytes.

    ``entries`` are newest first. ``series`` is the document that everybody knows and that leads
    to this one, or is this one; ``older`` and ``newer`` are the documents beside it. The first
    one of a series wears the picture ``cover`` and, for people, lists all ``months`` that have
    pages. ``section`` is the one whose articles a feed holds (empty: all); ``sections`` are those
    that the list of feeds names.
    """

    series: str
    name: str
    entries: tuple[EditionEntry, ...]
    older: str | None = None
    newer: str | None = None
    cover: str = ""
    months: tuple[str, ...] = ()
    section: str = ""
    sections: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether it is the page by which its series is known."""
        return self.name == self.series


def feed_pages(entries: Sequence[EditionEntry], info: LibraryInfo) -> Iterator[FeedPage]:
    """All pages of a library, in the order in which they may appear; ``entries`` oldest first."""
    newest, cover = tuple(reversed(entries)), info.cover
    yield from _lists(newest)
    sections: tuple[str, ...] = ()
    if info.sections:
        sections = tuple(sorted({section for entry in entries for section in entry.sections}))
    for section in sections:
        yield from _section_feed(section, newest, cover)
    yield FeedPage(OPML_FILE, OPML_FILE, (), sections=sections)
    by_edition = itertools.groupby(newest, lambda entry: entry.id)
    yield from _feed(ARTICLES_FEED, _documents(by_edition), lambda entry: entry.items, cover)
    by_month = itertools.groupby(newest, _month)
    yield from _feed(EDITIONS_FEED, _documents(by_month), lambda _: 1, cover)


_Document = tuple[str, tuple[EditionEntry, ...]]
"""A month or an edition, and what a document of that name shows."""


def _documents(groups: Iterable[tuple[str, Iterable[EditionEntry]]]) -> list[_Document]:
    return [(name, tuple(group)) for name, group in groups]


def _lists(newest: tuple[EditionEntry, ...]) -> Iterator[FeedPage]:
    listed = newest[:LISTED_EDITIONS]
    if len(newest) == len(listed):
        yield FeedPage(LIST_PAGE, LIST_PAGE, listed)
        return
    months = _documents(itertools.groupby(newest, _month))
    names = [f"index-{month}.html" for month, _ in months]
    beside = zip([*names[1:], None], [None, *names[:-1]], strict=True)
    for name, (_, entries), (older, newer) in zip(names, months, beside, strict=True):
        yield FeedPage(LIST_PAGE, name, entries, older, newer)
    yield FeedPage(LIST_PAGE, LIST_PAGE, listed, months=tuple(month for month, _ in months))


def _feed(
    file: str,
    documents: Sequence[_Document],
    items: Callable[[EditionEntry], int],
    cover: str,
) -> Iterator[FeedPage]:
    """The archive of one feed from its oldest document on, then the feed itself."""
    in_feed = _filling(documents, items)
    stem = file.removesuffix(".xml")
    older: str | None = None
    for period, entries in reversed(documents[in_feed:]):
        name = f"{stem}-{period}.xml"
        yield FeedPage(file, name, entries, older)
        older = name
    current = itertools.chain.from_iterable(entries for _, entries in documents[:in_feed])
    yield FeedPage(file, file, tuple(current), older, cover=cover)


def _section_feed(section: str, newest: Sequence[EditionEntry], cover: str) -> Iterator[FeedPage]:
    """The feed of one section, with its archive by editions."""
    having = (entry for entry in newest if section in entry.sections)
    by_edition = _documents(itertools.groupby(having, lambda entry: entry.id))
    pages = _feed(section_feed(section), by_edition, lambda entry: entry.sections[section], cover)
    return (replace(page, section=section) for page in pages)


def _filling(documents: Sequence[_Document], items: Callable[[EditionEntry], int]) -> int:
    """How many of the newest documents it takes to fill a feed."""
    held = 0
    for count, (_, entries) in enumerate(documents, start=1):
        held += sum(map(items, entries))
        if held >= FEED_ITEMS:
            return count
    return len(documents)


def _month(entry: EditionEntry) -> str:
    return entry.date.isoformat()[:7]
