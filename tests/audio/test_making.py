from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from speechlike import RATE_HZ, speech

from tingbao.audio import Mastering, Part, PartClip, find_part, make_part
from tingbao.audio.parts import read_frames
from tingbao.errors import MediaError, StoreError
from tingbao.media import decode
from tingbao.models import Clip, Timing


def part_clip(name: str, clip: Clip, pause_ms: int = 0) -> PartClip:
    return PartClip(name, lambda: clip, pause_ms)


def decoded(part: Part) -> np.ndarray:
    return np.frombuffer(decode(b"".join(read_frames(part))).data, "<i2")


def click(place_ms: int, length_ms: int, rate_hz: int = RATE_HZ) -> Clip:
    """Silence with one loud burst of a millisecond, and a timing that says when."""
    sound = np.zeros(length_ms * rate_hz // 1000, "<i2")
    at = place_ms * rate_hz // 1000
    sound[at : at + rate_hz // 1000] = 12000
    return Clip(sound.tobytes(), rate_hz, (Timing(0, 1, place_ms, place_ms + 1),))


def bursts_ms(part: Part) -> list[float]:
    """The middle of each burst in the decoded part."""
    sound = np.abs(decoded(part).astype(float))
    loud = np.flatnonzero(sound > sound.max() / 2)
    groups = np.split(loud, np.flatnonzero(np.diff(loud) > part.sample_rate_hz // 50) + 1)
    return [1000 * float(group.mean()) / part.sample_rate_hz for group in groups]


@pytest.mark.parametrize("rate_hz", [16000, 22050, 24000])
@pytest.mark.parametrize("out_hz", [44100, 48000, 32000])
def test_times_say_where_the_decoder_puts_each_sound(
    store: Path, rate_hz: int, out_hz: int
) -> None:
    places = [(0, 400, 333), (100, 700, 50), (37, 500, 1200), (250, 300, 0)]
    clips = [
        part_clip(f"clip {n}", click(place, length, rate_hz), pause)
        for n, (place, length, pause) in enumerate(places)
    ]
    part = make_part(clips, Mastering(sample_rate_hz=out_hz, fade_ms=0), store)
    told = [timings[0].start_ms + 0.5 for timings in part.timings]
    assert bursts_ms(part) == pytest.approx(told, abs=2)
    assert [t - s for t, s in zip(told, part.starts_ms, strict=True)] == pytest.approx(
        [place + 0.5 for place, _, _ in places], abs=1
    )


def test_ends_leave_out_the_pause(store: Path) -> None:
    clips = [part_clip("a", speech(1.0), 500), part_clip("b", speech(0.5), 1200)]
    part = make_part(clips, Mastering(), store)
    assert part.starts_ms == (25, 1525)
    assert part.ends_ms == (1025, 2025)
    assert 3225 <= part.duration_ms <= 3225 + 2 * 27


def test_the_pause_between_two_clips_is_silent(store: Path) -> None:
    clips = [part_clip("a", speech(1.0), 500), part_clip("b", speech(0.5), 0)]
    part = make_part(clips, Mastering(), store)
    between = decoded(part)[
        int(44.1 * (part.ends_ms[0] + 60)) : int(44.1 * part.starts_ms[1]) - 900
    ]
    assert np.abs(between).max() <= 8


def test_a_made_part_is_found_again_and_is_the_same(store: Path) -> None:
    clips = [part_clip("a", speech(1.0), 500)]
    part = make_part(clips, Mastering(), store)
    assert find_part(["a"], [500], Mastering(), store) == part


def test_making_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    clips = [part_clip("a", speech(1.0), 500), part_clip("b", speech(0.5, seed=2), 300)]
    first = make_part(clips, Mastering(), tmp_path / "1")
    second = make_part(clips, Mastering(), tmp_path / "2")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_facts_count_what_is_in_the_file(store: Path) -> None:
    part = make_part([part_clip("a", speech(2.0), 300)], Mastering(), store)
    frames = b"".join(read_frames(part))
    assert len(frames) == part.bytes
    assert decode(frames).samples == part.samples
    assert part.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert part.true_peak_dbtp <= -1


def test_items_lie_close_together_in_loudness(store: Path) -> None:
    levels = (0.02, 0.1, 0.4, 0.9)
    parts = [
        make_part([part_clip(f"{level}", speech(4, level, seed=n), 300)], Mastering(), store)
        for n, level in enumerate(levels)
    ]
    loudness = [part.loudness_lufs for part in parts]
    assert max(loudness) - min(loudness) <= 1.0


def test_clips_of_two_rates_cannot_make_a_part(store: Path) -> None:
    with pytest.raises(MediaError, match="one sample rate"):
        make_part(
            [part_clip("a", speech(1)), part_clip("b", speech(1, rate_hz=16000))],
            Mastering(),
            store,
        )


def test_a_rate_that_mp3_does_not_know_is_refused(store: Path) -> None:
    with pytest.raises(MediaError):
        make_part([part_clip("a", speech(1))], Mastering(sample_rate_hz=96000), store)


def test_a_bit_rate_that_mp3_does_not_know_is_refused(store: Path) -> None:
    with pytest.raises(MediaError):
        make_part([part_clip("a", speech(1))], Mastering(bitrate_bps=65000), store)


def test_a_clip_that_cannot_be_loaded_stops_the_part(store: Path) -> None:
    def damaged() -> Clip:
        raise StoreError("the clip is damaged")

    with pytest.raises(StoreError, match="the clip is damaged"):
        make_part([PartClip("a", damaged)], Mastering(), store)
    assert not list(store.rglob("*.part"))
