"""The end of a process that hangs: what neither ends nor dies would keep an archive for ever.

The watch is kept outside Python (``faulthandler``), so that no engine that holds the interpreter
can outlive it. The process it ends is a dead worker as any other, and what it had in hand is
tried again.
"""

from __future__ import annotations

import faulthandler
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tingbao import files


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a step may take before it is taken to hang.

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

    A process has one watch: each step begins it anew. A watchdog that is not ``awake`` does
    nothing.
    """

    def __init__(self, note: Path, patience: Patience, *, awake: bool) -> None:
        self._note = note
        self._patience = patience
        self._awake = awake
        self._sink: TextIO | None = None

    def step(self) -> None:
        """Something has come to its end, or has begun."""
        self._watch(self._patience.step_seconds)

    def text(self, characters: int) -> None:
        """A text of so many characters is begun."""
        self._watch(self._patience.of_text(characters))

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
