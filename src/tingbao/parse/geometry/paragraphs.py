"""The lines of segments into paragraphs: by their indents, their ends, the white between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from tingbao.parse.blocks import Block, BlockKind
from tingbao.parse.geometry.page import TextLine, around, stacked
from tingbao.parse.geometry.segments import Segment
from tingbao.parse.text_cues import ends_sentence

_INDENT = 1.2
_SHORT = 1.5
"""By how many characters a line is indented, or short of the edge, that begins or ends a
paragraph."""

_SUBHEAD = 1.12
_LONGEST_SUBHEAD = 40
_HYPHEN = re.compile(r"[A-Za-z]-$")


def paragraphs_of(flow: Sequence[Segment]) -> Iterator[Block]:
    """The paragraphs of segments in reading order.

    One that goes on in another segment is a block in each, the later ones marked as such.
    """
    before: tuple[Segment, float] | None = None
    for segment in flow:
        left, right = _edges(segment, flow)
        runs = list(_runs(segment, left, right))
        for number, run in enumerate(runs):
            block = _block(segment, run, left)
            if number == 0:
                going_on = before is not None and _goes_on(*before, run[0], left, block)
                block = replace(block, continues=going_on)
            yield replace(block, tight=number > 0)
        before = segment, right


def _edges(segment: Segment, flow: Sequence[Segment]) -> tuple[float, float]:
    """Where the lines of a segment begin and end when they fill its column."""
    if segment.vertical:
        return segment.box.top, segment.box.bottom
    column = [o for o in flow if o.size < _SUBHEAD * o.unit and stacked(o.box, segment.box, 0.8)]
    lines = segment.lines if len(segment.lines) > 2 else [x for o in column for x in o.lines]
    lines = lines or segment.lines
    unit = segment.size
    lefts = sorted(line.box.left for line in lines)
    left = next(x for x in lefts if sum(abs(x - y) < unit / 2 for y in lefts) * 5 >= len(lefts))
    return left, max(line.box.right for line in lines)


def _start(line: TextLine) -> float:
    return line.box.top if line.vertical else line.box.left


def _end(line: TextLine) -> float:
    return line.box.bottom if line.vertical else line.box.right


def _runs(segment: Segment, left: float, right: float) -> Iterator[list[TextLine]]:
    """The lines of a segment, those of one paragraph together."""
    size = segment.size
    gaps = [below.box.top - above.box.bottom for above, below in pairwise(segment.lines)]
    usual = median(gaps) if gaps else 0.0
    run: list[TextLine] = []
    for line in segment.lines:
        if run and (
            _start(line) - left > _INDENT * size
            or right - _end(run[-1]) > _SHORT * size
            or line.bold != run[-1].bold
            or (not line.vertical and line.box.top - run[-1].box.bottom > usual + 0.5 * size)
        ):
            yield run
            run = []
        run.append(line)
    yield run


def _goes_on(before: Segment, right: float, line: TextLine, left: float, block: Block) -> bool:
    """Whether a segment begins with the rest of the paragraph that the one before broke off."""
    if block.kind is BlockKind.HEADING or block.bold or before.lines[-1].bold:
        return False
    full = right - _end(before.lines[-1]) <= _SHORT * before.size
    flush = _start(line) - left <= _INDENT * line.size
    same = max(before.size, line.size) < 1.15 * min(before.size, line.size)
    return same and flush and (full or not ends_sentence(before.text))


def _block(segment: Segment, run: Sequence[TextLine], left: float) -> Block:
    text = ""
    for line in run:
        text = _joined(text, line.text.strip())
    box = around(line.box for line in run)
    size = median(line.size for line in run)
    if size >= _SUBHEAD * segment.unit and len(text) <= _LONGEST_SUBHEAD:
        return Block(text, kind=BlockKind.HEADING, level=5, box=box)
    bold = all(line.bold for line in run)
    indented = _start(run[0]) - left > _INDENT * segment.size
    return Block(text, box=box, bold=bold, indented=indented)


def _joined(text: str, following: str) -> str:
    """Two lines of one text: words of Latin letters are parted, one that was broken is whole."""
    if _HYPHEN.search(text) and following[:1].islower():
        return text[:-1] + following
    latin = text[-1:].isascii() and following[:1].isascii() and text and following
    return f"{text} {following}" if latin else text + following
