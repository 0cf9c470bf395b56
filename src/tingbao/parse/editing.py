"""The desk: blocks of all pages through conversion, sorting, segmentation, joins, accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from tingbao.errors import InputError
from tingbao.models import Article, Edition, Page, ParseWarning, SkipReason
from tingbao.parse.accounting import check_accounts
from tingbao.parse.blocks import Block, SourcePage
from tingbao.parse.characters import count_han
from tingbao.parse.conversion import Converter
from tingbao.parse.doubts import doubts_of
from tingbao.parse.finishing import finish
from tingbao.parse.healing import setting_of
from tingbao.parse.joining import join
from tingbao.parse.mastheads import Imprint, read_imprint
from tingbao.parse.pieces import Piece
from tingbao.parse.segmentation import segment
from tingbao.parse.sorting import running_heads, sort_page

__all__ = ["edit"]

_T = TypeVar("_T")


def edit(sources: Sequence[SourcePage], convert: Converter, shown: str = "") -> Edition:
    """The edition of pages as read; ``shown`` names them in messages.

    Raises:
        InputError: no item was found on any page.
        AccountingError: a character was lost; a defect.
    """
    sheets = [[_converted(block, convert) for block in source.blocks] for source in sources]
    running = running_heads(sheets)
    sorted_pages = [sort_page(sheet, number, running) for number, sheet in enumerate(sheets, 1)]
    imprints = [_imprint(pieces) for pieces in sorted_pages]
    notes = [
        ParseWarning(note, number, None)
        for number, source in enumerate(sources, 1)
        for note in source.notes
    ]
    pages = tuple(map(_page, range(1, len(sources) + 1), sources, imprints))
    drafts = [draft for pieces in sorted_pages for draft in segment(pieces)]
    drafts, warnings = join(drafts, {page.number: page.label for page in pages})
    settings = {
        number: setting_of(pieces, whole=source.whole)
        for number, (source, pieces) in enumerate(zip(sources, sorted_pages, strict=True), 1)
    }
    articles, skips = finish(drafts, settings)
    check_accounts((block for sheet in sheets for block in sheet), articles, skips)
    if not any(_is_chinese(article) for article in articles):
        raise InputError("no article found", shown or None)
    return Edition(
        pages,
        tuple(articles),
        tuple(skips),
        tuple(
            sorted([*notes, *warnings, *doubts_of(articles)], key=lambda w: (w.page, w.line or 0))
        ),
        paper=_first(*(s.paper for s in sources), *(i.paper for i in imprints)),
        date=_first(*(s.date for s in sources), *(i.date for i in imprints)),
        issue=_first(*(i.issue for i in imprints)),
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


def _imprint(pieces: Sequence[Piece]) -> Imprint:
    """What the mastheads and labels of a page say together, the first of each."""
    kept = {SkipReason.MASTHEAD, SkipReason.FURNITURE}
    found = [read_imprint(piece.text) for piece in pieces if piece.skip in kept]
    return Imprint(
        _first(*(i.paper for i in found)),
        _first(*(i.date for i in found)),
        _first(*(i.issue for i in found)),
        _first(*(i.label for i in found)),
        _first(*(i.section for i in found)),
    )


def _page(number: int, source: SourcePage, imprint: Imprint) -> Page:
    label = imprint.label or source.label or str(number)
    return Page(number, label, imprint.section or source.section, source.source)


def _first(*values: _T | None) -> _T | None:
    return next((value for value in values if value is not None), None)
