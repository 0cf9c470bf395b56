"""``tingbao doctor``: a line for each thing, the code of the contract, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tingbao.cli import main
from tingbao.synthesis import ClipStore

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINGBAO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", "ws://127.0.0.1:9")


def test_a_fresh_machine_has_no_fault_and_each_line_says_how_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert {line.split()[0] for line in lines} == {"ok", "note"}
    assert "\x1b" not in told.out
    for name in ("tingbao", "python", "packages", "settings", "terminal", "cache folder", "clips"):
        assert any(line.startswith(f"ok    {name}: ") for line in lines)
    assert any("voice kokoro: not installed" in line for line in lines)
    assert lines[-1].startswith("ok    self-test: two sentences in hum built, served")


def test_faults_are_named_all_at_once_and_end_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tingbao.toml").write_text("[audio]\nloudnes_lufs = -16\n", "utf-8")
    clip = Path("cache/clips/00") / f"{'0' * 64}.clip"
    clip.parent.mkdir(parents=True)
    clip.write_bytes(b"not what was put there")
    weights = Path("cache/voices/baker/mb_melgan.tflite")
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"broken")
    assert main(["doctor", "library"]) == 1
    faults = [line for line in capsys.readouterr().out.splitlines() if line.startswith("fault")]
    assert [line.split(":")[0] for line in faults] == [
        "fault settings",
        "fault clips",
        "fault voice baker",
    ]
    assert ClipStore(Path("cache/clips")).holds("0" * 64)


def test_the_same_is_given_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    Path("output").write_text("a file", "utf-8")
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    wrong = [one for one in told["findings"] if one["state"] == "fault"]
    assert wrong
    assert all(one["name"] and one["message"] and one["cure"] for one in wrong)


@pytest.mark.parametrize(("package", "fault"), [("lxml", "installation"), ("pydub", "self-test")])
def test_a_package_that_cannot_be_loaded_is_told_in_a_line(
    tmp_path: Path, package: str, fault: str
) -> None:
    # As after an installation that was broken off: there by its metadata, but not to be loaded.
    program = (
        f"import sys; sys.modules['{package}'] = None;"
        "from tingbao.cli import main; sys.exit(main(['doctor']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        env={**os.environ, "TINGBAO_CACHE": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr == b""
    last = done.stdout.decode().splitlines()[-1]
    assert last.startswith(f"fault {fault}: ")
    assert package in last
