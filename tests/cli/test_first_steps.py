"""What someone meets first: the sample that travels along, and completion in the shell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tingbao.cli import main

pytestmark = pytest.mark.slow


def test_the_demo_builds_the_sample_page_and_says_how_to_listen(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--voice", "hum.toml", "--progress", "none"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "listen: tingbao serve tingbao-demo\n"
    manifest = json.loads((own_folder / "tingbao-demo/2026-03-14/manifest.json").read_bytes())
    assert len(manifest["articles"]) == 7
    assert all(article["complete"] for article in manifest["articles"])
    assert manifest["paper"] == "通辽日报"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_a_script_that_completes_the_commands(shell: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "tingbao", "--show-completion", shell],
        capture_output=True,
        text=True,
        check=True,
        env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    ).stdout
    assert "_TINGBAO_COMPLETE" in shown
