"""Many values in a few numbers: how long tasks took, and how much was done when."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
EDGES = (
    *(step * unit for unit in (0.01, 0.1, 1.0) for step in _STEPS),
    *(10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0),
    *(60 * minutes for minutes in (*_STEPS, 10, 12, 15, 20, 25, 30, 40, 50)),
    *(3600 * hours for hours in (*_STEPS, 10, 12, 15, 20, 24)),
)
"""The bounds of the bins in seconds: ten to each power of ten, round as people say times."""

_PERIODS = 64
"""A timeline has at most so many periods; when it runs out of them they become twice as long."""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many values lie from ``low`` up to ``high`` seconds (None: without end)."""

    low: float
    high: float | None
    count: int


@dataclass(slots=True)
class Durations:
    """A histogram of seconds between ``EDGES``."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(EDGES) + 1))
    total: float = 0.0
    longest: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one value."""
        self.counts[bisect.bisect_right(EDGES, seconds)] += 1
        self.total += seconds
        self.longest = max(self.longest, seconds)

    @property
    def count(self) -> int:
        """How many values were counted."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean in seconds; None without values."""
        return self.total / self.count if self.count else None

    def at_most(self, share: float) -> float | None:
        """The upper bound of the bin that this share of the values reaches; None without any."""
        wanted = share * self.count
        seen = 0
        for at, count in enumerate(self.counts):
            seen += count
            if count and seen >= wanted:
                return min(EDGES[at], self.longest) if at < len(EDGES) else self.longest
        return None

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins from the first to the last that holds a value."""
        filled = [at for at, count in enumerate(self.counts) if count]
        if not filled:
            return ()
        bounds = (0.0, *EDGES, None)
        return tuple(
            Bin(bounds[at] or 0.0, bounds[at + 1], self.counts[at])
            for at in range(filled[0], filled[-1] + 1)
        )


@dataclass(frozen=True, slots=True)
class Period:
    """What was done in a stretch of time: seconds since the beginning, the amount, its rate."""

    start: float
    end: float
    amount: int
    per_hour: float


@dataclass(slots=True)
class Timeline:
    """Amounts over time, in periods of equal length that grow with the time."""

    seconds: float = 1.0
    amounts: list[int] = field(default_factory=lambda: [0])

    def add(self, at: float, amount: int) -> None:
        """Count ``amount`` at so many seconds since the beginning; never before it."""
        place = int(max(at, 0.0) // self.seconds)
        while place >= _PERIODS:
            self._halve()
            place //= 2
        self.amounts += [0] * (place + 1 - len(self.amounts))
        self.amounts[place] += amount

    def periods(self, until: float, most: int) -> tuple[Period, ...]:
        """At most ``most`` periods up to ``until``; the last may be shorter or longer."""
        shown = Timeline(self.seconds, [*self.amounts])
        shown.add(until, 0)
        while len(shown.amounts) > max(most, 1):
            shown._halve()
        return tuple(shown._rates(until))

    def _rates(self, until: float) -> Iterator[Period]:
        *whole, last = self.amounts
        if whole and until - len(whole) * self.seconds < self.seconds / 2:
            last += (
                whole.pop()
            )  # an edition that ends in so short a period would look like a record
        for place, amount in enumerate(whole):
            yield _period(place * self.seconds, self.seconds, amount)
        start = len(whole) * self.seconds
        yield _period(start, max(until - start, self.seconds / 2), last)

    def _halve(self) -> None:
        self.amounts = [sum(self.amounts[at : at + 2]) for at in range(0, len(self.amounts), 2)]
        self.seconds *= 2


def _period(start: float, length: float, amount: int) -> Period:
    return Period(start, start + length, amount, 3600 * amount / length)
