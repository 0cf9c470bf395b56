"""The library in the output folder: whole, damaged, held, or not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsroom import Newsroom
from tingbao import files
from tingbao.doctor.findings import State
from tingbao.doctor.shelf import check_library


def test_no_library_is_no_fault(tmp_path: Path) -> None:
    assert check_library(tmp_path / "output").state is State.NOTE


def test_a_library_as_it_was_published_is_well(newsroom: Newsroom) -> None:
    request = replace(newsroom.request(), base_url="https://example.org/listen")
    newsroom.produce(request)
    found = check_library(newsroom.output)
    assert found.state is State.OK
    assert "https://example.org/listen/" in found.message


def test_a_library_without_a_base_url_is_told_for_whom_it_is(newsroom: Newsroom) -> None:
    newsroom.build()
    found = check_library(newsroom.output)
    assert found.state is State.NOTE
    assert "--base-url" in found.cure


def test_a_damaged_sound_is_a_fault(newsroom: Newsroom) -> None:
    newsroom.build()
    sound = newsroom.output / "2026-03-14" / "articles" / "02.mp3"
    raw = bytearray(sound.read_bytes())
    raw[len(raw) // 2] ^= 1
    sound.write_bytes(raw)
    found = check_library(newsroom.output)
    assert found.state is State.FAULT
    assert "articles/02.mp3" in found.message
    assert "tingbao verify" in found.cure


def test_a_damaged_library_file_is_a_fault_in_one_line(newsroom: Newsroom) -> None:
    newsroom.build()
    (newsroom.output / "library.json").write_text("{", "utf-8")
    found = check_library(newsroom.output)
    assert found.state is State.FAULT
    assert len(str(found).splitlines()) == 1


def test_a_library_that_is_being_changed_is_looked_at_later(newsroom: Newsroom) -> None:
    newsroom.build()
    with files.locked(newsroom.output):
        found = check_library(newsroom.output)
    assert found.state is State.NOTE
    assert "is being changed by process" in found.message
