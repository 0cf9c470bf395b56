"""Publishing elsewhere and taking editions out: a feed never leads to a file that is not there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from libraries import DATE, info, manifest, shelve, tree
from tingbao import files
from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.publish import keep_newest, publish_to, remove, render, verify, write_library

DAYS = ("2026-03-14", "2026-03-15", "2026-03-16")


@pytest.fixture
def library(three_days: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_days, tmp_path / "library"))


def published(library: Path, destination: Path) -> list[Path]:
    """The files that a publication writes."""
    written: list[Path] = []
    publish_to(library, destination, written.append)
    return written


def enclosures(folder: Path) -> set[str]:
    """The sound files, below the library, that its feeds lead to."""
    base = info().addresses.base
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.xml"))
    return {url.removeprefix(base) for url in re.findall(r'<enclosure url="([^"]+)"', text)}


def test_what_is_published_is_the_library_without_what_is_only_for_building(
    library: Path, tmp_path: Path
) -> None:
    (library / DAYS[0] / "script.md").write_text("what was said")
    (library / "notes.txt").write_text("mine")
    publish_to(library, tmp_path / "web" / "paper")
    there = tree(tmp_path / "web" / "paper")
    here = tree(library)
    assert here.keys() - there.keys() == {f"{DAYS[0]}/script.md", "notes.txt"}
    assert all(here[name] == data for name, data in there.items())
    assert verify(tmp_path / "web" / "paper") == ()


def test_sound_is_written_first_and_the_feeds_last(library: Path, tmp_path: Path) -> None:
    written = [path.name for path in published(library, tmp_path / "web")]
    last_sound = max(place for place, name in enumerate(written) if name.endswith(".mp3"))
    first_page = min(place for place, name in enumerate(written) if name.endswith(".html"))
    assert last_sound < first_page
    assert written[-2:] == ["articles.xml", "feed.xml"]


def test_publishing_again_writes_only_what_changed(library: Path, tmp_path: Path) -> None:
    publish_to(library, tmp_path / "web")
    assert published(library, tmp_path / "web") == []
    write_library(library, info(title="新名"))
    render(library)
    written = {path.name for path in published(library, tmp_path / "web")}
    assert "feed.xml" in written
    assert "edition.mp3" not in written


def test_what_is_gone_here_goes_there_and_strangers_stay(library: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    publish_to(library, web)
    (web / "CNAME").write_text("example.org")
    (web / DAYS[0] / "photo.png").write_text("mine")
    remove(library, DAYS[0])
    remove(library, DAYS[1])
    publish_to(library, web)
    left = tree(web).keys()
    assert {name for name in left if name.startswith(DAYS[0])} == {f"{DAYS[0]}/photo.png"}
    assert not (web / DAYS[1]).exists()
    assert "CNAME" in left
    assert enclosures(web) <= left


def test_nothing_is_published_while_a_file_is_missing_or_short(
    library: Path, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    publish_to(library, web)
    before = tree(web)
    sound = library / DAYS[2] / "articles" / "01.mp3"
    sound.write_bytes(sound.read_bytes()[:-1])
    with pytest.raises(LibraryError, match=r"01\.mp3 is missing or not whole; see tingbao verify"):
        publish_to(library, web)
    assert tree(web) == before


def test_a_write_that_fails_leaves_the_old_feeds_with_their_files(
    library: Path, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    publish_to(library, web)
    remove(library, DAYS[0])
    write_library(library, info(title="新名"))
    render(library)
    # A folder stands where a page would go: it cannot be replaced by a file.
    (web / DAYS[1] / "index.html").unlink()
    (web / DAYS[1] / "index.html").mkdir()
    with pytest.raises(OutputError, match="cannot write"):
        publish_to(library, web)
    assert enclosures(web) <= tree(web).keys()
    assert f"{DAYS[0]}/edition.mp3" in enclosures(web)


def test_a_destination_with_another_paper_is_refused(library: Path, tmp_path: Path) -> None:
    write_library(tmp_path / "web", info(paper="别报"))
    with pytest.raises(OutputError, match="holds 别报, not 试报"):
        publish_to(library, tmp_path / "web")


def test_a_damaged_destination_is_replaced(library: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    publish_to(library, web)
    (web / "library.json").write_text("{")
    (web / DAYS[0] / "manifest.json").write_text("{")
    publish_to(library, web)
    assert verify(web) == ()


def test_a_destination_in_the_library_or_around_it_is_refused(library: Path) -> None:
    for destination in (library, library / "web", library.parent):
        with pytest.raises(OutputError, match="lies in the library, or around it"):
            publish_to(library, destination)


def test_a_removed_edition_is_gone_from_feeds_pages_and_disk(library: Path) -> None:
    remove(library, DAYS[1])
    assert not (library / DAYS[1]).exists()
    assert verify(library) == ()
    for page in ("feed.xml", "articles.xml", "index.html"):
        assert DAYS[1] not in (library / page).read_text("utf-8")


def test_feeds_forget_an_edition_before_its_files_go(library: Path) -> None:
    # A folder where the feed would be written stops the removal at its first step.
    (library / "feed.xml").unlink()
    (library / "feed.xml").mkdir()
    with pytest.raises(OutputError):
        remove(library, DAYS[1])
    assert (library / DAYS[1] / "edition.mp3").exists()


def test_a_damaged_edition_can_be_removed(library: Path) -> None:
    (library / DAYS[1] / "manifest.json").write_text("{")
    remove(library, DAYS[1])
    assert verify(library) == ()


@pytest.mark.parametrize("name", ["2027-01-01", "..", "", "assets", "../library"])
def test_an_edition_that_is_not_there_is_reported_with_those_that_are(
    library: Path, name: str
) -> None:
    with pytest.raises(OptionError, match=r"it has: 2026-03-14, 2026-03-15, 2026-03-16"):
        remove(library, name)
    assert verify(library) == ()


def test_only_the_newest_editions_are_kept(library: Path) -> None:
    assert keep_newest(library, 5) == ()
    assert keep_newest(library, 1) == DAYS[:2]
    assert verify(library) == ()
    assert keep_newest(library, 0) == (), "the last one stays"


def test_a_library_that_is_being_built_is_left_alone(tmp_path: Path) -> None:
    library = shelve(tmp_path / "library", manifest(DATE))
    render(library)
    changes: tuple[Callable[[], None], ...] = (
        lambda: publish_to(library, tmp_path / "web"),
        lambda: remove(library, DAYS[0]),
    )
    with files.locked(library):
        for change in changes:
            with pytest.raises(OutputError, match="is in use by"):
                change()
