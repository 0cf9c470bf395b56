"""Voice profiles: which engine and voice speaks each role, how fast, with which pauses.

A profile is a TOML file. The shipped ones are in ``voices/``; a user's own is named by its path.
One without weights takes those that the shipped profile named after its engine lists.
"""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec

from tingbao.errors import InputError, OptionError
from tingbao.models import DurationMs, Pauses, Role
from tingbao.synthesis.engine import VoiceSettings
from tingbao.tables import Table, read_table, shipped

ALIASES = MappingProxyType({"edge": "edge-xiaoxiao"})
"""Short names of the contract."""

ENGINES = ("baker", "edge", "fake", "kokoro")
"""``fake`` hums: with a profile of one's own, all else can be tried without a voice."""

ONLINE_VOICE = re.compile(r"[a-z]{2,3}-[A-Z]{2}(-[a-z]+)?-[A-Za-z]+Neural")
"""How the online service names its voices: ``zh-CN-XiaoxiaoNeural``."""

Name = Annotated[str, msgspec.Meta(min_length=1)]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Rate = Annotated[float, msgspec.Meta(ge=0.5, le=2.0)]
PitchHz = Annotated[int, msgspec.Meta(ge=-100, le=100)]
PauseMs = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Characters = Annotated[int, msgspec.Meta(ge=50, le=2000)]


class Source(Table, frozen=True, forbid_unknown_fields=True):
    """One place an asset can be had from.

    ``kind`` is ``hub`` (a model hub's repository id and revision), ``npm`` or ``pypi`` (a package
    and version); ``path`` is the file inside it.
    """

    kind: str
    name: str
    version: str
    path: str


class Asset(Table, frozen=True, forbid_unknown_fields=True):
    """A file of weights, pinned by its SHA-256; ``sources`` are tried in order.

    One that names a ``voice`` is needed for that voice only.
    """

    file: Name
    sha256: Sha256
    bytes: Annotated[int, msgspec.Meta(ge=1)]
    sources: tuple[Source, ...]
    voice: str = ""


class Reader(Table, frozen=True, forbid_unknown_fields=True):
    """One reader's voice."""

    voice: Name
    rate: Rate = 1.0
    pitch_hz: PitchHz = 0

    @property
    def settings(self) -> VoiceSettings:
        """The voice as an engine takes it."""
        return VoiceSettings(self.voice, self.rate, self.pitch_hz)


class Profile(Table, frozen=True, forbid_unknown_fields=True):
    """A voice as ``--voice`` names it."""

    name: Name
    title: str
    engine: str
    licence: str
    readers: tuple[Reader, ...]
    note: str = ""
    pauses: dict[Role, PauseMs] = msgspec.field(default_factory=dict)
    sentence_pause: PauseMs = 300
    segment_pause: PauseMs = 1200
    max_characters: Characters = 1200
    assets: tuple[Asset, ...] = ()

    def reader(self, number: int) -> VoiceSettings:
        """The voice of reader ``number`` (from 1); more readers than voices share them in turn."""
        return self.readers[(number - 1) % len(self.readers)].settings

    @property
    def pause_plan(self) -> Pauses:
        """The pauses for the script: the usual ones with this profile's own over them."""
        usual = Pauses()
        own = {role: DurationMs(pause) for role, pause in self.pauses.items()}
        by_role = MappingProxyType({**usual.by_role, **own})
        return Pauses(by_role, DurationMs(self.sentence_pause), DurationMs(self.segment_pause))


def profile_names() -> tuple[str, ...]:
    """The shipped profiles, sorted."""
    return tuple(sorted(map(_stem, filter(_is_profile, shipped("voices").iterdir()))))


def load_profile(name: str) -> Profile:
    """Load a shipped profile by name, or a user's own by its path (it ends in ``.toml``).

    Raises:
        OptionError: there is no such profile.
        InputError: the file is not a valid profile.
    """
    if name.endswith(".toml"):
        return _read(Path(name), name)
    name = ALIASES.get(name, name)
    if name not in profile_names():
        known = ", ".join(profile_names())
        raise OptionError(f"there is no voice {name!r}; known: {known}, or a path ending in .toml")
    return _read(shipped("voices") / f"{name}.toml", f"voices/{name}.toml")


def _read(path: Traversable | Path, shown: str) -> Profile:
    profile = read_table(path, Profile, "voice profile", shown)
    weights = profile.assets or _weights_of(profile.engine)
    problem = _problem(profile, weights)
    if problem:
        raise InputError(f"voice profile: {problem}", shown)
    voices = {"", *(reader.voice for reader in profile.readers)}
    needed = tuple(asset for asset in weights if asset.voice in voices)
    return msgspec.structs.replace(profile, assets=needed)


def _weights_of(engine: str) -> tuple[Asset, ...]:
    if engine not in profile_names():
        return ()
    return read_table(shipped("voices") / f"{engine}.toml", Profile, "voice profile").assets


def _problem(profile: Profile, weights: tuple[Asset, ...]) -> str | None:
    if profile.engine not in ENGINES:
        return f"there is no engine {profile.engine!r}; known: {', '.join(ENGINES)}"
    if not profile.readers:
        return "it needs at least one [[readers]]"
    known = sorted({asset.voice for asset in weights if asset.voice})
    for reader in profile.readers:
        if known and reader.voice not in known:
            return f"{profile.engine} has no voice {reader.voice!r}; known: {', '.join(known)}"
        if profile.engine == "edge" and not ONLINE_VOICE.fullmatch(reader.voice):
            return f"{reader.voice!r} is no voice of the online service, as zh-CN-XiaoxiaoNeural is"
        if profile.engine != "edge" and reader.pitch_hz:
            return f"{profile.engine} cannot change a voice's pitch; leave pitch_hz out"
    return None


def _is_profile(entry: Traversable) -> bool:
    return entry.name.endswith(".toml")


def _stem(entry: Traversable) -> str:
    return entry.name.removesuffix(".toml")
