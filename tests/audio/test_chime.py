from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest
from speechlike import speech

from tingbao.audio import (
    ChimeKind,
    Mastering,
    PartClip,
    boundaries_ms,
    chime,
    chime_part,
    make_part,
    user_chime,
)
from tingbao.errors import InputError
from tingbao.models import Clip

BOTH = pytest.mark.parametrize("kind", list(ChimeKind))


def sound(clip: Clip) -> np.ndarray:
    return np.frombuffer(clip.pcm, "<i2").astype(float)


def wav(clip: Clip) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(clip.sample_rate_hz)
        writer.writeframes(clip.pcm)
    return sink.getvalue()


@BOTH
@pytest.mark.parametrize("rate_hz", [16000, 24000, 44100])
def test_a_chime_is_short_and_the_same_every_time(kind: ChimeKind, rate_hz: int) -> None:
    clip = chime(rate_hz, kind)
    assert 0.8 <= clip.seconds <= 1.5
    assert clip == chime(rate_hz, kind)


@BOTH
def test_a_chime_rings_out_without_a_click_at_either_end(kind: ChimeKind) -> None:
    samples = np.abs(sound(chime(44100, kind)))
    assert samples[0] == 0
    assert samples[-1] < 20
    assert np.abs(np.diff(samples)).max() < samples.max() / 2
    fifth = len(samples) // 5
    assert samples[-fifth:].max() < samples.max() / 5


@BOTH
def test_a_chime_sings_the_notes_it_is_made_of(kind: ChimeKind) -> None:
    clip = chime(44100, kind)
    spectrum = np.abs(np.fft.rfft(sound(clip), 44100 * 4))
    for hertz in kind.value:
        near = spectrum[round(4 * (hertz - 10)) : round(4 * (hertz + 10))]
        assert abs(int(near.argmax()) / 4 - 10) <= 1.5
        assert near.max() > spectrum.max() / 3


@BOTH
def test_a_chime_is_softer_than_speech_and_every_chime_alike(store: Path, kind: ChimeKind) -> None:
    part = chime_part(chime(kind=kind), Mastering(), store)
    assert part.loudness_lufs == pytest.approx(-21, abs=0.5)
    assert part.true_peak_dbtp <= -6


def test_a_chime_joins_with_speech_of_another_sample_rate(store: Path) -> None:
    spoken = make_part([PartClip("a", lambda: speech(1.0))], Mastering(), store)
    rung = chime_part(chime(44100), Mastering(), store)
    assert boundaries_ms([rung, spoken])[1] == rung.duration_ms


def test_a_chime_is_made_once(store: Path) -> None:
    first = chime_part(chime(), Mastering(), store)
    written = first.path.stat().st_mtime_ns
    assert chime_part(chime(), Mastering(), store) == first
    assert first.path.stat().st_mtime_ns == written


def test_a_damaged_chime_is_made_again(store: Path) -> None:
    first = chime_part(chime(), Mastering(), store)
    content = first.path.read_bytes()
    first.path.write_bytes(b"damaged")
    assert chime_part(chime(), Mastering(), store) == first
    assert first.path.read_bytes() == content


def test_the_users_own_chime_is_used(tmp_path: Path) -> None:
    path = tmp_path / "gong.wav"
    path.write_bytes(wav(chime(22050)))
    assert user_chime(path) == chime(22050)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"not a sound", "no sound that can be decoded"),
        (wav(Clip(bytes(2 * 8000 * 11), 8000)), "lasts 11 s"),
        (None, "cannot read the chime"),
    ],
)
def test_a_chime_that_cannot_be_used_is_named(
    tmp_path: Path, data: bytes | None, complaint: str
) -> None:
    path = tmp_path / "gong.wav"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=complaint) as refused:
        user_chime(path)
    assert str(path) in str(refused.value)
