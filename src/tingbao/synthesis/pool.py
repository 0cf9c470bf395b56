"""An embedded voice in worker processes, each of which loads it once."""

from __future__ import annotations

import functools
import os
import queue
from collections import Counter
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from tingbao.errors import SynthesisError, VoiceUnavailableError, WorkersLostError
from tingbao.synthesis.engine import Engine
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import (
    THREAD_VARIABLES,
    OpenEngine,
    Settled,
    Task,
    balanced,
    excerpt,
    opened,
    perform,
)
from tingbao.workers import TRIES, Notice, ProcessPool, TimeLimits, ending_word

TIME_LIMITS = TimeLimits()


@dataclass(frozen=True, slots=True)
class EmbeddedVoice:
    """How a worker loads the engine, and the identity that the engine will have."""

    open_engine: OpenEngine
    identity: str


class PoolSpeakers:
    """Up to ``jobs`` processes with an engine each; none is started before it is needed."""

    def __init__(
        self,
        voice: EmbeddedVoice,
        store: ClipStore,
        jobs: int,
        notice: Notice,
        limits: TimeLimits = TIME_LIMITS,
    ) -> None:
        self._voice = voice
        self._jobs = jobs
        self._notice = notice
        self._limits = limits
        self._perform = functools.partial(_perform, store.folder)
        # The pool has a thread of its own: what it has to say is passed on in the caller's.
        self._notices: queue.SimpleQueue[str] = queue.SimpleQueue()
        start = functools.partial(_load, voice.open_engine)
        self._pool = ProcessPool(jobs, start, self._notices.put)

    def identity(self) -> str:
        """What the engine is; no worker is needed to tell."""
        return self._voice.identity

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        ended: queue.SimpleQueue[Future[Settled]] = queue.SimpleQueue()
        in_hand: dict[Future[Settled], Task] = {}
        deaths = Counter[str]()

        def submit(task: Task, *, again: bool = False) -> None:
            seconds = self._limits.of_text(len(task.speech.spoken))
            future = self._pool.submit(self._perform, task, seconds=seconds, first=again)
            in_hand[future] = task
            future.add_done_callback(ended.put)

        try:
            for task in balanced(tasks, self._jobs):
                submit(task)
            while in_hand:
                future = ended.get()
                task = in_hand.pop(future)
                settled = self._settled(future, task, deaths)
                self._pass_on_notices()
                if settled is None:
                    submit(task, again=True)
                else:
                    yield replace(settled, in_flight=min(self._pool.busy, len(in_hand)))
        finally:
            if in_hand:
                self._pool.abandon()

    def close(self) -> None:
        """Stop all workers: idle ones leave by themselves, busy ones are ended."""
        self._pool.close()

    def _settled(self, future: Future[Settled], task: Task, deaths: Counter[str]) -> Settled | None:
        """How the task ended; None: it has to be tried again, because its worker ended."""
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, WorkersLostError):
            raise VoiceUnavailableError(f"the voice cannot be loaded: {error}") from error
        failure = self._pool.failure_of(error)
        if failure is None:
            raise error
        deaths[task.key] += 1
        named = excerpt(task.speech.spoken)
        how = ending_word(failure)
        if deaths[task.key] >= TRIES:
            given_up = SynthesisError(f"{named}: {TRIES} workers {how} speaking it; it is given up")
            return Settled(task.key, error=given_up, retries=TRIES - 1)
        self._notice(f"a worker {how} while speaking {named}; another takes its place")
        return None

    def _pass_on_notices(self) -> None:
        while not self._notices.empty():
            self._notice(self._notices.get())


# --- in a worker process -------------------------------------------------------------------

_engine: Engine | None = None


def _load(open_engine: OpenEngine) -> None:
    global _engine  # noqa: PLW0603  - a process has one voice, loaded when it is begun
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    _engine = opened(open_engine)


def _perform(folder: Path, task: Task) -> Settled:
    assert _engine is not None
    return perform(_engine, ClipStore(folder), task)
