"""Segments into items: which headline each piece of text stands under.

A headline claims the columns below it, as far as the white beside it reaches (article separation
by headlines, as in NewsEye: Michael, Weidemann, Labahn 2021, and the rules of Hebert et al. 2014).
Text that stands under no headline goes on with the column to its left, or belongs to a headline
beside it; a rule keeps texts apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tingbao.models import Box
from tingbao.parse.geometry.page import (
    PageGeometry,
    around,
    height,
    middle,
    parts_below,
    parts_beside,
    shared_x,
    shared_y,
    side_by_side,
    stacked,
    width,
)
from tingbao.parse.geometry.segments import Segment
from tingbao.parse.text_cues import ends_sentence

_SUBHEAD = 1.6
"""Up to how many times the size of the body a line within a column may head a part."""

_GUTTER = 4.0
"""The widest gap, in the size of the body, between two columns of one text."""

_LEVEL = 3.0
"""How far, in the size of the body, the tops of a headline and the text beside it may differ."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The lines of one headline from above; ``title`` is the largest."""

    parts: tuple[Segment, ...]

    @property
    def box(self) -> Box:
        """The box around them."""
        return around(part.box for part in self.parts)

    @property
    def title(self) -> Segment:
        """The largest, the first of equals."""
        return max(self.parts, key=lambda part: part.size)


@dataclass(frozen=True, slots=True)
class Item:
    """A headline with the texts that stand under it; None where a text has none."""

    headline: Headline | None
    texts: tuple[Segment, ...]

    @property
    def box(self) -> Box:
        """The box around all of it."""
        heads = self.headline.parts if self.headline else ()
        return around(segment.box for segment in (*heads, *self.texts))


def items_of(page: PageGeometry, segments: Sequence[Segment]) -> list[Item]:
    """The items of a page, in no order; each segment is in exactly one."""
    heads = [one for one in segments if one.is_head and not _is_subhead(one, segments, page)]
    texts = [one for one in segments if one not in heads]
    headlines = _headlines(heads, page)
    claims = _Claims(page, headlines, texts)
    by_owner: dict[int, list[Segment]] = {}
    for text in texts:
        by_owner.setdefault(claims.owner(text), []).append(text)
    items = [
        Item(headline, tuple(by_owner.pop(number, ()))) for number, headline in enumerate(headlines)
    ]
    return [*items, *(Item(None, tuple(found)) for found in by_owner.values())]


def _is_subhead(head: Segment, segments: Sequence[Segment], page: PageGeometry) -> bool:
    """Whether a small headline stands in the flow of one column and heads a part of its text."""
    if head.vertical or head.size >= _SUBHEAD * head.unit:
        return False
    columns = [one for one in segments if not one.is_head and not one.vertical]
    above = _nearest_above(head, columns)
    below = min(
        (one for one in columns if one.box.top > head.box.top and stacked(one.box, head.box)),
        key=lambda one: one.box.top,
        default=None,
    )
    if above is None or below is None:
        return False
    unit = head.unit
    same = abs(above.box.left - below.box.left) < unit and stacked(above.box, below.box, 0.8)
    close = head.box.top - above.box.bottom < 1.6 * unit > below.box.top - head.box.bottom
    inside = width(head.box) <= width(below.box) + unit
    return same and close and inside and not parts_below(above.box, head.box, page.rules)


def _nearest_above(segment: Segment, others: Sequence[Segment]) -> Segment | None:
    return max(
        (o for o in others if o.box.top < segment.box.top and stacked(o.box, segment.box)),
        key=lambda one: one.box.bottom,
        default=None,
    )


def _headlines(heads: Sequence[Segment], page: PageGeometry) -> list[Headline]:
    """Lines of headlines that stand close below each other, together."""
    groups: list[list[Segment]] = []
    for head in sorted(heads, key=lambda one: one.box.top):
        for group in groups:
            last = group[-1]
            gap = head.box.top - last.box.bottom
            near = -0.5 * head.unit < gap < 0.9 * max(head.size, last.size)
            if (
                near
                and head.vertical == last.vertical
                and stacked(last.box, head.box)
                and not parts_below(last.box, head.box, page.rules)
            ):
                group.append(head)
                break
        else:
            groups.append([head])
    return [Headline(tuple(group)) for group in groups]


