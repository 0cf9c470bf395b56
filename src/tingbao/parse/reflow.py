"""Paragraphs that a column or page break cut are made whole, and only those.

"No end punctuation, so join" is right in two of three cases. What decides besides: an open
bracket or quote forces a join; a list mark, a heading or a lead forbids it; lines that stand
alone (notice lines, sign-offs, poems, salutations) never join; text broken at the width of a
column joins line by line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tingbao.models import Origin, Paragraph, ParagraphKind, Table
from tingbao.parse.blocks import BlockKind, Piece
from tingbao.parse.credits import is_trailing_credit, split_lead
from tingbao.parse.layout import (
    GOES_ON,
    LONG_LINE,
    Layout,
    Line,
    lines_of,
    printed_length,
    seam,
    stands_below,
)
from tingbao.parse.text_cues import ends_sentence, is_entry, is_list_item, is_short_item
from tingbao.text.credits import caption_credit
from tingbao.text.han import HAN
from tingbao.text.numerals import is_figure

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
_BRACKETS = re.compile(f'[{re.escape("".join((*_PAIRS, *_CLOSERS)))}"]')
_SHORT_ITEM = 40
_VIEW_HEAD = 100
_VIEW_TAIL = 400
"""How far from the end of a paragraph an open bracket is looked for."""

_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
"""A row that is only drawn."""

_NO_END = re.compile(
    r"(?:[，、：；《“（\d与及或是将把被从向以于并]|(?<![总温缓饱调共平])和|(?<![所存实现自])在|"
    r"(?<![反相绝])对|(?<![技功性智职机效节产潜动])能|(?<![需主重首必摘纲概提])要)$"
)
"""How a text ends that is cut in mid-sentence."""

_SENTENCES = re.compile(r"[。！？…]+[”’」』）]*|[.]{3,}")
_SHORTEST_SENTENCE = 6
_SHORT_LINE = 24
_WIDEST_COLUMN = 32
_MARKED = re.compile(r"[，、；：《“（,;:(「]")
_TOPIC = re.compile(rf"[{HAN}]{{6,14}}。[{HAN}]")
_TURN = re.compile(r"(?:问|答|[QA])[:：]")
_LABELLED = re.compile(rf"[{HAN}\w]{{1,8}}[:：]")


@dataclass(frozen=True, slots=True)
class Body:
    """Whole paragraphs, and the skips with the index of the paragraph they stood before."""

    paragraphs: tuple[Paragraph, ...]
    skips: tuple[tuple[int, Piece], ...]


def reflow(pieces: Sequence[Piece], layouts: Mapping[int, Layout], *, notice: bool = False) -> Body:
    """The paragraphs of an article's body; ``layouts`` gives the layout of each page."""
    reflowing = _Reflow(layouts)
    set_pages = [layouts[piece.page] for piece in pieces]
    verses = not any(layout.width or layout.bare for layout in set_pages)
    unbroken = all(layout.unbroken for layout in set_pages)
    for line in lines_of(pieces, notice=notice, verses=verses, unbroken=unbroken):
        reflowing.add(line)
    return reflowing.body()


@dataclass(slots=True)
class _Growing:
    """A paragraph that lines may still join.

    ``view`` is its text, but for a long one only the two ends, which are all that deciding
    needs: looking at the whole for each of its lines would take the square of their number.
    """

    line: Line
    parts: list[str]
    view: str
    length: int
    origins: list[Origin]

    @classmethod
    def of(cls, line: Line, text: str) -> _Growing:
        return cls(line, [text], text, len(text), [line.piece.origin])

    def join(self, line: Line) -> None:
        self.origins.append(replace(line.piece.origin, offset=self.length))
        added = seam(self.view, line.text) + line.text
        self.parts.append(added)
        self.length += len(added)
        self.view += added
        if len(self.view) > _VIEW_HEAD + 2 * _VIEW_TAIL:
            self.view = self.view[:_VIEW_HEAD] + self.view[-_VIEW_TAIL:]

    def paragraph(self) -> Paragraph:
        block = self.line.piece.block
        table = table_of(block.rows) if block.kind is BlockKind.TABLE else None
        text = "".join(self.parts)
        credit = caption_credit(text) if self.line.kind is ParagraphKind.CAPTION else None
        return Paragraph(self.line.kind, text, tuple(self.origins), table, credit)


