"""The line that ``tingbao pinyin`` prints: a contract that other programs rely on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.models import Reading
from tingbao.pronunciation import pinyin_line, spoken_pinyin_line

HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

news_text = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("为地得着了一不长行重中种曾任单解子儿，。、“”《》（）·0123456789 ABCabc%℃"),
        st.characters(),
    ),
    max_size=40,
)


def test_a_line_has_one_syllable_for_each_han_character_and_nothing_for_the_rest() -> None:
    line = pinyin_line("GDP增长5%，“十五五”开好局")

    assert line == "zeng1 zhang3 shi2 wu3 wu3 kai1 hao3 ju2"


def test_dictionary_tones_stay_as_they_are_before_sandhi() -> None:
    assert pinyin_line("一个不是你好") == "yi1 ge4 bu4 shi4 ni3 hao3"


def test_the_vowel_of_nv_is_written_with_v_and_the_neutral_tone_with_five() -> None:
    assert pinyin_line("女儿的绿") == "nv3 er2 de5 lv4"


def test_a_line_without_han_characters_is_empty() -> None:
    assert pinyin_line("") == pinyin_line("GB/T 1234—2025") == ""


def test_a_character_without_a_known_reading_is_read_as_some_character() -> None:
    assert pinyin_line("王\U000313f0说") == "wang2 mou3 shuo1"


def test_compatibility_characters_are_read_as_what_they_stand_for() -> None:
    assert pinyin_line("⼈⺠更生".replace("⺠", "民")) == "ren2 min2 geng1 sheng1"


def test_a_forced_reading_goes_before_the_dictionary() -> None:
    assert pinyin_line("六安", (Reading(0, 2, "liu4 an1"),)) == "liu4 an1"


def test_the_spoken_line_has_changed_tones_and_spelt_letters() -> None:
    assert spoken_pinyin_line("一个A不是B") == "yi2 ge4 ei1 bu2 shi4 bi4"


def test_the_spoken_line_keeps_a_syllable_for_each_character_of_an_erhua_word() -> None:
    assert spoken_pinyin_line("一点儿") == "yi4 dian3 er5"


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("一比零小胜", "yi1 bi3"),
        ("十比一大胜", "bi3 yi1 da4"),
        ("以三比一取胜", "bi3 yi1 qu3"),
        ("二比一险胜", "bi3 yi1 xian3"),
        ("A一场馆", "yi1 chang"),
        ("K一路车", "yi1 lu4"),
        ("一比便知", "yi4 bi3"),
        ("比一般人高", "bi3 yi4 ban1"),
        ("比一比", "bi3 yi5 bi3"),
        ("比一个多", "bi3 yi2 ge4"),
    ],
)
def test_one_keeps_its_tone_in_a_score_or_a_code(sentence: str, wanted: str) -> None:
    assert wanted in spoken_pinyin_line(sentence)


@given(news_text)
def test_any_text_has_as_many_syllables_as_han_characters(text: str) -> None:
    assert len(pinyin_line(text).split()) == len(HAN.findall(text)) + len(
        re.findall("[\u2f00-\u2fd5]", text)
    )


@given(news_text)
def test_every_syllable_is_letters_and_a_tone_from_one_to_five(text: str) -> None:
    line = f"{pinyin_line(text)} {spoken_pinyin_line(text)}"

    assert all(re.fullmatch("[a-z]+[1-5]", syllable) for syllable in line.split())


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("本报讯（记者 曾强 通讯员 单伟）", "zeng1 qiang2"),
        ("市长任志强说，他任市长三年", "ren2 zhi4 qiang2"),
        ("他任市长三年", "ta1 ren4 shi4 zhang3"),
        ("记者曾在现场", "ji4 zhe3 ceng2 zai4"),
        ("民警查看了现场", "min2 jing3 cha2 kan4"),
    ],
)
def test_names_are_distinguished_from_words_that_begin_alike(sentence: str, wanted: str) -> None:
    assert wanted in pinyin_line(sentence)
