"""Many editions: what the driver costs, what it holds, and what a second worker brings.

The driver's own cost is measured with tasks that answer at once, so that nothing else is in it; the
workers' with a real voice (``TINGBAO_BENCH_VOICE``, baker unless set), on pages that say something
else on each day. Whether memory grows with the editions is seen with a voice that hums: everything
else is made as ever.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import KILOBYTES_PER_MEGABYTE, Row, measured
from benchmarks.sample import PAGE, hum_profile

if TYPE_CHECKING:
    from tingbao.archive.tasks import Done, Task

VOICE = os.environ.get("TINGBAO_BENCH_VOICE", "baker")
ITEMS = 20
EDITIONS = (100, 1000, 10_000)
DAYS = 6
LINES = 4
FIRST = dt.date(2026, 3, 1)
WORKERS = (1, 2)
HUMMED = (20, 200)
RATE = 2.0
"""Hardly a hum: what is measured is everything else."""


@dataclass(frozen=True)
class Facts:
    """What a run told of itself: seconds, and MB of the driver and of its largest worker."""

    tasks: int
    driver_cpu_seconds: float
    workers_cpu_seconds: float
    driver_mb: float
    worker_mb: float
    audio_seconds: float
    wall_seconds: float


def at_once(task: Task) -> Done:
    """Answer without doing anything, as for an edition of twenty items."""
    from tingbao.archive.tasks import (
        Cost,
        Done,
        Joined,
        MissingSpeech,
        PackedPlan,
        Planned,
        PlanTask,
        SpeakTask,
        Spoken,
    )
    from tingbao.synthesis import Speech, VoiceSettings
    from tingbao.synthesis.work import Task as Clip

    match task:
        case PlanTask():
            speech = Speech("全市各项工作全部完成。" * 3, VoiceSettings("fake"))
            clips = tuple(Clip(f"{number:064x}", speech) for number in range(30))
            missing = tuple(MissingSpeech(f"{item:02}", clips) for item in range(ITEMS))
            plan = PackedPlan(b"x" * 50_000)
            answer: Planned | Spoken | Joined = Planned(task.name, 4, ITEMS, (), plan, missing)
        case SpeakTask():
            answer = Spoken(180.0, 900)
        case _:
            answer = Joined(3600.0, 0.0, 0, (), (), ())
    return Done(answer, Cost("1", 0.0, 0.0))


def drive(editions: int, told: str) -> None:
    """Drive so many editions through two processes that answer at once."""
    from tingbao.archive.discovery import Find
    from tingbao.archive.driver import Driver
    from tingbao.archive.tasks import Job
    from tingbao.settings import Settings
    from tingbao.synthesis.profiles import load_profile
    from tingbao.workers import ProcessPool

    nowhere = Path("/nowhere")
    profile = load_profile("kokoro")
    job = Job(nowhere, nowhere, nowhere, Settings(), "kokoro", profile, None, "", "报")
    finds = (Find(f"{number}", None, (nowhere,)) for number in range(editions))
    executor, ended = ProcessPool(2), _Ended()
    began = time.monotonic()
    Driver(job, executor, at_once, ended, lambda *_: None).run(finds)
    executor.close()
    _tell(told, ended, time.monotonic() - began)


def make(workers: int, told: str) -> None:
    """Make an archive of some days with so many workers, from nothing but the weights."""
    from tingbao.settings import cache_folder

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [line for line in PAGE.read_text("utf-8").splitlines() if len(line) > 60]
        _write_days(folder / "pages", DAYS, lines[:LINES])
        (folder / "cache").mkdir()
        (folder / "cache" / "voices").symlink_to(cache_folder().absolute() / "voices")
        _make(folder, VOICE, workers, told)


def hum(editions: int, told: str) -> None:
    """Make so many short editions with two workers and a voice that costs nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_days(folder / "pages", editions, ["全市各项工作全部完成，居民生活更加便利。"])
        _make(folder, hum_profile(name, RATE), 2, told)


