"""Everything in a library that follows from ``library.json`` and the manifests.

Transcripts, chapters, pages and feeds are pure functions of these: whoever deletes them all and
renders again gets the same bytes. They are written before the feeds that lead to them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tingbao import __version__, files
from tingbao.errors import OutputError
from tingbao.models import Manifest
from tingbao.publish.captions import cues_of_article
from tingbao.publish.chapters import CHAPTERS_FILE, chapters_json
from tingbao.publish.feeds import feed_files
from tingbao.publish.items import without_text
from tingbao.publish.library import LibraryInfo, read_library, write_library
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import edition_folders, read_manifest
from tingbao.publish.pages import asset_files, edition_pages, library_pages
from tingbao.publish.transcripts import transcripts
from tingbao.publish.wording import edition_title

__all__ = [
    "edition_files",
    "leftovers",
    "library_files",
    "render",
    "render_edition",
    "render_library",
    "required_library",
    "update",
]

_IN_LIBRARY = ("feed-*.xml", "articles-*.xml", "index-*.html")
_IN_EDITION = ("*.vtt", "*.srt", "*.json", "*.txt", "*.html")


def render(library: Path, editions: Collection[str] | None = None) -> tuple[Path, ...]:
    """Make feeds, pages, transcripts and chapters again; returns their paths.

    With ``editions``, of the editions only these are rendered, and those that an earlier run
    left half done; the library's own pages and feeds always are. What a former rendering left
    and nothing leads to any more is removed. Call it while holding the library.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: there is no library, or a file cannot be written.
    """
    return _render(library, required_library(library), editions)


def update(
    library: Path, info: LibraryInfo, editions: Collection[str], *, mend: bool = True
) -> tuple[Path, ...]:
    """Take new or changed editions into the library: pages, feeds, then ``library.json``.

    Those whose pages were made before (:func:`render_edition`) need not be named. Others that an
    earlier run left half done are made too, unless ``mend`` is off, as it must be while others
    are making some.

    Other editions are rendered again only when ``info`` or the version of this program says
    something else than before: a paper of many years does not pay for each of its days again.
    ``library.json`` comes last, so that a run which was stopped is not taken for a finished one.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: a file cannot be written.
    """
    info = replace(info, rendered_by=__version__)
    old = read_library(library)
    is_same = old is not None and replace(old, cover=info.cover) == info
    written = _render(library, info, editions if is_same else None, mend=mend)
    write_library(library, info)
    return written


def _render(
    library: Path, info: LibraryInfo, editions: Collection[str] | None, *, mend: bool = True
) -> tuple[Path, ...]:
    written: list[Path] = []
    known: list[Manifest] = []
    for folder in edition_folders(library):
        manifest = read_manifest(folder)
        if manifest is None:
            continue
        if editions is None or manifest.id in editions or (mend and _is_behind(folder)):
            written += render_edition(library, info, manifest)
        known.append(without_text(manifest))
    return (*written, *render_library(library, info, known))


def render_edition(library: Path, info: LibraryInfo, manifest: Manifest) -> list[Path]:
    """Make one edition's pages, transcripts and chapters; what leads to them is not touched.

    Raises:
        OutputError: a file cannot be written.
    """
    made = edition_files(info, manifest)
    written = _write_all(library, made)
    _remove_all(leftovers(library, made, manifest.id))
    return written


def _is_behind(folder: Path) -> bool:
    """Whether an earlier run was stopped between an edition's manifest and its page, made last."""
    try:
        made = (folder / "index.html").stat().st_mtime_ns
        return made < (folder / MANIFEST_FILE).stat().st_mtime_ns
    except OSError:
        return True


def render_library(
    library: Path, info: LibraryInfo, manifests: Sequence[Manifest]
) -> tuple[Path, ...]:
    """Make the library's own pages and feeds for these editions.

    Raises:
        OutputError: a file cannot be written.
    """
    made = library_files(info, manifests)
    written = _write_all(library, made)
    _remove_all(leftovers(library, made))
    return tuple(written)


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


def library_files(info: LibraryInfo, manifests: Sequence[Manifest]) -> dict[str, bytes]:
    """All that is rendered for the library as a whole; what leads to the rest comes last."""
    return {**asset_files(), **library_pages(info, manifests), **feed_files(info, manifests)}


def leftovers(
    library: Path, made: Mapping[str, bytes], edition: str | None = None
) -> tuple[Path, ...]:
    """Files that an earlier rendering left in the library, or in one edition of it."""
    folders = (library / edition, library / edition / "articles") if edition else (library,)
    patterns = _IN_EDITION if edition else _IN_LIBRARY
    found = (path for folder in folders for pattern in patterns for path in folder.glob(pattern))
    kept = {library / name for name in made}
    own = (path for path in found if not path.name.startswith(".") and path.name != MANIFEST_FILE)
    return tuple(sorted(path for path in own if path not in kept))


def _write_all(library: Path, made: Mapping[str, bytes]) -> list[Path]:
    for name, data in made.items():
        files.write(library / name, data)
    return [library / name for name in made]


def _remove_all(paths: Sequence[Path]) -> None:
    for path in paths:
        files.remove(path)
