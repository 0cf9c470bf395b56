"""Counts, pace and time left of an archive, from events and any clock."""

from __future__ import annotations

import pytest

from archive_events import Clock, ended, found, spoke, task
from tingbao.archive.events import TaskRepeated
from tingbao.archive.progress import EARLIER, MOST_WORKERS, WINDOW, ArchiveTracker


def test_editions_are_counted_by_how_they_ended() -> None:
    tracker = ArchiveTracker(Clock())
    tracker.take(found(10))
    for outcome in ("made", "made", "unchanged", "incomplete", "failed"):
        tracker.take(ended("2026-03-14", outcome))
    snapshot = tracker.snapshot
    assert (snapshot.made, snapshot.unchanged, snapshot.incomplete, snapshot.failed) == (2, 1, 1, 1)
    assert (snapshot.done, snapshot.left, snapshot.share) == (5, 5, 0.5)


def test_nothing_is_promised_before_an_edition_was_made() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(10))
    clock.now += 60
    tracker.take(spoke())
    snapshot = tracker.snapshot
    assert snapshot.elapsed_seconds == 60
    assert snapshot.pages_per_hour is None
    assert snapshot.left_seconds is None
    assert snapshot.finish is None


def test_pages_an_hour_and_the_finish_follow_the_pace_of_what_was_made() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(10))
    for _ in range(2):
        clock.now += 600
        tracker.take(ended("2026-03-14", pages=4))
    snapshot = tracker.snapshot
    assert snapshot.pages == 8
    assert snapshot.pages_per_hour == pytest.approx(24)
    assert snapshot.left_seconds == pytest.approx(8 * 600)
    assert snapshot.finish == pytest.approx(clock.now + 8 * 600)


def test_unchanged_editions_promise_no_pace() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(1002))
    for _ in range(1000):
        clock.now += 0.01
        tracker.take(ended("2026-03-14", "unchanged"))
    assert tracker.snapshot.left_seconds is None
    clock.now += 600
    tracker.take(ended("2026-03-14"))
    assert tracker.snapshot.left_seconds == pytest.approx(600)


def test_what_is_set_aside_at_once_promises_no_pace() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(102))
    for number in range(100):
        tracker.take(ended(f"{number} in b", "failed", reason="a has this date too"))
    clock.now += 600
    assert tracker.snapshot.left_seconds is None
    tracker.take(ended("2026-03-14"))
    assert tracker.snapshot.left_seconds == pytest.approx(600)


def test_the_pace_is_that_of_the_last_editions_when_it_changes() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(500))
    for seconds in (10, 60):
        for _ in range(WINDOW):
            clock.now += seconds
            tracker.take(ended("2026-03-14", pages=1))
    assert tracker.snapshot.pages_per_hour == pytest.approx(60)


def test_a_stall_moves_the_finish_away() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(3))
    clock.now += 60
    tracker.take(ended("2026-03-14"))
    before = tracker.snapshot.left_seconds
    clock.now += 600
    after = tracker.snapshot.left_seconds
    assert before is not None
    assert after is not None
    assert after > before


def test_a_finished_archive_has_no_time_left_and_what_was_not_found_is_no_debt() -> None:
    tracker = ArchiveTracker(Clock())
    tracker.take(found(1))
    tracker.take(ended("2026-03-14", "unchanged"))
    tracker.take(ended("2026-03-14 in b", "failed", reason="a has this date too"))
    snapshot = tracker.snapshot
    assert (snapshot.left, snapshot.left_seconds, snapshot.share) == (0, 0.0, 1.0)


def test_a_clock_that_is_set_back_promises_nothing_below_zero() -> None:
    clock = Clock()
    tracker = ArchiveTracker(clock)
    tracker.take(found(2))
    clock.now -= 3600
    tracker.take(ended("2026-03-14"))
    snapshot = tracker.snapshot
    assert (snapshot.elapsed_seconds, snapshot.left_seconds) == (0.0, 0.0)
    assert snapshot.pages_per_hour is None


def test_each_worker_has_the_real_time_factor_of_what_it_spoke() -> None:
    tracker = ArchiveTracker(Clock())
    for event in (
        spoke("worker 10", wall=50, audio=100),
        spoke("worker 2", wall=30, audio=100),
        spoke("worker 2", wall=90, audio=100),
        task("join", worker="worker 2", wall_seconds=1000.0),
        task("plan", worker="worker 3"),
    ):
        tracker.take(event)
    second, third, tenth = tracker.snapshot.workers
    assert [second.worker, third.worker, tenth.worker] == ["worker 2", "worker 3", "worker 10"]
    assert second.real_time_factor == pytest.approx(0.6)
    assert (second.tasks, second.wall_seconds) == (3, 1120.0)
    assert third.real_time_factor is None
    assert tenth.real_time_factor == pytest.approx(0.5)
    assert tracker.snapshot.audio_seconds == 300


def test_repeated_tasks_are_counted() -> None:
    tracker = ArchiveTracker(Clock())
    tracker.take(TaskRepeated("speak", "2026-03-14", "03", "its worker died"))
    assert tracker.snapshot.repeats == 1


def test_workers_that_die_without_end_do_not_fill_the_memory() -> None:
    tracker = ArchiveTracker(Clock())
    for number in range(MOST_WORKERS + 100):
        tracker.take(spoke(f"host:{number}"))
        tracker.take(spoke("steady"))
    workers = {rate.worker: rate for rate in tracker.snapshot.workers}
    assert len(workers) == MOST_WORKERS
    assert workers["steady"].tasks == MOST_WORKERS + 100
    assert workers[EARLIER].tasks == 102
    assert sum(rate.tasks for rate in workers.values()) == 2 * (MOST_WORKERS + 100)
