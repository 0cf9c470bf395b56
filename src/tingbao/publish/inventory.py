"""Which files a library has by its manifests, in the order in which listeners may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

from tingbao.models import Manifest
from tingbao.publish.items import without_text
from tingbao.publish.library import FILE_NAME as LIBRARY_FILE
from tingbao.publish.library import LibraryInfo
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import edition_folders, read_manifest
from tingbao.publish.rendering import edition_files, library_files

__all__ = ["DIGEST_FILE", "files_of", "kept_files", "media_of", "strangers", "unfinished"]

SCRIPT_FILE = "script.md"
"""What was said, for whoever builds the edition again; it is not part of what is published."""
DIGEST_FILE = "digest.mp3"
"""The headlines alone, made on request beside an edition or before it; no feed leads to it."""
_BESIDE = ("cover-*", "feed-*.xml", "articles-*.xml", "index-*.html")


def media_of(manifest: Manifest) -> dict[str, int | None]:
    """Sound and pictures of an edition by path in the library, with their lengths if known."""
    sounds: dict[str, int | None] = {manifest.edition.file: manifest.edition.bytes}
    for article in manifest.articles:
        if article.complete:
            sounds[article.file] = article.bytes
    pictures = filter(None, [manifest.cover, *(article.cover for article in manifest.articles)])
    named = {**sounds, **dict.fromkeys(pictures)}
    return {f"{manifest.id}/{name}": size for name, size in named.items()}


def kept_files(manifest: Manifest) -> frozenset[str]:
    """All of an edition that is not rendered, by path in the library."""
    own = (f"{manifest.id}/{name}" for name in (MANIFEST_FILE, SCRIPT_FILE, DIGEST_FILE))
    return frozenset((*own, *media_of(manifest)))


def files_of(library: Path, info: LibraryInfo) -> tuple[str, ...]:
    """All files that are published: sound first, then what leads to it, the feeds last.

    Raises:
        LibraryError: a manifest is damaged.
    """
    media: list[str] = []
    pages: list[str] = []
    known: list[Manifest] = []
    for folder in edition_folders(library):
        manifest = read_manifest(folder)
        if manifest is not None:
            media += media_of(manifest)
            pages += [*edition_files(info, manifest), f"{manifest.id}/{MANIFEST_FILE}"]
            known.append(without_text(manifest))
    covers = [info.cover] if info.cover else []
    return (*media, *covers, *pages, LIBRARY_FILE, *library_files(info, known))


def unfinished(library: Path) -> Iterator[str]:
    """Folders that hold sound but no manifest: editions whose building has not come to its end."""
    published = set(edition_folders(library))
    for folder in sorted(path for path in library.iterdir() if path.is_dir()):
        sounds = (path for path in folder.rglob("*.mp3") if path.name != DIGEST_FILE)
        if folder not in published and any(sounds):
            yield folder.name


def strangers(library: Path, editions: Collection[str], known: Collection[str]) -> Iterator[str]:
    """Files in these editions, and pictures and pages beside them, that are not ``known``.

    What else lies beside the editions is the owner's business.
    """
    beside = chain.from_iterable(map(library.glob, _BESIDE))
    inside = chain.from_iterable((library / name).rglob("*") for name in editions)
    for path in sorted(chain(beside, inside)):
        name = path.relative_to(library).as_posix()
        if path.is_file() and not path.name.startswith(".tingbao-") and name not in known:
            yield name
