"""What a report is made of, collected from the events of a run in memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import get_args

from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Outcome,
    TaskEnded,
    TaskKind,
    TaskRepeated,
)
from tingbao.archive.reckoning import Reckoner, Standing
from tingbao.archive.report.distributions import Durations, Timeline
from tingbao.archive.report.kinds import Kinds
from tingbao.archive.report.tables import Cell

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

_MOST_NAMED = 500
"""Editions that are named on the page as not complete; the table names all."""


@dataclass(frozen=True, slots=True)
class Named:
    """An edition that is not complete, and why."""

    edition: str
    outcome: Outcome
    reason: str


@dataclass(slots=True)
class _UnderWay:
    """What was done for an edition that has not ended."""

    spoken_seconds: float = 0.0
    task_seconds: float = 0.0
    repeats: int = 0


@dataclass(slots=True)
class Collector:
    """Sums over a run; ``clock`` gives seconds since 1970."""

    clock: Callable[[], float]
    began: float = field(init=False)
    durations: dict[TaskKind, Durations] = field(init=False)
    pages: Timeline = field(default_factory=Timeline)
    warnings: Kinds = field(default_factory=Kinds)
    incomplete: list[Named] = field(default_factory=list)
    _reckoner: Reckoner = field(init=False)
    _under_way: dict[str, _UnderWay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.began = self.clock()
        self._reckoner = Reckoner(self.clock)
        self.durations = {kind: Durations() for kind in get_args(TaskKind)}

    @property
    def standing(self) -> Standing:
        """Counts and workers at this moment."""
        return self._reckoner.standing

    def take(self, event: ArchiveEvent) -> tuple[Cell, ...] | None:
        """Count an event; the row of editions.csv if it ends an edition."""
        self._reckoner.take(event)
        match event:
            case TaskEnded():
                self._add_task(event)
            case TaskRepeated():
                self._of(event.edition).repeats += 1
            case EditionEnded():
                return self._add_edition(event)
        return None

    def _of(self, edition: str) -> _UnderWay:
        return self._under_way.setdefault(edition, _UnderWay())

    def _add_task(self, task: TaskEnded) -> None:
        self.durations[task.kind].add(task.wall_seconds)
        of_edition = self._of(task.edition)
        of_edition.spoken_seconds += task.audio_seconds
        of_edition.task_seconds += task.wall_seconds

    def _add_edition(self, edition: EditionEnded) -> tuple[Cell, ...]:
        after = max(self.clock() - self.began, 0.0)
        kinds = Kinds()
        for message in edition.warnings:
            kinds.add(message)
            self.warnings.add(message)
        if edition.outcome in {"made", "incomplete"}:
            self.pages.add(after, edition.pages)
        if edition.outcome in {"failed", "incomplete"} and len(self.incomplete) < _MOST_NAMED:
            self.incomplete.append(Named(edition.edition, edition.outcome, edition.reason))
        return _row(edition, self._under_way.pop(edition.edition, _UnderWay()), after, kinds)


def _row(edition: EditionEnded, work: _UnderWay, after: float, kinds: Kinds) -> tuple[Cell, ...]:
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
