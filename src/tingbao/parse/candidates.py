"""Candidates for the start of an article: groups of headline lines, and how a page marks them."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tingbao.models import SkipReason
from tingbao.parse.blocks import PLAIN_RANK, BlockKind, BlockRole, Piece
from tingbao.parse.credits import (
    is_affiliated,
    is_byline,
    is_caption,
    is_dateline,
    is_legend,
    is_name,
    is_photographer,
    is_speaker,
    is_trailing_credit,
    may_be_pen_name,
    names_person,
    split_lead,
)
from tingbao.parse.furniture import is_column_heading
from tingbao.parse.headlines import (
    is_document_title,
    is_headline,
    is_marked_headline,
    is_part_heading,
)
from tingbao.parse.text_cues import ends_sentence, is_short_item, tells_news, with_usual_marks
from tingbao.text.han import HAN

_MOST_LINES = 6
"""A longer run of short lines is a poem or a list."""

_MOST_PLAIN = 2
"""More lines without a mark under a marked headline are verses or a list, not its subtitles."""

_MOST_VERSES = 60
"""How many lines ahead the headline under a poem or a list is looked for."""

_LONG_TEXT = 20
"""From how many characters on a line is text, and no line of a headline zone."""

_ZONE = 3
"""How many lines after a headline may stand before the one that shows it was one."""

_IN_BRACKETS = re.compile(r"[（(]([^（()）]{2,4})[）)]")
_CLAUSES = re.compile(r"\S[，、；,;。]\S")
_SHORT_KICKER = re.compile(f"[{HAN}]{{2,3}}")
_NOTE = re.compile(
    r"来源\s*[:：]|(?:发布|发表|更新|发稿)?时间\s*[:：]|\d{4}.\d{1,2}.\d{1,2}.{0,2}\s*\d{1,2}:\d\d"
)
_CONTACT = re.compile(r"[:：][^，。；]{0,40}[\dA-Za-z]$")
_ENDED = frozenset({SkipReason.JUMP, SkipReason.ADVERT})
ASIDE = frozenset({SkipReason.FURNITURE, SkipReason.CREDIT, SkipReason.MASTHEAD})
"""What may stand anywhere without parting what is above from what is below."""

_KNOWN_BODY = frozenset({BlockRole.BODY, BlockRole.BYLINE, BlockRole.DATELINE})


@dataclass(frozen=True, slots=True)
class HeadlineGroup:
    """Lines ``pieces[start:end]`` of a headline.

    ``strong`` says that a byline, a lead, a date line or the notice of a jump follows, as only
    after a headline; ``follower`` is the first piece after the group that is not skipped;
    ``signed`` says that the text under it, up to the next group, ends with its writers.
    """

    start: int
    end: int
    lines: tuple[Piece, ...]
    strong: bool
    follower: Piece | None
    signed: bool = False
    gaps: tuple[int, int] = (0, 0)
    """How many blank lines stand above and below it."""
    noted: bool = False
    """Whether a site's or a program's line on it stands directly below: 来源：…　2026-03-14."""

    @property
    def rank(self) -> int:
        """The rank of its largest line."""
        return min(line.rank for line in self.lines)

    @property
    def length(self) -> int:
        """How long its longest line of that rank is."""
        return max(len(line.text) for line in self.lines if line.rank == self.rank)

    @property
    def main(self) -> Piece:
        """Its largest line, the first of equals."""
        return min(self.lines, key=lambda line: line.rank)


def groups_of(pieces: Sequence[Piece]) -> dict[int, HeadlineGroup]:
    """The headline groups of a page by the index at which they begin."""
    groups: dict[int, HeadlineGroup] = {}
    index = 0
    while index < len(pieces):
        index = _past_verses(pieces, index)
        group = group_at(pieces, index)
        if group is not None:
            groups[index] = group
        index = _next(pieces, group) if group is not None else index + 1
    ends = [*list(groups)[1:], len(pieces)]
    return {
        start: replace(
            group,
            signed=_is_signed(pieces[group.end : end]),
            gaps=(_gap(pieces, start), _gap(pieces, group.end)),
            noted=is_noted(pieces, group.end),
        )
        for (start, group), end in zip(groups.items(), ends, strict=False)
    }


def is_noted(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the line at ``index`` says when an article was put out and where it is from."""
    if index >= len(pieces) or pieces[index].skip not in {SkipReason.FURNITURE, SkipReason.CREDIT}:
        return False
    return bool(_NOTE.search(pieces[index].text))


