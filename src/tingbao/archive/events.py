"""What an archive reports while it is built. Each event is a frozen value; a listener any callable.

Events come from the one process that drives the work, in the order in which things ended there;
none is sent twice for one thing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tingbao.edition.events import Noticed

TaskKind = Literal["plan", "speak", "join"]
"""Reading an edition, speaking one item (or its frame), joining an edition."""

Outcome = Literal["made", "unchanged", "incomplete", "failed"]
"""``incomplete``: published, but not all of it; ``failed``: set aside, nothing was published."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to do: ``editions``, made of ``inputs`` files or folders."""

    editions: int
    inputs: int


@dataclass(frozen=True, slots=True)
class TaskEnded:
    """One task is done.

    ``edition`` is the name under which it was found (its date, where it has one), ``item`` the
    id of the item that was spoken (None: the edition as a whole, or its opener, sections and
    closer). ``worker`` names the process. ``audio_seconds`` and ``characters`` count what was
    newly spoken.
    """

    kind: TaskKind
    edition: str
    item: str | None
    worker: str
    wall_seconds: float
    cpu_seconds: float
    audio_seconds: float
    characters: int


@dataclass(frozen=True, slots=True)
class TaskRepeated:
    """A task is done again: its worker died, or the scheduler was lost."""

    kind: TaskKind
    edition: str
    item: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class EditionEnded:
    """Nothing more is done for an edition in this run.

    ``warnings`` are the messages of the parser and of the script. ``reason`` says what is not
    complete, or why it was set aside; empty where all is well. ``audio_seconds`` is the length
    of the edition, ``cpu_seconds`` what this run spent on it.
    """

    edition: str
    outcome: Outcome
    pages: int
    items: int
    audio_seconds: float
    cpu_seconds: float
    warnings: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LibraryUpdated:
    """The library's pages and feeds know all that was made so far: so many editions."""

    editions: int


ArchiveEvent = Found | TaskEnded | TaskRepeated | EditionEnded | LibraryUpdated | Noticed

Listener = Callable[[ArchiveEvent], None]


def ignore(_event: ArchiveEvent) -> None:
    """A listener for callers who do not want to hear."""
