"""Drawing for covers and cards: measures of one design, scaled to any size, type and its lines."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

DESIGN_PX = 1400
"""All measures are of a picture of this size; others are scaled from it."""

CREAM, INK, RED, GREY = "#f7f1e3", "#211d19", "#9c1a1f", "#6a6257"
JPEG_QUALITY = 88

_RULER_PX = 100
_UNIT = re.compile(r"(?:[!-~]+|\S)\s?")
_NOT_FIRST = frozenset("、，。；：？！）》〉】」』”’…—·％%,.;:?!)")
_NOT_LAST = frozenset("（《〈【「『“‘(")


@dataclass(frozen=True, slots=True)
class Type:
    """A font at a size, in pixels of the design; ``boldness`` is a stroke around it, in ems."""

    path: str
    size_px: float
    ink: str = INK
    boldness: float = 0

    def at(self, scale: float) -> ImageFont.FreeTypeFont:
        """The font for a picture so many times as large as the design."""
        # The basic layout: the complex one is missing from some builds and would change bytes.
        size = max(1, round(self.size_px * scale))
        return ImageFont.truetype(self.path, size, layout_engine=ImageFont.Layout.BASIC)


def serif(size_px: float, ink: str = INK, boldness: float = 0) -> Type:
    """The type of mastheads and headlines."""
    return Type(str(serif_path()), size_px, ink, boldness)


def sans(size_px: float, ink: str = INK) -> Type:
    """The type of small print."""
    return Type(str(sans_path()), size_px, ink)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A square picture that is drawn on in pixels of the design."""

    image: Image.Image

    @classmethod
    def blank(cls, size_px: int, smallest_px: int, largest_px: int) -> Canvas:
        """An empty picture.

        Raises:
            ValueError: ``size_px`` is out of range.
        """
        if not smallest_px <= size_px <= largest_px:
            raise ValueError(f"{size_px} px is out of range: {smallest_px} to {largest_px}")
        return cls(Image.new("RGB", (size_px, size_px), CREAM))

    @property
    def scale(self) -> float:
        """Pixels of the picture to one of the design."""
        return self.image.width / DESIGN_PX

    def px(self, design_px: float) -> int:
        """A measure of the design in this picture."""
        return round(design_px * self.scale)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """Fill a rectangle."""
        corners = (self.px(left), self.px(top), self.px(right) - 1, self.px(bottom) - 1)
        if corners[0] <= corners[2] and corners[1] <= corners[3]:
            ImageDraw.Draw(self.image).rectangle(corners, fill=fill)

    def text(self, x: float, y: float, text: str, kind: Type, anchor: str = "mm") -> None:
        """Draw one line; ``anchor`` is Pillow's, ``x`` and ``y`` are its place in the design."""
        ImageDraw.Draw(self.image).text(
            (self.px(x), self.px(y)),
            text,
            fill=kind.ink,
            font=kind.at(self.scale),
            anchor=anchor,
            stroke_width=self.px(kind.size_px * kind.boldness),
        )

    def jpeg(self) -> bytes:
        """The picture as an RGB JPEG; the same picture gives the same bytes.

        Raises:
            MemoryError: the encoder found no memory: it says so by an OSError, and no file is
                written here that could fail.
        """
        sink = io.BytesIO()
        try:
            self.image.save(sink, "JPEG", quality=JPEG_QUALITY, optimize=True)
        except OSError as error:
            raise MemoryError(str(error)) from error
        return sink.getvalue()


def drawable(text: str) -> str:
    """``text`` without what cannot be drawn: lone surrogates; white space becomes single."""
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())


# --- lines of type -------------------------------------------------------------------------------


def length_em(text: str, boldness: float) -> float:
    """The length of a line in ems, its stroke included."""
    return sum(map(_advance_px, text)) / _RULER_PX + 2 * boldness


@functools.lru_cache(maxsize=4096)
def _advance_px(sign: str) -> float:
    """How much room a sign takes; in the basic layout of a font without kerning they add up."""
    return _ruler().getlength(sign)


@functools.cache
def _ruler() -> ImageFont.FreeTypeFont:
    return serif(_RULER_PX).at(1)


def wrapped(text: str, width_em: float, boldness: float) -> Iterator[str]:
    """Lines no wider than ``width_em``, none begun or ended by a mark that may not stand there."""
    line: list[str] = []
    for unit in _units(text, width_em, boldness):
        if line and length_em("".join([*line, unit]).rstrip(), boldness) > width_em:
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


def _units(text: str, width_em: float, boldness: float) -> Iterator[str]:
    """What is not broken: a Han character, a word; a word longer than a line is broken anywhere.

    A space belongs to the unit before it.
    """
    for found in _UNIT.finditer(text):
        unit = found[0]
        if length_em(unit.rstrip(), boldness) > width_em:
            yield from unit
        else:
            yield unit
