"""Groups of headline lines, with what stands before and after them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tingbao.models import SkipReason
from tingbao.parse.blocks import BlockKind, BlockRole
from tingbao.parse.bylines import is_byline, is_trailing_credit, split_lead
from tingbao.parse.captions import is_caption, is_legend, is_photographer
from tingbao.parse.characters import ends_sentence
from tingbao.parse.furniture import is_column_head
from tingbao.parse.headlines import is_document_title, is_headline, is_marked_headline
from tingbao.parse.names import is_affiliated, is_dateline, is_name, is_speaker
from tingbao.parse.outline import is_short_item
from tingbao.parse.pieces import Piece

PLAIN_RANK = 9
"""The rank of a headline line without any mark."""

_MOST_LINES = 6
"""A longer run of short lines is a poem or a list."""

_MOST_PLAIN = 2
"""More lines without a mark under a marked headline are verses or a list, not its subtitles."""

_MOST_VERSES = 60
"""How many lines ahead the headline under a poem or a list is looked for."""

_ZONE = 3
"""How many lines after a headline may stand before the one that shows it was one."""

_CONTACT = re.compile(r"[:：][^，。；]{0,40}[\dA-Za-z]$")
_ENDED = frozenset({SkipReason.JUMP, SkipReason.ADVERT})
_KNOWN_BODY = frozenset({BlockRole.BODY, BlockRole.BYLINE, BlockRole.DATELINE})


@dataclass(frozen=True, slots=True)
class Group:
    """Lines ``pieces[start:end]`` of a headline.

    ``strong`` says that a byline, a lead, a date line or the notice of a jump follows, as only
    after a headline; ``follower`` is the first piece after the group that is not skipped;
    ``signed`` says that the text under it, up to the next group, ends with its writers.
    """

    start: int
    end: int
    lines: tuple[Piece, ...]
    strong: bool
    follower: Piece | None
    signed: bool = False

    @property
    def rank(self) -> int:
        """The rank of its largest line."""
        return min(map(_rank, self.lines))

    @property
    def length(self) -> int:
        """How long its longest line of that rank is."""
        return max(len(line.text) for line in self.lines if _rank(line) == self.rank)

    @property
    def main(self) -> Piece:
        """Its largest line, the first of equals."""
        return min(self.lines, key=_rank)


def groups_of(pieces: Sequence[Piece]) -> dict[int, Group]:
    """The headline groups of a page by the index at which they begin."""
    groups: dict[int, Group] = {}
    index = 0
    while index < len(pieces):
        index = _past_verses(pieces, index)
        group = group_at(pieces, index)
        if group is not None:
            groups[index] = group
        index = _next(pieces, group) if group is not None else index + 1
    ends = [*list(groups)[1:], len(pieces)]
    return {
        start: replace(group, signed=_is_signed(pieces[group.end : end]))
        for (start, group), end in zip(groups.items(), ends, strict=False)
    }


def _next(pieces: Sequence[Piece], group: Group) -> int:
    """Where the next group may begin: past the short lines that are the text under this one."""
    end = group.end
    if _is_verses(pieces, end):
        while end < len(pieces) and _is_line(pieces[end]) and not pieces[end].is_heading:
            end += 1
    return end


def _past_verses(pieces: Sequence[Piece], index: int) -> int:
    """Where the marked headline stands that more lines come before than a headline has."""
    end, last = index, min(len(pieces) - 1, index + _MOST_VERSES)
    while end < last and _is_line(pieces[end]) and not pieces[end].is_heading:
        end += 1
    verses = end - index > _MOST_PLAIN
    return end if verses and pieces[end].is_heading and _is_line(pieces[end]) else index


def _is_verses(pieces: Sequence[Piece], index: int) -> bool:
    """Whether more lines without a mark stand here than a headline has, below a marked one."""
    if not pieces[index - 1].is_heading:
        return False
    lines = itertools.takewhile(
        lambda piece: _is_line(piece) and not piece.is_heading, pieces[index : index + _MOST_LINES]
    )
    return sum(1 for _ in lines) > _MOST_PLAIN


def group_at(pieces: Sequence[Piece], index: int) -> Group | None:
    """The headline group that begins at ``index``, if one does."""
    lines: list[Piece] = []
    for piece in pieces[index : index + _MOST_LINES]:
        if not _is_line(piece) or (lines and _parts(lines, piece)):
            break
        lines.append(piece)
    lines = _without_body(lines, pieces, index + len(lines))
    if not lines:
        return None
    end = index + len(lines)
    return Group(index, end, tuple(lines), _is_strong(pieces, end), _follower(pieces, end))


def is_complete(before: Piece) -> bool:
    """Whether the text has come to an end with this piece."""
    if before.skip is not None or before.block.kind is not BlockKind.TEXT or before.is_heading:
        return True
    text = before.text
    return bool(
        ends_sentence(text)
        or is_trailing_credit(text)
        or is_dateline(text)
        or _CONTACT.search(text)
        or is_short_item(text)
    )


def has_ended(before: Piece) -> bool:
    """Whether the item has come to an end with this piece: a jump, a credit, a printed rule."""
    if before.skip is not None:
        return before.skip in _ENDED
    return before.block.kind is BlockKind.RULE or is_trailing_credit(before.text)


def _rank(line: Piece) -> int:
    return line.rank if line.is_heading else PLAIN_RANK


def _is_line(piece: Piece) -> bool:
    return piece.skip is None and piece.block.role not in _KNOWN_BODY and is_headline(piece)


def _parts(lines: Sequence[Piece], piece: Piece) -> bool:
    """Whether a line cannot belong to the headline that the others make."""
    last = lines[-1]
    if is_column_head(last.text) or last.block.item != piece.block.item:
        return True
    if (last.block.role is None) != (piece.block.role is None):
        return True
    if not piece.is_heading:
        return False
    text = piece.text
    person = is_name(text) or is_speaker(text) or is_affiliated(text)
    return person or (not last.is_heading and any(line.is_heading for line in lines))


def _without_body(lines: list[Piece], pieces: Sequence[Piece], end: int) -> list[Piece]:
    """The lines without those that are all the text under a marked headline.

    Short lines are its text where another headline follows at once.
    """
    marked = [line for line in lines if line.is_heading]
    alone = end >= len(pieces) or (pieces[end].skip is None and is_marked_headline(pieces[end]))
    alone = alone or _plain_tail(lines) > _MOST_PLAIN
    if not alone or not marked or lines[-1].is_heading or lines[-1].text.startswith("—"):
        return lines
    return lines[: lines.index(marked[-1]) + 1]


def _plain_tail(lines: Sequence[Piece]) -> int:
    """How many lines without a mark stand after the last marked one."""
    return sum(1 for _ in itertools.takewhile(lambda line: not line.is_heading, reversed(lines)))


def _is_strong(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what stands at ``index`` shows that a headline stood before it."""
    marked = pieces[index - 1].is_heading or any(
        is_document_title(piece.text) for piece in pieces[max(0, index - 2) : index]
    )
    for piece in pieces[index : index + _ZONE]:
        if piece.jump is not None and not piece.jump.out:
            return True
        if piece.skip is not None or piece.block.kind not in {BlockKind.TEXT, BlockKind.HEADING}:
            return False
        if _is_credit(piece, after_mark=marked):
            return True
        if not is_headline(piece):
            return False
    return False


