"""Settings: option > ``TINGBAO_*`` variable > ``tingbao.toml`` > default.

``tingbao.toml`` is looked for beside the input, then in the working folder. The options of a
command are laid over the result by the command itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from tingbao import files
from tingbao.errors import OptionError
from tingbao.tables import Table, read_table

FILE_NAME = "tingbao.toml"
BUILT_IN_CHIMES = ("none", "bell")


class BuildSettings(Table, frozen=True, forbid_unknown_fields=True):
    """What ``tingbao build`` takes as options; each is also a ``TINGBAO_*`` variable."""

    output: str = "output"
    date: str | None = None
    paper: str | None = None
    voice: str = "auto"
    fallback: str | None = None
    base_url: str | None = None
    jobs: int | None = None
    progress: str = "auto"


class ParseSettings(Table, frozen=True, forbid_unknown_fields=True):
    """``protect``: names that script conversion leaves as printed."""

    protect: tuple[str, ...] = ()


class ScriptSettings(Table, frozen=True, forbid_unknown_fields=True):
    """Files of one's own.

    ``phrases`` replaces fixed phrases of the programme; ``lexicon`` says how words are read.
    """

    phrases: str | None = None
    lexicon: str | None = None

    @property
    def lexicon_path(self) -> Path | None:
        """The lexicon; a relative name was made one beside the settings file."""
        return Path(self.lexicon) if self.lexicon else None

    @property
    def phrases_path(self) -> Path | None:
        """The file of phrases; a relative name was made one beside the settings file."""
        return Path(self.phrases) if self.phrases else None


class AudioSettings(Table, frozen=True, forbid_unknown_fields=True):
    """Mastering: loudness as heard on two channels (LUFS), true peak (dBTP), MP3 rates.

    ``chime``: what rings between items and before pages: ``none``, ``bell``, or a sound file.
    """

    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    bitrate_kbps: int = 64
    sample_rate_hz: int = 44100
    chime: str = "none"


class FeedSettings(Table, frozen=True, forbid_unknown_fields=True):
    """What the feeds say of the library.

    ``sections``: each section of the paper has a feed of its articles.
    """

    time: str = "06:00"
    time_zone: str = "+08:00"
    public: bool = False
    sections: bool = False
    title: str | None = None
    description: str | None = None
    author: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    copyright: str | None = None
    category: str = "News > Daily News"

    @property
    def given(self) -> dict[str, Any]:
        """The values by name, as a library takes them."""
        return msgspec.structs.asdict(self)


class LibrarySettings(Table, frozen=True, forbid_unknown_fields=True):
    """``keep``: how many editions a library holds; the oldest go after a build (None: all).

    ``cover``: a picture of one's own in place of the drawn covers.
    """

    keep: int | None = None
    cover: str | None = None

    @property
    def cover_path(self) -> Path | None:
        """The picture; a relative name was made one beside the settings file."""
        return Path(self.cover) if self.cover else None


class Settings(Table, frozen=True, forbid_unknown_fields=True):
    """All settings of one run."""

    build: BuildSettings = BuildSettings()
    parse: ParseSettings = ParseSettings()
    script: ScriptSettings = ScriptSettings()
    audio: AudioSettings = AudioSettings()
    feed: FeedSettings = FeedSettings()
    library: LibrarySettings = LibrarySettings()


def load_settings(beside: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings for input in the folder ``beside``: variables over file over defaults.

    Raises:
        InputError: the file is not valid; names its line.
        OptionError: a variable or a value is out of its range.
    """
    path = settings_file(beside)
    settings = _read(path) if path else Settings()
    merged = msgspec.structs.replace(settings, build=_with_variables(settings.build, environ))
    _check(merged)
    return merged


def _read(path: Path) -> Settings:
    """The settings in ``path``; files that it names are looked for beside it."""
    settings = read_table(path, Settings, "settings")

    def beside(name: str | None) -> str | None:
        return name and str(path.parent / name)

    chime = settings.audio.chime
    replace = msgspec.structs.replace
    return replace(
        settings,
        script=replace(
            settings.script,
            phrases=beside(settings.script.phrases),
            lexicon=beside(settings.script.lexicon),
        ),
        library=replace(settings.library, cover=beside(settings.library.cover)),
        audio=replace(
            settings.audio, chime=chime if chime in BUILT_IN_CHIMES else str(beside(chime))
        ),
    )


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of weights, clips and parts: ``TINGBAO_CACHE``, else the user's cache."""
    named = environ.get("TINGBAO_CACHE")
    return Path(named).expanduser() if named else Path(platformdirs.user_cache_dir("tingbao"))


def settings_file(beside: Path | None = None) -> Path | None:
    """The ``tingbao.toml`` in the folder ``beside``, else in the working folder, if any."""
    folders = [folder for folder in (beside, Path()) if folder is not None]
    return next((f / FILE_NAME for f in folders if files.is_file(f / FILE_NAME)), None)


def _with_variables(build: BuildSettings, environ: Mapping[str, str]) -> BuildSettings:
    given: dict[str, Any] = {}
    for name in BuildSettings.__struct_fields__:
        value = environ.get(f"TINGBAO_{name.upper()}")
        if value:
            given[name] = _number("TINGBAO_JOBS", value) if name == "jobs" else value
    return msgspec.structs.replace(build, **given)


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise OptionError(f"{name} must be a whole number, not {value!r}") from error


_RANGES: tuple[tuple[str, str, float, float], ...] = (
    # Apple asks -16 +-1; outside this range a listener reaches for the knob or it must distort.
    ("audio", "loudness_lufs", -31.0, -12.0),
    ("audio", "true_peak_dbtp", -9.0, -0.1),
)
_CHOICES: Mapping[tuple[str, str], tuple[object, ...]] = {
    # The MPEG-1 rates; every part of an edition shares one.
    ("audio", "sample_rate_hz"): (32000, 44100, 48000),
    ("audio", "bitrate_kbps"): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192),
    ("build", "progress"): ("auto", "plain", "json", "none"),
}
_PATTERNS: Mapping[tuple[str, str], str] = {
    ("feed", "time"): r"([01]\d|2[0-3]):[0-5]\d",
    ("feed", "time_zone"): r"[+-](0\d|1[0-4]):[0-5]\d",
}


def _check(settings: Settings) -> None:
    for section, name, low, high in _RANGES:
        value = _value(settings, section, name)
        if not low <= value <= high:
            raise OptionError(f"[{section}] {name} must be from {low} to {high}, not {value}")
    for (section, name), choices in _CHOICES.items():
        value = _value(settings, section, name)
        if value not in choices:
            allowed = ", ".join(map(str, choices))
            raise OptionError(f"[{section}] {name} must be one of {allowed}, not {value!r}")
    for (section, name), pattern in _PATTERNS.items():
        value = _value(settings, section, name)
        if not re.fullmatch(pattern, value):
            raise OptionError(f"[{section}] {name} has the wrong form: {value!r}")
    if settings.library.keep is not None and settings.library.keep < 1:
        raise OptionError(f"[library] keep must be at least 1, not {settings.library.keep}")
    if settings.build.jobs is not None and settings.build.jobs < 1:
        raise OptionError(f"--jobs must be at least 1, not {settings.build.jobs}")


def _value(settings: Settings, section: str, name: str) -> Any:  # noqa: ANN401  - any setting
    return getattr(getattr(settings, section), name)
