"""What a session works through: a job for each task, a request for each try at a piece of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tingbao.pronunciation import respelled
from tingbao.synthesis.edge.sound import Take
from tingbao.synthesis.edge.texts import Piece, pieces_of
from tingbao.synthesis.engine import Speech, VoiceSettings
from tingbao.synthesis.work import Task, balanced


@dataclass(slots=True)
class Job:
    """A task on its way: its pieces and what has come of them."""

    place: int
    task: Task
    pieces: tuple[Piece, ...]
    takes: dict[int, Take] = field(default_factory=dict)
    retries: int = 0
    cpu_seconds: float = 0.0
    is_settled: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether there is a take of every piece."""
        return len(self.takes) == len(self.pieces)

    @property
    def requests(self) -> list[Request]:
        """The first try at each piece."""
        return [Request(self, number) for number in range(len(self.pieces))]


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt, from 0, at one piece of a job."""

    job: Job
    number: int
    attempt: int = 0

    @property
    def piece(self) -> Piece:
        """What is asked for."""
        return self.job.pieces[self.number]

    @property
    def voice(self) -> VoiceSettings:
        """The voice that is asked for."""
        return self.job.task.speech.voice

    @property
    def again(self) -> Request:
        """The next attempt."""
        return replace(self, attempt=self.attempt + 1)


def jobs_of(tasks: Sequence[Task], parallel: int) -> list[Job]:
    """A job for each task, in the order in which they are asked for."""
    ordered = enumerate(balanced(tasks, parallel))
    return [Job(place, task, pieces_of(_sent(task.speech))) for place, task in ordered]


def _sent(speech: Speech) -> str:
    """The text as it is sent: the service takes no pinyin, so wanted readings are respelled."""
    return respelled(speech.spoken, speech.readings) if speech.readings else speech.spoken
