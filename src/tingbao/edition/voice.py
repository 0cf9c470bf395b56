"""The one voice of an edition: which, why, and that its weights are here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tingbao.edition.events import Listener, Noticed, VoiceChosen, WeightsFetched
from tingbao.errors import VoiceUnavailableError
from tingbao.synthesis import Runner
from tingbao.synthesis.assets import FetchProgress, fetch
from tingbao.synthesis.edge import edge_available, require_voices
from tingbao.synthesis.profiles import Profile, load_profile

RunnerFactory = Callable[[Profile, Path, int | None, Callable[[str], None]], Runner]
"""Opens the runner of a profile: ``(profile, cache, jobs, notice)``."""

ONLINE = "edge-xiaoxiao"
OFFLINE = "kokoro"


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """What the user asked for, and what an unfinished edition was begun with."""

    named: str
    fallback: str | None = None
    begun_with: str | None = None


@dataclass(frozen=True, slots=True)
class ChosenVoice:
    """The voice that was taken, and how it is named: a shipped name or a profile's path.

    ``absence`` says why it cannot speak now: what it has spoken before can still be heard.
    ``check`` asks a service, with a heavy client, only when there is something to speak.
    """

    name: str
    profile: Profile
    absence: VoiceUnavailableError | None = None
    check: Callable[[Profile], None] | None = None

    def require(self) -> None:
        """Make sure that something new can be spoken.

        Raises:
            VoiceUnavailableError: the voice is away.
        """
        if self.absence is not None:
            raise self.absence
        if self.check is not None:
            self.check(self.profile)


def choose_voice(
    choice: VoiceChoice,
    cache: Path,
    listener: Listener,
    *,
    online: Callable[[], bool] = edge_available,
    check: Callable[[Profile], None] = require_voices,
) -> ChosenVoice:
    """Settle the voice of the whole edition; ``require`` of it makes sure that it can speak.

    A named voice never changes unless a fallback is named; ``auto`` takes the online voice when
    its service answers, else the embedded one; an unfinished edition keeps its voice.

    Raises:
        VoiceUnavailableError: the fallback cannot be had either.
        OptionError, InputError: there is no such voice, or its profile is not valid.
    """
    if choice.fallback is not None:
        load_profile(choice.fallback)  # a mistake in it must not wait for the day it is needed
    name, reason = _first_choice(choice, online)
    chosen = _ready(name, cache, listener, check)
    if choice.fallback is not None:
        try:
            chosen.require()
        except VoiceUnavailableError as error:
            listener(Noticed(f"{error}"))
            reason = f"fallback for {name}"
            chosen = _ready(choice.fallback, cache, listener, check)
            chosen.require()
    announce_voice(chosen.profile, reason, listener)
    return chosen


def announce_voice(profile: Profile, reason: str, listener: Listener) -> None:
    """Say which voice it is, why, and what must be known of it."""
    listener(VoiceChosen(profile.name, reason))
    if profile.note:
        listener(Noticed(f"note on {profile.name}: {profile.note}"))


def settled_voice(choice: VoiceChoice) -> tuple[str, str] | None:
    """The voice and why it is taken, where that is known without asking any service."""
    if choice.named != "auto":
        return choice.named, "as named"
    if choice.begun_with:
        return choice.begun_with, "the unfinished edition was begun with it"
    return None


def _first_choice(choice: VoiceChoice, online: Callable[[], bool]) -> tuple[str, str]:
    settled = settled_voice(choice)
    if settled is not None:
        return settled
    if online():
        return ONLINE, "its service answers"
    return OFFLINE, "the online service does not answer"


def _ready(
    name: str, cache: Path, listener: Listener, check: Callable[[Profile], None]
) -> ChosenVoice:
    """The voice with its weights fetched, or with the reason why they cannot be had."""
    profile = load_profile(name)
    if profile.engine == "edge":
        return ChosenVoice(name, profile, check=check)
    try:
        fetch_weights(profile, cache, listener)
    except VoiceUnavailableError as error:
        return ChosenVoice(name, profile, absence=error)
    return ChosenVoice(name, profile)


def fetch_weights(profile: Profile, cache: Path, listener: Listener) -> None:
    """Make sure that the weights of ``profile`` lie in the cache folder, as they were pinned.

    Raises:
        VoiceUnavailableError: they are not there and no source has them.
    """

    def report(progress: FetchProgress) -> None:
        listener(
            WeightsFetched(
                progress.file, progress.source, progress.done_bytes, progress.total_bytes
            )
        )

    fetch(profile, cache, report)
