"""Pieces of one page into articles: decoding of the boundaries, headline zones, briefs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tingbao.models import ArticleKind, SkipReason
from tingbao.parse.blocks import PLAIN_RANK, BlockKind, BlockRole, Draft, Piece
from tingbao.parse.boundaries import (
    AGAINST,
    FOR,
    ArticleBoundary,
    Decision,
    Sign,
    Where,
    part_sign,
    score,
    signs_of,
)
from tingbao.parse.candidates import (
    ASIDE,
    Candidate,
    HeadlineGroup,
    HeadlineStyle,
    OpenArticle,
    group_at,
    groups_of,
    has_ended,
    is_complete,
    is_pen_name,
    opens_with_credit,
    style_of,
)
from tingbao.parse.credits import (
    is_byline,
    is_caption,
    is_dateline,
    names_person,
    split_lead,
)
from tingbao.parse.furniture import is_column_heading
from tingbao.parse.headlines import (
    arrange,
    is_document_title,
    is_issuer,
    is_marked_headline,
    is_notice_title,
    with_serial_heads,
)
from tingbao.parse.indentation import with_flush_heads
from tingbao.parse.layout import is_unbroken, with_running_text
from tingbao.parse.text_cues import ends_sentence, outline_mark, tells_news
from tingbao.parse.unpunctuated import with_bare_heads
from tingbao.text.han import HAN

_BRIEF_MARKS = "■●◆▲★□◎○◇▶►☆"
_BRACKETED_BRIEF = re.compile(
    rf"[{_BRIEF_MARKS}\s]*[【〖\[［](?P<title>[^】〗\]］]{{4,36}})[】〗\]］]\s*(?P<text>\S.{{9,}})"
)
_SPACED_BRIEF = re.compile(
    rf"[{_BRIEF_MARKS}]\s*(?P<title>[^，。：；！？\s]{{5,26}}(?:\s[^，。：；\s]{{3,16}})?)[\s\u3000]+(?P<text>\S.{{19,}})"
)
_PLACED_BRIEF = re.compile(
    rf"[{_BRIEF_MARKS}]\s*(?P<title>[^，。：；！？\s]{{2,8}})[\u3000]+(?P<text>\S.{{9,}})"
)
"""A place and, a full-width space behind it, what happened there: ●英买里镇　投资320万元."""

_NO_BRIEF_TITLE = re.compile(
    r"[。：:；，,]$|^(?:本报)?(?:记者|通讯员)|(?:记者|通讯员)$|^本报|编者按|^[问答]|[问答]$|^案例|^链接|^导语|^新闻(?:链接|背景)"
)


def _split_brief(piece: Piece) -> tuple[Piece, Piece] | None:
    """The title and the text of a brief printed in one block, or None."""
    block = piece.block
    if piece.skip is not None or block.kind not in {BlockKind.TEXT, BlockKind.LIST} or block.bold:
        return None
    if block.lead and (cut := _bold_brief(piece)):
        title, text = cut
    elif (
        found := _BRACKETED_BRIEF.match(piece.text)
        or _SPACED_BRIEF.match(piece.text)
        or (_PLACED_BRIEF.match(piece.text))
    ):
        title, text = found["title"], found["text"]
    else:
        return None
    if _NO_BRIEF_TITLE.search(title) or outline_mark(title) or is_byline(title):
        return None
    return _with_text(piece, title), _with_text(piece, text)


def _run_of_briefs(pieces: Sequence[Piece], index: int) -> int:
    """How many blocks from ``index`` on are briefs."""
    end = index
    while end < len(pieces) and (pieces[end].skip is not None or _split_brief(pieces[end])):
        end += 1
    return sum(piece.skip is None for piece in pieces[index:end])


def _bold_brief(piece: Piece) -> tuple[str, str] | None:
    lead, text = piece.text[: piece.block.lead], piece.text[piece.block.lead :]
    title = lead.strip(f"{_BRIEF_MARKS} 　【】〖〗[]")
    if not 4 <= len(title) <= 36 or len(text.strip()) < 10 or split_lead(piece.text):
        return None
    return title, text.strip(" 　:：")


def _with_text(piece: Piece, text: str) -> Piece:
    return replace(piece, block=replace(piece.block, text=text, lead=0, kind=BlockKind.TEXT))


_OFFICE = re.compile(
    r"(?:局|会|组|办|办公室|公司|院|部|厅|政府|中心|社|处|所|队|行|学校|大学|馆|站|司|委)$"
)

_FEWEST_BRIEFS = 2
"""How many in a row show, without a heading, that a column of briefs has begun."""

_LONGEST_RUN_IN = 8
"""The most characters of the bold words that head a paragraph of an article: 生理性弹响."""

_LONG_TEXT = 20
"""From how many characters on a line is text, and no headline of a picture."""

_LONGEST_BRIEF = 200
_FAR = 400
"""How many blocks ahead the next heading of a part is looked for."""

_REPORT = re.compile(rf"[【\[〔［][{HAN}]{{2,6}}(?:讯|消息|电)[】\]〕］]")
"""【本报讯】 opens a report; several under each other without titles are briefs."""

_UNTITLED = Sign("opens like the untitled report before it", Where.LINE, FOR)
_REST = Sign("the text before goes on here, above a marked title", Where.BEFORE, AGAINST)
_PICTURE = Sign("a headline between a picture and its caption", Where.FORM, FOR)
_NOTICE = Sign("a notice that another page is continued here", Where.LINE, FOR)
_UNDER_NOTICE = Sign("a headline under such a notice", Where.BEFORE, FOR)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The drafts of a page in order, and every place where an article might have started."""

    drafts: tuple[Draft, ...]
    boundaries: tuple[ArticleBoundary, ...]


