"""Words to the baker voice's tokens, with a small table in the shape of the real one."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from embedded_voices import Studio, studio_of
from tingbao.errors import EngineDownError, InputError, SynthesisError, VoiceUnavailableError
from tingbao.pronunciation import Syllable, Word
from tingbao.pronunciation.tones import all_syllables
from tingbao.synthesis.embedded.baker import UnknownModelError, _without_dropout, open_engine
from tingbao.synthesis.embedded.baker_tokens import Mapper, load_mapper, tokens_of
from tingbao.synthesis.profiles import Reader, load_profile

SYMBOLS = ("sil", "eos", "#0", "#1", "#2", "#3", "^", "h", "m", "ua1", "a1", "a5", "er2", "er5")
SMALL = Mapper(
    symbol_to_id={symbol: number for number, symbol in enumerate(SYMBOLS)},
    pinyin_dict={"hua": ("h", "ua"), "ma": ("m", "a"), "a": ("^", "a"), "er": ("^", "er")},
)


def word(*pinyin: str, at: int = 0) -> Word:
    syllables = (Syllable(one, at + n, at + n + 1) for n, one in enumerate(pinyin))
    return Word(at, at + len(pinyin), tuple(syllables))


def mark(sign: str) -> Word:
    return Word(9, 10, mark=sign)


def written(*words: Word) -> str:
    return " ".join(SYMBOLS[one] for one in tokens_of(words, SMALL).ids)


def test_silence_stands_at_both_ends() -> None:
    assert written(word("ma1")) == "sil m a1 sil eos"


def test_a_syllable_without_an_initial_has_a_sign_for_it() -> None:
    assert written(word("a1")) == "sil ^ a1 sil eos"


@pytest.mark.parametrize(
    ("words", "between"),
    [
        ((word("ma1", "a1"),), "#0"),
        ((word("ma1"), word("a1")), "#0"),
        ((word("ma1", "ma1"), word("a1")), "#0"),
        ((word("ma1", "ma1"), word("a1", "a1")), "#1"),
        ((word("ma1"), mark("、"), word("a1")), "#2"),
        ((word("ma1"), mark("，"), word("a1")), "#3"),
        ((word("ma1"), mark("）"), mark("，"), word("a1")), "#3"),
    ],
    ids=["in a word", "two short words", "2 + 1", "2 + 2", "short pause", "pause", "the longer"],
)
def test_prosody_follows_words_and_punctuation(words: tuple[Word, ...], between: str) -> None:
    assert f" {between} ^ a1" in f"{written(*words)} "


def test_erhua_is_one_sound_more_of_the_same_syllable() -> None:
    coloured = Word(0, 2, (Syllable("hua1", 0, 2, erhua=True),))
    found = tokens_of([coloured], SMALL)
    assert [SYMBOLS[one] for one in found.ids] == ["sil", "h", "ua1", "er5", "sil", "eos"]
    assert [(span.first, span.end) for span in found.spans] == [(1, 4)]


def test_into_a_pause_a_syllable_only_rings_on() -> None:
    spans = tokens_of([word("ma1", "ma1"), mark("，"), word("a1", at=3)], SMALL).spans
    assert [(span.end - span.first, span.ring_frames > 0) for span in spans] == [
        (3, False),
        (2, True),
        (2, True),
    ]


def test_a_sound_that_the_voice_lacks_is_named() -> None:
    with pytest.raises(SynthesisError, match="no sound for the syllable ma3"):
        tokens_of([word("ma3")], SMALL)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"symbol_to_id": 3}'])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mapper.json").write_bytes(content)
    with pytest.raises(EngineDownError, match=r"mapper\.json"):
        load_mapper(tmp_path / "mapper.json")


def test_a_voice_that_was_not_fetched_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailableError, match=r"is not in .*voices fetch baker"):
        open_engine(load_profile("baker"), tmp_path)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of("baker", tmp_path_factory)


@pytest.mark.voices
def test_the_voice_has_every_syllable_in_every_tone(studio: Studio) -> None:
    mapper = load_mapper(studio.assets / "baker_mapper.json")
    for base in sorted({syllable[:-1] for syllable in all_syllables()}):
        for tone in "12345":
            for erhua in (False, True):
                syllable = Syllable(f"{base}{tone}", 0, 1, erhua=erhua)
                assert tokens_of([Word(0, 1, (syllable,))], mapper).ids, syllable


@pytest.mark.voices
def test_a_model_without_the_dropouts_is_not_operated_on(studio: Studio) -> None:
    with pytest.raises(UnknownModelError, match="dropout_55"):
        _without_dropout((studio.assets / "mb_melgan.tflite").read_bytes())


@pytest.mark.voices
def test_damaged_weights_are_refused_in_one_line(studio: Studio, tmp_path: Path) -> None:
    for asset in studio.profile.assets:
        (tmp_path / asset.file).write_bytes((studio.assets / asset.file).read_bytes())
    (tmp_path / "fastspeech2_quan.tflite").write_bytes(b"no model at all")
    with pytest.raises(EngineDownError, match="cannot be loaded") as caught:
        open_engine(studio.profile, tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.voices
@pytest.mark.parametrize(("setting", "value"), [("rate", 3.0), ("pitch_hz", 5)])
def test_a_profile_that_asks_for_what_the_voice_cannot_do_is_refused(
    studio: Studio, setting: str, value: float
) -> None:
    reader = msgspec.structs.replace(Reader("baker"), **{setting: value})
    profile = msgspec.structs.replace(studio.profile, readers=(reader,))
    with pytest.raises(InputError, match=f"voice profile baker: .*{setting}"):
        open_engine(profile, studio.assets)
