from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speechlike import speech

from tingbao.audio.limiter import CHUNK_SAMPLES, limited
from tingbao.media import measure_loudness

RATE_HZ = 24000


def sound(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2")


def pcm_of(samples: np.ndarray) -> bytes:
    return bytes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2"))


def test_sound_below_the_ceiling_is_only_scaled() -> None:
    quiet = speech(2, level=0.05)
    louder = sound(limited(quiet.pcm, RATE_HZ, 6.0, -1.0)).astype(float)
    expected = sound(quiet.pcm) * 10 ** (6 / 20)
    assert np.abs(louder - expected).max() <= 1


@pytest.mark.parametrize("gain_db", [0.0, 12.0, 30.0])
@pytest.mark.parametrize("ceiling_dbtp", [-1.0, -3.0])
def test_no_true_peak_lies_above_the_ceiling(gain_db: float, ceiling_dbtp: float) -> None:
    pcm = limited(speech(4, level=0.9).pcm, RATE_HZ, gain_db, ceiling_dbtp)
    assert measure_loudness(pcm, RATE_HZ).true_peak_dbtp <= ceiling_dbtp + 0.25


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(-20, 40), st.floats(-12, 0), st.integers(0, 4000))
def test_any_noise_is_held_below_the_ceiling(
    seed: int, gain_db: float, ceiling_dbtp: float, count: int
) -> None:
    noise = np.random.default_rng(seed).integers(-32768, 32767, count).astype("<i2").tobytes()
    peak = np.abs(sound(limited(noise, RATE_HZ, gain_db, ceiling_dbtp)).astype(int)).max(initial=0)
    assert peak <= 32768 * 10 ** (ceiling_dbtp / 20) + 1


def test_the_gain_is_back_soon_after_a_peak() -> None:
    samples = np.full(RATE_HZ, 0.1)
    samples[RATE_HZ // 2] = 1.0
    calmed = sound(limited(pcm_of(samples), RATE_HZ, 0.0, -6.0))
    far = np.r_[calmed[: RATE_HZ // 2 - 400], calmed[RATE_HZ // 2 + 400 :]]
    assert np.abs(far / 32767 - 0.1).max() < 0.001
    assert calmed.max() / 32767 <= 10 ** (-6 / 20) + 0.001


def test_where_a_chunk_ends_is_not_heard() -> None:
    """Sound shifted across the chunk's border gives the same result, shifted."""
    loud = speech(8, level=0.9).pcm
    lead = bytes(2 * (CHUNK_SAMPLES - RATE_HZ))
    shifted = limited(lead + loud, RATE_HZ, 12.0, -3.0)[len(lead) :]
    assert shifted == limited(loud, RATE_HZ, 12.0, -3.0)


@pytest.mark.parametrize("pcm", [b"", b"\0\0", b"\xff\x7f"])
def test_a_sample_or_none_is_no_obstacle(pcm: bytes) -> None:
    assert len(limited(pcm, RATE_HZ, 6.0, -1.0)) == len(pcm)
