"""Numbers between digits and Han numerals."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.text.numerals import (
    WEEKDAYS,
    han_date,
    number_of,
    read_decimal,
    read_digits,
    read_integer,
    read_telephone,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12),
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("廿三", 23),
        ("卅", 30),
        ("二〇二六", 2026),
        ("两百", 200),
        ("", None),
        ("第二", None),
        ("１", None),
    ],
)
def test_a_printed_number_has_the_value_that_a_reader_gives_it(
    printed: str, value: int | None
) -> None:
    assert number_of(printed) == value


@given(st.integers(0, 999))
def test_what_is_read_of_a_number_below_a_thousand_is_that_number(value: int) -> None:
    assert number_of(read_integer(str(value))) == value


@pytest.mark.parametrize(
    ("digits", "spoken"),
    [
        ("0", "零"),
        ("10", "十"),
        ("2200", "两千二百"),
        ("10020", "一万零二十"),
        ("200000000", "两亿"),
        ("12345678901234567", "一二三四五六七八九零一二三四五六七"),
    ],
)
def test_a_quantity_is_read_with_its_units(digits: str, spoken: str) -> None:
    assert read_integer(digits) == spoken


def test_digits_telephones_and_fractions_are_read_each_in_its_way() -> None:
    assert read_digits("1571") == "一五七一"
    assert read_telephone("110") == "幺幺零"
    assert read_decimal("1,140.19") == "一千一百四十点一九"


def test_a_date_is_written_in_han_digits_with_its_day_of_the_week() -> None:
    date = dt.date(2026, 11, 29)
    assert han_date(date) == "二〇二六年十一月二十九日"
    assert WEEKDAYS[date.weekday()] == "日"
