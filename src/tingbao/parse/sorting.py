"""Blocks of one page sorted: what is kept out and why, where the notices of jumps stand."""

from __future__ import annotations

import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tingbao.models import SkipReason
from tingbao.parse.blocks import Block, BlockKind, BlockRole, Jump, Piece, SourcePage
from tingbao.parse.credits import is_byline, is_dateline, is_labelled, split_byline
from tingbao.parse.furniture import (
    as_contents,
    heads_links,
    is_advert_title,
    is_button,
    is_column_heading,
    is_contents,
    is_contents_line,
    is_menu_entry,
    is_toc_title,
    skip_reason,
)
from tingbao.parse.jumps import broken_notice, split_jumps
from tingbao.parse.labels import bare_label, is_certain_label, page_label
from tingbao.parse.mastheads import PageArea, read_imprint
from tingbao.parse.text_cues import ends_sentence, is_short_item, outline_mark
from tingbao.text.han import HAN, squash

_ROLES = {
    BlockRole.MASTHEAD: SkipReason.MASTHEAD,
    BlockRole.FURNITURE: SkipReason.FURNITURE,
    BlockRole.SITE: SkipReason.FURNITURE,
    BlockRole.CREDIT: SkipReason.CREDIT,
}
_PICTURE = re.compile(r"!\[|<")
"""A picture's link or tag that a page of text holds: never a masthead, whatever it says."""
_ONLY_NAME = re.compile(rf"《?[{HAN}A-Za-z\s·]+》?")
_LONGEST_NAME = 12
"""A paper's name above its date, spaces and Latin letters counted."""

_NEAR_TOP = 3
_TOP = 12
"""How many blocks at the top of a page may be a masthead."""

_LONGEST_HEADLINE = 46
_LONGEST_ENTRY = 60

_PART = re.compile(r"[1-9]\d?")
"""The number that heads a part of an essay."""

_PAGE_NAMED = re.compile(r"\W*第?[A-Z]?[\d一二三四五六七八九十]{1,2}版")
"""The heading of a box of contents that names the page, so that its entries need not."""

_REPEATED = 40
"""From how many characters on a block that stands twice on a page is an OCR repetition."""

_FEWEST_ENTRIES = 3
_FEWEST_PAGES = 2

_RECENT = 8
"""How many long blocks back a repetition is looked for."""

_Running = frozenset[str]


def running_headers(pages: Sequence[Sequence[Block]]) -> _Running:
    """Short lines that stand at the edge of three pages or more: running headers."""
    counts = Counter(
        text
        for blocks in pages
        for text in {squash(block.text) for block in (*blocks[:4], *blocks[-4:])}
        if 2 <= len(text) <= 30
    )
    return frozenset(text for text, count in counts.items() if count >= 3)


def pages_within(source: SourcePage) -> list[SourcePage]:
    """The pages of a file that holds several, each under its label, with text between them."""
    starts: list[tuple[int, str, str | None]] = []
    text = True
    for at, block in enumerate(source.blocks):
        label = _label_of(block)
        if label is None:
            text = text or ends_sentence(block.text)
        elif starts and starts[-1][1] == label[0]:
            continue
        elif not text or label[0] in {known for _, known, _ in starts}:
            return [source]  # a list of what is on which page
        else:
            starts.append((at, *label))
            text = False
    if len(starts) < _FEWEST_PAGES or not text:
        return [source]
    bounds = [0, *(at for at, _, _ in starts[1:]), len(source.blocks)]
    return [
        replace(source, blocks=source.blocks[begin:end], label=label, section=section)
        for begin, end, (_, label, section) in zip(bounds, bounds[1:], starts, strict=False)
    ]


def _label_of(block: Block) -> tuple[str, str | None] | None:
    """The label of a page that stands alone on a line, as over its text."""
    if block.role is not None or block.indented or "版" not in block.text:
        return None
    is_line = block.kind in {BlockKind.TEXT, BlockKind.HEADING}
    return page_label(block.text) if is_line and is_certain_label(block.text) else None


