"""The blocks of a page in reading order, from where its lines stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from tingbao.models import Box
from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.credits import is_caption, is_dateline
from tingbao.parse.furniture import skip_reason
from tingbao.parse.geometry.items import Headline, Item, items_of
from tingbao.parse.geometry.page import (
    PageGeometry,
    around,
    shared_x,
    shared_y,
    stacked,
    width,
)
from tingbao.parse.geometry.paragraphs import paragraphs_of
from tingbao.parse.geometry.segments import Segment, segments_of
from tingbao.parse.headlines import begins_with_dash
from tingbao.parse.mastheads import PageArea
from tingbao.parse.text_cues import ends_sentence

_EDGE = 0.16
"""Which part of the page at its top and foot may hold what is printed around the text."""

_LEVELS = (2.6, 1.8, 1.4)
"""From how many times the size of the body on a headline is of level 1, 2, 3."""

_LONGEST_CAPTION = 160
_INDENT = 2.7
_SAME_SIZE = 0.03
_LONGEST_BYLINE = 36
_NEAR = 2.5
"""How far from its picture, in the size of the body, a caption begins."""


def arrange(page: PageGeometry) -> tuple[Block, ...]:
    """The blocks of a page in reading order: edges of the page first and last, items between.

    Titles that stand over their text have the role of one; what heads a part of a text has a
    level alone. Each block is a paragraph or the part of it that stands in one column.
    """
    segments = segments_of(page)
    if not segments:
        return ()
    top, foot, inner = _without_edges(page, segments)
    captions = [one for one in inner if _is_caption(one, page, inner)]
    items = items_of(page, [one for one in inner if one not in captions])
    items = _with_captions(items, captions, page)
    captions += [one for item in items if _is_photo(item, page) for one in item.texts]
    blocks = list(_edge(top))
    for item in _in_order(items):
        blocks += _blocks_of(item, captions)
    return (*blocks, *_edge(foot))


def _edge(segments: Sequence[Segment]) -> Iterator[Block]:
    for one in sorted(segments, key=lambda one: (round(one.box.top / one.unit), one.box.left)):
        for line in one.lines:
            yield Block(line.text, box=line.box, role=BlockRole.FURNITURE)


def _without_edges(
    page: PageGeometry, segments: Sequence[Segment]
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """What stands at the top and at the foot of the page around the text, and the rest."""
    whole = around(one.box for one in segments)
    high = page.height or whole.bottom
    tops, feet = set(), set()
    for number, one in enumerate(segments):
        if len(one.text) > _LONGEST_CAPTION:
            continue
        if one.box.bottom < _EDGE * high and skip_reason(one.text, PageArea.HEAD):
            tops.add(number)
        elif one.box.top > (1 - _EDGE / 2) * high and skip_reason(one.text, PageArea.FOOT):
            feet.add(number)
    tops = {number for number in tops if not _is_under_text(number, tops, segments)}
    small = [segments[n].box.bottom for n in tops if not segments[n].is_head]
    cut = max(small, default=0.0)
    tops = {n for n in tops if not segments[n].is_head or segments[n].box.top < cut}
    for number, one in enumerate(segments):
        if one.box.bottom < cut + one.unit / 2 and (_is_ruled_off(one, page) or number in tops):
            tops.add(number)
    inner = [one for n, one in enumerate(segments) if n not in tops and n not in feet]
    return [segments[n] for n in sorted(tops)], [segments[n] for n in sorted(feet)], inner


def _is_under_text(number: int, tops: set[int], segments: Sequence[Segment]) -> bool:
    """Whether a headline or a column stands over what looks like the head of a page."""
    box = segments[number].box
    return any(
        other not in tops
        and (one.is_head or len(one.lines) > 2)
        and one.box.bottom < box.bottom
        and shared_x(one.box, box) > 0
        for other, one in enumerate(segments)
    )


def _is_ruled_off(segment: Segment, page: PageGeometry) -> bool:
    """Whether a rule over most of the page keeps the segment from what is below."""
    return len(segment.lines) < 3 and any(
        width(rule) > 0.6 * page.width and segment.box.bottom <= rule.top + segment.unit
        and rule.bottom < _EDGE * (page.height or rule.bottom)
        for rule in page.rules
    )  # fmt: skip


# --- pictures -------------------------------------------------------------------------------


def _is_caption(segment: Segment, page: PageGeometry, segments: Sequence[Segment]) -> bool:
    """Whether a short text stands right under a picture, no wider than it, and ends there."""
    if segment.is_head or segment.vertical or len(segment.text) > _LONGEST_CAPTION:
        return False
    for picture in page.pictures:
        gap = segment.box.top - picture.bottom
        within = shared_x(segment.box, picture) > 0.9 * width(segment.box)
        if within and -segment.unit < gap < _NEAR * segment.unit:
            return not _flows_on(segment, picture, segments)
    return False


def _is_photo(item: Item, page: PageGeometry) -> bool:
    """Whether an item is a picture with a headline and a few words below it."""
    if item.headline is None or sum(len(one.text) for one in item.texts) > _LONGEST_CAPTION:
        return False
    box, near = item.box, _NEAR * item.headline.title.unit
    return any(
        -near < box.top - picture.bottom < near and shared_x(box, picture) > 0.9 * width(box)
        for picture in page.pictures
    )


def _flows_on(segment: Segment, picture: Box, segments: Sequence[Segment]) -> bool:
    """Whether what stands under a picture is a column's text that goes on below it.

    A caption is set in other type than the column over its picture, or says that it is one.
    """
    if any(line.bold for line in segment.lines) or is_caption(segment.text):
        return False
    return any(
        one is not segment
        and one.box.bottom <= picture.top + segment.unit
        and abs(one.start - segment.box.left) < _INDENT * segment.unit
        and abs(one.end - segment.end) < segment.unit
        and abs(one.size - segment.size) < _SAME_SIZE * segment.unit
        for one in segments
    )


def _with_captions(
    items: Sequence[Item], captions: Sequence[Segment], page: PageGeometry
) -> list[Item]:
    """The items, each caption with the one that stands nearest to it and its picture."""
    result = list(items)
    for caption in captions:
        if not items:
            result.append(Item(None, (caption,)))
            continue
        picture = min(page.pictures, key=lambda box: _distance(box, caption.box))
        both = around([picture, caption.box])
        at = min(range(len(items)), key=lambda n: _nearness(items[n], caption.box, both))
        result[at] = replace(result[at], texts=(*result[at].texts, caption))
    return result


def _nearness(item: Item, caption: Box, both: Box) -> tuple[float, float]:
    """How far an item is from a caption and its picture, and from the caption alone."""
    heads = item.headline.parts if item.headline else ()
    boxes = [one.box for one in (*heads, *item.texts)]
    return (
        min(_distance(box, both) for box in boxes),
        min(_distance(box, caption) for box in boxes),
    )


def _distance(one: Box, other: Box) -> float:
    return max(0.0, -shared_x(one, other)) + max(0.0, -shared_y(one, other))


# --- order ----------------------------------------------------------------------------------


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Items as they are read: what stands above first, then from the left.

    The page is cut where white runs through (recursive XY cut: Nagy and Seth 1984), across
    first; where no cut is left, the upper corners decide.
    """
    if len(items) < 2:
        return list(items)
    for start, end in ((_top, _bottom), (_left, _right)):
        groups = _cut(items, start, end)
        if len(groups) > 1:
            return [item for group in groups for item in _in_order(group)]
    return sorted(items, key=lambda item: (item.box.top, item.box.left))


