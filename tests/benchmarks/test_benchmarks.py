"""The benchmarks run; what they measure decides nothing here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HELPERS = {"__init__", "__main__", "measuring", "sample", "shelves"}
NAMES = sorted({path.stem for path in (ROOT / "benchmarks").glob("*.py")} - HELPERS)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_runs_at_its_smallest_size_and_fills_the_table(name: str) -> None:
    done = run("--small", name)
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["what", "size", "CPU", "s", "wall", "s", "peak", "MB", "ratio"]
    assert rows


def test_a_benchmark_that_is_not_there_is_told_with_those_that_are() -> None:
    done = run("joinery")
    assert done.returncode == 2
    assert f"no benchmark joinery; there are: {', '.join(NAMES)}" in done.stderr
