"""Segments into items: which headline each piece of text stands under.

A headline claims the columns below it, as far as the white beside it reaches (article separation
by headlines: NewsEye, Michael, Weidemann and Labahn 2021). Text that stands under none goes on
with what is above or to its left, or belongs to a headline that begins beside it. Each of these is
weighed by the white and the rules between, and by whether one text can go on in the other: a line
that is broken off does not go on with an indent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median

from tingbao.models import Box
from tingbao.parse.geometry.page import (
    PageGeometry,
    around,
    height,
    middle,
    parts_below,
    shared_x,
    shared_y,
    side_by_side,
    stacked,
    width,
)
from tingbao.parse.geometry.segments import Segment, uses_indents
from tingbao.parse.headlines import begins_with_dash
from tingbao.parse.text_cues import ends_sentence

_SUBHEAD = 1.6
"""Up to how many times the size of the body a line within a column may head a part."""

_GUTTER = 4.0
"""The widest gap, in the size of the body, between two columns of one text."""

_LEVEL = 2.0
"""How far, in the size of the body, the tops of a headline and the text beside it may differ."""

_MOST_LEADING = 4
_RUNNING = re.compile("[，。；！？]")
"""What a line of running text mostly holds, and a byline never."""

_LONGEST_TAIL = 60
"""What stands between a headline and its columns: a byline, a subtitle."""

_ALONE = 0.3
"""The score of a text without a headline: any likely claim is better."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The lines of one headline from above; ``title`` is the largest.

    ``tail`` is what stands below them over the columns of the text, such as a byline.
    """

    parts: tuple[Segment, ...]
    tail: tuple[Segment, ...] = ()

    @property
    def box(self) -> Box:
        """The box around them."""
        return around(part.box for part in (*self.parts, *self.tail))

    @property
    def title(self) -> Segment:
        """The largest, the first of equals."""
        return max(self.parts, key=lambda part: part.size)

    @property
    def vertical(self) -> bool:
        """Whether it is set from top to bottom."""
        return self.title.vertical


@dataclass(frozen=True, slots=True)
class Item:
    """A headline with the texts that stand under it; None where a text has none."""

    headline: Headline | None
    texts: tuple[Segment, ...]

    @property
    def box(self) -> Box:
        """The box around all of it."""
        heads = [self.headline.box] if self.headline else []
        return around([*heads, *(segment.box for segment in self.texts)])


def items_of(page: PageGeometry, segments: Sequence[Segment]) -> list[Item]:
    """The items of a page, in no order; each segment is in exactly one."""
    heads = [one for one in segments if one.is_head and not _is_subhead(one, segments, page)]
    known = {id(head) for head in heads}
    texts = [one for one in segments if id(one) not in known]
    headlines = _headlines(heads, [*heads, *texts], page)
    texts = [part for text in texts for part in _without_byline(text, headlines, texts)]
    headlines = [_with_tail(one, texts, page) for one in headlines]
    known = {id(one) for headline in headlines for one in (*headline.parts, *headline.tail)}
    texts = [one for one in texts if id(one) not in known]
    claims = _Claims(page, headlines, texts)
    by_owner: dict[int, list[Segment]] = {}
    for text in texts:
        by_owner.setdefault(claims.owner(text), []).append(text)
    items = [
        Item(headline, tuple(by_owner[number])) if number in by_owner
        else Item(Headline(headline.parts), headline.tail)
        for number, headline in enumerate(headlines)
    ]  # fmt: skip
    by_owner = {number: found for number, found in by_owner.items() if number >= len(headlines)}
    return [*items, *(Item(None, tuple(found)) for found in by_owner.values())]


# --- headlines ------------------------------------------------------------------------------


def _is_subhead(head: Segment, segments: Sequence[Segment], page: PageGeometry) -> bool:
    """Whether a small headline stands in the flow of one column and heads a part of its text."""
    if head.vertical or head.size >= _SUBHEAD * head.unit:
        return False
    columns = [one for one in segments if not one.is_head and not one.vertical]
    above = max(
        (one for one in columns if one.box.top < head.box.top and stacked(one.box, head.box)),
        key=lambda one: one.box.bottom,
        default=None,
    )
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


def _is_set_aside(above: Segment, below: Segment, texts: Sequence[Segment]) -> bool:
    """Whether of two lines of a headline the smaller stands at one side, and nothing between."""
    smaller = min(above.size, below.size) < 0.8 * max(above.size, below.size)
    whole = around([above.box, below.box])
    return smaller and not any(
        one is not above and one is not below
        and shared_x(one.box, whole) > 0 and shared_y(one.box, whole) > 0
        for one in texts
    )  # fmt: skip


def _headlines(
    heads: Sequence[Segment], texts: Sequence[Segment], page: PageGeometry
) -> list[Headline]:
    """Lines of headlines that stand close below each other, together."""
    groups: list[list[Segment]] = []
    parts = [part for head in heads for part in _without_subtitle(head)]
    for head in sorted(parts, key=lambda one: one.box.top):
        for group in groups:
            last = group[-1]
            gap = head.box.top - last.box.bottom
            near = -0.5 * head.unit < gap < 0.9 * max(head.size, last.size)
            over = stacked(last.box, head.box) or _is_set_aside(last, head, texts)
            if (
                near
                and head.vertical == last.vertical
                and over
                and not parts_below(last.box, head.box, page.rules)
            ):
                group.append(head)
                break
        else:
            groups.append([head])
    return [Headline(tuple(group)) for group in groups]


def _without_subtitle(head: Segment) -> tuple[Segment, ...]:
    """The lines of one headline, those apart that a dash begins, even in the size of the title."""
    lines = [line.text for line in head.lines]
    at = next((at for at, text in enumerate(lines) if at and begins_with_dash(text)), None)
    return head.cut(at) if at else (head,)


def _without_byline(
    text: Segment, headlines: Sequence[Headline], texts: Sequence[Segment]
) -> tuple[Segment, ...]:
    """A column, its first line apart where that stands between a headline and all columns.

    In the middle over the rest of its own, or higher than the first lines of the others.
    """
    if len(text.lines) < 3 or text.vertical:
        return (text,)
    box, unit = text.lines[0].box, text.unit
    second = text.lines[1].box.top
    beside = [
        one.box for one in texts
        if one is not text and len(one.lines) > 1 and box.top - unit < one.box.top < second + unit
    ]  # fmt: skip
    over = [one.box for one in headlines if -0.5 * unit < box.top - one.box.bottom < 2 * unit]
    if not over:
        return (text,)
    head = max(over, key=lambda other: shared_x(other, text.box))
    under = [other for other in beside if shared_x(other, head) > 0]
    near = shared_x(head, text.box) > -_GUTTER * unit
    if not near or not stacked(head, around([text.box, *under])):
        return (text,)
    alone = bool(under) and all(abs(other.top - second) < unit / 2 for other in under)
    alone = alone and not _RUNNING.search(text.lines[0].text)
    central = _central(text) if stacked(head, box) else 0
    leading = _leading(text) or central or int(alone)
    parts = [text]
    for _ in range(leading):
        parts[-1:] = parts[-1].cut(1)
    return tuple(parts)


def _leading(text: Segment) -> int:
    """How many of a column's first lines are set unlike the others: larger, bold, or flush."""
    for number, line in enumerate(text.lines[:_MOST_LEADING]):
        rest = text.lines[number + 1 :]
        if not rest:
            return 0
        usual = median(other.size for other in rest)
        bold = line.bold and sum(other.bold for other in rest) * 2 < len(rest)
        short = not (text.is_indented(line) or text.reaches_end(line) or ends_sentence(line.text))
        flush = short and text.is_indented(rest[0])
        if not (line.is_larger(usual) or bold or flush):
            return number
    return 0