class _Reflow:
    def __init__(self, layouts: Mapping[int, Layout]) -> None:
        self.layouts = layouts
        self.growing: list[_Growing] = []
        self.skips: list[tuple[int, Piece]] = []
        self.current: _Growing | None = None
        self.last: Line | None = None

    def add(self, line: Line) -> None:
        piece = line.piece
        if piece.skip is not None:
            self.skips.append((len(self.growing), piece))
        elif self.current is not None and self._joins(self.current, line):
            self.current.join(line)
            self.last = line
        elif piece.text or piece.block.rows:
            self._append(line)

    def body(self) -> Body:
        return Body(tuple(growing.paragraph() for growing in self.growing), tuple(self.skips))

    def _joins(self, current: _Growing, line: Line) -> bool:
        layout = self.layouts[line.piece.page]
        if self.last is None or line.kind is not ParagraphKind.TEXT:
            return False
        if line.piece.block.continues:
            return self.last.kind is ParagraphKind.TEXT
        if layout.whole and self.last.piece.page == line.piece.page:
            return False
        if layout.bare:
            return _fills_bare_line(self.last, line, layout)
        return _joins(current.view, self.last, line, layout)

    def _append(self, line: Line) -> None:
        block = line.piece.block
        text = _as_data(block.rows) if block.kind is BlockKind.TABLE else line.text
        self.growing.append(_Growing.of(line, text))
        if line.kind not in {ParagraphKind.CAPTION, ParagraphKind.TABLE}:
            self.current, self.last = self.growing[-1], line


def _joins(text: str, last: Line, line: Line, layout: Layout) -> bool:
    """Whether ``line`` goes on with the paragraph that so far is ``text``."""
    if last.kind is not ParagraphKind.TEXT or last.alone or line.alone or _opens_anew(line):
        return False
    if _is_open(_sure_marks(text) if layout.loses_marks else text) or GOES_ON.match(line.text):
        return True
    indented = layout.indents and line.piece.block.indented
    if (indented and last.piece.page == line.piece.page) or _is_whole(last, layout):
        return False
    if layout.width and line.piece.block.tight:
        return _is_full(last, layout.width) or not ends_sentence(text)
    if not line.piece.block.tight and _begins_paragraph(line.text, text):
        return False
    cut = not layout.loses_marks or _is_cut(text, last, line)
    return cut and not (ends_sentence(text) or _has_come_to_end(text, last, line))


def _is_whole(line: Line, layout: Layout) -> bool:
    """Whether a short line is no piece of a sentence, where each line is a paragraph."""
    return layout.unbroken and len(line.text) < LONG_LINE and not _MARKED.search(line.text)


def _fills_bare_line(last: Line, line: Line, layout: Layout) -> bool:
    """Whether a line without punctuation reaches the edge, so that the one under it goes on.

    Over a page break nothing shows it, and nothing is joined.
    """
    block = line.piece.block
    if last.kind is not ParagraphKind.TEXT or last.alone or line.alone:
        return False
    if not block.tight or block.indented or last.piece.page != line.piece.page:
        return False
    length = printed_length(last.piece)
    if layout.width:
        return length >= layout.width - 2
    return length <= _WIDEST_COLUMN and length + 2 >= len(line.text)


def _is_cut(text: str, last: Line, line: Line) -> bool:
    """Whether text without a full stop is visibly cut, on a page where many are lost.

    It breaks off at a word that ends nothing, or a column ends under it.
    """
    if _NO_END.search(text) or len(_last_sentence(text)) <= _SHORTEST_SENTENCE:
        return True
    boxes = line.piece.block.box is not None and last.piece.block.box is not None
    return boxes and not stands_below(line.piece.block, last.piece.block)


