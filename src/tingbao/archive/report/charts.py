"""The geometry of column charts: where each bar and each label of an axis stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from tingbao.archive.report.figures import Bin, Period, span

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 390, 12, 170
"""The bounds of a plot, in units of the drawing from its upper left corner; the labels of the
axes stand outside of them."""

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
