from __future__ import annotations

import io

import numpy as np
import pytest
from speechlike import RATE_HZ, clip, speech

from tingbao.audio.frames import walk_frames
from tingbao.audio.mastering import master
from tingbao.audio.parts import Mastering
from tingbao.media import Pcm, decode, measure_loudness
from tingbao.models import Clip

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
