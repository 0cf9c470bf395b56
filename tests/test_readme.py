"""The README says what is so: tests that it names exist, and both languages name the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", ENGLISH)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_proves_a_promise_exists(path: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_every_file_of_tests_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)(?:::\w+)?`", ENGLISH))
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_there_are_promises() -> None:
    assert len(NAMED) >= 15


@pytest.mark.parametrize("pattern", [r"`tests/[^`]+`", r"`tingbao [a-z]+", r"\d+(?:\.\d+)?"])
def test_both_languages_name_the_same_tests_commands_and_figures(pattern: str) -> None:
    assert sorted(set(re.findall(pattern, CHINESE))) == sorted(set(re.findall(pattern, ENGLISH)))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_every_file_that_is_linked_is_there(text: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []
