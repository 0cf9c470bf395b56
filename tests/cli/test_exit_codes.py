"""How a command ends: one or two plain lines on standard error, and the code of the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import PAGE, PROFILE
from tingbao.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_folder")]

FACTS = ("--date", "2026-03-14", "--paper", "试报")


def fails(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """Run a command that must fail; returns what it said."""
    assert main(arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert 1 <= len(lines) <= 2
    assert lines[0].startswith("tingbao: ")
    assert "Traceback" not in told.err
    return told.err


def unusable(capsys: pytest.CaptureFixture[str], data: bytes) -> str:
    Path("bad.md").write_bytes(data)
    told = fails(capsys, "build", "bad.md", *FACTS, "--voice", "hum.toml")
    assert "bad.md" in told
    assert not Path("output").exists()
    return told


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in fails(capsys, "build", "none.md", *FACTS)


def test_an_empty_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert "empty" in unusable(capsys, b"")


def test_a_binary_file(capsys: pytest.CaptureFixture[str]) -> None:
    unusable(capsys, b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + bytes(range(256)))


def test_a_file_in_no_known_encoding(capsys: pytest.CaptureFixture[str]) -> None:
    unusable(capsys, "本報訊。".encode("euc-kr", "ignore") + b"\xff\xfe\xfd\x80\x81" * 9)


def test_a_page_without_an_item(capsys: pytest.CaptureFixture[str]) -> None:
    unusable(capsys, b"\n\n---\n\n")


def test_no_input_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--script FILE" in fails(capsys, "build", *FACTS)


@pytest.mark.parametrize("date", ["2026-02-30", "20260314", "14.3.2026", "today"])
def test_a_date_that_is_none(capsys: pytest.CaptureFixture[str], date: str) -> None:
    assert date in fails(capsys, "build", "page.md", "--date", date, "--voice", "hum.toml")


def test_a_date_that_is_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.md").write_text(PAGE.replace("2026年3月14日", ""), "utf-8")
    told = fails(capsys, "build", "page.md", "--voice", "hum.toml")
    assert "no date found; give --date" in told


@pytest.mark.parametrize("command", ["feed", "publish", "remove", "serve", "verify"])
def test_a_library_that_is_not_there(capsys: pytest.CaptureFixture[str], command: str) -> None:
    given = ("copy", "--output", "none") if command in {"publish", "remove"} else ("none",)
    assert "there is no library in none" in fails(capsys, command, *given)


def test_an_output_that_is_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "hum.toml", "--output", "hum.toml")
    assert "hum.toml" in told


def test_a_voice_that_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "nobody")
    assert "nobody" in told
    assert "kokoro" in told


def test_a_profile_with_a_mistake_names_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.toml").write_text(PROFILE.replace("title", "titel"), "utf-8")
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "bad.toml")
    assert "bad.toml:2" in told


def test_items_that_are_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "hum.toml", "--articles", "9")
    assert "items 1 to 3" in told


def test_a_choice_of_no_items_is_not_taken_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "hum.toml", "--articles", "")
    assert "--articles ''" in told


def test_a_progress_that_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "hum.toml", "--progress", "loud")
    assert "auto, plain, json or none, not 'loud'" in told


def test_two_forms_of_one_answer(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (("--json", "--markdown"), ("--json", "--why"), ("--markdown", "--why")):
        told = fails(capsys, "inspect", "page.md", *options)
        assert "--json, --markdown and --why" in told


def test_an_option_that_is_unknown_leads_to_the_help_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "see: tingbao build --help" in fails(capsys, "build", "page.md", "--loud")
    assert "see: tingbao voices say --help" in fails(capsys, "voices", "say", "hum.toml")


def test_a_command_that_is_unknown_leads_to_the_list_of_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "see: tingbao --help" in fails(capsys, "bild", "page.md")


def test_settings_with_a_mistake_name_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tingbao.toml").write_text("[audio]\nloudnes_lufs = -16\n", "utf-8")
    told = fails(capsys, "build", "page.md", *FACTS, "--voice", "hum.toml")
    assert "tingbao.toml:2" in told


def test_a_whole_edition_ends_with_zero_and_says_nothing_on_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["build", "page.md", *FACTS, "--voice", "hum.toml", "--jobs", "1"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "published: 3 items" in told.err
    assert "\x1b" not in told.err


def test_inspect_prints_pure_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "page.md", "--json"]) == 0
    told = capsys.readouterr()
    assert [one["id"] for one in json.loads(told.out)["articles"]] == ["01", "02", "03"]
    assert told.err == ""


def test_inspect_shows_what_was_joined_where_it_jumps_and_what_was_skipped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = "# 政府工作报告\n\n各位代表，现在我向大会报告政府工作。\n\n(下转第二版)\n"
    rest = "# 政府工作报告\n\n(上接第一版)\n\n坚持稳中求进，全年目标顺利完成。\n"
    Path("01.md").write_text(first, "utf-8")
    Path("02.md").write_text(rest, "utf-8")
    assert main(["inspect", "01.md", "02.md"]) == 0
    head, item, *below = capsys.readouterr().out.splitlines()
    assert head.split() == ["item", "page", "kind", "title", "characters", "joins", "jumps"]
    assert "01, 02" in item
    assert "2 pages" in item
    assert below[0].split() == ["skipped", "where", "text"]
    assert any("01.md:5" in line and "下转第二版" in line for line in below)


def test_inspect_shows_where_a_character_of_both_scripts_was_converted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("01.md").write_text("# 標題\n\n據瞭解，這裡很乾淨。乾县著名。\n", "utf-8")
    assert main(["inspect", "01.md"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[lines.index(["converted", "where", "in"]) + 1 :] == [
        ["瞭", "→", "了", "01.md:3", "據瞭解，這裡"],
        ["乾", "→", "干", "01.md:3", "，這裡很乾淨。乾县"],
    ]


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "tingbao", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True, env=environment)


def test_normalize_gives_a_line_for_each_line_and_a_blank_one_for_a_blank_one() -> None:
    told = run("normalize", given="增長5%。\n\n共2個項目\n".encode())
    assert told.stdout.decode() == "增长百分之五。\n\n共两个项目\n"


def test_pinyin_gives_dictionary_tones_and_with_spoken_those_that_are_said() -> None:
    line = "你好，一个\n".encode()
    assert run("pinyin", given=line).stdout.decode() == "ni3 hao3 yi1 ge4\n"
    assert run("pinyin", "--spoken", given=line).stdout.decode().split()[:2] == ["ni2", "hao3"]


def test_every_command_explains_itself_without_loading_a_voice() -> None:
    program = (
        "import sys; from tingbao.cli import main; main(['build', '--help']);"
        "heavy = {'numpy', 'av', 'onnxruntime', 'edge_tts', 'pypinyin'} & set(sys.modules);"
        "sys.exit(bool(heavy))"
    )
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
