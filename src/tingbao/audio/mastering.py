"""From clips to MP3 frames: assembled, made as loud as wanted, _limit below a true peak, encoded.

The loudness is proved on what the frames decode to. Heavy to import (the codecs, NumPy, pydub):
only the making of a part does.
"""

from __future__ import annotations

import functools
import itertools
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# pydub looks for an ffmpeg that we never call, and cannot be imported where there is no PATH.
os.environ.setdefault("PATH", os.defpath)
from pydub import AudioSegment

from tingbao import media
from tingbao.audio.parts import Mastering
from tingbao.errors import MediaError
from tingbao.media import SAMPLE_BYTES, SILENCE_LUFS, Pcm
from tingbao.models import Clip

DUAL_MONO_LU = 10 * math.log10(2)
"""How much louder a mono file is on two channels (EBU R 128 measures one channel of it)."""

SILENT_PEAK_DBTP = -120.0
"""What stands for the peak of digital silence: JSON has no infinity."""

TOLERANCE_LU = 0.4
LAME_LOSS_LU = 0.45
"""At constant bit rates LAME turns its input down to 0.95, a guard against clipping."""

OVERSHOOT_DB = 0.7
"""The ceiling starts this much lower: encoding lifts peaks, by less than this as a rule."""

LEAST_ROOM_DB = 0.15
"""A later take's ceiling keeps at least this far below the wanted true peak."""

AUDIBLE_LU = 0.15
"""What the limiter takes away is made up for from here on; less stays within the tolerance."""

MAX_GAIN_DB = 40.0
MAX_TAKES = 6
STUCK_LU = 0.1
LEAST_MS = 600
"""Shorter sound is filled up with silence: a meter's window of 400 ms must lie in it whole."""


@dataclass(frozen=True, slots=True)
class EncodedTrack:
    """One encoder run and what was measured on its decoded sound, as heard on two channels."""

    frames: bytes
    loudness_lufs: float
    true_peak_dbtp: float


def master(pcm: Pcm, mastering: Mastering) -> EncodedTrack:
    """Encode ``pcm`` at the wanted loudness with no true peak above the wanted one.

    Sound that cannot be that loud below the peak (single clicks) is as loud as it can be;
    silence stays silent.

    Raises:
        MediaError: it cannot be encoded, or no take keeps below the true peak.
    """
    safe: list[EncodedTrack] = []
    for take in itertools.islice(_takes(_filled_up(pcm), mastering), MAX_TAKES):
        if take.true_peak_dbtp > mastering.true_peak_dbtp:
            continue
        is_stuck = bool(safe) and abs(take.loudness_lufs - safe[-1].loudness_lufs) < STUCK_LU
        safe.append(take)
        if is_stuck or _miss_lu(take, mastering) <= TOLERANCE_LU:
            break
    if not safe:
        raise MediaError(f"no encoding keeps its true peak below {mastering.true_peak_dbtp} dBTP")
    return min(safe, key=lambda take: _miss_lu(take, mastering))


def _takes(pcm: Pcm, mastering: Mastering) -> Iterator[EncodedTrack]:
    """Takes that come closer and closer, each corrected by what was measured on the one before."""
    goal_dbtp = mastering.true_peak_dbtp
    ceiling_dbtp = goal_dbtp - OVERSHOOT_DB
    gain_db, calmed = _first_gain(pcm, ceiling_dbtp, mastering)
    while True:
        take = _encoded(calmed, mastering)
        yield take
        gain_db += _missing_db(take.loudness_lufs, mastering)
        room_db = goal_dbtp - take.true_peak_dbtp - LEAST_ROOM_DB
        ceiling_dbtp = min(ceiling_dbtp + room_db, goal_dbtp - LEAST_ROOM_DB)
        calmed = _limited(pcm, gain_db, ceiling_dbtp)


def _first_gain(pcm: Pcm, ceiling_dbtp: float, mastering: Mastering) -> tuple[float, Pcm]:
    """The gain that makes up for what limiter and encoder take away: most need no second take."""
    gain_db = _missing_db(_heard_lufs(pcm), mastering) + LAME_LOSS_LU
    calmed = _limited(pcm, gain_db, ceiling_dbtp)
    taken_db = _missing_db(_heard_lufs(calmed) - LAME_LOSS_LU, mastering)
    if taken_db < AUDIBLE_LU:
        return gain_db, calmed
    gain_db += taken_db
    return gain_db, _limited(pcm, gain_db, ceiling_dbtp)


def _missing_db(loudness_lufs: float, mastering: Mastering) -> float:
    """What is missing from the wanted loudness; nothing is missing from silence."""
    if loudness_lufs <= SILENCE_LUFS:
        return 0.0
    return min(mastering.loudness_lufs - loudness_lufs, MAX_GAIN_DB)


def _miss_lu(take: EncodedTrack, mastering: Mastering) -> float:
    return abs(_missing_db(take.loudness_lufs, mastering))


def _encoded(pcm: Pcm, mastering: Mastering) -> EncodedTrack:
    frames = media.encode_mp3_frames(
        pcm.data, pcm.sample_rate_hz, mastering.sample_rate_hz, mastering.bitrate_bps
    )
    measured = media.measure_encoded(frames)
    peak_dbtp = max(measured.true_peak_dbtp, SILENT_PEAK_DBTP)
    return EncodedTrack(frames, _on_two_channels(measured.integrated_lufs), peak_dbtp)


def _limited(pcm: Pcm, gain_db: float, ceiling_dbtp: float) -> Pcm:
    data = _limit(pcm.data, pcm.sample_rate_hz, gain_db, ceiling_dbtp)
    return Pcm(data, pcm.sample_rate_hz)


