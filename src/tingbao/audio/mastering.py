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
from tingbao.media import SILENCE_LUFS

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


def _first_gain(
    pcm: media.Pcm, ceiling_dbtp: float, mastering: Mastering
) -> tuple[float, media.Pcm]:
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


def _miss_lu(take: Take, mastering: Mastering) -> float:
    return abs(_missing_db(take.loudness_lufs, mastering))


def _encoded(pcm: media.Pcm, mastering: Mastering) -> Take:
    frames = media.encode_mp3_frames(
        pcm.data, pcm.sample_rate_hz, mastering.sample_rate_hz, mastering.bitrate_bps
    )
    measured = media.measure_encoded(frames)
    peak_dbtp = max(measured.true_peak_dbtp, SILENT_PEAK_DBTP)
    return Take(frames, _on_two_channels(measured.integrated_lufs), peak_dbtp)


def _limited(pcm: media.Pcm, gain_db: float, ceiling_dbtp: float) -> media.Pcm:
    data = limited(pcm.data, pcm.sample_rate_hz, gain_db, ceiling_dbtp)
    return media.Pcm(data, pcm.sample_rate_hz)


def _filled_up(pcm: media.Pcm) -> media.Pcm:
    least = pcm.sample_rate_hz * LEAST_MS // 1000 * SAMPLE_BYTES
    return media.Pcm(pcm.data.ljust(least, b"\0"), pcm.sample_rate_hz)


def _heard_lufs(pcm: media.Pcm) -> float:
    return _on_two_channels(media.measure_integrated_lufs(pcm.data, pcm.sample_rate_hz))


def _on_two_channels(integrated_lufs: float) -> float:
    is_silent = integrated_lufs <= SILENCE_LUFS
    return SILENCE_LUFS if is_silent else integrated_lufs + DUAL_MONO_LU
