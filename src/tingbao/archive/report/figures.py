"""The figures of a report: counted while a run goes on, in memory that does not grow, as tables."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    TaskEnded,
    TaskKind,
    TaskRepeated,
)
from tingbao.archive.progress import ArchiveSnapshot, ArchiveTracker, WorkerRate

Cell = str | int | float | None
Row = tuple[Cell, ...]

COLUMNS = (
    "edition",
    "outcome",
    "pages",
    "items",
    "audio_seconds",
    "spoken_seconds",
    "task_seconds",
    "cpu_seconds",
    "repeats",
    "ended_after_seconds",
    "warnings",
    "warning_kinds",
    "reason",
)
"""The columns of editions.csv, as the documentation describes them."""

_TASK_COLUMNS = (
    *("task", "count", "mean_s", "half_at_most_s", "nine_tenths_at_most_s", "longest_s"),
    "total_s",
)
_WORKER_COLUMNS = (
    *("worker", "tasks", "spoken_s", "speaking_s", "real_time_factor", "wall_s"),
    "cpu_s",
)

OTHERS = "others"

_MOST_NAMED = 500
"""Editions that are named on the page as not complete; the table names all."""

_MOST_KINDS = 200
"""Kinds of warnings that are counted apart: Tingbao's own are some dozens."""

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

_FEWEST_SHOWN, _MOST_SHOWN = 6, 48
_EDITIONS_A_PERIOD = 3
"""With fewer editions in each period, the plot would show when they ended and not how fast."""

_PLACE = re.compile(r"^[^“”'\"]*?\.\w{1,8}(?::\d+)?: ")
_QUOTED = re.compile(r"“[^”]*”|'(?:[^'\\]|\\.)*'|\"[^\"]*\"")
_PRINTED = re.compile(r"[^\x00-\x7f“”…–]+(?:[ .,·]*[^\x00-\x7f“”…–]+)*")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Bin:
    """How many values lie from ``low`` up to ``high`` seconds (None: without end)."""

    low: float
    high: float | None
    count: int

    @property
    def bounds(self) -> str:
        """Its bounds in words."""
        if self.high is None:
            return f"{span(self.low)} or more"
        if not self.low:
            return f"under {span(self.high)}"
        return f"{span(self.low)} to {span(self.high)}"


class Period(NamedTuple):
    """What was done in a stretch of time: seconds since the beginning, the amount, its rate."""

    start: float
    end: float
    amount: int
    per_hour: float


class Table(NamedTuple):
    """Rows under the names of their columns; units are in the names."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def span(seconds: float) -> str:
    """A length of time in the unit that suits it: ``0.5 s``, ``20 min``, ``1.5 h``, ``3 d``."""
    if not seconds:
        return "0"
    units = ((86400, "d"), (3600, "h"), (60, "min"), (0, "s"))
    size, unit = next(one for one in units if seconds >= one[0])
    return f"{seconds / (size or 1):.3g} {unit}"


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
        seen = 0
        for one in self.bins:
            seen += one.count
            if one.count and seen >= share * self.count:
                return self.longest if one.high is None else min(one.high, self.longest)
        return None

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins from the first to the last that holds a value."""
        bounds = (0.0, *EDGES)
        bins = [Bin(*one) for one in zip(bounds, (*EDGES, None), self.counts, strict=True)]
        filled = [at for at, one in enumerate(bins) if one.count]
        return tuple(bins[filled[0] : filled[-1] + 1]) if filled else ()


