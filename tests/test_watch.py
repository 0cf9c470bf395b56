"""A watched folder: editions are built and published by themselves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom import PAGE, PROFILE, Newsroom
from tingbao.edition.events import ignore
from tingbao.errors import InputError
from tingbao.publish import verify
from tingbao.watch import (
    Copied,
    EditionEnded,
    Failed,
    LeftOut,
    PagesArrived,
    WatchEvent,
    Watching,
    WatchRequest,
    watch,
)

pytestmark = pytest.mark.slow

LONG_SECONDS = 120.0
"""Only a hang takes so long."""


class Watched:
    """A folder that is watched by a thread, and what was reported of it."""

    def __init__(self, newsroom: Newsroom, settle_seconds: float, destination: str | None) -> None:
        self.folder = newsroom.folder / "pages"
        self.folder.mkdir(exist_ok=True)
        build = replace(newsroom.request(), date=None)
        self.events: list[WatchEvent] = []
        self._request = WatchRequest(self.folder, build, settle_seconds, destination)
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        watch(self._request, self._show, lambda: nullcontext(ignore), self._stop)

    def _show(self, event: WatchEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, kind: type[WatchEvent], count: int = 1) -> list[WatchEvent]:
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.of(kind)) >= count, LONG_SECONDS)
            assert arrived, self.events
            return self.of(kind)

    def of(self, kind: type[WatchEvent]) -> list[WatchEvent]:
        return [event for event in self.events if isinstance(event, kind)]

    def close(self) -> None:
        self._stop.set()
        self._thread.join(LONG_SECONDS)
        assert not self._thread.is_alive()


class Start:
    """Begins to watch; whatever still watches at the end of the test is stopped."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.all: list[Watched] = []

    def __call__(self, settle_seconds: float = 0.2, destination: str | None = None) -> Watched:
        self.all.append(Watched(self.newsroom, settle_seconds, destination))
        return self.all[-1]


@pytest.fixture
def start(newsroom: Newsroom) -> Iterator[Start]:
    start = Start(newsroom)
    yield start
    for watched in start.all:
        watched.close()


def arrive(folder: Path, day: str, text: str = PAGE) -> Path:
    page = folder / day / "01.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(text.replace("3月14日", f"3月{int(day[-2:])}日"), "utf-8")
    return page


def test_an_edition_is_built_and_published_when_its_pages_have_come(
    start: Start, tmp_path: Path
) -> None:
    watched = start(destination=str(tmp_path / "web"))
    watched.wait_for(Watching)
    arrive(watched.folder, "2026-03-14")
    watched.wait_for(Copied)
    assert watched.of(PagesArrived) == [PagesArrived("2026-03-14", 1)]
    (ended,) = watched.of(EditionEnded)
    assert isinstance(ended, EditionEnded)
    assert not ended.incomplete
    assert (ended.path / "edition.mp3").is_file()
    assert verify(tmp_path / "web") == ()


def test_editions_that_came_before_are_built_first_and_one_by_one(start: Start) -> None:
    folder = start.newsroom.folder / "pages"
    folder.mkdir()
    for day in ("2026-03-15", "2026-03-14"):
        arrive(folder, day)
    watched = start()
    watched.wait_for(EditionEnded, 2)
    kinds = [type(event) for event in watched.events]
    assert kinds == [Watching, PagesArrived, EditionEnded, PagesArrived, EditionEnded]
    assert [event.edition for event in watched.events if isinstance(event, EditionEnded)] == [
        "2026-03-14",
        "2026-03-15",
    ]


def test_a_restart_builds_only_what_has_changed_since(start: Start) -> None:
    first = start()
    arrive(first.folder, "2026-03-14")
    page = arrive(first.folder, "2026-03-15")
    first.wait_for(EditionEnded, 2)
    first.close()
    page.write_text(page.read_text("utf-8").replace("1400户", "1500户"), "utf-8")
    arrive(first.folder, "2026-03-16")
    second = start()
    second.wait_for(EditionEnded, 2)
    assert [one.edition for one in second.events if isinstance(one, PagesArrived)] == [
        "2026-03-15",
        "2026-03-16",
    ]


def test_pages_that_are_still_being_written_are_waited_for(start: Start) -> None:
    watched = start(settle_seconds=1.5)
    watched.wait_for(Watching)
    page = arrive(watched.folder, "2026-03-14", "")
    for end in range(0, len(PAGE), len(PAGE) // 8):
        with page.open("a", encoding="utf-8") as stream:
            stream.write(PAGE[end : end + len(PAGE) // 8])
    (ended,) = watched.wait_for(EditionEnded)
    assert isinstance(ended, EditionEnded)
    manifest = json.loads((ended.path / "manifest.json").read_bytes())
    assert len(manifest["articles"]) == 3


def test_pages_that_cannot_be_used_are_named_once_and_tried_when_they_change(start: Start) -> None:
    watched = start()
    watched.wait_for(Watching)
    page = watched.folder / "2026-03-14" / "01.md"
    page.parent.mkdir()
    page.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (failed,) = watched.wait_for(Failed)
    assert isinstance(failed, Failed)
    assert failed.what == "2026-03-14"
    assert "01.md" in failed.reason
    assert not failed.retried
    arrive(watched.folder, "2026-03-14")
    watched.wait_for(EditionEnded)
    assert len(watched.of(Failed)) == 1


def test_a_second_folder_of_the_same_day_is_left_out_and_named_once(start: Start) -> None:
    watched = start()
    watched.wait_for(Watching)
    arrive(watched.folder, "2026-03-14")
    (watched.folder / "again").mkdir()
    arrive(watched.folder / "again", "2026-03-14")
    watched.wait_for(EditionEnded)
    watched.wait_for(LeftOut)
    assert len(watched.of(LeftOut)) == 1


def test_a_library_that_cannot_be_published_is_kept_and_named(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web").write_text("a file stands here")
    watched = start(destination=str(tmp_path / "web"))
    arrive(watched.folder, "2026-03-14")
    (failed,) = watched.wait_for(Failed)
    assert isinstance(failed, Failed)
    assert failed.what == str(tmp_path / "web")
    assert failed.retried
    assert verify(start.newsroom.output) == ()


def test_what_is_no_folder_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    request = WatchRequest(tmp_path / "none", newsroom.request(), 1.0)
    with pytest.raises(InputError, match="no folder"):
        watch(request, lambda _event: None, lambda: nullcontext(ignore))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_the_command_reports_json_lines_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "hum.toml").write_text(PROFILE, "utf-8")
    (tmp_path / "pages").mkdir()
    arrive(tmp_path / "pages", "2026-03-14")
    options = ("--voice", "hum.toml", "--settle", "0.2", "--progress", "json", "--publish", "web")
    with subprocess.Popen(
        [sys.executable, "-m", "tingbao", "watch", "pages", *options],
        cwd=tmp_path,
        env={**os.environ, "TINGBAO_CACHE": str(tmp_path / "cache")},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        events = []
        for line in process.stderr:
            events.append(json.loads(line)["event"])
            if events[-1] == "Copied":
                break
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG_SECONDS) == 130
    assert events[0] == "Watching"
    assert {"PagesArrived", "ClipFinished", "Published", "EditionEnded"} <= set(events)
    assert verify(tmp_path / "web") == ()
