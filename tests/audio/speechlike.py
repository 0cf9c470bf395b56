"""Sounds for the tests: deterministic, with the crest factor and the pauses of speech."""

from __future__ import annotations

import functools

import numpy as np

from tingbao.models import Clip

RATE_HZ = 24000
FORMANTS_HZ = ((600, 350), (1500, 500), (2700, 700))


@functools.cache
def speech(seconds: float, level: float = 0.15, seed: int = 1, rate_hz: int = RATE_HZ) -> Clip:
    """Voiced syllables at about four a second with pauses: glottal pulses through formants."""
    source = np.random.default_rng(seed)
    count = round(seconds * rate_hz)
    time = np.arange(count) / rate_hz
    pitch = 130 + 25 * np.sin(2 * np.pi * 0.7 * time) + 10 * np.sin(2 * np.pi * 2.3 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate_hz
    voice = np.zeros(count)
    for harmonic in range(1, 40):
        hertz = harmonic * 130
        formants = sum(np.exp(-(((hertz - f) / w) ** 2)) for f, w in FORMANTS_HZ)
        voice += (
            (0.05 + formants) / harmonic**0.5 * np.cos(harmonic * phase + source.uniform(0, 6.28))
        )
    syllables = np.clip(np.sin(2 * np.pi * 4.1 * time), 0, 1) * (
        np.sin(2 * np.pi * 0.31 * time) > -0.6
    )
    accents = np.repeat(source.uniform(0.4, 1.0, count // (rate_hz // 4) + 1), rate_hz // 4)[:count]
    sound = voice * syllables * accents + 0.02 * source.standard_normal(count) * syllables
    return clip(level * sound / (np.abs(sound).max() or 1), rate_hz)


def clip(sound: np.ndarray, rate_hz: int = RATE_HZ) -> Clip:
    """A clip of samples between -1 and 1."""
    return Clip((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes(), rate_hz)
