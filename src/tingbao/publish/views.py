"""What the pages show of an edition: its programme in playing order, its text in paragraphs."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tingbao.models import Chapter, Cue, Manifest, ManifestArticle, Role
from tingbao.publish.captions import cues_of_article
from tingbao.publish.transcripts import paragraphs
from tingbao.publish.wording import pages_of, printable

__all__ = ["Passage", "Phrase", "Row", "article_text", "headline_start_s", "rows_of"]

_SHOWN_AS_TITLE = frozenset({Role.HEADLINE})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words and the second at which they are heard."""

    start_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a page; ``role`` is what it is in the programme."""

    role: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One chapter of the programme; ``article`` is its item, if it is one."""

    chapter: Chapter
    role: str
    passages: tuple[Passage, ...]
    article: ManifestArticle | None = None
    pages: str = ""

    @property
    def start_s(self) -> float:
        """Where it begins in the edition's file."""
        return self.chapter.start_ms / 1000

    @property
    def end_s(self) -> float:
        """Where it ends in the edition's file."""
        return self.chapter.end_ms / 1000

    @property
    def anchor(self) -> str:
        """Its fragment identifier in the edition's page."""
        return f"item-{self.article.id}" if self.article else f"at-{self.chapter.start_ms}"


def rows_of(manifest: Manifest) -> tuple[Row, ...]:
    """The programme of an edition, one row a chapter."""
    articles = {article.id: article for article in manifest.articles}
    rows = []
    for chapter, cues in _by_chapter(manifest):
        article = articles.get(chapter.article or "")
        passages = _passages(cues, hidden=_SHOWN_AS_TITLE if article else frozenset())
        role = cues[0].role.value if cues else Role.NOTICE.value
        pages = pages_of(article, manifest) if article else ""
        rows.append(Row(chapter, role, passages, article, pages))
    return tuple(rows)


def article_text(manifest: Manifest, article: ManifestArticle) -> tuple[Passage, ...]:
    """The text of one item, timed by its own file; its headline is the page's title."""
    return _passages(cues_of_article(manifest, article), hidden=_SHOWN_AS_TITLE)


def headline_start_s(manifest: Manifest, article: ManifestArticle) -> float:
    """When the headline is heard in the item's own file."""
    cues = cues_of_article(manifest, article)
    return next((c.start_ms for c in cues if c.role in _SHOWN_AS_TITLE), article.lead_ms) / 1000


def _by_chapter(manifest: Manifest) -> Iterator[tuple[Chapter, Sequence[Cue]]]:
    starts = [cue.start_ms for cue in manifest.cues]
    for chapter in manifest.chapters:
        first = bisect.bisect_left(starts, chapter.start_ms)
        last = bisect.bisect_left(starts, chapter.end_ms)
        yield chapter, manifest.cues[first:last]


def _passages(cues: Sequence[Cue], hidden: frozenset[Role]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            block[0].role.value,
            tuple(Phrase(cue.start_ms / 1000, printable(cue.text)) for cue in block),
        )
        for block in paragraphs(cue for cue in cues if cue.role not in hidden)
    )
