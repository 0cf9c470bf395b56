"""What the loopback service says: a tone as long as the text, as real MP3, and its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tingbao import media

__all__ = [
    "BYTES_PER_SECOND",
    "CHARACTER_SECONDS",
    "FRAME_BYTES",
    "Word",
    "audio_of",
    "chunks_of",
    "sentences_of",
    "whole_frames",
    "words_of",
]

RATE_HZ = 24000
FRAME_BYTES, BYTES_PER_SECOND = 144, 6000
LEAD_SECONDS, CHARACTER_SECONDS, TAIL_SECONDS = 0.1, 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text with its place in the sound, in seconds."""

    text: str
    start: float
    end: float


def words_of(text: str) -> list[Word]:
    """Pairs of spoken characters, each character 200 ms long."""
    heard = re.findall(r"[^\W_]{1,2}", text)
    words: list[Word] = []
    at = LEAD_SECONDS
    for word in heard:
        words.append(Word(word, at, at + CHARACTER_SECONDS * len(word)))
        at = words[-1].end
    return words


def sentences_of(text: str) -> list[Word]:
    """Sentences with their marks, over the same sound."""
    sentences: list[Word] = []
    at = LEAD_SECONDS
    for sentence in re.findall(r"[^。！？]*[。！？]*", text):
        seconds = CHARACTER_SECONDS * len(re.findall(r"[^\W_]", sentence))
        if seconds:
            sentences.append(Word(sentence, at, at + seconds))
            at += seconds
    return sentences


@functools.lru_cache(maxsize=512)
def audio_of(characters: int, tail_seconds: float = TAIL_SECONDS) -> bytes:
    """Silence, a wavering tone as long as so many characters take, and silence, as MP3 frames."""
    at = np.arange(int(characters * CHARACTER_SECONDS * RATE_HZ))
    tone = (8000 * np.sin(at * 0.05) * (0.7 + 0.3 * np.sin(at * 0.001))).astype("<i2")
    lead, tail = (bytes(2 * int(RATE_HZ * each)) for each in (LEAD_SECONDS, tail_seconds))
    return media.encode_mp3_frames(lead + tone.tobytes() + tail, RATE_HZ, RATE_HZ, 48000)


def whole_frames(audio: bytes) -> bytes:
    """The part of ``audio`` that is whole frames."""
    return audio[: len(audio) // FRAME_BYTES * FRAME_BYTES]


def chunks_of(audio: bytes, size: int) -> Iterator[bytes]:
    """``audio`` in pieces of ``size`` bytes."""
    for start in range(0, len(audio), size):
        yield audio[start : start + size]