def _top(box: Box) -> float:
    return box.top


def _bottom(box: Box) -> float:
    return box.bottom


def _left(box: Box) -> float:
    return box.left


def _right(box: Box) -> float:
    return box.right


def _cut(
    items: Sequence[Item], start: Callable[[Box], float], end: Callable[[Box], float]
) -> list[list[Item]]:
    groups: list[list[Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda one: start(one.box)):
        if groups and start(item.box) < reach - 0.5:
            groups[-1].append(item)
            reach = max(reach, end(item.box))
        else:
            groups.append([item])
            reach = end(item.box)
    return groups


def _flow(texts: Sequence[Segment]) -> list[Segment]:
    """The texts of one item as they are read: column by column, cut by what runs over several."""
    if len(texts) < 2:
        return list(texts)
    usual = median(width(one.box) for one in texts for _ in one.lines)
    for one in sorted(texts, key=lambda one: one.box.top):
        over = [o for o in texts if o is not one and stacked(o.box, one.box, 0.3)]
        if width(one.box) < 1.4 * usual or len(over) < 2:
            continue
        above = [o for o in texts if o is not one and _middle_y(o.box) < _middle_y(one.box)]
        below = [o for o in texts if o is not one and _middle_y(o.box) >= _middle_y(one.box)]
        return [*_flow(above), one, *_flow(below)]
    return _columns(texts)


def _middle_y(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _columns(texts: Sequence[Segment]) -> list[Segment]:
    """Columns from the left, or from the right where all lines are vertical."""
    columns: list[list[Segment]] = []
    for one in sorted(texts, key=lambda one: one.box.left):
        for column in columns:
            if stacked(around(o.box for o in column), one.box):
                column.append(one)
                break
        else:
            columns.append([one])
    if all(one.vertical for one in texts):
        columns.reverse()
    return [o for column in columns for o in sorted(column, key=lambda one: one.box.top)]


# --- blocks ---------------------------------------------------------------------------------


def _blocks_of(item: Item, captions: Sequence[Segment]) -> Iterator[Block]:
    headed = item.headline is not None and bool(item.texts)
    if item.headline is not None:
        yield from _headline(item.headline, headed=headed)
        for one in item.headline.tail:
            for block in paragraphs_of([one]):
                yield _below_title(block, one) if headed else block
    flow = _flow([one for one in item.texts if one not in captions])
    yield from paragraphs_of(flow)
    for one in item.texts:
        if one in captions:
            text = "".join(block.text for block in paragraphs_of([one]))
            yield Block(text, kind=BlockKind.CAPTION, box=one.box)


def _below_title(block: Block, segment: Segment) -> Block:
    """A line between a headline and its columns: who wrote the text, unless it says otherwise."""
    text = block.text
    large = any(
        line.is_larger(segment.unit) and line.text.strip() in text for line in segment.lines
    )
    if block.kind is BlockKind.HEADING or large or begins_with_dash(text):
        return replace(block, role=BlockRole.SUBTITLE)
    if len(text) > _LONGEST_BYLINE or ends_sentence(text) or is_dateline(text):
        return block
    return replace(block, bold=False, role=BlockRole.BYLINE)


def _headline(headline: Headline, *, headed: bool) -> Iterator[Block]:
    """Its lines: one block for what is printed in one size, with the parts that they are."""
    role = BlockRole.KICKER
    for part in headline.parts:
        if part is headline.title:
            role = BlockRole.TITLE
        elif role is BlockRole.TITLE:
            role = BlockRole.SUBTITLE
        text = "\n".join(line.text for line in part.lines)
        level = next((n for n, ratio in enumerate(_LEVELS, 1) if part.size >= ratio * part.unit), 4)
        known = role if headed else None
        yield Block(text, kind=BlockKind.HEADING, level=level, box=part.box, role=known)
