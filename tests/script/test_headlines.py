from __future__ import annotations

import pytest

from factories import article
from tingbao.models import ArticleKind
from tingbao.script import load_phrases
from tingbao.script.headlines import headline_wording, name_of, page_name


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
    assert page_name(label) == name


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
