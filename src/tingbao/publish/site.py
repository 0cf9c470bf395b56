"""The listening pages: a static site that works from any server, from a disk, without JavaScript.

Links are relative, so that the same bytes are right wherever the library lies; only the
addresses that podcast apps take are absolute.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import jinja2

from tingbao.models import Chapter, Cue, Manifest, ManifestArticle, Role
from tingbao.publish.addresses import ARTICLES_FEED, EDITIONS_FEED, OPML_FILE, article_page
from tingbao.publish.index import FeedPage
from tingbao.publish.library import LibraryInfo
from tingbao.publish.transcripts import cues_of_article, paragraphs
from tingbao.publish.wording import (
    clean,
    clock,
    edition_title,
    page_label,
    pages_of,
    printable,
    size,
    spoken_length,
)

_ASSETS = ("icon.svg", "listen.css", "listen.js")


def asset_files() -> dict[str, bytes]:
    """Style, script and icon of all pages, by path in the library."""
    return {f"assets/{name}": asset(name) for name in _ASSETS}


def edition_pages(info: LibraryInfo, manifest: Manifest) -> dict[str, bytes]:
    """The edition's page and one for each complete article, by path in the library."""
    made = dict(_article_pages(info, manifest))
    path = f"{manifest.id}/index.html"
    made[path] = _page("edition.html", path, info, manifest=manifest, rows=rows_of(manifest))
    return made


def list_page(info: LibraryInfo, page: FeedPage, manifests: Sequence[Manifest]) -> bytes:
    """One page of the list; ``manifests`` are those of the page's entries, and need no cues."""
    return _page(
        "library.html", page.name, info, page=page, manifests=manifests, years=_years(page)
    )


def _years(page: FeedPage) -> list[tuple[str, list[tuple[int, str]]]]:
    """The months that have pages, by year: each with its number and its page."""
    by_year = itertools.groupby(page.months, key=lambda month: month[:4])
    return [
        (year, [(int(month[5:]), f"index-{month}.html") for month in months])
        for year, months in by_year
    ]


def _article_pages(info: LibraryInfo, manifest: Manifest) -> list[tuple[str, bytes]]:
    complete = [article for article in manifest.articles if article.complete]
    paths = [article_page(manifest, article.file) for article in complete]
    names = [path.rsplit("/", 1)[-1] for path in paths]
    return [
        (
            path,
            _page(
                "article.html",
                path,
                info,
                manifest=manifest,
                article=article,
                pages=pages_of(article, manifest),
                passages=_article_text(manifest, article),
                headline_s=_title_start_s(manifest, article),
                before=names[place - 1] if place else None,
                after=names[place + 1] if place + 1 < len(names) else None,
            ),
        )
        for place, (path, article) in enumerate(zip(paths, complete, strict=True))
    ]


def _page(template: str, path: str, info: LibraryInfo, **shown: object) -> bytes:
    """A page made from a template; ``path`` is its place in the library."""
    made = templates().get_template(template)
    return made.render(info=info, root="../" * path.count("/"), **shown).encode()


@functools.cache
def templates() -> jinja2.Environment:
    """The templates of pages and books, with what they share; all values are escaped."""
    templates = environment("tingbao.publish")
    for shown_as in (clean, clock, edition_title, size, spoken_length):
        templates.filters[shown_as.__name__] = shown_as
    versions = {name: hashlib.sha256(asset(name)).hexdigest()[:8] for name in _ASSETS}
    templates.globals.update(
        versions=versions,
        editions_feed=EDITIONS_FEED,
        articles_feed=ARTICLES_FEED,
        opml_file=OPML_FILE,
    )
    return templates


