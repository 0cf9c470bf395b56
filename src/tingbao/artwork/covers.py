"""The cover of a library and of an edition, and the card of an item.

A cover is a masthead that can be read at 60 pixels, and what it stands over: an edition's shows
its date and the number of its items, the library's is the same from day to day. A card shows an
item's headline as large as it fits, with paper and date.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Sequence

from tingbao.artwork.drawing import (
    CREAM,
    DESIGN_PX,
    GREY,
    INK,
    RED,
    Canvas,
    drawable,
    length_em,
    sans,
    serif,
    wrapped,
)
from tingbao.text.numerals import WEEKDAYS, han_date

MIN_COVER_PX, MAX_COVER_PX = 1400, 3000
"""The sizes that podcast directories accept."""

_PANEL_PX = 940
_FRAME_INSET_PX = 40
_MASTHEAD_BOX_PX = (1170, 770)
_DATE_BOX_PX = (1220, 92)
_WAVE_LEFT_PX, _WAVE_RIGHT_PX, _WAVE_PITCH_PX = 90, 1310, 20
_NAME = "听报"
_NAME_PX = 250
_NAME_MIDDLE_PX = _PANEL_PX + 170
_COVER_PITCH = 1.06
"""From one masthead line to the next, in ems: Han characters fill nine tenths of theirs."""
_COVER_BOLDNESS = 0.011
"""The stroke that turns the regular serif into a masthead, in ems."""
_HAN_SINKS_EM = 0.055
"""How far Pillow's middle of a line is below the middle of a Han character in this font."""
_UNIT = re.compile(r"[!-~]+|\S")
_REMARK = re.compile(r"[（(].*")

CARD_PX = 480
"""Enough for a lock screen, and small enough to stand in a file once for each chapter."""
_MIN_CARD_PX, _MAX_CARD_PX = 60, 3000
_MARGIN_PX = 100
_BAND_PX = 190
_FOOT_PX = 1290
_HEADLINE_TOP_PX, _HEADLINE_BOTTOM_PX = 270, 1170
_CARD_PITCH = 1.28
_CARD_BOLDNESS = 0.014
_HEADLINE_SIZES_PX = range(230, 79, -6)
_BAND_SIZES_PX = range(92, 39, -4)


def edition_cover(paper: str, date: dt.date, items: int, size_px: int = MIN_COVER_PX) -> bytes:
    """A square RGB JPEG for an edition of ``paper``; same arguments, same bytes.

    Raises:
        ValueError: ``size_px`` is not one that directories accept.
    """
    canvas = _masthead(paper, size_px)
    _draw_date(canvas, date)
    _draw_wave(canvas, _PANEL_PX + 268)
    _draw_foot(canvas, f"本期共 {items} 条")
    return canvas.jpeg()


def library_cover(paper: str, size_px: int = MAX_COVER_PX) -> bytes:
    """A square RGB JPEG for all editions of ``paper`` together; same arguments, same bytes.

    Raises:
        ValueError: ``size_px`` is not one that directories accept.
    """
    canvas = _masthead(paper, size_px)
    left = _WAVE_LEFT_PX
    if _NAME not in paper:
        name = serif(_NAME_PX, INK, _COVER_BOLDNESS)
        canvas.text(left, _NAME_MIDDLE_PX - _NAME_PX * _HAN_SINKS_EM, _NAME, name, "lm")
        left += 2 * _NAME_PX + 70
    _draw_wave(canvas, _NAME_MIDDLE_PX, left, swing_px=90)
    _draw_foot(canvas, "报纸有声版")
    return canvas.jpeg()


@functools.lru_cache(maxsize=32)  # an item's own file and its chapter show the same
def article_card(headline: str, paper: str, date: dt.date, size_px: int = CARD_PX) -> bytes:
    """A square RGB JPEG for one item; same arguments, same bytes.

    Raises:
        ValueError: ``size_px`` is below 60 or above 3000.
    """
    canvas = Canvas.blank(size_px, _MIN_CARD_PX, _MAX_CARD_PX)
    _draw_band(canvas, drawable(paper))
    _draw_headline(canvas, drawable(headline) or drawable(paper))
    canvas.box(_MARGIN_PX, _FOOT_PX - 74, DESIGN_PX - _MARGIN_PX, _FOOT_PX - 70, GREY)
    canvas.text(_MARGIN_PX, _FOOT_PX, han_date(date), sans(60, GREY), "lm")
    return canvas.jpeg()


# --- a cover -------------------------------------------------------------------------------------


def _masthead(paper: str, size_px: int) -> Canvas:
    """A cover with nothing yet below its masthead."""
    canvas = Canvas.blank(size_px, MIN_COVER_PX, MAX_COVER_PX)
    canvas.box(0, 0, DESIGN_PX, _PANEL_PX, RED)
    near, far, bottom = _FRAME_INSET_PX, DESIGN_PX - _FRAME_INSET_PX, _PANEL_PX - _FRAME_INSET_PX
    canvas.box(near, near, far, bottom, CREAM)
    canvas.box(near + 5, near + 5, far - 5, bottom - 5, RED)
    size, lines = _fit(_layouts(paper), _MASTHEAD_BOX_PX)
    block_em = (len(lines) - 1) * _COVER_PITCH
    first = _PANEL_PX / 2 - size * (block_em / 2 + _HAN_SINKS_EM)
    for number, line in enumerate(lines):
        y = first + number * size * _COVER_PITCH
        canvas.text(DESIGN_PX / 2, y, line, serif(size, CREAM, _COVER_BOLDNESS))
    return canvas


