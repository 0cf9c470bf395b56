"""A voice in the worker's own process: loaded when it is first needed, kept for all tasks."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tingbao.archive.tasks import Refused
from tingbao.errors import SynthesisError
from tingbao.synthesis import ClipStore, Engine
from tingbao.synthesis.engines import embedded_voice
from tingbao.synthesis.profiles import Profile
from tingbao.synthesis.work import THREAD_VARIABLES, Settled, Task, excerpt, opened, perform
from tingbao.workers import TRIES, AttemptLog, Ending, Watchdog, ending_word

OpenVoice = Callable[[Profile, Path], Engine]
"""Loads the voice of a profile with its weights in the cache folder."""


class OwnSpeakers:
    """Speaks in this thread with the voice of this process.

    A text is noted and watched before it is begun; one over which workers ended before is not
    begun again, and neither are those that are ``refused``.
    """

    def __init__(
        self,
        voice: ProcessVoice,
        cache: Path,
        log: AttemptLog,
        watchdog: Watchdog,
        refused: Iterable[Refused] = (),
    ) -> None:
        self._voice = voice
        self._cache = cache
        self._log = log
        self._watchdog = watchdog
        self._refused = {one.key: one.ending for one in refused}

    def identity(self) -> str:
        """What the voice is; nothing is loaded to know it."""
        return self._voice.identity

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        store = ClipStore(self._cache / "clips")
        for task in tasks:
            ending = self.ending_over(task.key)
            if ending is not None:
                yield Settled(task.key, error=_set_aside(task, ending), retries=TRIES - 1)
            else:
                engine = self._voice.engine
                self._log.begin(task.key)
                self._watchdog.text(len(task.speech.spoken))
                settled = perform(engine, store, task)
                self._watchdog.step()
                yield settled

    def ending_over(self, key: str) -> Ending | None:
        """How workers ended over the text of this clip, if it is set aside."""
        return self._refused.get(key) or self._log.ending_over(key)

    def close(self) -> None:
        """The voice stays for the next task."""


@dataclass(frozen=True, slots=True)
class ProcessVoice:
    """The voice of ``profile`` in this process, opened with ``opener``."""

    profile: Profile
    cache: Path
    opener: OpenVoice

    @property
    def identity(self) -> str:
        """What the voice is, for the keys of its clips; nothing is loaded to know it."""
        return _identity(msgspec.json.encode(self.profile), self.cache)

    @property
    def engine(self) -> Engine:
        """The voice, loaded once.

        Raises:
            VoiceUnavailableError: it cannot be loaded.
        """
        return _engine(msgspec.json.encode(self.profile), self.cache, self.opener)


def open_voice(profile: Profile, cache: Path) -> Engine:
    """Load an embedded voice from the weights in ``cache``."""
    return embedded_voice(profile, cache).open_engine()


def _set_aside(task: Task, ending: Ending) -> SynthesisError:
    named = excerpt(task.speech.spoken)
    how = ending_word(ending)
    return SynthesisError(f"{named}: {TRIES} workers {how} speaking it; it is set aside")


@functools.lru_cache(maxsize=4)
def _identity(profile: bytes, cache: Path) -> str:
    return embedded_voice(msgspec.json.decode(profile, type=Profile), cache).identity


@functools.lru_cache(maxsize=1)
def _engine(profile: bytes, cache: Path, opener: OpenVoice) -> Engine:
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))  # one process a core does the rest
    named = msgspec.json.decode(profile, type=Profile)
    return opened(functools.partial(opener, named, cache))
