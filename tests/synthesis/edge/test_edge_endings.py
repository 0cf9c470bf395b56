"""Services that end their answers in ways that nobody here has heard: whole is not refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from studio import Studio, running

from edge_faults import Ending, Fault, Manner
from edge_service import EdgeService

pytestmark = pytest.mark.slow

EndingOf = Callable[[str], Ending]

WAYS: dict[str, EndingOf] = {
    "no silence behind speech": lambda _: Ending(0.0),
    "more is told of than there is sound": lambda _: Ending(0.0, 0.4),
    "the last word ends long before it is told to": lambda _: Ending(1.5, 0.7),
    "told too early": lambda _: Ending(0.8, -0.04),
}
UNEVEN: dict[str, EndingOf] = {
    "now early, now late": lambda text: Ending(0.8, random.Random(text).uniform(-0.2, 0.7)),
    "silence of any length": lambda text: Ending(random.Random(text).uniform(0, 2), 0.45),
    "some are told to end later": lambda text: Ending(0.8, 0.6 if len(text) % 3 else 0.0),
}
LACKING: dict[str, EndingOf] = {"the last word is not told of": lambda _: Ending(0.8, None)}


def texts_of(count: int) -> list[str]:
    """Texts of different lengths, none of which has a short last word only."""
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    chance = random.Random(count)
    return ["".join(chance.choices(signs, k=2 * (4 + n % 7))) + "。" for n in range(count)]


@pytest.mark.parametrize("way", WAYS)
def test_a_way_of_ending_that_all_answers_share_costs_no_further_request(
    way: str, tmp_path: Path
) -> None:
    texts = texts_of(24)
    with running(EdgeService(manner=Manner(ending=WAYS[way]))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        assert studio.short_clips(texts, outcomes) == []
        assert service.connections == len(texts)
        assert studio.told == []


@pytest.mark.parametrize("count", [1, 2, 7, 24])
@pytest.mark.parametrize("way", WAYS | UNEVEN | LACKING)
def test_no_answer_is_refused_that_is_the_same_in_every_attempt(
    way: str, count: int, tmp_path: Path
) -> None:
    texts = texts_of(count)
    with running(EdgeService(manner=Manner(ending=(WAYS | UNEVEN | LACKING)[way]))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        assert studio.short_clips(texts, outcomes) == []
        assert service.connections <= 2 * len(texts) + 14
        assert len(studio.told) <= 1


def test_a_service_as_slow_as_the_real_one_is_asked_once_a_text(tmp_path: Path) -> None:
    texts = texts_of(12)
    manner = Manner(first_byte_seconds=0.25, times_real_time=20, ending=lambda _: Ending(0.1, 0.4))
    with running(EdgeService(manner=manner)) as service:
        outcomes = Studio(service, tmp_path).speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        assert service.connections == len(texts)


def test_what_was_taken_because_it_came_again_is_said_in_one_line(tmp_path: Path) -> None:
    with running(EdgeService(manner=Manner(ending=lambda _: Ending(0.1, 0.5)))) as service:
        studio = Studio(service, tmp_path)
        (outcome,) = studio.speak("今天天气晴朗。")
        assert outcome.error is None
        assert service.connections == 2
        (line,) = studio.told
        assert "(1)" in line
        assert "“今天天气晴朗。”" in line


def test_where_no_last_word_is_told_of_only_the_first_texts_are_asked_again(
    tmp_path: Path,
) -> None:
    texts = texts_of(30)
    with running(EdgeService(manner=Manner(ending=lambda _: Ending(0.8, None)))) as service:
        outcomes = Studio(service, tmp_path).speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        assert service.connections <= len(texts) + 8


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", [Fault.DROPPED_CHUNK, Fault.LOST_PART, Fault.HALF_TOLD_WHOLE])
def test_a_loss_is_found_whatever_the_way_of_ending(way: str, fault: Fault, tmp_path: Path) -> None:
    texts = texts_of(20)
    faults = dict.fromkeys((0, 5, 9, 14), fault)
    with running(EdgeService(faults.get, Manner(ending=WAYS[way]))) as service:
        studio = Studio(service, tmp_path)
        outcomes = studio.speak(*texts)
        assert [outcome.error for outcome in outcomes] == [None] * len(texts)
        assert studio.short_clips(texts, outcomes) == []
