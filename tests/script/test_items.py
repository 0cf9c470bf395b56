from __future__ import annotations

from pathlib import Path

import pytest

from factories import article, paragraph, script, spoken_of, utterances_of
from tingbao.models import ArticleKind, ParagraphKind, Pauses, Role, Skip, SkipReason
from tingbao.script import load_phrases

PAUSES = Pauses()


def test_a_headline_is_an_utterance_of_its_own_with_its_own_pause() -> None:
    headline, *_ = utterances_of(script(article("正文。", title="大会开幕")))
    assert (headline.role, headline.text, headline.spoken) == (
        Role.HEADLINE,
        "大会开幕",
        "大会开幕。",
    )
    assert headline.pause_ms == PAUSES.by_role[Role.HEADLINE]


def test_kicker_title_and_subtitle_are_said_one_after_the_other() -> None:
    made = script(article("正文。", kicker="习近平主持会议", title="大会开幕", subtitle="——3月5日"))
    headlines = [one for one in utterances_of(made) if one.role is Role.HEADLINE]
    assert [one.spoken for one in headlines] == ["习近平主持会议。", "大会开幕。", "三月五日。"]
    assert [one.pause_ms for one in headlines] == [
        PAUSES.sentence,
        PAUSES.sentence,
        PAUSES.by_role[Role.HEADLINE],
    ]


def test_date_and_credit_follow_the_headline() -> None:
    made = script(article("正文。", dateline="(2026年3月1日)", byline="国务院总理 李强"))
    assert spoken_of(made)[1:3] == [
        (Role.BYLINE, "二零二六年三月一日。"),
        (Role.BYLINE, "国务院总理李强。"),
    ]


def test_each_kind_of_paragraph_has_its_role() -> None:
    body = [
        paragraph("一、总体要求", ParagraphKind.HEADING),
        paragraph("要稳中求进。"),
        paragraph("第一项\n第二项", ParagraphKind.LIST),
        paragraph("市民赏花。", ParagraphKind.CAPTION),
    ]
    assert spoken_of(script(article(*body)))[1:] == [
        (Role.HEADING, "一，总体要求。"),
        (Role.BODY, "要稳中求进。"),
        (Role.BODY, "第一项。"),
        (Role.BODY, "第二项。"),
        (Role.CAPTION, "图片说明：市民赏花。"),
    ]


def test_a_caption_that_calls_itself_a_picture_is_not_announced_twice() -> None:
    made = script(article(paragraph("图为市民赏花。", ParagraphKind.CAPTION)))
    assert spoken_of(made)[1:] == [(Role.CAPTION, "图为市民赏花。")]


def test_a_list_is_said_without_its_bullets() -> None:
    made = script(article(paragraph("- 甲\n• 乙", ParagraphKind.LIST)))
    assert [words for _, words in spoken_of(made)[1:]] == ["甲。", "乙。"]


def test_lines_of_one_paragraph_have_the_pause_of_a_sentence_between() -> None:
    made = script(article(paragraph("床前明月光，\n疑是地上霜。", ParagraphKind.LIST), "正文。"))
    first, second, _ = utterances_of(made)[1:]
    assert (first.pause_ms, second.pause_ms) == (
        PAUSES.sentence // 2,
        PAUSES.by_role[Role.BODY],
    )


def test_a_long_paragraph_keeps_printed_and_spoken_text_side_by_side() -> None:
    text = "产量增长9.4%、9.2%，突破2000万个。" * 12
    made = script(article(text), max_characters=100)
    body = [one for one in utterances_of(made) if one.role is Role.BODY]
    assert "".join(one.text for one in body) == text
    assert all(len(one.spoken) <= 100 for one in body)
    assert all(one.text.count("%") == one.spoken.count("百分之") for one in body)
    assert {one.pause_ms for one in body[:-1]} == {PAUSES.sentence}


