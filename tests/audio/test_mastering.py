from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speechlike import RATE_HZ, clip, speech

from tingbao.audio.frames import walk_frames
from tingbao.audio.mastering import _CHUNK_SAMPLES, _limit, assemble, master
from tingbao.audio.parts import Mastering
from tingbao.errors import MediaError
from tingbao.media import Pcm, decode, measure_loudness
from tingbao.models import Clip

pytestmark = pytest.mark.slow

DUAL_MONO_LU = 3.01


def pcm_of(spoken: Clip) -> Pcm:
    return Pcm(spoken.pcm, spoken.sample_rate_hz)


def heard(frames: bytes) -> tuple[float, float]:
    """Loudness on two channels and true peak of what a player decodes."""
    sound = decode(frames)
    measured = measure_loudness(sound.data, sound.sample_rate_hz)
    return measured.integrated_lufs + DUAL_MONO_LU, measured.true_peak_dbtp


@pytest.mark.parametrize("level", [0.003, 0.02, 0.15, 0.5, 1.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_speech_of_any_level_comes_out_at_minus_sixteen(level: float, seed: int) -> None:
    lufs, peak = heard(master(pcm_of(speech(5, level, seed)), Mastering()).frames)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.5, 3.0])
def test_a_part_of_a_few_words_is_as_loud_as_a_long_one(seconds: float) -> None:
    spoken = speech(seconds, seed=5).pcm + bytes(RATE_HZ)
    lufs, peak = heard(master(Pcm(spoken, RATE_HZ), Mastering()).frames)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.parametrize("rate_hz", [16000, 22050, 24000, 44100, 48000])
def test_the_voice_may_have_any_sample_rate(rate_hz: int) -> None:
    lufs, peak = heard(master(pcm_of(speech(3, rate_hz=rate_hz)), Mastering()).frames)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.parametrize(
    "wanted",
    [
        Mastering(loudness_lufs=-24, true_peak_dbtp=-2),
        Mastering(loudness_lufs=-14, bitrate_bps=96000),
        Mastering(sample_rate_hz=48000, bitrate_bps=128000),
        Mastering(sample_rate_hz=32000, bitrate_bps=32000),
    ],
)
def test_other_targets_are_met_too(wanted: Mastering) -> None:
    lufs, peak = heard(master(pcm_of(speech(4)), wanted).frames)
    assert lufs == pytest.approx(wanted.loudness_lufs, abs=0.5)
    assert peak <= wanted.true_peak_dbtp


def test_a_take_tells_what_a_player_hears() -> None:
    take = master(pcm_of(speech(3)), Mastering())
    lufs, peak = heard(take.frames)
    assert take.loudness_lufs == pytest.approx(lufs, abs=0.01)
    assert take.true_peak_dbtp == pytest.approx(peak, abs=0.01)


def test_silence_stays_silent() -> None:
    take = master(Pcm(bytes(2 * RATE_HZ), RATE_HZ), Mastering())
    assert (take.loudness_lufs, take.true_peak_dbtp) == (-70.0, -120.0)
    assert not any(decode(take.frames).data)


@pytest.mark.parametrize("samples", [1, 2, 100, 2400])
def test_a_few_samples_still_make_a_run_that_decodes(samples: int) -> None:
    take = master(Pcm(speech(1).pcm[: 2 * samples], RATE_HZ), Mastering())
    assert len(list(walk_frames(io.BytesIO(take.frames)))) >= 8
    assert decode(take.frames).samples >= RATE_HZ // 4
    assert take.true_peak_dbtp <= -1


@pytest.mark.parametrize("kind", ["clicks", "noise", "square", "sine", "full scale"])
def test_sound_that_is_no_speech_stays_below_the_true_peak(kind: str) -> None:
    count = 2 * RATE_HZ
    time = np.arange(count) / RATE_HZ
    noise = np.random.default_rng(3).standard_normal(count)
    shapes = {
        "clicks": (np.arange(count) % 6000 == 0).astype(float),
        "noise": noise / 4,
        "square": np.sign(np.sin(2 * np.pi * 440 * time)),
        "sine": np.sin(2 * np.pi * 11000 * time),
        "full scale": np.sign(noise),
    }
    take = master(pcm_of(clip(shapes[kind])), Mastering())
    assert take.true_peak_dbtp <= -1
    assert take.loudness_lufs <= -15.5


def sound(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2")


def bytes_of(samples: np.ndarray) -> bytes:
    return bytes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2"))


def test_sound_below_the_ceiling_is_only_scaled() -> None:
    quiet = speech(2, level=0.05)
    louder = sound(_limit(quiet.pcm, RATE_HZ, 6.0, -1.0)).astype(float)
    expected = sound(quiet.pcm) * 10 ** (6 / 20)
    assert np.abs(louder - expected).max() <= 1


@pytest.mark.parametrize("gain_db", [0.0, 12.0, 30.0])
@pytest.mark.parametrize("ceiling_dbtp", [-1.0, -3.0])
def test_no_true_peak_lies_above_the_ceiling(gain_db: float, ceiling_dbtp: float) -> None:
    pcm = _limit(speech(4, level=0.9).pcm, RATE_HZ, gain_db, ceiling_dbtp)
    assert measure_loudness(pcm, RATE_HZ).true_peak_dbtp <= ceiling_dbtp + 0.25


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(-20, 40), st.floats(-12, 0), st.integers(0, 4000))
def test_any_noise_is_held_below_the_ceiling(
    seed: int, gain_db: float, ceiling_dbtp: float, count: int
) -> None:
    noise = np.random.default_rng(seed).integers(-32768, 32767, count).astype("<i2").tobytes()
    peak = np.abs(sound(_limit(noise, RATE_HZ, gain_db, ceiling_dbtp)).astype(int)).max(initial=0)
    assert peak <= 32768 * 10 ** (ceiling_dbtp / 20) + 1


def test_the_gain_is_back_soon_after_a_peak() -> None:
    samples = np.full(RATE_HZ, 0.1)
    samples[RATE_HZ // 2] = 1.0
    calmed = sound(_limit(bytes_of(samples), RATE_HZ, 0.0, -6.0))
    far = np.r_[calmed[: RATE_HZ // 2 - 400], calmed[RATE_HZ // 2 + 400 :]]
    assert np.abs(far / 32767 - 0.1).max() < 0.001
    assert calmed.max() / 32767 <= 10 ** (-6 / 20) + 0.001


def test_where_a_chunk_ends_is_not_heard() -> None:
    """Sound shifted across the chunk's border gives the same result, shifted."""
    loud = speech(8, level=0.9).pcm
    lead = bytes(2 * (_CHUNK_SAMPLES - RATE_HZ))
    shifted = _limit(lead + loud, RATE_HZ, 12.0, -3.0)[len(lead) :]
    assert shifted == _limit(loud, RATE_HZ, 12.0, -3.0)


@pytest.mark.parametrize("pcm", [b"", b"\0\0", b"\xff\x7f"])
def test_a_sample_or_none_is_no_obstacle(pcm: bytes) -> None:
    assert len(_limit(pcm, RATE_HZ, 6.0, -1.0)) == len(pcm)


LOUD = 10000


def steady(samples: int, rate_hz: int = RATE_HZ) -> Clip:
    return Clip(np.full(samples, LOUD, "<i2").tobytes(), rate_hz)


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