def _is_credit(piece: Piece, *, after_mark: bool) -> bool:
    """Whether the line is what stands between a headline and the text.

    A date without brackets is one only after a marked headline: else it signs a notice.
    """
    text = piece.text
    if piece.block.role in {BlockRole.BYLINE, BlockRole.DATELINE}:
        return True
    if is_dateline(text):
        return after_mark or text[0] in "（("
    if is_byline(text) or is_speaker(text) or is_affiliated(text):
        return True
    if split_lead(text) is not None:
        return True
    return is_name(text) and not is_column_head(text)


def _is_signed(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces are a text that its writers sign at the end, pictures left aside."""
    told = [piece for piece in pieces if piece.skip is None and piece.text]
    return signature_of(told) is not None


def signature_of(told: Sequence[Piece]) -> int | None:
    """The index of the credit that ends a text, pictures left aside; None where none does."""
    for index in range(len(told) - 1, max(0, len(told) - 1 - _ZONE), -1):
        text = told[index].text
        if _names_writers(text):
            return index if all(_is_picture(p, text) for p in told[index + 1 :]) else None
    return None


def _names_writers(text: str) -> bool:
    """Whether a line names who wrote the text; a photographer alone (记者 某某 摄) did not."""
    if is_photographer(text):
        return False
    return is_byline(text) or is_trailing_credit(text) or is_affiliated(text)


def _is_picture(piece: Piece, credit: str) -> bool:
    if piece.block.kind is BlockKind.CAPTION or is_caption(piece.text):
        return True
    return is_legend(piece.text, credit)


def _follower(pieces: Sequence[Piece], index: int) -> Piece | None:
    near = pieces[index : index + _ZONE + 1]
    return next((p for p in near if p.skip is None and p.block.kind is not BlockKind.RULE), None)
