from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from speechlike import RATE_HZ, speech

from tingbao.audio.parts import (
    Mastering,
    Part,
    PartClip,
    PartFacts,
    _part_key,
    _store_part,
    find_part,
    make_part,
    read_frames,
)
from tingbao.errors import MediaError, OutputError, StoreError
from tingbao.media import decode
from tingbao.models import Clip, Timing

KEYS, PAUSES = ("a" * 64, "b" * 64), (300, 1200)
FACTS = PartFacts(
    frames=10,
    bytes=4,
    samples_per_frame=1152,
    sample_rate_hz=44100,
    bitrate_bps=64000,
    starts_ms=(25, 900),
    ends_ms=(600, 1500),
    timings=((Timing(0, 2, 25, 300), Timing(2, 4, 300, 600)), ()),
    loudness_lufs=-16.02,
    true_peak_dbtp=-1.35,
)


def stored(store: Path, frames: bytes = b"SOUND") -> Part:
    return _store_part(_part_key(KEYS, PAUSES, Mastering()), FACTS, frames, store)


def found(store: Path) -> Part | None:
    return find_part(KEYS, PAUSES, Mastering(), store)


def test_a_stored_part_is_found_with_all_its_facts_and_frames(store: Path) -> None:
    part = stored(store)
    assert found(store) == part
    assert {field.name: getattr(part, field.name) for field in dataclasses.fields(FACTS)} == {
        field.name: getattr(FACTS, field.name) for field in dataclasses.fields(FACTS)
    }
    assert b"".join(read_frames(part)) == b"SOUND"


def test_what_was_never_stored_is_not_found(store: Path) -> None:
    assert found(store) is None


def test_length_follows_from_whole_frames() -> None:
    assert FACTS.samples == 11520
    assert FACTS.duration_ms == 261


@pytest.mark.parametrize(
    ("keys", "pauses", "mastering"),
    [
        (KEYS[::-1], PAUSES, Mastering()),
        (KEYS[:1], PAUSES[:1], Mastering()),
        (KEYS, (300, 1201), Mastering()),
        (KEYS, PAUSES, Mastering(bitrate_bps=96000)),
        (KEYS, PAUSES, Mastering(loudness_lufs=-18)),
        (KEYS, PAUSES, Mastering(fade_ms=6)),
    ],
)
def test_other_clips_pauses_or_mastering_have_another_key(
    keys: tuple[str, ...], pauses: tuple[int, ...], mastering: Mastering
) -> None:
    assert _part_key(keys, pauses, mastering) != _part_key(KEYS, PAUSES, Mastering())


def test_the_same_part_stored_twice_is_the_same_file(store: Path) -> None:
    first = stored(store)
    content = first.path.read_bytes()
    assert stored(store) == first
    assert first.path.read_bytes() == content


@pytest.mark.parametrize("place", [0, 10, 64, 65, 70, 200, -5, -1])
def test_a_changed_byte_anywhere_is_noticed(store: Path, place: int) -> None:
    part = stored(store)
    content = bytearray(part.path.read_bytes())
    content[place] ^= 1
    part.path.write_bytes(content)
    with pytest.raises(StoreError, match="is not what was put there"):
        found(store)


@pytest.mark.parametrize("change", [b"", b"\0", b"x" * 70, b"more"])
def test_a_file_cut_or_lengthened_is_noticed(store: Path, change: bytes) -> None:
    part = stored(store)
    part.path.write_bytes(part.path.read_bytes() + change if change == b"more" else change)
    with pytest.raises(StoreError, match="is not what was put there"):
        found(store)


def test_a_whole_part_under_another_ones_name_is_noticed(store: Path) -> None:
    other = _store_part(_part_key(KEYS[:1], PAUSES[:1], Mastering()), FACTS, b"OTHER", store)
    part = stored(store)
    part.path.write_bytes(other.path.read_bytes())
    with pytest.raises(StoreError, match="is not what was put there"):
        found(store)


def test_a_part_changed_after_it_was_found_is_noticed_when_it_is_read(store: Path) -> None:
    part = stored(store)
    part.path.write_bytes(part.path.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match="is not what was put there"):
        list(read_frames(part))


def test_a_part_removed_after_it_was_found_is_named(store: Path) -> None:
    part = stored(store)
    part.path.unlink()
    with pytest.raises(StoreError, match="cannot read the stored part"):
        list(read_frames(part))


def test_a_damaged_part_is_replaced_when_it_is_made_again(store: Path) -> None:
    stored(store).path.write_bytes(b"damaged")
    again = stored(store)
    assert found(store) == again


def test_a_folder_where_a_part_should_be_is_our_error(store: Path) -> None:
    path = stored(store).path
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="cannot read"):
        found(store)


def test_a_store_that_cannot_be_written_is_our_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError, match="cannot write"):
        stored(blocked)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_in_the_store_give_the_part_or_our_error(
    store: Path, data: st.DataObject
) -> None:
    part = stored(store)
    whole = part.path.read_bytes()
    junk = data.draw(st.binary(max_size=300) | st.just(whole))
    part.path.write_bytes(junk)
    if junk == whole:
        assert found(store) == part
    else:
        with pytest.raises(StoreError):
            found(store)


def test_an_entry_whose_facts_have_another_shape_is_damaged_even_with_a_right_digest(
    store: Path,
) -> None:
    import hashlib

    path = stored(store).path
    body = json.dumps({"key": path.stem, "facts": {"frames": "ten"}}).encode() + b"\nSOUND"
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    with pytest.raises(StoreError):
        found(store)


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
