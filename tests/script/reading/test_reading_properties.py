from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.script.reading import read

pytestmark = pytest.mark.slow

HAN = "人民日报记者通讯员市长主持召开会议强调要抓好工作落实国家经济发展科技教育文化健康生态"
WORD = st.text(alphabet=HAN, min_size=1, max_size=8)
MARK = st.sampled_from(["，", "、", "；", "：", "。", "！", "？"])
PRINTED = (
    "0123456789.,:;-—–~～/%℃×+#*@()（）〔〕“”《》·…年月日时分万亿元个米至第两转电话号版AGCNkmgⅡ①α "
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.tuples(WORD, MARK), min_size=1, max_size=6))
    return "".join(word + mark for word, mark in words)


@given(sentences())
def test_a_text_without_figures_and_signs_comes_back_unchanged(text: str) -> None:
    assert read(text).spoken == text
    assert read(text).unread == ()


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    assert isinstance(read(text).spoken, str)


@given(st.text(alphabet=PRINTED, max_size=40))
def test_a_figure_is_either_read_or_reported(text: str) -> None:
    result = read(text)
    if re.search("[0-9]", result.spoken):
        assert result.unread


@given(st.text(alphabet=PRINTED + HAN, max_size=40))
def test_what_is_reported_stands_in_the_spoken_text(text: str) -> None:
    result = read(text)
    assert all(one.text in result.spoken for one in result.unread)


@given(st.text(alphabet=PRINTED, max_size=40))
def test_forced_readings_lie_on_ones_in_order(text: str) -> None:
    result = read(text)
    starts = [reading.start for reading in result.readings]
    assert starts == sorted(set(starts))
    assert all(result.spoken[one.start : one.end] == "一" for one in result.readings)


@given(st.text(alphabet=PRINTED + HAN, max_size=40))
def test_no_pause_that_was_not_printed_stands_beside_a_mark_or_at_either_end(text: str) -> None:
    spoken = read(text.replace(",", "")).spoken
    assert not re.search(r"，[，。！？；：、]|^[， ]|[， ]$|  ", spoken)


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_a_quantity_is_read_back_to_the_same_number(value: int) -> None:
    assert number_of(read(f"共{value}个").spoken[1:-1]) == value


def number_of(spoken: str) -> int:
    """The number that Han numerals stand for: the plain school-book reading of them."""
    total = 0
    for unit, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, spoken = spoken.rpartition(unit) if unit in spoken else ("", "", spoken)
        total += number_of(head) * factor if found else 0
    digit = 0
    for sign in spoken.replace("零", ""):
        if sign in "十百千":
            total += (digit or 1) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        else:
            digit = 2 if sign == "两" else "零一二三四五六七八九".index(sign)
    return total + digit


@pytest.mark.parametrize(
    "unit",
    ["1", "1:", "1-", "1.", "1,", "1/", "1·", "a.", "a@", "A-1", "(", "“", "%", "×", "…", "一、"],
)
def test_a_long_hostile_line_is_read_to_its_end(unit: str) -> None:
    assert read(unit * 5_000 + "完").spoken.endswith("完")


def test_a_hundred_thousand_figures_are_read_one_by_one() -> None:
    assert read("7" * 100_000).spoken == "七" * 100_000
