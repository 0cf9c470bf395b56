"""What cannot be used is refused before a page is read, and where feeds lead is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import PROFILE
from tingbao.cli import main

pytestmark = pytest.mark.slow

BUILD = ("build", "page.md", "--date", "2026-03-14", "--paper", "试报", "--voice", "hum.toml")


@pytest.fixture(autouse=True)
def _with_a_bad_profile(own_folder: Path) -> None:
    (own_folder / "bad.toml").write_text(PROFILE.replace("title", "titel"), "utf-8")


def refused(capsys: pytest.CaptureFixture[str], *options: str, command: str = "build") -> str:
    """What is said of options beside a page that cannot be read either."""
    Path("unreadable.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert main([command, "unreadable.md", *options]) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "unreadable.md" not in told
    assert not Path("output").exists()
    return told


REFUSED = {
    "an unknown voice": (("--voice", "nobody"), "there is no voice 'nobody'"),
    "a profile that is not there": (("--voice", "none.toml"), "none.toml: cannot read"),
    "a profile with a mistake": (("--voice", "bad.toml"), "bad.toml:2"),
    "an unknown fallback": (("--fallback", "nobody"), "there is no voice 'nobody'"),
    "a fallback with a mistake": (("--fallback", "bad.toml"), "bad.toml:2"),
    "no address": (("--base-url", "ftp://example.org"), "--base-url 'ftp://example.org'"),
    "an unknown progress": (("--progress", "loud"), "auto, plain, json or none, not 'loud'"),
    "a progress for terminals alone": (("--progress", "live"), "not 'live'"),
    "no date": (("--date", "14.3.2026"), "--date must be a real date"),
    "no numbers": (("--articles", "a-b"), "--articles 'a-b'"),
    "an output that is a file": (("--output", "page.md"), "page.md is a file"),
    "an output below a file": (("--output", "page.md/output"), "page.md is a file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_option_that_cannot_be_used_is_refused_before_a_page_is_read(
    capsys: pytest.CaptureFixture[str], case: str
) -> None:
    options, message = REFUSED[case]
    assert message in refused(capsys, *options)


SETTINGS = {
    '[build]\nvoice = "nobody"': "there is no voice 'nobody'",
    '[build]\nbase_url = "example.org"': "--base-url 'example.org'",
    '[library]\ncover = "none.jpg"': "none.jpg: cannot read the cover",
    '[audio]\nchime = "page.md"': "page.md: the chime is no sound",
    '[feed]\ncategory = "Gossip"': "[feed] category 'Gossip'",
}


@pytest.mark.parametrize("text", SETTINGS)
def test_a_setting_that_cannot_be_used_is_refused_before_a_page_is_read(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    Path("tingbao.toml").write_text(text, "utf-8")
    assert SETTINGS[text] in refused(capsys)


def test_the_voice_of_a_script_is_looked_at_before_a_page_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "'nobody'" in refused(capsys, "--voice", "nobody", command="script")


def test_without_a_base_url_a_build_says_that_its_feeds_work_through_serve_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*BUILD, "--jobs", "1"]) == 0
    assert "no base URL is set: the feeds work only through `tingbao serve`" in (
        capsys.readouterr().err
    )
    assert main([*BUILD, "--jobs", "1", "--base-url", "https://example.org/listen"]) == 0
    assert "base URL" not in capsys.readouterr().err


def test_a_library_without_a_base_url_is_copied_and_told_where_its_feeds_would_lead(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*BUILD, "--jobs", "1", "--progress", "none"]) == 0
    capsys.readouterr()
    assert main(["publish", "copy"]) == 0
    told = capsys.readouterr()
    assert "the published feeds would lead to this machine" in told.err
    assert "base URL" not in told.out
    assert main(["feed", "--base-url", "https://example.org/listen"]) == 0
    capsys.readouterr()
    assert main(["publish", "copy"]) == 0
    assert capsys.readouterr().err == ""
