"""The real command in the online voice, killed: what was spoken is not asked for again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from edge_faults import Fault, no_fault
from edge_service import EdgeService
from newsroom import PAGE
from tingbao.cli import main
from tingbao.publish import verify

pytestmark = pytest.mark.slow

PARALLEL = 4
BUILD = ("build", "page.md", "--date", "2026-03-14", "--voice", "edge", "--progress", "json")
COMMAND = "import sys; from tingbao.cli import main; sys.exit(main())"


def whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build to the end, with a cache in the same folder."""
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TINGBAO_CACHE", str(folder / "cache"))
    Path("page.md").write_text(PAGE, "utf-8")
    assert main(BUILD) == 0
    assert verify(Path("output")) == ()


def killed(folder: Path, clips: int) -> None:
    """Kill the command, a process of its own, as soon as it tells of so many clips."""
    folder.mkdir()
    (folder / "page.md").write_text(PAGE, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *BUILD],
        cwd=folder,
        env={**os.environ, "TINGBAO_CACHE": str(folder / "cache")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            clips -= json.loads(line)["event"] == "ClipFinished"
            if not clips:
                break
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("clips", [1, 9])
def test_after_a_kill_at_most_the_requests_in_flight_are_asked_for_again(
    service: EdgeService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clips: int
) -> None:
    whole(tmp_path / "clean", monkeypatch)
    clean = service.connections
    # Nothing more is answered, so that the kill meets as many requests as may be under way.
    service.plan = lambda number: Fault.STALL_AT_START if number >= clean + clips else None
    killed(tmp_path / "killed", clips)
    # A text that is asked for once more because no answer came in time is the same request.
    asked = len({one.text for one in service.asked[clean:]})
    before, service.plan = service.connections, no_fault
    whole(tmp_path / "killed", monkeypatch)
    again = service.connections - before
    assert clean <= asked + again <= clean + PARALLEL
    whole(tmp_path / "killed", monkeypatch)
    assert service.connections - before == again
