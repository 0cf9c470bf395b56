from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from factories import INFO, article, script, spoken_of, utterances_of
from tingbao.errors import InputError
from tingbao.models import (
    Article,
    ArticleKind,
    EditionInfo,
    Page,
    Pauses,
    Reading,
    Role,
    SegmentKind,
)
from tingbao.script import digest_script, load_phrases, missing_segment, normalize
from tingbao.text.labels import read_label

TWO_PAGES = (Page(1, read_label("1"), None, "01.md"), Page(2, read_label("A02"), "要闻", "02.md"))


def three_items() -> list[Article]:
    return [article("正文。", id=f"0{number}", title=f"标题{number}") for number in (1, 2, 3)]


def test_the_opener_says_paper_date_number_of_items_and_that_the_voice_is_synthetic() -> None:
    made = script(article("正文。"), article("正文。", id="02"))
    assert spoken_of(made, SegmentKind.OPENER) == [
        (Role.OPENER, "这里是试报，二零二六年三月十四日，星期六。本期共两条内容。"),
        (Role.OPENER, "本节目由人工智能合成语音播报。"),
    ]


def test_a_selection_is_called_one() -> None:
    made = script(article("正文。"), info=replace(INFO, selection=True))
    assert "节选一条内容" in spoken_of(made, SegmentKind.OPENER)[0][1]


def test_the_digest_says_each_headline_as_an_utterance_of_its_own() -> None:
    made = script(article("正文。", title="甲事 开幕"), article("正文。", id="02", title="乙事"))
    assert spoken_of(made, SegmentKind.DIGEST) == [
        (Role.DIGEST, "先来听内容提要。"),
        (Role.DIGEST, "甲事，开幕。"),
        (Role.DIGEST, "乙事。"),
    ]


def test_a_second_half_without_title_is_no_headline_of_the_digest() -> None:
    made = script(article("正文。", title=None, continued_from="1"))
    assert [one.kind for one in made.segments] == [
        SegmentKind.OPENER,
        SegmentKind.SECTION,
        SegmentKind.ARTICLE,
        SegmentKind.CLOSER,
    ]


def test_each_page_is_opened_once_by_its_name_and_section() -> None:
    made = script(
        article("正文。"),
        article("正文。", id="02", pages=(2,)),
        article("正文。", id="03", pages=(2, 3)),
        pages=TWO_PAGES,
    )
    assert [one.kind.value for one in made.segments[2:-1]] == [
        "section",
        "article",
        "section",
        "article",
        "article",
    ]
    assert spoken_of(made, SegmentKind.SECTION) == [
        (Role.SECTION, "第一版。"),
        (Role.SECTION, "A二版，要闻。"),
    ]


def test_a_page_on_which_no_item_begins_is_not_opened() -> None:
    made = script(article("正文。", pages=(1, 2)), pages=TWO_PAGES)
    assert spoken_of(made, SegmentKind.SECTION) == [(Role.SECTION, "第一版。")]


def test_the_closer_says_again_that_the_voice_is_synthetic() -> None:
    assert spoken_of(script(article("正文。")), SegmentKind.CLOSER) == [
        (Role.CLOSER, "试报，二零二六年三月十四日的内容，播送完了。"),
        (Role.CLOSER, "本节目由人工智能合成语音播报。"),
    ]


def test_every_chapter_ends_with_the_longer_silence() -> None:
    made = script(article("正文。"), article("正文。", id="02"))
    assert {one.utterances[-1].pause_ms for one in made.segments} == {Pauses().segment_end}
    before = [one.pause_ms for segment in made.segments for one in segment.utterances[:-1]]
    assert max(before) < Pauses().segment_end


def test_a_single_item_has_a_disclosure_of_its_own() -> None:
    disclosure = script(article("正文。"), max_characters=8).disclosure
    assert disclosure.spoken == "试报，二零二六年三月十四日，人工智能合成语音播报。"


def test_chapters_are_named_by_their_titles_and_items_by_their_ids() -> None:
    made = script(article("正文。", id="07", title="大会开幕"))
    assert [(one.title, one.article) for one in made.segments] == [
        ("试报", None),
        ("内容提要", None),
        ("第一版", None),
        ("大会开幕", "07"),
        ("结束语", None),
    ]


def test_two_readers_take_alternate_items_and_the_first_reads_the_frame() -> None:
    made = script(*three_items(), readers=2)
    readers = {one.article: one.utterances[0].reader for one in made.segments if one.article}
    assert readers == {"01": 1, "02": 2, "03": 1}
    assert {one.reader for one in utterances_of(made, SegmentKind.DIGEST)} == {1}


