"""The online voice against a loopback service that speaks its protocol."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from edge_faults import Fault, Manner, no_fault
from edge_service import EdgeService
from tingbao.errors import OptionError, VoiceUnavailableError
from tingbao.models import Reading
from tingbao.synthesis import Outcome, Runner, Speech, VoiceSettings, load_profile
from tingbao.synthesis.edge import edge_available, require_voices
from tingbao.synthesis.edge.service import loopback_endpoint

pytestmark = pytest.mark.slow

VOICE = VoiceSettings("zh-CN-XiaoxiaoNeural")


def speak(cache: Path, *texts: str, voice: VoiceSettings = VOICE) -> list[Outcome]:
    with Runner.open(load_profile("edge"), cache) as runner:
        return sorted(runner([Speech(text, voice) for text in texts]), key=lambda o: o.index)


@pytest.mark.usefixtures("service")
def test_texts_become_clips_with_every_word_timed(tmp_path: Path) -> None:
    text = "本报讯，今天下雨。明天晴。"
    (outcome,) = speak(tmp_path, text)
    assert outcome.error is None
    assert outcome.key is not None
    with Runner.open(load_profile("edge"), tmp_path) as runner:
        clip = runner.clip(outcome.key)
    assert [text[t.start : t.end] for t in clip.timings] == [
        "本报",
        "讯",
        "今天",
        "下雨",
        "明天",
        "晴",
    ]
    assert clip.seconds == pytest.approx(10 * 0.2 + 0.04, abs=0.1)
    assert clip.timings[0].start_ms == pytest.approx(0, abs=60)
    assert clip.timings[-1].end_ms <= round(clip.seconds * 1000)


def test_the_service_is_asked_once_for_each_text_and_not_again(
    service: EdgeService, tmp_path: Path
) -> None:
    speak(tmp_path, "一条新闻。", "又一条。", "一条新闻。")
    again = speak(tmp_path, "一条新闻。", "又一条。", "第三条。")
    asked = sorted(asked.text for asked in service.asked)
    assert asked == sorted(["一条新闻。", "又一条。", "第三条。"])
    assert [outcome.reused for outcome in again] == [True, True, False]


def test_voice_pace_and_pitch_are_passed_on(service: EdgeService, tmp_path: Path) -> None:
    voice = VoiceSettings("zh-CN-YunyangNeural", rate=1.1, pitch_hz=-5)
    (outcome,) = speak(tmp_path, "今天 <晴> & “好”。", voice=voice)
    assert outcome.error is None
    (asked,) = service.asked
    assert (asked.voice_name, asked.rate, asked.pitch) == (voice.voice, "+10%", "-5Hz")
    assert asked.text == "今天 <晴> & “好”。"


def test_a_wanted_reading_is_respelled_and_its_times_are_those_of_the_text(
    service: EdgeService, tmp_path: Path
) -> None:
    speech = Speech("单县人多。", VOICE, (Reading(0, 1, "shan4"),))
    with Runner.open(load_profile("edge"), tmp_path) as runner:
        (outcome,) = runner([speech])
        assert outcome.key is not None
        clip = runner.clip(outcome.key)
    (asked,) = service.asked
    assert asked.text == "善县人多。"
    assert [(timing.start, timing.end) for timing in clip.timings] == [(0, 2), (2, 4)]


def test_no_more_than_four_requests_are_under_way(service: EdgeService, tmp_path: Path) -> None:
    service.manner = Manner(first_byte_seconds=0.3)
    outcomes = speak(tmp_path, *(f"新闻之{n}。" for n in "甲乙丙丁戊己庚辛壬癸"))
    assert all(outcome.error is None for outcome in outcomes)
    assert service.most_at_once == 4


def test_marks_alone_are_a_breath_of_silence_and_no_request(
    service: EdgeService, tmp_path: Path
) -> None:
    outcomes = speak(tmp_path, "", "……", "——！？")
    assert [outcome.error for outcome in outcomes] == [None] * 3
    assert all(0 < outcome.seconds < 0.1 for outcome in outcomes)
    assert service.asked == []


def test_the_service_is_available_when_it_lists_voices(service: EdgeService) -> None:
    assert edge_available()
    service.voices = ()
    assert not edge_available()


def test_a_port_where_nobody_answers_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    with EdgeService() as service:
        monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", service.endpoint)
    assert not edge_available()


@pytest.mark.parametrize(
    "endpoint",
    [
        "ws://example.com:80",
        "ws://127.0.0.1@example.com:80",
        "ws://127.0.0.1.example.com:80",
        "ws://192.168.1.1:80",
        "ws://[2001:db8::1]:80",
        "wss://127.0.0.1:80",
        "http://127.0.0.1:80",
        "127.0.0.1:80",
        "ws://127.0.0.1",
        "ws://127.0.0.1:port",
        "ws://127.0.0.1:80/elsewhere",
        "ws://127.0.0.1:80?x=1",
        "ws://[::1",
        "ws://:80",
    ],
)
def test_an_endpoint_that_is_not_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, endpoint: str
) -> None:
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", endpoint)
    with pytest.raises(OptionError, match="it must be ws:"):
        edge_available()
    with pytest.raises(OptionError, match="TINGBAO_EDGE_ENDPOINT"):
        Runner.open(load_profile("edge"), tmp_path)


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [
        ("ws://127.0.0.1:8080", "127.0.0.1:8080"),
        ("ws://localhost:8080/", "localhost:8080"),
        ("ws://[::1]:8080", "[::1]:8080"),
    ],
)
def test_loopback_in_every_spelling_is_an_endpoint(endpoint: str, host: str) -> None:
    assert loopback_endpoint({"TINGBAO_EDGE_ENDPOINT": endpoint}) == host


def test_a_voice_that_the_service_does_not_list_is_unavailable(service: EdgeService) -> None:
    require_voices(load_profile("edge"))
    service.voices = ("zh-CN-YunyangNeural",)
    with pytest.raises(VoiceUnavailableError, match="no longer offers the voice zh-CN-Xiaoxiao"):
        require_voices(load_profile("edge"))
    service.voices = ()
    with pytest.raises(VoiceUnavailableError, match="does not answer"):
        require_voices(load_profile("edge"))


DRIVER = """
import sys
from pathlib import Path
from tingbao.synthesis import Runner, Speech, VoiceSettings, load_profile

voice = VoiceSettings("zh-CN-XiaoxiaoNeural")
try:
    with Runner.open(load_profile("edge"), Path(sys.argv[1])) as runner:
        for outcome in runner([Speech(f"第{n}条新闻。", voice) for n in "一二三四五六七八"]):
            print(outcome.index, flush=True)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_it_is_stopped_only_what_was_under_way_is_asked_for_again(
    how: signal.Signals, service: EdgeService, tmp_path: Path
) -> None:
    service.plan = lambda number: Fault.STALL_AT_START if number >= 3 else None
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as driver:
        assert driver.stdout is not None
        for _ in range(3):
            driver.stdout.readline()
        driver.send_signal(how)
        _, said = driver.communicate(timeout=600)
    assert said == b""
    assert driver.returncode == (130 if how is signal.SIGINT else -how)
    service.plan, before = no_fault, service.connections
    outcomes = speak(tmp_path, *(f"第{n}条新闻。" for n in "一二三四五六七八"))
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert service.connections - before == 5
