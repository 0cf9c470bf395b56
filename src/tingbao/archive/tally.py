"""What a worker had in hand when it died: a note beside the stores, one line for each attempt.

A worker notes what it begins and removes the note when its task is done. So whoever tries again,
on whatever machine and by whatever scheduler, sees how often just this text (or page) was the
last thing that a worker did. A death between texts counts against none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.errors import SynthesisError

__all__ = ["TRIES", "Tally", "begin"]

TRIES = 3
"""What so many workers died of is set aside."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The attempts at one task, in the file ``path``."""

    path: Path

    def has_killed(self, what: str) -> bool:
        """Whether ``what`` was begun so often that it is set aside."""
        return self._lines().count(what) >= TRIES

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
            return self.path.read_text("utf-8").split()
        except OSError:
            return []


def begin(tally: Tally, what: str) -> None:
    """Note that ``what`` is begun, unless too many workers died of it.

    Raises:
        SynthesisError: they did.
        OutputError: the note cannot be written.
    """
    if tally.has_killed(what):
        raise SynthesisError(f"{TRIES} workers died of it; it is set aside")
    tally.begin(what)
