"""The card of one item: its headline as large as it fits, with paper and date, on a square."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from tingbao.artwork.canvas import (
    CREAM,
    DESIGN_PX,
    GREY,
    INK,
    RED,
    Canvas,
    Type,
    drawable,
)
from tingbao.errors import OptionError
from tingbao.text.numerals import han_date

CARD_PX = 480
"""Enough for a lock screen, and small enough to stand in a file once for each chapter."""

MIN_CARD_PX, MAX_CARD_PX = 60, 3000
MARGIN_PX = 100
WIDTH_PX = DESIGN_PX - 2 * MARGIN_PX
BAND_PX = 190
ONE_LINE_PX = 0
FOOT_PX = 1290
HEADLINE_TOP_PX, HEADLINE_BOTTOM_PX = 270, 1170
LINE_PITCH = 1.28
BOLDNESS = 0.014
HEADLINE_SIZES_PX = range(230, 79, -6)
BAND_SIZES_PX = range(92, 39, -4)

_UNIT = re.compile(r"(?:[!-~]+|\S)\s?")
_NOT_FIRST = frozenset("、，。；：？！）》〉】」』”’…—·％%,.;:?!)")
_NOT_LAST = frozenset("（《〈【「『“‘(")


@functools.lru_cache(maxsize=32)  # an item's own file and its chapter show the same
def article_card(headline: str, paper: str, date: dt.date, size_px: int = CARD_PX) -> bytes:
    """A square RGB JPEG for one item; same arguments, same bytes.

    Raises:
        OptionError: ``size_px`` is below 60 or above 3000.
    """
    if not MIN_CARD_PX <= size_px <= MAX_CARD_PX:
        raise OptionError(
            f"a card of {size_px} px is out of range; choose {MIN_CARD_PX} to {MAX_CARD_PX}"
        )
    canvas = Canvas.blank(size_px)
    _draw_band(canvas, drawable(paper))
    _draw_headline(canvas, drawable(headline) or drawable(paper))
    canvas.box(MARGIN_PX, FOOT_PX - 74, DESIGN_PX - MARGIN_PX, FOOT_PX - 70, GREY)
    canvas.text(MARGIN_PX, FOOT_PX, han_date(date), Type(str(sans_path()), 60, GREY), "lm")
    return canvas.jpeg()


def _draw_band(canvas: Canvas, paper: str) -> None:
    canvas.box(0, 0, DESIGN_PX, BAND_PX, RED)
    size, lines = _set(paper or "听报", BAND_SIZES_PX, WIDTH_PX, ONE_LINE_PX)
    kind = Type(str(serif_path()), size, CREAM, size * BOLDNESS)
    canvas.text(MARGIN_PX, BAND_PX / 2, lines[0], kind, "lm")


def _draw_headline(canvas: Canvas, headline: str) -> None:
    height = HEADLINE_BOTTOM_PX - HEADLINE_TOP_PX
    size, lines = _set(headline, HEADLINE_SIZES_PX, WIDTH_PX, height)
    kind = Type(str(serif_path()), size, INK, size * BOLDNESS)
    block = (len(lines) - 1) * LINE_PITCH * size
    first = (HEADLINE_TOP_PX + HEADLINE_BOTTOM_PX - block) / 2
    for number, line in enumerate(lines):
        canvas.text(MARGIN_PX, first + number * LINE_PITCH * size, line, kind, "lm")


def _set(
    text: str, sizes_px: Sequence[int], width_px: float, height_px: float
) -> tuple[int, list[str]]:
    """The largest of ``sizes_px`` at which ``text`` fits, and its lines; else cut at the last."""
    size, lines, room = sizes_px[0], [""], 1
    for size in sizes_px:
        lines = list(_wrapped(text, width_px / size))
        room = max(1, int((height_px / size - 1) / LINE_PITCH) + 1)
        if len(lines) <= room:
            return size, lines or [""]
    return size, [*lines[: room - 1], _cut(lines[room - 1])]


def _cut(line: str) -> str:
    return line[:-1] + "…"


def _wrapped(text: str, width_em: float) -> Iterator[str]:
    """Lines no wider than ``width_em``, none begun or ended by a mark that may not stand there."""
    line: list[str] = []
    for unit in _units(text, width_em):
        if line and _length_em("".join([*line, unit]).rstrip()) > width_em:
            carried = _carried(line, unit)
            yield "".join(line[: len(line) - carried]).strip()
            line = line[len(line) - carried :]
        line.append(unit)
    if line:
        yield "".join(line).strip()


def _carried(line: Sequence[str], unit: str) -> int:
    """How many units go to the next line with ``unit``, so that no mark stands where it must not.

    At least one stays: a line of marks alone is broken where it is full.
    """
    following = unit
    for carried in range(min(3, len(line))):
        last = line[len(line) - 1 - carried]
        if following[0] not in _NOT_FIRST and last[-1] not in _NOT_LAST:
            return carried
        following = last
    return 0


def _units(text: str, width_em: float) -> Iterator[str]:
    """What is not broken: a Han character, a word; a word longer than a line is broken anywhere.

    A space belongs to the unit before it.
    """
    for found in _UNIT.finditer(text):
        unit = found[0]
        if _length_em(unit.rstrip()) > width_em:
            yield from unit
        else:
            yield unit


def _length_em(text: str) -> float:
    return sum(map(_advance_px, text)) / _RULER_PX + 2 * BOLDNESS


_RULER_PX = 100


@functools.lru_cache(maxsize=4096)
def _advance_px(sign: str) -> float:
    """How much room a sign takes; in the basic layout of a font without kerning they add up."""
    return _ruler().getlength(sign)


@functools.cache
def _ruler() -> ImageFont.FreeTypeFont:
    return Type(str(serif_path()), _RULER_PX).at(1)
