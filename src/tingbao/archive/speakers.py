"""A voice in the worker's own process: loaded when it is first needed, kept for all tasks."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Generator, Sequence
from pathlib import Path

import msgspec

from tingbao.archive.tally import TRIES, Tally
from tingbao.errors import SynthesisError
from tingbao.synthesis import ClipStore, Engine
from tingbao.synthesis.engines import embedded_voice
from tingbao.synthesis.pool import EmbeddedVoice
from tingbao.synthesis.profiles import Profile
from tingbao.synthesis.work import Settled, Task, excerpt
from tingbao.synthesis.worker import THREAD_VARIABLES, opened, perform

__all__ = ["OwnSpeakers", "identity_of"]


class OwnSpeakers:
    """Speaks in this thread with the voice of this process.

    A text is noted before it is begun; one of which workers died before is not begun again.
    ``refused`` are keys that are not to be tried.
    """

    def __init__(
        self, profile: Profile, cache: Path, tally: Tally, refused: Collection[str] = ()
    ) -> None:
        self._profile = profile
        self._cache = cache
        self._tally = tally
        self._refused = refused

    def identity(self) -> str:
        """What the voice is; nothing is loaded to tell."""
        return identity_of(self._profile, self._cache)

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        store = ClipStore(self._cache / "clips")
        for task in tasks:
            if self.refuses(task.key):
                yield Settled(task.key, error=_set_aside(task), retries=TRIES - 1)
            else:
                engine = _engine(*_named(self._profile, self._cache))
                self._tally.begin(task.key)
                yield perform(engine, store, task)

    def refuses(self, key: str) -> bool:
        """Whether the text of this clip is set aside."""
        return key in self._refused or self._tally.has_killed(key)

    def close(self) -> None:
        """The voice stays for the next task."""


def identity_of(profile: Profile, cache: Path) -> str:
    """What the voice of ``profile`` is, for the keys of its clips."""
    return _voice(*_named(profile, cache)).identity


def _set_aside(task: Task) -> SynthesisError:
    named = excerpt(task.speech.spoken)
    return SynthesisError(f"{named}: {TRIES} workers died speaking it; it is set aside")


def _named(profile: Profile, cache: Path) -> tuple[bytes, Path]:
    """A profile as something that can be looked up."""
    return msgspec.json.encode(profile), cache


@functools.lru_cache(maxsize=4)
def _voice(profile: bytes, cache: Path) -> EmbeddedVoice:
    return embedded_voice(msgspec.json.decode(profile, type=Profile), cache)


@functools.lru_cache(maxsize=1)
def _engine(profile: bytes, cache: Path) -> Engine:
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))  # one process a core does the rest
    return opened(_voice(profile, cache).open_engine)
