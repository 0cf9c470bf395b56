"""From a profile to its engine. An engine is imported only when it is used."""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from types import ModuleType

from tingbao.errors import InputError
from tingbao.synthesis.assets import assets_folder
from tingbao.synthesis.engine import Engine
from tingbao.synthesis.pool import EmbeddedVoice, PoolSpeakers
from tingbao.synthesis.profiles import Profile
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Speakers
from tingbao.workers import Notice, usable_cores

EMBEDDED = ("baker", "fake", "kokoro")
ONLINE = "edge"


def open_speakers(
    profile: Profile, cache: Path, store: ClipStore, jobs: int | None, notice: Notice
) -> Speakers:
    """The speakers of the voice of ``profile``; nothing is loaded or requested yet.

    ``jobs``: worker processes (None: one a core), or parallel requests (None: four).

    Raises:
        InputError: there is no such engine.
        OptionError: the endpoint set for the online service cannot be used.
    """
    if profile.engine == ONLINE:
        from tingbao.synthesis.edge.policy import PARALLEL, SessionOptions  # noqa: PLC0415
        from tingbao.synthesis.edge.speakers import EdgeSpeakers  # noqa: PLC0415  - an event loop

        options = SessionOptions(profile.sentence_pause, jobs or PARALLEL)
        return EdgeSpeakers(options, store, notice)
    if profile.engine in EMBEDDED:
        return PoolSpeakers(embedded_voice(profile, cache), store, jobs or usable_cores(), notice)
    known = ", ".join((*EMBEDDED, ONLINE))
    raise InputError(f"there is no engine {profile.engine!r}; known: {known}", profile.name)


def embedded_voice(profile: Profile, cache: Path) -> EmbeddedVoice:
    """The embedded voice of ``profile``: how it is loaded, and what it will be; loads nothing."""
    opener = functools.partial(_open_embedded, profile, assets_folder(cache, profile))
    return EmbeddedVoice(opener, _module(profile).identity(profile))


def _open_embedded(profile: Profile, assets: Path) -> Engine:
    """Load the embedded engine of ``profile``; it runs in a worker process.

    Raises:
        VoiceUnavailableError: its weights are not in ``assets``.
        InputError: the profile asks for what the engine cannot do.
    """
    engine: Engine = _module(profile).open_engine(profile, assets)
    return engine


def _module(profile: Profile) -> ModuleType:
    package = "tingbao.synthesis" if profile.engine == "fake" else "tingbao.synthesis.embedded"
    return importlib.import_module(f"{package}.{profile.engine}")
