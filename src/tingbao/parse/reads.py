"""What was read: names and hashes of the page files, as their bytes were when they were read.

Readers follow links to files that nobody named, so only the place where bytes are read knows.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from tingbao.parse.blocks import SourceFile


@dataclass(frozen=True, slots=True)
class Reads:
    """The files that were read so far, each as ``(name, SHA-256)``."""

    files: set[tuple[str, str]] = field(default_factory=set)

    @property
    def digest(self) -> str:
        """One SHA-256 over all of them, in hex; the order in which they were read is no part."""
        told = "\n".join(f"{sha256} {name}" for name, sha256 in sorted(self.files))
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


_noted: ContextVar[Reads | None] = ContextVar("noted", default=None)


@contextlib.contextmanager
def noted_reads() -> Iterator[Reads]:
    """Note every page file that is read in this block."""
    reads = Reads()
    token = _noted.set(reads)
    try:
        yield reads
    finally:
        _noted.reset(token)


def note_read(file: SourceFile) -> None:
    """Tell that a file was read, if anybody wants to know."""
    reads = _noted.get()
    if reads is not None:
        reads.files.add((file.path.name, hashlib.sha256(file.data).hexdigest()))
