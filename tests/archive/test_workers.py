"""Workers that do not fit, and what they note of what they have in hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archives import Archive, Here
from tingbao.archive.tasks import Done, Task
from tingbao.archive.work import work_on
from tingbao.errors import OptionError, OutputError, SynthesisError
from tingbao.files import append_note
from tingbao.workers import TRIES, AttemptLog, FailureKind, TimeLimits


def test_what_was_begun_three_times_and_never_ended_is_set_aside(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "notes" / "task")
    for _ in range(TRIES):
        assert log.ending_over("text") is None
        log.begin_unless_deadly("text")
    assert log.ending_over("text") is FailureKind.DIED
    with pytest.raises(SynthesisError, match="3 workers died of it"):
        log.begin_unless_deadly("text")
    assert log.ending_over("another") is None


def test_one_that_hung_among_those_that_died_is_told(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "task")
    for written in ("", "Timeout (0:05:00)!\n  File x, line 1 in read\n", ""):
        log.begin_unless_deadly("read")
        append_note(log.path, written)
    assert log.ending_over("read") is FailureKind.HUNG


def test_a_task_in_the_process_that_hands_it_out_is_never_ended(archive: Archive) -> None:
    archive.days(1)
    no_time = TimeLimits(step_seconds=1e-6, text_seconds=1e-6, character_seconds=0.0)
    result = archive.run(Here(), lambda task: work_on(task, limits=no_time))
    assert result.made == 1


def test_what_has_ended_counts_no_more(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "task")
    for _ in range(TRIES + 1):
        log.begin_unless_deadly("text")
        log.clear()
    assert log.ending_over("text") is None


def elsewhere(task: Task) -> Done:
    return work_on(replace(task, job=replace(task.job, notes=Path("/nowhere"))))


def another_version(task: Task) -> Done:
    return work_on(replace(task, job=replace(task.job, version="9.9")))


def test_a_worker_that_does_not_see_the_shared_folders_ends_the_run_in_one_line(
    archive: Archive,
) -> None:
    archive.days(1)
    with pytest.raises(OutputError, match="does not see /nowhere: cache and library must lie"):
        archive.run(Here(), elsewhere, paper="试报")


def test_a_worker_of_another_version_ends_the_run_in_one_line(archive: Archive) -> None:
    archive.days(1)
    with pytest.raises(OptionError, match=r"this is 9\.9; install the same version everywhere"):
        archive.run(Here(), another_version, paper="试报")


def broken(_task: Task) -> Done:
    raise OutputError("cannot write the store: No space left on device")


def test_where_nothing_can_be_written_the_run_ends_and_no_edition_is_blamed(
    archive: Archive,
) -> None:
    archive.days(1, 2)
    executor = Here()
    with pytest.raises(OutputError, match="No space left"):
        archive.run(executor, broken, paper="试报")
    assert executor.is_closed
