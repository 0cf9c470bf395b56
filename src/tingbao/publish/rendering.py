"""Everything in a library that follows from ``library.json`` and the manifests.

Transcripts, chapters, pages and feeds are pure functions of these: whoever deletes them all and
renders again gets the same bytes. They are written before the feeds that lead to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tingbao import __version__, files
from tingbao.errors import OutputError
from tingbao.models import Manifest
from tingbao.publish.captions import cues_of_article
from tingbao.publish.catalogue import read_catalogue, take_stock
from tingbao.publish.chapters import CHAPTERS_FILE, chapters_json
from tingbao.publish.library import LibraryInfo, read_library, write_library
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import read_manifest, stamps
from tingbao.publish.overview import write_overview
from tingbao.publish.pages import edition_pages
from tingbao.publish.transcripts import TRANSCRIPT_SUFFIXES, transcripts
from tingbao.publish.wording import edition_title

Tell = Callable[[Path], object]
"""Told of each file as it is made: of a large library there are too many for a list."""

_IN_EDITION = ("*.vtt", "*.srt", "*.json", "*.txt", "*.html")


def untold(path: Path) -> None:
    """Nobody wants to know which files are made."""


def render(library: Path, editions: Collection[str] | None = None, tell: Tell = untold) -> None:
    """Make feeds, pages, transcripts and chapters again, whatever is there already.

    With ``editions``, of the editions only these are rendered, and those that an earlier run
    left half done; the library's own pages and feeds always are. What a former rendering left
    and nothing leads to any more is removed. Call it while holding the library.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: there is no library, or a file cannot be written.
    """
    info = required_library(library)
    stock = take_stock(library)
    every = [entry.id for entry in stock.entries]
    wanted = every if editions is None else {*editions, *_half_done(library)}
    _render_editions(library, info, [name for name in every if name in wanted], tell)
    write_overview(library, info, stock, None, tell)


def update(
    library: Path,
    info: LibraryInfo,
    editions: Collection[str],
    tell: Tell = untold,
    *,
    mend: bool = True,
) -> None:
    """Take new or changed editions into the library: pages, feeds, then ``library.json``.

    Those whose pages were made before (:func:`render_edition`) need not be named. Others that an
    earlier run left half done are made too, unless ``mend`` is off, as it must be while others
    are making some.

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
    is_same = old is not None and replace(old, cover=info.cover) == info
    known = read_catalogue(library)
    stock = take_stock(library, known)
    every = [entry.id for entry in stock.entries]
    mended = _half_done(library) if mend else ()
    wanted = {*editions, *mended} if is_same else every
    _render_editions(library, info, [name for name in every if name in wanted], tell)
    write_overview(library, info, stock, known, tell)
    write_library(library, info)


def _render_editions(library: Path, info: LibraryInfo, names: Iterable[str], tell: Tell) -> None:
    for name in names:
        manifest = read_manifest(library / name)
        for path in render_edition(library, info, manifest) if manifest else ():
            tell(path)


def _half_done(library: Path) -> Iterator[str]:
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


def required_library(library: Path) -> LibraryInfo:
    """The library in a folder.

    Raises:
        OutputError: there is none.
        LibraryError: its file is damaged.
    """
    info = read_library(library)
    if info is None:
        raise OutputError(f"there is no library in {library}; build an edition first")
    return info


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


def edition_names(manifest: Manifest) -> list[str]:
    """The names of :func:`edition_files`, in its order; the manifest needs no cues for that."""
    stems = [each.file.rsplit(".", 1)[0] for each in manifest.articles if each.complete]
    told = [stem + suffix for stem in ("transcript", *stems) for suffix in TRANSCRIPT_SUFFIXES]
    pages = [f"{stem}.html" for stem in stems]
    return [f"{manifest.id}/{name}" for name in (CHAPTERS_FILE, *told, *pages, "index.html")]


def _leftovers(library: Path, edition: str, made: Mapping[str, bytes]) -> list[Path]:
    """Files that an earlier rendering left in an edition."""
    folders = (library / edition, library / edition / "articles")
    found = (path for folder in folders for pattern in _IN_EDITION for path in folder.glob(pattern))
    kept = {library / name for name in made}
    own = (path for path in found if not path.name.startswith(".") and path.name != MANIFEST_FILE)
    return sorted(path for path in own if path not in kept)
