"""The proof that an answer holds the whole text. Without it, it is thrown away.

The client does not notice when the service cuts an answer short, so each of these must hold:
whole and valid audio frames; boundary texts that add up to the text sent; sound up to the end of
the last boundary; and a pace at which people speak.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tingbao.errors import IncompleteClipError
from tingbao.text.han import fold_text

FRAME_BYTES = 144
FRAME_SAMPLES = 576
BYTES_PER_SECOND = 48000 // 8
"""MPEG-2 Layer III, 24 kHz, mono, 48 kb/s: each frame is 24 ms."""

BOUNDARY_SLACK_SECONDS = 0.1

FASTEST_SECONDS, SLOWEST_SECONDS = 0.08, 1.0
"""Of a Han character at rate 1.0: the voices take 0.2 to 0.28 s, pauses between them included."""

FASTEST_LETTER_SECONDS = 0.02
"""Of a letter or digit: fast English has 20 letters a second."""

STILL_SECONDS = 5.0
"""What silence may add at the edges of the shortest text."""

MOST_ESCAPES = 2

BoundaryKind = Literal["WordBoundary", "SentenceBoundary"]


class UntoldError(IncompleteClipError):
    """The boundaries of an answer do not add up to its text."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A word or sentence as the service says it is heard, in seconds of the answer."""

    kind: BoundaryKind
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All that came for one request: MP3 bytes, and the boundaries in order."""

    audio: bytes
    boundaries: tuple[Boundary, ...]

    @property
    def last_word_end(self) -> float:
        """Where the service says that the speech ends, in seconds."""
        return max(boundary.end for boundary in self.boundaries)


def audio_seconds(audio: bytes | bytearray) -> float:
    """The length of the sound; at a constant bit rate it follows from the bytes."""
    return len(audio) / BYTES_PER_SECOND


def prove(text: str, answer: Answer, rate: float) -> None:
    """Check an answer to ``text`` spoken at ``rate`` (1.0: the voice's own pace).

    Raises:
        IncompleteClipError: it cannot be shown that the whole text is in it; says why.
    """
    _check_frames(answer.audio)
    whole_boundaries(text, answer.boundaries)
    seconds = audio_seconds(answer.audio)
    missing = answer.last_word_end - seconds
    if missing > BOUNDARY_SLACK_SECONDS:
        raise IncompleteClipError(f"the sound ends {missing:.1f} s before the last word")
    _check_pace(text, seconds * rate)


def whole_boundaries(text: str, boundaries: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """The finest boundaries whose texts add up to ``text``.

    Raises:
        UntoldError: neither the words nor the sentences do.
    """
    wanted = fold_text(text)
    for kind in ("WordBoundary", "SentenceBoundary"):
        told = [boundary for boundary in boundaries if boundary.kind == kind]
        # Texts come back as they were sent, escaped, or unescaped, or escaped once more.
        for _ in range(MOST_ESCAPES + 1):
            if told and "".join(fold_text(boundary.text) for boundary in told) == wanted:
                return tuple(told)
            told = [replace(boundary, text=html.unescape(boundary.text)) for boundary in told]
    count = len(fold_text("".join(boundary.text for boundary in boundaries)))
    raise UntoldError(f"the answer tells of {count} of {len(wanted)} characters")


def _check_frames(audio: bytes) -> None:
    if not audio or len(audio) % FRAME_BYTES:
        raise IncompleteClipError("the sound does not end with a whole frame")
    for start in range(0, len(audio), FRAME_BYTES):
        if not _is_header(audio[start : start + 4]):
            raise IncompleteClipError(f"the sound is damaged at byte {start}")


def _is_header(head: bytes) -> bool:
    """Sync and MPEG-2 Layer III; 48 kb/s, 24 kHz, no padding; mono. CRC and flags may be any."""
    return (
        head[0] == 0xFF
        and head[1] & 0xFE == 0xF2
        and head[2] & 0xFE == 0x64
        and head[3] & 0xC0 == 0xC0
    )


def _check_pace(text: str, seconds: float) -> None:
    signs = [sign for sign in text if sign.isalnum()]
    letters = sum(sign.isascii() for sign in signs)
    least = (len(signs) - letters) * FASTEST_SECONDS + letters * FASTEST_LETTER_SECONDS
    most = len(text) * SLOWEST_SECONDS + STILL_SECONDS
    if not least <= seconds <= most:
        raise IncompleteClipError(f"{seconds:.1f} s of sound cannot be {len(signs)} characters")