def _central(text: Segment) -> int:
    """How many first lines stand in the middle of their column, as far from both edges."""
    for number, line in enumerate(text.lines[:_MOST_LEADING]):
        left, right = line.box.left - text.start, text.end - line.box.right
        if min(left, right) <= text.unit or abs(left - right) >= 0.7 * text.unit:
            return number
    return 0


def _with_tail(headline: Headline, texts: Sequence[Segment], page: PageGeometry) -> Headline:
    """The headline with the short lines right over and below it that are no column's own."""
    box, unit = headline.box, headline.title.unit
    over = [one for one in texts if _is_kicker(one, box, texts)]
    under = [
        one.box for one in texts
        if shared_x(one.box, box) > unit and len(one.lines) > 1
        and -0.5 * unit < one.box.top - box.bottom < 4 * unit
    ]  # fmt: skip
    reach = around([box, *under])
    tail: list[Segment] = []
    for one in sorted(texts, key=lambda one: one.box.top):
        gap = one.box.top - box.bottom
        if not (-0.5 * unit < gap < 1.8 * unit and stacked(reach, one.box, 0.9)):
            continue
        large = all(line.is_larger(unit) for line in one.lines)
        if (len(one.lines) > 1 and not large) or len(one.text) > _LONGEST_TAIL or one.vertical:
            continue
        if _is_below_all(one, box, reach, texts) and not parts_below(box, one.box, page.rules):
            tail.append(one)
            box = around([box, one.box])
    return Headline((*over[:1], *headline.parts), tuple(tail))