def _draw_date(canvas: Canvas, date: dt.date) -> None:
    text = f"{han_date(date)}　星期{WEEKDAYS[date.weekday()]}"
    size, _ = _fit([(text,)], _DATE_BOX_PX)
    canvas.text(DESIGN_PX / 2, _PANEL_PX + 98, text, serif(size, INK, _COVER_BOLDNESS))
    canvas.box(90, _PANEL_PX + 172, 1310, _PANEL_PX + 182, INK)
    canvas.box(90, _PANEL_PX + 190, 1310, _PANEL_PX + 193, INK)


def _draw_wave(
    canvas: Canvas, middle: float, left: int = _WAVE_LEFT_PX, swing_px: float = 46
) -> None:
    """A line of speech in columns: the same on every cover, it says that this paper is heard."""
    for number, x in enumerate(range(_WAVE_LEFT_PX, _WAVE_RIGHT_PX, _WAVE_PITCH_PX)):
        syllable = (number * 7) % 12 / 12
        phrase = 1 - abs(number % 20 - 9.5) / 11
        half = 6 + swing_px * abs(syllable * phrase)
        if x >= left:
            canvas.box(x, middle - half, x + 8, middle + half, RED)


def _draw_foot(canvas: Canvas, said: str) -> None:
    canvas.text(90, _PANEL_PX + 380, said, sans(50), "lm")
    canvas.text(1310, _PANEL_PX + 380, "合成语音播读", sans(50, GREY), "rm")


def _layouts(paper: str) -> list[tuple[str, ...]]:
    """The ways to set a name in lines; a remark in brackets, as （汉文版）, has its own."""
    paper = drawable(paper)
    remark = _REMARK.search(paper)
    name, last = (paper[: remark.start()], (remark[0],)) if remark else (paper, ())
    units = _UNIT.findall(name)
    if not units:
        return [(paper or _NAME,)]
    return [_balanced(units, count) + last for count in range(1, len(units) + 1)]


def _fit(
    layouts: Sequence[tuple[str, ...]], box_px: tuple[int, int]
) -> tuple[float, tuple[str, ...]]:
    """The layout that fills a box with the largest type, and that type's size in pixels."""
    sized = ((_largest(lines, box_px), lines) for lines in layouts)
    return max(sized, key=lambda layout: layout[0])


def _largest(lines: Sequence[str], box_px: tuple[int, int]) -> float:
    width, height = box_px
    widest_em = max(length_em(line, _COVER_BOLDNESS) for line in lines)
    return min(width / widest_em, height / (1 + (len(lines) - 1) * _COVER_PITCH))


def _balanced(units: Sequence[str], lines: int) -> tuple[str, ...]:
    """``units`` in so many lines of nearly the same number, the longer ones first."""
    short, longer = divmod(len(units), lines)
    lengths = [short + (number < longer) for number in range(lines)]
    ends = itertools.accumulate(lengths)
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


# --- a card --------------------------------------------------------------------------------------


def _draw_band(canvas: Canvas, paper: str) -> None:
    canvas.box(0, 0, DESIGN_PX, _BAND_PX, RED)
    size, lines = _set(paper or _NAME, _BAND_SIZES_PX, height_px=0)
    canvas.text(_MARGIN_PX, _BAND_PX / 2, lines[0], serif(size, CREAM, _CARD_BOLDNESS), "lm")


def _draw_headline(canvas: Canvas, headline: str) -> None:
    size, lines = _set(headline, _HEADLINE_SIZES_PX, _HEADLINE_BOTTOM_PX - _HEADLINE_TOP_PX)
    block = (len(lines) - 1) * _CARD_PITCH * size
    first = (_HEADLINE_TOP_PX + _HEADLINE_BOTTOM_PX - block) / 2
    for number, line in enumerate(lines):
        y = first + number * _CARD_PITCH * size
        canvas.text(_MARGIN_PX, y, line, serif(size, INK, _CARD_BOLDNESS), "lm")


def _set(text: str, sizes_px: Sequence[int], height_px: float) -> tuple[int, list[str]]:
    """The largest of ``sizes_px`` at which ``text`` fits, and its lines; else cut at the last."""
    size, lines, room = sizes_px[0], [""], 1
    for size in sizes_px:
        lines = list(wrapped(text, (DESIGN_PX - 2 * _MARGIN_PX) / size, _CARD_BOLDNESS))
        room = max(1, int((height_px / size - 1) / _CARD_PITCH) + 1)
        if len(lines) <= room:
            return size, lines or [""]
    return size, [*lines[: room - 1], lines[room - 1][:-1] + "…"]
