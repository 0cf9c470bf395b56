"""How far a build is: share done, real-time factor, time left. Fed with events, asked any time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tingbao.build.events import ClipFinished, Event, Planned

__all__ = ["Standing", "Tracker"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the build stands.

    ``real_time_factor`` is wall seconds per second of newly spoken audio; it and
    ``left_seconds`` are None until something was spoken. ``retried`` counts what had to be asked
    for again.
    """

    title: str
    share: float
    spoken_seconds: float
    real_time_factor: float | None
    left_seconds: float | None
    retried: int = 0


class Tracker:
    """Adds up the clips of one build; ``clock`` gives seconds from any fixed point."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._title = ""
        self._characters = 0
        self._done = 0
        self._new_characters = 0
        self._new_seconds = 0.0
        self._seconds = 0.0
        self._retried = 0

    def take(self, event: Event) -> None:
        """Count an event; those that are not about progress change nothing."""
        if isinstance(event, Planned):
            self._characters = event.characters
            self._began = self._clock()
        elif isinstance(event, ClipFinished):
            self._count(event)

    def _count(self, clip: ClipFinished) -> None:
        self._title = clip.title
        self._done += clip.characters
        self._seconds += clip.audio_seconds
        self._retried += clip.retries
        if not clip.reused:
            self._new_characters += clip.characters
            self._new_seconds += clip.audio_seconds

    @property
    def standing(self) -> Standing:
        """Where the build stands now."""
        elapsed = self._clock() - self._began
        left = max(self._characters - self._done, 0)
        pace = elapsed / self._new_characters if self._new_characters else None
        return Standing(
            title=self._title,
            share=min(self._done / self._characters, 1.0) if self._characters else 0.0,
            spoken_seconds=self._seconds,
            real_time_factor=elapsed / self._new_seconds if self._new_seconds else None,
            left_seconds=None if pace is None else pace * left,
            retried=self._retried,
        )
