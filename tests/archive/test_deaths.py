"""Whatever dies, the library is the same: workers, the driver, both, again and again."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

import mortal_workers
from archives import Archive, day, tree_of
from processes import children, is_alive
from tingbao.archive.events import ArchiveEvent, EditionEnded, TaskEnded, TaskRepeated
from tingbao.archive.tasks import Call
from tingbao.publish import read_manifest, verify
from tingbao.workers import ProcessPool

pytestmark = pytest.mark.slow

COMMAND = "import sys; from tingbao.cli import main; sys.exit(main())"


def repeated(archive: Archive) -> list[TaskRepeated]:
    return [one for one in archive.events if isinstance(one, TaskRepeated)]


def reasons(archive: Archive) -> dict[str, str]:
    return {one.edition: one.reason for one in archive.events if isinstance(one, EditionEnded)}


def test_workers_that_die_while_they_speak_and_between_leave_the_same_library(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)

    def kill(event: ArchiveEvent) -> None:
        """Every fourth task's end is the end of all workers, whatever they do."""
        if isinstance(event, TaskEnded) and sum(map(_is_end, archive.events)) % 4 == 0:
            for process in multiprocessing.active_children():
                process.kill()

    archive.listener = kill
    result = archive.run(ProcessPool(2), mortal_workers.mortal)
    assert (result.made, result.incomplete, result.failed) == (2, (), ())
    assert repeated(archive)
    assert tree_of(archive.output) == tree_of(whole_archive.output)
    assert verify(archive.output) == ()
    assert multiprocessing.active_children() == []


def _is_end(event: ArchiveEvent) -> bool:
    return isinstance(event, TaskEnded)


def test_a_text_that_kills_its_workers_is_set_aside_and_named_and_the_rest_is_published(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    result = archive.run(ProcessPool(2), mortal_workers.deadly_text)
    ((name, reason),) = result.incomplete
    assert (result.made, result.failed, name) == (1, (), day(2))
    said = "item 02 第2日要闻之2: “第二日第二项工作全部完成。”: 3 workers died speaking it"
    assert reason == f"{said}; it is set aside"
    assert [(one.edition, one.item) for one in repeated(archive)] == [(day(2), "02")] * 3
    assert archive.run().made == 1
    assert tree_of(archive.output) == tree_of(whole_archive.output)


@pytest.mark.parametrize(
    ("deadly", "deaths"),
    [
        (mortal_workers.deadly_pages, 3),
        (mortal_workers.deadly_join, 4),
    ],  # the first join came further than none
)
def test_an_edition_that_kills_its_workers_is_set_aside_and_named_and_the_others_go_on(
    archive: Archive, deadly: Call, deaths: int
) -> None:
    archive.days(1, 2)
    result = archive.run(ProcessPool(1), deadly)
    assert result.failed == ((day(2), "3 workers died of it; it is set aside"),)
    assert (result.made, len(repeated(archive))) == (1, deaths)
    assert read_manifest(archive.output / day(2)) is None


def test_a_text_that_never_ends_is_set_aside_and_named_and_the_rest_is_published(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    result = archive.run(ProcessPool(2), mortal_workers.endless_text)
    ((name, reason),) = result.incomplete
    assert (result.made, result.failed, name) == (1, (), day(2))
    said = "item 02 第2日要闻之2: “第二日第二项工作全部完成。”: 3 workers hung speaking it"
    assert reason == f"{said}; it is set aside"
    assert [(one.edition, one.item) for one in repeated(archive)] == [(day(2), "02")] * 3
    assert archive.run().made == 1
    assert tree_of(archive.output) == tree_of(whole_archive.output)


def test_pages_that_cannot_be_read_to_the_end_are_set_aside_and_the_others_go_on(
    archive: Archive, capfd: pytest.CaptureFixture[str]
) -> None:
    archive.days(1, 2)
    result = archive.run(ProcessPool(1), mortal_workers.endless_pages)
    assert result.failed == ((day(2), "3 workers hung on it; it is set aside"),)
    assert result.made == 1
    assert capfd.readouterr() == ("", "")


def begun(archive: Archive, *options: str) -> subprocess.Popen[bytes]:
    """Start the real command."""
    arguments = ["archive", str(archive.pages), "--output", str(archive.output)]
    voice = ["--voice", str(archive.voice), "--progress", "json", *options]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments, *voice],
        cwd=archive.folder,
        env={**os.environ, "TINGBAO_CACHE": str(archive.folder / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def after(process: subprocess.Popen[bytes], ends: int) -> list[int]:
    """Wait until so many tasks have ended; returns the workers that are there then."""
    assert process.stderr is not None
    for line in process.stderr:
        ends -= json.loads(line)["event"] == "TaskEnded"
        if not ends:
            break
    return children(process.pid)


def test_a_driver_that_is_killed_twice_leaves_nothing_running_and_loses_nothing(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    for ends in (4, 2):
        with begun(archive, "--workers", "2") as process:
            workers = after(process, ends)
            process.send_signal(signal.SIGKILL)
        while any(map(is_alive, workers)):
            time.sleep(0.01)
    with begun(archive, "--workers", "1") as process:
        out, said = process.communicate()
    assert (process.returncode, out) == (0, b""), said
    assert tree_of(archive.output) == tree_of(whole_archive.output)
    assert verify(archive.output) == ()


@pytest.mark.parametrize("executor", ["local", "dask"])
def test_a_stopped_archive_ends_its_workers_and_says_how_to_go_on(
    archive: Archive, executor: str
) -> None:
    archive.days(*range(1, 9))  # so many that it cannot end before it is stopped
    with begun(archive, "--executor", executor, "--workers", "1") as process:
        workers = after(process, 3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, said = process.communicate()
    assert process.returncode == 130
    *events, last = said.decode().splitlines()
    assert last == "tingbao: stopped; run the same command again to go on"
    assert all(line.startswith("{") for line in events)
    while any(map(is_alive, workers)):
        time.sleep(0.01)
