"""What script/ returns: the programme, one utterance after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tingbao.models.clip import DurationMs
from tingbao.models.spans import PageBreak, SpokenSpan


class Role(StrEnum):
    """Who an utterance belongs to in the programme; pauses and voices hang on it."""

    OPENER = "opener"
    DIGEST = "digest"
    SECTION = "section"
    HEADLINE = "headline"
    BYLINE = "byline"
    HEADING = "heading"
    BODY = "body"
    TABLE = "table"
    CAPTION = "caption"
    NOTICE = "notice"
    CLOSER = "closer"


@dataclass(frozen=True, slots=True)
class Reading:
    """A forced pronunciation: ``spoken[start:end]`` is read as tone-numbered ``pinyin``."""

    start: int
    end: int
    pinyin: str


class UnreadKind(StrEnum):
    """What a sign is that nobody knows how to read."""

    FIGURES = "figures"
    SIGN = "sign"
    EMOJI = "emoji"
    LETTERS = "foreign letters"
    CHARACTER = "rare character"
    MISSING = "missing character"
    PRIVATE = "private-use character"
    FORMULA = "formula"


class Handling(StrEnum):
    """What was done with it. What is kept as printed is left to the voice."""

    KEPT = "kept as printed"
    SPELLED = "spelled out"
    STAND_IN = "a stand-in is said"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Unread:
    """Signs that were printed and not understood, and what was done with them.

    ``start`` and ``end`` are their place in the printed text that carries them, ``near`` some of
    the words around it. ``page`` counts in input order; it and ``line`` are None where no page
    holds the text, or where the form of its file has no lines.
    """

    text: str
    kind: UnreadKind
    done: Handling
    start: int
    end: int
    near: str = ""
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say: ``text`` as printed, ``spoken`` as read, then ``pause_ms`` of silence.

    ``starts_paragraph`` is False for what goes on with the paragraph of the utterance before.

    What it comes from makes no utterance another one: ``spans`` say which spoken words stand for
    which printed ones; without any, all of ``spoken`` stands for all of ``text``. ``pages`` are
    the pages on which ``text`` is printed, each from its offset on; empty for words that no page
    holds, or where the page is that of the utterance before. ``unread`` is what was not understood
    of ``text``, in order, and beside it, where that alone says nothing.
    """

    role: Role
    text: str
    spoken: str
    reader: int = 1
    readings: tuple[Reading, ...] = ()
    pause_ms: int = 0
    starts_paragraph: bool = True
    spans: tuple[SpokenSpan, ...] = field(default=(), compare=False)
    pages: tuple[PageBreak, ...] = field(default=(), compare=False)
    unread: tuple[Unread, ...] = field(default=(), compare=False)


def is_speakable(text: str) -> bool:
    """Whether there is anything to say in ``text``: a letter, a digit or a Han character."""
    return any(sign.isalnum() for sign in text)


class SegmentKind(StrEnum):
    """What a segment of the programme is."""

    OPENER = "opener"
    DIGEST = "digest"
    SECTION = "section"
    ARTICLE = "article"
    CLOSER = "closer"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the programme that becomes one chapter; ``article`` is an item's id."""

    kind: SegmentKind
    title: str
    utterances: tuple[Utterance, ...]
    article: str | None = None


def page_turns(segment: Segment) -> Iterator[tuple[PageBreak, ...]]:
    """For each utterance of a segment, where in its text another page begins than before.

    The first page of a segment counts; what is printed on a single page has no turns at all.
    """
    pages = {one.page for utterance in segment.utterances for one in utterance.pages}
    page = None
    for utterance in segment.utterances:
        turns: list[PageBreak] = []
        for one in utterance.pages:
            if one.page != page and len(pages) > 1:
                turns.append(one)
            page = one.page
        yield tuple(turns)


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """What the edition is called: ``id`` is ASCII and names its folder."""

    id: str
    date: dt.date
    paper: str
    selection: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """The whole programme in playing order.

    ``disclosure`` opens each single article's own file and is not part of the edition.
    ``unread`` lists what no reading rule knew, each once; its utterances say where that stands.
    """

    edition: EditionInfo
    disclosure: Utterance
    segments: tuple[Segment, ...]
    unread: tuple[str, ...] = ()


_SENTENCE_PAUSE = DurationMs(300)
_SEGMENT_PAUSE = DurationMs(1200)
_PAUSES = {
    Role.OPENER: DurationMs(700),
    Role.DIGEST: DurationMs(500),
    Role.SECTION: DurationMs(700),
    Role.HEADLINE: DurationMs(800),
    Role.BYLINE: DurationMs(500),
    Role.HEADING: DurationMs(600),
    Role.BODY: DurationMs(450),
    Role.TABLE: DurationMs(600),
    Role.CAPTION: DurationMs(600),
    Role.NOTICE: DurationMs(700),
    Role.CLOSER: DurationMs(600),
}


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after an utterance by role, after one of several sentences, and after a segment."""

    by_role: Mapping[Role, DurationMs] = field(default_factory=lambda: MappingProxyType(_PAUSES))
    sentence: DurationMs = _SENTENCE_PAUSE
    segment_end: DurationMs = _SEGMENT_PAUSE
