"""What the runner and those who speak for it say to each other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tingbao.errors import SynthesisError
from tingbao.synthesis.engine import Speech

Notice = Callable[[str], None]
"""Takes one line that the user should know."""

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
