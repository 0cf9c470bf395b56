"""Jump notices are found in every printed form, and ordinary words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.models import Edition, PageLabel
from tingbao.parse import parse_pages
from tingbao.parse.blocks import Jump
from tingbao.parse.jumps import split_jumps


def _text(label: PageLabel | None) -> str | None:
    return label.text if label else None


def taken(text: str) -> list[tuple[bool, str | None] | str]:
    parts = split_jumps(text)
    return [(part.out, _text(part.label)) if isinstance(part, Jump) else part for part in parts]


@pytest.mark.parametrize(
    ("text", "out", "label"),
    [
        ("(下转第二版)", True, "2"),
        ("（下转第2版）", True, "2"),
        ("下转A8版", True, "A8"),
        ("◀上接A01版", False, "A1"),
        ("（上接A1版）", False, "A1"),
        ("◀ 上接 A01 版", False, "A1"),
        ("下紧转第3版", True, "3"),
        ("上紧接第3版", False, "3"),
        ("（下转第191页）", True, "191"),
        ("（下转第 页 ）", True, None),
        ("紧接第一版", False, "1"),
        ("上接1版", False, "1"),
        ("下转02版", True, "2"),
        ("▶▶下转A02", True, "A2"),
        ("转A2", True, "A2"),
        ("上接头版", False, "1"),
        ("文接A1", False, "A1"),
        ("续接第3版", False, "3"),
        ("（未完待续）", True, None),
        ("【上接A01版】", False, "A1"),
        ("（下转第十二版）", True, "12"),
        ("◎上接第1版", False, "1"),
        ("（上接第一版《春耕》）", False, "1"),
    ],
)
def test_a_notice_is_read_in_every_printed_form(text: str, out: bool, label: str | None) -> None:  # noqa: FBT001 - a table's column
    assert taken(text) == [(out, label)]


@pytest.mark.parametrize(
    "text",
    [
        "全文见第三版",
        "（详见第3版）",
        "（相关新闻刊P4版）",
        "他把工作下转第二车间。",
        "上接天线下转地线的施工",
        "接到群众电话",
        "转变作风",
        "转发2版",
        "会议由李明主持，下转地方落实。",
    ],
)
def test_pointers_and_ordinary_words_stay_in_the_text(text: str) -> None:
    assert taken(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("会议强调，要。(下转第四版)", ["会议强调，要。", (True, "4")]),
        ("全国人民，（下转第四版）", ["全国人民，", (True, "4")]),
        ("会议强调，要。 下转第四版", ["会议强调，要。", (True, "4")]),
        ("会议强调，要。▶下转A4版", ["会议强调，要。", (True, "A4")]),
        ("（上接第一版）会议强调，要。", [(False, "1"), "会议强调，要。"]),
        ("上接第一版 正文开始，他说", [(False, "1"), "正文开始，他说"]),
    ],
)
def test_a_notice_at_either_end_of_a_block_is_cut_off(
    text: str, parts: list[tuple[bool, str] | str]
) -> None:
    assert taken(text) == parts


def edition(folder: Path, *pages: str) -> Edition:
    paths = []
    for number, page in enumerate(pages, start=1):
        paths.append(folder / f"{number:02}.md")
        paths[-1].write_text(page, "utf-8")
    return parse_pages(paths)


FIRST = """## 市委召开全会

本报讯（记者 王晨）3月1日，市委召开全会，审议通过有关决定，强调要坚持{}

## 市政府召开常务会

