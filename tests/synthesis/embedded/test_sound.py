"""From a wave to a clip: proof that it is whole, edges, timings, peaks."""

from __future__ import annotations

import numpy as np
import pytest

from tingbao.errors import IncompleteClipError
from tingbao.pronunciation import Syllable
from tingbao.synthesis.embedded.sound import (
    SoundFacts,
    Tokens,
    TokenSpan,
    Wave,
    joined,
    spoken_chunk,
)

HOP = 600
SOUND = SoundFacts("test", HOP, silence_level=0.01, seconds_per_syllable=(0.1, 0.5))

# Padding, 今, 天, a pause, padding.
TOKENS = Tokens(
    (0, 1, 2, 3, 0),
    (
        TokenSpan(Syllable("jin1", 0, 1), 1, 2),
        TokenSpan(Syllable("tian1", 1, 2), 2, 3, ring_frames=2),
    ),
)
FRAMES = (14, 8, 8, 6, 4)


def wave(levels: tuple[float, ...] = (0, 0.5, 0.5, 0, 0), scale: float = 1.0) -> Wave:
    parts = [np.full(n * HOP, level * scale) for n, level in zip(FRAMES, levels, strict=True)]
    return Wave(np.concatenate(parts).astype(np.float32), FRAMES)


def test_edges_are_cut_to_twenty_milliseconds_of_silence() -> None:
    clip = joined([spoken_chunk(wave(), TOKENS, SOUND, 1.0)], [0])
    samples = np.frombuffer(clip.pcm, "<i2")
    loud = np.flatnonzero(samples)
    assert loud[0] == 480
    assert len(samples) - 1 - loud[-1] == 480
    assert clip.sample_rate_hz == 24000


def test_every_character_is_timed_from_the_durations() -> None:
    clip = joined([spoken_chunk(wave(), TOKENS, SOUND, 1.0)], [0])
    spans = [(t.start, t.end, t.start_ms, t.end_ms) for t in clip.timings]
    assert spans == [(0, 1, 20, 220), (1, 2, 220, 440)]


def test_a_syllable_rings_on_into_a_pause_but_not_beyond_it() -> None:
    ringing = wave((0, 0.5, 0.5, 0.5, 0.5))
    clip = joined([spoken_chunk(ringing, TOKENS, SOUND, 1.0)], [0])
    assert clip.timings[-1].end_ms == 20 + 400 + 50


def test_silence_between_takes_moves_the_timings_behind_it() -> None:
    take = spoken_chunk(wave(), TOKENS, SOUND, 1.0)
    clip = joined([take, take], [300, 0])
    assert clip.seconds == pytest.approx(0.44 * 2 + 0.3)
    assert clip.timings[2].start_ms == 440 + 300 + 20


def test_a_character_of_several_syllables_has_one_timing() -> None:
    both = Tokens(
        TOKENS.ids, (TokenSpan(Syllable("ai2", 0, 1), 1, 2), TokenSpan(Syllable("fu5", 0, 1), 2, 3))
    )
    clip = joined([spoken_chunk(wave(), both, SOUND, 1.0)], [0])
    assert [(t.start, t.end, t.start_ms, t.end_ms) for t in clip.timings] == [(0, 1, 20, 420)]


def test_no_takes_are_an_empty_clip() -> None:
    assert joined([], []).pcm == b""


@pytest.mark.parametrize("scale", [1.0, 1.9, 2.6])
def test_peaks_are_scaled_and_never_clipped(scale: float) -> None:
    clip = joined([spoken_chunk(wave((0, 0.25, 0.5, 0, 0), scale), TOKENS, SOUND, 1.0)], [0])
    samples = np.frombuffer(clip.pcm, "<i2").astype(int)
    quiet, loud = samples[480 + HOP], samples.max()
    assert loud <= 0.98 * 32767 + 1
    assert loud / quiet == pytest.approx(2.0, rel=1e-3)


def test_a_voice_of_high_peaks_has_one_gain_for_all_its_clips() -> None:
    tamed = SoundFacts("test", HOP, 0.01, (0.1, 0.5), gain=0.5)
    loudest = [
        np.frombuffer(
            joined([spoken_chunk(wave(scale=s), TOKENS, tamed, 1.0)], [0]).pcm, "<i2"
        ).max()
        for s in (1.0, 2.0)
    ]
    assert loudest[1] == pytest.approx(2 * loudest[0], abs=2)


def test_samples_that_do_not_match_the_durations_are_refused() -> None:
    whole = wave()
    cut = Wave(whole.samples[:-HOP], whole.frames)
    with pytest.raises(IncompleteClipError, match="the test voice gave 23400 samples where 24000"):
        spoken_chunk(cut, TOKENS, SOUND, 1.0)


def test_a_token_without_a_duration_is_refused() -> None:
    short = Wave(np.full(600, 0.5, np.float32), (1,))
    with pytest.raises(IncompleteClipError, match="1 of 5 sounds"):
        spoken_chunk(short, TOKENS, SOUND, 1.0)


def test_a_syllable_without_sound_is_named() -> None:
    with pytest.raises(IncompleteClipError, match="no sound to tian1"):
        spoken_chunk(wave((0, 0.5, 0, 0, 0)), TOKENS, SOUND, 1.0)


def test_noise_before_the_first_syllable_is_refused() -> None:
    with pytest.raises(IncompleteClipError, match="noise instead of speech"):
        spoken_chunk(wave((0.2, 0.5, 0.5, 0, 0)), TOKENS, SOUND, 1.0)


@pytest.mark.parametrize(("rate", "problem"), [(0.4, "took"), (1.0, ""), (4.0, "took")])
def test_a_pace_that_no_reader_has_is_refused(rate: float, problem: str) -> None:
    if not problem:
        spoken_chunk(wave(), TOKENS, SOUND, rate)
        return
    with pytest.raises(IncompleteClipError, match=r"took 0\.\d\d s|took \d\.\d\d s"):
        spoken_chunk(wave(), TOKENS, SOUND, rate)
