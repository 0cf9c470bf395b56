"""Builds, listeners, checks and copies of one library at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import httpx
import pytest
from commands import ran
from lxml import etree
from rounds import CORRECTED, PAGE, brief

from newsroom import PROFILE, Newsroom
from servers import running
from tingbao.errors import OutputError
from tingbao.models import Clip
from tingbao.publish import publish_to, verify
from tingbao.synthesis import Speech

pytestmark = pytest.mark.slow


class Audience:
    """Listens without a pause while a build is at work, and keeps what was wrong with it."""

    def __init__(self, listen: Callable[[], list[str]]) -> None:
        self.faults: list[str] = []
        self.rounds = 0
        self._listen = listen
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._is_over.is_set():
            self.faults += self._listen()
            self.rounds += 1


def faults_of_feed(client: httpx.Client, name: str) -> list[str]:
    """What a podcast app would stumble over: a feed that is none, an episode that is missing."""
    feed = client.get(name)
    if feed.status_code != 200:
        return [f"{name}: {feed.status_code}"]
    episodes = etree.fromstring(feed.content).findall(".//enclosure")
    faults = [] if episodes else [f"{name} has no episode"]
    for episode in episodes:
        there = client.get(urlsplit(episode.get("url")).path)
        if there.status_code != 200:
            faults.append(f"{name}: {episode.get('url')} is answered with {there.status_code}")
        elif not there.content.startswith((b"ID3", b"\xff\xfb")):
            faults.append(f"{name}: {episode.get('url')} is no sound")
    return faults


def test_listeners_get_whole_answers_and_valid_feeds_while_an_edition_is_made_anew(
    newsroom: Newsroom,
) -> None:
    newsroom.say = brief
    newsroom.build(newsroom.page(PAGE))
    with (
        running(newsroom.output) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=300) as it,
    ):

        def listen() -> list[str]:
            pages = [path for path in ("/", "/2026-03-14/") if it.get(path).status_code != 200]
            return [*pages, *faults_of_feed(it, "feed.xml"), *faults_of_feed(it, "articles.xml")]

        with Audience(listen) as audience:
            for text in (CORRECTED, PAGE, CORRECTED):
                newsroom.build(newsroom.page(text))
    assert audience.faults == []
    assert audience.rounds >= 3
    assert verify(newsroom.output) == ()


def test_a_copy_for_the_web_is_whole_or_refused_while_a_build_is_at_work(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.say = brief
    newsroom.build(newsroom.page(PAGE))
    ends: list[str] = []

    def say(speech: Speech) -> Clip:
        try:
            publish_to(newsroom.output, tmp_path / "web")
        except OutputError as error:
            ends.append(str(error))
        return brief(speech)

    newsroom.say = say
    newsroom.build(newsroom.page(CORRECTED))
    assert ends
    assert all("is in use by process" in told for told in ends)
    publish_to(newsroom.output, tmp_path / "web")
    assert verify(tmp_path / "web") == ()


def test_two_builds_into_libraries_of_their_own_share_a_cache_without_harm(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    (tmp_path / "hum.toml").write_text(f"{PROFILE}rate = 2.0\n", "utf-8")
    facts = ("--date", "2026-03-14", "--voice", "hum.toml", "--jobs", "1", "--progress", "none")
    ends: list[tuple[int, str, str]] = []

    def build(name: str) -> None:
        ends.append(ran(tmp_path, ["build", "page.md", *facts, "--output", name]))

    both = [threading.Thread(target=build, args=(name,)) for name in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [code for code, _, _ in ends] == [0, 0], ends
    assert verify(tmp_path / "one") == verify(tmp_path / "two") == ()
    one, two = ((tmp_path / name / "2026-03-14").rglob("*.mp3") for name in ("one", "two"))
    assert [path.read_bytes() for path in sorted(one)] == [
        path.read_bytes() for path in sorted(two)
    ]
