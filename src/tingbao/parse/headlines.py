"""Headlines: which lines look like one, and which line of a group is kicker, title, subtitle."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tingbao.models import SkipReason
from tingbao.parse.blocks import BlockKind, BlockRole, Piece
from tingbao.parse.credits import (
    is_byline,
    is_caption,
    is_dateline,
    is_trailing_credit,
    names_person,
    split_lead,
)
from tingbao.parse.furniture import is_column_heading
from tingbao.parse.text_cues import is_list_item, outline_mark, with_usual_marks
from tingbao.parse.words import any_of, words
from tingbao.text.han import HAN
from tingbao.text.numerals import HAN_NUMERALS, number_of

_LONGEST = 46
_LONGEST_MARKED = 90
_LONGEST_COLUMN = 12
_HAN = re.compile(f"[{HAN}]")
_LABELLED = re.compile(
    rf"(?:记者|问|答|主持人|网友)[:：]|[{HAN}A-Za-z]{{2,8}}[:：]\s*[\dA-Za-z（(]|[{HAN}]{{2,6}}[:：]$"
)
_NUMBERED_END = re.compile(r"[:：]\s*[\d（(][\d\-—－转、）)\s]{4,}$")
"""A telephone number, or several, is the end of no headline."""

_OFFICES = ("办公室", "局", "委", "会", "厅", "部", "院", "政府", "公司")
_SHORTEST_TITLE = 5
_DETAIL = re.compile(
    r"\d|[:：]|^“.*”$|[一二三四五六七八九十百千万亿几两][余多]?(?:名|位|人|个|项|成|倍|元|户|年|天|家|条)|"
    r"^(?:传达|学习|审议|研究|部署|听取|强调|要求|实现|为|创|达|同比|共|涉及|将|预计|最高|其中)"
)
"""What a subtitle gives besides the title: figures, who said it, what was decided.

Of two lines that are marked alike, and of which the second is no such detail, the first is a
kicker: in real dailies eight times as often as the second is a subtitle without a dash.
"""

_LONGER = 1.6
"""From how many times the length of the line above on a line is more likely a subtitle."""

_LONGEST_HALF = 8
"""The most characters of one of two lines that a title in large type is broken into."""

_NEARLY = 1.15
"""By what factor boxes of one size of type may differ: they hold taller or lower characters."""

_CLOSED = re.compile(rf"[。，；、：:;,]$|。|(?<=[{HAN}])[.](?=[{HAN}]|[\"”’']?$)")
_KICKER = re.compile(
    r"(?:强调|指出|要求|表示|致辞|讲话时?|之际|宣布|透露|提出|建议|呼吁|认为|时|：|:|系列报道.{0,6}|述评.{0,4}|"
    r"提醒|发现|显示|表明|印发|回应|启动|召开|举行|收官|开幕|闭幕|侧记|综述|"
    r"之[一二三四五六七八九十]|[①-⑩]|专栏|进行时|特别报道|在行动|新征程)$|"
    r"^(?:对话|专访|走近|探访|解读|贯彻|落实|深入|聚焦|奋进|走进|喜迎|庆祝|纪念|新春走基层|[【［\[].{2,14}[】］\]]$)"
)
_SUBTITLE = re.compile(
    r"^\s*(?:[—–\-]{1,2}|──|－)\s*\S|^(?:访|记|写在|评)|"
    r"(?:出席|主持|参加|讲话|陪同|致辞|作报告|作说明|列席|宣读.{2,10}|作出批示|分别(?:出席|主持|讲话))"
    r"(?:并讲话|会议)?$"
)
_KIND_OF_TEXT = re.compile(
    rf"^第[\d{HAN_NUMERALS}]{{1,6}}[号期]$|^来自.{{2,24}}的(?:调查|报告|报道|观察)|"
    r"(?:调查|见闻|纪实|侧记|综述|速写|记事|启示|扫描|纪事|透视)(?:报告)?$"
)
"""What kind of text follows, as the line under a title says."""

_DASH = re.compile(r"\s*(?:[—–]{1,3}|--+|──+|─+|－+)\s*\S")
_COLUMN = re.compile(rf"[\W_]*[^，。]{{0,8}}?{any_of(words('headlines.columns'))}[\W_]*$")
"""Names of standing columns, which are printed above a title."""

_PART = re.compile(
    r"[\W_]*(?:(?:相关|新闻|背景|延伸)?(?:链接|背景|阅读)|"
    + any_of(words("headlines.boxes"))
    + "|"
    + any_of(words("headlines.experts"))
    + any_of(words("headlines.advice"))
    + r")[\W_]*$"
)
"""Headings of boxes that belong to the article above them."""

_PLACE = re.compile(
    rf"(?!.*(?:各位|同志|代表|委员|朋友|先生|女士|单位|部门|政府|们|如下|指出|强调|表示|要求|说|认为))[{HAN}·]{{2,10}}[:：]$"
)
"""What stands above a title and ends with a colon: 阿古拉镇：. No salutation."""

_SPACED = re.compile(r"(?:公|通|启|声|讣|布|更)\s{0,4}(?:告|事|示|明|正)$")
_NOTICE = re.compile(any_of(words("headlines.notices")) + r"(?:\s*[（(〔].{1,30}[）)〕])?$")
_FOOTNOTE = re.compile(r"\s*(?:[\[［〔]\d{1,2}[\]］〕]|[①②*＊※¹])$")
_ISSUER = re.compile(rf"[{HAN}]{{2,22}}(?:局|厅|委|部|院|府|会|办|办公室|银行|总队|中心|海关)$")
_DOCUMENT = re.compile(any_of(words("headlines.documents")) + r"(?:\s*[（(〔《].{1,40}[）)〕》])?$")


@dataclass(frozen=True, slots=True)
class HeadlineParts:
    """A group of headline lines, each with its part."""

    kicker: tuple[Piece, ...]
    title: tuple[Piece, ...]
    subtitle: tuple[Piece, ...]


def is_marked_headline(piece: Piece) -> bool:
    """Whether a heading mark says headline and nothing in the text says otherwise."""
    text = piece.text
    if not piece.is_heading or len(text) > _LONGEST_MARKED or text.endswith(("。", "；", "，")):
        return False
    if piece.block.kind is BlockKind.HEADING and is_column_name(text):
        return True
    return outline_mark(text) is None and bool(_HAN.search(text)) and not _is_credit(text)


def is_headline(piece: Piece) -> bool:
    """Whether a line looks like one of a headline's: marked, or short and without an end."""
    if piece.block.role in {BlockRole.KICKER, BlockRole.TITLE, BlockRole.SUBTITLE}:
        return True
    if piece.is_heading:
        return is_marked_headline(piece)
    if piece.block.kind is not BlockKind.TEXT:
        return False
    text = piece.text
    return bool(
        is_column_heading(text)
        or _SPACED.match(text)
        or is_part_heading(text)
        or _PLACE.match(text)
        or (len(text) <= _LONGEST_COLUMN and _COLUMN.match(text) and not _is_credit(text))
        or _is_plain_headline(text)
    )


