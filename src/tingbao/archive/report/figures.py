"""The figures of a report as tables: what its plots show, and what lies beside it as CSV."""

from __future__ import annotations

from tingbao.archive.reckoning import Standing
from tingbao.archive.report.charts import bounds
from tingbao.archive.report.collecting import Collector
from tingbao.archive.report.distributions import Period
from tingbao.archive.report.tables import Table

KIND_NAMES = {
    "plan": "reading an edition",
    "speak": "speaking an item",
    "join": "joining an edition",
}
"""What the tasks are called for people."""

_FEWEST_PERIODS, _MOST_PERIODS = 6, 48
_EDITIONS_A_PERIOD = 3
"""With fewer editions in each period, the plot would show when they ended and not how fast."""


def periods_of(collector: Collector, standing: Standing) -> tuple[Period, ...]:
    """Pages over time, in periods that hold some editions each."""
    worked = standing.made + standing.incomplete
    most = min(max(worked // _EDITIONS_A_PERIOD, _FEWEST_PERIODS), _MOST_PERIODS)
    return collector.pages.periods(standing.elapsed_seconds, most)


def tables_of(collector: Collector, standing: Standing) -> dict[str, Table]:
    """Each figure's table by the name of its file, without the suffix."""
    return {
        "durations": _durations(collector),
        "pages": _pages(periods_of(collector, standing)),
        "tasks": _tasks(collector),
        "warnings": Table(("kind", "count"), collector.warnings.counts),
        "workers": _workers(standing),
    }


def _tasks(collector: Collector) -> Table:
    columns = ("task", "count", "mean_s", "half_at_most_s", "nine_tenths_at_most_s", "longest_s")
    rows = (
        (kind, one.count, one.mean, one.at_most(0.5), one.at_most(0.9), one.longest, one.total)
        for kind, one in collector.durations.items()
        if one.count
    )
    return Table((*columns, "total_s"), tuple(rows))


def _durations(collector: Collector) -> Table:
    rows = (
        (kind, bounds(one), one.low, one.high, one.count)
        for kind, durations in collector.durations.items()
        for one in durations.bins
    )
    return Table(("task", "duration", "from_s", "to_s", "count"), tuple(rows))


def _pages(periods: tuple[Period, ...]) -> Table:
    rows = ((one.start, one.end, one.amount, one.per_hour) for one in periods)
    return Table(("from_s", "to_s", "pages", "pages_an_hour"), tuple(rows))


def _workers(standing: Standing) -> Table:
    rows = (
        (
            rate.worker,
            rate.tasks,
            rate.audio_seconds,
            rate.speaking_seconds,
            rate.real_time_factor,
            rate.wall_seconds,
            rate.cpu_seconds,
        )
        for rate in standing.workers
    )
    columns = ("worker", "tasks", "spoken_s", "speaking_s", "real_time_factor", "wall_s", "cpu_s")
    return Table(columns, tuple(rows))