def test_a_third_reader_takes_the_notices_and_the_others_go_on_in_turn() -> None:
    made = script(
        article("正文。"),
        article("正文。", id="02", kind=ArticleKind.NOTICE),
        article("正文。", id="03"),
        readers=3,
    )
    assert [one.utterances[0].reader for one in made.segments if one.article] == [1, 3, 2]


def test_one_reader_reads_everything() -> None:
    made = script(*three_items(), article("正文。", id="04", kind=ArticleKind.NOTICE))
    assert {one.reader for segment in made.segments for one in segment.utterances} == {1}


def test_a_word_of_the_lexicon_is_respelled_in_speech_but_not_in_print() -> None:
    made = script(article("浚县有浚县人2个。"), respell={"浚县": "训县", "浚": "俊"})
    body = utterances_of(made)[-1]
    assert (body.text, body.spoken) == ("浚县有浚县人2个。", "训县有训县人两个。")


def test_the_pinyin_of_a_word_of_the_lexicon_is_forced_where_it_is_spoken() -> None:
    made = script(article("2026年，重庆和大庆。"), force={"重庆": "chong2 qing4", "庆": "qing4"})
    body = utterances_of(made)[-1]
    assert body.spoken == "二零二六年，重庆和大庆。"
    assert body.readings == (Reading(6, 8, "chong2 qing4"), Reading(10, 11, "qing4"))


def test_a_lexicon_can_say_what_no_rule_knows() -> None:
    made = script(article("C919首飞。"), respell={"C919": "大飞机"})
    assert utterances_of(made)[-1].spoken == "大飞机首飞。"


def test_what_no_rule_could_read_is_listed_once() -> None:
    made = script(article("甲12-34-56乙。", "丙12-34-56丁。"))
    (unread,) = normalize("甲12-34-56乙。").unread
    assert made.unread == (unread.text,)


def test_the_missing_items_are_named_in_one_line() -> None:
    made = script(article("正文。"))
    segment = missing_segment(
        made, ["甲事 开幕", "乙事"], pauses=Pauses(), phrases=load_phrases(None)
    )
    (said,) = segment.utterances
    assert said.spoken == "本期有两条内容未能完整制作，没有播出：甲事，开幕；乙事。"
    assert (said.role, segment.article, said.pause_ms) == (Role.NOTICE, None, 1200)


def test_many_missing_items_are_named_in_utterances_that_the_voice_takes() -> None:
    made = script(article("正文。"), max_characters=60)
    longest = max(len(one.spoken) for part in made.segments for one in part.utterances)
    titles = [f"第{number}条很长的标题" for number in range(30)]
    segment = missing_segment(made, titles, pauses=Pauses(), phrases=load_phrases(None))
    assert max(len(one.spoken) for one in segment.utterances) <= longest


def test_a_digest_is_opener_headlines_and_closer() -> None:
    made = script(*three_items())
    digest = digest_script(made)
    assert [one.kind.value for one in digest.segments] == ["opener", "digest", "closer"]
    assert (digest.edition, digest.disclosure) == (made.edition, made.disclosure)


def test_a_digest_tells_only_of_what_it_says_itself_and_could_not_read() -> None:
    made = script(article("甲12-34-56乙。", title="丙78-90-12丁"))
    assert len(made.unread) > len(digest_script(made).unread) > 0


def test_a_page_whose_section_is_its_name_is_named_once() -> None:
    made = script(article("正文。"), pages=(Page(1, read_label("封面"), "封面", "01.md"),))
    assert spoken_of(made, SegmentKind.SECTION) == [(Role.SECTION, "封面。")]


def test_a_digest_without_headlines_is_refused() -> None:
    made = script(article("正文。", title=None, continued_from="1"))
    with pytest.raises(InputError, match=r"script\.md: there are no headlines to read"):
        digest_script(made, "script.md")


def test_the_same_edition_gives_the_same_script() -> None:
    assert script(*three_items()) == script(*three_items())


@pytest.mark.parametrize(
    ("date", "weekday"), [(dt.date(2026, 3, 16), "星期一"), (dt.date(2026, 3, 15), "星期日")]
)
def test_the_day_of_the_week_is_said(date: dt.date, weekday: str) -> None:
    made = script(article("正文。"), info=EditionInfo("x", date, "试报"))
    assert weekday in spoken_of(made, SegmentKind.OPENER)[0][1]
