"""The report's page: one file with style and plots in it, which asks nothing of any server."""

from __future__ import annotations

import datetime as dt
import functools

import jinja2

from tingbao.archive.reckoning import Standing
from tingbao.archive.report import charts
from tingbao.archive.report.charts import histogram, span, timeline
from tingbao.archive.report.collecting import Collector
from tingbao.archive.report.figures import KIND_NAMES, periods_of, tables_of
from tingbao.archive.report.tables import Cell, in_one_line
from tingbao.publish.site import environment

_MOST_ROWS = 100
"""Rows of a table that the page shows; its CSV file has all."""


def report_page(collector: Collector, standing: Standing) -> str:
    """The page of a run, whole or stopped before its end."""
    periods = periods_of(collector, standing)
    ended_badly = standing.incomplete + standing.failed
    return _template().render(
        began=f"{dt.datetime.fromtimestamp(collector.began, dt.UTC):%Y-%m-%d %H:%M} UTC",
        standing=standing,
        outcomes=_outcomes(standing),
        facts=_facts(standing),
        timeline=timeline(periods) if standing.pages else None,
        histograms={
            kind: histogram(one.bins) for kind, one in collector.durations.items() if one.count
        },
        tables=tables_of(collector, standing),
        incomplete=sorted(collector.incomplete, key=lambda one: one.edition),
        unnamed=ended_badly - len(collector.incomplete),
    )


def _outcomes(standing: Standing) -> dict[str, int]:
    """Editions by what became of them, as people say it."""
    return {
        "made": standing.made,
        "unchanged": standing.unchanged,
        "incomplete": standing.incomplete,
        "set aside": standing.failed,
        "left": standing.left,
    }


def _facts(standing: Standing) -> dict[str, str]:
    """The run in a few numbers, by what they are called."""
    hours = standing.elapsed_seconds / 3600
    speaking = sum(rate.speaking_seconds for rate in standing.workers)
    audio = sum(rate.audio_seconds for rate in standing.workers)
    return {
        "time": span(standing.elapsed_seconds),
        "pages made": _shown(standing.pages),
        "pages an hour": _shown(standing.pages / hours if hours and standing.pages else None),
        "newly spoken": span(standing.audio_seconds),
        "real-time factor of a worker": _shown(speaking / audio if audio else None),
        "processor time": span(sum(rate.cpu_seconds for rate in standing.workers)),
        "tasks repeated": _shown(standing.repeats),
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
        drawing=f"0 0 {charts.WIDTH} {charts.HEIGHT}",
        left=charts.LEFT,
        right=charts.RIGHT,
        bottom=charts.BOTTOM,
        kind_names=KIND_NAMES,
        most_rows=_MOST_ROWS,
    )
    return templates.get_template("report.html")