def segment(pieces: Sequence[Piece]) -> Segmentation:
    """The articles of a page; pieces before the first article come in a draft without title.

    Skipped pieces stay in the drafts, where they stood, so that nothing is lost.
    """
    known = with_bare_heads(pieces) or with_flush_heads(pieces) or with_serial_heads(pieces)
    return _Decoder(known or with_running_text(pieces)).run()


@dataclass(slots=True)
class _OpenDraft:
    """The draft that pieces are being added to; ``begun`` once it holds something printed."""

    kicker: list[Piece] = field(default_factory=list)
    title: list[Piece] = field(default_factory=list)
    subtitle: list[Piece] = field(default_factory=list)
    byline: list[Piece] = field(default_factory=list)
    dateline: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    kind: ArticleKind | None = None
    jump_in: Piece | None = None
    begun: bool = False

    def append(self, piece: Piece) -> None:
        self.body.append(piece)
        self.begun = self.begun or (piece.skip is None and bool(piece.text or piece.block.rows))

    @property
    def is_brief(self) -> bool:
        """Whether it is no more than a line of headline and a short paragraph."""
        if self.kicker or self.subtitle or self.byline or len(self.title) > 1:
            return self.kind is ArticleKind.BRIEF
        texts = [piece.text for piece in self.body if piece.skip is None]
        return len(texts) == 1 and len(texts[0]) <= _LONGEST_BRIEF

    @property
    def facts(self) -> OpenArticle:
        """What candidates for the next article are compared with."""
        led = opens_with_credit(self.body)
        return OpenArticle(
            signed=bool(self.byline) or led or self.jump_in is not None,
            led=led and not (self.byline or self.kicker),
            rank=min((piece.rank for piece in self.title), default=PLAIN_RANK),
            awaits_text=self.jump_in is not None and not self.begun,
        )

    def draft(self) -> Draft:
        return Draft(
            tuple(self.kicker),
            tuple(self.title),
            tuple(self.subtitle),
            tuple(self.byline),
            tuple(self.dateline),
            tuple(self.body),
            self.kind,
            self.jump_in,
        )


