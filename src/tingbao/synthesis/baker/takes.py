"""From the voice's wave to a take: silent edges cut off, every syllable timed, gaps laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tingbao.errors import IncompleteClipError
from tingbao.models import Clip, Timing
from tingbao.pronunciation import Syllable
from tingbao.synthesis.baker.model import HOP_SAMPLES, SAMPLE_RATE_HZ, Wave
from tingbao.synthesis.baker.tokens import Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Take", "joined", "take_of"]

SILENCE_LEVEL = 0.004
"""-48 dB: the vocoder's own silence lies below -70 dB, the softest consonant above."""

MARGIN_SAMPLES = SAMPLE_RATE_HZ * 20 // 1000
PAUSE_VOICED_FRAMES = 7
"""A syllable rings on into the mark after it; of a pause only this much (85 ms) is speech."""

HIGHEST_PEAK = 0.98

SECONDS_PER_SYLLABLE = (0.1, 0.6)
"""What a complete take needs at the voice's own pace; see ``docs`` TODO."""


@dataclass(frozen=True, slots=True)
class Take:
    """A spoken piece without its silent edges, and each syllable's samples in it."""

    samples: NDArray[np.float32]
    heard: tuple[tuple[Syllable, int, int], ...]


def take_of(wave: Wave, tokens: Tokens, rate: float) -> Take:
    """Cut the silent edges off, down to a margin of 20 ms, and find every syllable.

    Raises:
        IncompleteClipError: the wave is silent, a syllable got no time, or the whole is shorter
            or longer than so many syllables can be at this ``rate``.
    """
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    loud = np.flatnonzero(np.abs(wave.samples) > SILENCE_LEVEL)
    if not len(loud):
        raise IncompleteClipError("the baker voice gave silence for a piece of the text")
    first = max(0, int(loud[0]) - MARGIN_SAMPLES)
    last = min(len(wave.samples), int(loud[-1]) + MARGIN_SAMPLES)
    heard = tuple(
        (syllable, max(start, first) - first, min(end, last) - first)
        for syllable, start, end in _syllables(wave, tokens)
    )
    lost = [syllable.pinyin for syllable, start, end in heard if end - start < HOP_SAMPLES]
    if lost:
        raise IncompleteClipError(f"the baker voice gave no time to {' '.join(lost)}")
    _check_pace((last - first) / SAMPLE_RATE_HZ * rate, len(heard))
    return Take(wave.samples[first:last], heard)


def joined(takes: Sequence[Take], gaps_ms: Sequence[int]) -> Clip:
    """The takes with silence of ``gaps_ms`` after each, as one clip that is never clipped."""
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    parts: list[NDArray[np.float32]] = []
    timings: list[Timing] = []
    at = 0
    for take, gap_ms in zip(takes, gaps_ms, strict=True):
        timings += _timings(take, at)
        silence = np.zeros(gap_ms * SAMPLE_RATE_HZ // 1000, np.float32)
        parts += [take.samples, silence]
        at += len(take.samples) + len(silence)
    samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return Clip(_pcm(samples), SAMPLE_RATE_HZ, tuple(timings))


def _check_pace(seconds: float, syllables: int) -> None:
    least, most = SECONDS_PER_SYLLABLE
    if not least <= seconds / syllables <= most:
        raise IncompleteClipError(
            f"the baker voice took {seconds:.2f} s for {syllables} syllables at its own pace"
        )


def _syllables(wave: Wave, tokens: Tokens) -> list[tuple[Syllable, int, int]]:
    ends = [0]
    for frames in wave.frames:
        ends.append(ends[-1] + frames)
    found = []
    for span in tokens.spans:
        most = PAUSE_VOICED_FRAMES if span.is_before_pause else wave.frames[span.mark]
        end = ends[span.mark] + min(most, wave.frames[span.mark])
        found.append((span.syllable, ends[span.first] * HOP_SAMPLES, end * HOP_SAMPLES))
    return found


def _timings(take: Take, offset: int) -> list[Timing]:
    """One timing for each stretch of characters; a character of several syllables is one."""
    timings: list[Timing] = []
    for syllable, start, end in take.heard:
        start_ms, end_ms = _ms(offset + start), _ms(offset + end)
        if timings and (timings[-1].start, timings[-1].end) == (syllable.start, syllable.end):
            start_ms = timings.pop().start_ms
        timings.append(Timing(syllable.start, syllable.end, start_ms, end_ms))
    return timings


def _ms(samples: int) -> int:
    return samples * 1000 // SAMPLE_RATE_HZ


def _pcm(samples: NDArray[np.float32]) -> bytes:
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    peak = float(np.abs(samples).max(initial=0.0))
    scale = 32767.0 * min(1.0, HIGHEST_PEAK / peak if peak else 1.0)
    pcm: bytes = np.rint(samples * np.float32(scale)).astype("<i2").tobytes()
    return pcm
