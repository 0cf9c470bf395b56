"""What both embedded voices promise, with their real weights.

Whether the words can be understood is not tested: that needs a recogniser or a listener.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from embedded_voices import Studio, is_han, pitch_hz, samples_of, studio_of
from tingbao.errors import SynthesisError
from tingbao.models import Reading
from tingbao.synthesis.engine import Speech, VoiceSettings

pytestmark = pytest.mark.voices

SENTENCE = "通辽市召开农牧业工作会议，总结经验，安排部署今年重点任务。"
LONG = (
    "会议指出，要全面贯彻落实中央农村工作会议和自治区农牧业工作会议精神，锚定农牧业强市目标，"
    "推进乡村全面振兴取得新进展、农业农村现代化迈出新步伐。"
)
SHORT = ("是……", "的", "花儿开了", "二〇二六年", "GDP5%", "“好！”")
SILENT_LEVEL = 80
"""Below what an engine takes for sound: -48 dB, 3 dB less in kokoro's clips."""


@pytest.fixture(scope="module", params=["baker", "kokoro-duo"])
def studio(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Studio]:
    opened = studio_of(request.param, tmp_path_factory)
    yield opened
    opened.engine.close()


@pytest.mark.parametrize("text", [SENTENCE, LONG, *SHORT])
def test_every_character_that_is_read_is_timed_once_and_in_order(studio: Studio, text: str) -> None:
    clip = studio.say(text)
    timed = [at for timing in clip.timings for at in range(timing.start, timing.end)]
    assert timed == sorted(set(timed))
    assert set(timed) == {at for at, sign in enumerate(text) if is_han(sign) or sign.isalnum()} | {
        at for at, sign in enumerate(text) if sign == "%"
    }


@pytest.mark.parametrize("text", [SENTENCE, LONG, *SHORT])
def test_timings_never_run_backwards_and_stay_in_the_clip(studio: Studio, text: str) -> None:
    clip = studio.say(text)
    at = 0
    for timing in clip.timings:
        assert at <= timing.start_ms < timing.end_ms
        at = timing.end_ms
    assert at <= clip.samples * 1000 / clip.sample_rate_hz


@pytest.mark.parametrize("text", [SENTENCE, LONG, *SHORT])
def test_every_timed_character_is_heard(studio: Studio, text: str) -> None:
    clip = studio.say(text)
    samples = samples_of(clip)
    for timing in clip.timings:
        first, last = (ms * clip.sample_rate_hz // 1000 for ms in (timing.start_ms, timing.end_ms))
        assert max(abs(one) for one in samples[first:last]) > SILENT_LEVEL, text[timing.start]


@pytest.mark.parametrize("text", [SENTENCE, LONG, *SHORT])
def test_nothing_is_clipped_and_the_edges_are_at_most_twenty_milliseconds(
    studio: Studio, text: str
) -> None:
    samples = samples_of(studio.say(text))
    loud = [at for at, one in enumerate(samples) if abs(one) > SILENT_LEVEL]
    assert max(map(abs, samples)) < 32767
    assert loud[0] <= 24 * 20 + 1
    assert len(samples) - loud[-1] <= 24 * 20 + 1


def test_a_long_sentence_takes_as_much_time_a_character_as_a_short_one(studio: Studio) -> None:
    paces = [studio.say(text).seconds / sum(map(is_han, text)) for text in (SENTENCE, LONG)]
    assert paces[1] == pytest.approx(paces[0], rel=0.15)


def test_the_same_speech_gives_the_same_bytes_in_a_second_engine(studio: Studio) -> None:
    text = "今天天气晴。"
    again = studio.opened_again()
    assert again.speak(Speech(text, studio.profile.reader(1))) == studio.say(text)
    assert again.identity == studio.engine.identity
    again.close()


def test_a_forced_reading_changes_the_sound(studio: Studio) -> None:
    speech = Speech("重", studio.profile.reader(1), (Reading(0, 1, "chong2"),))
    assert studio.engine.speak(speech).pcm != studio.say("重").pcm


def test_a_higher_rate_takes_less_time(studio: Studio) -> None:
    text = "总结经验，安排部署今年重点任务。"
    fast = replace(studio.profile.reader(1), rate=1.5)
    share = studio.engine.speak(Speech(text, fast)).seconds / studio.say(text).seconds
    assert 0.5 < share < 0.85


def test_the_four_tones_are_high_rising_low_and_falling(studio: Studio) -> None:
    text, at = "请大家读巴字的音", 4
    readers = len(studio.profile.readers)
    start, end = {}, {}
    for tone in range(1, 5):
        reading = (Reading(at, at + 1, f"ba{tone}"),)
        clip = studio.engine.speak(Speech(text, studio.profile.reader(readers), reading))
        heard = next(timing for timing in clip.timings if timing.start == at)
        pitch = pitch_hz(clip, heard.start_ms, heard.end_ms)
        start[tone], end[tone] = pitch[0], pitch[-1]
    assert max(start[2], start[3]) < min(start[1], start[4])
    assert end[3] == min(end.values())
    assert end[4] < start[4]
    assert end[2] / start[2] > end[4] / start[4]


def test_marks_alone_are_an_empty_clip(studio: Studio) -> None:
    assert studio.say("……").pcm == b""
    assert studio.say("").timings == ()


def test_another_voice_than_the_readers_is_refused(studio: Studio) -> None:
    stranger = replace(studio.profile.reader(1), voice="zf_xiaoyi")
    with pytest.raises(SynthesisError, match="zf_xiaoyi"):
        studio.engine.speak(Speech("好", stranger))


@pytest.mark.parametrize(("rate", "pitch_hz"), [(3.0, 0), (0.2, 0), (1.0, 20)])
def test_a_rate_or_pitch_that_is_not_to_be_had_is_refused(
    studio: Studio, rate: float, pitch_hz: int
) -> None:
    asked = VoiceSettings(studio.profile.reader(1).voice, rate, pitch_hz)
    with pytest.raises(SynthesisError, match=r"rate of 0\.5 to 2\.0|leave pitch_hz out"):
        studio.engine.speak(Speech("好", asked))
