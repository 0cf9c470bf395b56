"""The real command with its worker processes: ended, doubled, cut off, and run elsewhere."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from commands import begun, hidden_from_network, ran
from rounds import PAGE, brief

from newsroom import PROFILE, Newsroom
from processes import children, is_alive
from tingbao.cli import main
from tingbao.models import Clip
from tingbao.publish import verify
from tingbao.synthesis import Speech

pytestmark = pytest.mark.slow

BUILD = ("build", "page.md", "--date", "2026-03-14", "--voice", "hum.toml", "--progress", "json")


def room(folder: Path, text: str = PAGE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.md").write_text(text, "utf-8")
    (folder / "hum.toml").write_text(f"{PROFILE}rate = 2.0\n", "utf-8")
    return folder


def tree(folder: Path) -> Mapping[str, bytes]:
    return Newsroom(folder).tree()


def clips(folder: Path) -> int:
    """How many clips are stored; temporaries, which are hidden, are none."""
    return len(list(folder.glob("cache/clips/??/[!.]*.clip")))


def test_a_killed_build_leaves_no_process_behind_and_the_next_speaks_only_the_rest(
    tmp_path: Path,
) -> None:
    folder = room(tmp_path / "killed")
    with begun(folder, [*BUILD, "--jobs", "2"]) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if json.loads(line)["event"] == "ClipFinished":
                break
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
    assert workers
    while any(map(is_alive, workers)):
        time.sleep(0.01)
    stored = clips(folder)
    assert stored >= 1
    code, _, told = ran(folder, [*BUILD, "--jobs", "1"])
    assert code == 0, told
    events = [json.loads(line) for line in told.splitlines()]
    fresh = [one for one in events if one["event"] == "ClipFinished" and not one["reused"]]
    assert len(fresh) == clips(folder) - stored
    assert verify(folder / "output") == ()


def test_the_same_page_gives_the_same_bytes_in_another_place_time_zone_locale_and_hash_order(
    tmp_path: Path,
) -> None:
    here, there = room(tmp_path / "here"), room(tmp_path / "there" / "深 处")
    usual = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    other = {
        **os.environ,
        "TZ": "America/New_York",
        "LC_ALL": "POSIX",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "cp1252",
        "PYTHONHASHSEED": "4242",
    }
    code, _, told = ran(here, [*BUILD, "--jobs", "1"], usual)
    assert code == 0, told
    code, _, told = ran(there, [*BUILD, "--jobs", "2"], other)
    assert code == 0, told
    assert tree(here) == tree(there)


def test_nothing_but_the_online_voice_and_the_fetching_of_weights_asks_the_network(
    tmp_path: Path,
) -> None:
    folder = room(tmp_path / "offline")
    environment, log = hidden_from_network(tmp_path)
    for command in (
        ("inspect", "page.md", "--json"),
        ("script", "page.md", "--date", "2026-03-14"),
        (*BUILD, "--jobs", "1"),
        ("verify",),
        ("feed", "--base-url", "https://example.org/listen/"),
        ("publish", "web"),
    ):
        code, _, told = ran(folder, command, environment)
        assert code == 0, told
    assert not log.exists()


def test_the_watch_over_the_network_sees_the_online_voice(tmp_path: Path) -> None:
    folder = room(tmp_path)
    environment, log = hidden_from_network(tmp_path)
    online = [*BUILD[:4], "--voice", "edge", "--progress", "none"]
    code, _, told = ran(
        folder, online, {**environment, "TINGBAO_EDGE_ENDPOINT": "ws://127.0.0.1:9"}
    )
    assert code == 2
    assert told.startswith("tingbao: the service of edge-xiaoxiao does not answer")
    assert log.read_text()


def test_a_second_build_into_the_same_library_is_told_who_holds_it(tmp_path: Path) -> None:
    ends: list[tuple[int, str]] = []
    newsroom = Newsroom(room(tmp_path))

    def say(speech: Speech) -> Clip:
        if not ends:
            code, _, told = ran(tmp_path, [*BUILD[:-2], "--progress", "none"])
            ends.append((code, told))
        return brief(speech)

    newsroom.say = say
    newsroom.build()
    holder = f"tingbao: {Path('output')} is in use by process {os.getpid()}; wait for it\n"
    assert ends == [(2, holder)]


def test_while_a_library_is_built_it_is_not_verified_wrongly_and_its_feeds_are_not_touched(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path, brief)
    newsroom.build()
    found: list[int] = []
    ends: list[tuple[int, int]] = []

    def say(speech: Speech) -> Clip:
        found.append(len(verify(newsroom.output)))
        output = str(newsroom.output)
        ends.append((main(["verify", output]), main(["feed", output])))
        return brief(speech)

    newsroom.say = say
    newsroom.build(newsroom.page(PAGE))
    # An item that is done lies there before the manifest knows it: that is no damage.
    assert ends == [(2 if count else 0, 2) for count in found]
    assert any(found)
    assert main(["verify", str(newsroom.output)]) == 0
