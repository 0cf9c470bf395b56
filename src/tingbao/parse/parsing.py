"""From the files that were named to the edition that is printed on them.

The stages, each from frozen values to frozen values: read the files into blocks, convert their
script, sort the blocks of each page, segment each page into drafts, join drafts that continue on
another page, finish drafts into articles, account for every character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tingbao.errors import InputError
from tingbao.models import Article, Conversion, Edition, Page, ParseWarning, Skip, SkipReason
from tingbao.parse.accounting import check_accounts
from tingbao.parse.articles import finish, warnings_of
from tingbao.parse.blocks import Block, BlockRole, PagePicture, Piece, SourcePage
from tingbao.parse.boundaries import ArticleBoundary
from tingbao.parse.continuations import join, join_items
from tingbao.parse.conversion import Converter, uncertain_places
from tingbao.parse.formats import edition_from_markdown, is_edition_markdown
from tingbao.parse.jumps import with_direction
from tingbao.parse.layout import Layout, layout_of, unwrapped
from tingbao.parse.mastheads import Imprint, read_imprint
from tingbao.parse.named_parts import with_named_parts
from tingbao.parse.read_across import lines_read_across
from tingbao.parse.segmentation import segment
from tingbao.parse.sorting import pages_within, running_headers, sort_page
from tingbao.parse.sources import SourceFiles, follow_links, pages_of, read_files
from tingbao.parse.sources.inputs import decode
from tingbao.text.han import count_han
from tingbao.text.labels import read_label

_READ_ACROSS = (
    "the text was read across columns in lines {first} to {last}; "
    "give the OCR's JSON, the PDF or the scan of this page instead"
)
_NOTHING = "no article found"

_T = TypeVar("_T")


def parse_pages(inputs: Sequence[Path] | SourceFiles, *, protect: Sequence[str] = ()) -> Edition:
    """The edition printed on the pages in ``inputs``: files in order, folders in natural order.

    Who needs to know which bytes were parsed gives :class:`SourceFiles`, read and with their
    links followed: then nothing is read here. ``protect`` lists names that script conversion
    leaves as printed. What ``inspect --markdown`` printed is read back as it stands, edited by a
    person or not.

    Raises:
        InputError: an input cannot be used, or no article was found.
        AccountingError: a character was lost; a defect.
    """
    if not isinstance(inputs, SourceFiles):
        inputs = follow_links(read_files(inputs))
    return _printed_back(inputs) or _parsed(
        pages_of(inputs), Converter(protect), ", ".join(map(str, inputs.inputs))
    )


def boundaries_of(
    inputs: Sequence[Path], *, protect: Sequence[str] = ()
) -> list[tuple[Page, tuple[ArticleBoundary, ...]]]:
    """Of each page, every place where an article might have started, with the signs there.

    Raises:
        InputError: an input cannot be used, or it is edited Markdown, which is not segmented.
    """
    sources = follow_links(read_files(inputs))
    if _printed_back(sources) is not None:
        raise InputError("this is edited Markdown: its items are as marked, not found", inputs[0])
    pages = _sorted(pages_of(sources), Converter(protect))
    return [(page.page, segment(page.pieces).boundaries) for page in pages]


def pictures_of(sources: SourceFiles) -> list[Callable[[], PagePicture] | None]:
    """What shows each page of these files, whose links were followed; None where nothing does.

    Raises:
        InputError: an input cannot be used.
    """
    return [page.picture for page in pages_of(sources)]


def simplify(text: str, *, protect: Sequence[str] = ()) -> str:
    """Free text in simplified script; what was simplified comes out as it went in."""
    return Converter(protect)(text)


def _printed_back(sources: SourceFiles) -> Edition | None:
    """The edition in a file that ``inspect --markdown`` printed, if that is what was given."""
    file = sources.files[0] if sources.files else None
    if file is None or sources.inputs != (file.path,):
        return None
    head = file.data[:64].decode("utf-8", "replace")
    if not is_edition_markdown(head):
        return None
    return edition_from_markdown(decode(file.data, file.path), str(file.path))


def _parsed(sources: Sequence[SourcePage], convert: Converter, shown: str) -> Edition:
    """The edition of pages as read; ``shown`` names them in messages."""
    pages = _sorted(sources, convert)
    drafts = [draft for page in pages for draft in segment(page.pieces).drafts]
    drafts, warnings = join(join_items(drafts), {page.number: page.label for page in pages})
    articles, skips = finish(drafts, {page.number: page.layout for page in pages})
    check_accounts((block for page in pages for block in page.blocks), articles, skips)
    if not any(_is_chinese(article) for article in articles):
        raise InputError(_why_nothing(articles, skips), shown or None)
    notes = [note for page in pages for note in page.notes]
    edition = _edition(pages, articles, skips, [*notes, *warnings, *warnings_of(articles)])
    return replace(edition, conversions=tuple(one for page in pages for one in _conversions(page)))


def _sorted(sources: Sequence[SourcePage], convert: Converter) -> list[_SortedPage]:
    """The pages in simplified script, their blocks sorted, each notice of a jump with_direction."""
    sources = [page for source in sources for page in pages_within(source)]
    converted = [tuple(_converted(block, convert) for block in page.blocks) for page in sources]
    running = running_headers(converted)
    pages = [
        _SortedPage(
            number,
            source,
            blocks,
            tuple(sort_page(with_named_parts(unwrapped(blocks), number), number, running)),
        )
        for number, (source, blocks) in enumerate(zip(sources, converted, strict=True), 1)
    ]
    return [replace(page, pieces=_settled(page)) for page in pages]


def _settled(page: _SortedPage) -> tuple[Piece, ...]:
    """The pieces of a page, with each notice of a jump known to point there or back."""
    label = page.label
    return tuple(
        piece if piece.jump is None else replace(piece, jump=with_direction(piece.jump, label))
        for piece in page.pieces
    )


def _why_nothing(articles: Sequence[Article], skips: Sequence[Skip]) -> str:
    """What became of the pages' text, so that a person sees where to look."""
    if articles:
        return "no article in Chinese found"
    counts = Counter(skip.reason.value for skip in skips)
    shown = ", ".join(f"{reason} ({count})" for reason, count in sorted(counts.items()))
    return f"no article found; all that is printed was left out as {shown}" if shown else _NOTHING


