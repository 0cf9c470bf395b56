"""Where an archive stands: counts, pages an hour, time left, and what each worker does.

Fed with events, asked any time. What is kept does not grow with the number of editions.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Found,
    Outcome,
    TaskEnded,
    TaskRepeated,
)
from tingbao.workers import ProgressTracker

WINDOW = 50
"""The pace is that of so many editions: enough to be steady, few enough to follow a change."""

MOST_WORKERS = 256
"""Workers that are counted apart; where they die often, the names of new ones have no end."""

EARLIER = "earlier workers"
"""The name under which the workers are added up that are no longer counted apart."""


@dataclass(frozen=True, slots=True)
class WorkerRate:
    """What one worker has done; ``speaking_seconds`` is wall time of the tasks that spoke."""

    worker: str
    tasks: int = 0
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    speaking_seconds: float = 0.0
    audio_seconds: float = 0.0

    @property
    def real_time_factor(self) -> float | None:
        """Wall seconds per second of newly spoken audio; None until something was spoken."""
        return self.speaking_seconds / self.audio_seconds if self.audio_seconds else None

    def __add__(self, other: WorkerRate) -> WorkerRate:
        return WorkerRate(
            self.worker,
            self.tasks + other.tasks,
            self.wall_seconds + other.wall_seconds,
            self.cpu_seconds + other.cpu_seconds,
            self.speaking_seconds + other.speaking_seconds,
            self.audio_seconds + other.audio_seconds,
        )


@dataclass(frozen=True, slots=True)
class ArchiveSnapshot:
    """Where the archive stands.

    ``pages`` counts the pages of what this run made, ``audio_seconds`` what it newly spoke.
    ``pages_per_hour``, ``left_seconds`` and ``finish`` (seconds on the clock) follow the pace of
    the editions that were made last, as if all that are left were made; None until one was.
    """

    found: int
    made: int
    unchanged: int
    incomplete: int
    failed: int
    pages: int
    audio_seconds: float
    repeats: int
    elapsed_seconds: float
    pages_per_hour: float | None
    left_seconds: float | None
    finish: float | None
    workers: tuple[WorkerRate, ...]

    @property
    def done(self) -> int:
        """Editions for which nothing more is done."""
        return self.made + self.unchanged + self.incomplete + self.failed

    @property
    def left(self) -> int:
        """Editions that were found and have not ended."""
        return max(self.found - self.done, 0)

    @property
    def share(self) -> float:
        """The share of editions that have ended, 0 to 1."""
        return min(self.done / self.found, 1.0) if self.found else 0.0


class ArchiveTracker:
    """Adds up the events of one run; ``clock`` gives seconds since 1970, as ``time.time`` does."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._began = clock()
        self._editions = ProgressTracker(clock, WINDOW)
        self._pages = ProgressTracker(clock, WINDOW)
        self._ended: Counter[Outcome] = Counter()
        self._repeats = 0
        self._audio_seconds = 0.0
        self._workers: dict[str, WorkerRate] = {}

    def take(self, event: ArchiveEvent) -> None:
        """Count an event; those that are not about progress change nothing."""
        match event:
            case Found():
                self._editions.expect(event.editions)
            case TaskEnded():
                self._add_task(event)
            case TaskRepeated():
                self._repeats += 1
            case EditionEnded():
                self._add_edition(event)

    def _add_task(self, task: TaskEnded) -> None:
        self._audio_seconds += task.audio_seconds
        done = WorkerRate(
            worker=task.worker,
            tasks=1,
            wall_seconds=task.wall_seconds,
            cpu_seconds=task.cpu_seconds,
            speaking_seconds=task.wall_seconds if task.kind == "speak" else 0.0,
            audio_seconds=task.audio_seconds if task.kind == "speak" else 0.0,
        )
        # Put in again, so that the one that was heard of longest ago stands first.
        self._workers[task.worker] = self._workers.pop(task.worker, WorkerRate(task.worker)) + done
        if len(self._workers) > MOST_WORKERS:
            self._fold_oldest()

    def _fold_oldest(self) -> None:
        oldest = next(name for name in self._workers if name != EARLIER)
        before = self._workers.pop(EARLIER, WorkerRate(EARLIER))
        self._workers[EARLIER] = before + self._workers.pop(oldest)

    def _add_edition(self, edition: EditionEnded) -> None:
        self._ended[edition.outcome] += 1
        is_work = edition.outcome in {"made", "incomplete"}
        self._editions.add(1, is_work=is_work)
        if is_work:
            self._pages.add(edition.pages)
        elif edition.outcome == "unchanged" and not self._editions.has_pace:
            self._editions.restart()  # finding out what is unchanged says nothing of the pace
            self._pages.restart()

    @property
    def snapshot(self) -> ArchiveSnapshot:
        """Where the archive stands now."""
        now = self._clock()
        editions, pages = self._editions.snapshot, self._pages.snapshot
        left_seconds = editions.left_seconds if editions.left else 0.0
        return ArchiveSnapshot(
            found=editions.total,
            made=self._ended["made"],
            unchanged=self._ended["unchanged"],
            incomplete=self._ended["incomplete"],
            failed=self._ended["failed"],
            pages=pages.done,
            audio_seconds=self._audio_seconds,
            repeats=self._repeats,
            elapsed_seconds=max(now - self._began, 0.0),
            pages_per_hour=pages.per_hour,
            left_seconds=left_seconds,
            finish=None if left_seconds is None else now + left_seconds,
            workers=tuple(sorted(self._workers.values(), key=_in_order)),
        )


def _in_order(rate: WorkerRate) -> tuple[list[int | str], str]:
    """A key that puts worker 2 before worker 10."""
    parts = re.split(r"([0-9]+)", rate.worker)
    return [int(part) if at % 2 else part for at, part in enumerate(parts)], rate.worker
