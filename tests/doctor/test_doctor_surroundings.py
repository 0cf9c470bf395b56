"""Settings with mistakes, and terminals without Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.doctor.findings import State
from tingbao.doctor.surroundings import check_settings, check_terminal


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_no_settings_file_is_no_fault() -> None:
    found = check_settings()
    assert found.state is State.OK
    assert "the defaults hold" in found.message


def test_a_valid_settings_file_is_named() -> None:
    Path("tingbao.toml").write_text('[build]\nvoice = "baker"\n', "utf-8")
    assert check_settings().message == "tingbao.toml is valid"


MISTAKES = {
    "[audio]\nloudnes_lufs = -16": "tingbao.toml:2",
    "[audio": "tingbao.toml:1",
    "[audio]\nloudness_lufs = 3.0": "[audio] loudness_lufs must be from -31.0 to -12.0",
    '[build]\nvoice = "nobody"': "there is no voice 'nobody'",
    '[build]\nvoice = "none.toml"': "none.toml",
    '[build]\nfallback = "nobody"': "there is no voice 'nobody'",
    '[build]\nbase_url = "example.org"': "--base-url 'example.org'",
    '[build]\noutput = "tingbao.toml"': "tingbao.toml is a file",
    '[library]\ncover = "none.jpg"': "none.jpg: cannot read the cover",
    '[audio]\nchime = "none.wav"': "none.wav: cannot read the chime",
    '[script]\nphrases = "none.toml"': "none.toml: cannot read",
    '[script]\nlexicon = "none.toml"': "none.toml: cannot read",
    '[feed]\ncategory = "Gossip"': "'Gossip'",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_the_settings_or_in_what_they_name_is_a_fault(text: str) -> None:
    Path("tingbao.toml").write_text(f"{text}\n", "utf-8")
    found = check_settings()
    assert found.state is State.FAULT
    assert MISTAKES[text] in found.message
    assert found.cure == "correct it; docs/settings.md has every key"


def test_a_variable_that_cannot_be_used_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGBAO_JOBS", "many")
    assert "TINGBAO_JOBS" in check_settings().message


@pytest.mark.parametrize("encoding", ["utf-8", "GB18030", "gbk"])
def test_a_terminal_that_shows_chinese_is_well(encoding: str) -> None:
    assert check_terminal(encoding, "utf-8").state is State.OK


@pytest.mark.parametrize(
    ("encoding", "file_names"), [("ascii", "utf-8"), ("cp1252", "utf-8"), ("utf-8", "ascii")]
)
def test_an_encoding_without_chinese_is_told_with_its_cure(encoding: str, file_names: str) -> None:
    found = check_terminal(encoding, file_names)
    assert found.state is State.NOTE
    assert "UTF-8" in found.cure


def test_an_encoding_that_python_does_not_know_is_told_too() -> None:
    assert check_terminal("x-none", "utf-8").state is State.NOTE
