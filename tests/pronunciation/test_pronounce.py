from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.errors import SynthesisError
from tingbao.models import Reading
from tingbao.pronunciation import Word, pronounce, unreadable

any_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("一不儿长行重，。！？；：、……——（）“”《》·0123456789 ABCéＡ⑤℃％"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    ),
    max_size=40,
)


def said(words: tuple[Word, ...]) -> str:
    return " ".join(syllable.pinyin for word in words for syllable in word.syllables)


def test_words_carry_syllables_and_marks_are_pauses() -> None:
    words = pronounce("全面开好局，起好步。")

    assert [word.mark for word in words if word.mark] == ["，", "。"]
    assert said(words) == "quan2 mian4 kai1 hao3 ju2 qi2 hao3 bu4"


def test_half_width_and_repeated_marks_are_one_full_width_mark() -> None:
    assert [word.mark for word in pronounce("好,好……好!!") if word.mark] == ["，", "…", "！"]


def test_quotes_and_book_titles_have_no_sound_and_no_pause() -> None:
    words = pronounce("“好”《好》·好")

    assert [(word.start, word.end) for word in words] == [(1, 2), (4, 5), (7, 8)]


@given(any_text)
def test_any_text_is_covered_in_order_without_overlap(text: str) -> None:
    at = 0
    for word in pronounce(text):
        assert at <= word.start < word.end <= len(text)
        assert bool(word.syllables) != bool(word.mark)
        inner = word.start
        for syllable in word.syllables:
            assert inner <= syllable.start < syllable.end <= word.end
            inner = syllable.start
        at = word.end


@given(any_text)
def test_every_letter_and_digit_of_any_text_is_inside_a_word(text: str) -> None:
    covered = {at for word in pronounce(text) for at in range(word.start, word.end)}

    assert all(
        at in covered
        for at, sign in enumerate(text)
        if sign in "0123456789" or (sign.isascii() and sign.isalpha())
    )


@given(any_text)
def test_sandhi_changes_tones_and_nothing_else(text: str) -> None:
    plain = pronounce(text, sandhi=False)
    changed = pronounce(text)

    assert [(word.start, word.end, word.mark) for word in plain] == [
        (word.start, word.end, word.mark) for word in changed
    ]
    assert [one[:-1] for one in said(plain).split()] == [one[:-1] for one in said(changed).split()]


def test_letters_are_spelt_as_news_readers_do() -> None:
    assert said(pronounce("GDP")) == "ji4 di4 pi4"
    assert said(pronounce("WTO")) == "da2 bu5 liu5 ti4 ou1"


def test_letters_with_accents_and_full_width_letters_are_spelt_like_plain_ones() -> None:
    assert said(pronounce("éＥøЕ")) == "yi4 yi4 ou1 yi4"


def test_figures_that_the_script_left_are_said_one_by_one() -> None:
    assert said(pronounce("3.5", sandhi=False)) == "san1 dian3 wu3"


def test_greek_letters_have_their_chinese_names() -> None:
    assert said(pronounce("α")) == "a1 er3 fa3"


def test_kana_have_the_nearest_syllable_and_no_is_read_as_of() -> None:
    assert said(pronounce("鲜の味")) == "xian1 de5 wei4"
    assert said(pronounce("カ")) == said(pronounce("か")) == "ka1"


def test_a_stretch_of_another_script_is_said_as_foreign_text_once() -> None:
    words = pronounce("韩国한국어版")

    assert said(words) == "han2 guo2 wai4 wen2 ban3"
    assert any((word.start, word.end) == (2, 5) for word in words)


def test_what_is_said_by_a_stand_in_is_named() -> None:
    assert unreadable("한국 王\U000313f0 กα한") == ("한", "국", "\U000313f0", "ก")
    assert unreadable("记者 GDP é の Ж 5℃") == ()


def test_signs_with_a_name_are_said() -> None:
    assert said(pronounce("＋5℃")) == "jia1 wu3 she4 shi4 du4"


def test_erhua_joins_the_syllable_before_it() -> None:
    (word,) = pronounce("花儿")

    assert [(one.pinyin, one.start, one.end, one.erhua) for one in word.syllables] == [
        ("hua1", 0, 2, True)
    ]


def test_a_child_is_no_erhua() -> None:
    assert said(pronounce("女儿")) == "nv3 er2"


def test_a_forced_reading_goes_character_by_character() -> None:
    words = pronounce("单县", (Reading(0, 2, "shan4 xian4"),))

    assert [(one.pinyin, one.start) for one in words[0].syllables] == [("shan4", 0), ("xian4", 1)]


def test_a_forced_reading_of_another_length_covers_its_whole_word() -> None:
    words = pronounce("说CEO好", (Reading(1, 4, "shou3 xi2 zhi2 xing2 guan1"),))

    assert {(one.start, one.end) for one in words[1].syllables} == {(1, 4)}


def test_one_and_not_keep_a_forced_tone() -> None:
    assert said(pronounce("一个", (Reading(0, 1, "yi1"),))) == "yi1 ge4"


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (Reading(0, 1, "hello"), "tone-numbered pinyin"),
        (Reading(0, 1, "hao6"), "tone-numbered pinyin"),
        (Reading(0, 1, " "), "empty"),
        (Reading(0, 9, "hao3"), "outside the text"),
        (Reading(1, 1, "hao3"), "outside the text"),
    ],
)
def test_a_forced_reading_that_cannot_be_used_is_refused_plainly(
    reading: Reading, reason: str
) -> None:
    with pytest.raises(SynthesisError, match=reason):
        pronounce("好的", (reading,))


def test_two_forced_readings_of_one_place_are_refused() -> None:
    with pytest.raises(SynthesisError, match="over another reading"):
        pronounce("好的", (Reading(0, 2, "hao3 de5"), Reading(1, 2, "di4")))
