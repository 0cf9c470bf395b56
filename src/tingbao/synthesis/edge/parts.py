"""A part of a text: what is sent as one request, and the sound that its proved answer becomes.

The sound is decoded, its silent edges are cut, and its words are timed in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from tingbao import media
from tingbao.errors import IncompleteClipError, MediaError
from tingbao.models import Clip, Timing, is_speakable
from tingbao.synthesis.edge.proof import (
    FRAME_BYTES,
    FRAME_SAMPLES,
    Answer,
    Boundary,
    Tail,
    whole_boundaries,
)
from tingbao.synthesis.engine import MARGIN_SAMPLES, SAMPLE_RATE_HZ, milliseconds
from tingbao.text.cut import end_of_request
from tingbao.text.han import fold_text, folded_places

MOST_CHARACTERS = 1200
"""The service cuts its audio at about ten minutes: this is half of that."""

MOST_BYTES = 4000
"""The client cuts what is longer than 4096 bytes, escaped, where it likes."""

_UNSENDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a text that goes out as one request; ``start`` is its place in the text."""

    start: int
    text: str


def parts_of(text: str) -> tuple[TextPart, ...]:
    """Cut a text into requests, at sentence ends where there are any; marks alone are left out.

    Characters that cannot be sent become spaces, so that every place stays the same.
    """
    sendable = _UNSENDABLE.sub(" ", text)
    parts: list[TextPart] = []
    start = 0
    while start < len(sendable):
        end = start + _length(sendable[start : start + MOST_CHARACTERS], len(sendable) - start)
        parts.append(TextPart(start, sendable[start:end]))
        start = end
    return tuple(part for part in parts if is_speakable(part.text))


def _length(window: str, left: int) -> int:
    """How much of ``window`` goes into one request."""
    fitting = _fitting(window)
    if fitting == left:
        return fitting
    return end_of_request(window[:fitting], is_speakable)


def _fitting(window: str) -> int:
    size = 0
    for place, sign in enumerate(window):
        size += len(escape(sign).encode())
        if size > MOST_BYTES:
            return place
    return len(window)


Samples = NDArray[np.int16]

SILENCE_RATIO = 0.003
"""What is softer than this part of the peak (-50 dB) is no speech, but the codec's noise."""

LOST_FRAMES = 2
"""A decoder may swallow this many while it starts."""


@dataclass(frozen=True, slots=True)
class PartClip:
    """The sound of a part, its edges cut, with timings in the whole text and this sound.

    ``tail`` is how it ended before the cut; None of pure silence.
    """

    pcm: bytes
    timings: tuple[Timing, ...]
    tail: Tail | None


def decode_part(part: TextPart, answer: Answer) -> PartClip:
    """Decode a proved answer, cut the silence that is baked into its edges, and time its words.

    Raises:
        IncompleteClipError: the sound cannot be decoded whole.
    """
    samples = _decoded(answer.audio)
    speech = _speech(samples)
    first, last = _with_margins(speech, len(samples)) if speech else (0, len(samples))
    lead_ms, length_ms = (milliseconds(n) for n in (first, last - first))
    timings = tuple(
        Timing(start, end, *_heard(boundary, lead_ms, length_ms))
        for boundary, start, end in _spans(part, whole_boundaries(part.text, answer.boundaries))
    )
    tail = _tail(speech[1], len(samples), answer) if speech else None
    return PartClip(samples[first:last].tobytes(), timings, tail)


def silence() -> Clip:
    """What is heard of a text that has nothing to say."""
    return Clip(bytes(2 * MARGIN_SAMPLES), SAMPLE_RATE_HZ)


def joined(clips: Sequence[PartClip], gap_ms: int) -> Clip:
    """The clips of one text after one another, with ``gap_ms`` of silence between them."""
    gap = bytes(2 * (SAMPLE_RATE_HZ * gap_ms // 1000))
    pcm, timings = bytearray(), list[Timing]()
    for clip in clips:
        pcm += gap if pcm else b""
        at_ms = milliseconds(len(pcm) // 2)
        timings += (
            Timing(t.start, t.end, t.start_ms + at_ms, t.end_ms + at_ms) for t in clip.timings
        )
        pcm += clip.pcm
    return Clip(bytes(pcm), SAMPLE_RATE_HZ, tuple(timings))


def _decoded(audio: bytes) -> Samples:
    try:
        pcm = media.decode(audio)
    except MediaError as error:
        raise IncompleteClipError(f"{error}") from error
    frames = len(audio) // FRAME_BYTES
    if pcm.sample_rate_hz != SAMPLE_RATE_HZ or pcm.samples < (frames - LOST_FRAMES) * FRAME_SAMPLES:
        raise IncompleteClipError(f"{frames} frames of sound decode to {pcm.samples} samples")
    return np.frombuffer(pcm.data, "<i2")


def _speech(samples: Samples) -> tuple[int, int] | None:
    """Where speech begins and ends; None of pure silence."""
    loudest = max(int(samples.max()), -int(samples.min()))
    threshold = SILENCE_RATIO * loudest
    loud = np.flatnonzero((samples > threshold) | (samples < -threshold))
    return (int(loud[0]), int(loud[-1]) + 1) if len(loud) else None


def _tail(speech_end: int, samples: int, answer: Answer) -> Tail:
    return Tail(speech_end / SAMPLE_RATE_HZ, answer.last_word_end, samples / SAMPLE_RATE_HZ)


def _with_margins(speech: tuple[int, int], samples: int) -> tuple[int, int]:
    return max(0, speech[0] - MARGIN_SAMPLES), min(samples, speech[1] + MARGIN_SAMPLES)


def _spans(part: TextPart, boundaries: Sequence[Boundary]) -> Iterator[tuple[Boundary, int, int]]:
    """Each word with the characters of the whole text that it stands for."""
    places = [part.start + place for _, place in folded_places(part.text)]
    at = 0
    for boundary in boundaries:
        here = places[at : at + len(fold_text(boundary.text))]
        at += len(here)
        if not here:
            continue
        if boundary.kind == "WordBoundary":
            yield boundary, here[0], here[-1] + 1
        else:
            yield from _shared_out(boundary, sorted({*here}))


def _shared_out(sentence: Boundary, places: Sequence[int]) -> Iterator[tuple[Boundary, int, int]]:
    """The characters of a sentence, each with an equal part of its time."""
    each = (sentence.end - sentence.start) / len(places)
    for number, place in enumerate(places):
        start = sentence.start + number * each
        yield replace(sentence, start=start, end=start + each), place, place + 1


def _heard(boundary: Boundary, lead_ms: int, length_ms: int) -> tuple[int, int]:
    """From when to when a boundary is heard in the sound after its edges are cut."""
    start, end = (
        min(max(round(1000 * seconds) - lead_ms, 0), length_ms)
        for seconds in (boundary.start, boundary.end)
    )
    return start, max(start, end)
