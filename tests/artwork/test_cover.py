from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pytest
from PIL import Image

from tingbao.artwork.cover import edition_cover, library_cover
from tingbao.errors import OptionError

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
    with pytest.raises(OptionError, match="1400 to 3000"):
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
    with pytest.raises(OptionError, match="1400 to 3000"):
        library_cover("通辽日报", size_px)