def _filled_up(pcm: Pcm) -> Pcm:
    least = pcm.sample_rate_hz * LEAST_MS // 1000 * SAMPLE_BYTES
    return Pcm(pcm.data.ljust(least, b"\0"), pcm.sample_rate_hz)


def _heard_lufs(pcm: Pcm) -> float:
    measured = media.measure_loudness(pcm.data, pcm.sample_rate_hz, true_peak=False)
    return _on_two_channels(measured.integrated_lufs)


def _on_two_channels(integrated_lufs: float) -> float:
    is_silent = integrated_lufs <= SILENCE_LUFS
    return SILENCE_LUFS if is_silent else integrated_lufs + DUAL_MONO_LU


# --- clips one after another, each faded at its cuts, its pause after it -------------------------


@dataclass(frozen=True, slots=True)
class Assembly:
    """Joined PCM, and for each clip the samples at which it starts and ends in it."""

    pcm: Pcm
    spans: tuple[tuple[int, int], ...]


def assemble(clips: Sequence[Clip], pauses_ms: Sequence[int], fade_ms: int) -> Assembly:
    """Put clips of one sample rate after one another, ``pauses_ms[n]`` of silence after clip n.

    Raises:
        MediaError: there are no clips, their sample rates differ, or one is not 16-bit PCM.
    """
    rate = _common_rate_hz(clips)
    pieces: list[bytes] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for clip, pause_ms in zip(clips, pauses_ms, strict=True):
        sound = _faded(clip, fade_ms)
        silence = AudioSegment.silent(pause_ms, rate).raw_data
        pieces += (sound, silence)
        end = position + len(sound) // SAMPLE_BYTES
        spans.append((position, end))
        position = end + len(silence) // SAMPLE_BYTES
    # pydub's += copies all that came before: quadratic over an article.
    return Assembly(Pcm(b"".join(pieces), rate), tuple(spans))


def _common_rate_hz(clips: Sequence[Clip]) -> int:
    rates = {clip.sample_rate_hz for clip in clips}
    if len(rates) != 1:
        what = f"sample rates {sorted(rates)} Hz" if rates else "no clips"
        raise MediaError(f"cannot assemble {what}: a part needs clips of one sample rate")
    return rates.pop()


def _faded(clip: Clip, fade_ms: int) -> bytes:
    if len(clip.pcm) % SAMPLE_BYTES:
        raise MediaError(f"a clip of {len(clip.pcm)} bytes is not 16-bit PCM")
    edge = clip.sample_rate_hz * fade_ms // 1000 * SAMPLE_BYTES
    if not 0 < 2 * edge <= len(clip.pcm):
        return clip.pcm
    # Only the ends pass through pydub: it cuts at whole milliseconds and would shorten the rest.
    head, tail = (_segment(end, clip.sample_rate_hz) for end in (clip.pcm[:edge], clip.pcm[-edge:]))
    faded_in: bytes = head.fade_in(len(head)).raw_data
    faded_out: bytes = tail.fade_out(len(tail)).raw_data
    return faded_in + clip.pcm[edge:-edge] + faded_out


def _segment(pcm: bytes, sample_rate_hz: int) -> AudioSegment:
    return AudioSegment(pcm, sample_width=SAMPLE_BYTES, frame_rate=sample_rate_hz, channels=1)


# --- a look-ahead true-peak limiter: exact, deterministic, in memory that does not grow ----------

# The peak between samples is estimated as ITU-R BS.1770-4 annex 2 does, by four-fold oversampling
# with a short interpolation filter. The gain is symmetric in time: the minimum that is needed
# within reach, smoothed twice by a running mean, so that it never lies above what a peak needs.

Samples = NDArray[np.float32]

_REACH_MS = 6
_OVERSAMPLING = 4
_HALF_TAPS = 12
"""Samples on each side that an interpolated one is made of."""

_CHUNK_SAMPLES = 1 << 17
_FULL_SCALE = 32768
_KAISER_BETA = 6.0


def _limit(pcm: bytes, sample_rate_hz: int, gain_db: float, ceiling_dbtp: float) -> bytes:
    """Mono 16-bit ``pcm`` times ``gain_db``, no true peak of it above ``ceiling_dbtp``.

    The ceiling holds to a quarter of a decibel, which is what four-fold oversampling can see.
    """
    samples = np.frombuffer(pcm, "<i2")
    half = max(1, round(sample_rate_hz * _REACH_MS / 1000) // 2)
    scale, ceiling = _ratio(gain_db) / _FULL_SCALE, _ratio(ceiling_dbtp)
    margin = 4 * half + _HALF_TAPS + 1
    result = np.empty(len(samples), "<i2")
    for start in range(0, len(samples), _CHUNK_SAMPLES):
        stop = min(start + _CHUNK_SAMPLES, len(samples))
        block = _padded(samples, start - margin, stop + margin) * np.float32(scale)
        calmed = (block * _gain(block, ceiling, half))[margin:-margin]
        rounded = np.rint(calmed * _FULL_SCALE)
        result[start:stop] = rounded.clip(-_FULL_SCALE, _FULL_SCALE - 1)
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
    wide = np.pad(block, _HALF_TAPS + 1)
    around = wide[places[:, np.newaxis] + np.arange(2 * _HALF_TAPS + 3)]
    between = np.abs(around @ _phases())
    peaks: Samples = np.maximum(np.abs(block[places]), between.max(axis=1))
    return peaks


@functools.cache
def _phases() -> Samples:
    """Kaiser-windowed sinc filters, one a column, for the quarters before and after a sample."""
    quarters = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    shifts = np.concatenate((quarters - 1, quarters))
    distances = np.arange(-_HALF_TAPS - 1, _HALF_TAPS + 2)[:, np.newaxis] - shifts
    inside = np.clip(1 - (distances / (_HALF_TAPS + 1)) ** 2, 0, None)
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
