"""Counts, pace and time left of an archive, from events and any clock."""

from __future__ import annotations

import pytest

from archive_events import Clock, ended, found, spoke, task
from tingbao.archive.events import TaskRepeated
from tingbao.archive.reckoning import EARLIER, MOST_WORKERS, WINDOW, Reckoner


def test_editions_are_counted_by_how_they_ended() -> None:
    reckoner = Reckoner(Clock())
    reckoner.take(found(10))
    for outcome in ("made", "made", "unchanged", "incomplete", "failed"):
        reckoner.take(ended("2026-03-14", outcome))
    standing = reckoner.standing
    assert (standing.made, standing.unchanged, standing.incomplete, standing.failed) == (2, 1, 1, 1)
    assert (standing.done, standing.left, standing.share) == (5, 5, 0.5)


def test_nothing_is_promised_before_an_edition_was_made() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(10))
    clock.now += 60
    reckoner.take(spoke())
    standing = reckoner.standing
    assert standing.elapsed_seconds == 60
    assert standing.pages_per_hour is None
    assert standing.left_seconds is None
    assert standing.finish is None


def test_pages_an_hour_and_the_finish_follow_the_pace_of_what_was_made() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(10))
    for _ in range(2):
        clock.now += 600
        reckoner.take(ended("2026-03-14", pages=4))
    standing = reckoner.standing
    assert standing.pages == 8
    assert standing.pages_per_hour == pytest.approx(24)
    assert standing.left_seconds == pytest.approx(8 * 600)
    assert standing.finish == pytest.approx(clock.now + 8 * 600)


def test_unchanged_editions_promise_no_pace() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(1002))
    for _ in range(1000):
        clock.now += 0.01
        reckoner.take(ended("2026-03-14", "unchanged"))
    assert reckoner.standing.left_seconds is None
    clock.now += 600
    reckoner.take(ended("2026-03-14"))
    assert reckoner.standing.left_seconds == pytest.approx(600)


def test_what_is_set_aside_at_once_promises_no_pace() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(102))
    for number in range(100):
        reckoner.take(ended(f"{number} in b", "failed", reason="a has this date too"))
    clock.now += 600
    assert reckoner.standing.left_seconds is None
    reckoner.take(ended("2026-03-14"))
    assert reckoner.standing.left_seconds == pytest.approx(600)


def test_the_pace_is_that_of_the_last_editions_when_it_changes() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(500))
    for seconds in (10, 60):
        for _ in range(WINDOW):
            clock.now += seconds
            reckoner.take(ended("2026-03-14", pages=1))
    assert reckoner.standing.pages_per_hour == pytest.approx(60)


def test_a_stall_moves_the_finish_away() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(3))
    clock.now += 60
    reckoner.take(ended("2026-03-14"))
    before = reckoner.standing.left_seconds
    clock.now += 600
    after = reckoner.standing.left_seconds
    assert before is not None
    assert after is not None
    assert after > before


def test_a_finished_archive_has_no_time_left_and_what_was_not_found_is_no_debt() -> None:
    reckoner = Reckoner(Clock())
    reckoner.take(found(1))
    reckoner.take(ended("2026-03-14", "unchanged"))
    reckoner.take(ended("2026-03-14 in b", "failed", reason="a has this date too"))
    standing = reckoner.standing
    assert (standing.left, standing.left_seconds, standing.share) == (0, 0.0, 1.0)


def test_a_clock_that_is_set_back_promises_nothing_below_zero() -> None:
    clock = Clock()
    reckoner = Reckoner(clock)
    reckoner.take(found(2))
    clock.now -= 3600
    reckoner.take(ended("2026-03-14"))
    standing = reckoner.standing
    assert (standing.elapsed_seconds, standing.left_seconds) == (0.0, 0.0)
    assert standing.pages_per_hour is None


def test_each_worker_has_the_real_time_factor_of_what_it_spoke() -> None:
    reckoner = Reckoner(Clock())
    for event in (
        spoke("worker 10", wall=50, audio=100),
        spoke("worker 2", wall=30, audio=100),
        spoke("worker 2", wall=90, audio=100),
        task("join", worker="worker 2", wall_seconds=1000.0),
        task("plan", worker="worker 3"),
    ):
        reckoner.take(event)
    second, third, tenth = reckoner.standing.workers
    assert [second.worker, third.worker, tenth.worker] == ["worker 2", "worker 3", "worker 10"]
    assert second.real_time_factor == pytest.approx(0.6)
    assert (second.tasks, second.wall_seconds) == (3, 1120.0)
    assert third.real_time_factor is None
    assert tenth.real_time_factor == pytest.approx(0.5)
    assert reckoner.standing.audio_seconds == 300


def test_repeated_tasks_are_counted() -> None:
    reckoner = Reckoner(Clock())
    reckoner.take(TaskRepeated("speak", "2026-03-14", "03", "its worker died"))
    assert reckoner.standing.repeats == 1


def test_workers_that_die_without_end_do_not_fill_the_memory() -> None:
    reckoner = Reckoner(Clock())
    for number in range(MOST_WORKERS + 100):
        reckoner.take(spoke(f"host:{number}"))
        reckoner.take(spoke("steady"))
    workers = {rate.worker: rate for rate in reckoner.standing.workers}
    assert len(workers) == MOST_WORKERS
    assert workers["steady"].tasks == MOST_WORKERS + 100
    assert workers[EARLIER].tasks == 102
    assert sum(rate.tasks for rate in workers.values()) == 2 * (MOST_WORKERS + 100)
