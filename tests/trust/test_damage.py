"""Damaged stores, edited input, and limits of the system: the result is right, or it is told."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import COMMAND, ran
from rounds import PAGE, brief

from newsroom import PROFILE, Newsroom
from tingbao.edition.events import Noticed
from tingbao.models import Clip
from tingbao.synthesis import ClipStore, Speech
from tingbao.synthesis.fake import hum

pytestmark = pytest.mark.slow

Damage = Callable[[list[Path]], None]


def flipped(entries: list[Path]) -> None:
    for path in entries:
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)


def cut_short(entries: list[Path]) -> None:
    for path in entries:
        path.write_bytes(path.read_bytes()[:-1])


def emptied(entries: list[Path]) -> None:
    for path in entries:
        path.write_bytes(b"")


def swapped(entries: list[Path]) -> None:
    """Each whole entry in the place of another one."""
    held = [path.read_bytes() for path in entries]
    for path, raw in zip(entries, [*held[1:], held[0]], strict=True):
        path.write_bytes(raw)


def made_folders(entries: list[Path]) -> None:
    for path in entries:
        path.unlink()
        path.mkdir()


def entries_of(newsroom: Newsroom, store: str) -> list[Path]:
    return sorted((newsroom.folder / "cache" / store).glob("??/[!.]*"))


def notices(newsroom: Newsroom) -> list[str]:
    return [one.message for one in newsroom.events if isinstance(one, Noticed)]


@pytest.mark.parametrize("damage", [flipped, cut_short, emptied, swapped])
def test_a_damaged_clip_is_told_spoken_again_and_never_heard(
    newsroom: Newsroom, damage: Damage
) -> None:
    newsroom.say = brief
    newsroom.build()
    before, entries = newsroom.tree(), entries_of(newsroom, "clips")
    stored = [path.read_bytes() for path in entries]
    harmed = entries[:2]
    damage(harmed)
    for path in entries_of(newsroom, "parts"):
        path.unlink()
    newsroom.forget_receipts()
    newsroom.build()
    assert newsroom.tree() == before
    assert len(newsroom.spoken) == len(harmed)
    assert [path.read_bytes() for path in entries] == stored
    for path in harmed:
        assert any(str(path) in notice for notice in notices(newsroom))


@pytest.mark.parametrize("damage", [flipped, cut_short, emptied, swapped])
def test_a_damaged_part_is_told_and_made_again_from_its_clips(
    newsroom: Newsroom, damage: Damage
) -> None:
    newsroom.say = brief
    newsroom.build()
    before, entries = newsroom.tree(), entries_of(newsroom, "parts")
    stored = [path.read_bytes() for path in entries]
    harmed = entries[:2]
    damage(harmed)
    newsroom.forget_receipts()
    newsroom.build()
    assert newsroom.tree() == before
    assert newsroom.spoken == []
    assert [path.read_bytes() for path in entries] == stored
    for path in harmed:
        assert any(str(path) in notice for notice in notices(newsroom))


def test_an_unfinished_entry_is_no_clip_to_be_counted_or_pruned(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    unfinished = tmp_path / "ab" / ".tingbao-tmp-1-abcd.clip"
    unfinished.parent.mkdir()
    unfinished.write_bytes(b"half")
    assert store.size() == 0
    assert store.prune(0) == 0
    assert unfinished.exists()


def test_what_was_read_is_what_is_spoken_when_the_page_is_edited_meanwhile(
    newsroom: Newsroom,
) -> None:
    newsroom.say = brief
    newsroom.build()
    before = newsroom.tree()
    for store in ("clips", "parts"):
        for path in entries_of(newsroom, store):
            path.unlink()
    page = newsroom.page()

    def say(speech: Speech) -> Clip:
        page.write_text("# 另报\n\n## 改过了\n\n改过的正文。\n", "utf-8")
        return brief(speech)

    newsroom.say = say
    newsroom.build(page)
    assert newsroom.tree() == before
    assert not any("改过" in text for text in newsroom.spoken)


def limited(folder: Path, kind: int, limit: int) -> subprocess.CompletedProcess[bytes]:
    """Build in a process that the system holds to a limit."""
    (folder / "page.md").write_text(PAGE, "utf-8")
    (folder / "hum.toml").write_text(PROFILE, "utf-8")
    program = (
        # Else the system would end the process; Python itself asks for the error instead.
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit({kind}, ({limit}, {limit})); {COMMAND}"
    )
    facts = ("--date", "2026-03-14", "--voice", "hum.toml", "--jobs", "1", "--progress", "none")
    return subprocess.run(
        [sys.executable, "-c", program, "build", "page.md", *facts],
        cwd=folder,
        env={**os.environ, "TINGBAO_CACHE": str(folder / "cache")},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("limit", [0, 20_000, 100_000])
def test_a_limit_on_the_length_of_files_is_told_in_one_line_and_leaves_no_half_file(
    newsroom: Newsroom, tmp_path: Path, limit: int
) -> None:
    newsroom.say = hum
    newsroom.build(newsroom.page(PAGE))
    there = tmp_path / "limited"
    there.mkdir()
    done = limited(there, resource.RLIMIT_FSIZE, limit)
    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert len(told.splitlines()) == 1, told
    assert told.startswith("tingbao: cannot write")
    assert told.endswith("File too large\n")
    for path in (there / "output").rglob("[!.]*.*"):
        assert (
            path.read_bytes() == (newsroom.output / path.relative_to(there / "output")).read_bytes()
        )
    assert not list((there / "output").rglob(".tingbao-tmp-*"))
    # A worker may be ended in the middle of a clip: its temporary stays until the next build.
    facts = ("--date", "2026-03-14", "--voice", "hum.toml", "--jobs", "1", "--progress", "none")
    code, _, again = ran(there, ["build", "page.md", *facts])
    assert code == 0, again
    assert not list(there.rglob(".tingbao-tmp-*"))


TOO_LITTLE = "tingbao: there is not enough memory; give fewer pages at once, or --jobs 1\n"


def cramped(folder: Path, room_mb: int, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process that may grow by so much."""
    program = (
        "import resource, tingbao.parse, tingbao.edition; from pathlib import Path;"
        "pages = int(Path('/proc/self/statm').read_text().split()[0]);"
        f"room = pages * resource.getpagesize() + ({room_mb} << 20);"
        f"resource.setrlimit(resource.RLIMIT_AS, (room, room)); {COMMAND}"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        # With more threads OpenBLAS ends the process itself, in a line of its own.
        env={**os.environ, "TINGBAO_CACHE": str(folder / "cache"), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        check=False,
    )


def test_a_page_that_memory_does_not_hold_is_told_in_one_line(tmp_path: Path) -> None:
    with (tmp_path / "page.md").open("wb") as stream:
        stream.truncate(40 << 20)
    done = cramped(tmp_path, 20, "inspect", "page.md")
    assert done.stderr.decode() == TOO_LITTLE
    assert done.returncode == 1


@pytest.mark.parametrize("room_mb", [2, 16, 96])
def test_a_build_that_memory_does_not_hold_is_told_in_one_line_and_leaves_nothing_half(
    tmp_path: Path, room_mb: int
) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    (tmp_path / "hum.toml").write_text(f"{PROFILE}rate = 2.0\n", "utf-8")
    facts = ("--date", "2026-03-14", "--voice", "hum.toml", "--jobs", "1", "--progress", "none")
    done = cramped(tmp_path, room_mb, "build", "page.md", *facts)
    # libjpeg, where it is the one to find no memory, says so itself before its error reaches us.
    told = re.sub(r"Insufficient memory \(case \d+\)\n", "", done.stderr.decode())
    assert told == TOO_LITTLE
    assert done.returncode == 1
    assert not list((tmp_path / "output").rglob(".tingbao-tmp-*"))
    code, _, again = ran(tmp_path, ["build", "page.md", *facts])
    assert code == 0, again
    # A worker is ended in the middle of a clip: its temporary stays until the next build.
    assert not list(tmp_path.rglob(".tingbao-tmp-*"))