def sort_page(blocks: Sequence[Block], page: int, running: _Running) -> list[Piece]:
    """The blocks as pieces, in order; nothing is lost."""
    state = _State(page, running)
    pieces = [piece for block in _with_whole_notices(blocks) for piece in state.sort(block)]
    return _foot(_without_links(_boxed(_without_running_name(_named(pieces)))))


def _with_whole_notices(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each notice that was broken at the end of a line whole again."""
    rest = 0
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        text = block.text[rest:]
        rest = broken_notice(text, following.text) if following and following.tight else 0
        if rest:
            text += following.text[:rest]
        if text or not block.text:
            yield block if text == block.text else replace(block, text=text)


@dataclass(slots=True)
class _State:
    page: int
    running: _Running
    seen: int = 0
    area: PageArea = PageArea.HEAD
    contents: bool = False
    named: bool = False
    entries: set[str] = field(default_factory=set)
    listed: str | None = None
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=_RECENT))

    def sort(self, block: Block) -> Iterator[Piece]:
        if block.kind is BlockKind.TABLE:
            yield self._table(block)
        elif block.kind is BlockKind.RULE:
            yield Piece(block, self.page)
        elif reason := self._reason(block):
            yield Piece(block, self.page, reason)
        else:
            yield from self._cut(block)

    def _table(self, block: Block) -> Piece:
        if self.contents or is_contents(block.rows):
            return Piece(replace(block, text=as_contents(block.rows)), self.page, SkipReason.TOC)
        self.area = PageArea.BODY
        return Piece(block, self.page)

    def _reason(self, block: Block) -> SkipReason | None:
        self.seen += 1
        if block.role is BlockRole.FURNITURE and not _PICTURE.match(block.text):
            return self._furniture(block)
        if block.role in _ROLES:
            return _ROLES[block.role]
        if block.role is not None:
            return self._known_reason(block)
        if self._is_contents(block):
            return SkipReason.TOC
        if block.kind is BlockKind.HEADING and is_advert_title(block.text):
            return None
        area = self.area if self.seen <= _TOP else PageArea.BODY
        reason = None if self._heads_part(block, area) else skip_reason(block.text, area)
        if reason is None and self._is_near_top and bare_label(block.text):
            reason = SkipReason.FURNITURE
        if reason is None and self._runs(block) and not self._is_item(block):
            reason = SkipReason.FURNITURE
        if reason is None and self._is_repeated(block):
            reason = SkipReason.DUPLICATE
        self._move_on(block, reason)
        return reason

    def _heads_part(self, block: Block, area: PageArea) -> bool:
        """Whether a number is marked as a heading below the top, where no page number stands."""
        numbered = block.kind is BlockKind.HEADING and _PART.fullmatch(block.text) is not None
        return numbered and area is PageArea.BODY

    @property
    def _is_near_top(self) -> bool:
        """Whether nothing but mastheads and the like has come, and not many of them."""
        return self.area is PageArea.HEAD and self.seen <= _NEAR_TOP

    def _runs(self, block: Block) -> bool:
        """Whether the line recurs from page to page, and is no line that articles may share."""
        if block.indented or squash(block.text) not in self.running:
            return False
        if is_column_heading(block.text):  # 图片报道 is all the title that a picture has
            return False
        return not (is_byline(block.text) or is_dateline(block.text) or is_labelled(block.text))

    def _move_on(self, block: Block, reason: SkipReason | None) -> None:
        """Past the masthead with the first headline, past the top with the first sentence.

        What is kept out moves nothing: an imprint may be as long as a sentence.
        """
        if reason is not None:
            return
        if self.area is PageArea.HEAD:
            self.area = PageArea.TOP
        if len(block.text) > _LONGEST_HEADLINE or ends_sentence(block.text):
            self.area = PageArea.BODY

    def _furniture(self, block: Block) -> SkipReason:
        """What an OCR engine calls header or footer may say the edition's date or its editors."""
        area = PageArea.HEAD if self.area is PageArea.HEAD else PageArea.BODY
        reason = skip_reason(block.text, area)
        kept = {SkipReason.MASTHEAD, SkipReason.CREDIT}
        return reason if reason in kept else SkipReason.FURNITURE

    def _known_reason(self, block: Block) -> SkipReason | None:
        """Why a block whose role the form knows is kept out: a list of contents, or a credit."""
        if block.role is BlockRole.TITLE and is_toc_title(block.text):
            self.listed = block.item
        if block.item is not None and block.item == self.listed:
            return SkipReason.TOC
        if block.role is BlockRole.BODY and block.kind is BlockKind.TEXT:
            reason = skip_reason(block.text, PageArea.BODY)
            return reason if reason is SkipReason.CREDIT else None
        return None

    def _is_contents(self, block: Block) -> bool:
        """Whether the block stands in a box of contents, which ends where an entry recurs."""
        entry = squash(block.text)
        if is_toc_title(block.text):
            self.contents, self.entries = True, set()
            self.named = _PAGE_NAMED.match(block.text) is not None
        else:
            self.contents = self.contents and entry not in self.entries and self._is_entry(block)
        self.entries.add(entry)
        return self.contents

    def _is_entry(self, block: Block) -> bool:
        text = block.text
        if len(text) > _LONGEST_ENTRY or ends_sentence(text):
            return False
        mark = outline_mark(text)
        return (
            self.named
            or is_contents_line(text)
            or block.kind is BlockKind.LIST
            or is_short_item(text)
            or (mark is not None and mark[0] in {"part", "chapter", "section"})
        )

    def _is_item(self, block: Block) -> bool:
        return block.kind is BlockKind.HEADING and self.seen > _TOP

    def _is_repeated(self, block: Block) -> bool:
        if len(block.text) < _REPEATED:
            return False
        known = block.text in self.recent
        self.recent.append(block.text)
        return known

    def _cut(self, block: Block) -> Iterator[Piece]:
        if block.kind is BlockKind.HEADING and (merged := split_byline(block.text)):
            yield Piece(replace(block, text=merged[0]), self.page)
            yield Piece(replace(block, text=merged[1], kind=BlockKind.TEXT, level=0), self.page)
            return
        parts = split_jumps(block.text)
        if len(parts) == 1 and isinstance(parts[0], str):
            yield Piece(block, self.page)
            return
        for part in parts:
            if isinstance(part, Jump):
                yield Piece(replace(block, text=part.text), self.page, SkipReason.JUMP, part)
            else:
                yield Piece(replace(block, text=part.strip()), self.page)


def _boxed(pieces: list[Piece]) -> list[Piece]:
    """The same with the lines of one box of contents in one piece."""
    boxed: list[Piece] = []
    for piece in pieces:
        if boxed and piece.skip is SkipReason.TOC is boxed[-1].skip:
            text = f"{boxed[-1].text}\n{piece.text}"
            boxed[-1] = replace(boxed[-1], block=replace(boxed[-1].block, text=text))
        else:
            boxed.append(piece)
    return boxed


def _named(pieces: list[Piece]) -> list[Piece]:
    """The same with the paper's name kept out, which may be any words above its date.

    Names that end in 报 are known wherever they stand: 今日青田, 体坛纵横 are not. Directly over
    text the line is its headline.
    """
    at = next((at for at, one in enumerate(pieces[:_NEAR_TOP]) if one.skip is None), len(pieces))
    if at + 1 >= len(pieces) or pieces[at + 1].skip is not SkipReason.MASTHEAD:
        return pieces
    text = pieces[at].text
    imprint = read_imprint(pieces[at + 1].text)
    if imprint.date is None or imprint.paper is not None or len(text) > _LONGEST_NAME:
        return pieces
    below = next((one for one in pieces[at + 1 :] if one.skip not in _ROLES.values()), pieces[at])
    is_text = len(below.text) > _LONGEST_HEADLINE or (
        len(below.text) > _LONGEST_NAME and ends_sentence(below.text)
    )
    is_headline_of_text = below.skip is None and is_text and not below.is_heading
    if is_headline_of_text or not _ONLY_NAME.fullmatch(text):
        return pieces
    return [*pieces[:at], replace(pieces[at], skip=SkipReason.MASTHEAD), *pieces[at + 1 :]]


def _without_running_name(pieces: list[Piece]) -> list[Piece]:
    """The same with the paper's name kept out where it stands again, alone, in the text."""
    names = {squash(p.text) for p in pieces if p.skip is SkipReason.MASTHEAD}
    return [
        replace(piece, skip=SkipReason.MASTHEAD)
        if piece.skip is None and piece.text and squash(piece.text) in names
        else piece
        for piece in pieces
    ]


def _without_links(pieces: list[Piece]) -> list[Piece]:
    """The same with a site's links below its article kept out, and buttons beside such lines."""
    result = _without_menus(pieces)
    first = next((at for at, one in enumerate(pieces) if ends_sentence(one.text)), 0)
    for at, piece in enumerate(pieces):
        if piece.skip is None and at < first and _is_program_date(pieces, at):
            result[at] = replace(piece, skip=SkipReason.FURNITURE)
        elif piece.skip is None and at > first and _is_late_credit(pieces, at):
            result[at] = replace(piece, skip=SkipReason.CREDIT)
        elif piece.skip is None and is_button(piece.text) and _is_among_furniture(result, at):
            result[at] = replace(piece, skip=SkipReason.FURNITURE)
        elif piece.skip in {None, SkipReason.FURNITURE} and heads_links(piece.text):
            for below in range(at, _end_of_links(pieces, at)):
                if pieces[below].skip is None:
                    result[below] = replace(pieces[below], skip=SkipReason.FURNITURE)
    return result


def _without_menus(pieces: Sequence[Piece]) -> list[Piece]:
    """The same without menus: three or more entries of a site under each other."""
    result = list(pieces)
    entries = [
        one.skip in {None, SkipReason.FURNITURE} and is_menu_entry(one.text) for one in pieces
    ]
    for is_entry, run in itertools.groupby(range(len(pieces)), lambda at: entries[at]):
        places = list(run)
        if is_entry and len(places) >= _FEWEST_ENTRIES:
            for at in places:
                result[at] = replace(pieces[at], skip=SkipReason.FURNITURE)
    return result


def _is_program_date(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a date without brackets stands right above or below where the text is from."""
    beside = [*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]]
    noted = any(one.skip in {SkipReason.FURNITURE, SkipReason.CREDIT} for one in beside)
    return noted and is_dateline(pieces[at].text) and pieces[at].text[:1] not in "（(〔"


def _is_late_credit(pieces: Sequence[Piece], at: int) -> bool:
    """Whether 记者：… stands among who edited and checked the text, below it."""
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    is_credit = is_labelled(pieces[at].text) and is_byline(pieces[at].text)
    return is_credit and below is not None and below.skip is SkipReason.CREDIT


def _is_among_furniture(pieces: Sequence[Piece], at: int) -> bool:
    beside = [*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]]
    return any(one.skip is SkipReason.FURNITURE for one in beside)


def _end_of_links(pieces: Sequence[Piece], at: int) -> int:
    """Behind the last link of the list headed here: short lines to the end, or to more furniture.

    Where a text follows, the heading is one of the paper's and no link is kept out.
    """
    for below in range(at + 1, len(pieces)):
        piece = pieces[below]
        if piece.skip is not None and piece.text:
            return below
        if len(piece.text) > _LONGEST_ENTRY or ends_sentence(piece.text) or piece.block.rows:
            return at
    return len(pieces)


def _foot(pieces: list[Piece]) -> list[Piece]:
    """The same with the imprint and section names at the foot of the page kept out too."""
    for index in range(len(pieces) - 1, max(-1, len(pieces) - 6), -1):
        piece = pieces[index]
        if piece.skip is not None or not piece.text:
            continue
        reason = skip_reason(piece.text, PageArea.FOOT)
        if reason is None or (piece.is_heading and not _PART.fullmatch(piece.text)):
            break
        pieces[index] = replace(piece, skip=reason)
    return pieces
