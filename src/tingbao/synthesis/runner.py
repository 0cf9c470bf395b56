"""Speaks many utterances: each text once, what is stored already not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tingbao.errors import EngineDownError, StoreError, SynthesisError
from tingbao.models import Clip
from tingbao.synthesis.engine import Engine, Speech
from tingbao.synthesis.engines import open_speakers
from tingbao.synthesis.profiles import Profile
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Settled, Speakers, Task, perform
from tingbao.workers import Notice


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of the speech ``index``: the ``key`` of its clip in the store, or an ``error``.

    ``seconds`` of audio, ``cpu_seconds`` of work. ``reused``: nothing was spoken for it.
    ``retries``: how often it was asked for again; ``in_flight``: how many others are under way.
    """

    index: int
    key: str | None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    reused: bool = False
    error: SynthesisError | None = None
    retries: int = 0
    in_flight: int = 0


def _ignore(_line: str) -> None:
    """For callers that want no notices."""


class Runner:
    """Speaks in one voice with all the cores or requests it may use.

    Use it as a context manager: leaving it stops every process and request.
    """

    def __init__(self, speakers: Speakers, store: ClipStore, notice: Notice = _ignore) -> None:
        self._speakers = speakers
        self._store = store
        self._notice = notice

    @classmethod
    def open(
        cls, profile: Profile, cache: Path, jobs: int | None = None, notice: Notice = _ignore
    ) -> Self:
        """A runner for the voice of ``profile`` with its clips in ``cache``.

        Raises:
            InputError: the profile names no known engine.
            OptionError: a setting of the engine cannot be used.
        """
        store = ClipStore(cache / "clips")
        return cls(open_speakers(profile, cache, store, jobs, notice), store, notice)

    @classmethod
    def with_engine(
        cls, make_engine: Callable[[], Engine], cache: Path, notice: Notice = _ignore
    ) -> Self:
        """A runner that speaks in this thread with any engine, for tests and programs."""
        store = ClipStore(cache / "clips")
        return cls(_OneSpeaker(make_engine, store), store, notice)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._speakers.close()

    def __call__(self, speeches: Sequence[Speech]) -> Iterator[Outcome]:
        """Speak; each index comes once: first what is stored, then the others as they end.

        An utterance that cannot be spoken is an outcome with an error, not an exception.

        Raises:
            UnusableError: the voice cannot be used, or the store not be written.
        """
        places = self._places(speeches)
        missing: list[Task] = []
        for key, indexes in places.items():
            seconds = self._stored_seconds(key)
            if seconds is None:
                missing.append(Task(key, speeches[indexes[0]]))
                continue
            yield from (Outcome(index, key, seconds, reused=True) for index in indexes)
        if not missing:
            return
        for settled in self._settle(missing):
            yield from _outcomes(settled, places[settled.key])

    @property
    def identity(self) -> str:
        """What speaks here, as it is part of every clip's key."""
        return self._speakers.identity()

    def lacks(self, speeches: Sequence[Speech]) -> bool:
        """Whether any of these has to be spoken, because it is not in the store."""
        return not all(map(self._store.holds, self._places(speeches)))

    def clip(self, key: str) -> Clip:
        """The clip of an outcome, verified.

        Raises:
            StoreError: it is damaged or gone; speaking it again replaces it.
        """
        clip = self._store.get(key)
        if clip is None:
            raise StoreError(f"the clip {key} is no longer in the store; run again to speak it")
        return clip

    def _places(self, speeches: Sequence[Speech]) -> Mapping[str, list[int]]:
        """Where each different clip is wanted, in order of its first place."""
        places: dict[str, list[int]] = {}
        identity = self._speakers.identity() if speeches else ""
        for index, speech in enumerate(speeches):
            places.setdefault(self._store.key_of(speech, identity), []).append(index)
        return places

    def _stored_seconds(self, key: str) -> float | None:
        try:
            clip = self._store.get(key)
        except StoreError as error:
            self._notice(f"{error}; it is spoken again")
            return None
        return None if clip is None else clip.seconds

    def _settle(self, tasks: Sequence[Task]) -> Iterator[Settled]:
        """Each task settled once; when the engine is down, all that are left with its error."""
        left = {task.key for task in tasks}
        down: EngineDownError | None = None
        with contextlib.closing(self._speakers.speak_all(tasks)) as spoken:
            for settled in spoken:
                left.discard(settled.key)
                yield settled
                if isinstance(settled.error, EngineDownError):
                    down = settled.error
                    break
        yield from (Settled(task.key, error=down) for task in tasks if task.key in left)


class _OneSpeaker:
    """One engine in the caller's own thread."""

    def __init__(self, make_engine: Callable[[], Engine], store: ClipStore) -> None:
        self._make_engine = make_engine
        self._store = store
        self._made: Engine | None = None

    @property
    def _engine(self) -> Engine:
        if self._made is None:
            self._made = self._make_engine()
        return self._made

    def identity(self) -> str:
        """What the engine says it is."""
        return self._engine.identity

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        for task in tasks:
            yield perform(self._engine, self._store, task)

    def close(self) -> None:
        """Close the engine if it was made."""
        if self._made is not None:
            self._made.close()
            self._made = None


def _outcomes(settled: Settled, indexes: Sequence[int]) -> Iterator[Outcome]:
    """The outcome at each place of a text: only the first one cost anything."""
    is_first = True
    for index in indexes:
        yield Outcome(
            index,
            None if settled.error else settled.key,
            settled.seconds,
            settled.cpu_seconds if is_first else 0.0,
            reused=not is_first and settled.error is None,
            error=settled.error,
            retries=settled.retries if is_first else 0,
            in_flight=settled.in_flight,
        )
        is_first = False
