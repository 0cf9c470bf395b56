"""The border to the file system, counted call by call: at the N-th one it fails, or we die.

It stands in for a disk that is full or broken and for a power cut, and is put up in a process of
its own (see ``rounds``); nothing of Tingbao itself is touched. Only calls on files below one folder
are counted: modules that are loaded meanwhile are not.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["CHANGES", "Boundary", "dying", "failing"]

OPENING, WRITING, READING = "open", "write", "read"
NAMED = ("mkdir", "open", "rename", "replace", "rmdir", "unlink")
FLUSHES = ("fsync",)
CHANGES = frozenset({WRITING, "mkdir", "replace", "unlink", "fsync"})
"""Calls that change something on the disk."""


@dataclass
class Boundary:
    """Counts the calls on files below ``folder``, and meets the one numbered ``at`` with ``fate``.

    ``fate`` gets the call's name; what it raises is what the system says. Half of a block is still
    written before a write meets it. ``lasting``: all later calls of that kind fail too. Only calls
    of these ``kinds`` are counted, if any are named.
    """

    folder: Path
    at: int = 0
    fate: Callable[[str], None] = lambda _call: None
    lasting: bool = False
    kinds: frozenset[str] = frozenset()
    calls: list[str] = field(default_factory=list)
    met: str | None = None

    def put_up(self) -> None:
        """Stand between this process and its files, until it ends."""
        for name in NAMED:
            setattr(os, name, self._counted(name, getattr(os, name)))
        for name in FLUSHES:
            setattr(os, name, self._flushed(name))
        io.open = builtins.open = self._opener(io.open)

    def take_down(self) -> None:
        """From now on every call does what it should."""
        self.at, self.lasting = 0, False

    def step(self, call: str) -> None:
        """Count one call, and let it meet its fate."""
        if self.kinds and call not in self.kinds:
            return
        self.calls.append(call)
        if len(self.calls) == self.at:
            self.met = call
        if self.met and (len(self.calls) == self.at or (self.lasting and call == self.met)):
            self.fate(call)

    def next_is_met(self) -> bool:
        """Whether the next call is the one."""
        return len(self.calls) + 1 == self.at

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **options: Any) -> Any:
            if self._is_ours(path):
                self.step(name)
            return real(path, *arguments, **options)

        return call

    def _flushed(self, name: str) -> Callable[[Any], None]:
        """Count a flush and wait for no disk: what a process wrote outlives its death anyhow."""

        def call(_descriptor: Any) -> None:
            self.step(name)

        return call

    def _opener(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            if not self._is_ours(path):
                return real(path, mode, *arguments, **options)
            self.step(OPENING)
            if "b" not in mode:
                return real(path, mode, *arguments, **options)
            raw = _Watched(path, mode.replace("b", ""), self)
            return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

        return call

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and str(path).startswith(str(self.folder))


class _Watched(io.FileIO):
    """A file whose reads and writes are calls that count."""

    def __init__(self, path: Any, mode: str, boundary: Boundary) -> None:
        super().__init__(path, mode)
        self._boundary = boundary
        self._is_halved = False

    def write(self, block: Any, /) -> int:
        if self._boundary.next_is_met() and not self._is_halved and len(block) > 1:
            # As a disk that runs full: a part is taken, and only the call for the rest is refused.
            self._is_halved = True
            return super().write(bytes(block)[: len(block) // 2])
        self._boundary.step(WRITING)
        return super().write(block)

    def readall(self) -> bytes:
        self._boundary.step(READING)
        return super().readall()

    def readinto(self, buffer: Any, /) -> int:
        self._boundary.step(READING)
        return super().readinto(buffer)


def dying(_call: str) -> None:
    """The fate of a process that is killed: nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number: int) -> Callable[[str], None]:
    """The fate of a call that the system refuses with this ``errno``."""

    def refuse(_call: str) -> None:
        raise OSError(number, os.strerror(number))

    return refuse
