"""The same archive on a Dask cluster: on this machine, and on a scheduler that is begun again."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import cfexecutor

import mortal_workers
from archives import Archive, day, tree_of
from tingbao.archive.events import ArchiveEvent, TaskEnded, TaskRepeated
from tingbao.archive.tasks import Call
from tingbao.errors import OptionError, WorkersLostError
from tingbao.workers import FailureKind, check_executor
from tingbao.workers.cluster import DaskExecutor, connected, own_cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings(
        # Dask's own, while it is torn down: sockets and loops of a scheduler that was killed.
        "ignore::ResourceWarning",
        "ignore::DeprecationWarning",
        "ignore::pytest.PytestUnraisableExceptionWarning",
        "ignore::pytest.PytestUnhandledThreadExceptionWarning",
    ),
]


def ignore(_line: str) -> None:
    """Nobody wants to hear."""


@pytest.mark.parametrize(
    ("call", "end"), [(mortal_workers.deadly_text, "died"), (mortal_workers.endless_text, "hung")]
)
def test_a_cluster_on_this_machine_makes_the_same_library_though_a_text_kills_its_workers(
    archive: Archive, whole_archive: Archive, call: Call, end: str
) -> None:
    archive.days(1, 2)
    result = archive.run(own_cluster(2, ignore), call)
    ((name, reason),) = result.incomplete
    assert name == day(2)
    assert reason.endswith(f"3 workers {end} speaking it; it is set aside")
    # What waits at a worker that dies is repeated too, and counts against nobody.
    repeated = [one for one in archive.events if isinstance(one, TaskRepeated)]
    assert [(one.edition, one.item) for one in repeated].count((day(2), "02")) == 3
    assert archive.run().made == 1
    assert tree_of(archive.output) == tree_of(whole_archive.output)


class Torn:
    """A future of Dask's whose worker dies when its answer has just been read."""

    status = "pending"

    async def _result(self, *, raiseit: bool) -> object:
        assert not raiseit
        return object()


def test_an_answer_whose_worker_dies_while_it_is_handed_over_is_asked_for_again() -> None:
    handed: concurrent.futures.Future[object] = concurrent.futures.Future()

    async def hand_over() -> None:
        # Its executor is driven by hand: the moment between its two questions cannot be hit.
        await cfexecutor._cascade_future(Torn(), handed)  # noqa: SLF001  - as above

    asyncio.run(hand_over())
    torn = handed.exception()
    assert isinstance(torn, TypeError)
    executor = own_cluster(1, ignore)
    try:
        assert executor.failure_of(torn) is FailureKind.DIED
        assert executor.failure_of(TypeError("of our own")) is None
    finally:
        executor.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextlib.contextmanager
def running(folder: Path, module: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask's, which is ended with the block."""
    here = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": here},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def cluster(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler and a worker."""
    at = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    one = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
    with (
        running(folder, "dask_scheduler", *at) as scheduler,
        running(folder, "dask_worker", f"tcp://127.0.0.1:{port}", *one),
    ):
        yield scheduler


def found(port: int) -> DaskExecutor:
    """The executor of a scheduler that is still coming up."""
    while True:
        with contextlib.suppress(OptionError):
            return connected(f"127.0.0.1:{port}", ignore)


def test_a_scheduler_that_is_killed_and_begun_again_loses_nothing(
    archive: Archive, whole_archive: Archive, tmp_path: Path
) -> None:
    archive.days(1, 2)
    port = free_port()
    with contextlib.ExitStack() as second:
        with cluster(tmp_path, port) as scheduler:
            executor = found(port)

            def restart(event: ArchiveEvent) -> None:
                ended = [one for one in archive.events if isinstance(one, TaskEnded)]
                if isinstance(event, TaskEnded) and len(ended) == 4:
                    scheduler.send_signal(signal.SIGKILL)
                    scheduler.wait()
                    second.enter_context(cluster(tmp_path, port))

            archive.listener = restart
            result = archive.run(executor)
        assert (result.made, result.incomplete, result.failed) == (2, (), ())
    assert any(isinstance(one, TaskRepeated) for one in archive.events)
    assert tree_of(archive.output) == tree_of(whole_archive.output)


def test_where_no_scheduler_answers_one_line_says_how_to_begin_one() -> None:
    with pytest.raises(OptionError, match="no Dask scheduler answers at localhost:1; begin one"):
        connected("localhost:1", ignore, patience_seconds=0.0)


def test_a_scheduler_that_stays_away_ends_the_run_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    with cluster(tmp_path, port):
        found(port).close()
        executor = connected(f"127.0.0.1:{port}", ignore, patience_seconds=0.0)
    assert executor.is_lost()
    with pytest.raises(WorkersLostError, match="run the same command again to go on"):
        executor.reconnect()
    executor.close()


def test_only_what_a_cluster_may_end_a_task_with_is_taken_for_a_loss() -> None:
    executor = own_cluster(1, ignore)
    assert executor.failure_of(ConnectionError()) is FailureKind.LOST
    assert executor.failure_of(ValueError()) is None
    executor.close()


@pytest.mark.parametrize("named", ["ray", "dask://", "dask://host", "DASK", "dask:/host:1"])
def test_an_executor_that_is_none_is_refused(named: str) -> None:
    with pytest.raises(OptionError, match="--executor must be local, dask or dask://HOST:PORT"):
        check_executor(named, None)


def test_the_workers_of_a_scheduler_are_not_ours_to_number() -> None:
    with pytest.raises(OptionError, match="--workers"):
        check_executor("dask://host:8786", 2)
