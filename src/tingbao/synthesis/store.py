"""The clip store: what was spoken once is never spoken again, and never trusted unverified.

An entry is named by what it was made of. It holds a line with the SHA-256 of all that follows,
a line of JSON, and the PCM as it is: packing it (zlib saves 7 % of speech, FLAC 40 %) costs more
processor time than reading, hashing and writing it together.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec

from tingbao import files
from tingbao.errors import StoreError
from tingbao.models import Clip, Timing
from tingbao.synthesis.engine import Speech

FORMAT = 1
"""Goes up when an entry's form changes; it is part of every key."""

SUFFIX = ".clip"
UNSETTLED_SUFFIX = ".unsettled"
"""Of what lies beside the clips until it is one of them or nothing."""

SAMPLE_BYTES = 2
WRITER_SECONDS = 3600.0
"""No clip takes as long as this to write."""


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The JSON line of an entry; a timing is ``[start, end, start_ms, end_ms]``."""

    key: str
    sample_rate_hz: int
    samples: int
    timings: tuple[tuple[int, int, int, int], ...]


class ClipStore:
    """Clips below ``folder``, in 256 subfolders; many processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def key_of(speech: Speech, identity: str) -> str:
        """SHA-256 over text, readings, voice settings and the engine's identity, in hex."""
        made_of = json.dumps([FORMAT, identity, asdict(speech)], sort_keys=True)
        return hashlib.sha256(made_of.encode()).hexdigest()

    def get(self, key: str) -> Clip | None:
        """The clip of this key, verified, or None when there is none.

        Raises:
            StoreError: the entry is damaged or cannot be read; putting the clip again repairs it.
        """
        clip = self._read(key)
        if clip is not None:
            _mark_used(self._path(key))
        return clip

    def check(self, key: str) -> None:
        """Read the entry of this key, if there is one; it does not count as used.

        Raises:
            StoreError: as :meth:`get`.
        """
        self._read(key)

    def keys(self) -> Sequence[str]:
        """The keys of all entries, sorted."""
        return sorted(path.stem for _, _, path in self._entries())

    def holds(self, key: str) -> bool:
        """Whether there is an entry under ``key``, not verified."""
        return self._path(key).exists()

    def put(self, key: str, clip: Clip) -> None:
        """Store a clip in place of whatever is there under its key.

        Raises:
            OutputError: the store cannot be written.
        """
        with files.writing(self._path(key)) as stream:
            for block in _packed(key, clip):
                stream.write(block)

    def size(self) -> int:
        """The bytes that all entries take."""
        return sum(size for _, size, _ in self._entries())

    def prune(self, keep_bytes: int) -> int:
        """Remove the entries unused for the longest until at most ``keep_bytes`` are left.

        What killed writers left behind goes too.

        Returns:
            The bytes removed.

        Raises:
            OutputError: an entry cannot be removed.
        """
        self._sweep()
        entries = sorted(self._entries())
        excess = sum(size for _, size, _ in entries) - keep_bytes
        removed = 0
        for _, size, path in entries:
            if removed >= excess:
                break
            files.remove(path)
            removed += size
        return removed

    def _sweep(self) -> None:
        """Remove temporaries and unsettled answers that are too old for a living run."""
        newest = time.time() - WRITER_SECONDS
        for name in (f"{files.TEMPORARY_PREFIX}*", f"*{UNSETTLED_SUFFIX}"):
            for path in self.folder.glob(f"??/{name}"):
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_mtime < newest:
                        files.remove(path)

    def _read(self, key: str) -> Clip | None:
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"cannot read the stored clip {path}: {error.strerror}") from error
        clip = _unpacked(raw, key)
        if clip is None:
            raise StoreError(f"the stored clip {path} is not what was put there")
        return clip

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{SUFFIX}"

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """When each entry was last used (ns), its bytes and its path."""
        for path in self.folder.glob(f"??/[!.]*{SUFFIX}"):
            # Another process may prune at the same time.
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                yield facts.st_mtime_ns, facts.st_size, path


def _packed(key: str, clip: Clip) -> tuple[bytes, bytes, bytes]:
    timings = tuple((t.start, t.end, t.start_ms, t.end_ms) for t in clip.timings)
    head = msgspec.json.encode(_Head(key, clip.sample_rate_hz, clip.samples, timings)) + b"\n"
    digest = hashlib.sha256(head)
    digest.update(clip.pcm)
    return digest.hexdigest().encode() + b"\n", head, clip.pcm


def _unpacked(raw: bytes, key: str) -> Clip | None:
    """The clip, or None if the bytes are not the entry that was written under ``key``."""
    view = memoryview(raw)
    start = raw.find(b"\n") + 1
    if hashlib.sha256(view[start:]).hexdigest().encode() + b"\n" != raw[:start]:
        return None
    end = raw.find(b"\n", start) + 1
    try:
        head = msgspec.json.decode(view[start:end], type=_Head)
    except msgspec.DecodeError:
        return None
    pcm = raw[end:]
    if head.key != key or len(pcm) != head.samples * SAMPLE_BYTES:
        return None
    return Clip(pcm, head.sample_rate_hz, tuple(Timing(*timing) for timing in head.timings))


def _mark_used(path: Path) -> None:
    # A store on a read-only medium still serves; only the last use is not recorded.
    with contextlib.suppress(OSError):
        os.utime(path)
