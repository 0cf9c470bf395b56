"""The report's page: one file with style and plots in it, which asks nothing of any server."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

import jinja2

from tingbao.archive.progress import ArchiveSnapshot
from tingbao.archive.report.figures import Bin, Cell, Collector, Period, span, tables_of
from tingbao.archive.report.writing import in_one_line
from tingbao.publish.site import environment

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 390, 12, 170
"""The bounds of a plot, in units of the drawing from its upper left corner; the labels of the
axes stand outside of them."""

_KIND_NAMES = {
    "plan": "reading an edition",
    "speak": "speaking an item",
    "join": "joining an edition",
}
"""What the tasks are called for people."""

_MOST_ROWS = 100
"""Rows of a table that the page shows; its CSV file has all."""

_MOST_TICKS = 6
_GAP = 1.0
_TIME_STEPS = (
    *(1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(3600, 7200, 10800, 21600, 43200, 86400),
)
"""Seconds between the labels of a time axis; beyond them, whole days."""


class Column(NamedTuple):
    """One bar, and what it says when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    label: str


class Tick(NamedTuple):
    """A label of an axis and where it stands on it."""

    at: float
    label: str


class Chart(NamedTuple):
    """Bars with the labels below them and beside them."""

    columns: tuple[Column, ...]
    below: tuple[Tick, ...]
    beside: tuple[Tick, ...]


class _Bar(NamedTuple):
    """A value over a stretch of the axis, as shares of its length."""

    begin: float
    end: float
    value: float
    label: str


def report_page(collector: Collector, snapshot: ArchiveSnapshot) -> str:
    """The page of a run, whole or stopped before its end."""
    ended_badly = snapshot.incomplete + snapshot.failed
    return _template().render(
        began=f"{dt.datetime.fromtimestamp(collector.began, dt.UTC):%Y-%m-%d %H:%M} UTC",
        snapshot=snapshot,
        outcomes={
            "made": snapshot.made,
            "unchanged": snapshot.unchanged,
            "incomplete": snapshot.incomplete,
            "set aside": snapshot.failed,
            "left": snapshot.left,
        },
        facts=_facts(snapshot),
        timeline=timeline(collector.periods(snapshot)) if snapshot.pages else None,
        histograms={
            kind: histogram(one.bins) for kind, one in collector.durations.items() if one.count
        },
        tables=tables_of(collector, snapshot),
        incomplete=sorted(collector.incomplete, key=lambda one: one.edition),
        unnamed=ended_badly - len(collector.incomplete),
    )


def _facts(snapshot: ArchiveSnapshot) -> dict[str, str]:
    """The run in a few numbers, by what they are called."""
    hours = snapshot.elapsed_seconds / 3600
    speaking = sum(rate.speaking_seconds for rate in snapshot.workers)
    audio = sum(rate.audio_seconds for rate in snapshot.workers)
    return {
        "time": span(snapshot.elapsed_seconds),
        "pages made": _shown(snapshot.pages),
        "pages an hour": _shown(snapshot.pages / hours if hours and snapshot.pages else None),
        "newly spoken": span(snapshot.audio_seconds),
        "real-time factor of a worker": _shown(speaking / audio if audio else None),
        "processor time": span(sum(rate.cpu_seconds for rate in snapshot.workers)),
        "tasks repeated": _shown(snapshot.repeats),
    }


def _shown(cell: Cell) -> str:
    """A cell of a table as people read it."""
    match cell:
        case None:
            return "–"
        case str():
            return in_one_line(cell)
        case float():
            return f"{cell:,.2f}"
        case _:
            return f"{cell:,}"


@functools.cache
def _template() -> jinja2.Template:
    templates = environment("tingbao.archive.report")
    templates.filters["shown"] = _shown
    templates.globals.update(
        drawing=f"0 0 {WIDTH} {HEIGHT}",
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        kind_names=_KIND_NAMES,
        most_rows=_MOST_ROWS,
    )
    return templates.get_template("report.html")


# --- plots ---------------------------------------------------------------------------------


def histogram(bins: Sequence[Bin]) -> Chart:
    """Counts by duration: bins of equal width, labelled at their bounds."""
    count = len(bins)
    bars = [
        _Bar(at / count, (at + 1) / count, one.count, f"{one.bounds}: {one.count:,}")
        for at, one in enumerate(bins)
    ]
    every = math.ceil(count / _MOST_TICKS)
    return _chart(bars, [Tick(at / count, span(bins[at].low)) for at in range(0, count, every)])


def timeline(periods: Sequence[Period]) -> Chart:
    """Rates over time, from the beginning to the end of the last period."""
    length = periods[-1].end
    bars = [
        _Bar(start / length, end / length, rate, f"{span(start)} to {span(end)}: {rate:,.1f}")
        for start, end, _, rate in periods
    ]
    fitting = (step for step in _TIME_STEPS if length / step < _MOST_TICKS)
    step = next(fitting, 86400.0 * max(math.ceil(length / 86400 / _MOST_TICKS), 1))
    ticks = [Tick(step * at / length, span(step * at)) for at in range(int(length // step) + 1)]
    return _chart(bars, ticks)


def _chart(bars: Sequence[_Bar], ticks: Sequence[Tick]) -> Chart:
    greatest = max((bar.value for bar in bars), default=0.0)
    step = _nice_step(greatest)
    steps = max(math.ceil(greatest / step), 1)
    return Chart(
        tuple(_column(bar, step * steps) for bar in bars if bar.value),
        tuple(Tick(_across(tick.at), tick.label) for tick in ticks),
        tuple(Tick(_up(at / steps), f"{step * at:,.12g}") for at in range(steps + 1)),
    )


def _column(bar: _Bar, greatest: float) -> Column:
    x, y = _across(bar.begin), _up(bar.value / greatest)
    width = max(_across(bar.end) - x - _GAP, _GAP)
    return Column(x, y, round(width, 2), round(BOTTOM - y, 2), bar.label)


def _across(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 2)


def _up(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 2)


def _nice_step(greatest: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that divides an axis into at most five."""
    if greatest <= 0:
        return 1.0
    raw = greatest / 5
    power = 10.0 ** math.floor(math.log10(raw))
    return next(size * power for size in (1, 2, 5, 10) if size * power >= raw * (1 - 1e-9))
