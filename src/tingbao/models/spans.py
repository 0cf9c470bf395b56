"""Where a text comes from: places on a page, and stretches of one text that stand for another's."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` to ``end`` of a text, as in ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, from its top left corner, in the units of the input form."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Origin:
    """From ``offset`` of a text on, it was printed in this block of ``page``.

    ``line`` counts from 1 in the source file of the page and is None where the form has no lines;
    ``box`` is None where the form has no boxes.
    """

    page: int
    line: int | None
    offset: int = 0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """From ``offset`` of a text on, it stands on ``page``, from ``line`` on where that is known."""

    offset: int
    page: int
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SpokenSpan:
    """``printed`` is a stretch of the printed text, ``spoken`` the one in which it is heard.

    Spans of one utterance are in order, leave no gap in either text and do not overlap; one of
    the two may be empty (a dash that is not heard, a word that only the reader says).
    """

    printed: Span
    spoken: Span
