"""What workers ended over, and how long a piece of work may take.

A worker notes what it begins in the attempt log of its task and removes the log when the task is
done. So whoever tries again, on whatever machine and by whatever scheduler, sees how often just
this text (or page) was the last thing that a worker did. A death between texts counts against
none. Below the attempt that it ended, the watchdog writes where it hung.
"""

from __future__ import annotations

import faulthandler
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from tingbao import files
from tingbao.errors import SynthesisError
from tingbao.workers.executor import FailureKind

TRIES = 3
"""What so many workers ended over is set aside."""

Ending = Literal[FailureKind.DIED, FailureKind.HUNG]
"""How workers ended: by themselves, or because a piece of work came to no end."""


def ending_word(ending: FailureKind) -> str:
    """``died`` or ``hung``, for messages."""
    return "hung" if ending is FailureKind.HUNG else "died"


@dataclass(frozen=True, slots=True)
class AttemptLog:
    """The attempts at one task, in the file ``path``."""

    path: Path

    def ending_over(self, what: str) -> Ending | None:
        """How workers ended over ``what``; None unless so many did that it is set aside."""
        lines = self._lines()
        after = [follows for line, follows in itertools.pairwise([*lines, ""]) if line == what]
        if len(after) < TRIES:
            return None
        # What is begun is a word; what the watchdog writes are sentences.
        return FailureKind.HUNG if any(" " in line for line in after) else FailureKind.DIED

    def begin(self, what: str) -> None:
        """Note that ``what``, a word without spaces, is begun.

        Raises:
            OutputError: the note cannot be written.
        """
        files.append_note(self.path, f"{what}\n")

    def begin_unless_deadly(self, what: str) -> None:
        """Note that ``what`` is begun, unless too many workers ended over it.

        Raises:
            SynthesisError: they did.
            OutputError: the note cannot be written.
        """
        ending = self.ending_over(what)
        if ending is None:
            self.begin(what)
        else:
            how = "died of" if ending is FailureKind.DIED else "hung on"
            raise SynthesisError(f"{TRIES} workers {how} it; it is set aside")

    def clear(self) -> None:
        """The task is done.

        Raises:
            OutputError: the note cannot be removed.
        """
        files.remove(self.path)

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return []


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How many seconds a piece of work may take before it is taken to hang.

    A text: a character sounds for less than 0.3 s, and so may take 3 s on a machine that speaks
    at a tenth of real time; both limits are three times that and more. Any other step: the longest
    is to master one item, which takes 2 minutes for an hour of sound, and 20 on a machine ten
    times as slow.
    """

    text_seconds: float = 300.0
    character_seconds: float = 10.0
    step_seconds: float = 3600.0

    def of_text(self, characters: int) -> float:
        """For so many characters to be spoken."""
        return self.text_seconds + characters * self.character_seconds


class Watchdog:
    """Ends this process when the step in hand takes too long, and writes to ``note`` where it hung.

    For tasks of many steps, on whatever machine: the time limit of a :class:`ProcessPool` is for
    a whole task. The watch is kept outside Python (``faulthandler``), so that no engine that holds
    the interpreter can outlive it. A process has one watch, and each step begins it anew. A
    watchdog that is not ``awake`` does nothing.
    """

    def __init__(self, note: Path, limits: TimeLimits, *, awake: bool) -> None:
        self._note = note
        self._limits = limits
        self._awake = awake
        self._sink: TextIO | None = None

    def step(self) -> None:
        """Something has come to its end, or has begun."""
        self._watch(self._limits.step_seconds)

    def text(self, characters: int) -> None:
        """A text of so many characters is begun."""
        self._watch(self._limits.of_text(characters))

    def rest(self) -> None:
        """There is nothing in hand."""
        if self._sink is not None:
            faulthandler.cancel_dump_traceback_later()
            self._sink.close()
            self._sink = None

    def _watch(self, seconds: float) -> None:
        if not self._awake:
            return
        if self._sink is None:
            self._sink = files.open_note(self._note)
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._sink)
