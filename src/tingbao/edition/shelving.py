"""An edition that is made becomes part of its library: the cover, pages and feeds, the sweep.

In this order a listener never sees a feed that is ahead of its files, and a kill between two
steps leaves files that the next run replaces.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from pathlib import Path

from tingbao import files
from tingbao.edition.library import forget_voice
from tingbao.edition.pictures import LibraryCover
from tingbao.models import Manifest
from tingbao.publish import LibraryInfo, update


def take_in(
    library: Path,
    info: LibraryInfo,
    editions: Collection[str],
    cover: LibraryCover,
    *,
    mend: bool = True,
) -> None:
    """Make the library's pages and feeds for all its editions, and the pages of ``editions``.

    ``mend``: as :func:`publish.update`.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: a file cannot be written.
    """
    cover.put(library)
    update(library, replace(info, cover=cover.name), editions, mend=mend)
    for old in library.glob("cover-*"):
        if old.name != cover.name:
            files.remove(old)


def settle(folder: Path, manifest: Manifest) -> None:
    """Remove what the edition had before and has no more, after the feeds have forgotten it.

    Raises:
        OutputError: a file cannot be removed.
    """
    whole = [article for article in manifest.articles if article.complete]
    kept = {folder / name for article in whole for name in (article.file, article.cover)}
    kept |= {folder / manifest.cover}
    patterns = ("articles/*.mp3", "articles/*.jpg", "cover-*")
    for found in chain.from_iterable(folder.glob(pattern) for pattern in patterns):
        if found not in kept:
            files.remove(found)
    if len(whole) == len(manifest.articles):
        forget_voice(folder)