def _gap(pieces: Sequence[Piece], index: int) -> int:
    """How many blank lines stand above a piece; 0 where its form has no lines."""
    if not 0 < index < len(pieces):
        return 0
    line, above = pieces[index].block.line, pieces[index - 1].block
    if line is None or above.line is None:
        return 0
    return max(0, line - above.line - above.lines)


def _usual_gap(pieces: Sequence[Piece]) -> int | None:
    """How many blank lines part two paragraphs of a page; None where it has no two in a row."""
    texts = [_is_paragraph(piece) for piece in pieces]
    gaps = [_gap(pieces, at) for at in range(1, len(pieces)) if texts[at] and texts[at - 1]]
    return int(median(gaps)) if gaps else None


def _is_paragraph(piece: Piece) -> bool:
    text = piece.text
    is_text = piece.skip is None and piece.block.kind is BlockKind.TEXT
    return is_text and len(text) >= _LONG_TEXT and ends_sentence(text)


def _next(pieces: Sequence[Piece], group: HeadlineGroup) -> int:
    """Where the next group may begin: past the short lines that are the text under this one."""
    end = group.end
    if _is_verses(pieces, end):
        while end < len(pieces) and _is_line(pieces[end]) and not pieces[end].is_heading:
            end += 1
    return end


def _past_verses(pieces: Sequence[Piece], index: int) -> int:
    """Where the marked headline stands that more lines come before than a headline has."""
    end, last = index, min(len(pieces) - 1, index + _MOST_VERSES)
    while end < last and _is_line(pieces[end]) and not pieces[end].is_heading:
        end += 1
    verses = end - index > _MOST_PLAIN
    return end if verses and pieces[end].is_heading and _is_line(pieces[end]) else index


def _is_verses(pieces: Sequence[Piece], index: int) -> bool:
    """Whether more lines without a mark stand here than a headline has, below a marked one."""
    if not pieces[index - 1].is_heading:
        return False
    lines = itertools.takewhile(
        lambda piece: _is_line(piece) and not piece.is_heading, pieces[index : index + _MOST_LINES]
    )
    return sum(1 for _ in lines) > _MOST_PLAIN


def group_at(pieces: Sequence[Piece], index: int) -> HeadlineGroup | None:
    """The headline group that begins at ``index``, if one does."""
    lines: list[Piece] = []
    if _is_short_kicker(pieces, index):
        lines.append(pieces[index])
    for at in range(index + len(lines), min(index + _MOST_LINES, len(pieces))):
        piece = pieces[at]
        if not _is_line(piece) or (lines and _parts(lines, piece)) or _is_broken_text(pieces, at):
            break
        lines.append(piece)
    lines = _without_body(lines, pieces, index + len(lines))
    if not lines:
        return None
    end = index + len(lines)
    return HeadlineGroup(index, end, tuple(lines), _is_strong(pieces, end), _follower(pieces, end))


def is_complete(before: Piece) -> bool:
    """Whether the text has come to an end with this piece."""
    if before.skip is not None or before.block.kind is not BlockKind.TEXT or before.is_heading:
        return True
    text = before.text
    return bool(
        ends_sentence(text)
        or is_trailing_credit(text)
        or is_dateline(text)
        or _CONTACT.search(text)
        or is_short_item(text)
    )


def has_ended(before: Piece) -> bool:
    """Whether the article has come to an end with this piece: a jump, a credit, a printed rule."""
    if before.skip is not None:
        return before.skip in _ENDED
    return before.block.kind is BlockKind.RULE or is_trailing_credit(before.text)


def _is_line(piece: Piece) -> bool:
    return piece.skip is None and piece.block.role not in _KNOWN_BODY and is_headline(piece)