def test_where_a_sentence_had_to_be_cut_the_pause_is_half_of_a_sentence() -> None:
    made = script(article("要细化举措明确分工，" * 20 + "到此为止。"), max_characters=100)
    first, *_ = [one for one in utterances_of(made) if one.role is Role.BODY]
    assert (first.spoken[-1], first.pause_ms) == ("，", PAUSES.sentence // 2)


def test_a_part_that_is_printed_elsewhere_is_announced_at_the_end() -> None:
    made = script(article("正文，", continued_to="2"))
    assert spoken_of(made)[1:] == [
        (Role.BODY, "正文，"),
        (Role.NOTICE, "本文未完，下转第二版。"),
    ]


def test_a_second_half_says_where_it_comes_from_behind_its_headline() -> None:
    made = script(article("正文。", continued_from="A2"))
    assert [role for role, _ in spoken_of(made)] == [Role.HEADLINE, Role.NOTICE, Role.BODY]
    assert spoken_of(made)[1] == (Role.NOTICE, "上接A二版。")


def test_a_second_half_without_title_begins_with_where_it_comes_from() -> None:
    made = script(article("正文。", title=None, continued_from="1"))
    assert spoken_of(made) == [(Role.NOTICE, "上接第一版。"), (Role.BODY, "正文。")]


@pytest.mark.parametrize(("before", "place"), [(0, 1), (1, 2), (2, 3), (None, 3), (9, 3)])
def test_a_table_of_contents_is_one_sentence_at_its_place(before: int | None, place: int) -> None:
    skip = Skip(SkipReason.TOC, "第一章\n第二章", 1, 9, "01", before)
    made = script(article("甲段。", "乙段。"), skips=(skip,))
    assert spoken_of(made)[place] == (Role.NOTICE, "此处有一份目录，播报从略。")
    assert len(spoken_of(made)) == 4


def test_other_pieces_left_out_of_an_item_are_not_announced() -> None:
    skip = Skip(SkipReason.DUPLICATE, "甲段。", 1, 9, "01", 1)
    assert len(spoken_of(script(article("甲段。"), skips=(skip,)))) == 2


def test_a_small_table_is_read_row_by_row() -> None:
    table = paragraph("地区\t产量（万吨）\n通辽\t120\n赤峰\t98.5", ParagraphKind.TABLE)
    assert spoken_of(script(article(table)))[1:] == [
        (Role.NOTICE, "下面是一份表格。"),
        (Role.TABLE, "通辽，产量一百二十万吨。"),
        (Role.TABLE, "赤峰，产量九十八点五万吨。"),
    ]


def test_a_large_table_is_one_sentence() -> None:
    table = paragraph("甲\t乙\n" + "丙\t丁\n" * 24, ParagraphKind.TABLE)
    assert spoken_of(script(article(table)))[1:] == [
        (Role.NOTICE, "此处有一份表格，共二十四行、两列，播报从略。")
    ]


def test_a_public_notice_says_its_number_slowly_and_once_more() -> None:
    made = script(article("电话：0475-5776728", kind=ArticleKind.NOTICE))
    first, again = utterances_of(made)[1:]
    assert first.spoken == "电话：零四七五，五七七，六七二八。"
    assert again.spoken == "再说一遍，电话：零四七五，五七七，六七二八。"
    assert first.text == again.text == "电话：0475-5776728"
    assert {first.role, again.role} == {Role.BODY}


def test_only_the_clause_with_the_number_is_said_again() -> None:
    made = script(article("欢迎举报，电话：0475-5776728，有奖。", kind=ArticleKind.NOTICE))
    assert spoken_of(made)[-1][1] == "再说一遍，电话：零四七五，五七七，六七二八。"


def test_a_number_in_the_news_is_said_once() -> None:
    made = script(article("电话：0475-5776728", kind=ArticleKind.ARTICLE))
    assert spoken_of(made)[1:] == [(Role.BODY, "电话：零四七五，五七七六七二八。")]


@pytest.mark.parametrize(
    ("kind", "headline"), [(ArticleKind.PHOTO, "图片新闻。"), (ArticleKind.BRIEF, "简讯。")]
)
def test_an_item_without_headline_says_what_it_is(kind: ArticleKind, headline: str) -> None:
    made = script(article("市民赏花。", title=None, kind=kind))
    assert spoken_of(made)[0] == (Role.HEADLINE, headline)


def test_marks_without_words_make_no_utterance() -> None:
    assert spoken_of(script(article("——", "……", "正文。")))[1:] == [(Role.BODY, "正文。")]


def test_signs_that_cannot_be_said_are_reported() -> None:
    assert script(article("正文。", "🀄🀄")).unread == ("🀄🀄",)


def test_an_item_of_marks_alone_still_says_that_it_is_there() -> None:
    assert spoken_of(script(article("——", title=None))) == [(Role.HEADLINE, "无标题内容。")]


def test_a_user_can_silence_the_announcement_of_a_caption(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('caption = ""\n', "utf-8")
    made = script(
        article(paragraph("市民赏花。", ParagraphKind.CAPTION)), phrases=load_phrases(path)
    )
    assert spoken_of(made)[-1] == (Role.CAPTION, "市民赏花。")
