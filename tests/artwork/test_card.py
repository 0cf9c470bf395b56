from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tingbao.artwork.card import CARD_PX, _wrapped, article_card
from tingbao.errors import OptionError
from tingbao.text.numerals import han_date

DATE = dt.date(2026, 3, 2)
NO_LINE_BEGINS_WITH = "、，。；：？！）》」”％"
NO_LINE_ENDS_WITH = "（《「“"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def ink(data: bytes, box: tuple[float, float, float, float]) -> float:
    """The share of dark pixels in a part of the card, given in fractions of its size."""
    image = opened(data).convert("L")
    left, top, right, bottom = (round(edge * image.width) for edge in box)
    return float((np.asarray(image.crop((left, top, right, bottom))) < 120).mean())


@pytest.mark.parametrize("size_px", [60, 300, CARD_PX, 1400, 3000])
def test_a_card_is_a_square_rgb_jpeg(size_px: int) -> None:
    image = opened(article_card("全市农业工作会议召开", "通辽日报", DATE, size_px))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (size_px, size_px))


def test_a_card_for_a_chapter_is_small() -> None:
    assert len(article_card("全市农业工作会议召开", "通辽日报", DATE)) < 60_000


@pytest.mark.parametrize("size_px", [0, 59, 3001])
def test_a_size_out_of_range_is_refused(size_px: int) -> None:
    with pytest.raises(OptionError, match="60 to 3000"):
        article_card("雪", "通辽日报", DATE, size_px)


def test_every_part_of_it_is_told_and_the_same_card_has_the_same_bytes() -> None:
    first = article_card("雪", "通辽日报", DATE)
    assert article_card("雪", "通辽日报", DATE) == first
    others = {
        article_card("雨", "通辽日报", DATE),
        article_card("雪", "科技日报", DATE),
        article_card("雪", "通辽日报", DATE + dt.timedelta(days=1)),
    }
    assert len(others | {first}) == 4


@pytest.mark.parametrize(
    "headline",
    [
        "雪",
        "今年前两个月我市规模以上工业增加值同比增长12.6%，“开门红”来之不易",
        "Tongliao Airport opens three international routes to Ulaanbaatar, Seoul and Vladivostok",
        "关于2026年春节期间烟花爆竹禁限放区域的通告" * 9,
        "https://example.com/" + "without/any/space" * 9,
        "！" * 300,
    ],
)
def test_any_headline_fits_between_the_margins(headline: str) -> None:
    data = article_card(headline, "通辽日报", DATE, 1400)
    assert ink(data, (0.06, 0.17, 0.94, 0.85)) > 0.003
    assert ink(data, (0, 0.15, 0.06, 0.85)) == 0
    assert ink(data, (0.95, 0.15, 1, 0.85)) == 0
    assert ink(data, (0.06, 0.14, 0.94, 0.16)) == 0


def test_a_headline_too_long_for_the_card_ends_in_dots() -> None:
    long = "关于2026年春节期间烟花爆竹禁限放区域的通告" * 9
    assert article_card(long, "通辽日报", DATE) == article_card(long + "完", "通辽日报", DATE)


@settings(max_examples=30)
@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_gives_a_card(headline: str, paper: str) -> None:
    assert opened(article_card(headline, paper, DATE, 60)).size == (60, 60)


@given(
    st.text("中文报纸头条，。《》“”（）abc 12%", min_size=1, max_size=60).map(str.strip),
    st.floats(4, 20),
)
def test_lines_keep_all_characters_and_the_width(text: str, width_em: float) -> None:
    lines = list(_wrapped(" ".join(text.split()), width_em))
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(len(line.encode("gbk", "replace")) / 2 <= 2 * width_em + 2 for line in lines)


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there() -> None:
    text = "新华社：“今年，《草原法》（修订）实施”，各地（含旗县）贯彻。" * 3
    for tenths in range(45, 200, 5):
        lines = list(_wrapped(text, tenths / 10))
        assert not any(line[0] in NO_LINE_BEGINS_WITH for line in lines)
        assert not any(line[-1] in NO_LINE_ENDS_WITH for line in lines[:-1])


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (dt.date(2026, 3, 2), "二〇二六年三月二日"),
        (dt.date(2030, 10, 10), "二〇三〇年十月十日"),
        (dt.date(1949, 12, 31), "一九四九年十二月三十一日"),
        (dt.date(2026, 11, 20), "二〇二六年十一月二十日"),
    ],
)
def test_dates_are_written_as_newspapers_write_them(date: dt.date, written: str) -> None:
    assert han_date(date) == written
