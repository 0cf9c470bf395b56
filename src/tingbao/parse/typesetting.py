"""Lines of text broken at the width of a column: which are running text and no headline.

Where paragraphs are indented, a line that begins with the indent and is full, or ends a sentence,
is text; so is each full line's unindented follower. Without this, the first short clause of a
paragraph looks like a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tingbao.parse.blocks import BlockKind, BlockRole
from tingbao.parse.characters import ends_sentence
from tingbao.parse.healing import Setting, printed_length, setting_of
from tingbao.parse.pieces import Piece


def as_set(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one page, running text of a broken and indented setting marked as body."""
    setting = setting_of(pieces, whole=False)
    if not (setting.width and setting.indents):
        return list(pieces)
    result = []
    runs_on = False
    for piece in pieces:
        running = _is_running(piece, setting, after_full=runs_on)
        runs_on = running and _is_full(piece, setting)
        block = replace(piece.block, role=BlockRole.BODY) if running else piece.block
        result.append(replace(piece, block=block))
    return result


def _is_running(piece: Piece, setting: Setting, *, after_full: bool) -> bool:
    block = piece.block
    if piece.skip is not None or block.kind is not BlockKind.TEXT or block.role is not None:
        return False
    if block.indented:
        return _is_full(piece, setting) or ends_sentence(piece.text)
    return after_full and block.tight


def _is_full(piece: Piece, setting: Setting) -> bool:
    """Whether the line reaches the right edge of its column, give or take a mark that hangs."""
    return printed_length(piece) >= setting.width - 1
