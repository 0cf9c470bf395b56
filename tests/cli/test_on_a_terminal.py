"""What a person sees of a build on a terminal, and what a program reads of it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from edge_faults import Fault
from edge_service import EdgeService

pytestmark = pytest.mark.slow

BUILD = ("build", "page.md", "--date", "2026-03-14", "--voice", "edge")
COMMAND = "import sys; from tingbao.cli import main; sys.exit(main())"


@pytest.fixture(autouse=True)
def _busy(service: EdgeService) -> None:
    """The first answer lasts until the test has seen it in flight, the third is refused once."""
    service.plan = {2: Fault.UNAVAILABLE}.get
    service.held = 0


def shown_on_a_terminal(folder: Path, columns: int, service: EdgeService) -> str:
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
                if b" in flight" in came:
                    service.release()
        except OSError:  # how Linux tells that nobody writes any more
            pass
    os.close(ours)
    assert process.returncode == 0, came.decode()
    return came.decode()


def test_a_terminal_shows_the_whole_and_the_item_what_is_in_flight_and_what_was_asked_again(
    own_folder: Path, service: EdgeService
) -> None:
    came = shown_on_a_terminal(own_folder, 100, service)
    assert "\x1b[" in came
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", came)
    assert re.search(r"\d of 3 items +━", plain)
    assert re.search(r"\d:\d\d left, \d:\d\d spoken, real-time factor \d", plain)
    assert re.search(r"[1-4] in flight", plain)
    assert "1 retry" in plain
    assert "ready: 03 供水管网改造完成" in plain
    assert "published: 3 items" in plain


def test_json_lines_tell_the_same_to_a_program(own_folder: Path, service: EdgeService) -> None:
    clips: list[dict[str, Any]] = []
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *BUILD, "--progress", "json"],
        cwd=own_folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        for line in map(json.loads, process.stderr):
            if line["event"] == "ClipFinished":
                clips.append(line)
                service.release()
        assert process.stdout.read() == b""
    assert process.returncode == 0
    assert clips[0]["in_flight"] in range(1, 5)
    assert max(clip["in_flight"] for clip in clips) in range(1, 5)
    assert clips[-1]["retried"] == 1
    assert clips[-1]["share"] == 1.0
    assert clips[-1]["left_seconds"] == 0.0
    assert {clip["items"] for clip in clips} == {3}
    ends = {clip["title"]: clip["done"] for clip in clips}
    assert ends["供水管网改造完成"] == next(
        clip["of"] for clip in clips if clip["title"] == "供水管网改造完成"
    )