@dataclass(slots=True)
class Timeline:
    """Amounts over time, in periods of equal length that grow with the time."""

    seconds: float = 1.0
    amounts: list[int] = field(default_factory=lambda: [0])

    def add(self, at: float, amount: int) -> None:
        """Count ``amount`` at so many seconds since the beginning; never before it."""
        while (place := int(max(at, 0.0) // self.seconds)) >= _PERIODS:
            self._halve()
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
            # An edition that ends in so short a period would look like a record.
            last += whole.pop()
        start = len(whole) * self.seconds
        lengths = [*(self.seconds for _ in whole), max(until - start, self.seconds / 2)]
        for place, (amount, length) in enumerate(zip((*whole, last), lengths, strict=True)):
            begin = place * self.seconds
            yield Period(begin, begin + length, amount, 3600 * amount / length)

    def _halve(self) -> None:
        self.amounts = [sum(self.amounts[at : at + 2]) for at in range(0, len(self.amounts), 2)]
        self.seconds *= 2


class Kinds:
    """Counts messages by kind: without the words, numbers and files of the one case.

    So ``numbering goes from # to # at “…”`` stands for all messages of its kind.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, message: str) -> None:
        """Count one message."""
        bare = _QUOTED.sub("“…”", _PLACE.sub("", message))
        kind = _NUMBER.sub("#", _PRINTED.sub("…", bare)).strip()
        known = kind in self._counts or len(self._counts) < _MOST_KINDS
        self._counts[kind if known else OTHERS] += 1

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Kinds and their counts, the most frequent first."""
        return tuple(sorted(self._counts.items(), key=lambda one: (-one[1], one[0])))


@dataclass(slots=True)
class _UnderWay:
    """What was done for an edition that has not ended."""

    spoken_seconds: float = 0.0
    task_seconds: float = 0.0
    repeats: int = 0


class Collector:
    """Sums over a run; ``clock`` gives seconds since 1970.

    ``incomplete`` names editions that are not complete, and why.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.began = clock()
        self.durations: dict[TaskKind, Durations] = {
            kind: Durations() for kind in get_args(TaskKind)
        }
        self.warnings = Kinds()
        self.incomplete: list[EditionEnded] = []
        self._pages = Timeline()
        self._tracker = ArchiveTracker(clock)
        self._under_way: dict[str, _UnderWay] = {}

    @property
    def snapshot(self) -> ArchiveSnapshot:
        """Counts and workers at this moment."""
        return self._tracker.snapshot

    def periods(self, snapshot: ArchiveSnapshot) -> tuple[Period, ...]:
        """Pages over time, in periods that hold some editions each."""
        worked = snapshot.made + snapshot.incomplete
        most = min(max(worked // _EDITIONS_A_PERIOD, _FEWEST_SHOWN), _MOST_SHOWN)
        return self._pages.periods(snapshot.elapsed_seconds, most)

    def take(self, event: ArchiveEvent) -> Row | None:
        """Count an event; the row of editions.csv if it ends an edition."""
        self._tracker.take(event)
        match event:
            case TaskEnded():
                self.durations[event.kind].add(event.wall_seconds)
                under_way = self._of(event.edition)
                under_way.spoken_seconds += event.audio_seconds
                under_way.task_seconds += event.wall_seconds
            case TaskRepeated():
                self._of(event.edition).repeats += 1
            case EditionEnded():
                return self._end(event)
        return None

    def _of(self, edition: str) -> _UnderWay:
        return self._under_way.setdefault(edition, _UnderWay())

    def _end(self, edition: EditionEnded) -> Row:
        after = max(self._clock() - self.began, 0.0)
        kinds = Kinds()
        for message in edition.warnings:
            kinds.add(message)
            self.warnings.add(message)
        if edition.outcome in {"made", "incomplete"}:
            self._pages.add(after, edition.pages)
        if edition.outcome in {"failed", "incomplete"} and len(self.incomplete) < _MOST_NAMED:
            self.incomplete.append(edition)
        work = self._under_way.pop(edition.edition, _UnderWay())
        return (
            edition.edition,
            edition.outcome,
            edition.pages,
            edition.items,
            edition.audio_seconds,
            work.spoken_seconds,
            work.task_seconds,
            edition.cpu_seconds,
            work.repeats,
            after,
            len(edition.warnings),
            "; ".join(f"{count} × {kind}" for kind, count in kinds.counts),
            edition.reason,
        )


def tables_of(collector: Collector, snapshot: ArchiveSnapshot) -> dict[str, Table]:
    """What the plots of the page show, by the name of the CSV file without its suffix."""
    durations = {kind: one for kind, one in collector.durations.items() if one.count}
    bins = [(kind, one) for kind, each in durations.items() for one in each.bins]
    return {
        "durations": Table(
            ("task", "duration", "from_s", "to_s", "count"),
            tuple((kind, one.bounds, one.low, one.high, one.count) for kind, one in bins),
        ),
        "pages": Table(("from_s", "to_s", "pages", "pages_an_hour"), collector.periods(snapshot)),
        "tasks": Table(_TASK_COLUMNS, tuple(_task_row(*one) for one in durations.items())),
        "warnings": Table(("kind", "count"), collector.warnings.counts),
        "workers": Table(_WORKER_COLUMNS, tuple(map(_worker_row, snapshot.workers))),
    }


def _task_row(kind: TaskKind, one: Durations) -> Row:
    half, nine_tenths = one.at_most(0.5), one.at_most(0.9)
    return kind, one.count, one.mean, half, nine_tenths, one.longest, one.total


def _worker_row(rate: WorkerRate) -> Row:
    spoken, speaking = rate.audio_seconds, rate.speaking_seconds
    factor, wall, cpu = rate.real_time_factor, rate.wall_seconds, rate.cpu_seconds
    return rate.worker, rate.tasks, spoken, speaking, factor, wall, cpu
