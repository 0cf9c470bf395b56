"""``inspect --page-picture``: what is drawn where."""

from __future__ import annotations

import colorsys
import json
from pathlib import Path

import pytest
from PIL import Image

from tingbao.artwork.page_pictures import COLOURS, LONGEST_PX
from tingbao.cli import main

BODY = "本报讯（记者 王一）市教育局今天召开全市教育工作会议，部署新学期的各项工作。"
OTHER = "本报讯（记者 李二）记者从市水务局获悉，城东水厂扩建工程昨天通水，供水能力大增。"
ITEMS = [
    ("header", "第03版：要闻", [50, 10, 450, 40]),
    ("title", "全市教育工作会议召开", [50, 100, 450, 150]),
    ("text", BODY, [50, 200, 450, 400]),
    ("title", "城东水厂扩建工程通水", [550, 100, 950, 150]),
    ("text", OTHER, [550, 200, 950, 980]),
]


@pytest.fixture
def pages(own_folder: Path) -> Path:
    items = [
        {"type": "text" if kind == "title" else kind, "text": text, "bbox": box, "page_idx": 0}
        | ({"text_level": 1} if kind == "title" else {})
        for kind, text, box in ITEMS
    ]
    path = own_folder / "a_content_list.json"
    path.write_text(json.dumps(items), "utf-8")
    return path


def hue(picture: Image.Image, x: float, y: float) -> float:
    """The hue at a place given in thousandths of the page, as MinerU counts."""
    red, green, blue = picture.getpixel((round(x * scale(picture)), round(y * scale(picture))))  # type: ignore[misc]
    return colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)[0]


def scale(picture: Image.Image) -> float:
    return max(picture.size) / 1000


def hue_of(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)[0]


def test_every_item_has_its_colour_where_its_text_stands(pages: Path) -> None:
    assert main(["inspect", str(pages), "--page-picture", "drawn"]) == 0
    picture = Image.open("drawn/page-01.png")
    assert max(picture.size) == LONGEST_PX
    for colour, places in zip(COLOURS, [[(250, 130), (250, 300)], [(750, 600)]], strict=False):
        for x, y in places:
            assert hue(picture, x, y) == pytest.approx(hue_of(colour), abs=0.03)


def test_what_is_skipped_is_grey_and_between_the_boxes_it_is_white(pages: Path) -> None:
    main(["inspect", str(pages), "--page-picture", "drawn"])
    picture = Image.open("drawn/page-01.png")
    k = scale(picture)
    red, green, blue = picture.getpixel((round(300 * k), round(18 * k)))  # type: ignore[misc]
    assert red == green == blue < 250
    assert picture.getpixel((round(500 * k), round(500 * k))) == (255, 255, 255)


def test_a_page_without_boxes_is_named_and_the_answer_stays_pure(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["inspect", str(own_folder / "page.md"), "--json", "--page-picture", "drawn"]
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["articles"]
    assert said.err.startswith("page.md: nothing says where its text stands")
    assert not Path("drawn").exists()