def is_column_name(text: str) -> bool:
    """Whether the line is the name of a standing column: 今日谈, 本报评论员文章."""
    return len(text) <= _LONGEST_COLUMN and bool(_COLUMN.match(text))


def is_part_heading(text: str) -> bool:
    """Whether the line heads a box that belongs to the article above it: 相关链接, 记者手记."""
    return len(text) <= _LONGEST_COLUMN and bool(_PART.match(text))


def is_notice_title(text: str) -> bool:
    """Whether a title is that of a notice: 公告, 通告, 启事."""
    return bool(_NOTICE.search(_FOOTNOTE.sub("", text)) or _SPACED.match(text))


def is_document_title(text: str) -> bool:
    """Whether a title is that of an official document: 意见, 报告, 纲要."""
    return bool(_DOCUMENT.search(_FOOTNOTE.sub("", text)))


def is_issuer(text: str) -> bool:
    """Whether the line is an office and nothing else, as under the title of its document."""
    return bool(_ISSUER.match(text))


def arrange(group: Sequence[Piece], *, unbroken: bool = False) -> HeadlineParts:
    """Kicker, title and subtitle of the lines of one headline.

    Where lines are ``unbroken``, no title is broken into two either.
    """
    if any(piece.block.role is BlockRole.TITLE for piece in group):
        return _by_role(group)
    top = min(piece.rank for piece in group)
    first = next(index for index, piece in enumerate(group) if piece.rank == top)
    last = first
    while (
        last + 1 < len(group)
        and group[last + 1].rank == top
        and not _DASH.match(group[last + 1].text)
    ):
        last += 1
    kicker, title, subtitle = group[:first], group[first : last + 1], group[last + 1 :]
    if (largest := _largest(title)) is not None:
        over, under = largest
        kicker, title, subtitle = group[: first + over], title[over:under], group[first + under :]
        return HeadlineParts(tuple(kicker), tuple(title), tuple(subtitle))
    return _level(tuple(kicker), tuple(title), tuple(subtitle), unbroken=unbroken)


