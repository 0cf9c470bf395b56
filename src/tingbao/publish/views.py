"""What the pages show of an edition: its programme in playing order, its text in paragraphs."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tingbao.models import Chapter, Cue, Manifest, ManifestArticle, Role
from tingbao.publish.captions import cues_of_article
from tingbao.publish.transcripts import paragraphs
from tingbao.publish.wording import page_label, pages_of, printable

_SHOWN_AS_TITLE = frozenset({Role.HEADLINE})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words and the second at which they are heard."""

    start_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Half:
    """A stretch of an item on one printed page: its mark in the text, its name, where it begins."""

    anchor: str
    page: str
    start_s: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a joined item goes on on another page: from which half to which."""

    before: Half
    after: Half


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a page; ``role`` is what it is in the programme.

    ``turn`` stands before the first one of a further half; one that ``goes_on`` began, in print,
    on the page before.
    """

    role: str
    phrases: tuple[Phrase, ...]
    turn: Turn | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One chapter of the programme; ``article`` is its item, if it is one, ``title`` as spoken."""

    chapter: Chapter
    role: str
    passages: tuple[Passage, ...]
    article: ManifestArticle | None = None
    pages: str = ""
    title: tuple[Phrase, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Where its item goes on on another page."""
        return tuple(passage.turn for passage in self.passages if passage.turn)

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
        role = cues[0].role.value if cues else Role.NOTICE.value
        if article:
            passages = _passages(cues, _turns(cues, manifest, f"item-{article.id}-"))
            title = tuple(_phrase(cue) for cue in cues if cue.role in _SHOWN_AS_TITLE)
            rows.append(Row(chapter, role, passages, article, pages_of(article, manifest), title))
        else:
            rows.append(Row(chapter, role, _passages(cues, {}, hidden=frozenset())))
    return tuple(rows)


def article_text(manifest: Manifest, article: ManifestArticle) -> tuple[Passage, ...]:
    """The text of one item, timed by its own file; its headline is the page's title."""
    cues = cues_of_article(manifest, article)
    return _passages(cues, _turns(cues, manifest, ""))


def title_start_s(manifest: Manifest, article: ManifestArticle) -> float:
    """When the headline is heard in the item's own file."""
    cues = cues_of_article(manifest, article)
    return next((c.start_ms for c in cues if c.role in _SHOWN_AS_TITLE), article.lead_ms) / 1000


def _by_chapter(manifest: Manifest) -> Iterator[tuple[Chapter, Sequence[Cue]]]:
    starts = [cue.start_ms for cue in manifest.cues]
    for chapter in manifest.chapters:
        first = bisect.bisect_left(starts, chapter.start_ms)
        last = bisect.bisect_left(starts, chapter.end_ms)
        yield chapter, manifest.cues[first:last]


def _turns(cues: Sequence[Cue], manifest: Manifest, prefix: str) -> Mapping[Cue, Turn]:
    """The turns of an item by the cue that follows them; ``prefix`` makes their marks unique."""
    labels = {page.number: page_label(page) for page in manifest.pages}
    turning = [cue for cue in cues if cue.page in labels]
    halves = [
        Half(f"{prefix}part-{number}", labels[cue.page or 0], cue.start_ms / 1000)
        for number, cue in enumerate(turning, start=1)
    ]
    return {
        cue: Turn(*pair) for cue, pair in zip(turning[1:], itertools.pairwise(halves), strict=True)
    }


def _passages(
    cues: Sequence[Cue], turns: Mapping[Cue, Turn], hidden: frozenset[Role] = _SHOWN_AS_TITLE
) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            half[0].role.value,
            tuple(map(_phrase, half)),
            turns.get(half[0]),
            goes_on=half[0] is not block[0],
        )
        for block in paragraphs(cue for cue in cues if cue.role not in hidden)
        for half in _divided(block, turns)
    )


def _phrase(cue: Cue) -> Phrase:
    return Phrase(cue.start_ms / 1000, printable(cue.text))


def _divided(block: Sequence[Cue], turns: Mapping[Cue, Turn]) -> Iterator[Sequence[Cue]]:
    """A paragraph in the parts that stand on one page each."""
    starts = [0, *(at for at, cue in enumerate(block) if at and cue in turns), len(block)]
    for start, end in itertools.pairwise(starts):
        yield block[start:end]
