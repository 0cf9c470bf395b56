from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tingbao.artwork.covers import CARD_PX, article_card, edition_cover, library_cover
from tingbao.artwork.drawing import wrapped
from tingbao.text.numerals import han_date

DATE = dt.date(2026, 3, 2)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def cream(data: bytes, box: tuple[float, float, float, float]) -> float:
    """The share of cream pixels in a part of the cover, given in fractions of its size."""
    image = opened(data)
    corners = [round(edge * image.width) for edge in box]
    pixels = np.asarray(image.crop((corners[0], corners[1], corners[2], corners[3])), float)
    return float((pixels.min(axis=2) > 180).mean())


@pytest.mark.parametrize("size_px", [1400, 3000])
def test_a_cover_is_a_square_rgb_jpeg(size_px: int) -> None:
    image = opened(edition_cover("通辽日报", DATE, 18, size_px))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (size_px, size_px))


@pytest.mark.parametrize("size_px", [0, 1399, 3001])
def test_a_size_that_directories_refuse_is_refused(size_px: int) -> None:
    with pytest.raises(ValueError, match="1400 to 3000"):
        edition_cover("通辽日报", DATE, 18, size_px)


def test_the_same_edition_has_the_same_cover_and_another_one_has_not() -> None:
    first = edition_cover("通辽日报", DATE, 18)
    assert edition_cover("通辽日报", DATE, 18) == first
    others = {
        edition_cover("科技日报", DATE, 18),
        edition_cover("通辽日报", DATE + dt.timedelta(days=1), 18),
        edition_cover("通辽日报", DATE, 19),
    }
    assert len(others | {first}) == 4


@pytest.mark.parametrize(
    "paper",
    [
        "听报",
        "通辽日报",
        "内蒙古日报（汉文版）",
        "Tongliao Daily",
        "广州日报大洋网中文版海外特刊" * 3,
        "（晚）",
    ],
)
def test_any_name_fits_inside_the_panel(paper: str) -> None:
    data = edition_cover(paper, DATE, 18)
    assert cream(data, (0.10, 0.04, 0.90, 0.63)) > 0.05
    assert cream(data, (0.036, 0.06, 0.07, 0.61)) == 0
    assert cream(data, (0.93, 0.06, 0.964, 0.61)) == 0


@pytest.mark.parametrize("paper", ["", " ", "\ud800", "通\n辽\0报"])
def test_an_odd_name_still_gives_a_cover(paper: str) -> None:
    assert opened(edition_cover(paper, DATE, 0)).size == (1400, 1400)


def test_the_masthead_keeps_its_contrast_at_sixty_pixels() -> None:
    small = opened(edition_cover("通辽日报", DATE, 18)).resize((60, 60), Image.Resampling.LANCZOS)
    masthead = np.asarray(small.convert("L").crop((12, 4, 48, 38)), float)
    assert masthead.max() > 200
    assert masthead.min() < 80
    assert masthead.std() > 50


def test_the_librarys_cover_is_a_square_rgb_jpeg_of_the_largest_size_and_light() -> None:
    data = library_cover("通辽日报")
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(data) < 512_000, "heavier covers are refused or fetched slowly by some apps"


def test_the_librarys_cover_is_one_paper_and_can_be_told_from_another() -> None:
    assert library_cover("通辽日报") == library_cover("通辽日报")
    assert library_cover("通辽日报") != library_cover("科技日报")


@pytest.mark.parametrize("paper", ["通辽日报", "早安听报", "内蒙古日报（汉文版）", "Daily", ""])
def test_the_librarys_masthead_is_that_of_its_editions(paper: str) -> None:
    panel = (0, 0, 1400, 900)
    library, edition = library_cover(paper, 1400), edition_cover(paper, DATE, 18)
    assert opened(library).crop(panel).tobytes() == opened(edition).crop(panel).tobytes()


def test_what_kind_of_paper_it_is_can_be_read_at_sixty_pixels() -> None:
    small = opened(library_cover("通辽日报")).resize((60, 60), Image.Resampling.LANCZOS)
    name = np.asarray(small.convert("L").crop((4, 42, 25, 53)), float)
    assert name.min() < 90
    assert name.max() > 220
    assert name.std() > 45


@pytest.mark.parametrize("size_px", [0, 1399, 3001])
def test_a_librarys_cover_of_a_size_that_directories_refuse_is_refused(size_px: int) -> None:
    with pytest.raises(ValueError, match="1400 to 3000"):
        library_cover("通辽日报", size_px)


NO_LINE_BEGINS_WITH = "、，。；：？！）》」”％"
NO_LINE_ENDS_WITH = "（《「“"


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
    with pytest.raises(ValueError, match="60 to 3000"):
        article_card("雪", "通辽日报", DATE, size_px)


def test_every_part_of_it_shows_and_the_same_card_has_the_same_bytes() -> None:
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
    lines = list(wrapped(" ".join(text.split()), width_em, 0.014))
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(len(line.encode("gbk", "replace")) / 2 <= 2 * width_em + 2 for line in lines)


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there() -> None:
    text = "新华社：“今年，《草原法》（修订）实施”，各地（含旗县）贯彻。" * 3
    for tenths in range(45, 200, 5):
        lines = list(wrapped(text, tenths / 10, 0.014))
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
