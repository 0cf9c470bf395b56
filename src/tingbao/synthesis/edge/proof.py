"""The proof that an answer holds the whole text. Without it, the answer is thrown away.

The client does not notice when the service cuts an answer short, so each of these must hold:
whole and valid audio frames; boundary texts that add up to the text sent; sound up to the end of
the last boundary; and a pace at which people speak.

A part that is lost from the middle of an answer leaves whole frames, and the silence baked into
its end hides that it is short: then speech ends earlier than the boundaries say. How closely a
service gives the end is learned from its first answers to several texts (:class:`TailDetector`).
Words are the finer boundaries, sentences the surer ones (:class:`BoundaryMode`).
"""

from __future__ import annotations

import contextlib
import html
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Literal

from tingbao.errors import IncompleteClipError
from tingbao.synthesis.engine import VoiceSettings
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


class BoundaryMismatchError(IncompleteClipError):
    """The boundaries of an answer do not add up to its text."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A word or sentence as the service says it is heard, in seconds of the answer."""

    kind: BoundaryKind
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Question:
    """What one request asks for: a text, a voice, and whether to mark words or sentences."""

    text: str
    voice: VoiceSettings
    boundary: BoundaryKind = "WordBoundary"


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
    """The finest boundaries with texts that add up to ``text``.

    Raises:
        BoundaryMismatchError: neither the words nor the sentences do.
    """
    wanted = fold_text(text)
    for kind in ("WordBoundary", "SentenceBoundary"):
        found = [boundary for boundary in boundaries if boundary.kind == kind]
        # Texts come back as they were sent, escaped, or unescaped, or escaped once more.
        for _ in range(MOST_ESCAPES + 1):
            if found and "".join(fold_text(boundary.text) for boundary in found) == wanted:
                return tuple(found)
            found = [replace(boundary, text=html.unescape(boundary.text)) for boundary in found]
    count = len(fold_text("".join(boundary.text for boundary in boundaries)))
    raise BoundaryMismatchError(f"the answer tells of {count} of {len(wanted)} characters")


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


SPREAD_SECONDS = 0.09
"""The last sound of a voice may die away this much before the stated end of its word, or later;
a lost part of the sound is 0.12 s or more."""

SHORT_SECONDS = 0.35
"""No last sound dies away so early: an answer that ends before that is short in any case."""

REACHED_SECONDS = 0.15

TAIL_TEXTS = 9
"""So many answers show how a service ends them; a fault rarely hits more than half."""

EQUAL_ANSWERS, AGREED_SECONDS = 4, 0.03
"""So many equal answers to one text show that it ends like that."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where speech ends in an answer, where the service says so, and where all sound ends (s)."""

    speech: float
    stated: float
    sound: float

    @property
    def slack(self) -> float:
        """How long after the stated end speech ends; negative if before."""
        return self.speech - self.stated

    @property
    def covers_silence(self) -> bool:
        """Whether the boundaries take in the silence after the last word, as some may."""
        return self.sound - self.stated < REACHED_SECONDS


Measure = Callable[[Tail], float]


class Verdict(Enum):
    """Whether an answer is shown to be whole by its tail."""

    WHOLE = auto()
    SHORT = auto()
    UNKNOWN = auto()


@dataclass(slots=True)
class TailDetector:
    """How the answers of a service end, and which of them end too early."""

    _seen: dict[str, list[Tail]] = field(default_factory=dict)

    def note(self, text: str, tail: Tail) -> None:
        """Learn from one more answer to ``text``."""
        self._seen.setdefault(text, []).append(tail)

    def verdict(self, text: str, tail: Tail) -> Verdict:
        """What the noted ``tail`` of ``text`` shows, as far as the service is known by now."""
        if len(self._seen) < TAIL_TEXTS:
            return _first_impression(tail)
        firsts = [seen[0] for seen in self._seen.values()]
        measure = _measure_for(firsts)
        early = statistics.median(map(measure, firsts)) - measure(tail)
        most = SHORT_SECONDS if self._is_agreed(text, measure) else SPREAD_SECONDS
        return Verdict.WHOLE if early <= most else Verdict.SHORT

    def _is_agreed(self, text: str, measure: Measure) -> bool:
        seen = [measure(tail) for tail in self._seen[text]]
        return len(seen) >= EQUAL_ANSWERS and max(seen) - min(seen) <= AGREED_SECONDS


def _measure_for(firsts: Sequence[Tail]) -> Measure:
    """What shows a short answer: of boundaries that take in the silence, the sound's own end."""
    if statistics.mode(first.covers_silence for first in firsts):
        return lambda tail: tail.sound - tail.stated
    return lambda tail: tail.slack


def _first_impression(tail: Tail) -> Verdict:
    """What can be said of an answer of a service that is not known yet."""
    if tail.slack >= 0:
        return Verdict.WHOLE
    is_plausible = -tail.slack <= SHORT_SECONDS or tail.covers_silence
    return Verdict.UNKNOWN if is_plausible else Verdict.SHORT


MISMATCHES = 2
"""A text with words that fail to add up this often is asked for in sentences: a fault rarely hits
one text twice."""

SENTENCE_TEXTS = 3
"""After so many texts with sentences that add up and words that do not, all ask for sentences."""


@dataclass(slots=True)
class BoundaryMode:
    """Whether to ask for word or for sentence boundaries."""

    usual: BoundaryKind = "WordBoundary"
    _mismatches: Counter[str] = field(default_factory=Counter)
    _rescued: int = 0

    def for_text(self, text: str) -> BoundaryKind:
        """What to ask for with this text."""
        return "SentenceBoundary" if self._mismatches[text] >= MISMATCHES else self.usual

    @contextlib.contextmanager
    def learning(self, question: Question, answer: Answer) -> Iterator[None]:
        """Learn from how the proof of this answer, inside, ends."""
        try:
            yield
        except BoundaryMismatchError:
            self._mismatches[question.text] += 1 if answer.boundaries else MISMATCHES
            raise
        if question.boundary != self.usual:
            self._rescued += 1
            if self._rescued >= SENTENCE_TEXTS:
                self.usual = "SentenceBoundary"
