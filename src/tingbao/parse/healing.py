"""Paragraphs that a column or page break cut are made whole, and only those.

"No end punctuation, so join" is right in two of three cases. What decides besides: an open
bracket or quote forces a join; a list mark, a heading or a lead forbids it; lines that stand
alone (notice lines, sign-offs, poems, salutations) never join; text broken at the width of a
column joins line by line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tingbao.models import Paragraph, ParagraphKind
from tingbao.parse.blocks import BlockKind, BlockRole
from tingbao.parse.bylines import is_trailing_credit, split_lead
from tingbao.parse.captions import is_caption
from tingbao.parse.characters import HAN, ends_sentence
from tingbao.parse.names import is_dateline
from tingbao.parse.outline import is_list_item, is_short_item, outline_mark
from tingbao.parse.pieces import Piece
from tingbao.parse.tables import as_data

__all__ = ["Body", "Setting", "heal", "setting_of"]

_PAIRS = {
    "《": "》",
    "“": "”",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "〈": "〉",
    "〔": "〕",
}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKETS = re.compile(f"[{re.escape(''.join((*_PAIRS, *_CLOSERS)))}]")
_CONTACT = re.compile(rf"(?:[{HAN}A-Za-z\-]{{2,8}}|[{HAN}]\s+[{HAN}])\s*[:：]\s*[^。]{{0,60}}$")
_CONTACT_NAMES = re.compile(
    r"(?:电\s*话|地\s*址|邮\s*箱|电子邮箱|联系人|联系电话|联系方式|传\s*真|网\s*址|时\s*间|地\s*点|邮\s*编|邮政编码|热线|咨询电话|举报电话|监督电话|受理时间|报名时间|主办|承办|协办|开户行|账\s*号|户\s*名|微信|票价|演员|导演)"
)
_SALUTATION = re.compile(r"^[^，。；！？]{2,30}[:：]$")
_POINTER = re.compile(
    r"[^\w]*(?:相关|详细|更多|全文|详情)?[^，。]{0,8}(?:详?见|刊)\s*(?:第?[A-Z]{0,2}\d{1,3}|第.{1,3})版?\W*$"
)
"""相关新闻见A4: where more stands, which is no part of the text around it."""

_SHORT_LINE = 24
_BULLET_HEAD = re.compile(r"[■●◆▲★□◎○◇▶►☆]\s*[^，。；！？：■●]{2,20}(?:[：！？][^，。；]{2,16})?$")
_POEM_LINES = 4
_SHORT_ITEM = 40
_VIEW_HEAD = 100
_VIEW_TAIL = 400
"""How far from the end of a paragraph an open bracket is looked for."""

_LABELLED = re.compile(rf"[{HAN}\w]{{1,8}}[:：]")
_ASKING = ("？", "?", "！", "!")
"""A heading may ask or call; it makes no statement."""
_LONGEST_HEADING = 40
_GOES_ON = re.compile(
    r"[，。、；：！？）》”’」』)]|和(?!谐|平|睦|田)|及|以及|等[，。、]|的(?!士)|了(?!解)|着(?![力眼手])"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set.

    ``whole`` when its form breaks no paragraph; ``width`` in characters at which its lines are
    broken, 0 when they are not; ``indents`` when indents mark paragraphs.
    """

    whole: bool = False
    width: int = 0
    indents: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a body with what kind of paragraph it is by itself."""

    piece: Piece
    kind: ParagraphKind
    alone: bool = False

    @property
    def text(self) -> str:
        return self.piece.text


@dataclass(frozen=True, slots=True)
class Body:
    """Healed paragraphs, and the skips with the index of the paragraph they stood before."""

    paragraphs: tuple[Paragraph, ...]
    skips: tuple[tuple[int, Piece], ...]


def setting_of(pieces: Sequence[Piece], *, whole: bool) -> Setting:
    """How the page with these pieces is set."""
    texts = [p for p in pieces if p.skip is None and p.block.kind is BlockKind.TEXT and p.text]
    indented = sum(p.block.indented for p in texts)
    return Setting(whole, _column_width(texts), 0.1 < indented / max(1, len(texts)) < 0.95)


def heal(pieces: Sequence[Piece], settings: Mapping[int, Setting], *, notice: bool = False) -> Body:
    """The paragraphs of an item's body; ``settings`` tells how each page is set."""
    healer = _Healer(settings)
    for line in _lines_of(pieces, settings, notice=notice):
        healer.add(line)
    return healer.body()


