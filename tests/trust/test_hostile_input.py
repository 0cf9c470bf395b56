"""Whatever stands in a page, or in its name: an edition, or our own error in a line or two."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tingbao
from newsroom import PAGE, PROFILE
from tingbao.cli import main

pytestmark = pytest.mark.slow

ODD = {
    "lone surrogates": PAGE.encode() + b"\n\xed\xa0\x80\xed\xb0\x80\n",
    "NUL": PAGE.replace("会议", "会\0议").encode(),
    "RTL marks": PAGE.replace("会议", "\u202e会\u2066议\u200f").encode(),
    "all controls": PAGE.encode() + bytes(range(32)) * 9,
    "non-characters": PAGE.encode() + "\ufffe\uffff\U0010ffff".encode(),
    "GBK": PAGE.encode("gb18030"),
    "Big5": "# 試報\n\n## 標題一則\n\n本報訊，會議昨日召開。\n".encode("big5"),
    "UTF-16": PAGE.encode("utf-16"),
    "half of UTF-16": PAGE.encode("utf-16")[:-1],
    "deep quotes": (">" * 5000 + " 正文。\n\n" + PAGE).encode(),
    "deep lists": ("".join(f"{'  ' * n}- 项\n" for n in range(400)) + PAGE).encode(),
    "deep brackets": (PAGE + "[" * 20000 + "（" * 20000).encode(),
    "open HTML": (PAGE + "<div>" * 5000 + "<table><tr>" * 500).encode(),
    "a table without end": (PAGE + "\n|" + "甲|" * 5000 + "\n|" + "-|" * 5000).encode(),
    "a line of 1 MB": (PAGE + "会" * 340_000).encode(),
    "many headings": ("#" * 3000 + "\n" + "## 题\n" * 3000).encode(),
    "digits": (PAGE + "1" * 20_000 + "." * 3000).encode(),
    "entities": (PAGE + "&amp;" * 5000 + "&#0;&#x110000;&#xD800;").encode(),
}

NAMES = (
    "-o.md",
    "--help.md",
    "a\nb.md",
    "会 议\u202e.md",
    "'\";$(x)&.md",
    "%2e%2e.md",
    "[red]{0}%s.md",
    os.fsdecode(b"\xff\xfe.md"),
    "n" * 250 + ".md",
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINGBAO_CACHE", str(tmp_path / "cache"))
    Path("hum.toml").write_text(PROFILE, "utf-8")


def ends_well(capfd: pytest.CaptureFixture[str], *arguments: str) -> int:
    """Run a command in this process; it must end as the contract says."""
    code = main(arguments)
    told = capfd.readouterr().err
    assert code in {0, 1, 2}, told
    assert "Traceback" not in told
    if code:
        assert 1 <= len(told.splitlines()) <= 2, told
        assert told.startswith("tingbao: ")
    return code


@pytest.mark.parametrize("kind", ODD)
def test_odd_bytes_in_a_page_end_in_a_script_or_in_our_own_error(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("page.md").write_bytes(ODD[kind])
    inspected = ends_well(capfd, "inspect", "page.md", "--json")
    scripted = ends_well(
        capfd, "script", "page.md", "--date", "2026-03-14", "--paper", "试报", "-o", "said.md"
    )
    assert inspected == scripted
    if not scripted:
        Path("said.md").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_name_of_a_page_does_no_harm(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text(PAGE, "utf-8")
    assert ends_well(capfd, "inspect", "--json", "--", name) == 0
    assert ends_well(capfd, "inspect", "--", name) == 0


@pytest.mark.parametrize("name", ["n" * 300, "n" * 300 + "/page.md", "a\0b.md", "", "/dev/null"])
def test_a_name_that_can_be_no_page_is_refused(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ends_well(capfd, "inspect", name) == 2
    assert ends_well(capfd, "build", name, "--date", "2026-03-14", "--voice", "hum.toml") == 2


def test_a_page_of_a_gigabyte_is_refused_by_its_size_before_it_is_read(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Path("page.md").open("wb") as stream:
        stream.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert main(["inspect", "page.md"]) == 2
    assert "1,024 MB is more than a page can hold" in capfd.readouterr().err
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_device_without_end_is_refused_at_the_same_size(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("page.md").symlink_to("/dev/zero")
    assert main(["inspect", "page.md"]) == 2
    assert "more than a page can hold" in capfd.readouterr().err


def test_an_output_that_takes_nothing_is_named_in_one_line() -> None:
    Path("page.md").write_text(PAGE, "utf-8")
    command = "import sys; from tingbao.cli import main; sys.exit(main())"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", command, "inspect", "page.md", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "tingbao: cannot write to standard output: No space left on device\n"
    )


def test_a_file_of_the_program_that_is_gone_is_named_in_one_line(tmp_path: Path) -> None:
    shutil.copytree(Path(tingbao.__file__).parent, tmp_path / "src" / "tingbao")
    done = subprocess.run(
        [sys.executable, "-m", "tingbao", "voices"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        check=False,
    )
    gone = tmp_path / "voices"
    assert done.returncode == 1
    assert done.stderr.decode() == f"tingbao: cannot use {gone}: No such file or directory\n"
