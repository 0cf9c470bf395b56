"""Whether a headline begins an item or heads a part of the one it stands in.

Marks are not enough: some engines give every heading one level, some none. So each group of
headline lines is weighed: what follows it (a byline, a lead, a date line), what went before (a
jump, a credit, the end of a sentence), how it is marked among the headings of its page.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tingbao.models import SkipReason
from tingbao.parse.adverts import is_advert_title
from tingbao.parse.blocks import BlockKind, BlockRole
from tingbao.parse.bylines import is_byline, is_trailing_credit, split_lead
from tingbao.parse.captions import is_caption
from tingbao.parse.characters import ends_sentence
from tingbao.parse.furniture import is_column_head
from tingbao.parse.headlines import is_document_title, is_headline, is_notice_title, is_part_head
from tingbao.parse.names import is_dateline, is_name, is_speaker
from tingbao.parse.pieces import Piece

__all__ = [
    "PLAIN_RANK",
    "Group",
    "Style",
    "group_at",
    "heads_part",
    "is_complete",
    "is_strong",
    "opens_item",
    "style_of",
]

_CUE = re.compile(
    r"(?:近日|日前|昨日|昨天|昨晚|昨|今日|今天|今晨|当地时间|记者|连日来|"
    r"(?:\d{1,2}月)?\d{1,2}日(?:[，上下晚至起]|[^期常]))"
)
_CONTACT = re.compile(r"[:：][^，。；]{0,40}[\dA-Za-z]$")
_ENDED = frozenset({SkipReason.JUMP, SkipReason.ADVERT})
PLAIN_RANK = 9
"""The rank of a headline line without any mark."""

_LONG_BODY = 30
_MOST_LIKENESS = 3.0
_MOST_LINES = 6
_LONGEST_PART = 24


@dataclass(frozen=True, slots=True)
class Group:
    """Lines ``pieces[start:end]`` of a headline with all that may stand among them."""

    start: int
    end: int
    lines: tuple[Piece, ...]
    strong: bool
    follower: Piece | None

    @property
    def rank(self) -> int:
        """The rank of its largest line."""
        return min(line.rank if line.is_heading else PLAIN_RANK for line in self.lines)

    @property
    def main(self) -> Piece:
        """Its largest line, the first of equals."""
        return min(self.lines, key=lambda line: line.rank if line.is_heading else PLAIN_RANK)


@dataclass(frozen=True, slots=True)
class Style:
    """How a page marks its headlines: how often each rank is used, and followed by a byline."""

    used: Counter[int]
    strong: Counter[int]
    top: int
    layered: bool
    groups: tuple[Group, ...]

    def parallel(self, group: Group) -> float:
        """How much the headlines next to this one look like parts of one item with it."""
        at = bisect.bisect_left(self.groups, group.start, key=lambda other: other.start)
        after = at + (at < len(self.groups) and self.groups[at].start == group.start)
        left = reversed(self.groups[max(0, at - 2) : at])
        right = self.groups[after : after + 2]
        beside = [*itertools.takewhile(_is_weak, left), *itertools.takewhile(_is_weak, right)]
        return 0.0 if group.strong else sum(_likeness(group, other) for other in beside)

    def share(self, rank: int) -> float:
        """The part of the headlines of this rank that a byline or the like follows."""
        return self.strong[rank] / self.used[rank] if self.used[rank] else 0.0


def group_at(pieces: Sequence[Piece], index: int) -> Group | None:
    """The headline group that begins at ``index``, if one does."""
    end = index
    lines: list[Piece] = []
    while end < min(len(pieces), index + _MOST_LINES) and _is_line(pieces[end]):
        if lines and is_column_head(lines[-1].text):
            break
        if pieces[end].block.item != pieces[index].block.item:
            break
        lines.append(pieces[end])
        end += 1
    if not lines:
        return None
    follower = _follower(pieces, end)
    return Group(index, end, tuple(lines), is_strong(pieces, end), follower)


def style_of(groups: Sequence[Group]) -> Style:
    """The style of a page with these headline groups."""
    used = Counter(group.rank for group in groups)
    strong = Counter(group.rank for group in groups if group.strong)
    marked = [rank for rank in used if rank < PLAIN_RANK]
    top = min(marked, default=PLAIN_RANK)
    if used[top] == 1 and len(marked) > 1 and not strong[top]:
        top = sorted(marked)[1] if strong[sorted(marked)[1]] else top
    return Style(used, strong, top, len(marked) > 1, tuple(groups))


def is_strong(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what stands at ``index`` shows that a headline stood before it."""
    marked = index > 0 and pieces[index - 1].is_heading
    for piece in pieces[index : index + 3]:
        if piece.jump is not None and not piece.jump.out:
            return True
        if piece.skip is not None or piece.block.kind not in {BlockKind.TEXT, BlockKind.HEADING}:
            return False
        text = piece.text
        if piece.block.role in {BlockRole.BYLINE, BlockRole.DATELINE}:
            return True
        if is_dateline(text):
            return marked or text[0] in "（("
        if is_byline(text) or is_speaker(text) or (is_name(text) and not is_column_head(text)):
            return True
        if split_lead(text):
            return True
        if not is_headline(piece):
            return False
    return False


