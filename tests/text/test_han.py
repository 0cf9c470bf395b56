"""Ranges, widths and foldings of Han text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.text.han import (
    BASIC_HAN,
    HAN,
    count_han,
    fold_radicals,
    fold_text,
    folded_places,
    has_han,
    squash,
    tidy,
)


@pytest.mark.parametrize("character", ["一", "龥", "鿿", "㐀", "䶮", "〇", "𠮷", "𰻝", "\ufa11"])
def test_rare_and_common_han_characters_are_han(character: str) -> None:
    assert has_han(f"a{character}")
    assert re.fullmatch(f"[{HAN}]", character)
    assert count_han(f"a{character}，{character}") == 2


@pytest.mark.parametrize("character", ["a", "１", "，", "あ", "カ", "한", "々", "⼀", "䷀", ""])
def test_letters_marks_kana_and_radicals_are_not_han(character: str) -> None:
    assert not has_han(character)
    assert count_han(character) == 0


def test_the_basic_ranges_hold_words_and_leave_out_what_is_rare() -> None:
    basic = re.compile(f"[{BASIC_HAN}]")
    assert all(map(basic.fullmatch, "一䶮鿿"))
    assert not any(map(basic.fullmatch, ["〇", "𠮷", "䷀"]))


def test_tidy_narrows_letters_and_digits_and_keeps_punctuation_wide() -> None:
    assert tidy("Ａ０２版，８％！\u200b\ufeff⼀\u3000行\n二") == "A02版，8%！一\u3000行\n二"


def test_tidy_keeps_a_private_use_sign_inside_a_sentence_and_drops_an_icon() -> None:
    assert tidy("李\ue863说，王\ue863\ue864。") == "李\ue863说，王\ue863\ue864。"
    assert tidy("\ue600分享\n查看详情\ue601\n\uf0b7 首先") == "分享\n查看详情\n 首先"
    line = "改造工程惠及全市居民一千四百户昨日全部完工"
    assert tidy(f"{line}\ue863\n说") == f"{line}\ue863\n说"


def test_radicals_become_characters_and_every_place_stays() -> None:
    text = "⼀\uf900⽔，a"
    assert fold_radicals(text) == "一豈水，a"
    assert len(fold_radicals(text)) == len(text)


def test_a_folded_text_is_letters_and_digits_without_case_width_or_accents() -> None:
    assert fold_text("《江水 清》：ＡＢ１é_！") == "江水清ab1e"
    assert squash(" 江\u3000水\n清 ") == "江水清"


@given(st.text())
def test_every_folded_character_names_the_place_that_it_came_from(text: str) -> None:
    places = folded_places(text)
    assert [place for _, place in places] == sorted(place for _, place in places)
    for sign, place in places:
        assert sign in unicodedata.normalize("NFKD", text[place]).casefold()
