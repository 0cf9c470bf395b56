"""An item that goes on on other pages keeps where each page begins, to the phrase."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factories import article, paragraph, script
from newsroom import Newsroom
from tingbao.models import (
    Article,
    ArticleKind,
    Cue,
    Origin,
    Paragraph,
    ParagraphKind,
    Segment,
    SegmentKind,
    page_turns,
)

FIRST = """# 试报 2026年3月14日 第01版 要闻

## 全市经济工作会议召开

本报讯(记者 张三)3月13日，全市经济工作会议召开。会议强调，要稳中求进，{end}

## 春耕备耕有序推进

本报讯(记者 李四)连日来，各地春耕备耕工作有序推进，农资储备充足。
"""
SECOND = """# 试报 2026年3月14日 第03版 专题

（上接第1版）“全市上下要抓好落实。”会议还研究了1400件其他事项。

与会人员进行了讨论。
"""


LARGE_TABLE = "\n".join("\t".join(f"甲{row}{column}" for column in range(9)) for row in range(30))


def said(item: Article) -> Segment:
    return next(one for one in script(item).segments if one.kind is SegmentKind.ARTICLE)


def texts_from(item: Article) -> list[tuple[int, str]]:
    """The page and the printed words at each turn."""
    segment = said(item)
    return [
        (turn.page, utterance.text[turn.offset :])
        for utterance, turns in zip(segment.utterances, page_turns(segment), strict=True)
        for turn in turns
    ]


def on_page(page: int, text: str, kind: ParagraphKind = ParagraphKind.TEXT) -> Paragraph:
    return replace(paragraph(text, kind), origins=(Origin(page, None),))


def test_an_item_of_one_page_has_no_turns() -> None:
    assert texts_from(article("第一段。", "第二段。")) == []


def test_the_second_half_begins_with_its_first_paragraph() -> None:
    item = article(on_page(1, "第一段。"), on_page(3, "第二段。"), on_page(3, "第三段。"))
    assert texts_from(item) == [(1, "标题"), (3, "第二段。")]


def test_a_half_may_begin_in_mid_sentence_and_its_opening_quote_belongs_to_it() -> None:
    text = "会议强调，“要稳中求进。”"
    origins = (Origin(1, None), Origin(3, None, text.index("“")))
    whole = Paragraph(ParagraphKind.TEXT, text, origins)
    assert texts_from(article(whole)) == [(1, "标题"), (3, "“要稳中求进。”")]


def test_an_item_of_three_pages_has_three_beginnings() -> None:
    item = article(on_page(1, "第一段。"), on_page(2, "第二段。"), on_page(4, "第三段。"))
    assert [page for page, _ in texts_from(item)] == [1, 2, 4]


def test_words_that_stand_on_both_pages_are_distinguished_by_their_place() -> None:
    again = "会议强调要稳中求进工作总基调不动摇。"
    item = article(on_page(1, again), on_page(1, "其间。"), on_page(2, again), on_page(2, "最后。"))
    segment = said(item)
    (last,) = [place for place, turns in enumerate(page_turns(segment)) if place and turns]
    assert [one.text for one in segment.utterances[last:]] == [again, "最后。"]


def test_a_bullet_that_is_not_said_hides_no_beginning() -> None:
    item = article(on_page(1, "第一段。"), on_page(2, "● 第二条。", ParagraphKind.LIST))
    assert [page for page, _ in texts_from(item)] == [1, 2]


def test_where_a_half_begins_with_a_table_too_large_to_say_its_text_begins_it() -> None:
    item = article(
        on_page(1, "第一段。"),
        on_page(2, LARGE_TABLE, ParagraphKind.TABLE),
        on_page(2, "表后的话。"),
    )
    assert texts_from(item)[-1] == (2, "表后的话。")


def test_a_first_half_of_which_nothing_is_said_hides_no_second_one() -> None:
    item = article(on_page(1, LARGE_TABLE, ParagraphKind.TABLE), on_page(2, "表后的话。"))
    assert texts_from(item)[-1] == (2, "表后的话。")


def test_the_phone_numbers_of_a_notice_that_are_said_twice_move_nothing() -> None:
    item = article(
        on_page(1, "报名电话：0475-1234567。"),
        on_page(2, "联系人：王先生，电话0475-7654321。"),
        kind=ArticleKind.NOTICE,
    )
    assert texts_from(item)[-1] == (2, "联系人：王先生，电话0475-7654321。")


def test_a_half_that_is_not_said_at_all_has_no_beginning() -> None:
    assert texts_from(article(on_page(1, "第一段。"), on_page(2, "——"))) == []


def pages_of(cues: tuple[Cue, ...]) -> list[tuple[int, str]]:
    return [(cue.page, cue.text) for cue in cues if cue.page is not None]


@pytest.mark.parametrize("end", ["（下转第3版）", "\n\n（下转第3版）"])
def test_the_manifest_tells_at_which_phrase_a_joined_item_turns_the_page(
    tmp_path: Path, end: str
) -> None:
    newsroom = Newsroom(tmp_path)
    pages = newsroom.page(FIRST.format(end=end)), newsroom.page(SECOND, "03.md")
    made = newsroom.build(*pages).manifest
    assert pages_of(made.cues) == [
        (1, "全市经济工作会议召开"),
        (2, "“全市上下要抓好落实。”会议还研究了1400件其他事项。"),
    ]
    assert [page.label for page in made.pages] == ["01", "03"]


def test_a_corrected_script_keeps_where_the_page_turns(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    end = "（下转第3版）"
    newsroom.build(newsroom.page(FIRST.format(end=end)), newsroom.page(SECOND, "03.md"))
    path = newsroom.output / "2026-03-14" / "script.md"
    corrected = tmp_path / "script.md"
    corrected.write_text(path.read_text("utf-8").replace("讨论", "热烈讨论"), "utf-8")
    made = newsroom.build_script(corrected).manifest
    assert [page for page, _ in pages_of(made.cues)] == [1, 2]
    assert "热烈讨论" in "".join(cue.text for cue in made.cues)
