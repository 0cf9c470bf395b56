"""What workers are asked for, and what they answer: small frozen values that travel well.

Sound never travels: workers put it into the clip store, and answer with keys, times and counts.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tingbao.archive.discovery import Find
from tingbao.archive.events import TaskKind
from tingbao.edition import Plan
from tingbao.settings import Settings
from tingbao.synthesis.profiles import Profile
from tingbao.synthesis.work import Task as Clip
from tingbao.workers import Ending, Executor


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a run share; all folders lie where every worker sees them.

    ``notes`` is the folder of the attempt logs. ``paper`` is the library's; ``paper_is_given``
    takes pages of any paper for it. ``version`` is the driver's; its process, ``driver``, is never
    ended for a task that hangs.
    """

    output: Path
    cache: Path
    notes: Path
    settings: Settings
    voice: str
    profile: Profile
    base_url: str | None
    version: str
    paper: str = ""
    paper_is_given: bool = False
    driver: str = ""


def this_process() -> str:
    """What no other process is called."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass(frozen=True, slots=True)
class PaperTask:
    """Which paper is printed on the pages of an edition?"""

    job: Job
    find: Find

    @property
    def name(self) -> str:
        """The edition, as it was found."""
        return self.find.name


@dataclass(frozen=True, slots=True)
class PlanTask:
    """Is the edition as its pages would have it? If not: what is still to be spoken?"""

    job: Job
    find: Find

    @property
    def name(self) -> str:
        """The edition, as it was found."""
        return self.find.name


@dataclass(frozen=True, slots=True)
class SpeakTask:
    """Speak what is missing of one item, or of the frame around the items.

    ``name`` is that of the edition, as it was found.
    """

    job: Job
    name: str
    missing: MissingSpeech


@dataclass(frozen=True, slots=True)
class Refused:
    """The key of a text that is set aside, and how workers ended over it."""

    key: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class JoinTask:
    """Make the folder of a planned edition; clips in ``refused`` are not to be spoken."""

    job: Job
    name: str
    plan: PackedPlan
    refused: tuple[Refused, ...]


Task = PaperTask | PlanTask | SpeakTask | JoinTask


@dataclass(frozen=True, slots=True)
class MissingSpeech:
    """The clips that are missing of an item (None: of the frame), in speaking order."""

    item: str | None
    clips: tuple[Clip, ...]

    @property
    def characters(self) -> int:
        """How many characters are to be heard."""
        return sum(len(clip.speech.spoken) for clip in self.clips)


@dataclass(frozen=True, slots=True)
class PackedPlan:
    """A parsed edition on its way from the worker that read its pages to the one that joins it.

    The driver holds it packed and never looks inside: it takes a twentieth of the memory.
    """

    data: bytes

    @classmethod
    def of(cls, plan: Plan) -> PackedPlan:
        """Pack a plan."""
        return cls(zlib.compress(pickle.dumps(plan), 1))

    def unpacked(self) -> Plan:
        """The plan that was packed."""
        plan: Plan = pickle.loads(zlib.decompress(self.data))  # noqa: S301  - a worker packed it
        return plan


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper's name as printed, if it is."""

    paper: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """The edition under its id, with the plan of what is to be made.

    Without a plan it is complete, what its pages would give, and ``audio_seconds`` long.
    ``is_begun``: an earlier run was stopped before the library knew all of it.
    """

    edition: str
    pages: int
    items: int
    warnings: tuple[str, ...] = ()
    plan: PackedPlan | None = None
    missing: tuple[MissingSpeech, ...] = ()
    is_begun: bool = False
    audio_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was newly spoken, and what is set aside because too many workers ended over it."""

    audio_seconds: float
    characters: int
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """The edition's folder is made; ``reasons`` name what of it is not complete."""

    audio_seconds: float
    spoken_seconds: float
    spoken_characters: int
    incomplete: tuple[str, ...]
    reasons: tuple[str, ...]
    notices: tuple[str, ...]


Answer = Printed | Planned | Spoken | Joined


@dataclass(frozen=True, slots=True)
class Cost:
    """By whom a task was done, and what it took."""

    worker: str
    wall_seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """A task's answer and its cost."""

    answer: Answer
    cost: Cost


Call = Callable[[Task], Done]
"""What workers do; it is pickled on its way to them."""

Workers = Executor[Task, Done]


def kind_of(task: Task) -> TaskKind:
    """What listeners call the task."""
    match task:
        case SpeakTask():
            return "speak"
        case JoinTask():
            return "join"
        case _:
            return "plan"


def item_of(task: Task) -> str | None:
    """The item that the task is about."""
    return task.missing.item if isinstance(task, SpeakTask) else None


def note_of(task: Task) -> Path:
    """Where the task's attempt log lies: the same place whoever does it."""
    named = f"{kind_of(task)} {task.name} {item_of(task)}"
    return task.job.notes / hashlib.sha256(named.encode()).hexdigest()[:32]
