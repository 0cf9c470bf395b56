"""How an archive is shown: a live view on a terminal, plain lines elsewhere, JSON lines, nothing.

Everything goes to standard error; standard output carries results only.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Self, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Found,
    LibraryUpdated,
    Listener,
    TaskEnded,
    TaskRepeated,
    ignore,
)
from tingbao.archive.progress import ArchiveSnapshot, ArchiveTracker, WorkerRate
from tingbao.archive.report.writing import in_one_line
from tingbao.cli.progress import clock_time, print_json, way_of_showing
from tingbao.edition.events import Noticed

Clock = Callable[[], float]

_STEPS = 100
"""Plain progress says where the run stands once for each hundredth of the editions."""

_QUIET_SECONDS = 300
"""After so long without a line it says where it stands, though no edition has ended."""

_ROWS = 12
"""Workers that the live view shows one by one."""

_BAR = 32


@contextlib.contextmanager
def showing_archive(
    how: str, stream: TextIO | None = None, clock: Clock = time.time
) -> Iterator[Listener]:
    """A listener that shows an archive as ``how`` (auto, plain, json or none) says.

    Raises:
        OptionError: ``how`` is none of these.
    """
    stream = stream or sys.stderr
    match way_of_showing(how, stream):
        case "live":
            with _Live(stream, clock) as live:
                yield live
        case "plain":
            yield _Plain(stream, clock)
        case "json":
            yield _JsonLines(stream, clock)
        case "none":
            yield ignore


def _sentence(event: ArchiveEvent) -> str | None:
    """What an event is in one line, or None for those that only move the counts."""
    match event:
        case Found(editions, inputs):
            return f"found: {editions:,} editions in {inputs:,} files or folders"
        case TaskRepeated(kind, edition, item, reason):
            what = f"{edition} item {item}" if item else edition
            return f"again: {kind} {what}: {reason}"
        case EditionEnded():
            return _ending(event)
        case LibraryUpdated(editions):
            return f"library: feeds and pages know {editions:,} editions"
        case Noticed(message):
            return message
        case _:
            return None


def _ending(edition: EditionEnded) -> str | None:
    if edition.outcome == "unchanged":
        return None  # thousands of them are normal
    if edition.outcome == "made":
        counts = f"{edition.pages} pages, {edition.items} items"
        return f"made: {edition.edition} ({counts}, {clock_time(edition.audio_seconds)} of audio)"
    what = "incomplete" if edition.outcome == "incomplete" else "set aside"
    return f"{what}: {edition.edition}: {edition.reason}"


def _counts(snapshot: ArchiveSnapshot) -> str:
    if not snapshot.found:
        return "looking for editions"
    counts = (
        (snapshot.unchanged, "unchanged"),
        (snapshot.incomplete, "incomplete"),
        (snapshot.failed, "set aside"),
        (snapshot.repeats, "tasks repeated"),
    )
    parts = [f"{snapshot.done:,} of {snapshot.found:,} editions done", f"{snapshot.left:,} left"]
    return ", ".join([*parts, *(f"{count:,} {what}" for count, what in counts if count)])


def _pace(snapshot: ArchiveSnapshot) -> str:
    parts = [f"{clock_time(snapshot.elapsed_seconds)} so far"]
    if snapshot.pages_per_hour is not None:
        parts.append(f"{snapshot.pages_per_hour:,.1f} pages an hour")
    if snapshot.finish is not None and snapshot.left_seconds:
        end = dt.datetime.fromtimestamp(snapshot.finish, dt.UTC).astimezone()
        left = _rough_time(snapshot.left_seconds)
        parts.append(f"about {left} left, done on {end:%Y-%m-%d at %H:%M}")
    return ", ".join(parts)


def _rough_time(seconds: float) -> str:
    """A time that was estimated, in the two units that matter."""
    minutes = max(round(seconds / 60), 1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def _rate(rate: WorkerRate) -> str:
    factor = rate.real_time_factor
    return "–" if factor is None else f"{factor:.2f}"


class _Plain:
    """One line for each edition that was made and each step of the work; no control codes."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._tracker = ArchiveTracker(clock)
        self._steps = 0
        self._said_at = clock()

    def __call__(self, event: ArchiveEvent) -> None:
        self._tracker.take(event)
        line = _sentence(event)
        if line is not None:
            self._say(in_one_line(line))
        if isinstance(event, EditionEnded):
            self._say_step()
        elif isinstance(event, TaskEnded) and self._clock() - self._said_at >= _QUIET_SECONDS:
            self._say_snapshot(self._tracker.snapshot)

    def _say_step(self) -> None:
        snapshot = self._tracker.snapshot
        reached = int(snapshot.share * _STEPS)
        if reached != self._steps:
            self._steps = reached
            self._say_snapshot(snapshot)

    def _say_snapshot(self, snapshot: ArchiveSnapshot) -> None:
        self._say(f"{snapshot.share:4.0%} {_counts(snapshot)}; {_pace(snapshot)}")
        if rates := _rates(snapshot.workers):
            self._say(f"     real-time factor by worker: {rates}")

    def _say(self, line: str) -> None:
        self._said_at = self._clock()
        print(line, file=self._stream, flush=True)


