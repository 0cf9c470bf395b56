"""A library of many editions: one more, a correction or a removal costs the pages of its days."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from libraries import info, manifest, shelve, tree
from tingbao.errors import LibraryError
from tingbao.models import Manifest
from tingbao.publish import (
    keep_newest,
    publish_to,
    read_library,
    remove,
    render,
    update,
    write_manifest,
)
from tingbao.publish.index import feed_pages, mark_pending, read_index, scan_library
from tingbao.publish.inventory import _edition_names, media_of
from tingbao.publish.rendering import _stale_pages, edition_files, library_files

pytestmark = pytest.mark.slow

FIRST = dt.date(2025, 11, 20)
DAYS = 150
MIDDLE, LAST = "2025-12-24", "2026-04-18"


def day(number: int, **changes: object) -> Manifest:
    return manifest(FIRST + dt.timedelta(days=number), [("标题", "正文。")] * 3, **changes)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some months; its editions' own pages are not made, as nobody asks for them."""
    folder = tmp_path_factory.mktemp("shelf") / "library"
    shelve(folder, *map(day, range(DAYS)))
    update(folder, info(), [], repair=False)
    return folder


@pytest.fixture
def library(shelf: Path, tmp_path: Path) -> Path:
    """A copy to be changed, with the times of its files."""
    return Path(shutil.copytree(shelf, tmp_path / "library"))


def changed(library: Path, change: Callable[[], object]) -> set[str]:
    """The files beside the editions that are written or removed by a change."""
    before = dict(facts(library))
    change()
    after = dict(facts(library))
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def facts(library: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in library.iterdir():
        if path.is_file() and not path.name.startswith(".tingbao"):
            yield path.name, (path.stat().st_ino, path.stat().st_mtime_ns)


def from_scratch(library: Path) -> dict[str, bytes]:
    """The library's own pages as they come out when all of them are made."""
    about = read_library(library)
    assert about is not None
    return dict(library_files(about, scan_library(library)))


def as_it_is(library: Path) -> dict[str, bytes]:
    names = {path.name for path in library.iterdir() if path.is_file()}
    own = {name for name in names if name.endswith((".xml", ".html", ".opml"))} | {
        f"assets/{path.name}" for path in (library / "assets").iterdir()
    }
    return {name: (library / name).read_bytes() for name in own}


def put(library: Path, made: Manifest) -> str:
    write_manifest(library / made.id, made)
    return made.id


def test_one_more_edition_writes_the_newest_pages_only(library: Path) -> None:
    name = put(library, day(DAYS))
    written = changed(library, lambda: update(library, info(), [name], repair=False))
    assert written == {
        "index.html",
        "index-2026-04.html",
        "feed.xml",
        "articles.xml",
        "articles-2026-03-16.xml",  # it made room in the feed
    }
    assert as_it_is(library) == from_scratch(library)


def test_a_new_cover_of_the_library_changes_the_feeds_only(library: Path) -> None:
    change = info(cover="cover-1.jpg")
    written = changed(library, lambda: update(library, change, [], repair=False))
    assert written == {"feed.xml", "articles.xml", "library.json"}
    assert as_it_is(library) == from_scratch(library)


def test_a_corrected_edition_changes_the_pages_that_show_it(library: Path) -> None:
    old = manifest(dt.date.fromisoformat(MIDDLE), [("更正", "正文。")] * 3)
    put(library, old)
    written = changed(library, lambda: update(library, info(), [MIDDLE], repair=False))
    assert written == {"index-2025-12.html", "feed-2025-12.xml", f"articles-{MIDDLE}.xml"}
    assert as_it_is(library) == from_scratch(library)


def test_an_edition_removed_from_the_middle_changes_its_month_and_its_neighbour(
    library: Path,
) -> None:
    written = changed(library, lambda: remove(library, MIDDLE))
    assert written == {
        "index-2025-12.html",
        "feed-2025-12.xml",
        f"articles-{MIDDLE}.xml",
        "articles-2025-12-25.xml",
    }
    assert as_it_is(library) == from_scratch(library)


def test_a_month_without_editions_has_no_page_and_no_link(library: Path) -> None:
    for folder in library.glob("2025-12-*"):
        (folder / "manifest.json").unlink()
    update(library, info(), [], repair=False)
    assert not (library / "feed-2025-12.xml").exists()
    assert "feed-2025-11.xml" in (library / "feed.xml").read_text("utf-8")
    assert as_it_is(library) == from_scratch(library)


def test_letting_old_editions_go_shrinks_the_library_to_what_is_kept(library: Path) -> None:
    assert len(keep_newest(library, 20)) == DAYS - 20
    assert set(as_it_is(library)) - {
        f"assets/{n}" for n in ("icon.svg", "listen.css", "listen.js")
    } == {
        "index.html",
        "feed.xml",
        "articles.xml",
        "feeds.opml",
    }
    assert as_it_is(library) == from_scratch(library)


def test_an_edition_of_an_old_day_finds_its_place(library: Path) -> None:
    name = put(library, day(-40))
    update(library, info(), [name], repair=False)
    assert (library / "feed-2025-10.xml").exists()
    assert as_it_is(library) == from_scratch(library)


def test_a_manifest_that_changed_without_a_word_is_noticed(library: Path) -> None:
    put(library, manifest(dt.date.fromisoformat(MIDDLE), [("悄悄改了", "正文。")]))
    update(library, info(), [], repair=False)
    assert as_it_is(library) == from_scratch(library)


def test_two_libraries_of_the_same_manifests_are_the_same_to_the_last_byte(
    library: Path, shelf: Path
) -> None:
    """Whatever way led there: the catalogue too."""
    name = put(library, day(DAYS))
    update(library, info(), [name], repair=False)
    remove(library, name)
    catalogue = ".tingbao-catalogue.json"
    assert (library / catalogue).read_bytes() == (shelf / catalogue).read_bytes()
    assert tree(library) == tree(shelf)


def test_a_library_that_was_copied_without_its_times_costs_no_page(library: Path) -> None:
    for path in library.rglob("*.json"):
        os.utime(path)
    assert changed(library, lambda: update(library, info(), [], repair=False)) == set()


def test_nothing_is_written_when_nothing_changed(library: Path) -> None:
    assert changed(library, lambda: update(library, info(), [LAST], repair=False)) == set()


@pytest.mark.parametrize("name", ["feed-2025-12.xml", "index-2026-01.html", "articles.xml"])
def test_a_page_that_went_missing_is_made_again(library: Path, name: str) -> None:
    (library / name).unlink()
    assert changed(library, lambda: update(library, info(), [], repair=False)) == {name}
    assert as_it_is(library) == from_scratch(library)


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", '{"info": null}', "\ud800", '{"entries": [1]}']
)
def test_without_a_catalogue_that_can_be_trusted_all_pages_are_made_again(
    library: Path, text: str | None
) -> None:
    page, catalogue = library / "feed-2025-12.xml", library / ".tingbao-catalogue.json"
    page.write_text("not what it was")
    if text is None:
        catalogue.unlink()
    else:
        catalogue.write_bytes(text.encode("utf-8", "surrogatepass"))
    update(library, info(), [], repair=False)
    assert as_it_is(library) == from_scratch(library)
    assert read_index(library) is not None