class _Decoder:
    """Goes through a page once: asks the signs at each candidate, and acts on the decision."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.groups = groups_of(pieces)
        self.style: HeadlineStyle = style_of(list(self.groups.values()), pieces)
        self.unbroken = is_unbroken(pieces)
        self.column: int | None = None
        self.in_column = False
        self.column_led: bool | None = None
        self.item: str | None = None
        self.drafts: list[Draft] = []
        self.draft = _OpenDraft()
        self.boundaries: list[ArticleBoundary] = []

    def run(self) -> Segmentation:
        index = 0
        while index < len(self.pieces):
            index = self._step(index)
        return Segmentation((*self.drafts, self._finished()), tuple(self.boundaries))

    def _step(self, index: int) -> int:
        piece = self.pieces[index]
        if self._is_next_item(piece):
            self._close()
        elif self._is_next_untitled(piece):
            self._note([piece], Decision.BRIEF, _UNTITLED)
            self._begin_untitled()
        if (after := self._certain(index)) is not None:
            return after
        group = self.groups.get(index)
        if group is None:
            if (after := self._brief(index)) is not None:
                return after
        elif self._begins_with_rest(group):
            self._note(group.lines[:1], Decision.TEXT, _REST)
            self._regroup(index + 1)
        else:
            candidate = self._candidate(group)
            signs = signs_of(candidate)
            if score(signs) > 0:
                return self._open_column(group, signs) or self._open(
                    self._without_subheading(group), signs
                )
            if (after := self._brief(index)) is not None:
                return after
            piece = self._inside(candidate, signs)
        if piece.jump is not None and not piece.jump.out:
            return self._continue(index)
        self.draft.append(piece)
        return index + 1

    def _certain(self, index: int) -> int | None:
        """Past what is not to be weighed: a piece inside a bounded item, a headed picture."""
        piece = self.pieces[index]
        if not self._is_inside(piece):
            return self._photo(index)
        self.draft.append(piece)
        return index + 1

    def _note(
        self, lines: Sequence[Piece], decision: Decision, *signs: Sign, part: Sign | None = None
    ) -> None:
        text = " ".join(line.text for line in lines)
        self.boundaries.append(ArticleBoundary(lines[0].origin, text, decision, signs, part))

    def _candidate(self, group: HeadlineGroup) -> Candidate:
        return Candidate(
            group,
            self.style,
            self._before(group.start),
            self.draft.facts,
            over_briefs=self._is_over_briefs(group),
        )

    def _inside(self, candidate: Candidate, signs: tuple[Sign, ...]) -> Piece:
        """The first line of a candidate that starts no article, bold where it heads a part."""
        group = candidate.group
        part = part_sign(candidate)
        is_part = part is not None or group.rank < PLAIN_RANK
        self._note(group.lines, Decision.PART if is_part else Decision.TEXT, *signs, part=part)
        first = self.pieces[group.start]
        return first if part is None else replace(first, block=replace(first.block, bold=True))

    def _is_next_item(self, piece: Piece) -> bool:
        """Whether the form itself says that another item begins here."""
        item, known = piece.block.item, self.item
        self.item = item if item is not None else known
        return item is not None and known is not None and item != known

    def _is_next_untitled(self, piece: Piece) -> bool:
        """Whether a report begins under one that had no title and began with the same words."""
        first = next((one for one in self.draft.body if one.skip is None and one.text), None)
        if first is None or self.draft.title or piece.skip is not None or piece.is_heading:
            return False
        lead, before = _REPORT.match(piece.text), _REPORT.match(first.text)
        return lead is not None and before is not None and lead[0] == before[0]

    def _begin_untitled(self) -> None:
        self.draft.kind = ArticleKind.BRIEF
        self._close()
        self.draft.kind = ArticleKind.BRIEF

    def _is_inside(self, piece: Piece) -> bool:
        """Whether the piece is of the open item, bounded by the form, and not its title."""
        headline = {BlockRole.KICKER, BlockRole.TITLE, BlockRole.SUBTITLE}
        return (
            piece.block.item is not None and self.draft.begun and piece.block.role not in headline
        )

    def _begins_with_rest(self, group: HeadlineGroup) -> bool:
        """Whether the first line of the group belongs to the article before.

        It has no mark, a marked one follows, and the text before it goes on in it or is signed
        by it.
        """
        first, before = group.lines[0], self._before(group.start)
        if first.is_heading or first.block.role is not None or before is None:
            return False
        if not any(line.is_heading for line in group.lines[1:]) and not (
            group.strong and len(group.lines) > 1
        ):
            return False
        textless = not any(piece.skip is None for piece in self.draft.body)
        return textless or not is_complete(before) or self._is_signature(first)

    def _is_signature(self, piece: Piece) -> bool:
        notice = any(is_notice_title(line.text) for line in self.draft.title)
        return notice and bool(_OFFICE.search(piece.text))

    def _regroup(self, index: int) -> None:
        group = group_at(self.pieces, index)
        if group is not None:
            self.groups[index] = group

    def _without_subheading(self, group: HeadlineGroup) -> HeadlineGroup:
        """The group without a last line that heads the first part of the article instead."""
        last = group.lines[-1]
        if len(group.lines) < 2 or group.strong or not last.is_heading or last.rank <= group.rank:
            return group
        if not self._heads_parts(group.end, last.rank, group.rank):
            return group
        return replace(group, end=group.end - 1, lines=group.lines[:-1])

    def _heads_parts(self, index: int, rank: int, top: int) -> bool:
        """Whether more headings of this rank follow before the next article."""
        for piece in self.pieces[index : index + _FAR]:
            if piece.skip is None and is_marked_headline(piece):
                return piece.rank == rank and piece.rank > top
        return False

    def _open_column(self, group: HeadlineGroup, signs: tuple[Sign, ...]) -> int | None:
        """Begin a column of briefs: its heading is no article; None where the group heads none."""
        if group.main.block.item is not None:
            return None
        if _run_of_briefs(self.pieces, group.end) < 2 and not self._heads_briefs(group):
            return None
        self._note(group.lines, Decision.COLUMN, *signs)
        self._close()
        self.draft.body.extend(replace(line, skip=SkipReason.FURNITURE) for line in group.lines)
        self._close()
        self.column, self.in_column, self.column_led = group.rank, True, None
        return group.end

    def _is_over_briefs(self, group: HeadlineGroup) -> bool:
        """Whether a marked line stands over briefs that begin at once."""
        marked = group.rank < PLAIN_RANK and len(group.lines) == 1
        return marked and self.column is None and _run_of_briefs(self.pieces, group.end) >= 2

    def _heads_briefs(self, group: HeadlineGroup) -> bool:
        """Whether a known heading of a column is followed by headlines of its briefs."""
        below = self.groups.get(group.end)
        return below is not None and is_column_heading(group.main.text)

    def _brief(self, index: int) -> int | None:
        """Begin a brief where one is printed in one block; None where none is."""
        piece = self.pieces[index]
        parts = _split_brief(piece)
        if parts is None:
            return None
        sign = self._brief_sign(index, parts)
        if sign.weight < 0:
            self._note([piece], Decision.TEXT, sign)
            return None
        self._note([piece], Decision.BRIEF, sign)
        self._close()
        self.draft.kind = ArticleKind.BRIEF
        self.draft.title.append(parts[0])
        self.draft.append(parts[1])
        return index + 1

    def _brief_sign(self, index: int, parts: tuple[Piece, Piece]) -> Sign:
        """Why a paragraph that begins with words like a title is a brief, or is none."""
        if self.column is not None or self.draft.kind is ArticleKind.BRIEF:
            return Sign("in a column of briefs", Where.ARTICLE, FOR)
        before = self._before(index)
        if before is not None and not is_complete(before):
            return Sign("the text before is unfinished", Where.BEFORE, AGAINST)
        if before is not None and not self._may_brief(parts, before):
            return Sign("its first words head a part of a signed article", Where.ARTICLE, AGAINST)
        if _run_of_briefs(self.pieces, index) >= _FEWEST_BRIEFS:
            return Sign("several briefs in a row", Where.AFTER, FOR)
        return Sign("no brief follows", Where.AFTER, AGAINST)

    def _may_brief(self, parts: tuple[Piece, Piece], before: Piece) -> bool:
        """Whether bold words at the start of a paragraph may be a brief's title.

        In an article with a byline of its own they head its parts, unless news follows them.
        """
        if not self.draft.byline or has_ended(before):
            return True
        title, text = parts
        return len(title.text) > _LONGEST_RUN_IN or tells_news(text.text)

    def _before(self, index: int) -> Piece | None:
        """The last piece of the article that is open; None where none has begun."""
        if not self.draft.begun:
            return None
        if index and self.pieces[index - 1].block.kind is BlockKind.RULE:
            return self.pieces[index - 1]
        body = [piece for piece in self.draft.body[-6:] if _stands(piece)]
        texts = [piece for piece in body if not is_caption(piece.text)]
        if texts and texts[-1].jump is not None:  # what was cut off, whatever pictures follow
            return texts[-1]
        return body[-1] if body else self.pieces[index - 1]

    def _open(self, group: HeadlineGroup, signs: tuple[Sign, ...]) -> int:
        self._note(group.lines, Decision.ARTICLE, *signs)
        self._close()
        self.draft.begun = True
        headline = arrange(group.lines, unbroken=self.unbroken)
        if self.column is not None and (group.strong or group.rank <= self.column):
            self.column = None
        if self.column is not None:
            self.draft.kind = ArticleKind.BRIEF
        self.draft.kicker.extend(headline.kicker)
        self.draft.title.extend(headline.title)
        self.draft.subtitle.extend(headline.subtitle)
        self._take_issuer()
        return self._zone(group.end)

    def _photo(self, index: int) -> int | None:
        """Begin an item where a picture has a headline over its caption; None where none has."""
        if index + 1 >= len(self.pieces) or not _heads_picture(self.pieces, index):
            return None
        headline, caption = self.pieces[index : index + 2]
        self._note([headline], Decision.ARTICLE, _PICTURE)
        self._close()
        self.draft.title.append(headline)
        self.draft.append(replace(caption, block=replace(caption.block, kind=BlockKind.CAPTION)))
        return index + 2

    def _take_issuer(self) -> None:
        """The office under the title of its document is no second title."""
        subtitle = self.draft.subtitle
        document = any(is_document_title(piece.text) for piece in self.draft.title)
        if document and subtitle and is_issuer(subtitle[-1].text):
            self.draft.byline.append(subtitle.pop())

    def _zone(self, index: int) -> int:
        """Bylines, date lines and a notice between the headline and the first sentence."""
        while index < len(self.pieces):
            piece = self.pieces[index]
            if piece.jump is not None and not piece.jump.out and self.draft.jump_in is None:
                self.draft.jump_in = piece
            elif piece.skip in ASIDE or piece.block.kind is BlockKind.RULE:
                self.draft.append(piece)
            elif piece.skip is not None or not (self._take(piece) or self._take_pen_name(index)):
                return index
            index += 1
        return index

    def _take_pen_name(self, index: int) -> bool:
        """A line of two or three characters between a marked title and its text names a writer."""
        line, title = self.pieces[index], self.draft.title
        below = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if not title or self.draft.byline or not is_pen_name(line, below):
            return False
        self.draft.byline.append(line)
        return True

    def _take(self, piece: Piece) -> bool:
        """Put a piece of the headline zone where it belongs; False where the zone has ended."""
        role, text = piece.block.role, piece.text
        if piece.block.kind is BlockKind.CAPTION:
            return False
        if role is BlockRole.BYLINE or is_byline(text) or names_person(text):
            self.draft.byline.append(piece)
        elif role is BlockRole.DATELINE or is_dateline(text):
            self.draft.dateline.append(piece)
        elif role is BlockRole.SUBTITLE or text.startswith(("——", "──", "—")):
            self.draft.subtitle.append(piece)
        else:
            return False
        return piece.block.kind is not BlockKind.TABLE

    def _continue(self, index: int) -> int:
        """A continuation begins with its notice, a headline may follow."""
        piece = self.pieces[index]
        self._note([piece], Decision.CONTINUATION, _NOTICE)
        if self.draft.begun:
            self._close()
        if self.draft.jump_in is not None:
            self.draft.body.append(self.draft.jump_in)
        self.draft.jump_in = piece
        group = self.groups.get(index + 1)
        if group is not None and (group.rank < PLAIN_RANK or group.strong):
            return self._open(group, (_UNDER_NOTICE,))
        return self._zone(index + 1)

    def _close(self) -> None:
        if self.draft.jump_in is not None and not self.draft.begun:
            return
        self.drafts.append(self._finished())
        self.draft = _OpenDraft()

    def _finished(self) -> Draft:
        """The open draft; under a column's heading those before the first longer one are briefs."""
        if self.in_column and self.draft.title:
            led = opens_with_credit(self.draft.body)
            self.column_led = led if self.column_led is None else self.column_led
            self.in_column = self.draft.is_brief and led is self.column_led
            if self.in_column:
                self.draft.kind = ArticleKind.BRIEF
        return self.draft.draft()


def _heads_picture(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a short line stands between a picture and its caption, and an article ends below.

    Inside an article a picture has no headline of its own.
    """
    line, caption = pieces[index : index + 2]
    short = line.skip is None and not line.is_heading and 4 <= len(line.text) <= _LONG_TEXT
    if not (short and line.block.pictured) or ends_sentence(line.text) or is_caption(line.text):
        return False
    if caption.skip is not None or len(caption.text) < _LONG_TEXT or caption.is_heading:
        return False
    is_told = caption.block.kind is BlockKind.CAPTION or tells_news(caption.text)
    below = next((p for p in pieces[index + 2 :] if p.skip in {None, SkipReason.JUMP}), None)
    ends = below is None or below.is_heading or below.jump is not None
    return ends and (is_told or is_caption(caption.text))


def _stands(piece: Piece) -> bool:
    """Whether a piece shows how the text before a headline ended."""
    aside = piece.skip in ASIDE or piece.skip is SkipReason.TOC
    return bool(piece.text or piece.block.rows) and not aside
