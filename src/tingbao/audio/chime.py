"""A soft bell between items and before each page: made here, or the user's own sound."""

from __future__ import annotations

import dataclasses
import hashlib
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.audio.parts import Mastering, Part, PartClip, find_part, make_part
from tingbao.errors import InputError, MediaError, StoreError
from tingbao.models import Clip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE_HZ = 44100
BELOW_SPEECH_LU = 5.0
"""A chime marks a place; it must neither wake nor startle."""

PAUSE_MS = 350
USER_CHIME_MAX_SECONDS = 10

PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.45, 0.6), (3.01, 0.22, 0.4), (4.1, 0.1, 0.25))
"""Ratio to the note, level, and length of a bell's partials: nearly harmonic, so that it sings."""

DECAY_SECONDS = 0.34
ATTACK_SECONDS = 0.008
RELEASE_SECONDS = 0.06
RING_SECONDS = 1.1
STEP_SECONDS = 0.17
PEAK = 0.5


class ChimeKind(Enum):
    """What a chime announces; the value is its notes in hertz, struck one after another."""

    ITEM = (659.26,)
    """E5, once."""

    PAGE = (523.25, 783.99)
    """C5 and G5: a rising fifth."""


def chime(sample_rate_hz: int = RATE_HZ, kind: ChimeKind = ChimeKind.ITEM) -> Clip:
    """A bell of one or two notes; the same on every run."""
    import numpy as np  # noqa: PLC0415  - heavy, and most editions have no chime

    notes = kind.value
    seconds = RING_SECONDS + STEP_SECONDS * (len(notes) - 1)
    time = np.arange(round(seconds * sample_rate_hz)) / sample_rate_hz
    struck = [_bell(hertz, time - STEP_SECONDS * place) for place, hertz in enumerate(notes)]
    sound = np.sum(struck, axis=0) * np.clip((seconds - time) / RELEASE_SECONDS, 0, 1)
    loudest = max(float(np.abs(sound).max(initial=0)), 1e-9)
    samples = np.rint(sound * (PEAK / loudest * 32767)).astype("<i2")
    return Clip(samples.tobytes(), sample_rate_hz)


def _bell(hertz: float, time: NDArray[np.float64]) -> NDArray[np.float64]:
    """One stroke at time zero; nothing before it."""
    import numpy as np  # noqa: PLC0415  - as above

    after = np.clip(time, 0, None)
    sound = np.zeros_like(time)
    for ratio, level, length in PARTIALS:
        ringing = np.exp(-after / (DECAY_SECONDS * length))
        sound += level * ringing * np.sin(2 * np.pi * hertz * ratio * after)
    return sound * np.clip(after / ATTACK_SECONDS, 0, 1)


def user_chime(path: Path) -> Clip:
    """The user's own sound, from a file of any format.

    Raises:
        InputError: it cannot be read or decoded, or is longer than ten seconds.
    """
    from tingbao import media  # noqa: PLC0415  - as above

    try:
        sound = media.decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read the chime: {error.strerror}", path) from error
    except MediaError as error:
        raise InputError("the chime is no sound that can be decoded; give a WAV", path) from error
    clip = Clip(sound.data, sound.sample_rate_hz)
    if clip.seconds > USER_CHIME_MAX_SECONDS:
        raise InputError(
            f"the chime lasts {clip.seconds:.0f} s; give one of at most {USER_CHIME_MAX_SECONDS} s",
            path,
        )
    return clip


def chime_part(sound: Clip, mastering: Mastering, store: Path) -> Part:
    """The stored part of a chime, somewhat softer than speech, a short pause after it.

    It joins with any part of the same ``mastering``, whatever the sample rate of its clip.

    Raises:
        MediaError: the sound cannot be encoded.
        OutputError: the store cannot be written.
    """
    softer = dataclasses.replace(mastering, loudness_lufs=mastering.loudness_lufs - BELOW_SPEECH_LU)
    digest = hashlib.sha256(f"{sound.sample_rate_hz} ".encode() + sound.pcm).hexdigest()
    try:
        found = find_part([digest], [PAUSE_MS], softer, store)
    except StoreError:  # damaged: what follows replaces it
        found = None
    return found or make_part([PartClip(digest, lambda: sound, PAUSE_MS)], softer, store)
