"""An engine from a plain function, so that everything behind the seam can run without a voice."""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tingbao.models import Clip, Timing
from tingbao.synthesis.engine import SAMPLE_RATE_HZ, Speech
from tingbao.synthesis.profiles import Profile

IDENTITY = "fake 1"
CHARACTER_MS = 120
AMPLITUDE = 6000
PERIODS_SAMPLES = (100, 120, 150, 160, 192, 200, 240)
"""125 to 240 Hz, as of a speaking voice; each divides the samples of a character evenly."""


def hum(speech: Speech) -> Clip:
    """A tone of 120 ms for each letter, digit or Han character at rate 1.0, each timed.

    Its pitch depends on the text and the voice, so that two utterances can be distinguished. Marks
    and spaces take no time.
    """
    heard = [at for at, sign in enumerate(speech.spoken) if sign.isalnum()]
    each_ms = max(1, round(CHARACTER_MS / speech.voice.rate))
    name = f"{speech.voice.voice} {speech.voice.pitch_hz} {speech.spoken}"
    period = _period(PERIODS_SAMPLES[zlib.crc32(name.encode()) % len(PERIODS_SAMPLES)])
    pcm_bytes = 2 * (len(heard) * each_ms * SAMPLE_RATE_HZ // 1000)
    timings = (
        Timing(at, at + 1, place * each_ms, (place + 1) * each_ms) for place, at in enumerate(heard)
    )
    pcm = period * (pcm_bytes // len(period) + 1)
    return Clip(pcm[:pcm_bytes], SAMPLE_RATE_HZ, tuple(timings))


class FakeEngine:
    """An engine that speaks with ``say``; ``identity`` goes into the clip store's key."""

    def __init__(self, say: Callable[[Speech], Clip] = hum, identity: str = IDENTITY) -> None:
        self._say = say
        self._identity = identity

    @property
    def identity(self) -> str:
        """What made the audio."""
        return self._identity

    def speak(self, speech: Speech) -> Clip:
        """What ``say`` returns or raises."""
        return self._say(speech)

    def close(self) -> None:
        """There is nothing to free."""


def identity(_profile: Profile) -> str:
    """What profiles with ``engine = "fake"`` are spoken by."""
    return IDENTITY


def open_engine(_profile: Profile, _assets: Path) -> FakeEngine:
    """The engine of profiles with ``engine = "fake"``: it needs no weights."""
    return FakeEngine()


@cache
def _period(samples: int) -> bytes:
    angles = (2 * math.pi * at / samples for at in range(samples))
    return array("h", [round(AMPLITUDE * math.sin(angle)) for angle in angles]).tobytes()
