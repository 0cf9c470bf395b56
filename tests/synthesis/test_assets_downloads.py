from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from processes import is_alive
from tingbao.synthesis.assets.downloads import (
    ChildCommand,
    ChildFailedError,
    ChildLimits,
    _run_child,
)

pytestmark = pytest.mark.slow

PATIENT = ChildLimits(60, 60, 60)
GROWING = """
import pathlib, time
while not pathlib.Path("enough").exists():
    pathlib.Path("part").open("ab").write(bytes(100))
    time.sleep(0.01)
"""
ENDLESS = """
import pathlib, time
while True:
    pathlib.Path("part").open("ab").write(b"x")
    time.sleep(0.01)
"""
WITH_CHILD = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("child").write_text(str(child.pid))
time.sleep(60)
"""


def child(folder: Path, code: str, limits: ChildLimits = PATIENT) -> ChildCommand:
    return ChildCommand([sys.executable, "-c", code], folder, folder, {"LENT": "yes"}, limits)


def test_bytes_are_reported_as_they_arrive(tmp_path: Path) -> None:
    reported: list[int] = []

    def report(done: int) -> None:
        reported.append(done)
        if len({*reported}) == 3:
            (tmp_path / "enough").touch()

    _run_child(child(tmp_path, GROWING), report)
    assert reported == sorted(reported)


def test_a_failed_child_hands_over_what_it_printed(tmp_path: Path) -> None:
    code = "import os, sys; print('reported', os.environ['LENT']); sys.exit(3)"
    with pytest.raises(ChildFailedError, match="exit status 3") as caught:
        _run_child(child(tmp_path, code), print)
    assert caught.value.report == "reported yes\n"


def test_a_program_that_does_not_exist_is_named_as_a_failure(tmp_path: Path) -> None:
    missing = ChildCommand([str(tmp_path / "nothing")], tmp_path, tmp_path, {})
    with pytest.raises(ChildFailedError, match="cannot be started"):
        _run_child(missing, print)


def test_a_child_to_which_nothing_ever_comes_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ChildFailedError, match="nothing arrived for 1 s"):
        _run_child(child(tmp_path, "import time; time.sleep(60)", ChildLimits(60, 1, 60)), print)


def test_a_child_to_which_nothing_more_comes_is_ended(tmp_path: Path) -> None:
    code = "import pathlib, time; pathlib.Path('part').write_bytes(b'x'); time.sleep(60)"
    with pytest.raises(ChildFailedError, match="nothing arrived for 1 s"):
        _run_child(child(tmp_path, code, ChildLimits(60, 60, 1)), lambda _done: None)


def test_a_child_that_never_ends_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ChildFailedError, match="not done after"):
        _run_child(child(tmp_path, ENDLESS, ChildLimits(0.5, 60, 60)), lambda _done: None)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for the process in /proc")
def test_an_interrupt_ends_the_child_and_its_children(tmp_path: Path) -> None:
    def interrupt(_done: int) -> None:
        if (tmp_path / "child").exists() and (tmp_path / "child").read_text():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _run_child(child(tmp_path, WITH_CHILD), interrupt)
    grandchild = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 60
    while is_alive(grandchild) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_alive(grandchild)
