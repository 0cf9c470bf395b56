"""What publish/ works from: an edition as it was published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tingbao.models.edition import ArticleKind, ParseWarning, Skip
from tingbao.models.script import Role, Unread


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
    text show paragraphs as the paper did. In an item of several pages ``page`` is set where each
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
class ManifestPage:
    """One page as published: as in Page, with its label as printed."""

    number: int
    label: str
    section: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ManifestArticle:
    """One item as published.

    ``start_ms`` and ``end_ms`` are its place in the edition file (both 0 while incomplete),
    ``duration_ms`` the length of its own file, whose first ``lead_ms`` are the disclosure.
    ``file`` is relative to the edition's folder, and so is ``cover``, the item's own picture, if
    it has one. ``kicker`` to ``continued_from``: as in Article, in the words of its JSON.
    ``unread`` is what was not understood of it.
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
    unread: tuple[Unread, ...] = ()


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
    archive knows it again without making it; empty where that is not known. ``cover_px`` and
    ``card_px`` are the widths of the cover and of the items' own pictures, 0 where not known.
    """

    id: str
    date: dt.date
    paper: str
    voice: str
    engine: str
    licence: str
    selection: bool
    pages: tuple[ManifestPage, ...]
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
    cover_px: int = 0
    card_px: int = 0
    schema: int = 1
