"""The frozen values that travel between the stages.

``pages -> Edition -> Script -> clips -> parts -> manifest``. Everything here is immutable,
made of the standard library alone, and knows nothing of how it was made or is used.
Units are in the names or the types: milliseconds, hertz, characters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

__all__ = [
    "Article",
    "ArticleKind",
    "Chapter",
    "Clip",
    "Conversion",
    "Cue",
    "DurationMs",
    "Edition",
    "EditionInfo",
    "Manifest",
    "ManifestArticle",
    "ManifestEdition",
    "Page",
    "PageBreak",
    "Paragraph",
    "ParagraphKind",
    "ParseWarning",
    "Pauses",
    "Reading",
    "Role",
    "Script",
    "Segment",
    "SegmentKind",
    "Skip",
    "SkipReason",
    "Timing",
    "Utterance",
    "is_speakable",
]

DurationMs = NewType("DurationMs", int)


# --- what parse/ returns -------------------------------------------------------------------


class ArticleKind(StrEnum):
    """What an item of the page is."""

    ARTICLE = "article"
    DOCUMENT = "document"
    NOTICE = "notice"
    BRIEF = "brief"
    PHOTO = "photo"


class ParagraphKind(StrEnum):
    """What a block inside an item is."""

    HEADING = "heading"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"


class SkipReason(StrEnum):
    """Why a piece of the page is not read aloud."""

    MASTHEAD = "masthead"
    TOC = "toc"
    FURNITURE = "furniture"
    CREDIT = "credit"
    ADVERT = "advert"
    JUMP = "jump"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Page:
    """One input page: ``number`` counts in input order from 1, ``label`` is what is printed."""

    number: int
    label: str
    section: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """From ``offset`` of a paragraph's text on, it stands on ``page``."""

    offset: int
    page: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of an item, healed and in simplified script, with its first line of origin.

    It begins on ``page``; ``breaks`` are where a joined half goes on in mid-paragraph.
    """

    kind: ParagraphKind
    text: str
    page: int
    line: int | None
    breaks: tuple[PageBreak, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One item of the edition, in print order."""

    id: str
    kind: ArticleKind
    title: str | None
    pages: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    dateline: str | None = None
    continued_to: str | None = None
    continued_from: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """A piece of the page that is kept out of the items, and why.

    ``article`` and ``before`` say where it stood when it stood inside an item: before that
    item's paragraph of this index (its length: at the end).
    """

    reason: SkipReason
    text: str
    page: int
    line: int | None
    article: str | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something a person may want to look at; nothing was lost because of it."""

    message: str
    page: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A character that simplified script has too, taken for traditional: ``near`` as printed."""

    printed: str
    became: str
    near: str
    page: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    """All items of the given pages; ``paper``, ``date`` and ``issue`` only as far as printed.

    ``conversions`` tells what was done with the pages and is no part of what the edition is.
    """

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    skipped: tuple[Skip, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    paper: str | None = None
    date: dt.date | None = None
    issue: str | None = None
    conversions: tuple[Conversion, ...] = field(default=(), compare=False)


# --- what script/ returns ------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say: ``text`` as printed, ``spoken`` as read, then ``pause_ms`` of silence."""

    role: Role
    text: str
    spoken: str
    reader: int = 1
    readings: tuple[Reading, ...] = ()
    pause_ms: int = 0


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
    ``unread`` lists tokens that no reading rule knew and that were left as printed.
    """

    edition: EditionInfo
    disclosure: Utterance
    segments: tuple[Segment, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after an utterance by role, in milliseconds, and at the end of a segment."""

    by_role: Mapping[Role, int] = field(
        default_factory=lambda: MappingProxyType(
            {
                Role.OPENER: 700,
                Role.DIGEST: 500,
                Role.SECTION: 700,
                Role.HEADLINE: 800,
                Role.BYLINE: 500,
                Role.HEADING: 600,
                Role.BODY: 450,
                Role.TABLE: 600,
                Role.CAPTION: 600,
                Role.NOTICE: 700,
                Role.CLOSER: 600,
            }
        )
    )
    sentence: int = 300
    segment_end: int = 1200


# --- what synthesis/ returns ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timing:
    """``spoken[start:end]`` is heard from ``start_ms`` to ``end_ms`` of its clip."""

    start: int
    end: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance spoken: mono signed 16-bit little-endian PCM and when each part is heard."""

    pcm: bytes
    sample_rate_hz: int
    timings: tuple[Timing, ...] = ()

    @property
    def samples(self) -> int:
        """The number of samples."""
        return len(self.pcm) // 2

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return self.samples / self.sample_rate_hz


# --- what publish/ works from --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of an audio file, in milliseconds from its start; chapters leave no gap."""

    start_ms: int
    end_ms: int
    title: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the transcript, ``text`` as printed, in milliseconds of the edition file.

    ``opens_paragraph`` marks the first phrase of a printed paragraph, so that pages and plain
    text show paragraphs as the paper did. In an item of several halves ``page`` is set where each
    begins: the number of the page on which the item stands from this phrase on.
    """

    start_ms: int
    end_ms: int
    text: str
    role: Role
    article: str | None = None
    opens_paragraph: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ManifestArticle:
    """One item as published.

    ``start_ms`` and ``end_ms`` are its place in the edition file (both 0 while incomplete),
    ``duration_ms`` the length of its own file, whose first ``lead_ms`` are the disclosure.
    ``file`` is relative to the edition's folder, and so is ``cover``, the item's own picture, if
    it has one. ``kicker`` to ``continued_from``: as in Article.
    """

    id: str
    order: int
    title: str
    kind: ArticleKind
    pages: tuple[int, ...]
    file: str
    guid: str
    text_sha256: str
    complete: bool
    start_ms: int = 0
    end_ms: int = 0
    lead_ms: int = 0
    duration_ms: int = 0
    bytes: int = 0
    sha256: str = ""
    cover: str = ""
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    dateline: str | None = None
    continued_to: str | None = None
    continued_from: str | None = None


@dataclass(frozen=True, slots=True)
class ManifestEdition:
    """The chaptered file of the whole edition."""

    file: str
    guid: str
    bytes: int
    duration_ms: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of a published edition; feeds, pages and transcripts are made from it.

    ``disclosure`` is the sentence that opens each single article's own file. ``made_from`` is a
    SHA-256 over all that the edition was made from (pages, settings, voice, version), by which an
    archive knows it again without making it; empty where that is not known.
    """

    id: str
    date: dt.date
    paper: str
    voice: str
    engine: str
    licence: str
    selection: bool
    pages: tuple[Page, ...]
    articles: tuple[ManifestArticle, ...]
    edition: ManifestEdition
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    cover: str
    skipped: tuple[Skip, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    retired_ids: tuple[str, ...] = ()
    disclosure: str = ""
    made_from: str = ""
    schema: int = 1
