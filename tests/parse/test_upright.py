"""Mastheads and headlines that are set from top to bottom, one character a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tingbao.parse import parse_pages
from tingbao.parse.sources.text import blocks_of

TEXT = "本报讯（记者 王晨）3月13日，全市春耕生产动员会召开，各区负责人参加会议。"
NAME, TITLE = "城市日报", "春耕正当时"


def down(text: str, between: str = "\n") -> str:
    return between.join(text)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{down(NAME)}\n\n{down(TITLE)}\n\n{TEXT}", id="lines"),
        pytest.param(f"{down(NAME, chr(10) * 2)}\n\n## {down(TITLE)}\n\n{TEXT}", id="blank lines"),
        pytest.param(f"# {down(NAME)}\n\n## {down(TITLE, '<br>')}\n\n{TEXT}", id="breaks"),
        pytest.param(f"{down(NAME)}\n\n## {down(TITLE, chr(10) + '## ')}\n\n{TEXT}", id="headings"),
        pytest.param(f"　{down(NAME, ' ' + chr(10))}\n\n**{TITLE}**\n\n{TEXT}", id="spaces"),
    ],
)
def test_one_character_a_line_is_a_line(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{page}\n", "utf-8")
    edition = parse_pages([path])
    assert edition.paper == NAME
    assert [article.title for article in edition.articles] == [TITLE]


def test_one_character_a_line_in_an_ocr_engines_blocks_is_a_line(tmp_path: Path) -> None:
    blocks = [(down(NAME), 0), (down(TITLE), 1), (TEXT, 0)]
    items = [
        {"type": "text", "text": text, "page_idx": 0, **({"text_level": level} if level else {})}
        for text, level in blocks
    ]
    path = tmp_path / "a_content_list.json"
    path.write_text(json.dumps(items, ensure_ascii=False), "utf-8")
    edition = parse_pages([path])
    assert edition.paper == NAME
    assert [article.title for article in edition.articles] == [TITLE]


@pytest.mark.parametrize("page", ["春\n秋\n\n春天来了。", "春\n\n秋天到了。\n\n冬\n\n夏"])
def test_fewer_than_three_such_lines_are_lines_of_their_own(page: str) -> None:
    assert [block.text for block in blocks_of(page)] == page.split()
