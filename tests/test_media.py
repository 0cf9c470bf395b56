from __future__ import annotations

import contextlib
import io
import math
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tingbao import media
from tingbao.audio.frames import walk_frames
from tingbao.errors import MediaError
from tingbao.media import Pcm, decode, encode_mp3_frames, measure_loudness

CODEC_DELAY = 1105
DUAL_MONO_LU = 3.01


@dataclass(frozen=True, slots=True)
class Tone:
    hertz: float = 997
    amplitude: float = 0.5
    seconds: float = 2.0
    rate_hz: int = 24000
    phase: float = 0.0

    @property
    def pcm(self) -> bytes:
        time = np.arange(round(self.seconds * self.rate_hz)) / self.rate_hz
        sound = self.amplitude * np.sin(2 * np.pi * self.hertz * time + self.phase)
        return np.rint(sound * 32767).astype("<i2").tobytes()


def wav(pcm: bytes, rate_hz: int, channels: int = 1) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate_hz)
        writer.writeframes(pcm)
    return sink.getvalue()


def samples(pcm: Pcm) -> np.ndarray:
    return np.frombuffer(pcm.data, "<i2")


def click_at(place: int, length: int) -> bytes:
    sound = np.zeros(length, "<i2")
    sound[place] = 20000
    return sound.tobytes()


@pytest.mark.parametrize("rate_hz", [8000, 16000, 24000, 44100, 48000])
def test_wave_sound_comes_back_sample_for_sample(rate_hz: int) -> None:
    tone = Tone(rate_hz=rate_hz)
    assert decode(wav(tone.pcm, rate_hz)) == Pcm(tone.pcm, rate_hz)


def test_two_channels_become_one() -> None:
    left = np.frombuffer(Tone().pcm, "<i2")
    both = np.stack([left, left], axis=1).tobytes()
    mixed = samples(decode(wav(both, 24000, channels=2)))
    assert np.abs(mixed.astype(int) - left).max() <= 1


def test_mp3_keeps_pitch_and_level_and_is_padded_to_whole_frames() -> None:
    sound = decode(encode_mp3_frames(Tone(997, 0.5, 3).pcm, 24000, 44100, 64000))
    assert sound.sample_rate_hz == 44100
    assert sound.samples % 1152 == 0
    assert sound.samples >= 3 * 44100 + CODEC_DELAY
    middle = samples(sound)[44100:88200] / 32767
    spectrum = np.abs(np.fft.rfft(middle))
    assert abs(int(spectrum.argmax()) - 997) <= 1
    assert 0.45 < np.abs(middle).max() < 0.52


@pytest.mark.parametrize("rate_hz", [16000, 22050, 24000, 44100])
@pytest.mark.parametrize("second", [0.05, 0.9, 3.7])
def test_a_click_is_heard_where_it_was_after_the_codec_delay(rate_hz: int, second: float) -> None:
    place = round(second * rate_hz)
    sound = decode(encode_mp3_frames(click_at(place, 4 * rate_hz), rate_hz, 44100, 64000))
    heard = int(np.abs(samples(sound).astype(int)).argmax())
    assert abs(heard - CODEC_DELAY - place * 44100 / rate_hz) <= 2


@pytest.mark.parametrize(
    ("rate_hz", "bitrate_bps"), [(44100, 64000), (48000, 96000), (32000, 32000), (24000, 64000)]
)
def test_frames_are_bare_and_all_of_one_bit_rate(rate_hz: int, bitrate_bps: int) -> None:
    encoded = encode_mp3_frames(Tone().pcm, 24000, rate_hz, bitrate_bps)
    frames = list(walk_frames(io.BytesIO(encoded)))
    assert b"".join(frame.data for frame in frames) == encoded
    formats = {(f.header.bitrate_bps, f.header.sample_rate_hz, f.header.channels) for f in frames}
    assert formats == {(bitrate_bps, rate_hz, 1)}


def test_encoding_twice_gives_the_same_bytes() -> None:
    assert encode_mp3_frames(Tone().pcm, 24000, 44100, 64000) == encode_mp3_frames(
        Tone().pcm, 24000, 44100, 64000
    )


@pytest.mark.parametrize(
    ("pcm", "in_rate_hz", "out_rate_hz", "bitrate_bps"),
    [
        (b"", 24000, 44100, 64000),
        (b"odd", 24000, 44100, 64000),
        (bytes(4800), 0, 44100, 64000),
        (bytes(4800), -24000, 44100, 64000),
        (bytes(4800), 24000, 44101, 64000),
        (bytes(4800), 24000, 0, 64000),
        (bytes(4800), 24000, 44100, 1 << 70),
    ],
)
def test_what_cannot_be_encoded_is_refused_with_our_error(
    pcm: bytes, in_rate_hz: int, out_rate_hz: int, bitrate_bps: int
) -> None:
    with pytest.raises(MediaError):
        encode_mp3_frames(pcm, in_rate_hz, out_rate_hz, bitrate_bps)


