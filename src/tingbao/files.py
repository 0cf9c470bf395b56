"""The one place that writes files: old or new, never half.

A write goes to a temporary beside its target, is flushed to the disk, replaces the target in
one step, and the folder is flushed too, so that a kill or a power cut at any moment leaves
either the old file or the new one. Temporaries of dead runs are swept by name.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from tingbao.errors import OutputError

__all__ = ["TEMPORARY_PREFIX", "copy", "locked", "remove_tree", "sweep", "write", "writing"]

TEMPORARY_PREFIX = ".tingbao-tmp-"

_serial = itertools.count()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for an atomic write: it appears whole when the block ends without an error.

    Raises:
        OutputError: the folder cannot be made or the file cannot be written.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{next(_serial)}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def write(path: Path, data: bytes | str) -> None:
    """Write ``data`` (text as UTF-8) to ``path`` atomically; unchanged content is left alone.

    Raises:
        OutputError: as :func:`writing`.
    """
    raw = data.encode() if isinstance(data, str) else data
    if _holds(path, raw):
        return
    with writing(path) as stream:
        stream.write(raw)


def copy(source: Path, target: Path) -> None:
    """Copy a file to ``target`` atomically.

    Raises:
        OutputError: as :func:`writing`, or the source cannot be read.
    """
    with writing(target) as sink, source.open("rb") as stream:
        shutil.copyfileobj(stream, sink, 1 << 20)


def sweep(folder: Path) -> int:
    """Remove temporaries that dead runs left anywhere below ``folder``; returns how many.

    Call it only while holding the folder's lock: a living writer's temporary looks the same.
    """
    swept = 0
    for temporary in folder.rglob(f"{TEMPORARY_PREFIX}*"):
        with contextlib.suppress(OSError):
            temporary.unlink()
            swept += 1
    return swept


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it; a folder that is not there is fine.

    Raises:
        OutputError: something in it cannot be removed.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"cannot remove {folder}: {error.strerror or error}") from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this process; a holder that died is no obstacle.

    Raises:
        OutputError: the folder cannot be written, or another process holds it (named by pid).
    """
    holder = folder / ".tingbao-holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".tingbao-lock")
        lock.acquire(blocking=False)
    except Timeout:
        raise OutputError(f"{folder} is in use by {_name_of(holder)}; wait for it") from None
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    try:
        write(holder, f"process {os.getpid()}\n")
        sweep(folder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _name_of(holder: Path) -> str:
    try:
        return holder.read_text("utf-8").strip() or "another process"
    except OSError:
        return "another process"


def _holds(path: Path, raw: bytes) -> bool:
    try:
        return path.stat().st_size == len(raw) and path.read_bytes() == raw
    except OSError:
        return False


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
