"""The geometry of column charts: where each bar and each label of an axis stands.

All lengths are in the units of the drawing, 400 wide and 200 high, from its upper left corner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tingbao.archive.report.distributions import Bin, Period

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 390, 12, 170
"""The bounds of the plot; the labels of the axes stand outside of them."""

_MOST_TICKS = 6
_GAP = 1.0

_TIME_STEPS = (
    *(1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(3600, 7200, 10800, 21600, 43200, 86400),
)
"""Seconds between the labels of a time axis; beyond them, whole days."""


@dataclass(frozen=True, slots=True)
class Column:
    """One bar, and what it says when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis and where it stands on it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with the labels below them and beside them."""

    columns: tuple[Column, ...]
    below: tuple[Tick, ...]
    beside: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """A value over a stretch of the axis, as shares of its length."""

    begin: float
    end: float
    value: float
    told: str


def histogram(bins: Sequence[Bin]) -> Chart:
    """Counts by duration: bins of equal width, labelled at their bounds."""
    count = len(bins)
    bars = [
        _Bar(at / count, (at + 1) / count, one.count, f"{bounds(one)}: {one.count:,}")
        for at, one in enumerate(bins)
    ]
    every = math.ceil(count / _MOST_TICKS)
    ticks = [Tick(at / count, span(one.low)) for at, one in enumerate(bins)][::every]
    return _chart(bars, ticks)


def timeline(periods: Sequence[Period]) -> Chart:
    """Rates over time, from the beginning to the end of the last period."""
    length = periods[-1].end
    bars = [
        _Bar(
            one.start / length,
            one.end / length,
            one.per_hour,
            f"{span(one.start)} to {span(one.end)}: {one.per_hour:,.1f}",
        )
        for one in periods
    ]
    step = _time_step(length)
    ticks = [Tick(step * at / length, span(step * at)) for at in range(int(length // step) + 1)]
    return _chart(bars, ticks)


def bounds(one: Bin) -> str:
    """The bounds of a bin in words."""
    if one.high is None:
        return f"{span(one.low)} or more"
    return f"{span(one.low)} to {span(one.high)}" if one.low else f"under {span(one.high)}"


def span(seconds: float) -> str:
    """A length of time in the unit that suits it: ``0.5 s``, ``20 min``, ``1.5 h``, ``3 d``."""
    if not seconds:
        return "0"
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def _chart(bars: Sequence[_Bar], ticks: Sequence[Tick]) -> Chart:
    step = _nice_step(max((bar.value for bar in bars), default=0.0))
    steps = max(math.ceil(max((bar.value for bar in bars), default=0.0) / step), 1)
    return Chart(
        tuple(_column(bar, step * steps) for bar in bars if bar.value),
        tuple(Tick(_across(tick.at), tick.label) for tick in ticks),
        tuple(Tick(_up(at / steps), f"{step * at:,.12g}") for at in range(steps + 1)),
    )


def _column(bar: _Bar, greatest: float) -> Column:
    x, y = _across(bar.begin), _up(bar.value / greatest)
    width = max(_across(bar.end) - x - _GAP, _GAP)
    return Column(x, y, round(width, 2), round(BOTTOM - y, 2), bar.told)


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


def _time_step(length: float) -> float:
    fits = (step for step in _TIME_STEPS if length / step < _MOST_TICKS)
    return next(fits, 86400.0 * max(math.ceil(length / 86400 / _MOST_TICKS), 1))