@dataclass(frozen=True, slots=True)
class _SortedPage:
    """A page with its pieces, and what its form says before what its masthead says."""

    number: int
    source: SourcePage
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]

    @property
    def imprint(self) -> Imprint:
        """What the mastheads and labels of the page say together, the first of each."""
        kept = {SkipReason.MASTHEAD, SkipReason.FURNITURE}
        printed = (piece for piece in self.pieces if piece.block.role is not BlockRole.SITE)
        found = [read_imprint(piece.text) for piece in printed if piece.skip in kept]
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
        return Page(self.number, read_label(self.label), self.imprint.section, self.source.source)

    @property
    def layout(self) -> Layout:
        return layout_of(self.pieces, whole=self.source.whole)

    @property
    def notes(self) -> list[ParseWarning]:
        noted = [ParseWarning(note, self.number, None) for note in self.source.notes]
        across = lines_read_across(self.source.blocks)
        return noted + [
            ParseWarning(_READ_ACROSS.format(first=first, last=last), self.number, first)
            for first, last in across
        ]


def _edition(
    pages: Sequence[_SortedPage],
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


def _conversions(page: _SortedPage) -> Iterator[Conversion]:
    """What the eye may want to check of the conversion of the page's blocks."""
    for before, after in zip(page.source.blocks, page.blocks, strict=True):
        for printed, text in zip(_texts(before), _texts(after), strict=True):
            for index in uncertain_places(printed, text):
                yield _conversion(printed, text, index, page.number, before.line)


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