def opens_item(group: Group, style: Style, before: Piece | None, *, signed: bool) -> bool:
    """Whether the group begins an item of its own.

    ``before`` is the piece before it, None where no item is open; ``signed`` says that the open
    item has a byline, as those that are divided into parts have.
    """
    if any(line.block.role is BlockRole.TITLE for line in group.lines) or before is None:
        return True
    if is_advert_title(group.main.text):
        return True
    if is_part_head(group.main.text) and not group.strong:
        return False
    if is_column_head(group.main.text):
        return group.rank < PLAIN_RANK or is_complete(before)
    if group.rank == PLAIN_RANK:
        return _plain_opens(group, style, before, signed=signed)
    return _weight(group, style, before, signed=signed) > 0


def heads_part(group: Group, style: Style, before: Piece | None) -> bool:
    """Whether a line without a mark, which begins no item, heads a part of the one it is in."""
    if before is None or group.follower is None or len(group.lines) > 1 or group.rank < PLAIN_RANK:
        return False
    if is_part_head(group.main.text):
        return True
    if any(rank < PLAIN_RANK for rank in style.used) or not is_complete(before):
        return False
    text = group.main.text
    if "，" in text or not ends_sentence(group.follower.text) or len(text) > _LONGEST_PART:
        return False
    return style.parallel(group) > 0 or " " in text or text.count("“") == text.count("”") > 0


def _weight(group: Group, style: Style, before: Piece, *, signed: bool) -> float:
    text = group.main.text
    weight = 4.0 if group.strong else 0.0
    weight += _rank_weight(group.rank, style)
    weight += 3.0 if _has_ended(before) else 0.0
    weight += 1.5 if group.follower is not None and _CUE.match(group.follower.text) else 0.0
    weight += _length_weight(len(text))
    weight += 2.0 if group.follower is not None and is_caption(group.follower.text) else 0.0
    weight += 2.0 if is_notice_title(text) or is_document_title(text) else 0.0
    weight += 1.0 if len(group.lines) > 1 else 0.0
    if signed and not group.strong:
        weight -= min(_MOST_LIKENESS, style.parallel(group)) + 0.5 * (len(text) <= 9)
        weight -= 2.0 if style.share(group.rank) >= 0.5 and not style.layered else 0.0
    return weight


def _is_weak(group: Group) -> bool:
    return not group.strong


def _likeness(group: Group, other: Group) -> float:
    """Headings of parts are alike: rank, length, often the first character and the quotes."""
    if other.rank != group.rank:
        return 0.0
    mine, theirs = group.main.text, other.main.text
    alike = 1.5 * (abs(len(mine) - len(theirs)) <= 1) + 1.5 * (mine[0] == theirs[0])
    return alike + 1.0 * (mine.count("“") == theirs.count("“") > 0)


def _rank_weight(rank: int, style: Style) -> float:
    if rank <= style.top:
        return 3.0 if style.layered and style.used[style.top] > 1 else 1.0
    if style.used[style.top] == 1 and style.share(rank) >= 0.3:
        return 0.0
    return -3.0


def _length_weight(length: int) -> float:
    if length >= 20:
        return 2.0
    if length >= 14:
        return 1.0
    return -0.5 if length <= 9 else 0.0


def _plain_opens(group: Group, style: Style, before: Piece, *, signed: bool) -> bool:
    """Lines without any mark: only after an end, before a sentence, and not against the marks."""
    if group.strong and len(group.lines) == 1:
        return True
    if not is_complete(before) or group.follower is None:
        return False
    if group.strong:
        return True
    if any(rank < PLAIN_RANK for rank in style.used):
        return False
    long_body = len(group.follower.text) >= _LONG_BODY or ends_sentence(group.follower.text)
    if not long_body or "，" in group.main.text:
        return False
    return _weight(group, style, before, signed=signed) > 0


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
    )


def _has_ended(before: Piece) -> bool:
    return (
        before.skip in _ENDED
        or before.block.kind is BlockKind.RULE
        or (before.skip is None and is_trailing_credit(before.text))
    )


def _is_line(piece: Piece) -> bool:
    known = piece.block.role in {BlockRole.BODY, BlockRole.BYLINE, BlockRole.DATELINE}
    return piece.skip is None and not known and is_headline(piece)


def _follower(pieces: Sequence[Piece], index: int) -> Piece | None:
    return next(
        (
            p
            for p in pieces[index : index + 4]
            if p.skip is None and p.block.kind is not BlockKind.RULE
        ),
        None,
    )
