"""What a person sees of a build on a terminal, and what a program reads of it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge_faults import Fault
from edge_service import EdgeService
from newsroom import PAGE

pytestmark = pytest.mark.slow

BUILD = ("build", "page.md", "--date", "2026-03-14", "--voice", "edge")
COMMAND = "import sys; from tingbao.cli import main; sys.exit(main())"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A page, and a service that is busy at the third request."""
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    monkeypatch.setenv("TINGBAO_CACHE", str(tmp_path / "cache"))
    with EdgeService(plan=lambda number: Fault.UNAVAILABLE if number == 2 else None) as service:
        monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", service.endpoint)
        yield tmp_path


def shown_on_a_terminal(folder: Path, columns: int) -> str:
    """Run the build on a pseudo-terminal; returns all that came, control codes included."""
    ours, theirs = pty.openpty()
    size = {"COLUMNS": str(columns), "LINES": "24", "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *BUILD],
        cwd=folder,
        env={**os.environ, **size},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        came = bytearray()
        try:
            while block := os.read(ours, 1 << 16):
                came += block
        except OSError:  # how Linux tells that nobody writes any more
            pass
    os.close(ours)
    assert process.returncode == 0, came.decode()
    return came.decode()


def test_a_terminal_shows_the_whole_and_the_item_what_is_in_flight_and_what_was_asked_again(
    room: Path,
) -> None:
    came = shown_on_a_terminal(room, 100)
    assert "\x1b[" in came
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", came)
    assert re.search(r"\d of 3 items +━", plain)
    assert re.search(r"\d:\d\d left, \d:\d\d spoken, real-time factor \d", plain)
    assert re.search(r"[1-4] in flight", plain)
    assert "1 retry" in plain
    assert "ready: 03 供水管网改造完成" in plain
    assert "published: 3 items" in plain


def test_json_lines_tell_the_same_to_a_program(room: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *BUILD, "--progress", "json"],
        cwd=room,
        capture_output=True,
        check=True,
    )
    assert done.stdout == b""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    clips = [line for line in lines if line["event"] == "ClipFinished"]
    assert max(clip["in_flight"] for clip in clips) in range(1, 5)
    assert clips[-1]["retried"] == 1
    assert clips[-1]["share"] == 1.0
    assert clips[-1]["left_seconds"] == 0.0
    assert {clip["items"] for clip in clips} == {3}
    ends = {clip["title"]: clip["done"] for clip in clips}
    assert ends["供水管网改造完成"] == next(
        clip["of"] for clip in clips if clip["title"] == "供水管网改造完成"
    )
