"""Columns of briefs: several one-paragraph items under one head, each with a lead of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tingbao.parse.blocks import BlockKind
from tingbao.parse.bylines import is_byline, split_lead
from tingbao.parse.outline import outline_mark
from tingbao.parse.pieces import Piece

_MARKS = "■●◆▲★□◎○◇▶►☆"
_BRACKETED = re.compile(
    rf"[{_MARKS}\s]*[【〖\[［](?P<title>[^】〗\]］]{{4,36}})[】〗\]］]\s*(?P<text>\S.{{9,}})"
)
_SPACED = re.compile(
    rf"[{_MARKS}]\s*(?P<title>[^，。：；！？\s]{{5,26}}(?:\s[^，。：；\s]{{3,16}})?)[\s\u3000]+(?P<text>\S.{{19,}})"
)
_PLACED = re.compile(
    rf"[{_MARKS}]\s*(?P<title>[^，。：；！？\s]{{2,8}})[\u3000]+(?P<text>\S.{{9,}})"
)
"""A place and, a full-width space behind it, what happened there: ●英买里镇　投资320万元."""

_NO_TITLE = re.compile(
    r"[。：:；，,]$|^(?:本报)?(?:记者|通讯员)|(?:记者|通讯员)$|^本报|编者按|^[问答]|[问答]$|^案例|^链接|^导语|^新闻(?:链接|背景)"
)


def split_brief(piece: Piece) -> tuple[Piece, Piece] | None:
    """The title and the text of a brief printed in one block, or None."""
    block = piece.block
    if piece.skip is not None or block.kind not in {BlockKind.TEXT, BlockKind.LIST} or block.bold:
        return None
    if block.lead and (cut := _bold(piece)):
        title, text = cut
    elif (
        found := _BRACKETED.match(piece.text)
        or _SPACED.match(piece.text)
        or (_PLACED.match(piece.text))
    ):
        title, text = found["title"], found["text"]
    else:
        return None
    if _NO_TITLE.search(title) or outline_mark(title) or is_byline(title):
        return None
    return _part(piece, title), _part(piece, text)


def run_of_briefs(pieces: Sequence[Piece], index: int) -> int:
    """How many blocks from ``index`` on are briefs."""
    end = index
    while end < len(pieces) and (pieces[end].skip is not None or split_brief(pieces[end])):
        end += 1
    return sum(piece.skip is None for piece in pieces[index:end])


def _bold(piece: Piece) -> tuple[str, str] | None:
    lead, text = piece.text[: piece.block.lead], piece.text[piece.block.lead :]
    title = lead.strip(f"{_MARKS} 　【】〖〗[]")
    if not 4 <= len(title) <= 36 or len(text.strip()) < 10 or split_lead(piece.text):
        return None
    return title, text.strip(" 　:：")


def _part(piece: Piece, text: str) -> Piece:
    return replace(piece, block=replace(piece.block, text=text, lead=0, kind=BlockKind.TEXT))