def _is_kicker(one: Segment, box: Box, texts: Sequence[Segment]) -> bool:
    """Whether a short line stands closer over a headline than to anything above it."""
    unit = one.unit
    gap = box.top - one.box.bottom
    if len(one.lines) > 1 or not -0.3 * unit < gap < unit or not stacked(one.box, box, 0.8):
        return False
    if not (one.lines[0].bold or one.lines[0].is_larger(unit)) or len(one.text) > _LONGEST_TAIL:
        return False
    return not any(
        other is not one and shared_x(other.box, one.box) > 0
        and -0.5 * unit < one.box.top - other.box.bottom < gap + 0.3 * unit
        for other in texts
    )  # fmt: skip


def _is_below_all(one: Segment, box: Box, reach: Box, texts: Sequence[Segment]) -> bool:
    """Whether all text below a headline begins below this line, and the line is set apart."""
    beside = [o for o in texts if o is not one and side_by_side(o.box, one.box)]
    if any(shared_x(o.box, box) > 0.3 * width(o.box) and len(o.lines) > 1 for o in beside):
        return False
    below = [
        o for o in texts
        if o.box.top > one.box.top + 0.5 * one.size and stacked(o.box, one.box, 0.3)
        and o.box.top - one.box.bottom < 3 * one.unit and len(o.lines) > 1
    ]  # fmt: skip
    centred = abs(middle(one.box) - middle(box)) < one.unit
    right = abs(one.box.right - reach.right) < one.unit
    flush = bool(below) and abs(one.box.left - below[0].start) < one.unit
    return len(below) != 1 or centred or right or flush


# --- claims ---------------------------------------------------------------------------------


def _continuity(before: Segment, after: Segment, *, indents: bool) -> float:
    """How well one segment can go on in another: their sentences, their indents, their sizes."""
    if max(before.size, after.size) > 1.15 * min(before.size, after.size):
        return -1.0
    if len(before.lines) < 2 and len(after.lines) < 2:
        return 0.0
    ended = ends_sentence(before.text)
    if after.opens or (ended and not indents):
        return 0.5 if ended else -2.5
    if ended:
        return 1.0 if before.is_full else -2.5
    return 2.5 if before.is_full else 0.0


@dataclass(frozen=True, slots=True)
class _Claim:
    """A possible owner of a text, found when asked for, with how likely it is."""

    score: float
    owner: Callable[[], int | None]


