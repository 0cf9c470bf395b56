"""Many utterances: each text once, stored ones not at all, every failure named and contained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tingbao.errors import (
    EngineDownError,
    InputError,
    OutputError,
    StoreError,
    SynthesisError,
    TransientSynthesisError,
)
from tingbao.models import Clip
from tingbao.synthesis import (
    ClipStore,
    FakeEngine,
    Outcome,
    Profile,
    Runner,
    Speech,
    VoiceSettings,
    load_profile,
)
from tingbao.synthesis.fake import hum
from tingbao.synthesis.profiles import Reader

VOICE = VoiceSettings("fake")


def speeches(*texts: str) -> list[Speech]:
    return [Speech(text, VOICE) for text in texts]


def ignore(_line: str) -> None:
    """Takes a notice."""


class Asked:
    """Says a text with ``say`` and remembers that it was asked."""

    def __init__(self, say: Callable[[Speech], Clip] = hum) -> None:
        self.texts: list[str] = []
        self._say = say

    def __call__(self, speech: Speech) -> Clip:
        self.texts.append(speech.spoken)
        return self._say(speech)


def run(
    cache: Path,
    say: Callable[[Speech], Clip],
    wanted: list[Speech],
    notice: Callable[[str], None] = ignore,
    identity: str = "fake 1",
) -> list[Outcome]:
    with Runner.with_engine(lambda: FakeEngine(say, identity), cache, notice) as runner:
        return list(runner(wanted))


def test_every_utterance_is_spoken_in_order_and_can_be_loaded(tmp_path: Path) -> None:
    asked = Asked()
    wanted = speeches("一", "二", "三")
    with Runner.with_engine(lambda: FakeEngine(asked), tmp_path) as runner:
        outcomes = list(runner(wanted))
        assert [outcome.index for outcome in outcomes] == [0, 1, 2]
        for outcome in outcomes:
            assert outcome.key is not None
            assert runner.clip(outcome.key) == hum(wanted[outcome.index])
            assert outcome.seconds == pytest.approx(0.12)
            assert not outcome.reused
    assert asked.texts == ["一", "二", "三"]


def test_a_text_wanted_twice_is_spoken_once(tmp_path: Path) -> None:
    asked = Asked()
    outcomes = run(tmp_path, asked, speeches("一", "二", "一"))
    assert asked.texts == ["一", "二"]
    by_index = {outcome.index: outcome for outcome in outcomes}
    assert by_index[0].key == by_index[2].key
    assert (by_index[0].reused, by_index[2].reused) == (False, True)


def test_a_second_run_speaks_nothing(tmp_path: Path) -> None:
    run(tmp_path, hum, speeches("一", "二"))
    asked = Asked()
    outcomes = run(tmp_path, asked, speeches("一", "二"))
    assert asked.texts == []
    assert all(outcome.reused and outcome.cpu_seconds == 0 for outcome in outcomes)


def test_a_corrected_text_is_the_only_one_spoken_again(tmp_path: Path) -> None:
    run(tmp_path, hum, speeches("一", "二", "三"))
    asked = Asked()
    run(tmp_path, asked, speeches("一", "改", "三"))
    assert asked.texts == ["改"]


def test_another_engine_speaks_for_itself(tmp_path: Path) -> None:
    run(tmp_path, hum, speeches("一"))
    asked = Asked()
    run(tmp_path, asked, speeches("一"), identity="fake 2")
    assert asked.texts == ["一"]


def test_stored_clips_are_reported_before_anything_is_spoken(tmp_path: Path) -> None:
    run(tmp_path, hum, speeches("二", "四"))
    outcomes = run(tmp_path, hum, speeches("一", "二", "三", "四"))
    assert [outcome.index for outcome in outcomes] == [1, 3, 0, 2]


def test_a_damaged_clip_is_spoken_again_and_the_damage_reported(tmp_path: Path) -> None:
    (first,) = run(tmp_path, hum, speeches("一"))
    assert first.key is not None
    entry = next(tmp_path.rglob(f"{first.key}*"))
    entry.write_bytes(entry.read_bytes()[:-1])
    reported: list[str] = []
    (again,) = run(tmp_path, hum, speeches("一"), reported.append)
    assert not again.reused
    assert ClipStore(tmp_path / "clips").get(first.key) == hum(speeches("一")[0])
    assert len(reported) == 1
    assert "it is spoken again" in reported[0]


def test_a_text_that_cannot_be_spoken_is_an_outcome_and_the_others_go_on(tmp_path: Path) -> None:
    def say(speech: Speech) -> Clip:
        if speech.spoken == "坏":
            raise SynthesisError("no sound for it")
        return hum(speech)

    outcomes = run(tmp_path, say, speeches("好", "坏", "也好"))
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert outcomes[1].key is None
    assert str(outcomes[1].error) == "“坏”: no sound for it"


def test_an_unforeseen_failure_of_an_engine_is_our_error(tmp_path: Path) -> None:
    def say(speech: Speech) -> Clip:
        raise KeyError(speech.spoken)

    (outcome,) = run(tmp_path, say, speeches("坏"))
    assert isinstance(outcome.error, SynthesisError)
    assert isinstance(outcome.error.__cause__ or outcome.error, SynthesisError)
    assert "KeyError" in str(outcome.error)


def test_a_passing_failure_is_tried_again(tmp_path: Path) -> None:
    failures = iter([TransientSynthesisError("busy"), TransientSynthesisError("busy")])

    def say(speech: Speech) -> Clip:
        failure = next(failures, None)
        if failure:
            raise failure
        return hum(speech)

    (outcome,) = run(tmp_path, say, speeches("好"))
    assert outcome.error is None
    assert outcome.retries == 2


def test_a_failure_that_does_not_pass_is_given_up(tmp_path: Path) -> None:
    def say(_: Speech) -> Clip:
        raise TransientSynthesisError("busy")

    asked = Asked(say)
    (outcome,) = run(tmp_path, asked, speeches("好"))
    assert isinstance(outcome.error, TransientSynthesisError)
    assert len(asked.texts) == 3


def test_when_the_engine_is_down_nothing_more_is_asked(tmp_path: Path) -> None:
    def say(speech: Speech) -> Clip:
        if speech.spoken == "二":
            raise EngineDownError("gone")
        return hum(speech)

    asked = Asked(say)
    outcomes = run(tmp_path, asked, speeches("一", "二", "三", "四"))
    assert asked.texts == ["一", "二"]
    assert sorted(outcome.index for outcome in outcomes) == [0, 1, 2, 3]
    assert [type(outcome.error) for outcome in outcomes[1:]] == [EngineDownError] * 3


def test_a_store_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("in the way")
    with pytest.raises(OutputError):
        run(tmp_path, hum, speeches("一"))


def test_a_run_given_up_half_way_leaves_whole_clips_for_the_next(tmp_path: Path) -> None:
    with Runner.with_engine(FakeEngine, tmp_path) as runner:
        next(iter(runner(speeches("一", "二", "三"))))
    asked = Asked()
    run(tmp_path, asked, speeches("一", "二", "三"))
    assert asked.texts == ["二", "三"]


def test_nothing_to_say_needs_no_engine(tmp_path: Path) -> None:
    def make() -> FakeEngine:
        raise AssertionError

    with Runner.with_engine(make, tmp_path) as runner:
        assert list(runner([])) == []


def test_a_clip_that_is_gone_is_our_error(tmp_path: Path) -> None:
    with Runner.with_engine(FakeEngine, tmp_path) as runner, pytest.raises(StoreError):
        runner.clip("ab12")


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    profile = Profile("mine", "我的", "espeak", "none", (Reader("x"),))
    with pytest.raises(InputError, match="no engine 'espeak'; known: baker, "):
        Runner.open(profile, tmp_path)


def test_a_voice_without_its_weights_says_how_to_get_them(tmp_path: Path) -> None:
    from tingbao.errors import VoiceUnavailableError

    with (
        Runner.open(load_profile("baker"), tmp_path, jobs=1) as runner,
        pytest.raises(VoiceUnavailableError, match="tingbao voices fetch baker"),
    ):
        list(runner(speeches("一")))
