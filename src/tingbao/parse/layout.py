"""How the lines of a page are set, and what kind of paragraph each line is by itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tingbao.models import ParagraphKind, SkipReason
from tingbao.parse.blocks import Block, BlockKind, BlockRole, Piece
from tingbao.parse.credits import (
    is_byline,
    is_caption,
    is_dateline,
    is_legend,
    is_photographer,
    is_trailing_credit,
    split_lead,
)
from tingbao.parse.furniture import skip_reason
from tingbao.parse.indentation import is_subhead
from tingbao.parse.labels import is_certain_label
from tingbao.parse.mastheads import PageArea
from tingbao.parse.text_cues import (
    ends_sentence,
    is_entry,
    is_list_item,
    outline_mark,
    with_usual_marks,
)
from tingbao.parse.unpunctuated import is_unpunctuated
from tingbao.parse.words import any_of, spaced, words
from tingbao.text.han import HAN

_CONTACT = re.compile(rf"(?:[{HAN}A-Za-z\-]{{2,8}}|[{HAN}]\s+[{HAN}])\s*[:：]\s*[^。]{{0,60}}$")
_CONTACT_NAMES = re.compile(
    spaced("电话 地址 邮箱 传真 网址 时间 地点 邮编 账号 户名")
    + rf"|[{HAN}]{{2,4}}(?:热线|电话|邮箱|地址)\s*[:：]|"
    + any_of(words("layout.contacts"))
)
_SALUTATION = re.compile(r"^[^，。；！？]{2,30}[:：]$")
_POINTER = re.compile(
    r"[^\w]*(?:相关|详细|更多|全文|详情)?[^，。]{0,8}(?:详?见|刊)\s*(?:第?[A-Z]{0,2}\d{1,3}|第.{1,3})版?\W*$"
)
"""相关新闻见A4: where more stands, which is no part of the text around it."""

_FEWEST_LOST = 2
_LOST_SHARE = 0.2
_MANY_LOST = (4, 0.55)
"""How many paragraphs must lack a full stop, and which share of all: no page has so many columns.

Lines are not counted that are set close, as they may be broken at the width of a column.
"""

_LONG_TEXT = 30
_WIDEST_GAP = 2.5
"""How far apart in heights of type paragraphs stand that follow each other in a column."""

_SHORT_LINE = 24
_BULLET_HEAD = re.compile(r"[■●◆▲★□◎○◇▶►☆]\s*[^，。；！？：■●]{2,20}(?:[：！？][^，。；]{2,16})?$")
_POEM_LINES = 4
_INNER_MARK = re.compile(rf"[{HAN}][，。、；：“”《》,;:「」][{HAN}“《「]")
_ASKING = ("？", "?", "！", "!")
"""A heading may ask or call; it makes no statement."""

_LONGEST_HEADING = 40
GOES_ON = re.compile(
    r"[，。、；：！？）》”’」』),;:!?]|和(?!谐|平|睦|田)|及|以及|等[，。、]|的(?!士)|了(?!解)|着(?![力眼手])"
)
"""How a line begins that can only go on with the one before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a body with what kind of paragraph it is by itself."""

    piece: Piece
    kind: ParagraphKind
    alone: bool = False

    @property
    def text(self) -> str:
        """The text of the piece."""
        return self.piece.text


LONG_LINE = 40
"""From how many characters on a line is as long as a paragraph, and longer than a headline."""

_FEWEST_LONG = 2
_ENDED = 0.97
"""Which share of the long lines ends a sentence where no paragraph is broken; a stop may lack."""

_INDENT = 2
"""How many characters wide the indent of a paragraph is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is set.

    ``whole`` when its form breaks no paragraph; ``unbroken`` when its lines show that none is
    broken; ``width`` in characters at which its lines are broken, 0 when they are not;
    ``indents`` when indents mark paragraphs; ``bare`` when its text has no punctuation, so that
    the end of a line says nothing; ``loses_marks`` when an OCR engine lost many a full stop, so
    that its lack says little.
    """

    whole: bool = False
    unbroken: bool = False
    width: int = 0
    indents: bool = False
    bare: bool = False
    loses_marks: bool = False


def layout_of(pieces: Sequence[Piece], *, whole: bool) -> Layout:
    """How the page with these pieces is set."""
    texts = _texts(pieces)
    indented = sum(p.block.indented for p in texts)
    width = _column_width(texts)
    return Layout(
        whole,
        is_unbroken(pieces),
        width,
        0.1 < indented / max(1, len(texts)) < 0.95,
        bare=is_unpunctuated(pieces),
        loses_marks=_loses_marks(pieces),
    )


def _texts(pieces: Sequence[Piece]) -> list[Piece]:
    return [p for p in pieces if p.skip is None and p.block.kind is BlockKind.TEXT and p.text]


def is_unbroken(pieces: Sequence[Piece]) -> bool:
    """Whether every long line ends a sentence: then each is a paragraph, and none was broken."""
    texts = _texts(pieces)
    if _column_width(texts):
        return False
    long = [p.text for p in texts if len(p.text) >= LONG_LINE]
    ended = sum(ends_sentence(text) or is_trailing_credit(text) for text in long)
    return len(long) >= _FEWEST_LONG and ended >= _ENDED * len(long)


def _loses_marks(pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs lack a full stop where nothing goes on: above headings, at the end."""
    kept = [p for p in pieces if p.skip in {None, SkipReason.JUMP}]
    pairs = [pair for pair in itertools.zip_longest(kept, kept[1:]) if _is_paragraph(pair[0])]
    last = [ends_sentence(piece.text) for piece, below in pairs if _is_last(piece, below)]
    apart = [ends_sentence(p.text) for p, below in pairs if below and not below.block.tight]
    many = not all(last) and _is_share(apart, *_MANY_LOST)
    return many or _is_share(last, _FEWEST_LOST, _LOST_SHARE)


