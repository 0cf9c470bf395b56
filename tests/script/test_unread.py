"""What is printed is either spoken or reported with its place, its kind and what was done."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import article, paragraph, script, utterances_of
from tingbao.models import Handling, Origin, Script, SegmentKind, Unread, UnreadKind
from tingbao.pronunciation import pronounce, unreadable
from tingbao.script import parse_script_text, script_as_text
from tingbao.script.reading import read

ORNAMENTS = frozenset("■□▲△▼▽◆◇●○◎★☆▶◀►◄♦♥♠♣※▪▫•◦➤➢✓✔☎☏✉◣◢◤◥_|│┃─━^`´#'’‘“”@·…‧・/\\⁄−∕∙⋅")
RAISED = frozenset("¹²³⁴⁵⁶⁷⁸⁹")
"""Behind a word they point to a footnote, which is not heard."""

CUT = "甲乙" + "丙丁戊己庚辛"


def found(text: str) -> list[tuple[str, UnreadKind, Handling]]:
    return [(one.text, one.kind, one.done) for one in read(text).unread]


def is_silent_in_print(sign: str) -> bool:
    """White space, what is invisible, punctuation, and ornaments: a reader passes over them."""
    category = unicodedata.category(sign)
    invisible = category in {"Cc", "Cf", "Zs", "Zl", "Zp"} or 0xFE00 <= ord(sign) <= 0xFE0F
    return invisible or 0xE0000 <= ord(sign) <= 0xE0FFF or ord(sign) in range(0x2060, 0x2070)


def is_spoken(text: str) -> bool:
    """Whether more is heard of it than of the three words around the sign."""
    syllables = sum(len(word.syllables) for word in pronounce(text))
    return syllables > len("他说好") or bool(unreadable(text))


def assert_spoken_or_reported(sign: str) -> None:
    said = read(f"他说{sign}好")
    if said.unread:
        assert [(one.start, one.end) for one in said.unread] == [(2, 3)]
    elif not is_spoken(said.spoken):
        folded = unicodedata.normalize("NFKC", sign)
        marks = all(unicodedata.category(one)[0] == "P" or one in ORNAMENTS for one in folded)
        known = marks or sign in RAISED | ORNAMENTS
        assert known or is_silent_in_print(sign), hex(ord(sign))


BLOCKS = [
    range(0x3400),  # alphabets, marks, symbols, kana, signs of the Far East
    range(0x3400, 0xA000, 37),  # Han
    range(0xA000, 0xD7B0, 29),  # Yi and Hangul
    range(0xE000, 0xF900, 101),  # private use
    range(0xF900, 0x10000),  # compatibility forms, Arabic forms, full and half width, specials
    range(0x1F000, 0x1FC00),  # emoji
    range(0x20000, 0x32400, 499),  # rare Han
    range(0xF0000, 0x110000, 4001),  # private use
]


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"U+{block.start:04X}")
def test_whatever_character_is_put_in_a_text_it_is_spoken_or_reported(block: range) -> None:
    for code in block:
        assert_spoken_or_reported(chr(code))


@pytest.mark.slow
@given(st.characters(max_codepoint=sys.maxunicode, exclude_categories=["Cs"]))
def test_any_character_at_all_is_spoken_or_reported(sign: str) -> None:
    assert_spoken_or_reported(sign)


@pytest.mark.parametrize(
    ("text", "sign", "kind", "done"),
    [
        ("各地24/5备货。", "24/5", UnreadKind.FIGURES, Handling.KEPT),
        ("天气☀好。", "☀", UnreadKind.EMOJI, Handling.KEPT),
        ("大家都笑了😀🎉。", "😀🎉", UnreadKind.EMOJI, Handling.KEPT),
        ("他写道안녕하세요。", "안녕하세요", UnreadKind.LETTERS, Handling.KEPT),
        ("泰文สวัสดี见报。", "สวัสดี", UnreadKind.LETTERS, Handling.KEPT),
        ("第§条。", "§", UnreadKind.SIGN, Handling.KEPT),
        ("王\ue863说。", "\ue863", UnreadKind.PRIVATE, Handling.STAND_IN),
        ("王\ue000说。", "\ue000", UnreadKind.PRIVATE, Handling.STAND_IN),
        ("\uf0b7首先。", "\uf0b7", UnreadKind.PRIVATE, Handling.LEFT_OUT),
        ("王〓说。", "〓", UnreadKind.MISSING, Handling.STAND_IN),
        ("王□说。", "□", UnreadKind.MISSING, Handling.LEFT_OUT),
        ("王⿰亻本说。", "⿰亻本", UnreadKind.CHARACTER, Handling.STAND_IN),
        ("夹角\\alpha变大。", "\\alpha", UnreadKind.FORMULA, Handling.LEFT_OUT),
    ],
)
def test_a_sign_that_no_rule_knows_is_reported_by_kind(
    text: str, sign: str, kind: UnreadKind, done: Handling
) -> None:
    assert found(text) == [(sign, kind, done)]


@pytest.mark.parametrize(
    "text",
    [
        "增长5%，总量达到140.19万亿元。",
        "□本报记者 张三",
        "▲图为现场。",
        "标题□本报记者李四",
        "Beyonce\u0301的歌。",
        "葛\U000e0100城，佐々木，字\u200b距。",
        "——“十五五”规划；《人民日报》（海外版）……",
    ],
)
def test_a_reading_that_is_whole_reports_nothing(text: str) -> None:
    assert read(text).unread == ()


def test_a_character_that_print_lacks_is_said_as_a_reader_says_it() -> None:
    assert read("王〓说，李\ue863来。").spoken == "王某说，李某来。"


# --- in the programme ---------------------------------------------------------------------------


def unread_in(made: Script) -> list[tuple[str, str]]:
    """Each report with the printed text that it points to."""
    return [
        (one.text, said.text[one.start : one.end])
        for segment in made.segments
        if segment.kind is SegmentKind.ARTICLE
        for said in segment.utterances
        for one in said.unread
    ]


def test_a_report_points_to_the_printed_sign_through_lexicon_wording_and_cuts() -> None:
    body = "GDP增长5%，" + CUT * 20 + "，又是24/5备货☀，再来。"
    made = script(article(body, title="〓题 ☂"), respell={"GDP": "国内生产总值"}, max_characters=60)
    assert unread_in(made) == [("〓", "〓"), ("☂", "☂"), ("24/5", "24/5"), ("☀", "☀")]


def test_a_report_knows_the_page_and_the_line_of_its_place() -> None:
    text = "甲☀乙。\n丙☂丁。"
    origins = (Origin(1, 7), Origin(2, 3, offset=text.index("丙")))
    made = script(article(replace(paragraph(text), origins=origins)))
    reported = [one for said in utterances_of(made) for one in said.unread]
    assert [(one.text, one.page, one.line) for one in reported] == [("☀", 1, 7), ("☂", 2, 3)]
    assert all(one.text in one.near for one in reported)


@pytest.mark.parametrize(
    "texts", [("🀄🀄", "正文。"), ("正文。", "🀄🀄"), ("甲。", "🀄🀄", "乙。")]
)
def test_what_alone_says_nothing_is_reported_beside_what_is_said(texts: tuple[str, ...]) -> None:
    made = script(article(*texts))
    assert [text for text, _ in unread_in(made)] == ["🀄🀄"]


def test_a_script_file_has_a_comment_beside_the_line_and_none_where_all_is_read() -> None:
    made = script(article("甲☀乙。", "丙丁。"))
    lines = script_as_text(made).splitlines()
    comments = [at for at, line in enumerate(lines) if line.startswith("  # not read:")]
    assert [lines[at] for at in comments] == ["  # not read: ☀ (emoji, kept as printed; page 1)"]
    assert "甲☀乙" in lines[comments[0] - 1]


SIGNS = st.text(alphabet="甲乙丙，。☀〓□\ue863안24/5\\ap\n#[]{}王", max_size=20)


@pytest.mark.slow
@given(st.lists(SIGNS, min_size=1, max_size=4))
def test_a_script_with_comments_comes_back_with_its_reports(texts: list[str]) -> None:
    made = script(article("开头。", *texts))
    back = parse_script_text(script_as_text(made), "script.md")
    assert back == made
    assert list(itertools.chain(*map(reports, utterances_of(made)))) == list(
        itertools.chain(*map(reports, utterances_of(back)))
    )


def reports(utterance: object) -> list[tuple[str, UnreadKind]]:
    unread: tuple[Unread, ...] = getattr(utterance, "unread", ())
    inside = (one for one in unread if one.start < one.end)
    return [(one.text, one.kind) for one in inside]


def test_a_line_that_a_person_corrected_is_no_longer_reported() -> None:
    text = script_as_text(script(article("王〓说。"))).replace("王某说。", "王喆说。")
    back = parse_script_text(text, "script.md")
    assert unread_in(back) == []
