"""The sample front page: its segmentation equals the one made by hand, however it is marked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from tingbao.parse import edition_as_json, parse_pages

FOLDER = Path(__file__).parents[1] / "corpus" / "front-page"
PAGE = (FOLDER / "front-page.md").read_text("utf-8")
GOLD: dict[str, Any] = json.loads((FOLDER / "gold.json").read_text("utf-8"))


def parsed(tmp_path: Path, text: str) -> dict[str, Any]:
    page = tmp_path / "front-page.md"
    page.write_text(text, "utf-8")
    edition: dict[str, Any] = without_space(edition_as_json(parse_pages([page])))
    return edition


def without_space(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_space(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_space(item) for item in value]
    return re.sub(r"\s", "", value) if isinstance(value, str) else value


def gold(**names: str) -> dict[str, Any]:
    text = json.dumps(GOLD, ensure_ascii=False)
    for old, new in names.items():
        text = text.replace(old, new)
    result: dict[str, Any] = without_space(json.loads(text))
    return result


def check(edition: dict[str, Any], expected: dict[str, Any]) -> None:
    for part in ("pages", "articles", "skipped"):
        assert edition[part] == expected[part]


def test_the_sample_is_segmented_as_by_hand(tmp_path: Path) -> None:
    check(parsed(tmp_path, PAGE), gold())


HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@pytest.mark.parametrize("mark", [r"# \1", r"### \1", r"**\1**", r"\1"])
def test_it_is_segmented_alike_with_every_heading_marked_alike_or_not_at_all(
    tmp_path: Path, mark: str
) -> None:
    check(parsed(tmp_path, HEADING.sub(mark, PAGE)), gold())


def test_it_is_segmented_alike_wholly_in_traditional_script(tmp_path: Path) -> None:
    check(parsed(tmp_path, OpenCC("s2t").convert(PAGE)), gold())


NAMES = {
    "郭晓玲": "欧阳文静",
    "王晨旷": "赵磊",
    "奇·达楞太": "周建民",
    "李强": "陈立",
    "通辽": "赤峰",
    "蒙东": "辽西",
}


def test_it_is_segmented_alike_with_other_names(tmp_path: Path) -> None:
    text = OpenCC("t2s").convert(PAGE)
    for old, new in NAMES.items():
        text = text.replace(old, new)
    check(parsed(tmp_path, text), gold(**NAMES))


def test_it_is_segmented_alike_without_blank_lines(tmp_path: Path) -> None:
    edition = parsed(tmp_path, re.sub(r"\n\n+", "\n", PAGE))
    assert edition["articles"] == gold()["articles"]