def _lines_of(
    pieces: Sequence[Piece], settings: Mapping[int, Setting], *, notice: bool
) -> list[Line]:
    """The kind of each piece, poems and lists found by their neighbours."""
    following = itertools.chain(itertools.islice(pieces, 1, None), [None])
    lines = [
        Line(piece, _kind(piece, after), _is_alone(piece, notice=notice))
        for piece, after in zip(pieces, following, strict=False)
    ]
    broken = any(settings[piece.page].width for piece in pieces)
    return lines if broken or notice else _with_poems(lines)


@dataclass(slots=True)
class _Growing:
    """A paragraph that lines may still join.

    ``view`` is its text, but for a long one only the two ends, which are all that deciding
    needs: looking at the whole for each of its lines would take the square of their number.
    """

    line: Line
    parts: list[str]
    view: str

    def join(self, text: str) -> None:
        added = _seam(self.view, text) + text
        self.parts.append(added)
        self.view += added
        if len(self.view) > _VIEW_HEAD + 2 * _VIEW_TAIL:
            self.view = self.view[:_VIEW_HEAD] + self.view[-_VIEW_TAIL:]

    def paragraph(self) -> Paragraph:
        piece = self.line.piece
        return Paragraph(self.line.kind, "".join(self.parts), piece.page, piece.block.line)


class _Healer:
    def __init__(self, settings: Mapping[int, Setting]) -> None:
        self.settings = settings
        self.growing: list[_Growing] = []
        self.skips: list[tuple[int, Piece]] = []
        self.current: _Growing | None = None
        self.last: Line | None = None

    def add(self, line: Line) -> None:
        piece = line.piece
        if piece.skip is not None:
            self.skips.append((len(self.growing), piece))
        elif self.current is not None and self._joins(self.current, line):
            self.current.join(line.text)
            self.last = line
        elif piece.text or piece.block.rows:
            self._append(line)

    def body(self) -> Body:
        return Body(tuple(growing.paragraph() for growing in self.growing), tuple(self.skips))

    def _joins(self, current: _Growing, line: Line) -> bool:
        setting = self.settings[line.piece.page]
        if self.last is None or line.kind is not ParagraphKind.TEXT:
            return False
        if setting.whole and self.last.piece.page == line.piece.page:
            return False
        return _joins(current.view, self.last, line, setting)

    def _append(self, line: Line) -> None:
        block = line.piece.block
        text = as_data(block.rows) if block.kind is BlockKind.TABLE else line.text
        self.growing.append(_Growing(line, [text], text))
        if line.kind not in {ParagraphKind.CAPTION, ParagraphKind.TABLE}:
            self.current, self.last = self.growing[-1], line


def _joins(text: str, last: Line, line: Line, setting: Setting) -> bool:
    """Whether ``line`` goes on with the paragraph that so far is ``text``."""
    if last.kind is not ParagraphKind.TEXT or last.alone or line.alone or _opens_anew(line):
        return False
    if _is_open(text) or _GOES_ON.match(line.text):
        return True
    if setting.indents and line.piece.block.indented:
        return False
    if setting.width and line.piece.block.tight:
        return _is_full(last, setting.width) or not ends_sentence(text)
    return not (ends_sentence(text) or _has_come_to_end(text, last, line))


def _opens_anew(line: Line) -> bool:
    return is_list_item(line.text) or split_lead(line.text) is not None


def _has_come_to_end(text: str, last: Line, line: Line) -> bool:
    """Whether what ends without a full stop has ended all the same: a list's item, a credit."""
    if text.endswith("；"):
        return len(text) <= _SHORT_ITEM or text[:2] == line.text[:2]
    if len(text) <= _SHORT_ITEM and _LABELLED.match(text) and _LABELLED.match(line.text):
        return True
    return text.endswith(("：", ":")) or is_trailing_credit(last.text) or is_short_item(text)


def _is_full(last: Line, width: int) -> bool:
    return len(last.text) >= width - 2


def _seam(text: str, following: str) -> str:
    """A space between two Latin words, nothing between Chinese ones."""
    latin = text[-1:].isascii() and text[-1:].isalnum() and following[:1].isascii()
    return " " if latin and following[:1].isalpha() and text[-1:].isalpha() else ""


