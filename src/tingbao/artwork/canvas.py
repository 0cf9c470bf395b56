"""Drawing for covers and cards: measures of one design, scaled to any size, and the type."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from tingbao.text.numerals import WEEKDAYS

DESIGN_PX = 1400
"""All measures are of a picture of this size; others are scaled from it."""

CREAM, INK, RED, GREY = "#f7f1e3", "#211d19", "#9c1a1f", "#6a6257"
JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Type:
    """A font at a size, in pixels of the design."""

    path: str
    size_px: float
    ink: str = INK
    stroke_px: float = 0

    def at(self, scale: float) -> ImageFont.FreeTypeFont:
        """The font for a picture so many times as large as the design."""
        # The basic layout: the complex one is missing from some builds and would change bytes.
        basic = ImageFont.Layout.BASIC
        return ImageFont.truetype(
            self.path, max(1, round(self.size_px * scale)), layout_engine=basic
        )


@dataclass(frozen=True, slots=True)
class Canvas:
    """A square picture that is drawn on in pixels of the design."""

    image: Image.Image

    @classmethod
    def blank(cls, size_px: int, ground: str = CREAM) -> Canvas:
        """A picture of one colour."""
        return cls(Image.new("RGB", (size_px, size_px), ground))

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
            self._draw.rectangle(corners, fill=fill)

    def text(self, x: float, y: float, text: str, kind: Type, anchor: str = "mm") -> None:
        """Draw one line; ``anchor`` is Pillow's, ``x`` and ``y`` are its place in the design."""
        self._draw.text(
            (self.px(x), self.px(y)),
            text,
            fill=kind.ink,
            font=kind.at(self.scale),
            anchor=anchor,
            stroke_width=self.px(kind.stroke_px),
        )

    def jpeg(self) -> bytes:
        """The picture as an RGB JPEG; the same picture gives the same bytes."""
        sink = io.BytesIO()
        self.image.save(sink, "JPEG", quality=JPEG_QUALITY, optimize=True)
        return sink.getvalue()

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)


def drawable(text: str) -> str:
    """``text`` without what cannot be drawn: lone surrogates; white space becomes single."""
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())


def weekday(date: dt.date) -> str:
    """The day of the week as it is written under a masthead."""
    return f"星期{WEEKDAYS[date.weekday()]}"
