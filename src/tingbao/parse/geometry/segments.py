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

_ALIKE, _SAME = 1.2, 1.15
_CLOSE = 1.3
"""How far, in its own size, the next line of a segment may be below one."""

_INDENT = 2.7
_WORD_GAP = 0.35
_WIDEST_GAP = 1.7
"""Up to which gap, in their size, pieces of a row may be one line."""

_FEWEST_STACKED = 3
_SHORTEST_INDENT = 1.2
_RAGGED = 1.5
"""How many characters a line of a column is indented, or how many it may be short of its end."""

_TELLING = 5
_MORE = 0.5
"""How much more white than usual, in the size of the body, parts two segments."""
_LONGEST_HEAD = 90


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of one column.

    Attributes:
        lines: from above, vertical ones from the right.
        box: the box around them.
        size: the usual size of their glyphs, ``unit`` that of the page's body.
        start: where lines begin that fill the column: from the left, or from above if vertical.
        end: where such lines end.
    """

    lines: tuple[TextLine, ...]
    box: Box
    size: float
    unit: float
    start: float
    end: float

    @property
    def text(self) -> str:
        """All its lines."""
        return "".join(line.text for line in self.lines)

    @property
    def vertical(self) -> bool:
        """Whether its lines run from top to bottom."""
        return self.lines[0].vertical

    @property
    def opens(self) -> bool:
        """Whether its first line is indented, as that of a paragraph."""
        return self.is_indented(self.lines[0])

    @property
    def is_full(self) -> bool:
        """Whether its last line reaches the end of the column."""
        return self.reaches_end(self.lines[-1])

    def cut(self, number: int) -> tuple[Segment, Segment]:
        """Its first lines, and the others."""
        first, rest = self.lines[:number], self.lines[number:]
        return (
            replace(self, lines=first, box=around(line.box for line in first)),
            replace(self, lines=rest, box=around(line.box for line in rest)),
        )

    def is_indented(self, line: TextLine) -> bool:
        """Whether a line of it begins with an indent."""
        at = line.box.top if line.vertical else line.box.left
        return at - self.start > _SHORTEST_INDENT * self.size

    def reaches_end(self, line: TextLine) -> bool:
        """Whether a line of it ends where the column does, give or take a mark."""
        at = line.box.bottom if line.vertical else line.box.right
        return self.end - at <= _RAGGED * self.size

    def is_half(self, line: TextLine) -> bool:
        """Whether a line of it leaves a third of the column white."""
        at = line.box.bottom if line.vertical else line.box.right
        return (self.end - at) * 3 > self.end - self.start

    @property
    def is_head(self) -> bool:
        """Whether it is set like a headline: larger than the body, and short."""
        return self.size >= _LARGER * self.unit and len(self.text) <= _LONGEST_HEAD


def uses_indents(segments: Sequence[Segment]) -> bool:
    """Whether paragraphs are indented: else white between them shows where one begins."""
    columns = [one for one in segments if len(one.lines) > 2]
    indented = sum(any(map(one.is_indented, one.lines)) for one in columns)
    return indented * 3 >= len(columns)


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
    upright, level = _upright(_joined(lines, unit, page.rules))
    chains = [*_chains(level, page.rules, _usual_gap(level, unit)), *_vertical_chains(upright)]
    boxes = [around(line.box for line in chain) for chain in chains]
    return [
        _segment(chain, box, unit, _peers(number, chains, boxes))
        for number, (chain, box) in enumerate(zip(chains, boxes, strict=True))
    ]


def _segment(
    lines: Sequence[TextLine], box: Box, unit: float, peers: Sequence[TextLine]
) -> Segment:
    size = median(line.size for line in lines)
    if lines[0].vertical:
        return Segment(tuple(lines), box, size, unit, box.top, box.bottom)
    start = _edge(sorted(line.box.left for line in peers), size)
    end = _edge(sorted((line.box.right for line in peers), reverse=True), size)
    return Segment(tuple(lines), box, size, unit, start, end)


def _edge(places: Sequence[float], size: float) -> float:
    """The outermost of places, from outside, where several lines have theirs."""
    shared = (x for x in places if sum(abs(x - y) < size / 2 for y in places) * 5 >= len(places))
    return next(shared, places[0])


def _peers(
    number: int, chains: Sequence[Sequence[TextLine]], boxes: Sequence[Box]
) -> Sequence[TextLine]:
    """The lines that show how wide a column is: those of a long segment, else all of the column."""
    own, box = chains[number], boxes[number]
    if len(own) >= _TELLING or own[0].vertical:
        return own
    size = own[0].size
    alike = [
        line
        for chain, other in zip(chains, boxes, strict=True)
        if stacked(box, other, 0.8) and abs(other.left - box.left) < _INDENT * size
        for line in chain
        if max(line.size, size) < _ALIKE * min(line.size, size) and not line.vertical
    ]
    return alike or own


def _usual_gap(lines: Sequence[TextLine], unit: float) -> float:
    """The white between two lines of the body."""
    body = [line for line in lines if abs(line.size - unit) < 0.1 * unit]
    rows = _Rows(body)
    gaps = []
    for line in body:
        box = line.box
        below = [
            other.box.top - box.bottom
            for other in rows.between(box.bottom - 0.3 * unit, box.bottom + _CLOSE * unit)
            if other.box.top > box.top + 0.5 * unit and stacked(box, other.box)
        ]
        gaps += [min(below)] if below else []
    return median(gaps) if gaps else 0.4 * unit


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


def _joined(lines: Sequence[TextLine], unit: float, rules: Sequence[Box]) -> list[TextLine]:
    """The lines, pieces of one line put together."""
    rows = _Rows([line for line in lines if not line.vertical])
    following = {id(line): _piece_after(line, rows, unit, rules) for line in rows.lines}
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
        bold=sum(len(part.text) * (1 if part.bold else -1) for part in parts) > 0,
    )


def _piece_after(line: TextLine, rows: _Rows, unit: float, rules: Sequence[Box]) -> TextLine | None:
    """The piece that goes on with a line to its right, if one does."""
    box, size = line.box, line.size
    beside = [
        other for other in rows.between(box.top, box.bottom)
        if other is not line and side_by_side(box, other.box, 0.6)
        and box.right - 0.7 * size <= other.box.left <= box.right + _WIDEST_GAP * size
        and other.box.left > box.left
    ]  # fmt: skip
    if not beside:
        return None
    after = min(beside, key=lambda other: other.box.left)
    gap = after.box.left - box.right
    if max(size, after.size) > _ALIKE * min(size, after.size) or _is_ruled(line, after, rules):
        return None
    unlike = line.bold != after.bold and size < _LARGER * unit
    if (gap > _WORD_GAP * size or unlike) and _is_gutter(line, after, rows):
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
    size = line.size
    at = min((line.box.right + after.box.left) / 2, after.box.left - 0.25 * size)
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
    """Vertical lines, those printed as single characters among them, and the others.

    Figures in a vertical line lie on their side: they are pieces of it.
    """
    rows = _Rows([line for line in lines if len(line.text) == 1 or line.vertical])
    used: set[int] = set()
    upright: list[TextLine] = []
    for line in rows.lines:
        if id(line) in used:
            continue
        stack = [line]
        while (below := _piece_below(stack[-1], rows)) and id(below) not in used:
            stack.append(below)
        if len(stack) >= _FEWEST_STACKED or any(one.vertical for one in stack):
            used |= {id(one) for one in stack}
            upright.append(
                replace(
                    max(stack, key=lambda one: one.size),
                    text="".join(one.text for one in stack),
                    box=around(one.box for one in stack),
                    vertical=True,
                )
            )
    return upright, [line for line in lines if id(line) not in used]


def _piece_below(line: TextLine, rows: _Rows) -> TextLine | None:
    box, size = line.box, line.size
    lowest = max(box.top, box.bottom - 0.4 * size)
    return next(
        (
            other for other in rows.between(box.bottom - 0.3 * size, box.bottom + 0.8 * size)
            if other.box.top > lowest and stacked(box, other.box, 0.7)
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


def _chains(lines: Sequence[TextLine], rules: Sequence[Box], usual: float) -> list[list[TextLine]]:
    rows = _Rows(lines)
    below = {id(line): _line_below(line, rows, rules, usual) for line in rows.lines}
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


def _line_below(line: TextLine, rows: _Rows, rules: Sequence[Box], usual: float) -> TextLine | None:
    """The one line that stands next below in the same column, if it is set alike."""
    box, size = line.box, line.size
    near = [
        other for other in rows.between(box.bottom - 0.4 * size, box.bottom + _CLOSE * size)
        if other.box.top > box.top + 0.5 * size
        and (stacked(box, other.box) or 1.5 * size < abs(other.box.left - box.left) < 2.5 * size)
    ]  # fmt: skip
    if not near:
        return None
    first = min(near, key=lambda other: other.box.top)
    if sum(other.box.top < first.box.top + 0.5 * size for other in near) > 1:
        return None
    if max(size, first.size) > _SAME * min(size, first.size):
        return None
    if first.box.top - box.bottom > max(usual + _MORE * size, 0.7 * size):
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
