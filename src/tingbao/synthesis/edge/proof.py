"""The proof that an answer holds the whole text. Without it, the answer is thrown away.

The client does not notice when the service cuts an answer short, so each of these must hold:
whole and valid audio frames; boundary texts that add up to the text sent; sound up to the end of
the last boundary; and a pace at which people speak.

A part that is lost from the middle of an answer leaves whole frames, and the silence baked into
its end hides that it is short: then speech ends earlier than the boundaries say. How closely a
service gives the end is learned from its first answers to several texts (:class:`TailDetector`).
What ends otherwise is asked for again, and a loss is not the same twice: an answer that comes
again byte by byte (:class:`Repeats`) is what the service says, and is taken with a doubt.
Words are the finer boundaries, sentences the surer ones (:class:`BoundaryMode`).
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import html
import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Literal, Self

from tingbao.errors import IncompleteClipError
from tingbao.synthesis.engine import VoiceSettings
from tingbao.text.han import fold_text

FRAME_BYTES = 144
FRAME_SAMPLES = 576
BYTES_PER_SECOND = 48000 // 8
"""MPEG-2 Layer III, 24 kHz, mono, 48 kb/s: each frame is 24 ms."""

BOUNDARY_SLACK_SECONDS = 0.1

MOST_BEYOND_SECONDS, MOST_BEYOND_SHARE = 0.5, 0.5
"""How long after all sound a last word may be told to end, and for what share of it: a service may
count silence that it does not send. Whether that is its way, its other answers show."""

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
    last = whole_boundaries(text, answer.boundaries)[-1]
    seconds = audio_seconds(answer.audio)
    missing = answer.last_word_end - seconds
    if missing > max(BOUNDARY_SLACK_SECONDS, _may_lack(last)):
        raise IncompleteClipError(f"the sound ends {missing:.1f} s before the last word")
    _check_pace(text, seconds * rate)


def _may_lack(last: Boundary) -> float:
    """How many seconds of the last boundary may lie beyond all sound; of a sentence none."""
    if last.kind == "SentenceBoundary":
        return 0.0
    return min(MOST_BEYOND_SECONDS, MOST_BEYOND_SHARE * (last.end - last.start))


LAST_CHARACTERS = 4
"""The longest last word that a service may fail to tell of."""

LACKING_TEXTS = 3
"""After so many texts without their last word, a service never tells of it."""

USUAL_SECONDS = 0.2
"""A character takes this at rate 1.0; its sound has to be there."""


def with_last_word(question: Question, answer: Answer) -> Answer | None:
    """The answer with a boundary of the last word, where that alone is not told of.

    None where more is lacking, or where the sound has no room for the word.
    """
    wanted = fold_text(question.text)
    told = "".join(fold_text(html.unescape(one.text)) for one in answer.boundaries)
    left = wanted.removeprefix(told)
    if not told or not left or len(left) > LAST_CHARACTERS or told + left != wanted:
        return None
    start, seconds = answer.last_word_end, len(left) * USUAL_SECONDS / question.voice.rate
    if audio_seconds(answer.audio) - start < seconds:
        return None
    last = Boundary(answer.boundaries[-1].kind, left, start, start + seconds)
    return replace(answer, boundaries=(*answer.boundaries, last))


@dataclass(slots=True)
class Repeats:
    """How often the same sound, byte by byte, came in answer to a text."""

    _counts: Counter[tuple[str, bytes]] = field(default_factory=Counter)

    def note(self, text: str, answer: Answer) -> int:
        """Count one more answer; returns how often it came by now."""
        key = text, hashlib.sha256(answer.audio).digest()
        self._counts[key] += 1
        return self._counts[key]


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

REPEATED = 2
"""So often the same bytes show it where the endings of a service differ, or are not known yet."""

SHARE, LATE_SHARE = 1 / 3, 0.2
"""So many texts share an ending that is the usual one; so many may end still later by chance."""

OTHER_TEXTS = 3
"""Endings of so many other texts that are alike make an early one suspicious, even if repeated."""


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
        return -BOUNDARY_SLACK_SECONDS <= self.sound - self.stated < REACHED_SECONDS

    @property
    def is_plausible(self) -> bool:
        """Whether it can be whole, of a service that is not known yet."""
        if self.covers_silence:
            return True
        return self.sound > self.stated and -self.slack <= SHORT_SECONDS


Measure = Callable[[Tail], float]


class Verdict(Enum):
    """Whether an answer is shown to be whole by its tail.

    UNKNOWN and UNLIKELY wait until the service is known; if it never is, the first is taken and
    the second asked for again. REPEATED is whole because the service says the same again.
    """

    WHOLE = auto()
    SHORT = auto()
    UNKNOWN = auto()
    UNLIKELY = auto()
    REPEATED = auto()


@dataclass(slots=True)
class TailDetector:
    """How the answers of a service end, and which of them end too early."""

    _seen: dict[str, list[Tail]] = field(default_factory=dict)
    repeated: dict[str, None] = field(default_factory=dict)
    """The texts whose answers were taken because they came again."""

    def note(self, text: str, tail: Tail) -> None:
        """Learn from one more answer to ``text``."""
        self._seen.setdefault(text, []).append(tail)

    def verdict(self, text: str, tail: Tail, times: int = 1, *, is_last: bool = False) -> Verdict:
        """What the noted ``tail`` of ``text`` shows, as far as the service is known by now.

        ``times``: how often the answer came, byte by byte; ``is_last``: it is not asked for again.
        """
        if self._is_whole(text, tail):
            return Verdict.WHOLE
        if times >= self._times_to_believe(text, tail, is_last=is_last):
            return Verdict.REPEATED
        if len(self._seen) >= TAIL_TEXTS:
            return Verdict.SHORT
        is_likely = tail.is_plausible and not self._is_before_others(text, tail)
        is_likely = is_likely or self._is_like_others(text, tail)
        return Verdict.UNKNOWN if is_likely else Verdict.UNLIKELY

    def _is_whole(self, text: str, tail: Tail) -> bool:
        if len(self._seen) < TAIL_TEXTS:
            return tail.slack >= 0 and tail.is_plausible
        measure, usual = self._usual()
        most = SHORT_SECONDS if self._is_agreed(text, measure) else 0.0
        return usual.takes(measure(tail), most=most) and (usual.is_shared or tail.is_plausible)

    def _usual(self, but: str | None = None) -> tuple[Measure, _Usual]:
        """How answers to other texts than ``but`` end: of each text, the latest ending."""
        seen = [tails for text, tails in self._seen.items() if text != but]
        measure = _measure_for([tails[0] for tails in seen])
        return measure, _Usual.of([max(map(measure, tails)) for tails in seen])

    def _is_agreed(self, text: str, measure: Measure) -> bool:
        seen = [measure(tail) for tail in self._seen[text]]
        return len(seen) >= EQUAL_ANSWERS and max(seen) - min(seen) <= AGREED_SECONDS

    def _times_to_believe(self, text: str, tail: Tail, *, is_last: bool) -> int:
        """How often an answer must come that ends early.

        Twice is enough, but where all others end alike: then one and the same loss may have hit
        a text again, until the service has shown with other texts that it is its way.
        """
        if len(self._seen) <= OTHER_TEXTS or len(self.repeated) >= REPEATED:
            return REPEATED
        measure, usual = self._usual(but=text)
        if not usual.is_shared:
            return REPEATED
        is_near = usual.takes(measure(tail), most=SHORT_SECONDS)
        return EQUAL_ANSWERS if is_near or is_last else EQUAL_ANSWERS + 1

    def _is_before_others(self, text: str, tail: Tail) -> bool:
        """Whether another text ends later than this one."""
        if len(self._seen) == 1:
            return False
        measure, _ = self._usual(but=text)
        others = (tails for other, tails in self._seen.items() if other != text)
        latest = max(max(map(measure, tails)) for tails in others)
        return latest - measure(tail) > SPREAD_SECONDS

    def _is_like_others(self, text: str, tail: Tail) -> bool:
        """Whether several other texts end like this one: a loss would not hit all of them alike."""
        others = [seen[0] for other, seen in self._seen.items() if other != text]
        measure = _measure_for([tail, *others])
        near = [one for one in others if abs(measure(one) - measure(tail)) <= SPREAD_SECONDS]
        return len(near) >= max(OTHER_TEXTS, len(others) / 2)


@dataclass(frozen=True, slots=True)
class _Usual:
    """How answers end, and how much earlier a whole one may end.

    A loss makes an answer end early, never late: the latest ending that many share is the usual
    one. Where none is shared, whole answers end as far before the middle as others end behind it.
    """

    middle: float
    spread: float

    @classmethod
    def of(cls, measures: Sequence[float]) -> Self:
        ordered = sorted(measures)
        least = max(OTHER_TEXTS, SHARE * len(ordered))
        for last in range(len(ordered) - 1, -1, -1):
            first = bisect.bisect_left(ordered, ordered[last] - SPREAD_SECONDS)
            if last - first + 1 >= least:
                return cls(statistics.median(ordered[first : last + 1]), SPREAD_SECONDS)
        middle = statistics.median(ordered)
        late = ordered[-math.ceil(LATE_SHARE * len(ordered))] - middle
        return cls(middle, max(SPREAD_SECONDS, late))

    @property
    def is_shared(self) -> bool:
        return self.spread <= SPREAD_SECONDS

    def takes(self, measure: float, *, most: float = 0.0) -> bool:
        return self.middle - measure <= max(self.spread, most)


def _measure_for(firsts: Sequence[Tail]) -> Measure:
    """What shows a short answer: of boundaries that take in the silence, the sound's own end."""
    if statistics.mode(first.covers_silence for first in firsts):
        return lambda tail: tail.sound - tail.stated
    return lambda tail: tail.slack


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
