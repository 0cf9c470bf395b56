"""README and the pages of docs say what is so: named tests exist, links lead somewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
PROMISES = (ROOT / "docs" / "promises.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", PROMISES)))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
MOST_LINES = 90
MOST_SAMPLE_BYTES = 200_000


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_proves_a_promise_exists(path: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_there_are_promises() -> None:
    assert len(NAMED) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_tests_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`(tests/[\w/.]+\.py)(?:::\w+)?`", page.read_text("utf-8")))
    assert [path for path in named if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("pattern", [r"`tingbao [a-z]+", r"\d+(?:\.\d+)?", r"\]\(([^)]+\.md)\)"])
def test_both_languages_name_the_same_commands_figures_and_pages(pattern: str) -> None:
    chinese = set(re.findall(pattern, CHINESE)) - {"README.md"}
    english = set(re.findall(pattern, ENGLISH)) - {"README.zh-CN.md"}
    assert sorted(chinese) == sorted(english)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_the_first_page_is_short(text: str) -> None:
    assert len(text.splitlines()) <= MOST_LINES


def test_the_sample_to_hear_is_small() -> None:
    assert (ROOT / "docs" / "sample.mp3").stat().st_size <= MOST_SAMPLE_BYTES


SYMPTOMS = [
    row.split("|")[1]
    for row in (ROOT / "docs" / "troubleshooting.md").read_text("utf-8").splitlines()
    if row.startswith("| ")
]
QUOTES = [
    quote
    for symptom in SYMPTOMS
    for quote in re.findall(r"`([^`]+ [^`]+)`", symptom)
    if not quote.startswith("tingbao ")
]


@pytest.fixture(scope="module")
def messages() -> str:
    """All texts of the program, a literal a line."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "src").rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "\n".join(node.value for node in nodes if isinstance(node.value, str))


def test_symptoms_quote_messages() -> None:
    assert len(QUOTES) >= 10


@pytest.mark.parametrize("quote", QUOTES)
def test_a_message_quoted_among_the_symptoms_is_what_the_program_says(
    quote: str, messages: str
) -> None:
    assert quote in messages
