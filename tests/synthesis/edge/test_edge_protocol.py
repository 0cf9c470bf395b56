"""What the protocol leaves free, a service may do, and texts of any length and kind are spoken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from studio import HASTY, Studio, running, spoken_seconds

from edge_faults import Fault, Manner
from edge_service import EdgeService
from edge_sound import FRAME_BYTES

pytestmark = pytest.mark.slow

TEXT = "本报讯，昨日全市喜降大雨，旱情得到缓解。农民忙着补种秋粮。"
VISEME: dict[str, Any] = {"Type": "Viseme", "Data": {"Offset": 0, "VisemeId": 3}}
SESSION_END: dict[str, Any] = {"Type": "SessionEnd", "Data": {"Offset": 10_000_000}}
LONG_TEXT = ("春夏秋冬" + "—" * 20 + "日月星辰" + "…" * 20 + "。") * 40
BOTH = ("WordBoundary", "SentenceBoundary")


@pytest.mark.parametrize(
    "manner",
    [
        Manner(kinds=("WordBoundary",)),
        Manner(kinds=("SentenceBoundary",)),
        Manner(kinds=BOTH),
        Manner(kinds=BOTH, boundaries_a_frame=3),
        Manner(boundaries_last=True),
        Manner(boundaries_a_frame=4),
        Manner(boundaries_a_frame=1000),
        Manner(extra_metadata=(VISEME,)),
        Manner(extra_metadata=(SESSION_END, VISEME), boundaries_a_frame=2),
        Manner(chunk_bytes=1),
        Manner(chunk_bytes=FRAME_BYTES - 7),
        Manner(chunk_bytes=10**6),
    ],
    ids=str,
)
def test_every_lawful_manner_of_answering_is_understood(manner: Manner, tmp_path: Path) -> None:
    with running(EdgeService(manner=manner)) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(TEXT)
        assert outcomes[0].error is None
        assert service.connections == 1
        assert studio.short_clips([TEXT], outcomes) == []
    timings = studio.clip(outcomes[0]).timings
    heard = [place for timing in timings for place in range(timing.start, timing.end)]
    assert set(heard) >= {place for place, sign in enumerate(TEXT) if sign.isalnum()}
    assert all(timing.end - timing.start <= 2 for timing in timings)


def test_a_service_that_tells_of_sentences_alone_when_asked_for_them_is_understood(
    tmp_path: Path,
) -> None:
    texts = [f"第{n}条新闻在这里。" for n in "一二三四五六七八九十百千"]
    with running(EdgeService(offers=("SentenceBoundary",))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        # What was under way until the third success is asked for twice, nothing after that.
        assert service.connections < len(texts) + 10


@pytest.mark.parametrize("told", [0.25, 0.8])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_boundaries_that_take_in_silence_cost_no_further_request(
    told: float, count: int, tmp_path: Path
) -> None:
    texts = [f"第{n}条新闻在这里，{m}日发。" for n in "一二三四" for m in "甲乙丙"][:count]
    with running(EdgeService(manner=Manner(told_tail_seconds=told))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert studio.short_clips(texts, outcomes) == []
        assert service.connections == count


@pytest.mark.parametrize("told", [0.0, 0.8])
def test_one_lost_part_among_several_answers_is_found_whatever_the_boundaries_take_in(
    told: float, tmp_path: Path
) -> None:
    texts = [f"第{n}条新闻在这里，{m}日发。" for n in "一二三四" for m in "甲乙丙"]
    faults = dict.fromkeys((0, 3, 6, 9), Fault.LOST_PART)
    with running(EdgeService(faults.get, Manner(told_tail_seconds=told))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * 12
        assert studio.short_clips(texts, outcomes) == []
        assert service.connections == 16


def test_a_service_that_does_not_close_its_socket_is_not_waited_for(tmp_path: Path) -> None:
    with running(EdgeService(manner=Manner(is_polite=False))) as service:
        studio = Studio(service, tmp_path, HASTY)
        outcomes = studio.speak(TEXT)
        assert studio.short_clips([TEXT], outcomes) == []
        assert outcomes[0].retries == 0


def test_a_long_text_goes_out_in_several_requests_cut_at_sentence_ends(
    tmp_path: Path,
) -> None:
    text = LONG_TEXT
    with running(EdgeService()) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(text)
        assert "".join(sorted((a.text for a in service.asked), key=text.index)) in text
        assert all(len(asked.text) <= 1200 for asked in service.asked)
        assert all(asked.text.endswith("。") for asked in service.asked)
        assert sum(len(asked.text) for asked in service.asked) == len(text)
    clip = studio.clip(outcomes[0])
    pieces = len(service.asked)
    pauses = 0.3 * (pieces - 1) + 0.04 * pieces
    assert clip.seconds == pytest.approx(spoken_seconds(text) + pauses, abs=0.1 * pieces)
    starts = [timing.start_ms for timing in clip.timings]
    assert starts == sorted(starts)
    assert clip.timings[-1].end == len(text) - 21


def test_only_the_piece_that_failed_is_asked_for_again(tmp_path: Path) -> None:
    text = LONG_TEXT
    with running(EdgeService(plan={1: Fault.HALF}.get)) as service:
        outcomes = Studio(service, tmp_path).speak(text)
        assert outcomes[0].error is None
        assert service.connections == 2 + 1


@pytest.mark.parametrize(
    "text",
    [
        "AT&T与R&D：1 < 2，“引号”。",
        "全角ＡＢＣ１２３，百分之㈠。",
        "café与ﬁ连字，Straße。",
        "生僻字𠮷田、𪚥。",
        "控制\x0b符\x00与\x1f孤\ud800行\ufffe。",
        "&lt;标签&gt;&amp;amp;。",
        "带\n换行\t制表。",
        "\u3000首行缩进。",
        "…",
    ],
)
def test_every_sign_that_a_page_may_hold_is_spoken_or_harmless(text: str, tmp_path: Path) -> None:
    with running(EdgeService()) as service:
        studio = Studio(service, tmp_path)
        (outcome,) = studio.speak(text)
        assert outcome.error is None
        assert service.connections <= 1
    assert all(0 <= t.start < t.end <= len(text) for t in studio.clip(outcome).timings)


def test_silence_baked_into_the_edges_is_cut_to_twenty_milliseconds(tmp_path: Path) -> None:
    with running(EdgeService()) as service:
        studio = Studio(service, tmp_path)
        clip = studio.clip(studio.speak(TEXT)[0])
    assert clip.seconds == pytest.approx(spoken_seconds(TEXT) + 0.04, abs=0.06)
    assert clip.timings[0].start_ms <= 20
    assert clip.timings[-1].end_ms == pytest.approx(1000 * clip.seconds, abs=90)