def picture() -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (64, 64)).save(sink, "PNG")
    return sink.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"<html>Bad gateway</html>" * 40, bytes(5000), wav(b"", 24000)],
    ids=["nothing", "one byte", "a page", "zeros", "no samples"],
)
def test_what_holds_no_sound_is_refused_with_our_error(data: bytes) -> None:
    with pytest.raises(MediaError, match=r"cannot decode sound|holds no samples"):
        decode(data)


def test_a_picture_is_said_to_hold_no_sound() -> None:
    with pytest.raises(MediaError, match="holds no sound"):
        decode(picture())


def test_sound_of_a_codec_that_nobody_knows_is_said_to_be_so() -> None:
    strange = bytearray(wav(Tone().pcm, 24000))
    strange[20:22] = (0x4321).to_bytes(2, "little")
    with pytest.raises(MediaError, match="sound of an unknown kind"):
        decode(bytes(strange))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_sound_is_decoded_or_refused_with_our_error(data: st.DataObject) -> None:
    whole = bytearray(ENCODED)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(MediaError):
        decode(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


ENCODED = encode_mp3_frames(Tone(seconds=0.3).pcm, 24000, 44100, 64000)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600))
def test_any_bytes_are_decoded_or_refused_with_our_error(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        decode(data)


@pytest.mark.parametrize(("amplitude", "lufs"), [(1.0, -3.01), (0.5, -9.03), (0.1, -23.01)])
def test_a_sine_measures_what_the_standard_says(amplitude: float, lufs: float) -> None:
    tone = Tone(997, amplitude, 5, 48000)
    assert measure_loudness(tone.pcm, 48000).integrated_lufs == pytest.approx(lufs, abs=0.1)
    assert measure_loudness(tone.pcm, 48000, true_peak=False).integrated_lufs == pytest.approx(
        lufs, abs=0.1
    )


def test_the_true_peak_lies_between_the_samples() -> None:
    # A quarter of the sample rate, sampled at 45 degrees: 3 dB below what is heard.
    sound = np.frombuffer(Tone(12000, 0.5, 2, 48000, phase=math.pi / 4).pcm, "<i2")
    swelling = np.rint(sound * np.hanning(len(sound))).astype("<i2").tobytes()
    assert measure_loudness(swelling, 48000).true_peak_dbtp == pytest.approx(-6.02, abs=0.3)


def test_a_peak_in_the_last_fraction_of_a_second_counts() -> None:
    sound = click_at(24000 * 2 - 40, 24000 * 2 - 7)
    assert measure_loudness(sound, 24000).true_peak_dbtp > -6


def test_silence_measures_as_the_gate() -> None:
    measured = measure_loudness(bytes(96000), 24000)
    assert (measured.integrated_lufs, measured.true_peak_dbtp) == (-70.0, -math.inf)


@pytest.mark.parametrize("seconds", [0.41, 1.0, 2.345])
@pytest.mark.parametrize("rate_hz", [32000, 44100, 48000])
def test_a_file_measures_as_its_decoded_sound(seconds: float, rate_hz: int) -> None:
    encoded = encode_mp3_frames(Tone(440, 0.4, seconds).pcm, 24000, rate_hz, 64000)
    sound = decode(encoded)
    expected = measure_loudness(sound.data, sound.sample_rate_hz)
    measured = media.measure_encoded(encoded)
    assert measured.integrated_lufs == pytest.approx(expected.integrated_lufs, abs=0.01)
    assert measured.true_peak_dbtp == pytest.approx(expected.true_peak_dbtp, abs=0.02)


@pytest.mark.parametrize(
    "data", [b"", b"<html>", picture()], ids=["nothing", "a page", "a picture"]
)
def test_a_file_without_sound_cannot_be_measured(data: bytes) -> None:
    with pytest.raises(MediaError, match=r"cannot measure sound|holds no sound"):
        media.measure_encoded(data)


def test_measuring_a_file_twice_at_a_time_is_no_obstacle() -> None:
    with ThreadPoolExecutor(4) as pool:
        measured = set(pool.map(media.measure_encoded, [ENCODED] * 12))
    assert len(measured) == 1


@pytest.mark.parametrize(("pcm", "rate_hz"), [(b"", 24000), (b"odd", 24000), (bytes(48), 3)])
def test_what_cannot_be_measured_is_refused_with_our_error(pcm: bytes, rate_hz: int) -> None:
    with pytest.raises(MediaError):
        measure_loudness(pcm, rate_hz)
