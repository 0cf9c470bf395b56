"""Pages whose text is indented and whose headlines are flush: the indent says what a line is.

E-papers copied as text, and archives that keep one file an article, print each paragraph with an
indent of two characters and the lines of a headline without one. There a flush line under a blank
one begins an article, whatever it says, and an indented line never does. The lines of a headline
stand at fixed places: kicker, title, subtitle. An empty place is an empty line, so that text right
under the second line follows a subtitle, and a blank line there means that there is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tingbao.parse.blocks import BlockKind, BlockRole, Piece
from tingbao.parse.credits import (
    is_affiliated,
    is_byline,
    is_caption,
    is_dateline,
    is_labelled,
    is_name,
    is_spaced_name,
    is_speaker,
    is_trailing_credit,
    may_be_pen_name,
    split_lead,
)
from tingbao.parse.headlines import reads_as_subtitle
from tingbao.parse.text_cues import ends_sentence, is_list_item

_LONG = 30
"""From how many characters on a line is a paragraph, not the line of a headline."""

_LONGEST_TIGHT = 46
_MOST_LINES = 6
_LONGEST_SUBHEAD = 24
_KEPT = 0.95
"""Which share of the paragraphs must be indented; a picture's caption may not be."""


def with_flush_heads(pieces: Sequence[Piece]) -> list[Piece] | None:
    """The pieces with the parts that their indent shows; None where a page is not set so."""
    heads = [run for run in _flush_runs(pieces) if _is_head(pieces, run)]
    if not heads or heads[0] != next(_flush_runs(pieces)) or not _is_indented(pieces, heads):
        return None
    result = list(pieces)
    bounds = [run[0] for run in heads]
    for number, (start, end) in enumerate(zip(bounds, [*bounds[1:], len(pieces)], strict=True)):
        item = f"{pieces[start].page}:{number}"
        roles = _head_roles([pieces[at] for at in heads[number]], _follower(pieces, heads[number]))
        by_place = dict(zip(heads[number], roles, strict=True))
        for at in range(start, end):
            is_first = at - 1 in by_place and len(pieces[at].text) < _LONG
            result[at] = _marked(pieces, at, item, by_place.get(at), is_first=is_first)
    return result


def _is_indented(pieces: Sequence[Piece], heads: Sequence[Sequence[int]]) -> bool:
    if any(p.is_heading or p.block.role is not None for p in pieces if p.skip is None):
        return False
    in_heads = {at for head in heads for at in head}
    texts = [p for at, p in enumerate(pieces) if _is_plain(p) and at not in in_heads]
    long = [p for p in texts if len(p.text) >= _LONG and not _is_credit(p.text)]
    indented = sum(p.block.indented for p in long)
    return bool(indented) and indented >= _KEPT * len(long) and _is_close(texts)


def _is_close(texts: Sequence[Piece]) -> bool:
    """Whether paragraphs follow each other without a blank line, so that a blank line says more."""
    below = [
        after.block.tight
        for before, after in itertools.pairwise(texts)
        if after.block.indented and before.block.indented
    ]
    return sum(below) * 2 >= len(below)


def _is_plain(piece: Piece) -> bool:
    return piece.skip is None and piece.block.kind is BlockKind.TEXT and bool(piece.text)


def _flush_runs(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of each run of flush lines between indented ones; a blank line parts two runs."""
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if not _is_plain(piece):
            continue
        if piece.block.indented or (run and not piece.block.tight):
            if run:
                yield run
            run = []
        if not piece.block.indented:
            run.append(at)
    if run:
        yield run


def _is_head(pieces: Sequence[Piece], run: Sequence[int]) -> bool:
    first = pieces[run[0]]
    if len(run) > _MOST_LINES or (run[0] and first.block.tight and not _follows_end(pieces, run)):
        return False
    text = first.text
    if len(text) > 2 * _LONG or (len(text) > _LONG and text.endswith("。")):
        return False
    if not (_is_credit(text) or is_caption(text)):
        return True
    below = _follower(pieces, run)
    return below is not None and below.block.indented and _is_plain(below)


def _follows_end(pieces: Sequence[Piece], run: Sequence[int]) -> bool:
    """Whether a flush line without a blank one above stands under an indented text that ended.

    Where lines are broken at the width of a column, the text goes on in it instead.
    """
    above, first, below = pieces[run[0] - 1], pieces[run[0]], _follower(pieces, run)
    ended = ends_sentence(above.text) or is_caption(above.text) or _is_credit(above.text)
    is_line = len(first.text) <= _LONGEST_TIGHT and not ends_sentence(first.text)
    return above.block.indented and ended and is_line and below is not None and below.block.indented


def _follower(pieces: Sequence[Piece], run: Sequence[int]) -> Piece | None:
    """What stands under the head: a line that is kept out shows the blank line as well."""
    return pieces[run[-1] + 1] if run[-1] + 1 < len(pieces) else None


def _head_roles(lines: Sequence[Piece], follower: Piece | None) -> list[BlockRole]:
    """The part of the headline that each of its lines is."""
    signed = next((at for at, line in enumerate(lines) if at and _is_credit(line.text)), None)
    if signed is None and len(lines) > 1 and may_be_pen_name(lines[-1].text):
        signed = len(lines) - 1
    if signed is None:
        return _parts(lines, follower)
    below = [
        BlockRole.BYLINE if at == 0 or _is_credit(line.text) else BlockRole.SUBTITLE
        for at, line in enumerate(lines[signed:])
    ]
    return [*_parts(lines[:signed], None), *below]


def _parts(lines: Sequence[Piece], follower: Piece | None) -> list[BlockRole]:
    if len(lines) == 1:
        return [BlockRole.TITLE]
    below = [BlockRole.SUBTITLE] * (len(lines) - 1)
    text_follows = follower is not None and follower.block.tight
    if reads_as_subtitle(lines[1].text) or (len(lines) == 2 and text_follows):
        return [BlockRole.TITLE, *below]
    return [BlockRole.KICKER, BlockRole.TITLE, *below[1:]]


def _is_credit(text: str) -> bool:
    person = is_speaker(text) or is_name(text) or is_affiliated(text) or is_spaced_name(text)
    return person or is_byline(text) or is_dateline(text) or is_trailing_credit(text)


def _marked(
    pieces: Sequence[Piece], at: int, item: str, role: BlockRole | None, *, is_first: bool
) -> Piece:
    """The piece with what it is; ``is_first`` says that it stands directly under the head."""
    piece = pieces[at]
    block = replace(piece.block, item=item)
    if role is not None:
        return replace(piece, block=replace(block, role=role))
    if not _is_plain(piece):
        return replace(piece, block=block)
    if is_first and may_be_pen_name(piece.text):
        return replace(piece, block=replace(block, role=BlockRole.BYLINE))
    if is_subhead(pieces, at):
        block = replace(block, kind=BlockKind.HEADING, level=6)
    return replace(piece, block=replace(block, role=BlockRole.BODY))


def is_subhead(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a short line over a long one says what the long one is about, and no more."""
    text = pieces[at].text
    following = next((p for p in itertools.islice(pieces, at + 1, at + 4) if _is_plain(p)), None)
    if len(text) > _LONGEST_SUBHEAD or following is None or len(following.text) < _LONG:
        return False
    closed = ends_sentence(text) and text[-1] not in "？！?!”"
    if closed or text[-1] in "：:，、；" or _is_credit(text):
        return False
    return not (is_list_item(text) or is_labelled(text) or split_lead(text) is not None)
