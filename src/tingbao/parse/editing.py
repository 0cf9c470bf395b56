"""The desk: blocks of all pages through conversion, sorting, segmentation, joins, accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tingbao.errors import InputError
from tingbao.models import Article, Conversion, Edition, Page, ParseWarning, Skip, SkipReason
from tingbao.parse.accounting import check_accounts
from tingbao.parse.blocks import Block, SourcePage
from tingbao.parse.conversion import Converter, doubtful
from tingbao.parse.doubts import doubts_of
from tingbao.parse.finishing import finish
from tingbao.parse.healing import Setting, setting_of
from tingbao.parse.joining import join
from tingbao.parse.jumps import settled
from tingbao.parse.mastheads import Imprint, read_imprint
from tingbao.parse.pieces import Piece
from tingbao.parse.segmentation import segment
from tingbao.parse.sorting import running_heads, sort_page
from tingbao.text.han import count_han

NOTHING = "no article found"

_T = TypeVar("_T")


def edit(sources: Sequence[SourcePage], convert: Converter, shown: str = "") -> Edition:
    """The edition of pages as read; ``shown`` names them in messages.

    Raises:
        InputError: no item was found on any page.
        AccountingError: a character was lost; a defect.
    """
    sheets = [[_converted(block, convert) for block in source.blocks] for source in sources]
    running = running_heads(sheets)
    pages = [
        _Sheet(number, source, tuple(sort_page(blocks, number, running)))
        for number, (source, blocks) in enumerate(zip(sources, sheets, strict=True), 1)
    ]
    pages = [replace(page, pieces=_settled(page)) for page in pages]
    drafts = [draft for page in pages for draft in segment(page.pieces).drafts]
    drafts, warnings = join(drafts, {page.number: page.label for page in pages})
    articles, skips = finish(drafts, {page.number: page.setting for page in pages})
    check_accounts((block for sheet in sheets for block in sheet), articles, skips)
    if not any(_is_chinese(article) for article in articles):
        raise InputError(_why_nothing(articles, skips), shown or None)
    notes = [note for page in pages for note in page.notes]
    edition = _edition(pages, articles, skips, [*notes, *warnings, *doubts_of(articles)])
    return replace(edition, conversions=tuple(_conversions(sources, sheets)))


def _why_nothing(articles: Sequence[Article], skips: Sequence[Skip]) -> str:
    """What became of the pages' text, so that a person sees where to look."""
    if articles:
        return "no article in Chinese found"
    counts = Counter(skip.reason.value for skip in skips)
    told = ", ".join(f"{reason} ({count})" for reason, count in sorted(counts.items()))
    return f"no article found; all that is printed was left out as {told}" if told else NOTHING


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its pieces, and what its masthead says before what its form says."""

    number: int
    source: SourcePage
    pieces: tuple[Piece, ...]

    @property
    def imprint(self) -> Imprint:
        """What the mastheads and labels of the page say together, the first of each."""
        kept = {SkipReason.MASTHEAD, SkipReason.FURNITURE}
        found = [read_imprint(piece.text) for piece in self.pieces if piece.skip in kept]
        return Imprint(
            _first(self.source.paper, *(i.paper for i in found)),
            _first(self.source.date, *(i.date for i in found)),
            _first(*(i.issue for i in found)),
            _first(*(i.label for i in found), self.source.label),
            _first(*(i.section for i in found), self.source.section),
        )

    @property
    def label(self) -> str:
        return self.imprint.label or str(self.number)

    @property
    def page(self) -> Page:
        return Page(self.number, self.label, self.imprint.section, self.source.source)

    @property
    def setting(self) -> Setting:
        return setting_of(self.pieces, whole=self.source.whole)

    @property
    def notes(self) -> list[ParseWarning]:
        return [ParseWarning(note, self.number, None) for note in self.source.notes]


def _settled(page: _Sheet) -> tuple[Piece, ...]:
    """The pieces of a page with each notice of a jump told whether it points there or back."""
    return tuple(
        piece if piece.jump is None else replace(piece, jump=settled(piece.jump, page.label))
        for piece in page.pieces
    )


def _edition(
    pages: Sequence[_Sheet],
    articles: Sequence[Article],
    skips: Sequence[Skip],
    warnings: Sequence[ParseWarning],
) -> Edition:
    imprints = [page.imprint for page in pages]
    return Edition(
        tuple(page.page for page in pages),
        tuple(articles),
        tuple(skips),
        tuple(sorted(warnings, key=lambda warning: (warning.page, warning.line or 0))),
        paper=_first(*(imprint.paper for imprint in imprints)),
        date=_first(*(imprint.date for imprint in imprints)),
        issue=_first(*(imprint.issue for imprint in imprints)),
    )


def _is_chinese(article: Article) -> bool:
    return any(count_han(paragraph.text) for paragraph in article.paragraphs) or bool(
        article.title and count_han(article.title)
    )


def _converted(block: Block, convert: Converter) -> Block:
    text = convert(block.text)
    rows = tuple(tuple(convert(cell) for cell in row) for row in block.rows)
    return (
        block if text == block.text and rows == block.rows else replace(block, text=text, rows=rows)
    )


def _conversions(
    sources: Sequence[SourcePage], sheets: Sequence[Sequence[Block]]
) -> Iterator[Conversion]:
    """What the eye may want to check of the conversion of each page's blocks."""
    for number, (source, converted) in enumerate(zip(sources, sheets, strict=True), 1):
        for before, after in zip(source.blocks, converted, strict=True):
            for printed, text in zip(_texts(before), _texts(after), strict=True):
                for index in doubtful(printed, text):
                    yield _conversion(printed, text, index, number, before.line)


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    for row in block.rows:
        yield from row


def _conversion(printed: str, text: str, index: int, page: int, line: int | None) -> Conversion:
    near = " ".join(printed[max(0, index - 4) : index + 5].split())
    below = printed.count("\n", 0, index)
    return Conversion(
        printed[index], text[index], near, page, None if line is None else line + below
    )


def _first(*values: _T | None) -> _T | None:
    return next((value for value in values if value is not None), None)