def _make(folder: Path, voice: str, workers: int, told: str) -> None:
    from tingbao.archive import ArchiveRequest, run_archive
    from tingbao.settings import Settings

    request = ArchiveRequest(
        roots=(folder / "pages",),
        output=folder / "library",
        cache=folder / "cache",
        settings=Settings(),
        workers=workers,
        voice=voice,
        paper="通辽日报",
    )
    ended, began = _Ended(), time.monotonic()
    run_archive(request, ended)
    _tell(told, ended, time.monotonic() - began)


def _write_days(pages: Path, days: int, lines: Sequence[str]) -> None:
    """Pages of an item for each line, of which no two days share a sentence."""
    for number in range(days):
        date = FIRST + dt.timedelta(days=number)
        said = f"{date.year}年{date.month}月{date.day}日"
        text = "\n\n".join(
            f"## {said}新闻之{item}\n\n{said}第{item}条，{line}"
            for item, line in enumerate(lines, start=1)
        )
        folder = pages / date.isoformat()
        folder.mkdir(parents=True)
        (folder / "01.md").write_text(text, "utf-8")


class _Ended:
    """Counts what ended."""

    def __init__(self) -> None:
        self.tasks = 0
        self.audio_seconds = 0.0

    def __call__(self, event: object) -> None:
        from tingbao.archive import TaskEnded

        if isinstance(event, TaskEnded):
            self.tasks += 1
            self.audio_seconds += event.audio_seconds


def _tell(told: str, ended: _Ended, wall_seconds: float) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    facts = Facts(
        tasks=ended.tasks,
        driver_cpu_seconds=own.ru_utime + own.ru_stime,
        workers_cpu_seconds=children.ru_utime + children.ru_stime,
        driver_mb=own.ru_maxrss / KILOBYTES_PER_MEGABYTE,
        worker_mb=children.ru_maxrss / KILOBYTES_PER_MEGABYTE,
        audio_seconds=ended.audio_seconds,
        wall_seconds=wall_seconds,
    )
    Path(told).write_text(json.dumps(vars(facts)), "utf-8")


def _run(call: str, size: int) -> tuple[Facts, Row]:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "facts.json")
        cost = measured(f"benchmarks.archive:{call}", size, str(told))
        return Facts(**json.loads(told.read_text("utf-8"))), Row("", "", cost, "")


def rows(*, small: bool) -> Iterator[Row]:
    """The driver alone, then everything with ever more editions, then with more workers."""
    base, _ = _run("drive", 1)
    for editions in EDITIONS[:1] if small else EDITIONS:
        facts, row = _run("drive", editions)
        each = (facts.driver_cpu_seconds - base.driver_cpu_seconds) / facts.tasks
        ratio = (
            f"{1000 * each:.2f} ms CPU a task, {facts.driver_mb - base.driver_mb:.1f} MB above one"
        )
        yield Row("archive: the driver", f"{editions} editions", row.cost, ratio)
    for editions in (2,) if small else HUMMED:
        facts, row = _run("hum", editions)
        cpu = facts.driver_cpu_seconds + facts.workers_cpu_seconds
        ratio = (
            f"{cpu / editions:.2f} CPU-s an edition, "
            f"driver {facts.driver_mb:.0f} MB, worker {facts.worker_mb:.0f} MB"
        )
        yield Row("archive: a voice that hums", f"{editions} editions", row.cost, ratio)
    first = 0.0
    for workers in () if small else WORKERS:
        facts, row = _run("make", workers)
        first = first or facts.wall_seconds
        cpu = facts.driver_cpu_seconds + facts.workers_cpu_seconds
        ratio = (
            f"{facts.audio_seconds / facts.wall_seconds:.1f} x real time, "
            f"{first / facts.wall_seconds:.2f} x one worker, "
            f"{1000 * cpu / facts.audio_seconds:.0f} ms CPU a second of sound"
        )
        yield Row(f"archive: {VOICE}, {DAYS} days", f"{workers} workers", row.cost, ratio)
