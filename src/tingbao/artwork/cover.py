"""Covers: a masthead that can be read at 60 pixels, and what it stands over.

An edition's cover tells its date and the number of its items; the library's own is the same from
day to day.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence

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
    weekday,
)
from tingbao.errors import OptionError
from tingbao.text.numerals import han_date

MIN_COVER_PX, MAX_COVER_PX = 1400, 3000
"""The sizes that podcast directories accept."""

PANEL_PX = 940
FRAME_INSET_PX = 40
MASTHEAD_BOX_PX = (1170, 770)
DATE_BOX_PX = (1220, 92)
WAVE_LEFT_PX, WAVE_RIGHT_PX, WAVE_PITCH_PX = 90, 1310, 20
NAME = "听报"
NAME_PX = 250
NAME_MIDDLE_PX = PANEL_PX + 170
LINE_PITCH = 1.06
"""From one masthead line to the next, in ems: Han characters fill nine tenths of theirs."""
BOLDNESS = 0.011
"""The stroke that turns the regular serif into a masthead, in ems."""

HAN_SINKS_EM = 0.055
"""How far Pillow's middle of a line is below the middle of a Han character in this font."""
_UNIT = re.compile(r"[!-~]+|\S")
_REMARK = re.compile(r"[（(].*")


def edition_cover(paper: str, date: dt.date, items: int, size_px: int = MIN_COVER_PX) -> bytes:
    """A square RGB JPEG for an edition of ``paper``; same arguments, same bytes.

    Raises:
        OptionError: ``size_px`` is not one that directories accept.
    """
    canvas = _masthead(paper, size_px)
    _draw_date(canvas, date)
    _draw_wave(canvas, PANEL_PX + 268)
    _draw_foot(canvas, f"本期共 {items} 条")
    return canvas.jpeg()


def library_cover(paper: str, size_px: int = MAX_COVER_PX) -> bytes:
    """A square RGB JPEG for all editions of ``paper`` together; same arguments, same bytes.

    Raises:
        OptionError: ``size_px`` is not one that directories accept.
    """
    canvas = _masthead(paper, size_px)
    if NAME in paper:
        _draw_wave(canvas, NAME_MIDDLE_PX, swing_px=90)
    else:
        name = Type(str(serif_path()), NAME_PX, INK, NAME_PX * BOLDNESS)
        canvas.text(WAVE_LEFT_PX, NAME_MIDDLE_PX - NAME_PX * HAN_SINKS_EM, NAME, name, "lm")
        _draw_wave(canvas, NAME_MIDDLE_PX, WAVE_LEFT_PX + 2 * NAME_PX + 70, swing_px=90)
    _draw_foot(canvas, "报纸有声版")
    return canvas.jpeg()


def _masthead(paper: str, size_px: int) -> Canvas:
    """A cover with nothing yet below its masthead."""
    if not MIN_COVER_PX <= size_px <= MAX_COVER_PX:
        raise OptionError(
            f"a cover of {size_px} px is refused by directories;"
            f" choose {MIN_COVER_PX} to {MAX_COVER_PX}"
        )
    canvas = Canvas.blank(size_px)
    _draw_panel(canvas)
    _draw_masthead(canvas, paper)
    return canvas


def _draw_panel(canvas: Canvas) -> None:
    canvas.box(0, 0, DESIGN_PX, PANEL_PX, RED)
    near, far = FRAME_INSET_PX, DESIGN_PX - FRAME_INSET_PX
    bottom = PANEL_PX - FRAME_INSET_PX
    canvas.box(near, near, far, bottom, CREAM)
    canvas.box(near + 5, near + 5, far - 5, bottom - 5, RED)


def _draw_masthead(canvas: Canvas, paper: str) -> None:
    size, lines = _fit(_layouts(paper), MASTHEAD_BOX_PX)
    font = Type(str(serif_path()), size, CREAM, size * BOLDNESS)
    block_em = (len(lines) - 1) * LINE_PITCH
    first = PANEL_PX / 2 - size * (block_em / 2 + HAN_SINKS_EM)
    for number, line in enumerate(lines):
        y = first + number * size * LINE_PITCH
        canvas.text(DESIGN_PX / 2, y, line, font)


def _draw_date(canvas: Canvas, date: dt.date) -> None:
    text = f"{han_date(date)}　{weekday(date)}"
    size, _ = _fit([(text,)], DATE_BOX_PX)
    font = Type(str(serif_path()), size, INK, size * BOLDNESS)
    canvas.text(DESIGN_PX / 2, PANEL_PX + 98, text, font)
    canvas.box(90, PANEL_PX + 172, 1310, PANEL_PX + 182, INK)
    canvas.box(90, PANEL_PX + 190, 1310, PANEL_PX + 193, INK)


def _draw_wave(
    canvas: Canvas, middle: float, left: int = WAVE_LEFT_PX, swing_px: float = 46
) -> None:
    """A line of speech in columns: the same on every cover, it says that this paper is heard."""
    for number, x in enumerate(range(WAVE_LEFT_PX, WAVE_RIGHT_PX, WAVE_PITCH_PX)):
        half = 6 + swing_px * abs(_swing(number))
        if x >= left:
            canvas.box(x, middle - half, x + 8, middle + half, RED)


def _swing(number: int) -> float:
    syllable = (number * 7) % 12 / 12
    phrase = 1 - abs(number % 20 - 9.5) / 11
    return syllable * phrase


def _draw_foot(canvas: Canvas, said: str) -> None:
    count = Type(str(sans_path()), 50)
    canvas.text(90, PANEL_PX + 380, said, count, "lm")
    disclosure = Type(str(sans_path()), 50, GREY)
    canvas.text(1310, PANEL_PX + 380, "合成语音播读", disclosure, "rm")


def _layouts(paper: str) -> list[tuple[str, ...]]:
    """The ways to set a name in lines; a remark in brackets, as （汉文版）, has its own."""
    paper = drawable(paper)
    remark = _REMARK.search(paper)
    name, last = (paper[: remark.start()], (remark[0],)) if remark else (paper, ())
    units = _UNIT.findall(name)
    if not units:
        return [(paper or "听报",)]
    return [_balanced(units, count) + last for count in range(1, len(units) + 1)]


def _fit(
    layouts: Sequence[tuple[str, ...]], box_px: tuple[int, int]
) -> tuple[float, tuple[str, ...]]:
    """The layout that fills a box with the largest type, and that type's size in pixels."""
    ruler = Type(str(serif_path()), 100).at(1)
    sized = ((_largest(lines, ruler, box_px), lines) for lines in layouts)
    return max(sized, key=lambda layout: layout[0])


def _largest(lines: Sequence[str], ruler: ImageFont.FreeTypeFont, box_px: tuple[int, int]) -> float:
    width, height = box_px
    widest_em = max(ruler.getlength(line) for line in lines) / 100 + 2 * BOLDNESS
    return min(width / widest_em, height / (1 + (len(lines) - 1) * LINE_PITCH))


def _balanced(units: Sequence[str], lines: int) -> tuple[str, ...]:
    """``units`` in so many lines of nearly the same number, the longer ones first."""
    short, longer = divmod(len(units), lines)
    lengths = [short + (number < longer) for number in range(lines)]
    ends = list(itertools.accumulate(lengths))
    return tuple(
        _joined(units[end - length : end]) for end, length in zip(ends, lengths, strict=True)
    )


def _joined(units: Sequence[str]) -> str:
    """Units set together, Latin words apart."""
    text = ""
    for unit in units:
        gap = text and text[-1].isascii() and unit[0].isascii()
        text += f" {unit}" if gap else unit
    return text
