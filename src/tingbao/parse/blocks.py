"""What every reader returns: pages of blocks, whatever the input form was.

A reader copies what the form says and decides nothing about articles: segmentation does that,
for all forms alike. What a form knows for certain (an e-paper marks its titles) is in ``role`` and
``item``; what it only shows (a heading mark, bold type, a blank line) in ``kind``, ``level``,
``bold`` and ``tight``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.models import ArticleKind, Box, Origin, PageLabel, SkipReason

if TYPE_CHECKING:
    from PIL import Image

PLAIN_RANK = 9
"""The rank of a line without any mark of a heading."""

_BOLD_RANK = 7
_LEADING = 1.3
"""How far apart lines of print are set, in heights of their type."""

_OVERHANG = 1.1
"""By what a line may be wider in our reckoning than its box: marks are narrower than characters."""

_MOST_LINES = 200
_LONGEST_UPRIGHT = 40


class BlockKind(StrEnum):
    """What a block looks like on the page."""

    TEXT = "text"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    RULE = "rule"
    """A printed line between articles; carries no text."""


class BlockRole(StrEnum):
    """What a form knows a block to be."""

    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    MASTHEAD = "masthead"
    FURNITURE = "furniture"
    CREDIT = "credit"
    SITE = "site"
    """What a web site shows around a page: menus, lists of pages, notices."""


@dataclass(frozen=True, slots=True)
class Block:
    r"""One piece of a page in reading order.

    Attributes:
        text: the piece's text without markup; line breaks that are part of it are ``\n``.
            Empty for tables (see ``rows``) and rules.
        line: the first line in the source file, counted from 1; None where the form has none.
        kind: what it looks like.
        level: for headings, 1 (largest) upwards as marked; bold lines marked as headings by
            nothing else are TEXT with ``bold``. 0 otherwise.
        bold: the whole block is set in bold.
        lead: how many characters at its start are set in bold when not all are.
        tight: no blank line separates it from the block before.
        continues: it is set as the rest of the paragraph that the text before it began.
        indented: it begins with the two-character indent of a Chinese paragraph.
        hard: a printed line break is marked at its end, so it is a line of its own.
        rows: for tables, the cells of each row, the column headings first where there are any.
        role: what the form knows it to be; None where segmentation must find out.
        pictured: a picture stands right above it, as far as the form shows pictures.
        box: where on the page it stands; None where the form has no boxes.
        item: blocks with the same key are one article, bounded by the form; None where
            segmentation must find them.
        lines: how many lines of the source file it takes.
    """

    text: str
    line: int | None = None
    kind: BlockKind = BlockKind.TEXT
    level: int = 0
    bold: bool = False
    lead: int = 0
    tight: bool = False
    continues: bool = False
    indented: bool = False
    hard: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    role: BlockRole | None = None
    item: str | None = None
    pictured: bool = False
    box: Box | None = None
    lines: int = 1

    @property
    def type_size(self) -> float:
        """How high its characters are in the units of its box; 0 where it has none.

        The text is set in as few lines as the box has room for, from top to bottom where a short
        text has a box that is higher than wide.
        """
        length = len(self.text)
        if self.box is None or not length:
            return 0.0
        sides = self.box.right - self.box.left, self.box.bottom - self.box.top
        upright = sides[1] > sides[0] and length <= _LONGEST_UPRIGHT
        across, down = sides[::-1] if upright else sides
        for lines in range(1, min(length, _MOST_LINES) + 1):
            size = down / (1 + _LEADING * (lines - 1))
            if -(-length // lines) * size <= across * _OVERHANG:
                return size
        return 0.0


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page as read: ``source`` is shown to people; the rest only as far as the form says.

    ``whole`` says that the form prints one paragraph a block, so that no paragraph is broken
    by a column and there is nothing to reflow. ``notes`` are what a person should know of the
    reading, such as a part that is missing. ``picture`` shows the page, where that can be seen.
    """

    source: str
    blocks: tuple[Block, ...]
    label: str | None = None
    section: str | None = None
    paper: str | None = None
    date: dt.date | None = None
    whole: bool = False
    notes: tuple[str, ...] = ()
    picture: Callable[[], PagePicture] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it looks; ``scale`` pixels make one unit of its boxes."""

    image: Image.Image
    scale: float


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as found, with its bytes."""

    path: Path
    data: bytes


@dataclass(frozen=True, slots=True)
class Jump:
    """A notice: ``out`` when the rest is elsewhere, else the start is.

    ``label`` and ``title`` are None where none is printed or it was lost. ``undirected`` says that
    its words give no direction (紧接第二版), as the place of the notice, else the order of the
    pages, does.
    """

    text: str
    out: bool
    label: PageLabel | None
    title: str | None = None
    undirected: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of page ``page``; ``skip`` says why it is kept out, ``jump`` what it points at."""

    block: Block
    page: int
    skip: SkipReason | None = None
    jump: Jump | None = None

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.block.text

    @property
    def origin(self) -> Origin:
        """Where it is printed."""
        return Origin(self.page, self.block.line, box=self.block.box)

    @property
    def is_heading(self) -> bool:
        """Whether the block is marked as a heading, by level or bold type."""
        return self.block.kind is BlockKind.HEADING or self.block.bold

    @property
    def rank(self) -> int:
        """How deep a heading lies: its level, 7 for bold type alone, and without any mark 9."""
        return (self.block.level or _BOLD_RANK) if self.is_heading else PLAIN_RANK


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its text is put together; its body holds skipped pieces where they stood.

    ``jump_in`` is the notice that it begins with, where it continues another page.
    """

    kicker: tuple[Piece, ...] = ()
    title: tuple[Piece, ...] = ()
    subtitle: tuple[Piece, ...] = ()
    byline: tuple[Piece, ...] = ()
    dateline: tuple[Piece, ...] = ()
    body: tuple[Piece, ...] = ()
    kind: ArticleKind | None = None
    jump_in: Piece | None = None

    @property
    def jump_out(self) -> Piece | None:
        """The notice that the text goes on elsewhere, where one stands in the body."""
        return next((p for p in reversed(self.body) if p.jump is not None and p.jump.out), None)

    def pieces(self) -> list[Piece]:
        """All its pieces: the notice it begins with, the headline zone, the body."""
        zone = [*self.kicker, *self.title, *self.subtitle, *self.byline, *self.dateline]
        return [*([self.jump_in] if self.jump_in else []), *zone, *self.body]
