"""Events of an archive for tests, with only what a test cares about, and a clock set by hand."""

from __future__ import annotations

from typing import Any

from tingbao.archive.events import ArchiveEvent, EditionEnded, Found, Outcome, TaskEnded, TaskKind


class Clock:
    """A clock that a test moves by hand: 2026-03-14 06:00 UTC at first."""

    def __init__(self) -> None:
        self.now = 1_773_468_000.0

    def __call__(self) -> float:
        return self.now


def ended(edition: str, outcome: Outcome = "made", **fields: Any) -> EditionEnded:
    usual = {"pages": 4, "items": 20, "audio_seconds": 3600.0, "cpu_seconds": 2700.0}
    return EditionEnded(edition, outcome, **{**usual, **fields})


def spoke(worker: str = "worker 1", wall: float = 60.0, audio: float = 100.0) -> TaskEnded:
    return task("speak", worker=worker, wall_seconds=wall, audio_seconds=audio)


def task(kind: TaskKind, **fields: Any) -> TaskEnded:
    usual = {
        "edition": "2026-03-14",
        "item": None,
        "worker": "worker 1",
        "wall_seconds": 1.0,
        "cpu_seconds": 1.0,
        "audio_seconds": 0.0,
        "characters": 0,
    }
    return TaskEnded(kind, **{**usual, **fields})


def found(editions: int) -> ArchiveEvent:
    return Found(editions, 4 * editions)
