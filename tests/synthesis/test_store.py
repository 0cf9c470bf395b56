"""The clip store: verified on every read, mended by putting again, pruned by use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tingbao.errors import OutputError, StoreError
from tingbao.files import TEMPORARY_PREFIX
from tingbao.models import Clip, Reading, Timing
from tingbao.synthesis import ClipStore, Speech, VoiceSettings

VOICE = VoiceSettings("zm_yunyang")
CLIP = Clip(bytes(range(200)) * 8, 24000, (Timing(0, 1, 0, 20), Timing(1, 3, 20, 33)))


def entry_of(store: ClipStore, key: str) -> Path:
    return next(store.folder.rglob(f"{key}*"))


def keys(count: int) -> list[str]:
    return [ClipStore.key_of(Speech(f"第{n}条", VOICE), "fake 1") for n in range(count)]


def test_a_clip_comes_back_as_it_was_put(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    (key,) = keys(1)
    assert store.get(key) is None
    store.put(key, CLIP)
    assert ClipStore(tmp_path).get(key) == CLIP


def test_an_empty_clip_is_a_clip(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    store.put("ab12", Clip(b"", 24000))
    assert store.get("ab12") == Clip(b"", 24000)


def test_the_same_clip_makes_the_same_entry(tmp_path: Path) -> None:
    first, second = ClipStore(tmp_path / "a"), ClipStore(tmp_path / "b")
    for store in (first, second):
        store.put("ab12", CLIP)
    assert entry_of(first, "ab12").read_bytes() == entry_of(second, "ab12").read_bytes()


def test_the_key_hangs_on_everything_that_changes_the_sound() -> None:
    speeches = [
        Speech("重庆", VOICE),
        Speech("重庆。", VOICE),
        Speech("重庆", VOICE, (Reading(0, 1, "chong2"),)),
        Speech("重庆", VOICE, (Reading(0, 1, "zhong4"),)),
        Speech("重庆", VoiceSettings("zf_xiaobei")),
        Speech("重庆", VoiceSettings("zm_yunyang", rate=1.1)),
        Speech("重庆", VoiceSettings("zm_yunyang", pitch_hz=5)),
    ]
    made = {ClipStore.key_of(speech, identity) for speech in speeches for identity in ("a", "b")}
    assert len(made) == 2 * len(speeches)


def test_the_key_stays_the_same_from_release_to_release() -> None:
    key = ClipStore.key_of(Speech("重庆", VOICE, (Reading(0, 1, "chong2"),)), "fake 1")
    assert key == "e8ec1eaffca31f870c876ec4704f3f26ab35b7b362944c93e3a2960d3a94f9f7"


def test_text_that_is_no_unicode_has_a_key_too() -> None:
    assert len(ClipStore.key_of(Speech("\ud800", VOICE), "fake 1")) == 64


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_of_any_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    store = ClipStore(tmp_path_factory.mktemp("store"))
    store.put("ab12", CLIP)
    path = entry_of(store, "ab12")
    raw = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="is not what was put there"):
        store.get("ab12")


@pytest.mark.parametrize("keep", [0, 1, 64, 65, 100, 300, -1])
def test_a_shortened_entry_is_noticed(tmp_path: Path, keep: int) -> None:
    store = ClipStore(tmp_path)
    store.put("ab12", CLIP)
    path = entry_of(store, "ab12")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(StoreError):
        store.get("ab12")


def test_an_entry_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    store.put("ab12", CLIP)
    store.put("ab34", Clip(b"\1\0", 24000))
    entry_of(store, "ab34").replace(entry_of(store, "ab12"))
    with pytest.raises(StoreError):
        store.get("ab12")


def test_putting_again_repairs_a_damaged_entry(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    store.put("ab12", CLIP)
    entry_of(store, "ab12").write_bytes(b"damaged")
    store.put("ab12", CLIP)
    assert store.get("ab12") == CLIP


def test_an_entry_that_cannot_be_read_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "ab" / "ab12.clip").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot read the stored clip"):
        ClipStore(tmp_path).get("ab12")


def test_a_store_that_cannot_be_written_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file in the way")
    with pytest.raises(OutputError, match="cannot write"):
        ClipStore(tmp_path / "store").put("ab12", CLIP)


def test_the_size_is_that_of_all_entries(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    assert store.size() == 0
    for key in keys(3):
        store.put(key, CLIP)
    assert store.size() == sum(p.stat().st_size for p in tmp_path.rglob("*.clip"))


def test_pruning_removes_what_was_unused_for_the_longest(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    made = keys(4)
    for age, key in enumerate(made):
        store.put(key, CLIP)
        long_ago = 1_000_000_000 + age
        os.utime(entry_of(store, key), (long_ago, long_ago))
    store.get(made[0])
    each = store.size() // 4
    assert store.prune(2 * each) == 2 * each
    assert [store.get(key) is not None for key in made] == [True, False, False, True]


def test_pruning_to_nothing_empties_the_store(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    for key in keys(3):
        store.put(key, CLIP)
    assert store.prune(10**9) == 0
    assert store.prune(0) > 0
    assert store.size() == 0


def test_pruning_sweeps_what_a_killed_writer_left_but_not_what_a_living_one_writes(
    tmp_path: Path,
) -> None:
    store = ClipStore(tmp_path)
    store.put("ab12", CLIP)
    left, living = (tmp_path / "ab" / f"{TEMPORARY_PREFIX}{n}" for n in (1, 2))
    left.write_bytes(b"half")
    living.write_bytes(b"half")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    store.prune(10**9)
    assert not left.exists()
    assert living.exists()
    assert store.get("ab12") == CLIP
