"""Lines into segments: the lines of one column that stand close below each other.

Each line is tied to its nearest neighbour below (Docstrum: O'Gorman, The document spectrum for
page layout analysis, 1993); what is tied together is one segment. Pieces of one line are put
together first, where no gutter runs between them: a gutter is a gap that the lines above and
below leave free too (whitespace covers: Breuel 2002, simplified to neighbours).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tingbao.models import Box
from tingbao.parse.geometry.page import (
    PageGeometry,
    TextLine,
    around,
    height,
    middle,
    parts_below,
    shared_x,
    side_by_side,
    stacked,
    width,
)

_LARGER = 1.25
"""From how many times the size of the body on type is a headline's."""

_ALIKE = 1.2
_CLOSE = 1.3
"""How far, in its own size, the next line of a segment may be below one."""

_INDENT = 2.7
_WORD_GAP = 0.35
_WIDEST_GAP = 1.7
"""Up to which gap, in their size, pieces of a row may be one line."""

_FEWEST_STACKED = 3
_LONGEST_HEAD = 90


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of one column; ``unit`` is the size of the page's body, ``size`` that of these."""

    lines: tuple[TextLine, ...]
    box: Box
    size: float
    unit: float

    @property
    def text(self) -> str:
        """All its lines."""
        return "".join(line.text for line in self.lines)

    @property
    def vertical(self) -> bool:
        """Whether its lines run from top to bottom."""
        return self.lines[0].vertical

    @property
    def is_head(self) -> bool:
        """Whether it is set like a headline: larger than the body, and short."""
        return self.size >= _LARGER * self.unit and len(self.text) <= _LONGEST_HEAD


def body_size(lines: Sequence[TextLine]) -> float:
    """The size in which the middle character of all is set."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return size
    return 0.0


def segments_of(page: PageGeometry) -> list[Segment]:
    """The segments of the page, each of its lines in exactly one."""
    lines = [line for line in page.lines if line.text.strip()]
    unit = body_size(lines)
    upright, level = _upright(_joined(lines, page.rules))
    chains = [*_chains(level, page.rules), *_vertical_chains(upright)]
    return [_segment(chain, unit) for chain in chains]


def _segment(lines: Sequence[TextLine], unit: float) -> Segment:
    return Segment(
        tuple(lines), around(line.box for line in lines), median(line.size for line in lines), unit
    )


# --- pieces of a line -----------------------------------------------------------------------


class _Rows:
    """Lines by their tops, so that those near a height are found without a look at all."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = sorted(lines, key=lambda line: (line.box.top, line.box.left))
        self.tops = [line.box.top for line in self.lines]
        self.tallest = max((height(line.box) for line in lines), default=0.0)

    def between(self, top: float, bottom: float) -> Iterator[TextLine]:
        """The lines that stand at least partly between two heights."""
        start = bisect.bisect_left(self.tops, top - self.tallest)
        for line in self.lines[start : bisect.bisect_right(self.tops, bottom)]:
            if line.box.bottom >= top:
                yield line


def _joined(lines: Sequence[TextLine], rules: Sequence[Box]) -> list[TextLine]:
    """The lines, pieces of one line put together."""
    rows = _Rows([line for line in lines if not line.vertical])
    following = {id(line): _piece_after(line, rows, rules) for line in rows.lines}
    pieces = {id(after) for after in following.values() if after is not None}
    result = [line for line in lines if line.vertical]
    for line in rows.lines:
        if id(line) in pieces:
            continue
        parts, after = [line], following[id(line)]
        while after is not None:
            parts.append(after)
            after = following[id(after)]
        result.append(_one_line(parts))
    return result


def _one_line(parts: Sequence[TextLine]) -> TextLine:
    if len(parts) == 1:
        return parts[0]
    text = parts[0].text
    for before, part in pairwise(parts):
        apart = part.box.left - before.box.right > _WORD_GAP * before.size
        text += f" {part.text}" if apart else part.text
    scores = [part.score for part in parts if part.score is not None]
    return replace(
        max(parts, key=lambda part: len(part.text)),
        text=text,
        box=around(part.box for part in parts),
        score=min(scores) if scores else None,
        bold=all(part.bold for part in parts),
    )


def _piece_after(line: TextLine, rows: _Rows, rules: Sequence[Box]) -> TextLine | None:
    """The piece that goes on with a line to its right, if one does."""
    box, size = line.box, line.size
    beside = [
        other for other in rows.between(box.top, box.bottom)
        if other is not line and side_by_side(box, other.box, 0.6)
        and box.right - 0.5 * size <= other.box.left <= box.right + _WIDEST_GAP * size
        and other.box.left > box.left
    ]  # fmt: skip
    if not beside:
        return None
    after = min(beside, key=lambda other: other.box.left)
    gap = after.box.left - box.right
    if max(size, after.size) > _ALIKE * min(size, after.size) or _is_ruled(line, after, rules):
        return None
    if gap > _WORD_GAP * size and _is_gutter(line, after, rows):
        return None
    return after


