"""A look-ahead true-peak limiter: exact, deterministic, in memory that does not grow.

The peak between samples is estimated as ITU-R BS.1770-4 annex 2 does, by four-fold oversampling
with a short interpolation filter. The gain is symmetric in time: the minimum that is needed
within reach, smoothed twice by a running mean, so that it never lies above what a peak needs.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

REACH_MS = 6
OVERSAMPLING = 4
HALF_TAPS = 12
"""Samples on each side that an interpolated one is made of."""

CHUNK_SAMPLES = 1 << 17
FULL_SCALE = 32768
_KAISER_BETA = 6.0


def limited(pcm: bytes, sample_rate_hz: int, gain_db: float, ceiling_dbtp: float) -> bytes:
    """Mono 16-bit ``pcm`` times ``gain_db``, no true peak of it above ``ceiling_dbtp``.

    The ceiling holds to a quarter of a decibel, which is what four-fold oversampling can see.
    """
    samples = np.frombuffer(pcm, "<i2")
    half = max(1, round(sample_rate_hz * REACH_MS / 1000) // 2)
    scale, ceiling = _ratio(gain_db) / FULL_SCALE, _ratio(ceiling_dbtp)
    margin = 4 * half + HALF_TAPS + 1
    result = np.empty(len(samples), "<i2")
    for start in range(0, len(samples), CHUNK_SAMPLES):
        stop = min(start + CHUNK_SAMPLES, len(samples))
        block = _padded(samples, start - margin, stop + margin) * np.float32(scale)
        calmed = (block * _gain(block, ceiling, half))[margin:-margin]
        rounded = np.rint(calmed * FULL_SCALE)
        result[start:stop] = rounded.clip(-FULL_SCALE, FULL_SCALE - 1)
    return result.tobytes()


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _padded(samples: NDArray[np.int16], start: int, stop: int) -> Samples:
    """``samples[start:stop]`` with silence where it reaches over either end."""
    before, after = max(0, -start), max(0, stop - len(samples))
    inside = samples[max(0, start) : min(stop, len(samples))]
    return np.pad(inside.astype(np.float32), (before, after))


def _gain(block: Samples, ceiling: float, half: int) -> Samples:
    """The factor for each sample of ``block``; exact but for its outermost margin."""
    # Between samples speech rises far less than to twice what it is at them.
    loud = np.flatnonzero(np.abs(block) * 2 >= ceiling)
    if not len(loud):
        return np.ones_like(block)
    needed = np.ones_like(block)
    needed[loud] = np.minimum(1, ceiling / np.maximum(_true_peaks(block, loud), ceiling))
    return _mean(_mean(_minimum(needed, 2 * half), half), half)


def _true_peaks(block: Samples, places: NDArray[np.intp]) -> Samples:
    """The highest magnitude at and within one sample of each of ``places``."""
    wide = np.pad(block, HALF_TAPS + 1)
    around = wide[places[:, np.newaxis] + np.arange(2 * HALF_TAPS + 3)]
    between = np.abs(around @ _phases())
    peaks: Samples = np.maximum(np.abs(block[places]), between.max(axis=1))
    return peaks


@functools.cache
def _phases() -> Samples:
    """Kaiser-windowed sinc filters, one a column, for the quarters before and after a sample."""
    quarters = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    shifts = np.concatenate((quarters - 1, quarters))
    distances = np.arange(-HALF_TAPS - 1, HALF_TAPS + 2)[:, np.newaxis] - shifts
    inside = np.clip(1 - (distances / (HALF_TAPS + 1)) ** 2, 0, None)
    window = np.i0(_KAISER_BETA * np.sqrt(inside)) / np.i0(_KAISER_BETA)
    filters: Samples = (np.sinc(distances) * window).astype(np.float32)
    return filters


def _minimum(values: Samples, half: int) -> Samples:
    """The minimum within ``half`` samples on each side (van Herk's algorithm, linear time)."""
    width = 2 * half + 1
    padding = -(len(values) + 2 * half) % width
    blocks = np.pad(values, (half, half + padding), constant_values=1).reshape(-1, width)
    ahead = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    behind = np.minimum.accumulate(blocks, axis=1).ravel()
    least: Samples = np.minimum(ahead[: len(values)], behind[width - 1 :][: len(values)])
    return least


def _mean(values: Samples, half: int) -> Samples:
    """The mean within ``half`` samples on each side."""
    width = 2 * half + 1
    sums = np.cumsum(np.pad(values.astype(np.float64), (half + 1, half), mode="edge"))
    means = (sums[width:] - sums[:-width]) / width
    return means.astype(np.float32)
