from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tingbao.script.reading import read
from tingbao.text.cut import cut_for_speech

SENTENCE = "会议强调，要提高政治站位，拧紧责任链条，全力推进集中整治各项工作；"


def as_printed(text: str) -> str:
    return text


def as_read(text: str) -> str:
    return read(text).spoken


def test_a_text_within_the_limit_stays_whole() -> None:
    assert cut_for_speech("会议还研究了其他事项。", as_read, 300) == ("会议还研究了其他事项。",)


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    text = "第一句话说得很长很长。第二句话也不短呢。第三句话，短。"
    assert cut_for_speech(text, as_printed, 20) == (
        "第一句话说得很长很长。",
        "第二句话也不短呢。第三句话，短。",
    )


def test_the_end_of_a_sentence_goes_before_any_comma_wherever_it_stands() -> None:
    text = "短句。" + "很长的一句话，" * 4 + "到此为止。"
    assert cut_for_speech(text, as_printed, 34)[0] == "短句。"


def test_a_sentence_beyond_the_limit_is_cut_at_its_strongest_pause() -> None:
    text = "要细化举措，明确分工；要强化统筹，健全机制，凝聚合力。"
    assert cut_for_speech(text, as_printed, 20) == (
        "要细化举措，明确分工；",
        "要强化统筹，健全机制，凝聚合力。",
    )


def test_closing_marks_stay_with_their_sentence() -> None:
    text = "他说：“我们一定要把这件事情办好。”大家都鼓起掌来。"
    assert cut_for_speech(text, as_printed, 20)[0] == "他说：“我们一定要把这件事情办好。”"


@pytest.mark.parametrize(
    "whole",
    [
        "《让担当、敢担当、善担当蔚然成风。再接再厉》",
        "1,234,567.89",
        "2026年2月1日",
        "aqscjb26@163.com",
        "奇·达楞太",
        "一百四十点一九万亿",
        "……",
        "——",
    ],
)
def test_no_cut_goes_through(whole: str) -> None:
    text = f"要求各级干部学习领会{whole}的精神实质以及它对于工作的意义"
    pieces = cut_for_speech(text, as_printed, len(whole) + 16)
    assert len(pieces) > 1
    assert any(whole in piece for piece in pieces)


def test_a_cut_avoids_the_inside_of_quotation_marks() -> None:
    text = "全面落实“立党为公，为民造福，科学决策，真抓实干”的总要求，开展学习教育"
    assert (
        cut_for_speech(text, as_printed, 32)[0]
        == "全面落实“立党为公，为民造福，科学决策，真抓实干”的总要求，"
    )


def test_without_any_mark_a_cut_comes_between_words_rather_than_inside_one() -> None:
    text = "深化社会主义核心价值观教育的重要意义和实践要求"
    assert cut_for_speech(text, as_printed, 16) == (
        "深化社会主义核心价值观教育的",
        "重要意义和实践要求",
    )


def test_a_number_longer_than_the_limit_is_still_brought_below_it() -> None:
    assert max(map(len, cut_for_speech("9" * 1000, as_printed, 300))) <= 300


def test_a_lost_closing_mark_does_not_forbid_every_cut() -> None:
    text = "《" + SENTENCE * 20
    assert len(cut_for_speech(text, as_printed, 100)) > 5


def test_title_marks_far_apart_enclose_no_title() -> None:
    text = "《" + SENTENCE * 20 + "》"
    pieces = cut_for_speech(text, as_printed, 100)
    assert all(re.search(r"[，；》]$", piece) for piece in pieces)


def test_what_is_read_in_pieces_is_what_is_read_whole() -> None:
    text = "增长9.4%、9.2%，产量增长28%、10.9%，突破2000万个，电话0475-5776728转801，" * 12
    pieces = cut_for_speech(text, as_read, 100)
    marks = re.compile(r"[\W_]+")
    assert marks.sub("", "".join(map(as_read, pieces))) == marks.sub("", as_read(text))


TEXTS = st.lists(
    st.sampled_from(
        [
            "会议强调",
            "，",
            "。",
            "；",
            "、",
            "“",
            "”",
            "《",
            "》",
            "（",
            "9.4%",
            "2026年",
            "……",
            " ",
            "王",
        ]
    ),
    max_size=200,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(20, 60))
def test_the_pieces_of_any_text_are_that_text_and_within_the_limit(text: str, limit: int) -> None:
    pieces = cut_for_speech(text, as_printed, limit)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= limit
