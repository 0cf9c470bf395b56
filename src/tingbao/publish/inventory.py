"""Which files a library has by its manifests, in the order in which listeners may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from tingbao.models import Manifest
from tingbao.publish.addresses import CHAPTERS_FILE, TRANSCRIPT_SUFFIXES
from tingbao.publish.index import LibraryScan, feed_pages, read_index, scan_library
from tingbao.publish.library import FILE_NAME as LIBRARY_FILE
from tingbao.publish.library import LibraryInfo
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import edition_folders, read_outline
from tingbao.publish.site import asset_files

SCRIPT_FILE = "script.md"
"""What was said, for whoever builds the edition again; it is not part of what is published."""
DIGEST_FILE = "digest.mp3"
"""The headlines alone, made on request beside an edition or before it; no feed leads to it."""
_BESIDE = ("cover-*", "feed-*.xml", "articles-*.xml", "section-*.xml", "index-*.html")


def _edition_names(manifest: Manifest) -> list[str]:
    """What is rendered for an edition, in that order; the manifest needs no cues for that."""
    stems = [each.file.rsplit(".", 1)[0] for each in manifest.articles if each.complete]
    texts = [stem + suffix for stem in ("transcript", *stems) for suffix in TRANSCRIPT_SUFFIXES]
    pages = [f"{stem}.html" for stem in stems]
    return [f"{manifest.id}/{name}" for name in (CHAPTERS_FILE, *texts, *pages, "index.html")]


def library_names(info: LibraryInfo, scan: LibraryScan) -> list[str]:
    """What is rendered for the library as a whole, in that order."""
    return [*asset_files(), *(page.name for page in feed_pages(scan.entries, info))]


def media_of(manifest: Manifest) -> dict[str, int | None]:
    """Sound and pictures of an edition by path in the library, with their lengths if known."""
    sounds: dict[str, int | None] = {manifest.edition.file: manifest.edition.bytes}
    for article in manifest.articles:
        if article.complete:
            sounds[article.file] = article.bytes
    pictures = filter(None, [manifest.cover, *(article.cover for article in manifest.articles)])
    named = {**sounds, **dict.fromkeys(pictures)}
    return {f"{manifest.id}/{name}": size for name, size in named.items()}


def _kept_files(manifest: Manifest) -> frozenset[str]:
    """All of an edition that is not rendered, by path in the library."""
    own = (f"{manifest.id}/{name}" for name in (MANIFEST_FILE, SCRIPT_FILE, DIGEST_FILE))
    return frozenset((*own, *media_of(manifest)))


def published_files(manifest: Manifest) -> tuple[str, ...]:
    """All of an edition that is published: its sound and pictures, then what leads to them."""
    pages = (*_edition_names(manifest), f"{manifest.id}/{MANIFEST_FILE}")
    return (*media_of(manifest), *pages)


def outlines(library: Path) -> Iterator[Manifest]:
    """The editions of a library by id, one at a time and without their cues.

    Raises:
        LibraryError: a manifest is damaged.
    """
    found = map(read_outline, edition_folders(library))
    return (manifest for manifest in found if manifest is not None)


def files_of(library: Path, info: LibraryInfo) -> Iterator[str]:
    """All files that are published: sound first, then what leads to it, the feeds last.

    Raises:
        LibraryError: a manifest is damaged.
    """
    for manifest in outlines(library):
        yield from media_of(manifest)
    if info.cover:
        yield info.cover
    for manifest in outlines(library):
        yield from _edition_names(manifest)
        yield f"{manifest.id}/{MANIFEST_FILE}"
    yield LIBRARY_FILE
    yield from library_names(info, scan_library(library, read_index(library)))


def unfinished(library: Path) -> Iterator[str]:
    """Folders that hold sound but no manifest: editions whose building has not come to its end."""
    published = set(edition_folders(library))
    for folder in sorted(path for path in library.iterdir() if path.is_dir()):
        sounds = (path for path in folder.rglob("*.mp3") if path.name != DIGEST_FILE)
        if folder not in published and any(sounds):
            yield folder.name


def own_files(manifest: Manifest) -> tuple[str, ...]:
    """All that a build makes of an edition: what is published, and the script that was spoken."""
    return (*published_files(manifest), f"{manifest.id}/{SCRIPT_FILE}")


def edition_orphans(library: Path, manifest: Manifest) -> Iterator[str]:
    """Files in an edition's folder that are none of its own."""
    known = _kept_files(manifest).union(_edition_names(manifest))
    return _unknown(library, (library / manifest.id).rglob("*"), known)


def library_orphans(library: Path, known: Collection[str]) -> Iterator[str]:
    """Pictures and pages beside the editions that are not ``known``.

    What else lies there is the owner's business.
    """
    return _unknown(library, chain.from_iterable(map(library.glob, _BESIDE)), known)


def _unknown(library: Path, found: Iterable[Path], known: Collection[str]) -> Iterator[str]:
    for path in sorted(found):
        name = path.relative_to(library).as_posix()
        if path.is_file() and not path.name.startswith(".tingbao-") and name not in known:
            yield name
