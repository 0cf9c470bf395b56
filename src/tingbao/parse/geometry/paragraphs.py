"""The lines of segments into paragraphs: by their indents, their ends, the white between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.geometry.page import TextLine, around, stacked
from tingbao.parse.geometry.segments import Segment, uses_indents
from tingbao.parse.text_cues import ends_sentence

_SUBHEAD = 1.12
_ALIKE = 1.15
_WHITE, _FAR = 0.4, 3.0
"""How much white, in the size of the body, parts two paragraphs; more holds a picture."""

_LONGEST_SUBHEAD = 40
_HYPHEN = re.compile(r"[A-Za-z]-$")


def paragraphs_of(flow: Sequence[Segment]) -> list[Block]:
    """The paragraphs of segments in reading order.

    One that goes on in another segment is a block in each, all of them known to be body and the
    later ones marked as the rest.
    """
    blocks: list[Block] = []
    before: Segment | None = None
    indents = uses_indents(flow)
    for segment in flow:
        for number, run in enumerate(_runs(segment)):
            block = replace(_block(segment, run), tight=number > 0)
            heads = block.kind is BlockKind.HEADING or block.bold
            if (
                number == 0
                and before is not None
                and not heads
                and _is_rest(before, segment, indents=indents)
            ):
                blocks[-1] = replace(blocks[-1], role=BlockRole.BODY)
                block = replace(block, continues=True, role=BlockRole.BODY)
            blocks.append(block)
        before = segment
    return blocks


def _is_rest(before: Segment, segment: Segment, *, indents: bool) -> bool:
    """Whether a segment begins with the rest of the paragraph that the one before broke off."""
    if before.lines[-1].bold or segment.opens or before.size > _ALIKE * segment.size:
        return False
    if segment.size > _ALIKE * before.size:
        return False
    gap = segment.box.top - before.box.bottom
    if stacked(before.box, segment.box) and _WHITE * segment.unit < gap < _FAR * segment.unit:
        return False  # white parts paragraphs that are not indented
    return (indents and before.is_full) or not ends_sentence(before.text)


def _runs(segment: Segment) -> Iterator[list[TextLine]]:
    """The lines of a segment, those of one paragraph together."""
    indents = any(segment.is_indented(line) for line in segment.lines)
    run: list[TextLine] = []
    for line in segment.lines:
        if run and (
            segment.is_indented(line)
            or line.bold != run[-1].bold
            or run[-1].is_larger(line.size)
            or _is_last(segment, run[-1], line, indents=indents)
        ):
            yield run
            run = []
        run.append(line)
    yield run


def _is_last(segment: Segment, line: TextLine, below: TextLine, *, indents: bool) -> bool:
    """Whether a line ends a paragraph: it is short, and no word that was too long made it so.

    Of a bold heading that is longer than its column each line may be short.
    """
    if segment.reaches_end(line):
        return False
    if segment.is_half(line):
        return True
    return not (line.bold and below.bold) and (not indents or ends_sentence(line.text))


def _block(segment: Segment, run: Sequence[TextLine]) -> Block:
    text = ""
    for line in run:
        text = _joined(text, line.text.strip())
    box = around(line.box for line in run)
    size = median(line.size for line in run)
    if size >= _SUBHEAD * segment.unit and len(text) <= _LONGEST_SUBHEAD:
        return Block(text, kind=BlockKind.HEADING, level=5, box=box)
    bold = all(line.bold for line in run)
    return Block(text, box=box, bold=bold, indented=segment.is_indented(run[0]))


def _joined(text: str, following: str) -> str:
    """Two lines of one text: words of Latin letters are parted, one that was broken is whole."""
    if _HYPHEN.search(text) and following[:1].islower():
        return text[:-1] + following
    latin = text[-1:].isascii() and following[:1].isascii() and text and following
    return f"{text} {following}" if latin else text + following