def _last_sentence(text: str) -> str:
    return _SENTENCES.split(text)[-1]


def _sure_marks(text: str) -> str:
    """The end of a text by whose brackets it is known to be open where many marks are misread.

    A bracket of an earlier sentence says nothing there, and quotes are turned round.
    """
    return re.sub("[“”]", "", _last_sentence(text))


def _begins_paragraph(text: str, before: str) -> bool:
    """Whether a line under a blank one begins like a paragraph, or is a heading or a caption.

    The rest of a cut sentence ends in a mark; paragraphs of one article may all begin with a
    short sentence that says what they are about.
    """
    heads = len(text) <= _SHORT_LINE and not _MARKED.search(text) and not ends_sentence(text)
    return heads or bool(_TOPIC.match(text) and _TOPIC.match(before))


def _opens_anew(line: Line) -> bool:
    text = line.text
    return is_list_item(text) or bool(_TURN.match(text)) or split_lead(text) is not None


def _has_come_to_end(text: str, last: Line, line: Line) -> bool:
    """Whether what ends without a full stop has ended all the same: a list's item, a credit."""
    if text.endswith("；"):
        return len(text) <= _SHORT_ITEM or text[:2] == line.text[:2]
    if is_entry(text) and is_entry(line.text):
        return True
    if len(text) <= _SHORT_ITEM and _LABELLED.match(text) and _LABELLED.match(line.text):
        return True
    return text.endswith(("：", ":")) or is_trailing_credit(last.text) or is_short_item(text)


def _is_full(last: Line, width: int) -> bool:
    """Whether the line reaches the edge; one that ends a sentence may only hang over it."""
    length = printed_length(last.piece)
    return length >= width - (0 if ends_sentence(last.text) else 2)


def _is_open(text: str) -> bool:
    """Whether a bracket or quote that is opened near the end of the text is not closed in it."""
    stack: list[str] = []
    for character in _BRACKETS.findall(text, max(0, len(text) - _VIEW_TAIL)):
        if character in _PAIRS:
            stack.append(character)
        elif stack and stack[-1] == _CLOSERS.get(character, "“"):
            stack.pop()
    return bool(stack) and not ends_sentence(text)


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """The cells of a table; its first row heads the columns where it holds no figures.

    So does the second, where it stands under heads that are printed over several columns or rows.
    """
    cells = [tuple(cell.strip() for cell in "\t".join(row).rstrip().split("\t")) for row in rows]
    kept = [row for row in cells if any(row) and not _RULE.fullmatch("\t".join(row))]
    headed = len(kept) > 1 and len(kept[0]) > 1 and not any(map(is_figure, kept[0][1:]))
    if headed and len(kept) > 2 and _are_two_heads(kept[0], kept[1]):
        return Table(_two_heads(kept[0], kept[1]), tuple(kept[2:]))
    return Table(kept[0] if headed else (), tuple(kept[int(headed) :]))


def _are_two_heads(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the second row names columns that stand together under one head of the first."""
    if lower[0] or any(map(is_figure, lower)):
        return False
    columns = itertools.zip_longest(upper, lower, fillvalue="")
    return any(below and not above for above, below in columns)


def _two_heads(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Heads of two rows in one: the lower, after the upper where the lower is there twice."""
    alone = [head for head in lower if head]
    heads: list[str] = []
    over = ""
    for above, below in itertools.zip_longest(upper, lower, fillvalue=""):
        over = above or over
        heads.append(over + below if alone.count(below) > 1 else below or above)
    return tuple(heads)


def _as_data(rows: Sequence[Sequence[str]]) -> str:
    """A data table row by row, cells parted by tabs, the column headings first."""
    return "\n".join("\t".join(row).rstrip() for row in rows)
