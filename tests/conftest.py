"""Fixtures that several rooms share, and how property tests are run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from newsroom import PAGE, PROFILE, Newsroom
from tingbao.workers import usable_cores

# A busy machine must not decide a test, nor chance: the same examples are tried everywhere.
settings.register_profile(
    "unhurried",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")

# A shell's background jobs ignore Ctrl-C, and so would the programs that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = [
    "archive_fixtures",
    "browser_fixtures",
    "edge_fixtures",
    "library_fixtures",
    "parse_fixtures",
]

Run = Callable[..., str]

SLOW = ("slow", "browser", "voices", "long")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three workers on two processors: many tests wait for a disk, a server or a child."""
    return (3 * usable_cores() + 1) // 2


def pytest_configure(config: pytest.Config) -> None:
    """Let workers take files in the order below, not those with the most tests first."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files, and of these with the fewest tests: they have the longest.

    Quick ones at the end keep all workers busy until the last.
    """
    slow = {item.path for item in items if any(map(item.get_closest_marker, SLOW))}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, tests[item.path]))


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A place to build editions with a voice that hums."""
    return Newsroom(tmp_path)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with its cache, a page, and a profile of a voice that hums."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINGBAO_CACHE", str(tmp_path / "cache"))
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    (tmp_path / "hum.toml").write_text(f"{PROFILE}rate = 2.0\n", "utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def run() -> Run:
    """Run an independent reader of MP3 files and return what it says, on both of its outputs."""

    def runner(program: str, *arguments: str | Path) -> str:
        found = shutil.which(program)
        if found is None:
            if os.environ.get("CI"):
                pytest.fail(f"CI needs {program}: see .ci/run")
            pytest.skip(f"{program} is not installed")
        command = [found, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=600)
        return (done.stdout + done.stderr).decode("utf-8", "replace")

    return runner


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An empty store of parts."""
    folder = tmp_path / "parts"
    folder.mkdir()
    return folder
