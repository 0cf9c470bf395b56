"""How far a piece of work is, at which pace, and how long the rest will take."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgressSnapshot:
    """Where the work stands at one moment.

    ``done`` of ``total`` units, of which ``worked`` count for the pace, in ``seconds``.
    ``left_seconds`` is what the rest takes at that pace; None until there is one.
    """

    done: int
    total: int
    worked: int
    seconds: float
    left_seconds: float | None

    @property
    def left(self) -> int:
        """Units that are still to be done."""
        return max(self.total - self.done, 0)

    @property
    def share(self) -> float:
        """The share of units that are done, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def per_hour(self) -> float | None:
        """Units in an hour at the present pace; None until there is one."""
        return 3600 * self.worked / self.seconds if self.seconds > 0 and self.worked else None


class ProgressTracker:
    """Counts units of work, whatever they are; ``clock`` gives seconds from any fixed point.

    The pace is that of the last ``window`` additions (None: of all). It is not known before more
    than the share ``guess_from`` of what has to be worked for is done.
    """

    def __init__(
        self, clock: Callable[[], float], window: int | None = None, guess_from: float = 0.0
    ) -> None:
        self._clock = clock
        self._window = window
        self._guess_from = guess_from
        self._total = 0
        self._done = 0
        self.restart()

    def restart(self) -> None:
        """What was done so far says nothing of the pace, which is counted from now on."""
        # The first entry is where the pace is counted from: the time before the oldest addition.
        self._additions = deque([(self._clock(), 0)])
        self._worked = 0

    @property
    def has_pace(self) -> bool:
        """Whether anything was added that counts for the pace."""
        return len(self._additions) > 1

    def expect(self, units: int) -> None:
        """So many more units are to be done."""
        self._total += units

    def add(self, units: int, *, is_work: bool = True) -> None:
        """So many units are done; with ``is_work`` they count for the pace."""
        self._done += units
        if not is_work:
            return
        self._additions.append((self._clock(), units))
        self._worked += units
        if self._window is not None and len(self._additions) > self._window + 1:
            self._additions.popleft()
            self._worked -= self._additions[0][1]

    @property
    def snapshot(self) -> ProgressSnapshot:
        """Where the work stands now."""
        seconds = max(self._clock() - self._additions[0][0], 0.0)
        left = max(self._total - self._done, 0)
        can_tell = self._worked > self._guess_from * (self._worked + left)
        left_seconds = left * seconds / self._worked if can_tell else None
        return ProgressSnapshot(self._done, self._total, self._worked, seconds, left_seconds)
