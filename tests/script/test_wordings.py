"""Titles, names of pages, telephone numbers and tables as they are put for the ear."""

from __future__ import annotations

import pytest

from factories import article, paragraph
from tingbao.models import ArticleKind, ParagraphKind, Table
from tingbao.script import load_phrases
from tingbao.script.wordings import (
    headline_wording,
    is_small,
    name_of,
    page_name,
    row_wordings,
    slowly,
)
from tingbao.text.labels import read_label


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1", "第一版"),
        ("12", "第十二版"),
        ("02", "第二版"),
        ("第02版", "第二版"),
        ("A02", "A二版"),
        ("A2", "A二版"),
        ("b12", "B十二版"),
        ("头版", "头版"),
        ("第三版", "第三版"),
        ("二版", "第二版"),
        ("封面", "封面"),
    ],
)
def test_a_page_is_named_as_people_name_it(label: str, name: str) -> None:
    assert page_name(read_label(label)) == name


@pytest.mark.parametrize(
    ("title", "wording"),
    [
        ("市政府办公厅 关于推进工作的意见", "市政府办公厅，关于推进工作的意见"),
        ("理论学习中心组 2026年第二次学习", "理论学习中心组，2026年第二次学习"),
        ("聚力， 前行", "聚力， 前行"),
        ("通 知", "通 知"),
        ("Hello World", "Hello World"),
        ("政府工作报告", "政府工作报告"),
    ],
)
def test_a_headline_pauses_where_the_printed_line_breaks(title: str, wording: str) -> None:
    assert headline_wording(title).result == wording


def test_an_item_is_named_by_its_title_first() -> None:
    assert name_of(article("正文。", title="大会开幕"), load_phrases(None)) == "大会开幕"


def test_a_second_half_without_title_is_named_by_where_it_comes_from() -> None:
    second_half = article("正文。", title=None, continued_from="A2")
    assert name_of(second_half, load_phrases(None)) == "上接A二版的内容"


def test_an_untitled_item_is_named_by_its_first_words() -> None:
    untitled = article(
        "昨日，市博物馆新馆举行开馆仪式，观众如潮。", title=None, kind=ArticleKind.BRIEF
    )
    assert name_of(untitled, load_phrases(None)) == "昨日，市博物馆新馆举行开馆仪式"


def test_an_untitled_picture_says_that_it_is_one() -> None:
    photo = article("市民在公园里赏花。", title=None, kind=ArticleKind.PHOTO)
    assert name_of(photo, load_phrases(None)) == "图片新闻：市民在公园里赏花"


def test_an_item_without_any_words_still_has_a_name() -> None:
    assert name_of(article(title=None), load_phrases(None)) == "无标题内容"


@pytest.mark.parametrize(
    ("spoken", "slow"),
    [
        ("零四七五，五七七六七二八", "零四七五，五七七，六七二八"),
        ("幺三九幺二三四五六七八", "幺三九，幺二三四，五六七八"),
        ("幺二三四五六七八", "幺二三四，五六七八"),
        ("四零零幺二三四五六", "四零零，幺二三，四五六"),
        ("幺二三四五", "幺二三四五"),
        ("a q s 二六 at 一六三 点 com", "a q s，二六，at，一六三，点com"),
        ("欢迎来电", "欢迎来电"),
    ],
)
def test_what_a_listener_writes_down_is_said_in_groups(spoken: str, slow: str) -> None:
    assert slowly(spoken).result == slow


def table(text: str) -> Table:
    found = paragraph(text, ParagraphKind.TABLE).table
    assert found is not None
    return found


def wordings(text: str) -> list[str]:
    return [wording.result for wording in row_wordings(table(text))]


def test_a_row_is_said_with_the_heads_of_its_columns() -> None:
    assert wordings("地区\t产量\t增长\n通辽\t120吨\t5%") == ["通辽，产量120吨，增长5%。"]


def test_a_unit_in_the_head_is_said_behind_each_figure() -> None:
    assert wordings("地区\t产量（万吨）\t同比(%)\n通辽\t120\t5.1") == [
        "通辽，产量120万吨，同比5.1%。"
    ]


def test_years_can_head_columns() -> None:
    assert wordings("指标\t2024年\t2025年\n产量\t98\t120") == ["产量，2024年，98，2025年，120。"]


def test_a_first_column_of_figures_has_its_head_said_too() -> None:
    assert wordings("名次\t姓名\n1\t张三") == ["名次1，姓名张三。"]


def test_a_table_without_heads_is_said_cell_by_cell() -> None:
    assert wordings("通辽\t120\n赤峰\t98") == ["通辽，120。", "赤峰，98。"]


def test_empty_cells_and_dashes_are_left_out() -> None:
    assert wordings("地区\t产量\t增长\n通辽\t—\t5%\n\t\t") == ["通辽，增长5%。"]


def test_each_row_keeps_its_printed_line() -> None:
    (wording,) = row_wordings(table("甲\t乙\n丙\t丁"))
    assert (wording.source, wording.result) == ("丙\t丁", "丙，乙丁。")
    assert ("丁", "丁") in wording.pairs


def test_a_large_table_is_not_small() -> None:
    assert is_small(table("甲\t乙\n丙\t丁"))
    assert not is_small(table("甲\t乙\n" + "丙\t丁\n" * 11))
    assert not is_small(table("\t".join("甲乙丙丁戊己")))
    assert not is_small(table("甲\t乙\n" + "长" * 400 + "\t丁"))