def _is_share(ended: Sequence[bool], fewest: int, share: float) -> bool:
    lost = ended.count(False)
    return lost >= fewest and lost >= share * len(ended)


def _is_last(piece: Piece, below: Piece | None) -> bool:
    """Whether a paragraph ends here by what stands below, or by where that stands."""
    if below is None or below.is_heading:
        return True
    return below.skip is None and stands_below(below.block, piece.block)


def _is_paragraph(piece: Piece) -> bool:
    is_text = piece.skip is None and piece.block.kind is BlockKind.TEXT and not piece.is_heading
    if not is_text or len(piece.text) < _LONG_TEXT:
        return False
    return ends_sentence(piece.text) or not is_caption(piece.text)


def stands_below(block: Block, above: Block) -> bool:
    """Whether the boxes show that a block stands right under another in its column."""
    size = above.type_size
    if block.box is None or above.box is None or not size:
        return False
    gap = block.box.top - above.box.bottom
    overlap = min(block.box.right, above.box.right) - max(block.box.left, above.box.left)
    return -size < gap < _WIDEST_GAP * size and overlap > 0


def printed_length(piece: Piece) -> int:
    """The length of a line in characters with the indent that it is printed with."""
    return len(piece.text) + (_INDENT if piece.block.indented else 0)


def _column_width(texts: Sequence[Piece]) -> int:
    """The width of the column in characters where the text is broken at it, else 0."""
    if len(texts) < 6 or sum(p.block.tight for p in texts) * 2 < len(texts):
        return 0
    broken = [printed_length(p) for p in texts if not ends_sentence(p.text)]
    if len(broken) * 2 < len(texts):
        return 0
    width = int(median(broken))
    near = sum(abs(length - width) <= 2 for length in broken)
    wide = sum(len(p.text) > width + 3 for p in texts)
    even = near * 3 >= len(broken) * 2 and wide * 20 <= len(texts)
    return width if even and 8 <= width <= 60 else 0


def lines_of(
    pieces: Sequence[Piece], *, notice: bool, verses: bool, unbroken: bool = False
) -> list[Line]:
    """The kind of each piece; ``verses`` says that runs of short lines may be a poem or a list.

    Where paragraphs are ``unbroken``, a short line without an end over a long one heads a part.
    """
    following = itertools.chain(itertools.islice(pieces, 1, None), [None])
    lines = [
        Line(piece, _kind(piece, after), _is_alone(piece, notice=notice))
        for piece, after in zip(pieces, following, strict=False)
    ]
    if verses and not notice:
        lines = _with_poems(lines)
    if not unbroken or notice:
        return lines
    heads = [_is_head(lines, at) for at in range(len(lines))]
    return [
        replace(line, kind=ParagraphKind.HEADING) if head else line
        for line, head in zip(lines, heads, strict=True)
    ]


