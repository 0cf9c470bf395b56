"""The documents say what the program does: commands, options, settings, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer

from tingbao.cli.main import app
from tingbao.settings import Settings

ROOT = Path(__file__).parents[2]
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def commands(group: Any, name: str = "tingbao") -> Iterator[tuple[str, Any]]:
    yield name, group
    for child, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{name} {child}")


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    assert f"`{name}" in COMMAND_LINE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_described(name: str) -> None:
    options = [one for parameter in COMMANDS[name].params for one in parameter.opts]
    longs = {one for one in options if one.startswith("--") and one != "--help"}
    assert {
        one for one in longs if f"{one}`" not in COMMAND_LINE and f"{one} " not in COMMAND_LINE
    } == set()


def test_every_option_that_is_described_exists() -> None:
    described = set(re.findall(r"`(--[a-z-]+)", COMMAND_LINE))
    known = {one for command in COMMANDS.values() for p in command.params for one in p.opts}
    assert described - known - {"--help"} == set()


def test_every_setting_is_described_under_its_table() -> None:
    tables = dict(
        re.findall(r"^\[(\w+)\][^\n]*\n(.*?)(?=^\[|^```)", SETTINGS, re.MULTILINE | re.DOTALL)
    )
    for section in msgspec.structs.fields(Settings):
        words = re.findall(r"\w+", tables.get(section.name, ""))
        for key in msgspec.structs.fields(section.type):
            assert key.name in words, f"[{section.name}] {key.name}"
