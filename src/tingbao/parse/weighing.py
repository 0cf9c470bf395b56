"""Whether a headline begins an item or heads a part of the one it stands in.

Marks are not enough: some engines give every heading one level, some none. So each group of
headline lines is weighed: what follows it (a byline, a lead, a date line), what went before (a
jump, a credit, the end of a sentence), how it is marked among the headings of its page. The
weights are set by hand on the corpus; its floors hold them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tingbao.parse.adverts import is_advert_title
from tingbao.parse.blocks import BlockRole
from tingbao.parse.captions import is_caption
from tingbao.parse.characters import ends_sentence
from tingbao.parse.cues import tells_news
from tingbao.parse.furniture import is_column_head
from tingbao.parse.groups import PLAIN_RANK, Group, has_ended, is_complete
from tingbao.parse.headlines import is_document_title, is_notice_title, is_part_head
from tingbao.parse.lines import is_entry
from tingbao.parse.pieces import Draft, Piece
from tingbao.parse.styles import Style

_VOICE = re.compile(r"[^，：说道悉到称]{1,4}：\S")
"""Whose view a part gives: 业界：产品需更丰富."""

_TWO_CLAUSES = re.compile(r"\S{5,}[ \u3000]+\S{5,}")
"""A printed space parts the clauses of a title; a part's head seldom has two."""

_LONG_BODY = 30
_LONGEST_PART = 24
_SHORT = 9
_MIDDLING = 14
_LONG = 20
_USUAL = 0.5
"""From which share on a byline after a headline is what the page usually prints."""

_MOST_LIKENESS = 3.0
_SERIES = 2.0
"""What a series of short labels weighs against items where no byline tells that parts follow."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is known of the item that is open where a headline comes.

    ``signed`` says that it has a byline, as those that are divided into parts have; ``led`` that
    its text opens with the credit, as plain news does; ``rank`` is that of its headline.
    """

    signed: bool
    led: bool
    rank: int

    @classmethod
    def of(cls, draft: Draft) -> Open:
        """What ``draft`` tells so far."""
        marked = (piece.rank for piece in draft.title if piece.is_heading)
        led = draft.has_lead and not draft.byline
        return cls(draft.is_signed, led, min(marked, default=PLAIN_RANK))


def opens_item(group: Group, style: Style, before: Piece | None, item: Open) -> bool:
    """Whether the group begins an item of its own.

    ``before`` is the piece before it, None where no item is open; ``item`` is the open one.
    """
    if any(line.block.role is BlockRole.TITLE for line in group.lines):
        return True
    if before is None:
        return group.rank < PLAIN_RANK or group.strong or _stands_over_text(group)
    known = _by_name(group, before)
    if known is not None:
        return known
    if group.rank == PLAIN_RANK and not _may_open_plainly(group, style, before):
        return False
    sure = group.rank == PLAIN_RANK and group.strong
    return sure or _weight(group, style, before, item) > 0


def heads_part(group: Group, style: Style, before: Piece | None) -> bool:
    """Whether a line without a mark, which begins no item, heads a part of the one it is in."""
    if before is None or group.follower is None or len(group.lines) > 1 or group.rank < PLAIN_RANK:
        return False
    text = group.main.text
    if is_part_head(text):
        return True
    if style.marked or not is_complete(before) or not ends_sentence(group.follower.text):
        return False
    likeness = style.parallel(group)
    if text.endswith("：") or len(text) > _LONGEST_PART:
        return False
    if "，" in text:
        return likeness >= _MOST_LIKENESS
    quoted = text.count("“") == text.count("”") > 0
    return likeness > 0 or " " in text or quoted or bool(_VOICE.match(text))


def _by_name(group: Group, before: Piece) -> bool | None:
    """What the words of a headline alone decide; None where they decide nothing."""
    text = group.main.text
    if is_advert_title(text):
        return True
    if is_part_head(text) and not group.strong:
        return False
    if is_column_head(text):
        return group.rank < PLAIN_RANK or is_complete(before)
    return None


def _may_open_plainly(group: Group, style: Style, before: Piece) -> bool:
    """Lines without any mark: only after an end, before a sentence, and not against the marks."""
    if style.marked and not is_complete(before):  # a verse, whatever follows it
        return False
    if group.strong and len(group.lines) == 1:
        return not group.main.text.endswith("：")
    if not is_complete(before) or group.follower is None:
        return False
    plain = _stands_over_text(group) and "，" not in group.main.text
    return group.strong or (plain and not style.marked)


def _stands_over_text(group: Group) -> bool:
    """Whether lines without a mark are no sentence themselves, and one follows them."""
    last = group.lines[-1].text
    if group.follower is None or ends_sentence(last) or last.endswith(("：", ":")):
        return False
    follower = group.follower.text
    if group.follower.block.role is BlockRole.BODY:
        return True
    if len(follower) < len(last) // 2:  # the rest of a broken sentence
        return False
    return len(follower) >= _LONG_BODY or ends_sentence(follower) or follower.endswith("：")


def _weight(group: Group, style: Style, before: Piece, item: Open) -> float:
    """The sum of the signs that the group begins an item; above zero it does."""
    text = group.main.text
    follower = group.follower.text if group.follower is not None else ""
    signs = (
        (4.0, group.strong),
        (3.0, has_ended(before)),
        # Where an item jumps to another page, nothing more of it stands on this one.
        (3.0, before.jump is not None and before.jump.out),
        (1.5, tells_news(follower)),
        (2.0, is_caption(follower)),
        (3.0, is_entry(follower)),
        (3.0, is_notice_title(text) or is_document_title(text)),
        (1.0, len(group.lines) > 1),
        (1.0, group.rank < PLAIN_RANK and bool(_TWO_CLAUSES.match(text))),
        # What is signed below is no part of what was signed above.
        (3.0, item.signed and group.signed),
        # Plain news has no parts with headings as large as its own.
        (4.0, item.led and group.rank <= item.rank),
        (2.0, item.signed and style.ends_series(group)),
        # Nor do verses go on in prose.
        (3.0, item.signed and _is_verse(before) and len(follower) >= _LONG_BODY),
    )
    weight = sum(weight for weight, holds in signs if holds)
    weight += _rank_weight(group.rank, style) + _length_weight(group.length)
    if item.signed:
        return weight - (0.0 if group.strong else _part_weight(group, style))
    return weight - _SERIES * style.in_series(group)


def _is_verse(before: Piece) -> bool:
    """Whether a short line that ends no sentence comes last."""
    return len(before.text) <= _LONG and not is_complete(before)


def _part_weight(group: Group, style: Style) -> float:
    """The signs that the group heads a part of a signed item."""
    expected = style.share(group.rank) >= _USUAL and not style.layered
    likeness = min(_MOST_LIKENESS, style.parallel(group))
    return likeness + 2.0 * expected + 0.5 * (len(group.main.text) <= _SHORT)


def _rank_weight(rank: int, style: Style) -> float:
    if rank <= style.top:
        return 3.0 if style.layered and style.used[style.top] > 1 else 1.0
    lone_lead = style.used[style.top] == 1 and style.share(rank) >= _USUAL / 2
    return 0.0 if lone_lead else -3.0


def _length_weight(length: int) -> float:
    if length >= _LONG:
        return 2.0
    if length >= _MIDDLING:
        return 1.0
    return -0.5 if length <= _SHORT else 0.0