def test_pages_that_a_stopped_run_was_writing_are_written_again(library: Path) -> None:
    """The edition for which they were written may be gone by now."""
    name = "index-2025-12.html"
    mark_pending(library, [name])
    (library / name).write_text("with an edition that never came to be")
    update(library, info(), [], repair=False)
    assert as_it_is(library) == from_scratch(library)
    assert not (library / ".tingbao-pages-begun").exists()


def test_a_run_that_cannot_write_leaves_word_for_the_next(library: Path) -> None:
    put(library, manifest(dt.date.fromisoformat(MIDDLE), [("更正", "正文。")] * 3))
    page = library / f"articles-{MIDDLE}.xml"
    page.unlink()
    page.mkdir()
    with pytest.raises(Exception, match="cannot write"):
        update(library, info(), [MIDDLE], repair=False)
    page.rmdir()
    remove(library, MIDDLE)
    assert as_it_is(library) == from_scratch(library)


def test_what_is_said_of_the_library_is_said_on_every_page(library: Path) -> None:
    known = read_index(library)
    scan = scan_library(library, known)
    about = read_library(library)
    assert about is not None
    wanted = [*feed_pages(scan.entries, about)]
    assert _stale_pages(library, about, wanted, known) == []
    assert _stale_pages(library, replace(about, title="新名"), wanted, known) == wanted


def test_a_damaged_manifest_of_long_ago_is_reported_before_a_page_changes(library: Path) -> None:
    (library / MIDDLE / "manifest.json").write_text("{")
    before = as_it_is(library)
    with pytest.raises(LibraryError, match=MIDDLE):
        update(library, info(), [put(library, day(DAYS))], repair=False)
    assert as_it_is(library) == before


def test_what_is_published_of_many_editions_follows_a_removal(tmp_path: Path) -> None:
    library, web = shelve(tmp_path / "library", *map(day, range(36))), tmp_path / "web"
    for made in map(day, range(36)):
        for name, size in media_of(made).items():
            (library / name).parent.mkdir(exist_ok=True)
            with (library / name).open("wb") as stream:
                stream.truncate(size or 0)
    render(library)
    publish_to(library, web)
    assert "articles-2025-11-20.xml" in tree(web)
    assert tree(web) == tree(library)
    remove(library, "2025-11-21")
    remove(library, "2025-12-25")
    publish_to(library, web)
    assert tree(web) == tree(library)


def test_the_names_of_an_editions_files_are_known_without_making_them() -> None:
    made = day(0)
    assert _edition_names(made) == list(edition_files(info(), made))
