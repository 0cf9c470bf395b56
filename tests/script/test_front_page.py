"""The sample page's script, held word for word.

When a rule of reading or of the programme changes, this file of gold changes with it: write the
new one with ``python tests/script/test_front_page.py`` and read the difference as a listener.
"""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

from factories import edition_of_gold
from tingbao.models import EditionInfo, Pauses, Role, Script
from tingbao.script import build_script, load_phrases, parse_script_text, script_as_text

HERE = Path(__file__).parent
GOLD = HERE.parent / "corpus" / "front-page" / "gold.json"
SCRIPT = HERE / "data" / "front-page.script.md"


def front_page(max_characters: int = 300) -> Script:
    return build_script(
        edition_of_gold(GOLD),
        EditionInfo("2026-03-14", dt.date(2026, 3, 14), "通辽日报"),
        pauses=Pauses(),
        max_characters=max_characters,
        phrases=load_phrases(None),
    )


def test_the_sample_page_is_said_word_for_word_as_a_listener_approved_it() -> None:
    wanted = SCRIPT.read_text("utf-8").splitlines()
    made = script_as_text(front_page()).splitlines()
    assert list(difflib.unified_diff(wanted, made, "approved", "made", lineterm="", n=0)) == []


def test_the_script_of_the_sample_page_comes_back_from_its_file() -> None:
    assert parse_script_text(SCRIPT.read_text("utf-8"), SCRIPT.name) == front_page()


def test_every_character_of_the_sample_page_that_is_read_is_printed_in_the_script() -> None:
    printed = "".join(one.text for part in front_page(60).segments for one in part.utterances)
    for article in edition_of_gold(GOLD).articles:
        for paragraph in article.paragraphs:
            assert paragraph.text in printed


def test_no_utterance_of_the_sample_page_is_longer_than_the_voice_takes() -> None:
    for limit in (40, 100, 300, 1200):
        made = front_page(limit)
        assert max(len(one.spoken) for part in made.segments for one in part.utterances) <= limit


def test_nothing_on_the_sample_page_is_beyond_the_rules() -> None:
    assert front_page().unread == ()


def test_each_of_the_seven_items_begins_with_its_headline() -> None:
    items = [segment for segment in front_page().segments if segment.article]
    assert [segment.utterances[0].role for segment in items] == [Role.HEADLINE] * 7


if __name__ == "__main__":
    SCRIPT.write_text(script_as_text(front_page()), "utf-8")