def _largest(lines: Sequence[Piece]) -> tuple[int, int] | None:
    """Where the lines in the largest type begin and end; None where boxes show no difference.

    Lines in one size under each other are one title.
    """
    sizes = [line.block.type_size for line in lines]
    if len(lines) < 2 or not all(sizes):
        return None
    large = [size * _NEARLY >= max(sizes) for size in sizes]
    first, last = large.index(True), len(large) - large[::-1].index(True)
    return (first, last) if all(large[first:last]) else None


def _level(
    kicker: tuple[Piece, ...],
    title: tuple[Piece, ...],
    subtitle: tuple[Piece, ...],
    *,
    unbroken: bool,
) -> HeadlineParts:
    """Lines of one rank: printed as one block they are one title, else kicker or subtitle."""
    if len(title) > 1 and not subtitle and reads_as_subtitle(title[1].text):
        return HeadlineParts(kicker, title[:1], title[1:])
    short = len(list(itertools.takewhile(_is_short, title)))
    if not kicker and 1 < short < len(title):
        kicker, title = title[:short], title[short:]
    if len(title) > 1 and not kicker and _is_kicker(title):
        kicker, title = title[:1], title[1:]
    if len(title) > 2 and not kicker:
        kicker, title = title[:1], title[1:]
    if not kicker and not subtitle and _is_set_in_two(title):
        return HeadlineParts((), title, ())
    if len(title) > 1 and not subtitle and not _is_one_title(title, unbroken=unbroken):
        if not kicker and not _is_detail(title, unbroken=unbroken):
            return HeadlineParts(title[:-1], title[-1:], ())
        subtitle, title = title[-1:], title[:-1]
    return HeadlineParts(kicker, title, subtitle)


def _is_set_in_two(lines: Sequence[Piece]) -> bool:
    """Whether a heading is broken into two lines of large type, which are about as long."""
    lengths = [len(line.text) for line in lines]
    marked = all(line.block.kind is BlockKind.HEADING for line in lines)
    return (
        marked
        and len(lines) == 2
        and max(lengths) <= _LONGEST_HALF
        and abs(lengths[0] - lengths[1]) < 2
    )


def _is_one_title(lines: tuple[Piece, ...], *, unbroken: bool) -> bool:
    """Whether the last line is the second line of the title: 某某办公室 | 关于…的通知."""
    last = lines[-1]
    if last.text.startswith("关于"):
        return True
    plain = unbroken and not last.is_heading
    together = last.block.tight and not lines[0].block.tight and not plain
    return together and not _SUBTITLE.search(last.text)


def _is_kicker(lines: tuple[Piece, ...]) -> bool:
    """Whether the first line stands above the title: a dash, a column's name, a lead-in."""
    first, second = lines[0].text, lines[1].text
    if _DASH.match(first):
        return True
    if first.endswith(_OFFICES) and second.startswith("关于"):
        return False
    if len(first) <= _LONGEST_COLUMN and _COLUMN.match(first):
        return True
    if reads_as_subtitle(second):
        return False
    return len(first) <= _SHORTEST_TITLE < len(second) or bool(_KICKER.search(first))


def _is_detail(lines: Sequence[Piece], *, unbroken: bool) -> bool:
    """Whether the last line says more of what the title says; lines with lesser marks do."""
    title, last = lines[0].text, with_usual_marks(lines[-1].text)
    marked = unbroken or all(line.block.kind is BlockKind.HEADING for line in lines)
    return not marked or bool(_DETAIL.search(last)) or len(last) >= _LONGER * len(title)


def _is_short(piece: Piece) -> bool:
    return len(piece.text) <= _SHORTEST_TITLE


def _by_role(group: Sequence[Piece]) -> HeadlineParts:
    def of(role: BlockRole) -> tuple[Piece, ...]:
        return tuple(piece for piece in group if piece.block.role is role)

    return HeadlineParts(of(BlockRole.KICKER), of(BlockRole.TITLE), of(BlockRole.SUBTITLE))


def _is_plain_headline(text: str) -> bool:
    if not 4 <= len(text) <= _LONGEST or len(_HAN.findall(text)) < 3 or _CLOSED.search(text):
        return _DASH.match(text) is not None and len(text) <= _LONGEST and "。" not in text
    if (
        _LABELLED.match(text)
        or _NUMBERED_END.search(text)
        or is_list_item(text)
        or text[0] in "（("
    ):
        return False
    return not (names_person(text) or _is_credit(text) or split_lead(text))