class _Claims:
    """Finds the headline of each text; owners are numbers, from that of a headline upwards."""

    def __init__(
        self, page: PageGeometry, headlines: Sequence[Headline], texts: Sequence[Segment]
    ) -> None:
        self.page = page
        self.headlines = headlines
        self.texts = texts
        self.numbers = {id(text): number for number, text in enumerate(texts)}
        self.unit = texts[0].unit if texts else 1.0
        self.indents = uses_indents(texts)
        self.frames = _frames(page.rules, self.unit)
        self.reach = [self._reach(headline) for headline in headlines]
        self.owners: dict[int, int] = {}
        self.asked: set[int] = set()

    def owner(self, text: Segment) -> int:
        """The number of the text's headline, or one of its own where it has none."""
        found = self._ask(text)
        assert found is not None
        return found

    def _ask(self, text: Segment) -> int | None:
        """The owner; None while it is being looked for, so that no circle is run through."""
        key = id(text)
        if key in self.owners:
            return self.owners[key]
        if key in self.asked:
            return None
        self.asked.add(key)
        claims = sorted(self._claims(text), key=lambda claim: -claim.score)
        for claim in claims:
            if claim.score <= _ALONE:
                break
            if (owner := claim.owner()) is not None:
                self.owners[key] = owner
                return owner
        self.owners[key] = len(self.headlines) + self.numbers[key]
        return self.owners[key]

    def _claims(self, text: Segment) -> Iterator[_Claim]:
        yield from self._headlines_above(text)
        yield from self._text_above(text)
        yield from self._texts_left(text)
        yield from self._upright_beside(text)

    def _headlines_above(self, text: Segment) -> Iterator[_Claim]:
        box, unit = text.box, self.unit
        for number, reach in enumerate(self.reach):
            if reach.bottom > box.top + 0.5 * unit or not stacked(reach, box):
                continue
            if self._is_blocked(reach, box, self.headlines[number]):
                continue
            ink = self.headlines[number].box
            over = shared_x(ink, box) > 0.3 * min(width(box), width(ink))
            offset = abs(middle(ink) - middle(box)) / max(width(ink), width(box))
            far = max(0.0, self._white(reach.bottom, box) / unit - 2)
            score = (4.0 if over else 3.0) - 0.1 * offset - min(2.0, far / 4)
            score -= 0.4 * (box.right <= ink.left + unit and self._is_flush_left(ink))
            score -= 3 * parts_below(ink, box, self.page.rules)
            yield _Claim(score - self._apart(ink, box), lambda number=number: number)  # type: ignore[misc]

    def _is_flush_left(self, ink: Box) -> bool:
        """Whether a headline begins where the column below it does: then its text is no further."""
        return any(
            abs(text.box.left - ink.left) < self.unit
            and -0.5 * self.unit < text.box.top - ink.bottom < 4 * self.unit
            for text in self.texts
        )

    def _is_blocked(self, upper: Box, lower: Box, own: Headline) -> bool:
        """Whether text or a headline stands between, in the column of the lower."""
        between = (box for box in self._boxes() if box is not own)
        for one in between:
            box = one.box
            if (
                box.top >= upper.bottom - self.unit
                and box.bottom <= lower.top + 0.5 * self.unit
                and shared_x(box, lower) > 0.3 * min(width(box), width(lower))
                and self._frame(box) in {self._frame(upper), self._frame(lower)}
            ):
                return True
        return False

    def _boxes(self) -> Iterator[Segment | Headline]:
        yield from self.texts
        yield from self.headlines

    def _text_above(self, text: Segment) -> Iterator[_Claim]:
        box, unit = text.box, self.unit
        above = [
            one for one in self._boxes()
            if one is not text and one.box.bottom <= box.top + 0.5 * unit
            and shared_x(one.box, box) > 0.3 * min(width(box), width(one.box))
            and self._frame(one.box) == self._frame(box)
        ]  # fmt: skip
        last = max(above, key=lambda one: one.box.bottom, default=None)
        if not isinstance(last, Segment):
            return
        white = self._white(last.box.bottom, box)
        extra = max(0.0, white / unit - 0.6)
        fit = _continuity(last, text, indents=self.indents)
        if extra > 0.4 and white > box.top - last.box.bottom - 0.1 * unit:
            # Nothing but white parts them: no sentence runs over it.
            fit = min(fit, 0.0) - 1.5 * (not ends_sentence(last.text))
        score = 3.2 - 0.9 * extra + fit
        score -= 3 * parts_below(last.box, box, self.page.rules)
        score -= 0.7 * (abs(width(last.box) - width(box)) > 0.25 * width(box) and extra > 0)
        yield _Claim(score, lambda: self._ask(last))

    def _white(self, top: float, box: Box) -> float:
        """The white from a height down to a box, without the pictures and frames between."""
        covered = sum(
            min(one.bottom, box.top) - max(one.top, top)
            for one in (*self.page.pictures, *self.frames)
            if shared_x(one, box) > 0.3 * width(box) and one.bottom <= box.top + self.unit
            and one.bottom > top
        )  # fmt: skip
        return max(0.0, box.top - top - covered)

    def _texts_left(self, text: Segment) -> Iterator[_Claim]:
        """The ends of columns to the left, on which a text may follow."""
        unit, box = self.unit, text.box
        for other in self.texts:
            gap = box.left - other.box.right
            if other is text or not -0.5 * unit < gap < _GUTTER * unit + (
                other.end - other.box.right
            ):
                continue
            if shared_y(other.box, box) <= -3 * unit or self._goes_on_below(other):
                continue
            score = (
                1.4 + _continuity(other, text, indents=self.indents) - self._apart(other.box, box)
            )
            score -= min(1.5, abs(other.box.bottom - box.bottom) / (25 * unit))
            owner = self._ask(other)
            if owner is not None and owner < len(self.headlines):
                head = self.headlines[owner].box
                score += 1.0 * (abs(head.top - box.top) < _LEVEL * unit)
                score -= 1.0 * (box.top < head.top - _LEVEL * unit)
            yield _Claim(score, lambda other=other: self._ask(other))  # type: ignore[misc]

    def _goes_on_below(self, text: Segment) -> bool:
        """Whether more of the same column stands right below."""
        return any(
            other is not text and -0.5 * self.unit < other.box.top - text.box.bottom < self.unit
            and stacked(other.box, text.box, 0.8)
            for other in self.texts
        )  # fmt: skip

    def _upright_beside(self, text: Segment) -> Iterator[_Claim]:
        """A headline from top to bottom that begins at the height of a text, or further on."""
        box, unit = text.box, self.unit
        for number, headline in enumerate(self.headlines):
            other = headline.box
            if not headline.vertical or abs(other.top - box.top) > _LEVEL * unit:
                continue
            left, right = sorted((middle(box), middle(other)))
            columns = {
                round(one.box.left / unit): width(one.box)
                for one in self.texts
                if one is not text
                and abs(one.box.top - other.top) < _LEVEL * unit
                and left < middle(one.box) < right
            }
            gap = max(other.left - box.right, box.left - other.right) - sum(columns.values())
            room = _GUTTER * unit * (len(columns) + 1) + 0.6 * width(box)  # it may be centred
            if gap < room and side_by_side(other, box, 0.3):
                score = 4.0 - 0.6 * len(columns) - self._apart(other, box)
                yield _Claim(score, lambda number=number: number)  # type: ignore[misc]

    # --- walls --------------------------------------------------------------------------

    def _apart(self, one: Box, other: Box) -> float:
        """What is taken off because two boxes stand in different frames."""
        return 4.0 * (self._frame(one) != self._frame(other))

    def _frame(self, box: Box) -> int | None:
        """The number of the smallest frame around a box."""
        x, y = middle(box), (box.top + box.bottom) / 2
        within = [
            ((frame.right - frame.left) * (frame.bottom - frame.top), number)
            for number, frame in enumerate(self.frames)
            if frame.left < x < frame.right and frame.top < y < frame.bottom
            and width(box) < width(frame) + self.unit
        ]  # fmt: skip
        return min(within)[1] if within else None

    def _reach(self, headline: Headline) -> Box:
        """The headline with the white at both sides, up to whatever stands beside it."""
        box = headline.box
        if headline.vertical:
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


def _frames(rules: Sequence[Box], unit: float) -> list[Box]:
    """The rectangles that four rules make."""
    level = [rule for rule in rules if width(rule) > max(height(rule), 4 * unit)]
    upright = [rule for rule in rules if height(rule) > max(width(rule), 3 * unit)]
    frames = []
    for top, bottom in product(level, level):
        ends = abs(top.left - bottom.left) + abs(top.right - bottom.right)
        if bottom.top - top.top < 3 * unit or ends > unit:
            continue
        sides = [
            side for side in upright
            if abs(side.top - top.top) < unit / 2 and abs(side.bottom - bottom.bottom) < unit / 2
        ]  # fmt: skip
        if any(abs(middle(s) - top.left) < unit / 2 for s in sides) and any(
            abs(middle(s) - top.right) < unit / 2 for s in sides
        ):
            frames.append(Box(top.left, top.top, top.right, bottom.bottom))
    return frames
