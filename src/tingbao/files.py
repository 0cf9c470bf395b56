"""The one place that writes files: old or new, never half.

A write goes to a temporary beside its target, is flushed to the disk, replaces the target in
one step, and the folder is flushed too, so that a kill or a power cut at any moment leaves
either the old file or the new one. A temporary is locked while it is written: what is not locked
was left by a dead run, and is swept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from filelock import FileLock, Timeout

from tingbao.errors import OutputError

if sys.platform != "win32":
    import fcntl

TEMPORARY_PREFIX = ".tingbao-tmp-"
LOCK, HOLDER = ".tingbao-lock", ".tingbao-holder"


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for an atomic write: it appears whole when the block ends without an error.

    Raises:
        OutputError: the folder cannot be made or the file cannot be written.
    """
    # Not named by the process: in a container each run has the same number as the dead one.
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as stream:
                _hold(stream)
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):  # what cannot be removed now is swept later
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


def append_note(path: Path, text: str) -> None:
    """Add ``text`` to a note that only helps: it is not flushed, for its loss does no harm.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with open_note(path) as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def open_note(path: Path) -> TextIO:
    """Open a note to add to it, as :func:`append_note` does.

    Raises:
        OutputError: it cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def copy(source: Path, target: Path) -> None:
    """Copy a file to ``target`` atomically.

    Raises:
        OutputError: as :func:`writing`, or the source cannot be read.
    """
    with writing(target) as sink, source.open("rb") as stream:
        shutil.copyfileobj(stream, sink, 1 << 20)


def leftovers(folder: Path) -> Iterator[Path]:
    """Temporaries that dead runs left anywhere below ``folder``."""
    for temporary in folder.rglob(f"{TEMPORARY_PREFIX}*"):
        if _is_left(temporary):
            yield temporary


def sweep(folder: Path) -> int:
    """Remove temporaries that dead runs left anywhere below ``folder``; returns how many."""
    swept = 0
    for temporary in leftovers(folder):
        with contextlib.suppress(OSError):
            temporary.unlink()
            swept += 1
    return swept


def _sweep_beside(folder: Path) -> None:
    """Remove what a run left that died even before its note was written."""
    for temporary in filter(_is_left, folder.glob(f"{TEMPORARY_PREFIX}*")):
        with contextlib.suppress(OSError):
            temporary.unlink()


def is_file(path: Path) -> bool:
    """Whether there is a file; False also where the system refuses to say (pathlib would raise)."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder; False also where the system refuses to say."""
    try:
        return path.is_dir()
    except OSError:
        return False


def sha256(path: Path) -> str:
    """The SHA-256 of a file's content in hex, read in pieces.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remove(path: Path) -> None:
    """Remove a file; one that is not there is fine.

    Raises:
        OutputError: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot remove {path}: {error.strerror or error}") from error


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
    holder = folder / HOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(blocking=False)
    except Timeout:
        raise OutputError(f"{folder} is in use by {_name_of(holder)}; wait for it") from None
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    try:
        # Only a holder that died left temporaries, and its note: looking for them below a large
        # library costs more than all else that a new edition does to it.
        (sweep if is_file(holder) else _sweep_beside)(folder)
        write(holder, f"process {os.getpid()}\n")
        yield
    finally:
        with contextlib.suppress(OSError):  # it only names the holder; the lock is what holds
            holder.unlink(missing_ok=True)
        lock.release()


def _hold(stream: BinaryIO) -> None:
    if sys.platform != "win32":
        # Where a file system knows no locks, none can be taken by a sweep either.
        with contextlib.suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_left(temporary: Path) -> bool:
    """Whether nobody writes this temporary any more; False of one that cannot be opened."""
    if sys.platform == "win32":
        return True  # Windows removes no file that is open
    try:
        with temporary.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def holder_of(folder: Path) -> str | None:
    """Who holds ``folder`` at this moment, or None; a folder that cannot be written is free."""
    lock = folder / LOCK
    if not is_file(lock):
        return None
    try:
        with FileLock(lock).acquire(blocking=False):
            return None
    except Timeout:
        return _name_of(folder / HOLDER)
    except OSError:
        return None


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
