"""The engine for tests: deterministic, timed, and made of a plain function."""

from __future__ import annotations

import pytest

from tingbao.errors import TransientSynthesisError
from tingbao.models import Clip
from tingbao.synthesis.engine import Engine, Speech, VoiceSettings
from tingbao.synthesis.fake import FakeEngine

VOICE = VoiceSettings("a")


def test_its_tone_follows_the_characters_and_each_is_timed() -> None:
    clip = FakeEngine().speak(Speech("今天，晴。", VOICE))
    assert clip.seconds == pytest.approx(0.36)
    assert [(t.start, t.end, t.start_ms, t.end_ms) for t in clip.timings] == [
        (0, 1, 0, 120),
        (1, 2, 120, 240),
        (3, 4, 240, 360),
    ]


def test_the_same_speech_gives_the_same_bytes_and_another_voice_other_ones() -> None:
    speech = Speech("通辽日报", VOICE)
    assert FakeEngine().speak(speech) == FakeEngine().speak(speech)
    others = {FakeEngine().speak(Speech("通辽日报", VoiceSettings(v))).pcm for v in "abcdef"}
    assert len(others) > 1


def test_the_rate_shortens_it() -> None:
    fast = FakeEngine().speak(Speech("今天", VoiceSettings("a", rate=2.0)))
    assert fast.seconds == pytest.approx(0.12)


def test_marks_alone_are_an_empty_clip() -> None:
    assert FakeEngine().speak(Speech("……", VOICE)) == Clip(b"", 24000)


def test_a_plain_function_decides_what_is_said() -> None:
    def refuse(speech: Speech) -> Clip:
        raise TransientSynthesisError(speech.spoken)

    engine: Engine = FakeEngine(refuse, identity="refusing")
    assert engine.identity == "refusing"
    with pytest.raises(TransientSynthesisError, match="今天"):
        engine.speak(Speech("今天", VOICE))
