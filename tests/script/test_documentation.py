"""What the document on the script file shows is what the program reads."""

from __future__ import annotations

import re
from pathlib import Path

from tingbao.models import Role, SegmentKind
from tingbao.script import load_phrases, parse_script_text

DOCUMENT = (Path(__file__).parents[2] / "docs" / "script-file.md").read_text("utf-8")


def test_the_example_of_the_document_is_a_script() -> None:
    example = re.search(r"```\n(.*?)```", DOCUMENT, re.DOTALL)
    assert example
    script = parse_script_text(example[1], "script-file.md")
    assert [segment.kind.value for segment in script.segments] == ["opener", "article"]


def test_every_role_and_every_heading_is_named() -> None:
    assert [name for name in (*Role, *SegmentKind) if f"`{name}`" not in DOCUMENT] == []


def test_the_phrases_of_the_document_can_be_used(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert example
    path = tmp_path / "own.toml"
    path.write_text(example[1], "utf-8")
    assert "今日导读。" in load_phrases(path).by_key.values()
