"""One clip that is wanted: the task, how it is done, and who does many of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tingbao.errors import (
    SynthesisError,
    TingbaoError,
    TransientSynthesisError,
    VoiceUnavailableError,
)
from tingbao.models import Clip
from tingbao.synthesis.engine import Engine, Speech
from tingbao.synthesis.store import ClipStore

OpenEngine = Callable[[], Engine]
"""Loads an engine; it is pickled on its way to a worker."""

ATTEMPTS = 3
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What keeps a model to one thread: one process a core does the rest."""

EXCERPT_CHARACTERS = 24
ENDING_PER_JOB = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One clip that is wanted: ``key`` is its place in the store."""

    key: str
    speech: Speech


@dataclass(frozen=True, slots=True)
class Settled:
    """A task at its end: the clip of ``seconds`` is in the store, or ``error`` says why not.

    ``cpu_seconds`` is the processor time it took, ``retries`` how often it was asked for again,
    ``in_flight`` how many others are being spoken at this moment.
    """

    key: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    error: SynthesisError | None = None
    retries: int = 0
    in_flight: int = 0


class Speakers(Protocol):
    """Those who speak many texts at once, by processes or by requests."""

    def identity(self) -> str:
        """What makes the audio, for the clip store's key.

        Raises:
            UnusableError: the voice cannot be used here.
        """
        ...

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """Put the clip of each task into the store, begun in the order given.

        Each task is settled once, as soon as that is so. Closing the generator gives up the rest.

        Raises:
            UnusableError: the voice cannot be used any more, or the store not be written.
        """
        ...

    def close(self) -> None:
        """Stop everything; nothing is left running."""
        ...


def balanced(tasks: Sequence[Task], jobs: int) -> list[Task]:
    """The tasks in order, but of the last few the longest first.

    So a long one does not run on alone when all others are done.
    """
    ending = max(0, len(tasks) - ENDING_PER_JOB * jobs)
    last = sorted(tasks[ending:], key=lambda task: len(task.speech.spoken), reverse=True)
    return [*tasks[:ending], *last]


def excerpt(text: str) -> str:
    """The beginning of a text, short enough for a message and in one line."""
    flat = " ".join(text.split())
    short = len(flat) <= EXCERPT_CHARACTERS
    return f"“{flat if short else flat[: EXCERPT_CHARACTERS - 1] + '…'}”"


def perform(engine: Engine, store: ClipStore, task: Task) -> Settled:
    """Speak one task into the store.

    Raises:
        OutputError: the store cannot be written.
    """
    began = time.process_time()
    for attempt in range(ATTEMPTS):
        try:
            clip = _spoken(engine, task.speech)
        except SynthesisError as error:
            if isinstance(error, TransientSynthesisError) and attempt + 1 < ATTEMPTS:
                continue
            named = type(error)(f"{excerpt(task.speech.spoken)}: {error}")
            return Settled(task.key, error=named, retries=attempt)
        break
    store.put(task.key, clip)
    return Settled(task.key, clip.seconds, time.process_time() - began, retries=attempt)


def opened(open_engine: OpenEngine) -> Engine:
    """The loaded engine.

    Raises:
        VoiceUnavailableError: it cannot be loaded, whatever the reason.
    """
    try:
        return open_engine()
    except TingbaoError:
        raise
    except Exception as error:
        raise VoiceUnavailableError(f"the voice cannot be loaded: {_said(error)}") from error


def _spoken(engine: Engine, speech: Speech) -> Clip:
    try:
        return engine.speak(speech)
    except TingbaoError:
        raise
    except Exception as error:
        # A model's runtime may raise anything for one odd text; the others are to go on.
        raise SynthesisError(f"the engine failed: {_said(error)}") from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
