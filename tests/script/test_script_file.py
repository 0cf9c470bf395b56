from __future__ import annotations

import contextlib
import datetime as dt
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import INFO, article, paragraph, script
from tingbao.errors import InputError
from tingbao.models import (
    EditionInfo,
    Origin,
    Paragraph,
    ParagraphKind,
    Reading,
    Role,
    Script,
    Segment,
    SegmentKind,
    Utterance,
    page_turns,
)
from tingbao.script import parse_script_text, script_as_json, script_as_text

pytestmark = pytest.mark.slow

TOP = "form: 1\nedition: 2026-03-14\ndate: 2026-03-14\npaper: 试报\n"
LEAD = "== disclosure\nopener 700: 合成语音。\n"
BODY = "== article 01: 标题\nheadline 800: 标题。\n  printed: 标题\nbody 450: 正文。\n"


def parsed(text: str) -> Script:
    return parse_script_text(text, "script.md")


# --- round trip ----------------------------------------------------------------------------

WORDS = st.text(max_size=30)
SPOKEN = WORDS.map(lambda words: words + "说")
PINYIN = st.lists(st.sampled_from(["chang2", "zhang3", "lv4", "r5"]), min_size=1, max_size=2)


@st.composite
def utterances(draw: st.DrawFn) -> Utterance:
    spoken = draw(SPOKEN)
    edges = sorted(draw(st.sets(st.integers(0, len(spoken)), max_size=6)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    readings = tuple(Reading(start, end, " ".join(draw(PINYIN))) for start, end in spans)
    return Utterance(
        role=draw(st.sampled_from(Role)),
        text=draw(st.one_of(st.just(spoken), WORDS)),
        spoken=spoken,
        reader=draw(st.integers(1, 99)),
        readings=readings,
        pause_ms=draw(st.integers(0, 600_000)),
        starts_paragraph=draw(st.booleans()),
    )


SAID = st.lists(utterances(), min_size=1, max_size=3).map(tuple)
NAMES = st.text(string.ascii_letters + string.digits + "-_", max_size=8).map(
    lambda name: f"0{name}"
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    kinds = draw(st.lists(st.sampled_from(SegmentKind), min_size=1, max_size=4))
    names = iter(draw(st.lists(NAMES, unique=True, min_size=4, max_size=4)))
    segments = tuple(
        Segment(kind, draw(WORDS), draw(SAID), next(names) if kind == "article" else None)
        for kind in kinds
    )
    info = EditionInfo(draw(NAMES), draw(st.dates()), draw(SPOKEN), draw(st.booleans()))
    unread = tuple(draw(st.lists(WORDS, max_size=2)))
    return Script(info, draw(utterances()), segments, unread)


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_any_script_comes_back_from_its_file_as_it_went_in(made: Script) -> None:
    assert parsed(script_as_text(made)) == made


@settings(max_examples=20, deadline=None)
@given(scripts())
def test_a_file_saved_by_an_editor_with_other_line_ends_means_the_same(made: Script) -> None:
    text = "\ufeff" + script_as_text(made).replace("\n", "  \r\n")
    assert parsed(text) == made


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="body headline123@:=[]{}\\#\nprinted长", max_size=120))
def test_any_text_at_all_is_a_script_or_an_input_error(text: str) -> None:
    with contextlib.suppress(InputError):
        parsed(TOP + LEAD + BODY + text)


def test_the_file_says_in_comments_what_it_is() -> None:
    assert script_as_text(script(article("正文。"))).startswith("# ")


def test_a_printed_line_stands_only_where_print_and_speech_differ() -> None:
    text = script_as_text(script(article("正文。", "共2个。")))
    assert "body 450: 正文。\n" in text
    assert "body 1200: 共两个。\n  printed: 共2个。\n" in text


# --- what a person may write ----------------------------------------------------------------


def test_comments_and_blank_lines_say_nothing() -> None:
    assert parsed("# 注释\n\n" + TOP + LEAD + BODY + "\n  # 注释\n") == parsed(TOP + LEAD + BODY)


def test_a_line_without_a_printed_one_is_printed_as_it_is_said() -> None:
    (segment,) = parsed(TOP + LEAD + BODY).segments
    assert [(one.text, one.spoken) for one in segment.utterances] == [
        ("标题", "标题。"),
        ("正文。", "正文。"),
    ]


def test_a_reading_is_forced_on_one_character_or_on_several() -> None:
    text = TOP + LEAD + BODY + "body 450: 市长[zhang3]去{重庆}[chong2 qing4]了。\n"
    said = parsed(text).segments[0].utterances[-1]
    assert said.spoken == said.text == "市长去重庆了。"
    assert said.readings == (Reading(1, 2, "zhang3"), Reading(3, 5, "chong2 qing4"))


def test_a_reader_is_named_behind_the_role() -> None:
    text = TOP + LEAD + BODY + "body@2 450: 第二位。\n"
    assert parsed(text).segments[0].utterances[-1].reader == 2


def test_a_selection_stays_one() -> None:
    made = script(article("正文。"), info=replace(INFO, selection=True))
    assert parsed(script_as_text(made)).edition.selection


# --- what a script remembers of the print -----------------------------------------------------


def test_what_goes_on_with_a_paragraph_is_marked_and_stays_so() -> None:
    made = script(article(paragraph("第一项\n第二项", ParagraphKind.LIST), "正文。"))
    text = script_as_text(made)
    assert "\n+body 450: 第二项。" in text
    said = parsed(text).segments[-2].utterances
    assert [one.starts_paragraph for one in said] == [True, True, False, True]


def test_without_marks_each_line_is_a_paragraph() -> None:
    (segment,) = parsed(TOP + LEAD + BODY).segments
    assert all(one.starts_paragraph for one in segment.utterances)


def test_the_pages_of_an_item_are_marked_where_they_begin() -> None:
    origins = Origin(1, None), Origin(3, None, 5)
    item = article(Paragraph(ParagraphKind.TEXT, "会议强调，要抓落实。", origins), pages=(1, 3))
    made = script(item)
    text = script_as_text(made)
    assert "  printed: 会议强调，\\page{3}要抓落实。\n" in text
    read, known = parsed(text).segments[-2], made.segments[-2]
    assert list(page_turns(read)) == list(page_turns(known))
    assert [one.text for one in read.utterances] == [one.text for one in known.utterances]


def test_an_item_of_one_page_has_no_marks_of_pages() -> None:
    assert r"\page" not in script_as_text(script(article("正文。"))).split("disclosure")[1]


def test_an_unchanged_script_knows_which_words_stand_for_which_print() -> None:
    made = script(article("共2个，增长5.25%。", kicker="春回 大地", byline="本报讯（记者 张三）"))
    read = parsed(script_as_text(made))
    for known, again in zip(made.segments, read.segments, strict=True):
        assert [one.spans for one in again.utterances] == [one.spans for one in known.utterances]


def test_in_a_changed_line_only_what_was_changed_loses_its_place() -> None:
    line = "body 450: 共两个，大涨百分之五，就业稳定。\n  printed: 共2个，增长5%，就业稳定。\n"
    said = parsed(TOP + LEAD + BODY + line).segments[0].utterances[-1]
    pairs = [
        (
            said.text[one.printed.start : one.printed.end],
            said.spoken[one.spoken.start : one.spoken.end],
        )
        for one in said.spans
    ]
    assert ("增长", "大涨") in pairs
    assert ("2", "两") in pairs
    assert ("5%", "百分之五") in pairs


# --- mistakes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bodi 450: 正文。", "unknown role 'bodi'; known: opener, digest"),
        ("body: 正文。", "expected a line such as"),
        ("正文。", "expected a line such as"),
        ("body 4.5: 正文。", "the pause must be a whole number from 0 to 600000, not '4.5'"),
        ("body -1: 正文。", "the pause must be a whole number"),
        ("body 99999999999999999999: 正文。", "the pause must be a whole number"),
        ("body ４５０: 正文。", "the pause must be a whole number"),
        ("body@0 450: 正文。", "the reader must be a whole number from 1 to 99, not '0'"),
        ("body@ 450: 正文。", "the reader must be a whole number from 1 to 99, not ''"),
        ("body 450: 市长[zhang3去开会。", r"a reading is not closed: \[ without \]"),
        ("body 450: 市长[zhang]去开会。", r"\[zhang\] is no pinyin"),
        ("body 450: 市长[张]去开会。", r"\[张\] is no pinyin"),
        ("body 450: 市长[zhang6]去开会。", r"\[zhang6\] is no pinyin"),
        ("body 450: [zhang3]去开会。", r"\[ has no character to stand on"),
        ("body 450: {重庆去开会。", r"\{ needs \}\[pinyin\] behind it"),
        ("body 450: {重庆}去开会。", r"\{ needs \}\[pinyin\] behind it"),
        ("body 450: 重庆}去开会。", r"\} closes nothing"),
        ("body 450: 重庆]去开会。", r"\] closes nothing"),
        (r"body 450: 甲\乙。", r"a backslash itself is written \\\\"),
        (r"body 450: 甲\u{110000}乙。", "there is no character"),
        ("body 450:", "there are no words to say"),
        ("== artikel 02: 标题", "unknown kind of heading 'artikel'; known: opener"),
        ("== article: 标题", "an article's heading, and no other, has an id"),
        ("== closer 02: 标题", "an article's heading, and no other, has an id"),
        ("== article ../02: 标题", "the id '../02' must be of letters"),
        ("==", "expected a heading such as"),
    ],
)
def test_a_mistake_in_a_line_names_file_and_line(line: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^script.md:11: {message}"):
        parsed(TOP + LEAD + BODY + line + "\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "script.md: the line “form: …” is missing at the top"),
        (
            TOP.replace("paper: 试报\n", "") + LEAD + BODY,
            "script.md: the line “paper: …” is missing",
        ),
        (TOP.replace("form: 1", "form: 2") + LEAD + BODY, "script.md:1: this is form '2'"),
        (TOP.replace("-14\np", "-32\np") + LEAD + BODY, "script.md:3: the date must be a real one"),
        (TOP.replace("edition: ", "edition: ../") + LEAD + BODY, "script.md:2: the edition's id"),
        (TOP.replace("试报", "") + LEAD + BODY, "script.md:4: the paper needs a name"),
        (TOP + "selection: maybe\n" + LEAD + BODY, "script.md:5: selection is yes or no"),
        (TOP + "paper: 乙\n" + LEAD + BODY, "script.md:5: paper: stands twice"),
        (TOP + "title: 乙\n" + LEAD + BODY, "script.md:5: expected one of form, edition"),
        (TOP + BODY, "script.md: the heading “== disclosure” is missing"),
        (TOP + LEAD + LEAD + BODY, "script.md:7: the disclosure is one line, once"),
        (TOP + LEAD + "opener 1: 乙。\n" + BODY, "script.md:5: the disclosure is one line, once"),
        (TOP + LEAD, "script.md: there is nothing to say"),
        (TOP + LEAD + "== closer: 完\n" + BODY, "script.md:7: nothing is said under this heading"),
        (TOP + LEAD + BODY + BODY, "script.md:11: item 01 stands twice"),
        (TOP + LEAD + "== closer: 完\nprinted: 完\n", "script.md:8: printed: belongs directly"),
        (
            TOP + LEAD + BODY + "printed: 甲\nprinted: 乙\n",
            "script.md:12: printed: belongs directly",
        ),
    ],
)
def test_a_mistake_in_the_whole_names_file_and_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}"):
        parsed(text)


# --- JSON -----------------------------------------------------------------------------------


def test_the_json_has_the_shape_of_the_contract() -> None:
    made = script_as_json(script(article("共2个。", id="07")))
    assert made["edition"] == {
        "id": "2026-03-14",
        "date": "2026-03-14",
        "paper": "试报",
        "selection": False,
    }
    item = next(one for one in made["segments"] if one["article"] == "07")
    assert item["utterances"][-1] == {
        "role": "body",
        "reader": 1,
        "text": "共2个。",
        "spoken": "共两个。",
        "readings": [],
        "pause_ms": 1200,
    }
    assert made["segments"][0]["article"] is None


def test_forced_readings_are_lists_in_the_json() -> None:
    said = Utterance(Role.BODY, "长", "长", readings=(Reading(0, 1, "chang2"),))
    made = Script(
        EditionInfo("x", dt.date(2026, 3, 14), "试报"),
        said,
        (Segment(SegmentKind.CLOSER, "完", (said,)),),
    )
    assert script_as_json(made)["segments"][0]["utterances"][0]["readings"] == [[0, 1, "chang2"]]
