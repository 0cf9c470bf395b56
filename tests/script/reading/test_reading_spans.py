"""Each piece of what is said knows the characters that it was printed in."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.models import SpokenSpan
from tingbao.script.reading import read

CORPORA = Path(__file__).parents[1] / "data"
SENTENCES = [
    json.loads(line)["text"]
    for name in ("normalize.jsonl", "normalize-later.jsonl")
    for line in (CORPORA / name).read_text("utf-8").splitlines()
]
PAGES = sorted((Path(__file__).parents[2] / "corpus").rglob("*.md"))

HAN = "人民日报记者通讯员市长主持召开会议强调要抓好工作落实国家经济"
PRINTED = (
    "0123456789.,:;-—–~～/%℃×+#*@^_()（）〔〕“”「」'\"《》·…、，。年月日时分万亿元个米至第两转电话号版"
    "AGCNkmgoⅡ①⑴㈠⒈½²₂〇一二α \u3000\u200b\n０９"
)


def assert_spans_are_exact(text: str) -> None:
    result = read(text)
    printed = [span.printed for span in result.spans]
    spoken = [span.spoken for span in result.spans]
    for whole, spans in ((text, printed), (result.spoken, spoken)):
        cuts = [(0, 0), *((span.start, span.end) for span in spans), (len(whole),) * 2]
        assert all(before[1] == after[0] for before, after in itertools.pairwise(cuts))
        assert all(start <= end for start, end in cuts)
    assert len(result.rules) == len(result.spans)
    assert all(p.start < p.end or s.start < s.end for p, s in zip(printed, spoken, strict=True))


def pairs_of(text: str) -> list[tuple[str, str]]:
    said = read(text)
    return [pair_of(text, said.spoken, span) for span in said.spans]


def pair_of(text: str, spoken: str, span: SpokenSpan) -> tuple[str, str]:
    printed, heard = span.printed, span.spoken
    return text[printed.start : printed.end], spoken[heard.start : heard.end]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("全市12个区", [("全市", "全市"), ("12", "十二"), ("个区", "个区")]),
        (
            "全市 12 个区",
            [("全市", "全市"), (" ", ""), ("12 ", "十二"), ("个区", "个区")],
        ),
        ("增长５．２％。", [("增长", "增长"), ("５．２％", "百分之五点二"), ("。", "。")]),
        ("「三农」工作", [("「", "“"), ("三农", "三农"), ("」", "”"), ("工作", "工作")]),
        ("㈠加强领导", [("㈠", "一，"), ("加强领导", "加强领导")]),
        ("1. 加强", [("1. ", "一"), ("", "，"), ("加强", "加强")]),
        ("以3:2胜", [("以", "以"), ("3:2", "三比二"), ("胜", "胜")]),
        ("——创新", [("——", ""), ("创新", "创新")]),
        (
            " 人民\u200b日报\n",
            [(" ", ""), ("人民", "人民"), ("\u200b", ""), ("日报", "日报"), ("\n", "")],
        ),
        ("(所、站)和", [("(", ""), ("所、站", "所、站"), (")", "，"), ("和", "和")]),
        ("2 0 2 6 年", [("2 0 2 6 年", "二零二六年")]),
        ("", []),
    ],
)
def test_a_piece_is_as_long_as_what_it_was_read_from(
    text: str, pairs: list[tuple[str, str]]
) -> None:
    assert pairs_of(text) == pairs


@given(st.text(alphabet=PRINTED + HAN, max_size=60))
def test_spans_cover_printed_and_spoken_text_in_order_without_gap_or_overlap(text: str) -> None:
    assert_spans_are_exact(text)


@given(st.text(max_size=40))
def test_spans_cover_any_text_at_all(text: str) -> None:
    assert_spans_are_exact(text)


def test_spans_cover_every_sentence_of_the_corpora() -> None:
    for text in SENTENCES:
        assert_spans_are_exact(text)


def test_spans_cover_every_line_of_the_pages() -> None:
    lines = [line for page in PAGES for line in page.read_text("utf-8").splitlines()]
    assert len(lines) > 1000
    for line in lines:
        assert_spans_are_exact(line)


@given(
    st.lists(
        st.one_of(
            st.text(alphabet=HAN, min_size=1, max_size=6),
            st.sampled_from(
                ["12", "5.2%", " ", "\u3000", "(", ")", "——", "GDP", "2026年", "\u200b"]
            ),
        ),
        max_size=10,
    )
)
def test_printed_words_are_heard_character_by_character(parts: list[str]) -> None:
    text = "".join(parts)
    plain = "".join(sign for sign in text if sign in HAN)
    same = [printed for printed, heard in pairs_of(text) if printed == heard]
    assert "".join(sign for printed in same for sign in printed if sign in HAN) == plain


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("人民日报", [""]),
        ("以3:2胜", ["", "score or ratio with a colon", ""]),
        ("「三农」", ["spelling", "", "spelling"]),
        (" 增长5%", ["spelling", "", "percent"]),
        ("天气☃", ["", "no rule"]),
    ],
)
def test_each_span_names_the_rule_that_decided(text: str, rules: list[str]) -> None:
    assert list(read(text).rules) == rules
