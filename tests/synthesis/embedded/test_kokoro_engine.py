"""What is kokoro's own: both readers, damaged files, the even pace of its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from embedded_voices import Studio, studio_of
from tingbao.errors import EngineDownError, InputError, VoiceUnavailableError
from tingbao.synthesis.embedded.kokoro import KokoroModel, _load_style, open_engine
from tingbao.synthesis.profiles import Reader, load_profile


@pytest.fixture(scope="module")
def duo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = studio_of("kokoro-duo", tmp_path_factory)
    yield opened
    opened.engine.close()


@pytest.mark.voices
def test_the_two_readers_of_a_duo_sound_different(duo: Studio) -> None:
    text = "今天天气晴。"
    assert duo.say(text, 1).pcm != duo.say(text, 2).pcm


def test_a_voice_that_was_not_fetched_says_how_to_get_it(tmp_path: Path) -> None:
    message = r"kokoro-quantized\.onnx, zm_yunyang\.bin is not in .*voices fetch kokoro"
    with pytest.raises(VoiceUnavailableError, match=message):
        open_engine(load_profile("kokoro"), tmp_path)


def test_a_file_that_is_no_model_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(EngineDownError, match="cannot be loaded") as caught:
        KokoroModel(path)
    assert "\n" not in str(caught.value)


def test_a_style_file_of_another_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zm_x.bin"
    path.write_bytes(bytes(1000))
    with pytest.raises(EngineDownError, match=r"zm_x\.bin"):
        _load_style(path)


@pytest.mark.parametrize(("setting", "value"), [("rate", 3.0), ("pitch_hz", 5)])
def test_a_profile_that_asks_for_what_the_voice_cannot_do_is_refused(
    tmp_path: Path, setting: str, value: float
) -> None:
    for name in ("kokoro-quantized.onnx", "zm_yunyang.bin"):
        (tmp_path / name).touch()
    reader = msgspec.structs.replace(Reader("zm_yunyang"), **{setting: value})
    profile = msgspec.structs.replace(load_profile("kokoro"), readers=(reader,))
    with pytest.raises(InputError, match=f"voice profile kokoro: .*{setting}"):
        open_engine(profile, tmp_path)
