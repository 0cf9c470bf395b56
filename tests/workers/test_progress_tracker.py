"""Pace and time left of any work, from units that are done and any clock."""

from __future__ import annotations

import pytest

from archive_events import Clock
from tingbao.workers import ProgressTracker


def test_the_time_left_follows_the_units_that_were_worked_for() -> None:
    clock = Clock()
    tracker = ProgressTracker(clock)
    tracker.expect(100)
    tracker.add(50, is_work=False)
    clock.now += 10
    tracker.add(10)
    snapshot = tracker.snapshot
    assert (snapshot.done, snapshot.left, snapshot.share) == (60, 40, 0.6)
    assert snapshot.left_seconds == pytest.approx(40)
    assert snapshot.per_hour == pytest.approx(3600)


def test_only_the_last_additions_make_the_pace() -> None:
    clock = Clock()
    tracker = ProgressTracker(clock, window=2)
    tracker.expect(10)
    for seconds in (100, 100, 1, 1):
        clock.now += seconds
        tracker.add(1)
    assert tracker.snapshot.left_seconds == pytest.approx(6)


def test_no_time_is_estimated_before_enough_is_done_or_after_a_new_start() -> None:
    clock = Clock()
    tracker = ProgressTracker(clock, guess_from=0.1)
    tracker.expect(100)
    assert _estimate(tracker) is None
    clock.now += 1
    tracker.add(10)
    assert _estimate(tracker) is None
    tracker.add(1)
    assert _estimate(tracker) == pytest.approx(89 / 11)
    tracker.restart()
    assert not tracker.has_pace
    assert _estimate(tracker) is None


def _estimate(tracker: ProgressTracker) -> float | None:
    return tracker.snapshot.left_seconds