def _is_broken_text(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line with a mark inside breaks off, and a shorter one right below it ends it."""
    piece, below = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    if below is None or below.skip is not None or not below.block.tight or below.block.indented:
        return False
    plain = not piece.is_heading and piece.block.role is None and below.block.role is None
    shorter = len(below.text) <= len(piece.text) >= _LONG_TEXT
    ended = ends_sentence(below.text) or below.text.endswith(("：", ":"))
    return plain and shorter and ended and bool(_CLAUSES.search(piece.text))


def _is_short_kicker(pieces: Sequence[Piece], index: int) -> bool:
    """Whether two or three characters under a blank line name the column of the title below."""
    if index + 1 >= len(pieces) or not _SHORT_KICKER.fullmatch(pieces[index].text):
        return False
    piece, below = pieces[index], pieces[index + 1]
    is_free = piece.skip is None and piece.block.role is None and not piece.is_heading
    if not is_free or (index and piece.block.tight) or is_name(piece.text):
        return False
    return (not index or is_complete(pieces[index - 1])) and _is_line(below)


def _parts(lines: Sequence[Piece], piece: Piece) -> bool:
    """Whether a line cannot belong to the headline that the others make."""
    last = lines[-1]
    if is_column_heading(last.text) or last.block.item != piece.block.item:
        return True
    if (last.block.role is None) != (piece.block.role is None):
        return True
    if not piece.is_heading:
        return False
    return names_person(piece.text) or (
        not last.is_heading and any(line.is_heading for line in lines)
    )


def _without_body(lines: list[Piece], pieces: Sequence[Piece], end: int) -> list[Piece]:
    """The lines without those that are all the text under a marked headline.

    Short lines are its text where another headline follows at once.
    """
    marked = [line for line in lines if line.is_heading]
    alone = end >= len(pieces) or (pieces[end].skip is None and is_marked_headline(pieces[end]))
    alone = alone or _plain_tail(lines) > _MOST_PLAIN
    if not alone or not marked or lines[-1].is_heading or lines[-1].text.startswith("—"):
        return lines
    return lines[: lines.index(marked[-1]) + 1]


def _plain_tail(lines: Sequence[Piece]) -> int:
    """How many lines without a mark stand after the last marked one."""
    return sum(1 for _ in itertools.takewhile(lambda line: not line.is_heading, reversed(lines)))


def _is_strong(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what stands at ``index`` shows that a headline stood before it."""
    marked = pieces[index - 1].is_heading or any(
        is_document_title(piece.text) for piece in pieces[max(0, index - 2) : index]
    )
    zone = [piece for piece in pieces[index : index + 2 * _ZONE] if piece.skip not in ASIDE]
    for piece, below in zip(zone[:_ZONE], [*zone[1:], None], strict=False):
        if (piece.jump is not None and not piece.jump.out) or is_pen_name(piece, below):
            return True
        if piece.skip is not None or piece.block.kind not in {BlockKind.TEXT, BlockKind.HEADING}:
            return False
        if _is_credit(piece, after_mark=marked):
            return True
        if not is_headline(piece):
            return False
    return False


def is_pen_name(piece: Piece, below: Piece | None) -> bool:
    """Whether a line of two or three characters over a text can only be its writer: 竹溪."""
    if piece.skip is not None or piece.is_heading or below is None or below.skip is not None:
        return False
    text = _IN_BRACKETS.sub(r"\1", piece.text.strip())
    is_text = below.block.kind is BlockKind.TEXT and len(below.text) >= _LONG_TEXT
    known = is_column_heading(text) or is_part_heading(text)
    return is_text and not known and may_be_pen_name(text)


def _is_credit(piece: Piece, *, after_mark: bool) -> bool:
    """Whether the line is what stands between a headline and the text.

    A date without brackets is one only after a marked headline: else it signs a notice.
    """
    text = piece.text
    if piece.block.role in {BlockRole.BYLINE, BlockRole.DATELINE}:
        return True
    if is_dateline(text):
        return after_mark or text[0] in "（("
    if is_byline(text) or is_speaker(text) or is_affiliated(text):
        return True
    if split_lead(text) is not None:
        return True
    return is_name(text) and not is_column_heading(text)


def _is_signed(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces are a text that its writers sign at the end, pictures left aside."""
    texts = [piece for piece in pieces if piece.skip is None and piece.text]
    return signature_of(texts) is not None


def signature_of(texts: Sequence[Piece]) -> int | None:
    """The index of the credit that ends a text, pictures left aside; None where none does."""
    for index in range(len(texts) - 1, max(0, len(texts) - 1 - _ZONE), -1):
        text = texts[index].text
        if _names_writers(text):
            return index if all(_is_picture(p, text) for p in texts[index + 1 :]) else None
    return None


def _names_writers(text: str) -> bool:
    """Whether a line names who wrote the text; a photographer alone (记者 某某 摄) did not."""
    if is_photographer(text):
        return False
    several = is_name(text) and len(text.split()) > 1
    return several or is_byline(text) or is_trailing_credit(text) or is_affiliated(text)


def _is_picture(piece: Piece, credit: str) -> bool:
    if piece.block.kind is BlockKind.CAPTION or is_caption(piece.text):
        return True
    return is_legend(piece.text, credit)


def _follower(pieces: Sequence[Piece], index: int) -> Piece | None:
    near = pieces[index : index + _ZONE + 1]
    return next((p for p in near if p.skip is None and p.block.kind is not BlockKind.RULE), None)


_LONGEST_LABEL = 6
_RUNNING_TEXT = 30
"""From how many characters on a piece is text, by which the size of the text's type is known."""

_SERIES_MARKS = "“：？"
_SHORTEST_TEXT = 20
"""From how many characters on a text under a label is more than a verse or an entry."""


@dataclass(frozen=True, slots=True)
class HeadlineStyle:
    """How a page marks its headlines: how often each rank is used, and followed by a byline.

    ``top`` is the rank of titles; ``layered`` says that marks of several ranks are used; ``gap``
    is how many blank lines part two paragraphs, None where nothing shows it; ``text_size`` is the
    size of the text's type, 0 where the form has no boxes.
    """

    used: Counter[int]
    strong: Counter[int]
    top: int
    layered: bool
    groups: tuple[HeadlineGroup, ...]
    gap: int | None = None
    text_size: float = 0.0

    @property
    def noted(self) -> bool:
        """Whether a line on the article stands under one of the headlines."""
        return any(group.noted for group in self.groups)

    @property
    def marked(self) -> bool:
        """Whether any headline of the page has a mark."""
        return self.top < PLAIN_RANK

    def is_apart(self, group: HeadlineGroup) -> bool:
        """Whether more blank lines stand above than part paragraphs, and below as under the first.

        A heading of a part stands closer to its text than a title where both have a line above.
        """
        if self.gap is None or not self.groups or group.gaps[0] <= self.gap:
            return False
        alike = group.gaps[1] == self.groups[0].gaps[1]
        return alike and (group.gaps[1] <= self.gap or any(map(self._is_close, self.groups)))

    def _is_close(self, group: HeadlineGroup) -> bool:
        return group is not self.groups[0] and group.gaps[0] <= (self.gap or 0)

    def parallel(self, group: HeadlineGroup) -> float:
        """How much the headlines next to this one look like parts of one article with it."""
        at = self._place(group)
        after = at + (at < len(self.groups) and self.groups[at].start == group.start)
        left = () if self.ends_series(group) else self.groups[max(0, at - 2) : at]
        sides = (reversed(left), self.groups[after : after + 2])
        beside = [one for side in sides for one in itertools.takewhile(_is_weak, side)]
        return 0.0 if group.strong else sum(_likeness(group, other) for other in beside)

    def ends_series(self, group: HeadlineGroup) -> bool:
        """Whether the headings before share a form that this one has not: 街道：…."""
        at = self._place(group)
        left = self.groups[max(0, at - 2) : at]
        if len(left) < 2 or not all(map(_is_weak, left)) or left[0].rank != left[1].rank:
            return False
        first, second = (_forms(other.main.text) for other in left)
        return group.rank <= left[0].rank and bool((first & second) - _forms(group.main.text))

    def in_series(self, group: HeadlineGroup) -> bool:
        """Whether the group is one of several short labels of one form: 控制湿度, 清除病残."""
        at = self._place(group)
        beside = [*self.groups[max(0, at - 1) : at], *self.groups[at + 1 : at + 2]]
        return _is_label(group) and any(_is_label(o) and _is_peer(group, o) for o in beside)

    def _place(self, group: HeadlineGroup) -> int:
        return bisect.bisect_left(self.groups, group.start, key=lambda other: other.start)

    def share(self, rank: int) -> float:
        """The part of the headlines of this rank that a byline or the like follows."""
        return self.strong[rank] / self.used[rank] if self.used[rank] else 0.0


def style_of(groups: Sequence[HeadlineGroup], pieces: Sequence[Piece] = ()) -> HeadlineStyle:
    """The style of a page of these pieces, with these headline groups in their order."""
    used = Counter(group.rank for group in groups)
    strong = Counter(group.rank for group in groups if group.strong)
    marked = sorted(rank for rank in used if rank < PLAIN_RANK)
    top = marked[0] if marked else PLAIN_RANK
    if len(marked) > 1 and used[top] == 1 and not strong[top] and strong[marked[1]]:
        top = marked[1]
    sizes = [p.block.type_size for p in pieces if p.skip is None and len(p.text) >= _RUNNING_TEXT]
    size = median(filter(None, sizes)) if any(sizes) else 0.0
    layered, gap = len(marked) > 1, _usual_gap(pieces)
    return HeadlineStyle(used, strong, top, layered, tuple(groups), gap, size)


def _is_weak(group: HeadlineGroup) -> bool:
    return not group.strong


def _is_label(group: HeadlineGroup) -> bool:
    """Whether a headline is too short for news and stands over a text that is none."""
    if group.strong or group.follower is None or len(group.lines) > 1:
        return False
    text = group.follower.text
    short = len(group.main.text) <= _LONGEST_LABEL
    return short and len(text) >= _SHORTEST_TEXT and not tells_news(text)


def _is_peer(group: HeadlineGroup, other: HeadlineGroup) -> bool:
    return other.rank == group.rank and abs(len(group.main.text) - len(other.main.text)) <= 1


def _forms(text: str) -> frozenset[str]:
    """The marks that headings of one series share: quotes, a colon, a question."""
    usual = with_usual_marks(text)
    return frozenset(mark for mark in _SERIES_MARKS if mark in usual)


def _likeness(group: HeadlineGroup, other: HeadlineGroup) -> float:
    """Headings of parts are alike: rank, length, often the first character and the quotes."""
    if other.rank != group.rank:
        return 0.0
    mine, theirs = (with_usual_marks(one.main.text) for one in (group, other))
    alike = 1.5 * (abs(len(mine) - len(theirs)) <= 1) + 1.5 * (mine[0] == theirs[0])
    alike += 1.5 * ("？" in mine and "？" in theirs)
    return alike + 1.0 * (mine.count("“") == theirs.count("“") > 0)


def opens_with_credit(body: Iterable[Piece]) -> bool:
    """Whether the first text of a body opens with a credit (本报讯), as plain news does."""
    texts = (piece for piece in body if piece.skip is None and piece.text)
    first = next((p for p in texts if split_lead(p.text) or not _is_legend(p)), None)
    return first is not None and split_lead(first.text) is not None


def _is_legend(piece: Piece) -> bool:
    return piece.block.kind is BlockKind.CAPTION or is_caption(piece.text)


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """What is known of the article that is open where a candidate stands.

    Attributes:
        signed: it has a byline, as those that are divided into parts have.
        led: its text opens with the credit and no kicker stands over its title, as in plain news.
        rank: the rank of its headline.
        awaits_text: it is a continuation of which nothing but the notice has come.
    """

    signed: bool
    led: bool
    rank: int
    awaits_text: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Headline lines where they stand: the features that signs are read from.

    Attributes:
        group: the lines, with what follows them.
        style: how the page marks its headlines.
        before: the last piece of the open article; None where none is open.
        article: the open article.
        over_briefs: a marked line with at least two briefs directly below, outside a column.
    """

    group: HeadlineGroup
    style: HeadlineStyle
    before: Piece | None
    article: OpenArticle
    over_briefs: bool = False

    @property
    def text(self) -> str:
        """The text of the largest line, with the usual marks."""
        return with_usual_marks(self.group.main.text)

    @property
    def following(self) -> str:
        """The text of the first piece below, with the usual marks; empty where none is near."""
        below = self.group.follower
        return with_usual_marks(below.text) if below is not None else ""

    @property
    def enlargement(self) -> float:
        """How many times as large as the text it is set; 0 where the form has no boxes."""
        sizes = [line.block.type_size for line in self.group.lines]
        return max(sizes) / self.style.text_size if all(sizes) and self.style.text_size else 0.0

    @property
    def plain(self) -> bool:
        """Whether no line of it has a mark."""
        return self.group.rank == PLAIN_RANK

    @property
    def apart(self) -> bool:
        """Whether blank lines set it apart more than paragraphs are."""
        return self.style.is_apart(self.group)

    @property
    def after_end(self) -> bool:
        """Whether the text before it has come to an end."""
        return self.before is None or is_complete(self.before)
