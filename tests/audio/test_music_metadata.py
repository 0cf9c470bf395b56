"""music-metadata, a reader that shares no code with the others, finds what the manifest tells."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromium import demanded
from newsroom import Newsroom
from node_packages import readers
from tingbao.models import Manifest

pytestmark = pytest.mark.slow

FRAME_S = 1152 / 44100
READER_S = 600
BASE = "https://example.org/listen/"

Reader = Callable[[Path], Any]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    node = shutil.which("node") or demanded("node")
    place = readers(tmp_path_factory.mktemp("readers"))

    def found(path: Path) -> Any:
        command = [node, str(place / "read.mjs"), str(path)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=READER_S)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return found


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture(scope="module")
def manifest(newsroom: Newsroom) -> Manifest:
    return newsroom.build(base_url=BASE).manifest


def test_the_editions_chapters_and_length_are_those_of_the_manifest(
    read: Reader, newsroom: Newsroom, manifest: Manifest
) -> None:
    found = read(newsroom.output / manifest.id / manifest.edition.file)
    assert found["tags"] == ["ID3v2.3"]
    assert found["warnings"] == []
    assert found["duration"] == pytest.approx(manifest.edition.duration_ms / 1000, abs=FRAME_S)
    assert len(found["chapters"]) == len(manifest.chapters) > len(manifest.articles)
    for told, chapter in zip(found["chapters"], manifest.chapters, strict=True):
        assert told["title"] == chapter.title
        assert told["start"] == pytest.approx(chapter.start_ms / 1000, abs=0.02)
        assert told["end"] == pytest.approx(chapter.end_ms / 1000, abs=0.02)


def test_each_items_chapter_has_its_card_and_the_link_to_its_page(
    read: Reader, newsroom: Newsroom, manifest: Manifest
) -> None:
    found = read(newsroom.output / manifest.id / manifest.edition.file)
    assert found["pictures"] == ["image/jpeg"]
    pages = {one.id: f"{BASE}{manifest.id}/articles/{one.id}.html" for one in manifest.articles}
    for told, chapter in zip(found["chapters"], manifest.chapters, strict=True):
        assert told["url"] == pages.get(chapter.article or "")
        assert told["image"] == ("image/jpeg" if chapter.article else None)


def test_an_items_own_file_has_its_title_card_and_length_and_no_chapters(
    read: Reader, newsroom: Newsroom, manifest: Manifest
) -> None:
    for article in manifest.articles:
        found = read(newsroom.output / manifest.id / article.file)
        assert (found["title"], found["chapters"]) == (article.title, [])
        assert found["pictures"] == ["image/jpeg"]
        assert found["duration"] == pytest.approx(article.duration_ms / 1000, abs=FRAME_S)
        assert found["warnings"] == []
