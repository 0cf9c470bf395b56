from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.audio.assembly import assemble
from tingbao.errors import MediaError
from tingbao.models import Clip

RATE_HZ = 24000
LOUD = 10000


def steady(samples: int, rate_hz: int = RATE_HZ) -> Clip:
    return Clip(np.full(samples, LOUD, "<i2").tobytes(), rate_hz)


def sound(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2")


def test_each_clip_is_followed_by_its_pause_and_spans_say_where_it_lies() -> None:
    made = assemble([steady(2400), steady(1200)], [100, 50], fade_ms=0)
    assert made.spans == ((0, 2400), (4800, 6000))
    assert made.pcm.samples == 2400 + 2400 + 1200 + 1200
    heard = sound(made.pcm.data) != 0
    assert [int(edge) for edge in np.flatnonzero(np.diff(heard.astype(int)))] == [2399, 4799, 5999]


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 700)), min_size=1, max_size=6),
    st.sampled_from((16000, 22050, 24000, 44100)),
    st.integers(0, 20),
)
def test_nothing_is_lost_or_added_whatever_the_lengths(
    stretches: list[tuple[int, int]], rate_hz: int, fade_ms: int
) -> None:
    clips = [steady(length, rate_hz) for length, _ in stretches]
    made = assemble(clips, [pause for _, pause in stretches], fade_ms)
    assert [end - start for start, end in made.spans] == [length for length, _ in stretches]
    pauses = sum(rate_hz * pause // 1000 for _, pause in stretches)
    assert abs(made.pcm.samples - sum(map(len_of, clips)) - pauses) <= len(clips)


def len_of(clip: Clip) -> int:
    return clip.samples


def test_both_ends_of_a_clip_are_faded_and_its_middle_is_left_alone() -> None:
    made = sound(assemble([steady(2400)], [0], fade_ms=5).pcm.data)
    assert made[0] == 0
    assert abs(int(made[-1])) < LOUD / 20
    assert np.all(np.diff(made[:120].astype(int)) >= 0)
    assert np.all(np.diff(made[-120:].astype(int)) <= 0)
    assert np.all(made[120:-120] == LOUD)


def test_a_clip_too_short_for_two_fades_is_left_as_it_is() -> None:
    assert np.all(sound(assemble([steady(100)], [0], fade_ms=5).pcm.data) == LOUD)


def test_clips_of_two_sample_rates_are_refused() -> None:
    with pytest.raises(MediaError, match=r"\[16000, 24000\] Hz"):
        assemble([steady(100), steady(100, 16000)], [0, 0], fade_ms=5)


def test_no_clips_are_refused() -> None:
    with pytest.raises(MediaError, match="no clips"):
        assemble([], [], fade_ms=5)


def test_a_clip_of_half_samples_is_refused() -> None:
    with pytest.raises(MediaError, match="3 bytes is not 16-bit"):
        assemble([Clip(b"abc", RATE_HZ)], [0], fade_ms=5)


def test_a_thousand_clips_are_joined_without_copying_all_that_came_before() -> None:
    clip = steady(24000)
    made = assemble([clip] * 1000, [0] * 1000, fade_ms=5)
    assert made.pcm.samples == 24_000_000
