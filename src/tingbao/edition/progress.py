"""How far a build is: share done, real-time factor, time left. Fed with events, asked any time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tingbao.edition.events import ArticleFinished, ClipFinished, Event, Planned
from tingbao.workers import ProgressTracker

GUESSED_FROM = 0.03
"""This share of what is to be spoken must be there before a time is estimated: the first seconds
go into loading the voice, and a guess from them was wrong by a factor of three."""


@dataclass(frozen=True, slots=True)
class BuildSnapshot:
    """Where the build stands.

    ``share`` of all characters is spoken, and ``ready`` of ``items`` items can be played. Of what
    was spoken last, ``title``, ``done`` of ``of`` utterances are there. ``real_time_factor`` is
    wall seconds per second of newly spoken audio; it and ``left_seconds`` are None until enough
    was spoken to tell. ``in_flight`` requests or workers are under way besides; ``retried`` counts
    what had to be asked for again.
    """

    title: str
    share: float
    spoken_seconds: float
    real_time_factor: float | None
    left_seconds: float | None
    retried: int = 0
    in_flight: int = 0
    ready: int = 0
    items: int = 0
    done: int = 0
    of: int = 0


class BuildTracker:
    """Adds up the clips of one build; ``clock`` gives seconds from any fixed point."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._characters = ProgressTracker(clock, guess_from=GUESSED_FROM)
        self._last = ClipFinished("", 0, 0.0, 0.0, reused=True)
        self._ready = 0
        self._items = 0
        self._seconds = 0.0
        self._new_seconds = 0.0
        self._retried = 0

    def take(self, event: Event) -> None:
        """Count an event; those that are not about progress change nothing."""
        if isinstance(event, Planned):
            self._items = event.articles
            self._characters.expect(event.characters)
            self._characters.restart()
        elif isinstance(event, ClipFinished):
            self._count(event)
        elif isinstance(event, ArticleFinished):
            self._ready += 1

    def _count(self, clip: ClipFinished) -> None:
        self._last = clip
        self._characters.add(clip.characters, is_work=not clip.reused)
        self._seconds += clip.audio_seconds
        self._new_seconds += 0.0 if clip.reused else clip.audio_seconds
        self._retried += clip.retries

    @property
    def snapshot(self) -> BuildSnapshot:
        """Where the build stands now."""
        progress, last = self._characters.snapshot, self._last
        can_tell = self._new_seconds and progress.left_seconds is not None
        return BuildSnapshot(
            title=last.title,
            share=progress.share,
            spoken_seconds=self._seconds,
            real_time_factor=progress.seconds / self._new_seconds if can_tell else None,
            left_seconds=progress.left_seconds if can_tell else None,
            retried=self._retried,
            in_flight=last.in_flight,
            ready=self._ready,
            items=self._items,
            done=last.done,
            of=last.of,
        )
