"""From a voice's wave to spoken chunks: silent edges cut off, syllables timed, chunks joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tingbao.errors import IncompleteClipError
from tingbao.models import Clip, Timing
from tingbao.pronunciation import Syllable
from tingbao.synthesis.engine import MARGIN_SAMPLES, SAMPLE_RATE_HZ, milliseconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LEAD_SAMPLES = SAMPLE_RATE_HZ * 3 // 10
"""A first consonant is heard up to 0.15 s before its time, noise 0.4 s (79 syllables alone),
at rate 1.0."""

HIGHEST_PEAK = 0.98


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What is known of a voice's sound.

    ``hop_samples``: samples of one frame. ``silence_level``: the amplitude below which there is
    no speech. ``seconds_per_syllable``: least and most for a complete chunk at rate 1.0.
    ``gain`` brings the voice's usual peaks below full scale, the same for every clip.
    """

    name: str
    hop_samples: int
    silence_level: float
    seconds_per_syllable: tuple[float, float]
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """Where a syllable is among the tokens: ``first`` up to, not with, ``end``.

    It may ring on into the token ``end`` for up to ``ring_frames``.
    """

    syllable: Syllable
    first: int
    end: int
    ring_frames: int = 0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token numbers of a chunk, and where in them each syllable is."""

    ids: tuple[int, ...]
    spans: tuple[TokenSpan, ...]


@dataclass(frozen=True, slots=True)
class Wave:
    """Float samples at 24 kHz, and how many frames each token chunks."""

    samples: NDArray[np.float32]
    frames: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpokenChunk:
    """A spoken chunk without its silent edges, and each syllable's samples in it."""

    samples: NDArray[np.float32]
    heard: tuple[tuple[Syllable, int, int], ...]


def spoken_chunk(wave: Wave, tokens: Tokens, sound: SoundFacts, rate: float) -> SpokenChunk:
    """Cut the silent edges off, down to a margin of 20 ms, and find every syllable.

    Raises:
        IncompleteClipError: samples and frames differ, a syllable has no sound, there is noise
            before the first, or the whole is shorter or longer than so many syllables can be at
            this ``rate``.
    """
    _check_frames(wave, tokens, sound)
    spans = [_samples_of(span, wave.frames, sound.hop_samples) for span in tokens.spans]
    loud = _loud(wave, sound)
    lost = [
        span.syllable.pinyin
        for span, (start, end) in zip(tokens.spans, spans, strict=True)
        if not loud[start:end].any()
    ]
    if lost:
        raise IncompleteClipError(f"the {sound.name} voice gave no sound to {' '.join(lost)}")
    first, last = _edges(loud)
    _check_lead((spans[0][0] - first) * rate, sound)
    heard = tuple(
        (span.syllable, max(start, first) - first, min(end, last) - first)
        for span, (start, end) in zip(tokens.spans, spans, strict=True)
    )
    _check_pace((last - first) / SAMPLE_RATE_HZ * rate, len(heard), sound)
    return SpokenChunk(wave.samples[first:last] * sound.gain, heard)


def joined(chunks: Sequence[SpokenChunk], gaps_ms: Sequence[int]) -> Clip:
    """The chunks with silence of ``gaps_ms`` after each, as one clip that is never clipped."""
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    parts: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    timings: list[Timing] = []
    at = 0
    for chunk, gap_ms in zip(chunks, gaps_ms, strict=True):
        timings += _timings(chunk, at)
        silence = np.zeros(gap_ms * SAMPLE_RATE_HZ // 1000, np.float32)
        parts += [chunk.samples, silence]
        at += len(chunk.samples) + len(silence)
    return Clip(_pcm(np.concatenate(parts)), SAMPLE_RATE_HZ, tuple(timings))


def _check_frames(wave: Wave, tokens: Tokens, sound: SoundFacts) -> None:
    expected = sum(wave.frames) * sound.hop_samples
    if len(wave.frames) != len(tokens.ids) or expected != len(wave.samples):
        raise IncompleteClipError(
            f"the {sound.name} voice gave {len(wave.samples)} samples where {expected} belong to "
            f"{len(wave.frames)} of {len(tokens.ids)} sounds"
        )


def _check_lead(lead_samples: float, sound: SoundFacts) -> None:
    """Noise where silence belongs is how a model fails that was given too little to say."""
    if lead_samples > MOST_LEAD_SAMPLES:
        raise IncompleteClipError(f"the {sound.name} voice made noise instead of speech")


def _check_pace(seconds: float, syllables: int, sound: SoundFacts) -> None:
    least, most = sound.seconds_per_syllable
    # One more syllable's time at most, since the last one is drawn out.
    if not least * syllables <= seconds <= most * (syllables + 1):
        raise IncompleteClipError(
            f"the {sound.name} voice took {seconds:.2f} s for {syllables} syllables"
        )


def _samples_of(span: TokenSpan, frames: Sequence[int], hop: int) -> tuple[int, int]:
    start = sum(frames[: span.first])
    length = sum(frames[span.first : span.end])
    ring = min(span.ring_frames, frames[span.end])
    return start * hop, (start + length + ring) * hop


def _loud(wave: Wave, sound: SoundFacts) -> NDArray[np.bool_]:
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    loud: NDArray[np.bool_] = np.abs(wave.samples) > sound.silence_level
    return loud


def _edges(loud: NDArray[np.bool_]) -> tuple[int, int]:
    first = max(0, int(loud.argmax()) - MARGIN_SAMPLES)
    last = len(loud) - max(0, int(loud[::-1].argmax()) - MARGIN_SAMPLES)
    return first, last


def _timings(chunk: SpokenChunk, offset: int) -> list[Timing]:
    """One timing for each stretch of characters; a character of several syllables is one."""
    timings: list[Timing] = []
    for syllable, start, end in chunk.heard:
        start_ms = milliseconds(offset + start)
        end_ms = milliseconds(offset + end)
        if timings and (timings[-1].start, timings[-1].end) == (syllable.start, syllable.end):
            start_ms = timings.pop().start_ms
        timings.append(Timing(syllable.start, syllable.end, start_ms, end_ms))
    return timings


def _pcm(samples: NDArray[np.float32]) -> bytes:
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    peak = float(np.abs(samples).max(initial=0.0))
    scale = 32767.0 * min(1.0, HIGHEST_PEAK / peak if peak else 1.0)
    pcm: bytes = np.rint(samples * np.float32(scale)).astype("<i2").tobytes()
    return pcm
