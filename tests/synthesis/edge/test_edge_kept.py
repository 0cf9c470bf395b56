"""Answers that wait for others to show the service's way outlive a run that is killed."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from studio import PATIENT, VOICE, Studio, running

from edge_faults import Fault, Manner, no_fault
from edge_service import EdgeService
from edge_sound import audio_of
from tingbao.synthesis import ClipStore
from tingbao.synthesis.edge.answers import AnswerCache
from tingbao.synthesis.edge.proof import Answer, Boundary

pytestmark = pytest.mark.slow

TEXTS = [f"第{number}条新闻。" for number in "一二三四五六七八"]
PIECES = [f"第{number}条新闻，{'&' * 780}。" for number in "一二三四"]
"""Each as long as a request may be, and soon spoken: a sign that is escaped takes five bytes."""

ANSWER = Answer(audio_of(3), (Boundary("WordBoundary", "新闻", 0.1, 0.5),))


@pytest.fixture
def kept(tmp_path: Path) -> AnswerCache:
    answers = AnswerCache(tmp_path)
    answers.keep("新闻。", VOICE, ANSWER)
    return answers


def unsettled(folder: Path) -> list[Path]:
    """What is kept; temporaries, which are hidden, are not yet."""
    return list(folder.rglob("[!.]*.unsettled"))


def test_an_answer_comes_back_as_it_was_kept_for_its_text_and_voice_alone(
    kept: AnswerCache,
) -> None:
    assert kept.find("新闻。", VOICE) == ANSWER
    assert kept.find("旧闻。", VOICE) is None
    assert kept.find("新闻。", dataclasses.replace(VOICE, rate=1.2)) is None


def test_an_answer_that_was_dropped_is_gone(kept: AnswerCache, tmp_path: Path) -> None:
    kept.drop("新闻。", VOICE)
    kept.drop("新闻。", VOICE)
    assert kept.find("新闻。", VOICE) is None
    assert unsettled(tmp_path) == []


@pytest.mark.parametrize("place", [0, 64, 70, -1])
def test_an_answer_that_was_damaged_is_none(kept: AnswerCache, tmp_path: Path, place: int) -> None:
    path = unsettled(tmp_path)[0]
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    assert kept.find("新闻。", VOICE) is None


def test_an_empty_file_is_no_answer(kept: AnswerCache, tmp_path: Path) -> None:
    unsettled(tmp_path)[0].write_bytes(b"")
    assert kept.find("新闻。", VOICE) is None


def test_pruning_takes_away_old_answers_of_killed_runs_and_leaves_new_ones(
    kept: AnswerCache, tmp_path: Path
) -> None:
    store = ClipStore(tmp_path)
    store.prune(0)
    assert kept.find("新闻。", VOICE) == ANSWER
    os.utime(unsettled(tmp_path)[0], (1, 1))
    store.prune(0)
    assert kept.find("新闻。", VOICE) is None


DRIVER = """
import sys
from pathlib import Path
from tingbao.synthesis import Runner, Speech, VoiceSettings, load_profile

voice = VoiceSettings("zh-CN-XiaoxiaoNeural")
with Runner.open(load_profile("edge"), Path(sys.argv[1])) as runner:
    list(runner([Speech(text, voice) for text in sys.argv[2:]]))
"""


def killed(service: EdgeService, folder: Path, texts: list[str], answered: int) -> None:
    """Kill a run when it has kept so many answers, and nothing more is answered."""
    service.plan = lambda number: Fault.STALL_AT_START if number >= answered else None
    with subprocess.Popen([sys.executable, "-c", DRIVER, str(folder), *texts]) as driver:
        while len(unsettled(folder)) < answered or service.connections == answered:
            assert driver.poll() is None
            time.sleep(0.01)
        driver.send_signal(signal.SIGKILL)
    service.plan = no_fault


def test_what_waited_for_other_answers_when_the_run_was_killed_is_not_asked_for_again(
    tmp_path: Path,
) -> None:
    # The last word is told to end later than speech does: one answer alone may have been cut.
    with running(EdgeService(manner=Manner(told_tail_seconds=0.25))) as service:
        studio = Studio(service, tmp_path, PATIENT)
        killed(service, tmp_path, TEXTS, 5)
        before = service.connections
        outcomes = studio.speak(*TEXTS)
        assert [outcome.error for outcome in outcomes] == [None] * len(TEXTS)
        assert studio.short_clips(TEXTS, outcomes) == []
        assert service.connections - before == len(TEXTS) - 5
        assert unsettled(tmp_path) == []


def test_the_pieces_of_a_long_text_that_were_answered_are_not_asked_for_again(
    tmp_path: Path,
) -> None:
    with running(EdgeService()) as service:
        studio = Studio(service, tmp_path, PATIENT)
        text = "".join(PIECES)
        killed(service, tmp_path, [text], 2)
        before = service.connections
        assert studio.speak(text)[0].error is None
        assert service.connections - before == len(PIECES) - 2
        assert unsettled(tmp_path) == []


def test_an_answer_that_turns_out_short_is_dropped_and_asked_for_again(tmp_path: Path) -> None:
    texts = [f"第{number}条新闻，各地春耕有序推进。" for number in "一二三四五六七八九十"]
    service = EdgeService(
        plan=lambda number: Fault.LOST_PART if number == 0 else None,
        manner=Manner(told_tail_seconds=0.05),
    )
    with running(service):
        studio = Studio(service, tmp_path, PATIENT)
        outcomes = studio.speak(*texts)
        assert studio.short_clips(texts, outcomes) == []
        assert service.connections == len(texts) + 1
        assert unsettled(tmp_path) == []
