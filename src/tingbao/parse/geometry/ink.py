"""How dark lines are printed, which shows bold type whatever its font is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from tingbao.parse.geometry.page import TextLine, height, width

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]

_DARKER = 1.4
"""How many times the ink of the page's usual lines a bold one has: Hei in a text set in Song has
1.5 times, bold Song 2; a line of many strokes up to 1.3."""

_SHORTEST = 2


def with_weight(lines: Sequence[TextLine], picture: Picture, scale: float) -> list[TextLine]:
    """The lines, those that are darker than most marked as bold.

    ``picture`` is the page in shades of grey, rows from above; ``scale`` pixels make one unit of
    the boxes.
    """
    inks = [_ink(line, picture, scale) for line in lines]
    usual = [
        ink for line, ink in zip(lines, inks, strict=True) for _ in range(len(line.text)) if ink
    ]
    if not usual:
        return list(lines)
    dark = _DARKER * median(usual)
    return [
        replace(line, bold=line.bold or ink > dark)
        for line, ink in zip(lines, inks, strict=True)
    ]  # fmt: skip


def _ink(line: TextLine, picture: Picture, scale: float) -> float:
    """The share of a line's squares that is black; 0 where nothing can be said."""
    signs = sum(not sign.isspace() for sign in line.text)
    top, bottom = round(line.box.top * scale), round(line.box.bottom * scale)
    left, right = round(line.box.left * scale), round(line.box.right * scale)
    part = picture[max(0, top) : bottom, max(0, left) : right]
    if signs < _SHORTEST or not part.size or height(line.box) <= 0 or width(line.box) <= 0:
        return 0.0
    return float((255.0 - part).sum()) / (255.0 * signs * (line.size * scale) ** 2)
