"""Two scripts held word for word: the sample page's, and that of an item of every kind.

When a rule of reading or of the programme changes, the files change with it: write the new ones
with ``PYTHONPATH=tests python tests/script/test_approved_scripts.py`` and read the difference as
a listener.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable
from pathlib import Path

import pytest
from every_kind import every_kind

from factories import edition_of_gold
from tingbao.models import Edition, EditionInfo, Pauses, Role, Script
from tingbao.script import build_script, load_phrases, parse_script_text, script_as_text

HERE = Path(__file__).parent
GOLD = HERE.parent / "corpus" / "front-page" / "gold.json"
SAMPLE = HERE / "data" / "front-page.script.md"
KINDS = HERE / "data" / "every-kind.script.md"


def front_page(max_characters: int = 300) -> Script:
    return programme(edition_of_gold(GOLD), "通辽日报", max_characters, readers=1)


def kinds(max_characters: int = 300) -> Script:
    return programme(every_kind(), "临江日报", max_characters, readers=3)


def programme(edition: Edition, paper: str, max_characters: int, readers: int) -> Script:
    return build_script(
        edition,
        EditionInfo("2026-03-14", dt.date(2026, 3, 14), paper),
        pauses=Pauses(),
        max_characters=max_characters,
        phrases=load_phrases(None),
        readers=readers,
    )


APPROVED = pytest.mark.parametrize(("path", "make"), [(SAMPLE, front_page), (KINDS, kinds)])


@APPROVED
def test_a_page_is_said_word_for_word_as_a_listener_approved_it(
    path: Path, make: Callable[[], Script]
) -> None:
    wanted = path.read_text("utf-8").splitlines()
    made = script_as_text(make()).splitlines()
    assert list(difflib.unified_diff(wanted, made, "approved", "made", lineterm="", n=0)) == []


@APPROVED
def test_an_approved_script_comes_back_from_its_file(
    path: Path, make: Callable[[], Script]
) -> None:
    assert parse_script_text(path.read_text("utf-8"), path.name) == make()


def test_every_character_of_the_sample_page_that_is_read_is_printed_in_the_script() -> None:
    printed = "".join(one.text for part in front_page(60).segments for one in part.utterances)
    for article in edition_of_gold(GOLD).articles:
        for paragraph in article.paragraphs:
            assert paragraph.text in printed


@pytest.mark.parametrize("limit", [40, 100, 300, 1200])
@pytest.mark.parametrize("make", [front_page, kinds])
def test_no_utterance_is_longer_than_the_voice_takes(
    make: Callable[[int], Script], limit: int
) -> None:
    made = make(limit)
    assert max(len(one.spoken) for part in made.segments for one in part.utterances) <= limit


@pytest.mark.parametrize("make", [front_page, kinds])
def test_nothing_on_these_pages_is_beyond_the_rules(make: Callable[[], Script]) -> None:
    assert make().unread == ()


def test_each_of_the_seven_items_begins_with_its_headline() -> None:
    items = [segment for segment in front_page().segments if segment.article]
    assert [segment.utterances[0].role for segment in items] == [Role.HEADLINE] * 7


if __name__ == "__main__":
    SAMPLE.write_text(script_as_text(front_page()), "utf-8")
    KINDS.write_text(script_as_text(kinds()), "utf-8")