def _is_open(text: str) -> bool:
    """Whether a bracket or quote that is opened near the end of the text is not closed in it."""
    stack: list[str] = []
    for character in _BRACKETS.findall(text, max(0, len(text) - _VIEW_TAIL)):
        if character in _PAIRS:
            stack.append(character)
        elif stack and stack[-1] == _CLOSERS[character]:
            stack.pop()
    return bool(stack) and not (stack == ["“"] and ends_sentence(text))


def _kind(piece: Piece, following: Piece | None) -> ParagraphKind:
    kind, text = piece.block.kind, piece.text
    if kind is BlockKind.TABLE:
        return ParagraphKind.TABLE
    if kind is BlockKind.CAPTION or (not piece.is_heading and is_caption(text)):
        return ParagraphKind.CAPTION
    if _is_marked_heading(piece):
        return ParagraphKind.HEADING
    if kind is BlockKind.LIST:
        return ParagraphKind.LIST
    heading = _is_bullet_heading(text, following) or _is_outline_heading(piece, following)
    return ParagraphKind.HEADING if heading else ParagraphKind.TEXT


def _is_marked_heading(piece: Piece) -> bool:
    if ends_sentence(piece.text) and not piece.text.endswith(_ASKING):
        return False
    short_bold = piece.block.bold and len(piece.text) <= _LONGEST_HEADING
    return piece.block.kind is BlockKind.HEADING or short_bold


def _is_bullet_heading(text: str, following: Piece | None) -> bool:
    """Whether the line is a head set off by a mark: ■额度提升受欢迎."""
    if not _BULLET_HEAD.match(text) or following is None or following.skip is not None:
        return False
    return not is_list_item(following.text) and ends_sentence(following.text)


def _is_outline_heading(piece: Piece, following: Piece | None) -> bool:
    text = piece.text
    mark = outline_mark(text)
    if mark is None or mark[0] == "article" or len(text) > _LONGEST_HEADING:
        return False
    if piece.block.hard or ends_sentence(text) or re.search(r"[；;，,、：:。]$|。", text):
        return False
    if "，" in text and mark[0] != "han" and len(text) > _LONGEST_HEADING // 2:
        return False
    if following is None or following.skip is not None:
        return mark[0] in {"part", "chapter", "section", "han"}
    if _GOES_ON.match(following.text):
        return False
    other = outline_mark(following.text)
    return other is None or other[0] != mark[0]


def _is_alone(piece: Piece, *, notice: bool) -> bool:
    """Whether the line joins neither the one before nor the one after."""
    text, block = piece.text, piece.block
    if block.hard or block.role is BlockRole.DATELINE:
        return True
    if len(text) <= 40 and (is_dateline(text) or _SALUTATION.match(text) or _POINTER.match(text)):
        return True
    if len(text) <= 80 and _CONTACT_NAMES.match(text) and _CONTACT.match(text):
        return True
    return notice and len(text) <= _SHORT_LINE and not re.search(r"[，。；、]", text)


def _with_poems(lines: list[Line]) -> list[Line]:
    """Runs of short lines of even length or without ends are poems or lists: each stands alone."""
    result = list(lines)
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _is_verse(lines[end]):
            end += 1
        open_ended = sum(not ends_sentence(line.text) for line in lines[index:end])
        if end - index >= _POEM_LINES and open_ended * 2 >= end - index:
            for at in range(index, end):
                result[at] = Line(lines[at].piece, ParagraphKind.LIST, alone=True)
        index = max(end, index + 1)
    return result


def _is_verse(line: Line) -> bool:
    text = line.text
    return (
        line.kind is ParagraphKind.TEXT
        and line.piece.skip is None
        and 2 <= len(text) <= _SHORT_LINE
        and "。" not in text[:-1]
        and "：" not in text
        and not is_list_item(text)
    )


def _column_width(texts: Sequence[Piece]) -> int:
    """The width of the column in characters where the text is broken at it, else 0."""
    if len(texts) < 6 or sum(p.block.tight for p in texts) * 2 < len(texts):
        return 0
    broken = [len(p.text) for p in texts if not ends_sentence(p.text)]
    if len(broken) * 2 < len(texts):
        return 0
    width = int(median(broken))
    near = sum(abs(length - width) <= 2 for length in broken)
    wide = sum(len(p.text) > width + 3 for p in texts)
    even = near * 3 >= len(broken) * 2 and wide * 20 <= len(texts)
    return width if even and 8 <= width <= 60 else 0
