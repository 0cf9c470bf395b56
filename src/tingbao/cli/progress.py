"""How a build is shown: a live bar on a terminal, plain lines elsewhere, JSON lines, or nothing.

Everything goes to standard error; standard output carries results only.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Literal, Self, TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
)
from rich.table import Column
from rich.text import Text

from tingbao.edition.events import (
    ArticleFinished,
    ClipFinished,
    Event,
    Listener,
    Noticed,
    Planned,
    Published,
    VoiceChosen,
    WeightsFetched,
    ignore,
)
from tingbao.edition.progress import BuildSnapshot, BuildTracker
from tingbao.errors import OptionError

_STEPS = 20
"""Plain progress says one line for each twentieth of the work."""

BAR_CELLS, TITLE_CELLS = 16, 20
"""Half of a terminal of 80 cells; a Han character takes two."""


@contextlib.contextmanager
def showing(how: str, stream: TextIO | None = None) -> Iterator[Listener]:
    """A listener that shows a build as ``how`` (auto, plain, json or none) says.

    Raises:
        OptionError: ``how`` is none of these.
    """
    stream = stream or sys.stderr
    match way_of_showing(how, stream):
        case "live":
            with _Live(stream) as live:
                yield live
        case "plain":
            yield _Plain(stream)
        case "json":
            yield _JsonLines(stream)
        case "none":
            yield ignore


class _Reporting(logging.Handler):
    """Hands on what is logged, as it is said."""

    def __init__(self, report: Callable[[str], object]) -> None:
        super().__init__()
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        self._report(record.getMessage())


@contextlib.contextmanager
def reporting_recognition(report: Callable[[str], object]) -> Iterator[None]:
    """Report each page that is recognised meanwhile, which takes seconds: which, of how many."""
    log = logging.getLogger("tingbao.parse.sources.scan")
    handler = _Reporting(report)
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def way_of_showing(how: str, stream: TextIO) -> Literal["live", "plain", "json", "none"]:
    """What ``--progress`` means for ``stream``: bars that move need a terminal.

    Raises:
        OptionError: ``how`` is not auto, plain, json or none.
    """
    match how:
        case "auto":
            return "live" if stream.isatty() else "plain"
        case "plain" | "json" | "none":
            return how
        case _:
            raise OptionError(f"--progress must be auto, plain, json or none, not {how!r}")


def print_json(line: Mapping[str, object], stream: TextIO) -> None:
    """One event as one line of JSON."""
    print(json.dumps(line, ensure_ascii=False, default=str), file=stream, flush=True)


def clock_time(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def sentence(event: Event) -> str | None:
    """What an event is in one line, or None for those that only move the progress."""
    match event:
        case VoiceChosen(voice, reason):
            return f"voice: {voice} ({reason})"
        case Planned(edition, articles, utterances, characters):
            counts = f"{articles} items, {utterances} utterances, {characters:,} characters"
            return f"edition {edition}: {counts}"
        case ArticleFinished(article, title, path, seconds):
            return f"ready: {article} {title} ({clock_time(seconds)}) {path}"
        case Noticed(message):
            return message
        case Published(path, articles, incomplete, seconds):
            missing = f", {incomplete} incomplete" if incomplete else ""
            return f"published: {articles} items{missing}, {clock_time(seconds)} of audio, {path}"
        case _:
            return None


def _pace(snapshot: BuildSnapshot) -> str:
    """How the whole goes."""
    parts = [f"{clock_time(snapshot.spoken_seconds)} spoken"]
    if snapshot.real_time_factor is not None:
        parts.append(f"real-time factor {snapshot.real_time_factor:.2f}")
    if snapshot.left_seconds is not None:
        parts.insert(0, f"{clock_time(snapshot.left_seconds)} left")
    return ", ".join(parts)


def _traffic(snapshot: BuildSnapshot) -> str:
    """What is under way at this moment."""
    parts = [f"{snapshot.in_flight} in flight"] if snapshot.in_flight else []
    if snapshot.retried:
        parts.append("1 retry" if snapshot.retried == 1 else f"{snapshot.retried} retries")
    return ", ".join(parts)


class _Plain:
    """One line for each thing that happened, and for each step of the work; no control codes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._tracker = BuildTracker()
        self._said = 0
        self._fetching = ""

    def __call__(self, event: Event) -> None:
        self._tracker.take(event)
        line = sentence(event)
        if isinstance(event, ClipFinished):
            line = self._step()
        elif isinstance(event, WeightsFetched):
            line = self._fetch(event)
        if line is not None:
            print(line, file=self._stream, flush=True)

    def _step(self) -> str | None:
        snapshot = self._tracker.snapshot
        reached = int(snapshot.share * _STEPS)
        if reached == self._said:
            return None
        self._said = reached
        item = f"{snapshot.title} {snapshot.done}/{snapshot.of}"
        state = ", ".join(filter(None, [_pace(snapshot), _traffic(snapshot)]))
        return f"{snapshot.share:4.0%}, {snapshot.ready} of {snapshot.items} items, {item}: {state}"

    def _fetch(self, event: WeightsFetched) -> str | None:
        if event.file == self._fetching:
            return None
        self._fetching = event.file
        size = f" ({event.total_bytes / 1e6:.0f} MB)" if event.total_bytes else ""
        return f"fetching {event.file}{size} from {event.source}"


