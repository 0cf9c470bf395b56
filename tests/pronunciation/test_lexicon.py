"""The built-in lexicon holds nothing that could not be spoken."""

from __future__ import annotations

import pytest

from tingbao.pronunciation import pinyin_line
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import cut
from tingbao.pronunciation.tones import check

LISTS = (
    "titles", "callings", "honours", "wei2_after", "wei2_before", "wei2_opening", "wei4_before",
    "wei4_after", "appointed", "di4_after", "di4_before", "gains", "de2_after", "lasting",
    "ends_in_one", "ordinal_one", "lifted", "neutral", "erhua", "full_zi", "no_words",
    "plain_characters", "benefits",
)  # fmt: skip


def test_every_word_has_a_syllable_for_each_character() -> None:
    wrong = [word for word, pinyin in lexicon().readings.items() if len(word) != len(pinyin)]

    assert wrong == []


def test_every_syllable_exists() -> None:
    for word, syllables in lexicon().readings.items():
        assert [check(syllable, word) for syllable in syllables] == list(syllables)
    for table in (lexicon().characters, lexicon().surnames):
        for character, syllable in table.items():
            assert len(character) == 1
            assert check(syllable, character)


def test_every_pattern_gives_as_many_syllables_as_its_word_has_characters() -> None:
    for word, patterns in lexicon().contexts.items():
        for reading, _ in patterns:
            assert [check(one, word) for one in reading.split()]
            assert len(reading.split()) == len(word)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_that_the_rules_name_holds_words(name: str) -> None:
    assert lexicon().words(name)


def test_every_word_of_the_lexicon_is_read_as_it_says_when_it_stands_alone() -> None:
    known = lexicon().readings
    wrong = {
        word: pinyin_line(word)
        for word, syllables in known.items()
        if word not in lexicon().contexts and pinyin_line(word) != " ".join(syllables)
    }

    assert wrong == {}


def test_segments_joined_again_are_the_text() -> None:
    text = "习近平总书记在内蒙古自治区通辽市霍林郭勒考察时强调"

    assert "".join(cut(text)) == text
