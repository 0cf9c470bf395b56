"""The report's page: one file with style and plots in it, which asks nothing of any server."""

from __future__ import annotations

import datetime as dt
import functools

import jinja2

from tingbao.archive.progress import ArchiveSnapshot
from tingbao.archive.report.charts import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, histogram, timeline
from tingbao.archive.report.figures import Cell, Collector, span, tables_of
from tingbao.archive.report.writing import in_one_line
from tingbao.publish.site import environment

_KIND_NAMES = {
    "plan": "reading an edition",
    "speak": "speaking an item",
    "join": "joining an edition",
}
"""What the tasks are called for people."""

_MOST_ROWS = 100
"""Rows of a table that the page shows; its CSV file has all."""


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
