"""What parse/ returns: the items of the pages, and what is kept out of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


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
