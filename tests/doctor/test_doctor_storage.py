"""The cache: clips that were flipped, temporaries of the dead, no right to write, no room."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from tingbao import files
from tingbao.doctor.findings import State
from tingbao.doctor.storage import (
    check_clips,
    check_leftovers,
    check_sizes,
    check_space,
    check_writable,
    free_bytes,
    sample,
)
from tingbao.models import Clip
from tingbao.synthesis import ClipStore


def filled(cache: Path, count: int) -> list[Path]:
    """Store so many clips; returns their paths in the order of their keys."""
    store = ClipStore(cache / "clips")
    for number in range(count):
        store.put(hashlib.sha256(bytes([number % 256, number // 256])).hexdigest(), Clip(b"", 1))
    return sorted(cache.glob("clips/??/*.clip"), key=lambda path: path.stem)


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


def test_an_empty_cache_is_well(tmp_path: Path) -> None:
    assert check_sizes(tmp_path).state is State.OK
    assert check_clips(tmp_path, thorough=True).state is State.OK
    assert check_leftovers(tmp_path, tmp_path / "output").state is State.OK


def test_a_clip_with_one_bit_flipped_is_a_fault_and_named(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    assert check_clips(tmp_path, thorough=False).state is State.OK
    flip(paths[3])
    found = check_clips(tmp_path, thorough=False)
    assert found.state is State.FAULT
    assert str(paths[3]) in found.message
    assert found.message.startswith("1 of 5 are damaged")


def test_of_many_clips_a_sample_is_read_and_all_when_that_is_asked_for(tmp_path: Path) -> None:
    paths = filled(tmp_path, 450)
    flip(paths[1])
    found = check_clips(tmp_path, thorough=False)
    assert found.state is State.OK
    assert found.message.startswith("150 of 450 read")
    assert check_clips(tmp_path, thorough=True).state is State.FAULT


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 5000])
def test_a_sample_holds_at_most_two_hundred_and_some_of_every_part(count: int) -> None:
    keys = [f"{number:05}" for number in range(count)]
    taken = sample(keys)
    assert min(count, 100) <= len(taken) <= 200
    assert taken[:1] == keys[:1]


def test_looking_at_a_clip_does_not_make_it_used(tmp_path: Path) -> None:
    path = filled(tmp_path, 1)[0]
    os.utime(path, (1, 1))
    check_clips(tmp_path, thorough=True)
    assert path.stat().st_mtime == 1


def test_temporaries_of_dead_runs_are_told_and_those_that_are_written_are_not(
    tmp_path: Path,
) -> None:
    cache, output = tmp_path / "cache", tmp_path / "output"
    with files.writing(output / "feed.xml"):
        assert check_leftovers(cache, output).state is State.OK
    left = cache / "clips" / f"{files.TEMPORARY_PREFIX}0-x.clip"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    found = check_leftovers(cache, output)
    assert found.state is State.NOTE
    assert str(left) in found.message
    assert left.exists()


def test_a_folder_that_is_there_or_can_be_made_is_writable_and_stays_as_it_was(
    tmp_path: Path,
) -> None:
    assert check_writable("cache folder", tmp_path).state is State.OK
    assert check_writable("cache folder", tmp_path / "a" / "b").state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    found = check_writable("cache folder", tmp_path / "cache" / "tingbao")
    assert found.state is State.FAULT
    assert str(tmp_path / "cache") in found.message


def test_a_folder_that_refuses_to_be_written_is_a_fault() -> None:
    # Of the kernel's own: not even the administrator may.
    assert check_writable("cache folder", Path("/proc/tingbao")).state is State.FAULT


def test_a_read_only_medium_is_a_fault_with_the_systems_reason(tmp_path: Path) -> None:
    def refuse(_folder: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    found = check_writable("cache folder", tmp_path, refuse)
    assert found.message == f"cannot write to {tmp_path}: Read-only file system"


def test_too_little_room_is_a_fault_that_says_how_much_is_left(tmp_path: Path) -> None:
    found = check_space("cache space", tmp_path, 500_000_000, lambda _: 12_300_000)
    assert str(found) == (
        f"fault cache space: 12 MB are free for {tmp_path}, less than 500: "
        "make room there, or run tingbao cache --prune MB"
    )


def test_the_room_is_told_of_a_folder_that_is_not_made_yet(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "none" / "yet") > 0
    assert check_space("cache space", tmp_path / "none", 1).state is State.OK
