"""What was not understood, as ``inspect``, ``explain`` and a build report it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories import article, script, utterances_of
from tingbao.cli import main
from tingbao.edition.unread import warnings_of, with_handling
from tingbao.models import Handling, Page, Script
from tingbao.text.labels import read_label

PAGE = "# 市政府召开会议\n\n本报讯 会议听取了汇报☀。王〓说，안녕，24/5备货，𠮷家来人。\n"


def handled(*texts: str, online: bool = False) -> list[tuple[str, Handling]]:
    made = with_handling(script(article(*texts)), online=online)
    return [(one.text, one.done) for said in utterances_of(made) for one in said.unread]


def test_it_says_what_an_embedded_voice_makes_of_each_sign() -> None:
    assert handled("☀，안녕，24/5，𠮷家，王〓说。") == [
        ("☀", Handling.LEFT_OUT),
        ("안녕", Handling.STAND_IN),
        ("24/5", Handling.SPELLED),
        ("𠮷", Handling.STAND_IN),
        ("〓", Handling.STAND_IN),
    ]


def test_what_an_online_voice_makes_of_what_is_kept_is_not_known() -> None:
    assert handled("☀，𠮷家，王〓说。", online=True) == [
        ("☀", Handling.KEPT),
        ("𠮷", Handling.KEPT),
        ("〓", Handling.STAND_IN),
    ]


def test_a_rare_character_whose_reading_is_forced_is_read() -> None:
    made = script(article("𠮷家来人。"), force={"𠮷": "ji2"})
    assert utterances_of(with_handling(made, online=False))[-1].unread == ()


def lines_of(made: Script) -> list[str]:
    page = Page(1, read_label("A01"), None, "a1.md")
    return list(warnings_of(with_handling(made, online=False), [page]))


def test_each_kind_has_one_line_and_a_headline_counts_once() -> None:
    made = script(article("甲☀乙☂丙。", "丁〓说。", title="标题☀"))
    emoji, missing = lines_of(made)
    assert emoji.startswith("3 × emoji: “☀” “☂” (left out), the first in a1.md; ")
    assert missing.startswith("1 × characters missing in print: “〓” (a stand-in is said)")


def test_what_is_whole_has_no_line() -> None:
    assert lines_of(script(article("增长5%。"))) == []


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("a1.md")
    path.write_text(PAGE, "utf-8")
    return path


def test_inspect_lists_it_with_its_place(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(page)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    start = next(at for at, line in enumerate(lines) if line[:2] == ["not", "read"])
    assert [line[0] for line in lines[start + 1 : start + 5]] == ["☀", "〓", "안녕", "24/5"]
    assert lines[start + 1][1:5] == ["emoji", "left", "out", "a1.md:3"]


def test_inspect_as_json_points_to_each_sign(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "--json", str(page)]) == 0
    unread = json.loads(capsys.readouterr().out)["unread"]
    assert [one["printed"][one["start"] : one["end"]] for one in unread] == [
        one["text"] for one in unread
    ]
    assert {(one["article"], one["page"], one["line"]) for one in unread} == {("01", 1, 3)}


def test_inspect_lists_nothing_of_a_page_that_is_read_whole(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("# 市政府召开会议\n\n本报讯 会议听取了2025年工作汇报。\n", "utf-8")
    assert main(["inspect", str(page)]) == 0
    assert "not read" not in capsys.readouterr().out
    assert main(["inspect", "--json", str(page)]) == 0
    assert json.loads(capsys.readouterr().out)["unread"] == []


@pytest.mark.usefixtures("page")
def test_explain_says_what_was_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "王〓说☀"]) == 0
    out = capsys.readouterr().out
    assert "missing character, a stand-in is said" in out
    assert "emoji, left out" in out
    assert main(["explain", "增长5%"]) == 0
    assert "not read" not in capsys.readouterr().out
