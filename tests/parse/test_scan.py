"""Scans and photographs: pages that were set, drawn and spoilt, and how they are read again."""

from __future__ import annotations

import io
import logging
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typeset_scoring import typeset_score
from typesetting import Paper, Scan, Style, degraded, drawn

from tingbao.errors import InputError
from tingbao.parse import edition_as_json, parse_pages

STYLE = Style("small", 200, 170, 3, 11, [["55 2v 1", "45 3b"]], masthead=False)
"""One page of three items, as few lines as show columns, a frame and an upright headline."""

CLEAN = Scan(150, quality=90)
JSON = dict[str, Any]
recognises = pytest.mark.slow


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(STYLE)


@pytest.fixture(scope="module")
def picture(paper: Paper) -> Image.Image:
    return drawn(paper, 0, CLEAN.dpi)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: what one has recognised, another need not."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def parsed(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, bytes], JSON]:
    monkeypatch.setenv("TINGBAO_CACHE", str(cache))

    def parse(name: str, data: bytes) -> JSON:
        (tmp_path / name).write_bytes(data)
        return edition_as_json(parse_pages([tmp_path / name]))

    return parse


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, form, **options)
    return sink.getvalue()


def titles(edition: JSON) -> list[str]:
    return [article["title"] for article in edition["articles"]]


def wanted(paper: Paper) -> set[str]:
    return {article["title"].replace(" ", "") for article in paper.gold["articles"]}


@recognises
@pytest.mark.parametrize(
    "how",
    [
        pytest.param(Scan(150, skew=-1.3, noise=6, quality=75), id="skewed and noisy at 150 dpi"),
        pytest.param(
            Scan(200, skew=1.7, noise=6, blur=0.7, photograph=True), id="photographed, lying"
        ),
    ],
)
def test_a_spoilt_page_gives_its_items_in_order(
    paper: Paper, parsed: Callable[[str, bytes], JSON], how: Scan
) -> None:
    edition = parsed("a.jpg", degraded(drawn(paper, 0, how.dpi), how, 1))
    rates = typeset_score([(edition, paper.gold)])
    assert rates["boundary_f1"] == 1.0
    assert rates["order"] == 1.0
    assert rates["characters"] > 0.98


@recognises
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_or_stands_on_its_head_is_turned(
    paper: Paper, picture: Image.Image, parsed: Callable[[str, bytes], JSON], turn: int
) -> None:
    edition = parsed("a.png", saved(picture.rotate(turn, expand=True), "PNG"))
    assert {title.replace(" ", "") for title in titles(edition)} == wanted(paper)


@recognises
def test_the_frames_of_a_tiff_are_pages_and_what_was_recognised_is_kept(
    paper: Paper,
    picture: Image.Image,
    parsed: Callable[[str, bytes], JSON],
    caplog: pytest.LogCaptureFixture,
) -> None:
    blank = Image.new("L", (600, 800), "white")
    data = saved(picture, "TIFF", save_all=True, append_images=[blank])
    caplog.set_level(logging.INFO, "tingbao.parse.sources.scan")
    first = parsed("a.tif", data)
    assert [page["number"] for page in first["pages"]] == [1, 2]
    assert {title.replace(" ", "") for title in titles(first)} == wanted(paper)
    assert "recognising a.tif, 1 of 1, page 2 of 2" in caplog.text
    caplog.clear()
    assert parsed("a.tif", data) == first
    assert not caplog.text


@recognises
def test_a_pdf_without_text_is_recognised(
    paper: Paper, picture: Image.Image, parsed: Callable[[str, bytes], JSON]
) -> None:
    edition = parsed("a.pdf", saved(picture, "PDF", resolution=CLEAN.dpi))
    assert {title.replace(" ", "") for title in titles(edition)} == wanted(paper)


@recognises
def test_lines_that_were_hard_to_recognise_are_named(
    picture: Image.Image, parsed: Callable[[str, bytes], JSON]
) -> None:
    smeared = picture.copy()
    part = (0, round(picture.height * 0.7), picture.width, picture.height)
    few = (picture.width // 5, (part[3] - part[1]) // 5)
    smeared.paste(picture.crop(part).resize(few).resize((part[2], part[3] - part[1])), part[:2])
    messages = [one["message"] for one in parsed("a.png", saved(smeared, "PNG"))["warnings"]]
    assert any("hard to recognise, compare with the page: “" in one for one in messages)


def message(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        parse_pages([path])
    return str(raised.value)


def test_without_the_extra_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    (tmp_path / "a.png").write_bytes(saved(Image.new("L", (40, 40)), "PNG"))
    said = message(tmp_path / "a.png")
    assert "pip install 'tingbao[ocr]'" in said
    assert "\n" not in said


@pytest.mark.parametrize("kept", [30, 0.5])
def test_a_damaged_picture_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: float
) -> None:
    monkeypatch.setenv("TINGBAO_CACHE", str(tmp_path))
    data = saved(Image.effect_noise((300, 300), 90), "PNG")
    (tmp_path / "a.png").write_bytes(data[: int(kept if kept > 1 else kept * len(data))])
    assert "this is a PNG picture that is damaged and cannot be read" in message(tmp_path / "a.png")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", 17_000, 15_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT\0\0\0\0")
    assert "this picture has too many pixels" in message(tmp_path / "a.png")


def test_pictures_beside_a_page_of_another_form_are_illustrations(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text("# 全市教育工作会议召开\n\n会议今天召开，部署工作。\n", "utf-8")
    (tmp_path / "01_photo.jpg").write_bytes(b"\xff\xd8\xff, but no picture")
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.md"]
