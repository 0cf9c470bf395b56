"""``tingbao archive`` as it is typed: the library, what is shown, and the report beside it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from archives import Archive
from tingbao.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture
def typed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Two days, and a folder in which there is nothing to read, in the working folder."""
    monkeypatch.setenv("TINGBAO_CACHE", str(archive.folder / "cache"))
    monkeypatch.chdir(archive.folder)
    archive.days(1, 2, items=1)
    archive.put("odd/01.md", "hello")
    return archive


def outcomes(report: Path) -> dict[str, str]:
    with (report / "editions.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["edition"]: row["outcome"] for row in csv.DictReader(stream)}


def test_a_run_and_the_next_one_tell_and_report_what_became_of_each_edition(
    typed: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["archive", ".", "--output", "output", "--voice", "hum.toml", "--workers", "1"]
    assert main(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "made: 2026-03-01 (1 pages, 1 items, " in said.err
    assert "set aside: pages/odd: " in said.err
    assert "100% 3 of 3 editions done, 0 left, 1 set aside; " in said.err
    report = typed.folder / "output-report"
    assert said.err.endswith(f"report: {report / 'report.html'}\n")
    odd = {"pages/odd": "failed"}
    assert outcomes(report) == {"2026-03-01": "made", "2026-03-02": "made", **odd}
    assert "set aside" in (report / "report.html").read_text("utf-8")
    assert not list(typed.output.rglob("report.html"))
    assert main([*command, "--progress", "none"]) == 1
    assert capsys.readouterr().err == ""
    assert outcomes(report) == {"2026-03-01": "unchanged", "2026-03-02": "unchanged", **odd}


def test_a_report_in_the_library_is_refused_before_anything_is_made(
    typed: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", "pages", "--output", "output", "--report", "output/report"]) == 2
    assert capsys.readouterr().err == (
        "tingbao: --report output/report lies in the library; name a folder outside of it\n"
    )
    assert not typed.output.exists()


def test_without_dask_it_is_asked_for_before_anything_is_fetched_or_made(typed: Archive) -> None:
    program = (
        "import sys; sys.modules['distributed'] = None;"
        "from tingbao.cli import main;"
        "sys.exit(main(['archive', 'pages', '--output', 'output', '--executor', 'dask']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "tingbao: --executor dask needs Dask, which is not installed; "
        "install it with: pip install 'tingbao[cluster]'\n"
    )
    assert not typed.output.exists()