def _is_head(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands between two paragraphs and heads what is below it."""
    line, before = lines[at], lines[at - 1] if at else None
    if line.kind is not ParagraphKind.TEXT or line.alone or before is None:
        return False
    if at + 1 < len(lines) and lines[at + 1].piece.block.continues:
        return False
    if "，" in with_usual_marks(line.text):
        return False
    above = before.kind is ParagraphKind.CAPTION or ends_sentence(before.text)
    return above and is_subhead([one.piece for one in lines], at)


def _kind(piece: Piece, following: Piece | None) -> ParagraphKind:
    kind, text = piece.block.kind, piece.text
    if kind is BlockKind.TABLE:
        return ParagraphKind.TABLE
    captions = not piece.is_heading and (
        _is_caption(text, following) or _heads_table(text, following)
    )
    if kind is BlockKind.CAPTION or captions:
        return ParagraphKind.CAPTION
    if _is_marked_heading(piece):
        return ParagraphKind.HEADING
    if kind is BlockKind.LIST:
        return ParagraphKind.LIST
    heading = _is_bullet_heading(text, following) or _is_outline_heading(piece, following)
    return ParagraphKind.HEADING if heading else ParagraphKind.TEXT


def _is_caption(text: str, following: Piece | None) -> bool:
    """Whether a line is a caption by itself, or what the photographer below it took."""
    if is_caption(text):
        return True
    below = following.text if following is not None and following.skip is None else ""
    return is_photographer(below) and is_legend(text, below) and ends_sentence(text)


def _heads_table(text: str, following: Piece | None) -> bool:
    """Whether a short line says what the table under it shows."""
    short = len(text) <= _LONG_TEXT and not ends_sentence(text) and text[-1:] not in "，、：；"
    return short and following is not None and following.block.kind is BlockKind.TABLE


def _is_marked_heading(piece: Piece) -> bool:
    if ends_sentence(piece.text) and not piece.text.rstrip('”’」』"').endswith(_ASKING):
        return False
    short_bold = piece.block.bold and len(piece.text) <= _LONGEST_HEADING
    return piece.block.kind is BlockKind.HEADING or short_bold


def _is_bullet_heading(text: str, following: Piece | None) -> bool:
    """Whether the line is a heading set off by a mark: ■额度提升受欢迎."""
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
    if GOES_ON.match(following.text):
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
    if notice and is_entry(text):
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


def with_running_text(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one page, running text marked as body where lines are broken and indented."""
    layout = layout_of(pieces, whole=False)
    if not (layout.width and layout.indents):
        return list(pieces)
    result = []
    runs_on = False
    for piece in pieces:
        running = _is_running(piece, layout, after_full=runs_on)
        runs_on = running and _is_full(piece, layout)
        block = replace(piece.block, role=BlockRole.BODY) if running else piece.block
        result.append(replace(piece, block=block))
    return result


def _is_running(piece: Piece, layout: Layout, *, after_full: bool) -> bool:
    block = piece.block
    if piece.skip is not None or block.kind is not BlockKind.TEXT or block.role is not None:
        return False
    if block.indented:
        return _is_full(piece, layout) or ends_sentence(piece.text)
    return after_full and block.tight


def _is_full(piece: Piece, layout: Layout) -> bool:
    """Whether the line reaches the right edge of its column, give or take a mark that hangs."""
    return printed_length(piece) >= layout.width - 1


_FEW_WRAPPED = 5
_FEWEST_WRAPPED = 2
_WRAPPED = 0.75
"""Which share of the lines that another follows ends at the edge where text is hard-wrapped."""

_BROKEN = 0.6
"""From which part of the width on a line may be one that was broken; shorter ones are heads."""

_SLACK = 6
"""How far before the edge, in half-width characters, a line may end: a mark or a word moves on."""

_NARROWEST, _WIDEST = 16, 200


def unwrapped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a page with paragraphs that were broken at a fixed width in one block each.

    An editor or a terminal breaks lines at 20, 40 or 80 characters, headlines too; what is broken
    so is joined before anything asks what a line looks like.
    """
    pairs = [pair for pair in itertools.pairwise(blocks) if _runs_on_below(*pair)]
    running = sum(bool(_INNER_MARK.search(above.text)) for above, _ in pairs)
    unended = sum(not ends_sentence(above.text) for above, _ in pairs)
    if len(pairs) < _FEWEST_WRAPPED or min(running, unended) * 2 < len(pairs):
        return tuple(blocks)  # verses, lists, or paragraphs of a line each
    found = [
        (*_edge_of(blocks, pairs, measure), measure) for measure in (_half_widths, _characters)
    ]
    share, edge, _, measure = max(found, key=lambda one: (one[0], -one[2]))
    return _rejoined(blocks, measure, edge) if share >= _WRAPPED else tuple(blocks)


def _half_widths(block: Block) -> int:
    width = sum(1 if character.isascii() else 2 for character in block.text)
    return width + 2 * _INDENT * block.indented


def _characters(block: Block) -> int:
    return 2 * (len(block.text) + _INDENT * block.indented)


def _edge_of(
    blocks: Sequence[Block],
    pairs: Sequence[tuple[Block, Block]],
    measure: Callable[[Block], int],
) -> tuple[float, int, int]:
    """How many lines reach the edge, where it is, and by how much these lines differ.

    Widths are in half-width characters. The share is 0 where a line goes beyond it, or
    where no column is so narrow or so wide.
    """
    widths = sorted(measure(above) for above, _ in pairs)
    edge = widths[len(widths) * 9 // 10]
    broken = [width for width in widths if width >= _BROKEN * edge]
    reaching = [width for width in broken if edge - _SLACK <= width <= edge + 2]
    near = len(reaching)
    plain = [block for block in blocks if block.kind is BlockKind.TEXT and not block.lead]
    beyond = sum(measure(block) > edge + 2 for block in plain)
    fits = beyond * 50 <= near and _NARROWEST <= edge <= _WIDEST and near * 2 >= len(widths)
    spread = reaching[-1] - reaching[0] if reaching else 0
    if len(broken) < _FEW_WRAPPED:  # so few may be alike by chance
        fits = fits and spread <= _SLACK // 3
    return (near / len(broken) if fits else 0.0), edge, spread


def _runs_on_below(above: Block, below: Block) -> bool:
    """Whether one line of plain text stands right under another, without an indent of its own."""
    plain = all(
        block.kind is BlockKind.TEXT and block.role is None and not block.bold
        for block in (above, below)
    )
    return plain and below.tight and not (below.indented or above.hard)


def _rejoined(
    blocks: Sequence[Block], measure: Callable[[Block], int], edge: int
) -> tuple[Block, ...]:
    marked = any(block.indented or not block.tight for block in blocks[1:])
    joined: list[Block] = []
    last: Block | None = None
    for block in blocks:
        if last is not None and _is_rest(last, block, measure(last), edge, marked=marked):
            text = joined[-1].text + seam(joined[-1].text, block.text) + block.text
            joined[-1] = replace(joined[-1], text=text, lines=joined[-1].lines + 1)
        else:
            joined.append(block)
        last = block
    return tuple(joined)


def _is_rest(above: Block, below: Block, width: int, edge: int, *, marked: bool) -> bool:
    """Whether a line goes on with the one above; ``marked`` where blanks or indents part others."""
    text = below.text
    if not _runs_on_below(above, below) or is_byline(text) or split_lead(text) is not None:
        return False
    if _is_of_the_page(text):
        return False
    if ends_sentence(above.text):
        return marked and edge - width <= _SLACK // 3
    return edge - width <= _SLACK


def _is_of_the_page(text: str) -> bool:
    """Whether a line says which page this is, or who made it."""
    reason = skip_reason(text, PageArea.BODY)
    return reason in {SkipReason.MASTHEAD, SkipReason.CREDIT} or is_certain_label(text)


def seam(text: str, following: str) -> str:
    """A space between two Latin words, nothing between Chinese ones."""
    latin = text[-1:].isascii() and text[-1:].isalnum() and following[:1].isascii()
    return " " if latin and following[:1].isalpha() and text[-1:].isalpha() else ""
