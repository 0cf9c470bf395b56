"""The real embedded voices for tests, their weights fetched once.

They come into TINGBAO_CACHE where it is set, else into a folder of this run.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tingbao.models import Clip
from tingbao.settings import cache_folder
from tingbao.synthesis.assets import assets_folder, fetch
from tingbao.synthesis.engine import Engine, Speech
from tingbao.synthesis.profiles import Profile, load_profile

__all__ = ["Studio", "is_han", "pitch_hz", "samples_of", "studio_of"]

LOWEST_HZ, HIGHEST_HZ = 65, 450
VOICED = 0.4
"""How like itself a voiced stretch is, one period later."""


@dataclass
class Studio:
    """A voice that is ready; a text that was said once is not said again."""

    profile: Profile
    assets: Path
    engine: Engine
    said: dict[Speech, Clip] = field(default_factory=dict)

    def say(self, text: str, reader: int = 1) -> Clip:
        speech = Speech(text, self.profile.reader(reader))
        if speech not in self.said:
            self.said[speech] = self.engine.speak(speech)
        return self.said[speech]

    def opened_again(self) -> Engine:
        """A second engine of the same voice."""
        return _opened(self.profile, self.assets)


def studio_of(name: str, factory: pytest.TempPathFactory) -> Studio:
    """A shipped voice with its weights fetched and its engine open."""
    profile = load_profile(name)
    run = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        run = run.parent  # all workers of the run share one copy
    cache = cache_folder() if os.environ.get("TINGBAO_CACHE") else run / "voices"
    fetch(profile, cache)
    assets = assets_folder(cache, profile)
    return Studio(profile, assets, _opened(profile, assets))


def _opened(profile: Profile, assets: Path) -> Engine:
    package = importlib.import_module(f"tingbao.synthesis.embedded.{profile.engine}")
    engine: Engine = package.open_engine(profile, assets)
    return engine


def samples_of(clip: Clip) -> memoryview:
    """The samples, as 16-bit integers."""
    return memoryview(clip.pcm).cast("h")


def pitch_hz(clip: Clip, start_ms: int, end_ms: int) -> list[float]:
    """The pitch at the beginning, middle and end of a stretch, by autocorrelation."""
    rate = clip.sample_rate_hz
    samples = np.frombuffer(clip.pcm, "<i2")[start_ms * rate // 1000 : end_ms * rate // 1000]
    window = rate // 20
    frames = np.lib.stride_tricks.sliding_window_view(samples, window)[:: rate // 100]
    pitches = [pitch for pitch in map(partial(_period_hz, rate), frames) if pitch]
    return [float(np.median(third)) for third in np.array_split(pitches, 3)]


def _period_hz(rate: int, frame: NDArray[np.int16]) -> float:
    wave = frame - frame.mean()
    likeness = np.correlate(wave, wave, "full")[len(wave) - 1 :]
    shortest = rate // HIGHEST_HZ
    period = shortest + int(likeness[shortest : rate // LOWEST_HZ].argmax())
    return rate / period if likeness[period] > VOICED * likeness[0] else 0.0


def is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" or sign == "〇"
