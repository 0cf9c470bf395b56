"""Whether an embedded voice can be opened, and whether it can do what it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tingbao.errors import InputError, SynthesisError, VoiceUnavailableError
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.profiles import Profile

SLOWEST_RATE, FASTEST_RATE = 0.5, 2.0


def check_ready(profile: Profile, assets: Path, files: Iterable[str]) -> None:
    """Make sure that ``files`` are in the folder and that the readers' settings can be had.

    Raises:
        VoiceUnavailableError: a file is not there.
        InputError: the profile asks for what the voice cannot do.
    """
    missing = [name for name in files if not (assets / name).is_file()]
    if missing:
        raise VoiceUnavailableError(
            f"voice {profile.name}: {', '.join(missing)} is not in {assets}; "
            f"run: tingbao voices fetch {profile.name}"
        )
    for reader in profile.readers:
        try:
            check_settings(reader.settings, profile.engine)
        except SynthesisError as error:
            raise InputError(str(error), f"voice profile {profile.name}") from error


def check_settings(voice: VoiceSettings, engine: str) -> None:
    """Make sure that rate and pitch can be had.

    Raises:
        SynthesisError: they cannot.
    """
    if voice.pitch_hz:
        raise SynthesisError(f"{engine} cannot change a voice's pitch; leave pitch_hz out")
    if not SLOWEST_RATE <= voice.rate <= FASTEST_RATE:
        raise SynthesisError(
            f"{engine} speaks at a rate of {SLOWEST_RATE} to {FASTEST_RATE}, not {voice.rate}"
        )
