"""A page with what was made of it drawn over it: items in colours, their order, what is skipped.

People check a segmentation by looking.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tingbao.artwork.drawing import sans
from tingbao.models import Box, Edition

LONGEST_PX = 2400
"""The longer side of every picture: body type of a broadsheet can still be read."""

COLOURS = (
    "#c0392b", "#1f6fb4", "#2e8b57", "#8e44ad", "#d35400", "#00838f", "#ad1457", "#5d4037",
    "#33691e", "#283593",
)  # fmt: skip
"""Of the items, in order and over again; dark enough for white figures."""

SKIPPED = "#757575"
_TAG_PX = 20
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class _Mark:
    """A box in a colour with a label; what is skipped is crossed out."""

    box: Box
    label: str
    colour: str
    skipped: bool = False


def draw_page(
    edition: Edition, number: int, image: Image.Image | None, scale: float
) -> bytes | None:
    """A PNG of the page with this number; None where no text of it has a box.

    ``image`` is the page as it looks, of which ``scale`` pixels make one unit of the boxes;
    without one, the boxes are drawn on white.
    """
    marks = list(_marks(edition, number))
    if not marks:
        return None
    if image is None:
        ends = [(mark.box.right, mark.box.bottom) for mark in marks]
        wide, high = (
            max(1, round(max(sides) * (1 + _MARGIN))) for sides in zip(*ends, strict=True)
        )
        image, scale = Image.new("L", (wide, high), "white"), 1.0
    ratio = LONGEST_PX / max(image.size)
    size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    shown, scale = image.resize(size).convert("RGB"), scale * ratio
    for mark in marks:
        _draw(shown, mark, scale)
    sink = io.BytesIO()
    shown.save(sink, "PNG")
    return sink.getvalue()


def _marks(edition: Edition, number: int) -> Iterator[_Mark]:
    """Items first, each box labelled with the item and its place in it: 03, 03.2, 03.3."""
    for place, article in enumerate(edition.articles):
        colour = COLOURS[place % len(COLOURS)]
        parts = [*article.head, *(one for text in article.paragraphs for one in text.origins)]
        boxes = [part.box for part in parts if part.page == number and part.box is not None]
        for order, box in enumerate(dict.fromkeys(boxes), 1):
            yield _Mark(box, article.id if order == 1 else f"{article.id}.{order}", colour)
    for skip in edition.skipped:
        if skip.page == number and skip.box is not None:
            yield _Mark(skip.box, skip.reason.value, SKIPPED, skipped=True)


def _draw(image: Image.Image, mark: _Mark, scale: float) -> None:
    box = mark.box
    sides = (box.left, box.top, box.right, box.bottom)
    left, top, right, bottom = (round(side * scale) for side in sides)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    corners = (left, top, right, bottom)
    tint = Image.new("RGB", (right - left, bottom - top), mark.colour)
    image.paste(tint, (left, top), Image.new("L", tint.size, 45))
    pen = ImageDraw.Draw(image)
    pen.rectangle(corners, outline=mark.colour, width=2)
    if mark.skipped:
        pen.line((left, top, right, bottom), fill=mark.colour, width=2)
        pen.line((left, bottom, right, top), fill=mark.colour, width=2)
    font = sans(_TAG_PX).at(1)
    tag = pen.textbbox((left, max(0, top - _TAG_PX)), mark.label, font=font)
    pen.rectangle((tag[0], tag[1] - 2, tag[2] + 4, tag[3] + 2), fill=mark.colour)
    pen.text((left + 2, max(0, top - _TAG_PX)), mark.label, fill="white", font=font)
