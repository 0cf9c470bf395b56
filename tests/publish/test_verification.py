"""verify: whatever is wrong with a library is named, and nothing else is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libraries import DATE, info
from tingbao.audio import length_ms, tagged_chapters_ms
from tingbao.errors import MediaError, OutputError
from tingbao.publish import read_manifest, render, verify, write_library, write_manifest

pytestmark = pytest.mark.slow

DAY = DATE.isoformat()
SOUND = f"{DAY}/edition.mp3"


@pytest.fixture
def library(two_day_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_day_library, tmp_path / "library"))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_whole_library_has_no_problem(library: Path) -> None:
    (library / "CNAME").write_text("example.org")
    (library / DAY / "script.md").write_text("what was said")
    assert verify(library) == ()


@pytest.mark.parametrize(
    ("harm", "name", "message"),
    [
        (Path.unlink, SOUND, "is missing; build this edition again"),
        (flip, SOUND, "its SHA-256 is another; build this edition again"),
        (lambda p: p.write_bytes(p.read_bytes()[:-1]), SOUND, "bytes, not"),
        (flip, f"{DAY}/articles/02.mp3", "its SHA-256 is another"),
        (Path.unlink, f"{DAY}/articles/02.vtt", "is missing; run tingbao feed"),
        (flip, f"{DAY}/chapters.json", "is not what the manifests make of it"),
        (flip, f"{DAY}/index.html", "run tingbao feed"),
        (flip, "feed.xml", "run tingbao feed"),
        (Path.unlink, "articles.xml", "is missing; run tingbao feed"),
        (Path.unlink, "assets/listen.js", "is missing; run tingbao feed"),
        (lambda p: p.write_bytes(b"{"), f"{DAY}/manifest.json", "is damaged"),
    ],
)
def test_harm_of_every_kind_is_named_with_its_cure(
    library: Path, harm: Callable[[Path], object], name: str, message: str
) -> None:
    harm(library / name)
    (problem,) = verify(library)
    assert problem.path == name
    assert message in problem.message
    assert str(problem).startswith(f"{name}: ")


def test_a_missing_cover_is_named(library: Path) -> None:
    cover = next((library / DAY).glob("cover-*.jpg"))
    cover.unlink()
    assert [problem.path for problem in verify(library)] == [f"{DAY}/{cover.name}"]


def test_a_missing_cover_of_the_library_is_named(library: Path) -> None:
    write_library(library, info(cover="cover-1.jpg"))
    render(library)
    assert [problem.path for problem in verify(library)] == ["cover-1.jpg"]


@pytest.mark.parametrize(
    "name", [f"{DAY}/articles/09.mp3", f"{DAY}/x.vtt", "cover-old.jpg", "feed-2.xml"]
)
def test_what_belongs_to_no_edition_is_named(library: Path, name: str) -> None:
    (library / name).write_bytes(b"left over")
    (problem,) = verify(library)
    assert problem.path == name
    assert "belongs to no edition" in problem.message


def test_an_unfinished_edition_is_named(library: Path) -> None:
    shutil.copytree(library / DAY, library / "2026-04-01")
    (library / "2026-04-01" / "manifest.json").unlink()
    (problem,) = verify(library)
    assert problem.path == "2026-04-01"
    assert "unfinished" in problem.message


def change(library: Path, **changes: object) -> None:
    made = read_manifest(library / DAY)
    assert made is not None
    write_manifest(library / DAY, replace(made, **changes))  # type: ignore[arg-type]
    render(library)


def test_chapters_that_are_not_those_of_the_sound_are_reported(library: Path) -> None:
    made = read_manifest(library / DAY)
    assert made is not None
    first, *rest = made.chapters
    change(library, chapters=(replace(first, end_ms=first.end_ms - 1), *rest))
    (problem,) = verify(library)
    assert problem.path == SOUND
    assert "chapters that are not those of the manifest" in problem.message


def test_a_length_that_is_not_that_of_the_sound_is_reported(library: Path) -> None:
    made = read_manifest(library / DAY)
    assert made is not None
    change(library, edition=replace(made.edition, duration_ms=made.edition.duration_ms + 100))
    (problem,) = verify(library)
    assert "ms long, not" in problem.message


def test_times_after_the_sound_are_reported(library: Path) -> None:
    made = read_manifest(library / DAY)
    assert made is not None
    *cues, last = made.cues
    change(library, cues=(*cues, replace(last, end_ms=10**6)))
    (problem,) = verify(library)
    assert "a cue ends at 1000000 ms, after the sound" in problem.message


def test_settings_that_are_not_rendered_yet_are_reported(library: Path) -> None:
    write_library(library, info(title="新名"))
    assert {"feed.xml", "index.html"} <= {problem.path for problem in verify(library)}
    render(library)
    assert verify(library) == ()


def test_a_folder_without_a_library_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no library"):
        verify(tmp_path)


def test_chapters_and_length_are_read_back_from_a_file(library: Path) -> None:
    made = json.loads((library / DAY / "manifest.json").read_bytes())
    chapters = tagged_chapters_ms(library / SOUND)
    assert chapters == tuple((c["start_ms"], c["end_ms"]) for c in made["chapters"])
    assert length_ms(library / SOUND) == made["edition"]["duration_ms"]


@given(body=st.binary(max_size=200))
def test_any_tag_is_read_or_reported_as_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.mp3"
    frame = b"CHAP" + len(body).to_bytes(4) + b"\0\0" + body
    for content in (body, b"ID3\x03\0\0\0\0\x7f\x7f" + body, b"ID3\x03\0\0\0\0\x7f\x7f" + frame):
        path.write_bytes(content)
        for read in (tagged_chapters_ms, length_ms):
            try:
                read(path)
            except MediaError as error:
                assert str(error)  # noqa: PT017  - either outcome is right
