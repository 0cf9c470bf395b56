"""Whether what was spoken is kept well: the cache folder, its clips, and room for more."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tingbao import files
from tingbao.doctor.findings import Finding, fault, note, ok, one_line
from tingbao.edition import cache_sizes
from tingbao.errors import StoreError
from tingbao.synthesis import ClipStore

MEGABYTE = 1_000_000
SAMPLE = 200
"""So many clips are read unless all are asked for: a second's work, and a disk that damages one
clip in a hundred is found out with a chance of 87 %."""


def check_sizes(cache: Path) -> Finding:
    """What weights, clips and parts take."""
    sizes = ", ".join(
        f"{name} {size / MEGABYTE:,.0f} MB" for name, size in cache_sizes(cache).items()
    )
    return ok("cache", f"{cache}: {sizes}")


def check_clips(cache: Path, *, thorough: bool) -> Finding:
    """Whether the stored clips, all or a sample, are what was put there."""
    store = ClipStore(cache / "clips")
    keys = store.keys()
    read = keys if thorough else sample(keys)
    damaged = [told for told in (_damage(store, key) for key in read) if told]
    if damaged:
        told = f"{len(damaged)} of {len(read)} are damaged, the first: {damaged[0]}"
        return fault("clips", told, "remove what is damaged; it is spoken again when it is needed")
    told = f"{len(read)} of {len(keys)} read, each as it was put there"
    return ok("clips", told if len(read) == len(keys) else f"{told}; --thorough reads all")


def sample(keys: Sequence[str]) -> Sequence[str]:
    """Some of the keys, spread evenly, and the same ones each time."""
    return keys[:: -(-len(keys) // SAMPLE) or 1]


def _damage(store: ClipStore, key: str) -> str | None:
    try:
        store.check(key)
    except StoreError as error:
        return one_line(error)
    return None


def check_leftovers(cache: Path, output: Path) -> Finding:
    """Whether killed runs left temporaries; the next run that writes there takes them away."""
    left = [path for folder in (cache, output) for path in files.leftovers(folder)]
    if left:
        told = f"{len(left)} of killed runs, the first: {left[0]}"
        return note("temporaries", told, "the next build takes them away")
    return ok("temporaries", "none of a killed run")


def check_writable(name: str, folder: Path, write: Callable[[Path], None] | None = None) -> Finding:
    """Whether files can be written to ``folder``, or where it would be made."""
    place = _nearest(folder)
    try:
        (write or _write)(place)
    except OSError as error:
        told = f"cannot write to {place}: {error.strerror or error}"
        return fault(name, told, "give this user the right to write there, or another folder")
    return ok(name, f"{folder} can be written" + ("" if place == folder else ", once it is made"))


def free_bytes(folder: Path) -> int:
    """The room that is left for this user where ``folder`` is or would be made."""
    return shutil.disk_usage(_nearest(folder)).free


def check_space(
    name: str, folder: Path, least_bytes: int, free: Callable[[Path], int] = free_bytes
) -> Finding:
    """Whether there is room for at least ``least_bytes``."""
    left, least = free(folder) / MEGABYTE, least_bytes / MEGABYTE
    if left < least:
        told = f"{left:,.0f} MB are free for {folder}, less than {least:,.0f}"
        return fault(name, told, "make room there, or run tingbao cache --prune MB")
    return ok(name, f"{left:,.0f} MB are free for {folder}")


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above that is there."""
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.exists())


def _write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as stream:  # it never gets a name
        stream.write(b"\0")