def _is_ruled(line: TextLine, after: TextLine, rules: Sequence[Box]) -> bool:
    return any(
        height(rule) > width(rule)
        and line.box.right - 1 <= middle(rule) <= after.box.left + 1
        and rule.top < line.box.bottom
        and rule.bottom > line.box.top
        for rule in rules
    )


def _is_gutter(line: TextLine, after: TextLine, rows: _Rows) -> bool:
    """Whether the lines above or below leave the gap between two pieces free as well."""
    at, size = (line.box.right + after.box.left) / 2, line.size
    free = False
    for top, bottom in (
        (line.box.top - 1.6 * size, line.box.top - 0.1 * size),
        (line.box.bottom + 0.1 * size, line.box.bottom + 1.6 * size),
    ):
        near = [
            other.box for other in rows.between(top, bottom)
            if not side_by_side(other.box, line.box) and other.size < _ALIKE * size
            and shared_x(other.box, Box(line.box.left, 0, after.box.right, 0)) > 0
        ]  # fmt: skip
        covered = any(box.left < at - 0.2 * size < at + 0.2 * size < box.right for box in near)
        free = free or (bool(near) and not covered)
    return free


# --- what is set from top to bottom ---------------------------------------------------------


def _upright(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """Vertical lines, those among them that are printed as single characters, and the others."""
    singles = [line for line in lines if len(line.text) == 1 and not line.vertical]
    rows = _Rows(singles)
    used: set[int] = set()
    upright = [line for line in lines if line.vertical]
    for line in rows.lines:
        stack = [line]
        while id(stack[-1]) not in used and (below := _single_below(stack[-1], rows)):
            stack.append(below)
        if len(stack) >= _FEWEST_STACKED and id(line) not in used:
            used |= {id(one) for one in stack}
            upright.append(
                replace(
                    line,
                    text="".join(one.text for one in stack),
                    box=around(one.box for one in stack),
                    vertical=True,
                )
            )
    return upright, [line for line in lines if not line.vertical and id(line) not in used]


def _single_below(line: TextLine, rows: _Rows) -> TextLine | None:
    box, size = line.box, line.size
    return next(
        (
            other for other in rows.between(box.bottom - 0.3 * size, box.bottom + 0.8 * size)
            if other.box.top > box.top + 0.6 * size and stacked(box, other.box, 0.7)
            and max(size, other.size) < _ALIKE * min(size, other.size)
        ),
        None,
    )  # fmt: skip


def _vertical_chains(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Vertical lines beside each other, from right to left."""
    chains: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: -one.box.right):
        for chain in chains:
            last = chain[-1]
            gap = last.box.left - line.box.right
            alike = max(last.size, line.size) < _ALIKE * min(last.size, line.size)
            if alike and side_by_side(last.box, line.box) and gap < _CLOSE * line.size:
                chain.append(line)
                break
        else:
            chains.append([line])
    return chains


# --- lines below each other -----------------------------------------------------------------


def _chains(lines: Sequence[TextLine], rules: Sequence[Box]) -> list[list[TextLine]]:
    rows = _Rows(lines)
    below = {id(line): _line_below(line, rows, rules) for line in rows.lines}
    above: dict[int, int] = {}
    for after in below.values():
        if after is not None:
            above[id(after)] = above.get(id(after), 0) + 1
    chains = []
    for line in rows.lines:
        if above.get(id(line)) == 1:
            continue
        chain, after = [line], below[id(line)]
        while after is not None and above[id(after)] == 1:
            chain.append(after)
            after = below[id(after)]
        chains.append(chain)
    return chains


def _line_below(line: TextLine, rows: _Rows, rules: Sequence[Box]) -> TextLine | None:
    """The one line that stands next below in the same column, if it is set alike."""
    box, size = line.box, line.size
    near = [
        other for other in rows.between(box.bottom - 0.4 * size, box.bottom + _CLOSE * size)
        if other.box.top > box.top + 0.5 * size and stacked(box, other.box)
    ]  # fmt: skip
    if not near:
        return None
    first = min(near, key=lambda other: other.box.top)
    if sum(other.box.top < first.box.top + 0.5 * size for other in near) > 1:
        return None
    if max(size, first.size) > _ALIKE * min(size, first.size):
        return None
    if not _is_aligned(box, first.box, size) or parts_below(box, first.box, rules):
        return None
    return first


def _is_aligned(upper: Box, lower: Box, size: float) -> bool:
    """Whether two lines keep one edge, give or take an indent, or one middle."""
    return (
        abs(upper.left - lower.left) <= _INDENT * size
        or abs(upper.right - lower.right) <= 0.6 * size
        or abs(middle(upper) - middle(lower)) <= 0.6 * size
    )
