"""Lines with boxes in, blocks in reading order out."""

from __future__ import annotations

from itertools import pairwise

from tingbao.models import Box
from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.geometry import PageGeometry, TextLine, arrange

BODY = 10.0
WIDE = 14 * BODY


def line(text: str, left: float, top: float, size: float = BODY) -> TextLine:
    return TextLine(text, Box(left, top, left + len(text) * size, top + size), size)


def column(text: str, left: float, top: float, indent: int = 2) -> list[TextLine]:
    """A paragraph set in lines of 14 characters, the first one indented."""
    lines = [line(text[: 14 - indent], left + indent * BODY, top)]
    for place, start in enumerate(range(14 - indent, len(text), 14), 1):
        lines.append(line(text[start : start + 14], left, top + place * 14))
    return lines


def page(*lines: TextLine, rules: tuple[Box, ...] = ()) -> PageGeometry:
    return PageGeometry(tuple(lines), rules, width=500, height=700)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]


SPRING = (
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏。"
)
AUTUMN = "东西南北春夏秋冬江河湖海山川草木花鸟虫鱼风雨雷电金银铜铁锡红黄蓝白黑赤橙绿青紫高低远近。"


def test_columns_are_read_one_after_the_other_whatever_their_order_in_the_file() -> None:
    left, right = column(SPRING, 20, 140), column(AUTUMN, 20 + WIDE + 15, 140)
    mixed = [one for both in zip(left, right, strict=True) for one in both]
    head = line("一个标题在两栏之上", 60, 100, 24)
    blocks = arrange(page(*mixed, head))
    assert texts(blocks) == ["一个标题在两栏之上", SPRING, AUTUMN]
    assert blocks[0].role is BlockRole.TITLE
    assert blocks[0].kind is BlockKind.HEADING


def test_a_paragraph_that_goes_on_in_the_next_column_is_marked_as_its_rest() -> None:
    text = SPRING[:-1] + AUTUMN
    lines = column(text, 20, 140)
    moved = [
        line(one.text, one.box.left + WIDE + 15, one.box.top - 3 * 14) if place > 2 else one
        for place, one in enumerate(lines)
    ]
    blocks = arrange(page(*moved, line("一个标题在两栏之上", 60, 100, 24)))
    assert "".join(texts(blocks)[1:]) == text
    assert [block.continues for block in blocks] == [False, False, True]


def test_each_headline_has_the_text_below_it() -> None:
    lines = [
        line("左边的标题", 40, 100, 22),
        *column(SPRING, 20, 140),
        line("右边的标题", 40 + WIDE + 15, 100, 22),
        *column(AUTUMN, 20 + WIDE + 15, 140),
    ]
    assert texts(arrange(page(*reversed(lines)))) == ["左边的标题", SPRING, "右边的标题", AUTUMN]


def test_a_headline_set_from_top_to_bottom_comes_before_the_text_beside_it() -> None:
    title = "一条竖排的标题"
    stack = [line(sign, 20 + WIDE + 20, 100 + at * 22, 20) for at, sign in enumerate(title)]
    blocks = arrange(page(*column(SPRING + AUTUMN, 20, 100), *stack))
    assert texts(blocks) == [title, SPRING + AUTUMN]
    assert blocks[0].role is BlockRole.TITLE


def test_every_line_comes_out_once() -> None:
    lines = [
        line(f"第{at}行", 20 + 97 * (at % 5), 20 + 17 * (at // 5), 8 + at % 7) for at in range(90)
    ]
    found = "".join(texts(arrange(page(*lines)))).replace("\n", "").replace(" ", "")
    assert sorted(found) == sorted("".join(one.text for one in lines))


def test_blocks_say_where_they_stand() -> None:
    blocks = arrange(page(*column(SPRING, 20, 140), *column(AUTUMN, 20, 240)))
    boxes = [block.box for block in blocks]
    assert all(box is not None for box in boxes)
    assert all(one.bottom <= other.top for one, other in pairwise(filter(None, boxes)))


def test_lines_that_share_no_edge_are_lines_all_the_same() -> None:
    lines = [line("一行字", 20 + 9 * at, 20 + 4 * at, 3) for at in range(12)]
    found = "".join(texts(arrange(page(*lines)))).replace("\n", "").replace(" ", "")
    assert found == "一行字" * 12
