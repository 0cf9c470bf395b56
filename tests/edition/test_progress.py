"""Share done, real-time factor and time left, from events and any clock."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tingbao.cli.progress import clock_time, showing
from tingbao.edition.events import (
    ArticleFinished,
    ClipFinished,
    Noticed,
    Planned,
    Published,
    WeightsFetched,
)
from tingbao.edition.progress import BuildTracker


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def clip(characters: int, seconds: float, *, reused: bool = False) -> ClipFinished:
    return ClipFinished("标题", characters, seconds, 0.0, reused)


def test_share_factor_and_time_left_follow_what_was_newly_spoken() -> None:
    clock = Clock()
    tracker = BuildTracker(clock)
    tracker.take(Planned("2026-03-14", 2, 3, 400))
    clock.now += 10
    tracker.take(clip(100, 20.0))
    snapshot = tracker.snapshot
    assert snapshot.share == pytest.approx(0.25)
    assert snapshot.real_time_factor == pytest.approx(0.5)
    assert snapshot.left_seconds == pytest.approx(30)


def test_reused_clips_move_the_share_but_promise_no_pace() -> None:
    tracker = BuildTracker(Clock())
    tracker.take(Planned("2026-03-14", 1, 2, 200))
    tracker.take(clip(100, 20.0, reused=True))
    snapshot = tracker.snapshot
    assert snapshot.share == pytest.approx(0.5)
    assert snapshot.real_time_factor is None
    assert snapshot.left_seconds is None


def test_nothing_is_foretold_from_the_first_words_of_many() -> None:
    clock = Clock()
    tracker = BuildTracker(clock)
    tracker.take(Planned("2026-03-14", 2, 80, 5000))
    clock.now += 40
    tracker.take(clip(100, 20.0))
    assert tracker.snapshot.left_seconds is None
    assert tracker.snapshot.real_time_factor is None
    clock.now += 10
    tracker.take(clip(100, 20.0))
    assert tracker.snapshot.left_seconds == pytest.approx(1200)


def test_a_short_correction_of_a_long_edition_is_foretold() -> None:
    clock = Clock()
    tracker = BuildTracker(clock)
    tracker.take(Planned("2026-03-14", 2, 80, 5000))
    tracker.take(clip(4900, 980.0, reused=True))
    clock.now += 10
    tracker.take(clip(50, 10.0))
    assert tracker.snapshot.left_seconds == pytest.approx(10)


def test_items_that_are_ready_and_the_lines_of_the_one_at_hand_are_counted() -> None:
    tracker = BuildTracker(Clock())
    tracker.take(Planned("2026-03-14", 2, 9, 200))
    tracker.take(
        ClipFinished("甲", 10, 1.0, 0.0, reused=False, retries=2, in_flight=3, done=4, of=4)
    )
    tracker.take(ArticleFinished("01", "甲", Path("01.mp3"), 20.0))
    tracker.take(
        ClipFinished("乙", 10, 1.0, 0.0, reused=False, retries=1, in_flight=2, done=1, of=5)
    )
    snapshot = tracker.snapshot
    assert (snapshot.ready, snapshot.items) == (1, 2)
    assert (snapshot.title, snapshot.done, snapshot.of) == ("乙", 1, 5)
    assert (snapshot.in_flight, snapshot.retried) == (2, 3)


def test_plain_progress_says_steps_in_lines_without_control_codes() -> None:
    stream = io.StringIO()
    with showing("plain", stream) as listener:
        listener(WeightsFetched("model.onnx", "npm", 0, 92_000_000))
        listener(WeightsFetched("model.onnx", "npm", 5, 92_000_000))
        listener(Planned("2026-03-14", 1, 100, 1000))
        for _ in range(100):
            listener(clip(10, 2.0))
    lines = stream.getvalue().splitlines()
    assert lines[0] == "fetching model.onnx (92 MB) from npm"
    assert lines[1] == "edition 2026-03-14: 1 items, 100 utterances, 1,000 characters"
    assert 18 <= len(lines) - 2 <= 21
    assert "\x1b" not in stream.getvalue()


def test_json_progress_is_one_object_a_line() -> None:
    stream = io.StringIO()
    with showing("json", stream) as listener:
        listener(Noticed("注意"))
        listener(Planned("2026-03-14", 1, 1, 10))
        listener(clip(10, 2.0))
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["Noticed", "Planned", "ClipFinished"]
    assert lines[2]["share"] == 1.0


def test_no_progress_says_nothing() -> None:
    stream = io.StringIO()
    with showing("none", stream) as listener:
        listener(Noticed("注意"))
    assert stream.getvalue() == ""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_live_display_shows_every_kind_of_event() -> None:
    stream = Terminal()
    with showing("auto", stream) as listener:
        listener(WeightsFetched("model.onnx", "npm", 5, 10))
        listener(Planned("2026-03-14", 1, 1, 10))
        listener(clip(10, 2.0))
        listener(Published(Path("output"), 1, 0, 2.0))
    assert "published: 1 items, 0:02 of audio" in stream.getvalue()


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (3725, "1:02:05")])
def test_seconds_are_shown_as_on_a_clock(seconds: float, text: str) -> None:
    assert clock_time(seconds) == text
