"""What `tingbao archive` shows while it runs: live, in lines, as JSON, or nothing."""

from __future__ import annotations

import io
import json

import pytest

from archive_events import Clock, ended, found, spoke
from tingbao.archive.events import ArchiveEvent, LibraryUpdated, TaskRepeated
from tingbao.cli.archive_progress import showing_archive
from tingbao.edition.events import Noticed
from tingbao.errors import OptionError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(how: str, *events: ArchiveEvent, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    clock = Clock()
    with showing_archive(how, stream, clock) as listener:
        for event in events:
            listener(event)
            clock.now += 60
    return stream.getvalue()


def test_lines_name_what_was_made_what_is_not_complete_and_why() -> None:
    lines = shown(
        "plain",
        found(4),
        TaskRepeated("speak", "2026-03-15", "03", "its worker died"),
        ended("2026-03-14"),
        ended("2026-03-15", "incomplete", reason="03 标题: set aside"),
        ended("2026-03-16", "failed", reason="no item was found"),
        LibraryUpdated(2),
        Noticed("the scheduler answers again"),
    ).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "found: 4 editions in 16 files or folders",
        "again: speak 2026-03-15 item 03: its worker died",
        "made: 2026-03-14 (4 pages, 20 items, 1:00:00 of audio)",
        "incomplete: 2026-03-15: 03 标题: set aside",
        "set aside: 2026-03-16: no item was found",
        "library: feeds and pages know 2 editions",
        "the scheduler answers again",
    ]


def test_lines_say_how_far_it_is_how_fast_and_when_it_will_end() -> None:
    lines = shown("plain", found(2), spoke(), ended("2026-03-14")).splitlines()
    assert lines[-2].startswith(
        " 50% 1 of 2 editions done, 1 left; 2:00 so far, 120.0 pages an hour, "
        "about 2 min left, done on 2026-03-14 at "
    )
    assert lines[-1] == "     real-time factor by worker: worker 1 at 0.60"


def test_thousands_of_editions_take_a_hundred_steps() -> None:
    unchanged = (ended(f"{number}", "unchanged") for number in range(5000))
    lines = shown("plain", found(5000), *unchanged).splitlines()
    assert len(lines) == 1 + 100
    assert lines[-1].startswith("100% 5,000 of 5,000 editions done, 0 left, 5,000 unchanged;")


def test_a_long_edition_is_no_silence() -> None:
    lines = shown("plain", found(1), *(spoke() for _ in range(15))).splitlines()
    assert [line[:5] for line in lines if "editions done" in line] == ["  0% "] * 3


def test_names_cannot_steer_the_terminal_or_begin_lines() -> None:
    said = shown("plain", ended("\x1b[2J\nmade", "failed", reason="\x9b2K"))
    assert said == "set aside: [2J made: 2K\n"


def test_json_lines_hold_the_event_and_where_the_run_stands() -> None:
    said = shown("json", found(2), spoke(), ended("2026-03-14", warnings=("一",)))
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["event"] for line in lines] == ["Found", "TaskEnded", "EditionEnded"]
    assert lines[1]["worker"] == "worker 1"
    assert lines[2]["warnings"] == ["一"]
    standing = lines[2]["standing"]
    assert (standing["done"], standing["left"], standing["made"]) == (1, 1, 1)
    assert standing["pages_per_hour"] == pytest.approx(120)
    assert standing["left_seconds"] == pytest.approx(120)


def test_a_terminal_shows_counts_pace_and_workers_below_what_happened() -> None:
    terminal = Terminal()
    workers = (spoke(f"worker {number}") for number in range(20))
    events = (found(3), *workers, ended("\x1b[2J", "failed", reason="why"), ended("2026-03-14"))
    said = shown("auto", *events, stream=terminal)
    assert "set aside: [2J: why" in said
    assert "2 of 3 editions done, 1 left, 1 set aside" in said
    assert "pages an hour" in said
    assert "worker 11" in said
    assert "worker 12" not in said
    assert "and 8 more" in said


def test_without_a_terminal_auto_gives_plain_lines() -> None:
    assert shown("auto", found(1)) == "found: 1 editions in 4 files or folders\n"


def test_no_progress_says_nothing() -> None:
    assert shown("none", found(1), ended("2026-03-14", "failed")) == ""


def test_another_way_of_showing_is_refused() -> None:
    with pytest.raises(OptionError, match="not 'loud'"):
        shown("loud")
