from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tingbao.audio.parts import (
    Mastering,
    Part,
    PartFacts,
    find_part,
    part_key,
    read_frames,
    store_part,
)
from tingbao.errors import OutputError, StoreError
from tingbao.models import Timing

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
    return store_part(part_key(KEYS, PAUSES, Mastering()), FACTS, frames, store)


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
    assert part_key(keys, pauses, mastering) != part_key(KEYS, PAUSES, Mastering())


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
    other = store_part(part_key(KEYS[:1], PAUSES[:1], Mastering()), FACTS, b"OTHER", store)
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