def _rates(workers: Sequence[WorkerRate]) -> str:
    spoke = [rate for rate in workers if rate.audio_seconds]
    shown = [f"{in_one_line(rate.worker)} at {_rate(rate)}" for rate in spoke[:_ROWS]]
    more = len(spoke) - len(shown)
    return ", ".join([*shown, f"and {more} more"] if more else shown)


class _JsonLines:
    """One JSON object a line for programs: the event's name, its fields, and the counts."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream = stream
        self._tracker = ArchiveTracker(clock)

    def __call__(self, event: ArchiveEvent) -> None:
        self._tracker.take(event)
        line = {"event": type(event).__name__, **asdict(event)}
        if isinstance(event, EditionEnded):
            line["standing"] = self._counts()
        print_json(line, self._stream)

    def _counts(self) -> dict[str, object]:
        snapshot = self._tracker.snapshot
        counts = {"done": snapshot.done, "left": snapshot.left, **asdict(snapshot)}
        del counts["workers"]  # each TaskEnded names its worker
        return counts


class _Live:
    """Counts, pace and workers that move, with what happened scrolling above them."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._tracker = ArchiveTracker(clock)
        # The view is drawn twice a second by a thread of its own.
        self._lock = threading.Lock()
        self._live = Live(
            console=Console(file=stream, highlight=False),
            get_renderable=self._picture,
            refresh_per_second=2,
        )

    def __enter__(self) -> Self:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def __call__(self, event: ArchiveEvent) -> None:
        with self._lock:
            self._tracker.take(event)
        line = _sentence(event)
        if line is not None:
            self._live.console.print(Text(in_one_line(line)))

    def _picture(self) -> RenderableType:
        with self._lock:
            snapshot = self._tracker.snapshot
        bar = Table.grid(padding=(0, 1))
        progress = ProgressBar(total=1.0, completed=snapshot.share, width=_BAR)
        bar.add_row(progress, f"{snapshot.share:.0%}", _counts(snapshot))
        return Group(bar, Text(_pace(snapshot)), _workers(snapshot.workers))


def _workers(workers: Sequence[WorkerRate]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("worker", "tasks", "spoken", "real-time factor"):
        table.add_column(head, justify="left" if head == "worker" else "right")
    for rate in workers[:_ROWS]:
        spoken = clock_time(rate.audio_seconds)
        table.add_row(Text(in_one_line(rate.worker)), f"{rate.tasks:,}", spoken, _rate(rate))
    if len(workers) > _ROWS:
        table.add_row(f"and {len(workers) - _ROWS} more")
    return table if workers else Text("")
