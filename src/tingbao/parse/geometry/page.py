"""What stands on a page, and where: lines of text, printed rules, pictures; and sums on boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tingbao.models import Box

_LARGER, _CLEARLY_LARGER = 1.05, 1.2


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line, or one vertical line.

    Attributes:
        text: what it says; it may be a part of a line, where a gap parts it from the rest.
        box: where it stands.
        size: the height of its glyphs, the width where it is vertical; same units as the box.
        score: how sure the recogniser is, 0 to 1; None for typeset text.
        vertical: set from top to bottom.
        bold: set in bold.
    """

    text: str
    box: Box
    size: float
    score: float | None = None
    vertical: bool = False
    bold: bool = False

    def is_larger(self, usual: float) -> bool:
        """Whether it is set larger than usual: recognised lines have no exact size."""
        return self.size > (_LARGER if self.score is None else _CLEARLY_LARGER) * usual


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A page as printed; ``rules`` are thin boxes, all in one unit with y downwards."""

    lines: tuple[TextLine, ...]
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    width: float = 0.0
    height: float = 0.0


def around(boxes: Iterable[Box]) -> Box:
    """The box around all of at least one."""
    found = list(boxes)
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


def width(box: Box) -> float:
    """How wide it is."""
    return box.right - box.left


def height(box: Box) -> float:
    """How high it is."""
    return box.bottom - box.top


def shared_x(one: Box, other: Box) -> float:
    """How wide the strip is in which both stand; negative where a gap parts them."""
    return min(one.right, other.right) - max(one.left, other.left)


def shared_y(one: Box, other: Box) -> float:
    """How high the strip is in which both stand; negative where a gap parts them."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def side_by_side(one: Box, other: Box, share: float = 0.5) -> bool:
    """Whether both stand in one row: the lower shares this part of its height."""
    return shared_y(one, other) > share * min(height(one), height(other))


def stacked(one: Box, other: Box, share: float = 0.5) -> bool:
    """Whether both stand in one column: the narrower shares this part of its width."""
    return shared_x(one, other) > share * min(width(one), width(other))


def middle(box: Box) -> float:
    """Where its middle is from left to right."""
    return (box.left + box.right) / 2


def parts_below(upper: Box, lower: Box, rules: Iterable[Box]) -> bool:
    """Whether a rule lies between two boxes of one column, over half of the narrower."""
    top, bottom = sorted((upper.bottom, lower.top))
    narrower = min(width(upper), width(lower))
    return any(
        top - 1 <= (rule.top + rule.bottom) / 2 <= bottom + 1
        and width(rule) > height(rule)
        and min(shared_x(rule, upper), shared_x(rule, lower)) > narrower / 2
        for rule in rules
    )