class _JsonLines:
    """One JSON object a line for programs: the event's name and its fields."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._tracker = BuildTracker()

    def __call__(self, event: Event) -> None:
        self._tracker.take(event)
        line = {"event": type(event).__name__, **asdict(event)}
        if isinstance(event, ClipFinished):
            line |= asdict(self._tracker.snapshot)
        print_json(line, self._stream)


class _Live:
    """Bars that move, for the whole and for the item at hand; finished things scroll above them."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, soft_wrap=True)
        self._tracker = BuildTracker()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", table_column=Column(no_wrap=True)),
            BarColumn(bar_width=BAR_CELLS),
            TextColumn("{task.percentage:>3.0f}%", table_column=Column(no_wrap=True)),
            TextColumn("{task.fields[state]}", table_column=Column(ratio=1, no_wrap=True)),
            console=self._console,
            transient=True,
        )
        self._download = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=BAR_CELLS),
            DownloadColumn(),
            console=self._console,
            transient=True,
        )
        self._whole: TaskID | None = None
        self._item: TaskID | None = None
        self._files: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._download.stop()
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        self._tracker.take(event)
        if isinstance(event, WeightsFetched):
            self._show_download(event)
            return
        line = sentence(event)
        if line is not None:
            self._console.print(Text(line))
        if isinstance(event, Planned):
            self._begin()
        elif isinstance(event, ClipFinished | ArticleFinished):
            self._show_snapshot()
        elif isinstance(event, Published):
            self._progress.stop()

    def _begin(self) -> None:
        self._download.stop()
        self._progress.start()
        self._whole = self._progress.add_task(self._ready, total=1.0, state="")
        self._item = self._progress.add_task("", total=1, state="")

    @property
    def _ready(self) -> str:
        snapshot = self._tracker.snapshot
        return f"{snapshot.ready} of {snapshot.items} items"

    def _show_snapshot(self) -> None:
        if self._whole is None or self._item is None:
            return
        snapshot = self._tracker.snapshot
        self._progress.update(
            self._whole,
            completed=snapshot.share,
            description=self._ready,
            state=_pace(snapshot),
        )
        self._progress.update(
            self._item,
            completed=snapshot.done,
            total=snapshot.of or 1,
            description=_shortened(snapshot.title),
            state=_traffic(snapshot),
        )

    def _show_download(self, event: WeightsFetched) -> None:
        self._download.start()
        if event.file not in self._files:
            task = self._download.add_task(event.file, total=event.total_bytes)
            self._files[event.file] = task
        self._download.update(
            self._files[event.file], completed=event.done_bytes, total=event.total_bytes
        )


def _shortened(title: str) -> str:
    """A title in always the same width, so that the bars stay where they are."""
    shown = title if cell_len(title) <= TITLE_CELLS else f"{chop_cells(title, TITLE_CELLS - 1)[0]}…"
    return shown + " " * (TITLE_CELLS - cell_len(shown))
