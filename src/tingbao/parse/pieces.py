"""A block on its way through segmentation: in simplified script, on its page, with its fate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tingbao.models import ArticleKind, Origin, SkipReason
from tingbao.parse.blocks import Block, BlockKind
from tingbao.parse.bylines import split_lead
from tingbao.parse.jumps import Jump


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
        """How deep a marked heading lies: its level, 7 for bold type alone."""
        return self.block.level or 7


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

    @property
    def is_signed(self) -> bool:
        """Whether a reporter signs it, in a line of its own or at the head of its first text."""
        return bool(self.byline) or opens_with_credit(self.body)

    def pieces(self) -> list[Piece]:
        """All its pieces: the notice it begins with, the headline zone, the body."""
        zone = [*self.kicker, *self.title, *self.subtitle, *self.byline, *self.dateline]
        return [*([self.jump_in] if self.jump_in else []), *zone, *self.body]


def opens_with_credit(body: Iterable[Piece]) -> bool:
    """Whether the first text of a body opens with a credit (本报讯), as plain news does."""
    first = next((piece for piece in body if piece.skip is None and piece.text), None)
    return first is not None and split_lead(first.text) is not None
