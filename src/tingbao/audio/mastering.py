"""From assembled PCM to MP3 frames of the right loudness, proved on what the frames decode to."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from tingbao import media
from tingbao.audio.assembly import SAMPLE_BYTES
from tingbao.audio.limiter import limited
from tingbao.audio.parts import Mastering
from tingbao.errors import MediaError

__all__ = ["SILENCE_LUFS", "Take", "master"]

DUAL_MONO_LU = 10 * math.log10(2)
"""How much louder a mono file is on two channels (EBU R 128 measures one channel of it)."""

SILENCE_LUFS = -70.0
"""The absolute gate of ITU-R BS.1770-4: nothing below it counts as sound."""

SILENT_PEAK_DBTP = -120.0
"""What stands for the peak of digital silence: JSON has no infinity."""

TOLERANCE_LU = 0.4
LAME_LOSS_LU = 0.45
"""At constant bit rates LAME turns its input down to 0.95, a guard against clipping."""

OVERSHOOT_DB = 0.7
"""The ceiling starts this much lower: encoding lifts peaks, by less than this as a rule."""

MAX_GAIN_DB = 40.0
MAX_TAKES = 6
STUCK_LU = 0.1
LEAST_MS, METER_MS = 250, 600
"""Shorter sound than the first is filled up with silence to make a run of frames that every
reader accepts; shorter than the second it is measured in a loop, because meters look at 400 ms."""


@dataclass(frozen=True, slots=True)
class Take:
    """One encoder run and what was measured on its decoded sound, as heard on two channels."""

    frames: bytes
    loudness_lufs: float
    true_peak_dbtp: float


def master(pcm: media.Pcm, mastering: Mastering) -> Take:
    """Encode ``pcm`` at the wanted loudness with no true peak above the wanted one.

    Sound that cannot be that loud below the peak (single clicks) is as loud as it can be;
    silence stays silent.

    Raises:
        MediaError: it cannot be encoded, or no take keeps below the true peak.
    """
    safe: list[Take] = []
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


def _takes(pcm: media.Pcm, mastering: Mastering) -> Iterator[Take]:
    """Takes that come closer and closer, each corrected by what was measured on the one before."""
    ceiling_dbtp = mastering.true_peak_dbtp - OVERSHOOT_DB
    gain_db = _first_gain_db(pcm, ceiling_dbtp, mastering)
    while True:
        take = _take(pcm, gain_db, ceiling_dbtp, mastering)
        yield take
        gain_db += _missing_db(take.loudness_lufs, mastering)
        ceiling_dbtp -= max(0.0, take.true_peak_dbtp - mastering.true_peak_dbtp + 0.1)


def _first_gain_db(pcm: media.Pcm, ceiling_dbtp: float, mastering: Mastering) -> float:
    """The gain that makes up for what limiter and encoder take away: most need no second take."""
    missing = _missing_db(_measured(pcm)[0], mastering)
    if not missing:
        return 0.0
    gain_db = missing + LAME_LOSS_LU
    calmed = _limited(pcm, gain_db, ceiling_dbtp)
    return gain_db + _missing_db(_measured(calmed)[0], mastering) + LAME_LOSS_LU


def _missing_db(loudness_lufs: float, mastering: Mastering) -> float:
    """What is missing from the wanted loudness; nothing is missing from silence."""
    if loudness_lufs <= SILENCE_LUFS:
        return 0.0
    return min(mastering.loudness_lufs - loudness_lufs, MAX_GAIN_DB)


def _miss_lu(take: Take, mastering: Mastering) -> float:
    return abs(_missing_db(take.loudness_lufs, mastering))


def _take(pcm: media.Pcm, gain_db: float, ceiling_dbtp: float, mastering: Mastering) -> Take:
    safe = _limited(pcm, gain_db, ceiling_dbtp)
    frames = media.encode_mp3_frames(
        safe.data, safe.sample_rate_hz, mastering.sample_rate_hz, mastering.bitrate_bps
    )
    return Take(frames, *_measured(media.decode(frames)))


def _limited(pcm: media.Pcm, gain_db: float, ceiling_dbtp: float) -> media.Pcm:
    data = limited(pcm.data, pcm.sample_rate_hz, gain_db, ceiling_dbtp)
    return media.Pcm(data, pcm.sample_rate_hz)


def _filled_up(pcm: media.Pcm) -> media.Pcm:
    return media.Pcm(pcm.data.ljust(_bytes(pcm, LEAST_MS), b"\0"), pcm.sample_rate_hz)


def _bytes(pcm: media.Pcm, length_ms: int) -> int:
    return pcm.sample_rate_hz * length_ms // 1000 * SAMPLE_BYTES


def _measured(pcm: media.Pcm) -> tuple[float, float]:
    """Loudness as heard on two channels, and the true peak."""
    loops = max(1, -(-_bytes(pcm, METER_MS) // max(1, len(pcm.data))))
    loudness = media.measure_loudness(pcm.data * loops, pcm.sample_rate_hz)
    is_silent = loudness.integrated_lufs <= SILENCE_LUFS
    heard = SILENCE_LUFS if is_silent else loudness.integrated_lufs + DUAL_MONO_LU
    return heard, max(loudness.true_peak_dbtp, SILENT_PEAK_DBTP)
