"""Killed at any moment: feeds never lead to what is not there, and the next run ends the work."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from libraries import info, tree
from tingbao.publish import publish_to, render, verify

pytestmark = pytest.mark.slow

PUBLISH = """
import pathlib, sys
from tingbao.publish import publish_to
publish_to(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
"""
RENDER = """
import pathlib, sys
from tingbao.publish import render
render(pathlib.Path(sys.argv[1]))
"""


def kill_when(folder: Path, count: int, program: str, *arguments: Path) -> None:
    """Run a program and kill it once there are so many files; whatever it has done by then."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    process = subprocess.Popen(command)
    while process.poll() is None and sum(1 for _ in folder.rglob("*.*")) < count:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def dangling(folder: Path) -> set[str]:
    """Sound that the feeds in a folder lead to and that is not there, or is not whole."""
    base, found = info().addresses.base, set()
    for feed in folder.glob("*.xml"):
        for url, length in re.findall(r'<enclosure url="([^"]+)" length="(\d+)"', feed.read_text()):
            path = folder / url.removeprefix(base)
            if not path.is_file() or path.stat().st_size != int(length):
                found.add(url)
    return found


@pytest.mark.parametrize("count", [1, 7, 14, 40, 75])
def test_a_publication_that_was_killed_is_consistent_and_is_finished_by_the_next(
    three_days: Path, tmp_path: Path, count: int
) -> None:
    web = tmp_path / "web"
    kill_when(web, count, PUBLISH, three_days, web)
    assert dangling(web) == set()
    publish_to(three_days, web)
    assert verify(web) == ()
    assert not list(web.rglob(".tingbao-tmp-*"))


@pytest.mark.parametrize("count", [1, 20, 50])
def test_a_rendering_that_was_killed_is_finished_by_the_next(
    three_days: Path, tmp_path: Path, count: int
) -> None:
    web = tmp_path / "web"
    publish_to(three_days, web)
    before = tree(web)
    for name in before:
        if not name.endswith((".mp3", ".jpg", "library.json", "manifest.json")):
            (web / name).unlink()
    kill_when(web, sum(1 for _ in web.rglob("*.*")) + count, RENDER, web)
    assert dangling(web) == set()
    render(web)
    assert tree(web) == before
