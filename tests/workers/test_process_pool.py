"""Worker processes on this machine: what they answer, and what becomes of one that fails."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from processes import children
from tingbao.errors import InputError, WorkersLostError
from tingbao.workers import FailureKind, ProcessPool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals"),
]

LARGE = 4_000_000
"""Bytes that no pipe holds."""


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    """Two processes."""
    two = ProcessPool(2)
    yield two
    two.close()


def same(value: object) -> object:
    return value


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def refuse(_value: object) -> None:
    raise InputError("it cannot be used", "page.md", 3)


def die(_value: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def break_on_load(marker: Path) -> None:
    if marker.exists():
        die(None)
    marker.touch()


def test_large_tasks_and_answers_pass_each_other_on_the_way(pool: ProcessPool) -> None:
    large = [bytes([number]) * LARGE for number in range(8)]
    futures = [pool.submit(same, one) for one in large]
    assert [future.result(timeout=600) for future in futures] == large


def test_an_error_of_ours_is_the_tasks_and_its_process_goes_on(pool: ProcessPool) -> None:
    error = pool.submit(refuse, None).exception(timeout=600)
    assert isinstance(error, InputError)
    assert str(error) == "page.md:3: it cannot be used"
    assert pool.failure_of(error) is None
    assert pool.submit(same, 1).result(timeout=600) == 1


def test_a_task_that_takes_too_long_fails_alone(pool: ProcessPool) -> None:
    slow = pool.submit(sleep, 600.0, seconds=0.2)
    others = [pool.submit(same, number) for number in range(6)]
    assert [other.result(timeout=600) for other in others] == [*range(6)]
    error = slow.exception(timeout=600)
    assert error is not None
    assert pool.failure_of(error) is FailureKind.HUNG


def test_only_the_task_in_hand_fails_when_a_process_dies(pool: ProcessPool) -> None:
    dead = pool.submit(die, None)
    others = [pool.submit(same, number) for number in range(6)]
    assert [other.result(timeout=600) for other in others] == [*range(6)]
    error = dead.exception(timeout=600)
    assert isinstance(error, BrokenProcessPool)
    assert pool.failure_of(error) is FailureKind.DIED
    assert str(error).endswith("ended (signal 9)")


def test_no_process_is_begun_before_it_is_needed_and_none_is_left(pool: ProcessPool) -> None:
    before = set(children(os.getpid()))
    assert pool.submit(same, 1).result(timeout=600) == 1
    assert len(set(children(os.getpid())) - before) in {1, 2}  # a tracker of resources may be new
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(same, 1)


def test_where_one_more_process_cannot_start_the_others_go_on(tmp_path: Path) -> None:
    notices: list[str] = []
    said = threading.Event()

    def notice(line: str) -> None:
        notices.append(line)
        said.set()

    pool = ProcessPool(1, _Start(tmp_path / "one"), notice)
    assert pool.submit(same, 1).result(timeout=600) == 1
    pool._size = 2  # noqa: SLF001  - which of two that begin together dies is not ours to choose
    futures = [pool.submit(sleep, 0.5) for _ in range(4)]
    assert said.wait(timeout=600)
    assert [future.result(timeout=600) for future in futures] == [0.5] * 4
    pool.close()
    assert notices == ["one more worker cannot start (signal 9); 1 go on"]


def test_where_no_process_can_start_all_that_waits_fails(tmp_path: Path) -> None:
    (tmp_path / "one").touch()
    pool = ProcessPool(1, _Start(tmp_path / "one"))
    error = pool.submit(same, 1).exception(timeout=600)
    pool.close()
    assert isinstance(error, WorkersLostError)
    assert "its process ended 3 times (signal 9); is there enough memory?" in str(error)


class _Start:
    """Only the first process that begins comes up."""

    def __init__(self, marker: Path) -> None:
        self._marker = marker

    def __call__(self) -> None:
        break_on_load(self._marker)