def _is_credit(text: str) -> bool:
    return is_byline(text) or is_dateline(text) or is_trailing_credit(text) or is_caption(text)


def reads_as_subtitle(text: str) -> bool:
    """Whether a line under another can only be its subtitle: a dash, 记…, 来自…的调查."""
    return bool(_SUBTITLE.search(text) or _KIND_OF_TEXT.search(text))


def begins_with_dash(text: str) -> bool:
    """Whether the line begins with a dash, as a subtitle does."""
    return _DASH.match(text) is not None


_SERIAL = re.compile(
    rf"(?P<mark>[■●◆▲★□◎○◇▶►☆△◉※]|(?:[\d]{{1,3}}|[{HAN_NUMERALS}]{{1,3}})\s?[、．]|\d{{1,3}}\.(?!\d)|"
    rf"[（(](?:\d{{1,3}}|[{HAN_NUMERALS}]{{1,3}})[）)]|[\[【]?[A-Z]?\d{{1,2}}[-—－]\d{{1,2}}[\]】]?(?!\d))"
    r"\s*(?P<title>\S.*)",
    re.DOTALL,
)
_DIGITS = re.compile(rf"[\d{HAN_NUMERALS}]+")
_SHORTEST_TEXT = 20
_FEWEST_SERIAL = 2


def with_serial_heads(pieces: Sequence[Piece]) -> list[Piece] | None:
    """The pieces of a page whose titles are numbered or marked alike: 1、…, ■…; None where not.

    The first line of the page is one of them: under a title such lines head its parts. Each
    stands over a text, and numbers count from one, anew under the label of a further page.
    """
    heads = _serial_heads(pieces)
    if len(heads) < _FEWEST_SERIAL:
        return None
    result: list[Piece] = []
    item = ""
    for at, piece in enumerate(pieces):
        if at in heads:
            item = f"{piece.page}:{at}"
            result.extend(_cut_title(piece, heads[at], item))
        elif not item or piece.skip is not None:
            result.append(piece)
        else:
            below = at - 1 in heads and is_headline(piece) and _is_text(pieces, at + 1)
            role = BlockRole.SUBTITLE if below else piece.block.role
            result.append(replace(piece, block=replace(piece.block, role=role, item=item)))
    return result


def _serial_heads(pieces: Sequence[Piece]) -> dict[int, re.Match[str]]:
    """The numbered titles by their places; none where the numbers do not count on."""
    first = next((at for at, one in enumerate(pieces) if one.skip is None and one.text), None)
    if first is None or (found := _serial_head(pieces, first)) is None:
        return {}
    shape, rank = _DIGITS.sub("", found["mark"]), pieces[first].rank
    heads: dict[int, re.Match[str]] = {}
    count = 0
    for at, piece in enumerate(pieces):
        found = _serial_head(pieces, at) if piece.rank == rank else None
        if found is None or _DIGITS.sub("", found["mark"]) != shape:
            continue
        number = number_of((_DIGITS.findall(found["mark"]) or [""])[-1])
        above = pieces[at - 1]
        again = number == 1 and (
            at == first or above.skip is not None or above.block.kind is BlockKind.RULE
        )
        if number is not None and number != count + 1 and not again:
            return {}
        count = number or 0
        heads[at] = found
    return heads


def _serial_head(pieces: Sequence[Piece], at: int) -> re.Match[str] | None:
    piece = pieces[at]
    found = _SERIAL.fullmatch(piece.text) if piece.skip is None else None
    if found is None or piece.block.role is not None or not _is_text(pieces, at + 1, lines=3):
        return None
    title = found["title"]
    return found if len(title) <= _LONGEST_MARKED and not _CLOSED.search(title) else None


def _is_text(pieces: Sequence[Piece], at: int, *, lines: int = 1) -> bool:
    """Whether a sentence begins here, or on one of the next so many lines."""
    return any(
        piece.skip is None and len(piece.text) >= _SHORTEST_TEXT and not _SERIAL.match(piece.text)
        for piece in pieces[at : at + lines]
    )


def _cut_title(piece: Piece, found: re.Match[str], item: str) -> list[Piece]:
    """The title without its mark, which is kept out where it is more than a sign."""
    mark, title = (
        replace(piece.block, text=text, kind=BlockKind.TEXT, level=0, lead=0, bold=False)
        for text in (found["mark"], found["title"])
    )
    head = replace(piece, block=replace(title, role=BlockRole.TITLE, item=item))
    return [replace(piece, block=mark, skip=SkipReason.FURNITURE), head]
