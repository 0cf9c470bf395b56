"""Voices and work that end their process, for tests; workers find them here by name."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from tingbao.archive.tasks import Done, Task, item_of
from tingbao.archive.work import work_on
from tingbao.models import Clip
from tingbao.synthesis import FakeEngine, Profile, Speech
from tingbao.synthesis.fake import hum
from tingbao.workers import TimeLimits

__all__ = ["deadly_join", "deadly_pages", "deadly_text", "endless_pages", "endless_text", "mortal"]

EVERY = 10
"""A worker dies at each tenth text that any of them begins."""

ENDLESS = "第二日第二项工作全部完成。"


class _NoTime(TimeLimits):
    """Time for all texts of an item but one."""

    def of_text(self, characters: int) -> float:
        return 0.1 if characters == len(ENDLESS) else 3600.0


def deadly_text(task: Task) -> Done:
    """Speak, and die of the second item of the second day."""
    return work_on(task, opener=_deadly_voice)


def mortal(task: Task) -> Done:
    """Speak, and die in the middle now and then."""
    return work_on(task, opener=_mortal_voice)


def deadly_pages(task: Task) -> Done:
    """Die of reading the second day's pages."""
    _die_on_opening("pages/2026-03-02/01.md")
    return work_on(task)


def deadly_join(task: Task) -> Done:
    """Die of writing the second day's edition."""
    _die_on_opening("output/2026-03-02/", "-edition.mp3")
    return work_on(task)


def endless_text(task: Task) -> Done:
    """Speak, and come to no end with the second item of the second day; only that has no time."""
    is_endless = item_of(task) == "02" and task.name == "2026-03-02"
    return work_on(task, _endless_voice, _NoTime() if is_endless else TimeLimits())


def endless_pages(task: Task) -> Done:
    """Come to no end with reading the second day's pages; all others have an hour."""
    _on_opening(_hang, "pages/2026-03-02/01.md")
    is_endless = task.name == "2026-03-02"
    return work_on(task, limits=TimeLimits(step_seconds=0.1) if is_endless else TimeLimits())


def _deadly_voice(_profile: Profile, _cache: Path) -> FakeEngine:
    return FakeEngine(lambda speech: _die() if "第二日第二项" in speech.spoken else hum(speech))


def _endless_voice(_profile: Profile, _cache: Path) -> FakeEngine:
    return FakeEngine(lambda speech: _hang() if ENDLESS in speech.spoken else hum(speech))


def _mortal_voice(_profile: Profile, cache: Path) -> FakeEngine:
    log = cache / "begun"

    def say(speech: Speech) -> Clip:
        with log.open("a") as stream:
            stream.write("x")
            stream.flush()
            if stream.tell() % EVERY == 0:
                _die()
        return hum(speech)

    return FakeEngine(say)


def _die_on_opening(*parts: str) -> None:
    _on_opening(_die, *parts)


def _on_opening(call: Callable[[], NoReturn], *parts: str) -> None:
    """The interpreter tells of every file that is opened (audit events, PEP 578)."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and all(part in str(arguments[0]) for part in parts):
            call()

    sys.addaudithook(watch)


def _hang() -> NoReturn:
    """Try all ways to part the letters, which takes hours, without ever letting Python go on."""
    re.match("(a+)+b", 50 * "a")
    raise AssertionError


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
