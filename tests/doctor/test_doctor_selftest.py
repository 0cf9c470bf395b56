"""Two sentences, all the way: and a way that loses something is found out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tingbao.doctor.examination import State
from tingbao.doctor.selftest import check_loopback, served, voice_for
from tingbao.synthesis.assets import assets_folder
from tingbao.synthesis.profiles import load_profile

pytestmark = pytest.mark.slow


def spoilt(spoil: Callable[[Path], None]) -> Callable[[Path], AbstractContextManager[int]]:
    """A server of a library that was spoilt after it was verified."""

    @contextlib.contextmanager
    def serve(library: Path) -> Iterator[int]:
        spoil(library)
        with served(library) as port:
            yield port

    return serve


def edition(library: Path, name: str) -> Path:
    return library / "2026-01-01" / name


def flip_sound(library: Path) -> None:
    raw = bytearray(edition(library, "edition.mp3").read_bytes())
    raw[-1] ^= 1
    edition(library, "edition.mp3").write_bytes(raw)


def empty_chapters(library: Path) -> None:
    edition(library, "chapters.json").write_text('{"chapters": []}', "utf-8")


def lose_chapters(library: Path) -> None:
    edition(library, "chapters.json").unlink()


def lose_sound(library: Path) -> None:
    edition(library, "edition.mp3").unlink()


def lose_feed(library: Path) -> None:
    (library / "feed.xml").unlink()


def test_an_edition_of_two_sentences_is_built_served_and_fetched_back(tmp_path: Path) -> None:
    found = check_loopback(None, tmp_path)
    assert found.state is State.OK, found
    assert "5 chapters" in found.message
    assert list(tmp_path.iterdir()) == []


SPOILT: dict[Callable[[Path], None], str] = {
    flip_sound: "edition.mp3 came with HTTP 200 and is not the file",
    lose_sound: "edition.mp3 came with HTTP 404",
    empty_chapters: "chapters.json came with HTTP 200 and 0 of 5 chapters",
    lose_chapters: "chapters.json came with HTTP 404",
    lose_feed: "the feed came with HTTP 404 and leads to nothing",
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_lost_on_the_way_is_a_fault(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    found = check_loopback(None, tmp_path, spoilt(spoil))
    assert found.state is State.FAULT
    assert found.message.startswith(SPOILT[spoil])


def install(name: str, cache: Path) -> None:
    """Files of the right size are all that a quick look asks for."""
    profile = load_profile(name)
    for asset in profile.assets:
        path = assets_folder(cache, profile) / asset.file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.truncate(asset.bytes)


def test_the_voice_is_the_one_that_is_set_else_the_default_and_only_if_installed(
    tmp_path: Path,
) -> None:
    assert voice_for("auto", tmp_path) is None
    install("baker", tmp_path)
    assert voice_for("auto", tmp_path) is None
    assert voice_for("baker", tmp_path) == "baker"
    assert voice_for("edge-xiaoxiao", tmp_path) is None
    install("kokoro", tmp_path)
    assert voice_for("auto", tmp_path) == "kokoro"
    assert voice_for("baker", tmp_path) == "baker"