class _Claims:
    """Finds the headline of each text; owners are numbers, from that of a headline upwards."""

    def __init__(
        self, page: PageGeometry, headlines: Sequence[Headline], texts: Sequence[Segment]
    ) -> None:
        self.page = page
        self.headlines = headlines
        self.texts = texts
        self.reach = [self._reach(headline) for headline in headlines]
        self.owners: dict[int, int] = {}
        self.unit = texts[0].unit if texts else 1.0

    def owner(self, text: Segment) -> int:
        """The number of the text's headline, or one of its own where it has none."""
        known = self.owners.get(id(text))
        if known is None:
            place = len(self.headlines) + next(i for i, t in enumerate(self.texts) if t is text)
            self.owners[id(text)] = place  # a circle of claims ends here
            known = self.owners[id(text)] = self._find(text, place)
        return known

    def _find(self, text: Segment, place: int) -> int:
        beside = self._headline_beside(text, upright=True)
        if beside is not None:
            return beside
        box = text.box
        over = [
            (self.headlines[number].box.bottom, 1, number)
            for number, reach in enumerate(self.reach)
            if reach.bottom <= box.top + 0.5 * self.unit and shared_x(reach, box) > width(box) / 2
        ]
        above = [
            (other.box.bottom, 0, number)
            for number, other in enumerate(self.texts)
            if other is not text and other.box.bottom <= box.top + 0.5 * self.unit
            and shared_x(other.box, box) > 0.3 * min(width(box), width(other.box))
        ]  # fmt: skip
        if over or above:
            bottom, is_head, number = max([*over, *above])
            if is_head:
                return self._closest(text, [n for b, _, n in over if b > bottom - 3 * self.unit])
            if not parts_below(self.texts[number].box, box, self.page.rules):
                return self.owner(self.texts[number])
        return self._sideways(text, place)

    def _closest(self, text: Segment, numbers: Sequence[int]) -> int:
        """Of headlines that all reach over a text the one that stands most over it."""
        return max(
            numbers,
            key=lambda n: (
                min(shared_x(self.headlines[n].box, text.box), width(text.box)),
                -abs(middle(self.headlines[n].box) - middle(text.box)),
            ),
        )

    def _sideways(self, text: Segment, place: int) -> int:
        """Where nothing stands over a text: the column to its left, a headline beside it."""
        left = self._left_of(text)
        if left is not None and not ends_sentence(left.text):
            return self.owner(left)
        beside = self._headline_beside(text, upright=False)
        if beside is not None:
            return beside
        return place if left is None else self.owner(left)

    def _left_of(self, text: Segment) -> Segment | None:
        """The end of the column to the left, where no rule parts it from the text."""
        unit, box = self.unit, text.box
        near = [
            other for other in self.texts
            if other is not text and -0.5 * unit < box.left - other.box.right < _GUTTER * unit
            and shared_y(other.box, box) > 0
            and not parts_beside(other.box, box, self.page.rules)
        ]  # fmt: skip
        return max(near, key=lambda other: other.box.bottom, default=None)

    def _headline_beside(self, text: Segment, *, upright: bool) -> int | None:
        """The headline that begins at the height of a text, right or left of it."""
        box, unit = text.box, self.unit
        near = []
        for number, headline in enumerate(self.headlines):
            other = headline.box
            gap = max(other.left - box.right, box.left - other.right)
            fits = (
                headline.title.vertical == upright
                and -0.5 * unit < gap < _GUTTER * unit
                and abs(other.top - box.top) < _LEVEL * unit
                and side_by_side(other, box)
            )
            left, right = (box, other) if other.left > box.left else (other, box)
            if fits and not parts_beside(left, right, self.page.rules):
                near.append((gap, number))
        return min(near)[1] if near else None

    def _reach(self, headline: Headline) -> Box:
        """The headline with the white at both sides, up to whatever stands beside it."""
        box = headline.box
        if headline.title.vertical:
            return box
        left, right = 0.0, max(self.page.width, box.right)
        walls = [
            *(text.box for text in self.texts),
            *(other.box for other in self.headlines if other is not headline),
            *(rule for rule in self.page.rules if height(rule) > width(rule)),
            *self.page.pictures,
        ]
        for wall in walls:
            if shared_y(wall, box) <= 0.2 * min(height(box), height(wall)):
                continue
            if wall.right <= box.left + 1:
                left = max(left, wall.right)
            elif wall.left >= box.right - 1:
                right = min(right, wall.left)
        return Box(left, box.top, right, box.bottom)