def environment(package: str) -> jinja2.Environment:
    """The templates of a package: all values are escaped, and one that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def asset(name: str) -> bytes:
    """A file that comes with the program."""
    return (resources.files("tingbao.publish") / "assets" / name).read_bytes()


# --- What the pages show of an edition: its programme in playing order, its text in paragraphs.

_SHOWN_AS_TITLE = frozenset({Role.HEADLINE})


@dataclass(frozen=True, slots=True)
class TimedText:
    """A few words and the second at which they are heard."""

    start_s: float
    text: str


@dataclass(frozen=True, slots=True)
class _PagePart:
    """A stretch of an item on one printed page: its mark in the text, its name, where it begins."""

    anchor: str
    page: str
    start_s: float


@dataclass(frozen=True, slots=True)
class _PageTurn:
    """Where a joined item continues on another page: from which part to which."""

    before: _PagePart
    after: _PagePart


@dataclass(frozen=True, slots=True)
class TimedParagraph:
    """A paragraph of a page; ``role`` is what it is in the programme.

    ``turn`` stands before the first one of a further part; one that ``goes_on`` began, in print,
    on the page before.
    """

    role: str
    phrases: tuple[TimedText, ...]
    turn: _PageTurn | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One chapter of the programme; ``article`` is its item, if it is one, ``title`` as spoken."""

    chapter: Chapter
    role: str
    passages: tuple[TimedParagraph, ...]
    article: ManifestArticle | None = None
    pages: str = ""
    title: tuple[TimedText, ...] = ()

    @property
    def turns(self) -> tuple[_PageTurn, ...]:
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


def rows_of(manifest: Manifest) -> tuple[ProgrammeRow, ...]:
    """The programme of an edition, one row a chapter."""
    articles = {article.id: article for article in manifest.articles}
    rows = []
    for chapter, cues in _by_chapter(manifest):
        article = articles.get(chapter.article or "")
        role = cues[0].role.value if cues else Role.NOTICE.value
        if article:
            passages = _passages(cues, _turns(cues, manifest, f"item-{article.id}-"))
            title = tuple(_phrase(cue) for cue in cues if cue.role in _SHOWN_AS_TITLE)
            rows.append(
                ProgrammeRow(chapter, role, passages, article, pages_of(article, manifest), title)
            )
        else:
            rows.append(ProgrammeRow(chapter, role, _passages(cues, {}, hidden=frozenset())))
    return tuple(rows)


def _article_text(manifest: Manifest, article: ManifestArticle) -> tuple[TimedParagraph, ...]:
    """The text of one item, timed by its own file; its headline is the page's title."""
    cues = cues_of_article(manifest, article)
    return _passages(cues, _turns(cues, manifest, ""))


def _title_start_s(manifest: Manifest, article: ManifestArticle) -> float:
    """When the headline is heard in the item's own file."""
    cues = cues_of_article(manifest, article)
    return next((c.start_ms for c in cues if c.role in _SHOWN_AS_TITLE), article.lead_ms) / 1000


def _by_chapter(manifest: Manifest) -> Iterator[tuple[Chapter, Sequence[Cue]]]:
    starts = [cue.start_ms for cue in manifest.cues]
    for chapter in manifest.chapters:
        first = bisect.bisect_left(starts, chapter.start_ms)
        last = bisect.bisect_left(starts, chapter.end_ms)
        yield chapter, manifest.cues[first:last]


def _turns(cues: Sequence[Cue], manifest: Manifest, prefix: str) -> Mapping[Cue, _PageTurn]:
    """The turns of an item by the cue that follows them; ``prefix`` makes their marks unique."""
    labels = {page.number: page_label(page) for page in manifest.pages}
    turning = [cue for cue in cues if cue.page in labels]
    parts = [
        _PagePart(f"{prefix}part-{number}", labels[cue.page or 0], cue.start_ms / 1000)
        for number, cue in enumerate(turning, start=1)
    ]
    return {
        cue: _PageTurn(*pair)
        for cue, pair in zip(turning[1:], itertools.pairwise(parts), strict=True)
    }


def _passages(
    cues: Sequence[Cue], turns: Mapping[Cue, _PageTurn], hidden: frozenset[Role] = _SHOWN_AS_TITLE
) -> tuple[TimedParagraph, ...]:
    return tuple(
        TimedParagraph(
            part[0].role.value,
            tuple(map(_phrase, part)),
            turns.get(part[0]),
            goes_on=part[0] is not block[0],
        )
        for block in paragraphs(cue for cue in cues if cue.role not in hidden)
        for part in _divided(block, turns)
    )


def _phrase(cue: Cue) -> TimedText:
    return TimedText(cue.start_ms / 1000, printable(cue.text))


def _divided(block: Sequence[Cue], turns: Mapping[Cue, _PageTurn]) -> Iterator[Sequence[Cue]]:
    """A paragraph in the parts that stand on one page each."""
    starts = [0, *(at for at, cue in enumerate(block) if at and cue in turns), len(block)]
    for start, end in itertools.pairwise(starts):
        yield block[start:end]
