"""Everything in a library that follows from ``library.json`` and the manifests.

Transcripts, chapters, pages and feeds are pure functions of these: whoever deletes them all and
renders again gets the same bytes. They are written before the feeds that lead to them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from tingbao import __version__, files
from tingbao.models import Manifest
from tingbao.publish.addresses import CHAPTERS_FILE, EDITIONS_FEED, OPML_FILE
from tingbao.publish.feeds import feed_document, opml_document
from tingbao.publish.index import (
    LIST_PAGE,
    FeedPage,
    LibraryScan,
    RenderIndex,
    feed_pages,
    mark_pending,
    pending_pages,
    read_index,
    scan_library,
    write_index,
)
from tingbao.publish.library import LibraryInfo, read_library, required_library, write_library
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import read_manifest, stamps
from tingbao.publish.site import asset_files, edition_pages, list_page
from tingbao.publish.transcripts import chapters_json, cues_of_article, transcripts
from tingbao.publish.wording import edition_title

Notify = Callable[[Path], object]
"""Called with each file as it is made: of a large library there are too many for a list."""

_PAGE = re.compile(r"(?:feed|articles|section)-.*\.xml|index-.*\.html")
_IN_EDITION = ("*.vtt", "*.srt", "*.json", "*.txt", "*.html")


def ignore(path: Path) -> None:
    """Nobody wants to know which files are made."""


def render(library: Path, editions: Collection[str] | None = None, notify: Notify = ignore) -> None:
    """Make feeds, pages, transcripts and chapters again, whatever is there already.

    With ``editions``, of the editions only these are rendered, and those that an earlier run
    left half done; the library's own pages and feeds always are. What a former rendering left
    and nothing leads to any more is removed. Call it while holding the library.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: there is no library, or a file cannot be written.
    """
    info = required_library(library)
    scan = scan_library(library)
    every = [entry.id for entry in scan.entries]
    wanted = every if editions is None else {*editions, *_unfinished_editions(library)}
    _render_editions(library, info, [name for name in every if name in wanted], notify)
    write_overview(library, info, scan, None, notify)


def update(
    library: Path,
    info: LibraryInfo,
    editions: Collection[str | Manifest],
    notify: Notify = ignore,
    *,
    repair: bool = True,
) -> None:
    """Take new or changed editions into the library: pages, feeds, then ``library.json``.

    ``editions`` are named by id, or given by the manifest that was just written, which is not read
    again. Those whose pages were made before (:func:`render_edition`) need not be named. Others
    that an earlier run left half done are made too, unless ``repair`` is off, as it must be while
    others are making some.

    Other editions are rendered again only when ``info`` or the version of this program says
    something else than before, and of the library's pages only those that show what changed: a
    paper of many years does not pay for each of its days again. ``library.json`` comes last, so
    that a run which was stopped is not taken for a finished one.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: a file cannot be written.
    """
    info = replace(info, rendered_by=__version__)
    old = read_library(library)
    is_same = old is not None and _with_cover_of(info, old) == info
    known = read_index(library)
    scan = scan_library(library, known)
    every = [entry.id for entry in scan.entries]
    unfinished = _unfinished_editions(library) if repair else ()
    written = {one.id: one for one in editions if isinstance(one, Manifest)}
    named = {one for one in editions if isinstance(one, str)}
    wanted = {*written, *named, *unfinished} if is_same else every
    names = [name for name in every if name in wanted]
    _render_editions(library, info, names, notify, written)
    write_overview(library, info, scan, known, notify)
    write_library(library, info)


def _render_editions(
    library: Path,
    info: LibraryInfo,
    names: Iterable[str],
    notify: Notify,
    written: Mapping[str, Manifest] = MappingProxyType({}),
) -> None:
    for name in names:
        manifest = written.get(name) or read_manifest(library / name)
        for path in render_edition(library, info, manifest) if manifest else ():
            notify(path)


def _unfinished_editions(library: Path) -> Iterator[str]:
    """Editions whose pages were not made, or not to the end, after their manifest was written.

    An edition's own page is made last.
    """
    made = stamps(library, "index.html")
    for name, written in stamps(library).items():
        if name not in made or made[name].mtime_ns < written.mtime_ns:
            yield name


def render_edition(library: Path, info: LibraryInfo, manifest: Manifest) -> list[Path]:
    """Make one edition's pages, transcripts and chapters; what leads to them is not touched.

    Raises:
        OutputError: a file cannot be written.
    """
    made = edition_files(info, manifest)
    for name, data in made.items():
        files.write(library / name, data)
    for path in _leftovers(library, manifest.id, made):
        files.remove(path)
    return [library / name for name in made]


def edition_files(info: LibraryInfo, manifest: Manifest) -> dict[str, bytes]:
    """All that is rendered for one edition, by path in the library."""
    texts = {CHAPTERS_FILE: chapters_json(manifest, info.addresses)}
    title = f"{manifest.paper} {edition_title(manifest)}"
    for suffix, text in transcripts(manifest.cues, title, manifest.voice).items():
        texts[f"transcript{suffix}"] = text
    for article in manifest.articles:
        if article.complete:
            stem = article.file.rsplit(".", 1)[0]
            cues = cues_of_article(manifest, article)
            for suffix, text in transcripts(cues, article.title, manifest.voice).items():
                texts[stem + suffix] = text
    made = {f"{manifest.id}/{name}": text.encode() for name, text in texts.items()}
    return {**made, **edition_pages(info, manifest)}


def _leftovers(library: Path, edition: str, made: Mapping[str, bytes]) -> list[Path]:
    """Files that an earlier rendering left in an edition."""
    folders = (library / edition, library / edition / "articles")
    found = (path for folder in folders for pattern in _IN_EDITION for path in folder.glob(pattern))
    kept = {library / name for name in made}
    own = (path for path in found if not path.name.startswith(".") and path.name != MANIFEST_FILE)
    return sorted(path for path in own if path not in kept)


# --- the library's own pages and feeds ----------------------------------------------------------
# One is made at a time, from the manifests of its own editions, and only when these are not what
# they were: neither time nor memory grows with the library.


def library_files(info: LibraryInfo, scan: LibraryScan) -> Iterator[tuple[str, bytes]]:
    """All that is rendered for the library as a whole; what leads to the rest comes last.

    Raises:
        LibraryError: a manifest cannot be read.
    """
    yield from asset_files().items()
    for page in feed_pages(scan.entries, info):
        yield page.name, _rendered(info, scan, page)


def write_overview(
    library: Path,
    info: LibraryInfo,
    scan: LibraryScan,
    known: RenderIndex | None,
    notify: Notify,
) -> None:
    """Write the pages that are not yet what they should be, then note what they were made from.

    Without ``known`` these are all. A run that is stopped leaves a note of what it was about to
    write, and the next one writes that again.

    Raises:
        LibraryError: a manifest cannot be read.
        OutputError: a file cannot be written.
    """
    wanted = tuple(feed_pages(scan.entries, info))
    stale = _stale_pages(library, info, wanted, known)
    surplus = _surplus(library, {page.name for page in wanted})
    if stale or surplus:
        mark_pending(library, [page.name for page in stale])
    for name, data in asset_files().items():
        files.write(library / name, data)
        notify(library / name)
    for page in stale:
        files.write(library / page.name, _rendered(info, scan, page))
        notify(library / page.name)
    for name in surplus:
        files.remove(library / name)
    write_index(library, info, scan)


def _with_cover_of(info: LibraryInfo, other: LibraryInfo) -> LibraryInfo:
    """``other`` in the cover of ``info``: only the first page of each feed shows it."""
    return replace(other, cover=info.cover, cover_px=info.cover_px)


def _stale_pages(
    library: Path, info: LibraryInfo, wanted: Sequence[FeedPage], known: RenderIndex | None
) -> list[FeedPage]:
    """The pages that are missing, were being written, or would not be made as they were."""
    if known is None or _with_cover_of(info, known.info) != info:
        return [*wanted]
    before = {page.name: page for page in feed_pages(known.entries, known.info)}
    doubtful, present = pending_pages(library), frozenset(_beside(library))
    return [
        page
        for page in wanted
        if before.get(page.name) != page or page.name in doubtful or page.name not in present
    ]


def _rendered(info: LibraryInfo, scan: LibraryScan, page: FeedPage) -> bytes:
    if page.series == OPML_FILE:
        return opml_document(info, page)
    read = scan.outline if page.series in {EDITIONS_FEED, LIST_PAGE} else scan.manifest
    manifests = [read(entry) for entry in page.entries]
    make = list_page if page.series == LIST_PAGE else feed_document
    return make(info, page, manifests)


def _surplus(library: Path, kept: Collection[str]) -> list[str]:
    """Pages of an earlier rendering that nothing leads to any more."""
    return sorted(name for name in _beside(library) if _PAGE.fullmatch(name) and name not in kept)


def _beside(library: Path) -> Iterator[str]:
    """The names of all that lies in the library's folder: no paths, there may be thousands."""
    with os.scandir(library) as found:
        yield from (one.name for one in found)
