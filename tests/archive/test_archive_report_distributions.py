"""How many values are kept as few numbers, and drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.archive.report.charts import BOTTOM, LEFT, RIGHT, TOP, histogram, timeline
from tingbao.archive.report.figures import EDGES, Durations, Timeline, span

SECONDS = st.floats(min_value=0, max_value=1e7)


def test_the_bounds_of_the_bins_rise() -> None:
    assert sorted(set(EDGES)) == list(EDGES)


@given(st.lists(SECONDS, min_size=1))
def test_every_duration_is_in_the_bin_that_holds_it(values: list[float]) -> None:
    durations = Durations()
    for value in values:
        durations.add(value)
    for one in durations.bins:
        inside = [v for v in values if one.low <= v and (one.high is None or v < one.high)]
        assert one.count == len(inside)
    assert sum(one.count for one in durations.bins) == durations.count == len(values)
    assert durations.longest == max(values)


@given(st.lists(SECONDS, min_size=1), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_share_of_the_durations_is_at_most_what_is_said(
    values: list[float], share: float
) -> None:
    durations = Durations()
    for value in values:
        durations.add(value)
    bound = durations.at_most(share)
    assert bound is not None
    assert sum(value <= bound for value in values) >= share * len(values)


def test_without_durations_nothing_is_said() -> None:
    durations = Durations()
    assert (durations.bins, durations.mean, durations.at_most(0.5)) == ((), None, None)


@given(st.lists(st.tuples(SECONDS, st.integers(1, 40)), min_size=1), st.integers(1, 64))
def test_no_page_is_lost_on_the_timeline_however_long_it_grows(
    pages: list[tuple[float, int]], most: int
) -> None:
    line = Timeline()
    for at, amount in pages:
        line.add(at, amount)
    periods = line.periods(max(at for at, _ in pages), most)
    assert sum(one.amount for one in periods) == sum(amount for _, amount in pages)
    assert len(periods) <= most
    assert [one.start for one in periods[1:]] == [one.end for one in periods[:-1]]


def test_rates_are_what_was_done_in_an_hour() -> None:
    line = Timeline()
    for minute in range(1, 61):
        line.add(60.0 * minute, 2)
    periods = line.periods(3600.0, 8)
    assert [one.per_hour for one in periods] == pytest.approx([120.0] * len(periods), rel=0.1)


@given(st.lists(SECONDS, min_size=1))
def test_bars_and_labels_stand_within_the_plot(values: list[float]) -> None:
    durations, line = Durations(), Timeline()
    for value in values:
        durations.add(value)
        line.add(value, 3)
    for chart in (histogram(durations.bins), timeline(line.periods(max(values), 12))):
        assert chart.columns
        for column in chart.columns:
            assert column.x >= LEFT
            assert column.x + column.width <= RIGHT + 1
            assert TOP <= column.y <= column.y + column.height <= BOTTOM
        assert len(chart.below) <= 7
        assert 2 <= len(chart.beside) <= 6
        assert chart.beside[0].label == "0"


def test_times_are_said_in_the_unit_that_suits_them() -> None:
    shown = [span(seconds) for seconds in (0, 0.05, 45, 90, 1200, 5400, 3 * 86400)]
    assert shown == ["0", "0.05 s", "45 s", "1.5 min", "20 min", "1.5 h", "3 d"]
