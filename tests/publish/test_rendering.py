"""render: feeds, pages, transcripts and chapters are pure functions of the manifests."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from libraries import DATE, info, manifest, shelve, tree
from tingbao import __version__
from tingbao.errors import LibraryError, OutputError
from tingbao.publish import LibraryInfo, read_library, render, update, write_manifest

pytestmark = pytest.mark.slow

NEXT_DAY = DATE + dt.timedelta(days=1)


def rendered(library: Path, editions: Collection[str] | None = None) -> list[Path]:
    """The files that a rendering makes."""
    made: list[Path] = []
    render(library, editions, made.append)
    return made


def updated(library: Path, about: LibraryInfo, *editions: str) -> list[Path]:
    """The files that taking in these editions makes."""
    made: list[Path] = []
    update(library, about, editions, made.append)
    return made


def test_all_that_is_rendered_comes_back_the_same_when_it_was_deleted(tmp_path: Path) -> None:
    shelve(tmp_path, manifest(), manifest(NEXT_DAY))
    written = rendered(tmp_path)
    before = tree(tmp_path)
    for path in written:
        path.unlink()
    assert {path.name for path in tmp_path.rglob("*.*") if path.is_file()} == {
        "library.json",
        "manifest.json",
        ".tingbao-catalogue.json",
    }
    assert rendered(tmp_path) == written
    assert tree(tmp_path) == before


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_clock_time_zone_locale_and_hash_seed_change_nothing(tmp_path: Path, zone: str) -> None:
    here, there = shelve(tmp_path / "here", manifest()), shelve(tmp_path / "there", manifest())
    render(here)
    program = (
        "import sys, pathlib; from tingbao.publish import render; render(pathlib.Path(sys.argv[1]))"
    )
    environ = {**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", program, str(there)], env=environ, check=True)
    assert tree(here) == tree(there)


def test_rendering_again_leaves_unchanged_files_alone(tmp_path: Path) -> None:
    written = rendered(shelve(tmp_path, manifest()))
    before = [path.stat().st_mtime_ns for path in written]
    render(tmp_path)
    assert [path.stat().st_mtime_ns for path in written] == before


def test_the_tree_has_the_files_of_the_contract(tmp_path: Path) -> None:
    render(shelve(tmp_path, manifest()))
    names = tree(tmp_path).keys()
    assert {"feed.xml", "articles.xml", "index.html", "library.json"} <= names
    inside = {"chapters.json", "transcript.vtt", "transcript.srt", "index.html", "articles/01.vtt"}
    assert {f"2026-03-14/{name}" for name in inside} <= names
    assert all(name.isascii() for name in names)


def test_what_a_former_rendering_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    shelve(tmp_path, manifest())
    render(tmp_path)
    mine = [tmp_path / "notes.html", tmp_path / "2026-03-14" / "script.md"]
    mine.append(tmp_path / "2026-03-14" / ".tingbao-begun.json")
    for path in mine:
        path.write_text("mine")
    write_manifest(tmp_path / "2026-03-14", manifest(items=[("只此一条", "正文。")]))
    (tmp_path / "feed-2.xml").write_text("old")
    render(tmp_path)
    assert not list(tmp_path.glob("2026-03-14/articles/02.*"))
    assert not (tmp_path / "feed-2.xml").exists()
    assert all(path.exists() for path in mine)


def test_only_the_named_editions_are_made_again_and_the_feeds_always(tmp_path: Path) -> None:
    render(shelve(tmp_path, manifest(), manifest(NEXT_DAY)))
    written = rendered(tmp_path, editions=["2026-03-15"])
    names = {path.relative_to(tmp_path).parts[0] for path in written}
    assert "2026-03-15" in names
    assert "2026-03-14" not in names
    assert (tmp_path / "feed.xml").read_text("utf-8").count("<item>") == 2


def test_a_new_edition_costs_no_other_edition_anything(tmp_path: Path) -> None:
    shelve(tmp_path, manifest(), manifest(NEXT_DAY))
    update(tmp_path, info(), ["2026-03-15"])
    again = updated(tmp_path, info(cover="cover-1.jpg"), "2026-03-15")
    assert not [path for path in again if "2026-03-14" in path.parts]
    assert rendered(tmp_path)
    before = tree(tmp_path)
    update(tmp_path, info(cover="cover-1.jpg"), ["2026-03-15"])
    assert tree(tmp_path) == before


@pytest.mark.parametrize("changes", [{"title": "新名"}, {"base_url": "https://example.org/"}])
def test_what_is_said_of_the_library_is_said_in_every_edition(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    shelve(tmp_path, manifest(), manifest(NEXT_DAY))
    update(tmp_path, info(), ["2026-03-15"])
    update(tmp_path, info(**changes), ["2026-03-15"])
    assert read_library(tmp_path) == info(**changes, rendered_by=__version__)
    before = tree(tmp_path)
    render(tmp_path)
    assert tree(tmp_path) == before


def test_an_edition_that_an_earlier_run_left_half_done_is_finished_too(tmp_path: Path) -> None:
    shelve(tmp_path, manifest(), manifest(NEXT_DAY))
    update(tmp_path, info(), ["2026-03-15"])
    before = tree(tmp_path)
    (tmp_path / "2026-03-14" / "index.html").unlink()
    update(tmp_path, info(), ["2026-03-15"])
    page = tmp_path / "2026-03-14" / "index.html"
    page.write_text("older than its manifest")
    os.utime(page, ns=(0, 0))
    update(tmp_path, info(), ["2026-03-15"])
    assert tree(tmp_path) == before


def test_an_edition_rendered_by_another_version_is_rendered_again(tmp_path: Path) -> None:
    shelve(tmp_path, manifest(), manifest(NEXT_DAY), about=info(rendered_by="0.0.1"))
    made = updated(tmp_path, info(rendered_by="0.0.1"), "2026-03-15")
    assert [path for path in made if "2026-03-14" in path.parts]


def test_a_folder_without_a_library_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no library in"):
        render(tmp_path)


def test_a_damaged_manifest_stops_rendering_before_the_feeds_change(tmp_path: Path) -> None:
    shelve(tmp_path, manifest(), about=info())
    render(tmp_path)
    before = (tmp_path / "feed.xml").read_bytes()
    (tmp_path / "2026-03-14" / "manifest.json").write_text("{")
    with pytest.raises(LibraryError, match=r"2026-03-14/manifest\.json"):
        render(tmp_path)
    assert (tmp_path / "feed.xml").read_bytes() == before
