"""Words to kokoro's tokens: every sound has one, words and marks are as in the training text."""

from __future__ import annotations

import pytest

from tingbao.errors import SynthesisError
from tingbao.pronunciation import Syllable, Word, pronounce
from tingbao.pronunciation.tones import all_syllables
from tingbao.synthesis.embedded.kokoro import _with_output
from tingbao.synthesis.embedded.kokoro_tokens import MOST_TOKENS, phonemes, tokens_of
from tingbao.synthesis.embedded.sound import Tokens


def tokens(text: str, *, is_last: bool = True) -> Tokens:
    return tokens_of(pronounce(text), is_last=is_last)


@pytest.mark.parametrize("tone", "12345")
def test_every_syllable_has_tokens_in_every_tone(tone: str) -> None:
    for base in sorted({syllable[:-1] for syllable in all_syllables()}):
        word = Word(0, 1, (Syllable(f"{base}{tone}", 0, 1),))
        ids = tokens_of([word], is_last=True).ids
        assert len(ids) > 3, base
        assert all(1 <= one <= 177 for one in ids[1:-1]), base


@pytest.mark.parametrize(
    ("pinyin", "written"),
    [
        ("ma1", "ma→"),
        ("ma2", "ma↗"),
        ("ma3", "ma↓"),
        ("ma4", "ma↘"),
        ("ma5", "ma"),
        ("shi4", "ʂɨ↘"),
        ("zi3", "ʦɨ↓"),
        ("hao3", "xau↓"),
        ("lv4", "ly↘"),
    ],
)
def test_a_tone_is_one_arrow_and_a_diphthong_two_plain_vowels(pinyin: str, written: str) -> None:
    assert phonemes(pinyin) == written


def test_what_is_no_syllable_is_refused() -> None:
    with pytest.raises(SynthesisError, match="no sound for 'xyz1'"):
        phonemes("xyz1")


def test_erhua_is_one_syllable_with_an_r() -> None:
    plain = tokens_of([Word(0, 2, (Syllable("hua1", 0, 2),))], is_last=True)
    coloured = tokens_of([Word(0, 2, (Syllable("hua1", 0, 2, erhua=True),))], is_last=True)
    assert len(coloured.spans) == 1
    assert len(coloured.ids) == len(plain.ids) + 1


def test_tokens_are_padded_at_both_ends() -> None:
    ids = tokens("今天。").ids
    assert ids[0] == ids[-1] == 0
    assert 0 not in ids[1:-1]


@pytest.mark.parametrize(("is_last", "sign"), [(True, 4), (False, 3)])
def test_a_text_without_a_closing_mark_gets_one(is_last: bool, sign: int) -> None:  # noqa: FBT001
    assert tokens("今天", is_last=is_last).ids[-2] == sign


@pytest.mark.parametrize("text", ["今天！", "今天？", "今天；", "今天：", "今天……", "今天）"])
def test_a_text_with_a_closing_mark_keeps_it(text: str) -> None:
    assert tokens(text).ids == tokens(text, is_last=False).ids


@pytest.mark.parametrize("text", ["是", "是……", "是？！"])
def test_another_closing_mark_takes_the_place_of_those_that_are_there(text: str) -> None:
    changed = tokens_of(pronounce(text), is_last=True, closing=",")
    assert changed.ids == tokens("是，").ids


def test_spans_follow_each_other_and_hold_their_syllables() -> None:
    found = tokens("中国，内蒙古（通辽）。")
    places = [(span.first, span.end) for span in found.spans]
    assert places == sorted(places)
    assert all(first < end < len(found.ids) for first, end in places)
    assert [span.syllable.start for span in found.spans] == [0, 1, 3, 4, 5, 7, 8]
    assert all(
        tokens_of([Word(0, 1, (span.syllable,))], is_last=True).ids[1:-2]
        == found.ids[span.first : span.end]
        for span in found.spans
    )


def test_only_the_end_of_a_word_rings_on() -> None:
    assert [span.ring_frames for span in tokens("中国，").spans] == [0, 2]


def test_letters_and_figures_are_spelt_with_chinese_syllables() -> None:
    assert len(tokens("GDP5").spans) == 4


def test_a_piece_that_the_model_cannot_take_is_refused() -> None:
    word = Word(0, 200, tuple(Syllable("zhuang1", n, n + 1) for n in range(200)))
    with pytest.raises(SynthesisError, match=f"kokoro can say {MOST_TOKENS}"):
        tokens_of([word], is_last=True)


def test_an_output_is_added_by_34_bytes_and_nothing_else_is_touched() -> None:
    model = b"\x08\x08"
    added = _with_output(model, "/encoder/Cast_output_0")
    assert added.startswith(model)
    assert len(added) == len(model) + 34