本报讯（记者 王晨）3月2日，市政府召开常务会，研究部署有关工作。（下转第二版）
"""


def test_a_broken_sentence_is_made_whole_across_pages(tmp_path: Path) -> None:
    second = "（上接第一版）\n\n## 市委召开全会\n\n以人民为中心。\n"
    joined = edition(tmp_path, FIRST.format("（下转第二版）"), second).articles[0]
    assert joined.pages == (1, 2)
    assert joined.paragraphs[-1].text.endswith("强调要坚持以人民为中心。")
    assert joined.continued_to is None


def test_a_sentence_made_whole_keeps_the_place_where_its_second_page_begins(
    tmp_path: Path,
) -> None:
    second = "（上接第一版）\n\n## 市委召开全会\n\n以人民为中心。\n"
    joined = edition(tmp_path, FIRST.format("（下转第二版）"), second).articles[0]
    (paragraph,) = joined.paragraphs
    (one,) = paragraph.breaks
    assert (paragraph.page, one.page) == (1, 2)
    assert paragraph.text[one.offset :] == "以人民为中心。"


def test_a_shortened_title_is_enough(tmp_path: Path) -> None:
    second = "## 市政府常务会\n\n（上接第一版）\n\n会议还研究了其他事项。\n"
    articles = edition(tmp_path, FIRST.format("。（下转第二版）"), second).articles
    assert [article.pages for article in articles] == [(1,), (1, 2)]


def test_a_numbered_series_shows_which_continuation_fits(tmp_path: Path) -> None:
    first = (
        "## 甲地实施方案\n\n（2026年1月1日）\n\n（一）做好准备。\n\n"
        "（二）抓好落实。（下转第二版）\n\n"
        "## 乙地实施意见\n\n（2026年1月1日）\n\n（一）深入学习。（下转第二版）\n"
    )
    second = "（上接第一版）\n\n（三）加强督查。\n"
    articles = edition(tmp_path, first, second).articles
    assert [article.pages for article in articles] == [(1, 2), (1,)]


def test_a_first_part_without_its_continuation_names_the_page(tmp_path: Path) -> None:
    articles = edition(tmp_path, FIRST.format("（下转第四版）")).articles
    assert [_text(article.continued_to) for article in articles] == ["4", "2"]


def test_two_candidates_are_not_joined_and_both_are_named(tmp_path: Path) -> None:
    second = "（上接第一版）\n\n各项工作部署落到实处。\n"
    found = edition(tmp_path, FIRST.format("。（下转第二版）"), second)
    assert [_text(one.continued_to) for one in found.articles] == ["2", "2", None]
    assert found.articles[2].title is None
    assert _text(found.articles[2].continued_from) == "1"
    (warning,) = found.warnings
    assert "市委召开全会" in warning.message
    assert "市政府召开常务会" in warning.message


def test_a_text_that_jumps_twice_is_followed(tmp_path: Path) -> None:
    pages = (
        "## 工作报告\n\n（2026年1月1日）\n\n各位代表：\n\n现在报告工作。（下转第二版）\n",
        "（上接第一版）一年来，成绩显著。（下转第三版）\n",
        "（上接第二版）谢谢大家！\n",
    )
    (article,) = edition(tmp_path, *pages).articles
    assert article.pages == (1, 2, 3)
    assert article.paragraphs[-1].text == "谢谢大家！"


def test_an_equal_title_stands_in_for_a_lost_notice(tmp_path: Path) -> None:
    second = "## 市委召开全会\n\n以人民为中心。\n"
    joined = edition(tmp_path, FIRST.format("（下转第二版）"), second).articles[0]
    assert joined.pages == (1, 2)
    assert joined.continued_to is None
    assert joined.paragraphs[-1].text.endswith("强调要坚持以人民为中心。")


def test_the_only_text_without_headline_stands_in_for_one(tmp_path: Path) -> None:
    first = "## 市委召开全会\n\n本报讯（记者 王晨）3月1日，市委召开全会，强调要（下转第二版）\n"
    second = (
        "抓好落实，推动各项工作迈上新台阶。\n\n"
        "## 首趟旅游专列抵达\n\n本报讯（记者 李明）昨天，专列抵达。\n"
    )
    articles = edition(tmp_path, first, second).articles
    assert [article.pages for article in articles] == [(1, 2), (2,)]


def test_an_article_with_two_possible_continuations_is_not_joined_and_both_are_named(
    tmp_path: Path,
) -> None:
    first = "## 市委召开全会\n\n本报讯（记者 王晨）3月1日，全会召开。（下转第二版）\n"
    second = "（上接第一版）\n\n会议听取了汇报。\n\n（上接第一版）\n\n会议审议了报告。\n"
    found = edition(tmp_path, first, second)
    assert len(found.articles) == 3
    (warning,) = found.warnings
    assert "会议听取了汇报" in warning.message
    assert "会议审议了报告" in warning.message


def test_the_broken_first_line_of_a_continuation_is_no_headline(tmp_path: Path) -> None:
    page = (
        "（上接第一版）\n\n会议指出，要锚定目标不放松，推动各项工作落地见\n\n"
        "效。会议还研究了其他事项。\n"
    )
    (article,) = edition(tmp_path, page).articles
    assert article.title is None
    assert article.paragraphs[0].text.startswith(
        "会议指出，要锚定目标不放松，推动各项工作落地见效。"
    )
