"""Publishing a library elsewhere, and taking editions out of it.

A feed never leads to a file that is not there: what is new comes before the feeds, what goes
feed_pages after them.
"""

from __future__ import annotations

import contextlib
import filecmp
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tingbao import files
from tingbao.errors import LibraryError, OutputError
from tingbao.publish.index import read_index, scan_library
from tingbao.publish.inventory import (
    files_of,
    library_names,
    media_of,
    outlines,
    published_files,
)
from tingbao.publish.library import FILE_NAME as LIBRARY_FILE
from tingbao.publish.library import LibraryInfo, read_library, required_library
from tingbao.publish.manifests import FILE_NAME as MANIFEST_FILE
from tingbao.publish.manifests import edition_folder, read_outline
from tingbao.publish.rendering import Notify, ignore, write_overview


def publish_to(library: Path, destination: Path, notify: Notify = ignore) -> None:
    """Copy a library to a folder, sound first and feeds last.

    ``notify`` is called with each file that is written there.

    Files that are the same there already are left alone; files of editions that are no longer
    in the library go away once the feeds no longer lead to them. Whatever else lies there stays.
    Holds the library and the destination while it runs.

    Raises:
        LibraryError: a file of the library is missing or damaged.
        OutputError: there is no library; or the destination cannot be written, lies in the
            library, or holds another paper.
    """
    info = required_library(library)
    there = _library_at(destination)
    _check_destination(library, destination, info, there)
    with files.locked(library), files.locked(destination):
        check_all_there(library, info)
        gone = _gone_from(destination, there, library, info)
        for name in files_of(library, info):
            if _copied(library / name, destination / name):
                notify(destination / name)
        _remove_files(destination, gone)


def remove(library: Path, edition_id: str) -> None:
    """Take an edition out of the feeds, then off the disk. Holds the library while it runs.

    Raises:
        LibraryError: another edition of the library is damaged.
        OptionError: there is no such edition.
        OutputError: there is no library, or something cannot be written or removed.
    """
    info = required_library(library)
    with files.locked(library):
        _drop(library, info, [edition_folder(library, edition_id).name])


def keep_newest(library: Path, count: int) -> tuple[str, ...]:
    """Remove all editions but the newest ``count``; returns the ids of those that went.

    Raises:
        LibraryError: an edition of the library is damaged.
        OutputError: there is no library, or something cannot be written or removed.
    """
    info = required_library(library)
    with files.locked(library):
        known = scan_library(library, read_index(library)).entries
        old = tuple(entry.id for entry in known[: max(len(known) - max(count, 1), 0)])
        if old:
            _drop(library, info, old)
    return old


def _drop(library: Path, info: LibraryInfo, gone: Collection[str]) -> None:
    known = read_index(library)
    write_overview(library, info, scan_library(library, known, without=gone), known, ignore)
    for name in gone:
        # Without its manifest it is no edition, should the rest of it not go today.
        _remove_files(library, [f"{name}/{MANIFEST_FILE}"])
        files.remove_tree(library / name)


def _check_destination(
    library: Path, destination: Path, info: LibraryInfo, there: LibraryInfo | None
) -> None:
    here, target = library.resolve(), destination.resolve()
    if target.is_relative_to(here) or here.is_relative_to(target):
        raise OutputError(f"{destination} lies in the library, or around it; give another folder")
    check_paper(destination, there, info.paper)


def check_paper(destination: Path | str, there: LibraryInfo | None, paper: str) -> None:
    """Make sure that a destination holds no other paper.

    Raises:
        OutputError: it does.
    """
    if there is not None and there.paper != paper:
        raise OutputError(f"{destination} holds {there.paper}, not {paper}; give another folder")


def _library_at(destination: Path) -> LibraryInfo | None:
    """The library that was published there before; a damaged one will be replaced."""
    try:
        return read_library(destination)
    except LibraryError:
        return None


def _gone_from(
    destination: Path, there: LibraryInfo | None, library: Path, info: LibraryInfo
) -> list[str]:
    """What was published there and is no more in the library; found before anything is copied."""
    try:
        return [*_surplus(destination, there, library, info)] if there is not None else []
    except LibraryError:
        return []


def _surplus(
    destination: Path, there: LibraryInfo, library: Path, info: LibraryInfo
) -> Iterator[str]:
    for manifest in outlines(destination):
        ours = read_outline(library / manifest.id)
        kept = published_files(ours) if ours else ()
        yield from _without(published_files(manifest), kept)
    before = library_names(there, scan_library(destination))
    now = library_names(info, scan_library(library, read_index(library)))
    yield from _without(filter(None, [there.cover, *before]), [info.cover, *now])


def _without(names: Iterable[str], kept: Iterable[str]) -> Iterator[str]:
    known = frozenset(kept)
    return (name for name in names if name not in known)


def check_all_there(library: Path, info: LibraryInfo) -> None:
    """Make sure that all files of a library are there, at the lengths that its feeds name.

    Raises:
        LibraryError: a file is missing or not whole.
    """
    for manifest in outlines(library):
        _check_there(library, published_files(manifest), media_of(manifest))
    names = library_names(info, scan_library(library, read_index(library)))
    _check_there(library, filter(None, [info.cover, LIBRARY_FILE, *names]), {})


def _check_there(library: Path, names: Iterable[str], sizes: Mapping[str, int | None]) -> None:
    for name in names:
        path = library / name
        if not path.is_file() or sizes.get(name) not in (None, path.stat().st_size):
            raise LibraryError(f"{path} is missing or not whole; see tingbao verify {library}")


def _copied(source: Path, target: Path) -> bool:
    with contextlib.suppress(OSError):
        if filecmp.cmp(source, target, shallow=False):
            return False
    files.copy(source, target)
    return True


def _remove_files(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        files.remove(folder / name)
        with contextlib.suppress(OSError):  # a folder that still holds something stays
            (folder / name).parent.rmdir()
