"""What a build reports while it runs. Each event is a frozen value; a listener is any callable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VoiceChosen:
    """The one voice of this edition, and why it was taken."""

    voice: str
    reason: str


@dataclass(frozen=True, slots=True)
class WeightsFetched:
    """A download of weights stands at ``done_bytes`` of ``total_bytes`` (None: not known)."""

    file: str
    source: str
    done_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """The whole work is known: items, utterances, and characters to be heard."""

    edition: str
    articles: int
    utterances: int
    characters: int


@dataclass(frozen=True, slots=True)
class ClipFinished:
    """One utterance is in the store; ``reused`` ones cost nothing.

    ``retries``: how often it was asked for again; ``in_flight``: how many others are under way.
    ``done`` of ``of`` utterances of the item (or the opener, the digest …) are now there.
    """

    title: str
    characters: int
    audio_seconds: float
    cpu_seconds: float
    reused: bool
    retries: int = 0
    in_flight: int = 0
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class ArticleFinished:
    """A single article's file lies ready to be played."""

    id: str
    title: str
    path: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something the user should know; the build goes on."""

    message: str


@dataclass(frozen=True, slots=True)
class Published:
    """The edition is complete in the library."""

    path: Path
    articles: int
    incomplete: int
    seconds: float


Event = (
    VoiceChosen | WeightsFetched | Planned | ClipFinished | ArticleFinished | Noticed | Published
)

Listener = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """A listener for callers who do not listen."""
