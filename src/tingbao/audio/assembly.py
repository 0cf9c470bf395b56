"""Clips in, one stretch of PCM out: each clip faded at its cuts, its pause after it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

# pydub looks for an ffmpeg that we never call, and cannot be imported where there is no PATH.
os.environ.setdefault("PATH", os.defpath)
from pydub import AudioSegment

from tingbao.errors import MediaError
from tingbao.media import Pcm
from tingbao.models import Clip

SAMPLE_BYTES = 2


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
