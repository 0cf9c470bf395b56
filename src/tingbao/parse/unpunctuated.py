"""Pages printed without punctuation, as papers were before 1920: blank lines are all they have.

No mark ends a sentence there, so that a line says nothing of whether the next one goes on with it,
and a paragraph looks like a headline. What counts: a run of lines between blank ones is a
paragraph, a short one above a long one is a headline, and where no headline is printed each run is
an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tingbao.parse.blocks import BlockKind, BlockRole, Piece
from tingbao.parse.credits import is_byline, is_dateline
from tingbao.text.han import count_han

_MARKS = re.compile(r"[，。、；：？！,;:?!「」《》]|(?<=\S)[ \u3000]+(?=\S)")
_FEWEST_HAN = 60
_HAN_PER_MARK = 30
"""Punctuated print has a mark every seven to twelve characters."""

_LONG = 24
"""From how many Han characters on a line without punctuation is text, and no headline."""

_LONGEST_HEAD = 16
_LONGER = 17
"""The same on a page that is known to have no punctuation."""

_SHORT_LINE = 8
_RUN_IN = re.compile(r"(?P<head>[^ \u3000]{2,16})[ \u3000]+(?P<text>\S{12,})$")
"""A headline on the line of its text, which a gap sets apart: 渡船復開　清江水退三尺…"""

_ITEM_MARK = re.compile(r"[●○◎◉■□▲△◆◇★☆]\s*\S")
_UNMARKED = "●○◎◉■□▲△◆◇★☆ \u3000"


def is_unpunctuated(pieces: Sequence[Piece]) -> bool:
    """Whether a page's text runs without punctuation; verse in short lines is none such."""
    runs = list(_runs(pieces))
    texts = ["".join(pieces[at].text for at in run) for run in runs]
    total = sum(map(count_han, texts))
    marks = sum(len(_MARKS.findall(pieces[at].text)) for run in runs for at in run)
    if total < _FEWEST_HAN or marks * _HAN_PER_MARK > total:
        return False
    running = sum(
        count_han(text) for text, run in zip(texts, runs, strict=True) if _is_text(pieces, run)
    )
    return running * 5 >= total * 3


def with_bare_heads(pieces: Sequence[Piece]) -> list[Piece] | None:
    """The pieces of an unpunctuated page with their parts; None where it has punctuation."""
    if any(p.block.role is not None for p in pieces if p.skip is None):
        return None
    if not is_unpunctuated(pieces):
        return None
    return _marked(_without_run_ins(pieces))


def _marked(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with roles and items, by their runs."""
    result = list(pieces)
    runs = list(_runs(pieces))
    heads = _heads(pieces, runs)
    any_head = any(heads) or any(piece.is_heading for piece in pieces if piece.skip is None)
    first = heads.index(True) if any(heads) else len(heads)
    item = 0
    for number, run in enumerate(runs):
        above = number > 0 and heads[number - 1]
        begins = heads[number] and not above
        item += begins or not any_head or (number < first and _has_mark(pieces, run))
        below = number + 1 < len(runs) and heads[number + 1]
        role = BlockRole.BODY
        if heads[number]:
            role = BlockRole.KICKER if below else BlockRole.TITLE
        for at in run:
            if not pieces[at].is_heading:
                result[at] = _with(pieces[at], role, f"{pieces[at].page}:{item}")
    return result


def _with(piece: Piece, role: BlockRole, item: str) -> Piece:
    text = piece.text.strip(_UNMARKED) if role is not BlockRole.BODY else piece.text
    return replace(piece, block=replace(piece.block, text=text, role=role, item=item))


def _runs(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of the lines of text between blank lines; a headline is a run of its own."""
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.skip is not None or piece.block.kind not in {BlockKind.TEXT, BlockKind.LIST}:
            if run:
                yield run
            run = []
            continue
        if run and (not piece.block.tight or _parts(pieces, run, at)):
            yield run
            run = []
        if piece.text:
            run.append(at)
    if run:
        yield run


def _parts(pieces: Sequence[Piece], run: Sequence[int], at: int) -> bool:
    """Whether a line begins a run of its own though no blank line is above it."""
    text, before = pieces[at].text, pieces[run[-1]].text
    if pieces[at].block.indented or _ITEM_MARK.match(text):
        return True
    if len(run) == 1 and _is_short(before) and len(text) >= _LONG:
        return True
    if len(run) == 1 and len(before) <= _SHORT_LINE and len(text) > len(before) + 2:
        return True
    below = pieces[at + 1].text if at + 1 < len(pieces) else ""
    return len(before) >= _LONG and _is_short(text) and len(below) >= _LONG


def _is_short(text: str) -> bool:
    return len(text.strip(_UNMARKED)) <= _LONGEST_HEAD


def _is_text(pieces: Sequence[Piece], run: Sequence[int], least: int = _LONG) -> bool:
    """Whether a run is text: a line of this length, or lines of one width but the last."""
    lengths = [len(pieces[at].text) for at in run]
    if max(lengths) >= least:
        return True
    even = lengths[:-1]
    return len(even) > 1 and min(even) > _SHORT_LINE and max(even) - min(even) <= 2


def _heads(pieces: Sequence[Piece], runs: Sequence[Sequence[int]]) -> list[bool]:
    """Which runs are one short line above text, or above another such line."""
    heads = [False] * len(runs)
    for number in range(len(runs) - 2, -1, -1):
        text, below = pieces[runs[number][0]].text, runs[number + 1]
        if len(runs[number]) == 1 and _is_short(text) and not _is_credit(text.strip(_UNMARKED)):
            heads[number] = heads[number + 1] or _is_text(pieces, below, _LONGER)
    return heads


def _is_credit(text: str) -> bool:
    return is_byline(text) or is_dateline(text)


def _has_mark(pieces: Sequence[Piece], run: Sequence[int]) -> bool:
    return bool(_ITEM_MARK.match(pieces[run[0]].text))


def _without_run_ins(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, a headline on the line of its text cut off from it."""
    result: list[Piece] = []
    for piece in pieces:
        found = _RUN_IN.match(piece.text) if piece.skip is None and not piece.is_heading else None
        if found is None or count_han(found["text"]) < count_han(found["head"]) * 2:
            result.append(piece)
        else:
            block = replace(piece.block, lead=0)
            result.append(replace(piece, block=replace(block, text=found["head"], tight=False)))
            result.append(replace(piece, block=replace(block, text=found["text"], tight=True)))
    return result
