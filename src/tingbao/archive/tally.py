"""What a worker had in hand when it ended: a note beside the stores, one line for each attempt.

A worker notes what it begins and removes the note when its task is done. So whoever tries again,
on whatever machine and by whatever scheduler, sees how often just this text (or page) was the
last thing that a worker did. A death between texts counts against none. Below the attempt that it
ended, the watchdog writes where it hung.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tingbao import files
from tingbao.errors import SynthesisError

TRIES = 3
"""What so many workers died of is set aside."""

End = Literal["died", "hung"]
"""How the workers ended: by themselves, or because they came to no end."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The attempts at one task, in the file ``path``."""

    path: Path

    def killed(self, what: str) -> End | None:
        """How workers ended over ``what``; None unless so many did that it is set aside."""
        lines = self._lines()
        after = [follows for line, follows in itertools.pairwise([*lines, ""]) if line == what]
        if len(after) < TRIES:
            return None
        # What is begun is a word; what the watchdog writes are sentences.
        return "hung" if any(" " in line for line in after) else "died"

    def begin(self, what: str) -> None:
        """Note that ``what`` is begun: a word without spaces.

        Raises:
            OutputError: the note cannot be written.
        """
        files.append_note(self.path, f"{what}\n")

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


def begin(tally: Tally, what: str) -> None:
    """Note that ``what`` is begun, unless too many workers ended over it.

    Raises:
        SynthesisError: they did.
        OutputError: the note cannot be written.
    """
    match tally.killed(what):
        case "died":
            raise SynthesisError(f"{TRIES} workers died of it; it is set aside")
        case "hung":
            raise SynthesisError(f"{TRIES} workers hung on it; it is set aside")
        case None:
            tally.begin(what)
