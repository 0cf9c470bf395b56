from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.models import Reading
from tingbao.pronunciation import pinyin_line, respelled


def test_a_syllable_that_no_common_character_has_stays_as_it_is() -> None:
    assert respelled("他扽住", (Reading(1, 2, "den4"),)) == "他扽住"


def test_a_place_that_machines_misread_is_written_with_its_sound() -> None:
    assert respelled("他从单县来") == "他从善县来"


def test_a_family_name_after_a_title_is_written_with_its_sound() -> None:
    text = respelled("记者单伟、仇飞报道")

    assert pinyin_line(text).startswith("ji4 zhe3 shan4 wei3 qiu2 fei1")
    assert "单" not in text
    assert "仇" not in text


def test_forced_readings_are_written_with_their_sound() -> None:
    text = respelled("那木斯来重三", (Reading(4, 6, "chong2 san1"),))

    assert pinyin_line(text).endswith("chong2 san1")


def test_what_machines_read_right_stays_as_it_is() -> None:
    assert respelled("安徽六安市、厦门市") == "安徽六安市、厦门市"


def test_a_reading_that_is_no_syllable_a_character_changes_nothing() -> None:
    assert respelled("说CEO好", (Reading(1, 4, "shou3 xi2 zhi2 xing2 guan1"),)) == "说CEO好"


@pytest.mark.parametrize("text", ["", "，", "GDP", "一二三"])
def test_a_text_without_rare_readings_stays_as_it_is(text: str) -> None:
    assert respelled(text) == text


@given(st.text(st.sampled_from("记者市长单仇任解查盖区朴曾县和、，。他说浚洪洞六安"), max_size=20))
def test_a_respelling_has_as_many_characters_as_the_text(text: str) -> None:
    assert len(respelled(text)) == len(text)
