"""The commands for a finished library."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import Newsroom
from tingbao.cli import main
from tingbao.settings import LibrarySettings, Settings

pytestmark = pytest.mark.slow


def test_a_fresh_library_is_as_it_was_published(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.build()
    assert main(["verify", str(newsroom.output)]) == 0
    assert "all is as it was published" in capsys.readouterr().out


def test_a_changed_sound_file_is_named(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.build()
    path = newsroom.output / "2026-03-14" / "articles" / "02.mp3"
    path.write_bytes(path.read_bytes()[:-1])
    assert main(["verify", str(newsroom.output)]) == 1
    assert "articles/02.mp3" in capsys.readouterr().out


def test_a_library_is_copied_whole(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.build()
    there = tmp_path / "there"
    assert main(["publish", str(there), "--output", str(newsroom.output)]) == 0
    assert main(["verify", str(there)]) == 0


def test_an_edition_leaves_feeds_and_disk(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.build(date="2026-03-15")
    assert main(["remove", "2026-03-14", "--output", str(newsroom.output)]) == 0
    assert not (newsroom.output / "2026-03-14").exists()
    assert "2026-03-14" not in (newsroom.output / "feed.xml").read_text("utf-8")
    assert main(["verify", str(newsroom.output)]) == 0


def test_only_the_newest_editions_are_kept_where_the_settings_say_so(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.build(date="2026-03-15", settings=Settings(library=LibrarySettings(keep=1)))
    assert not (newsroom.output / "2026-03-14").exists()


def test_feeds_and_pages_are_made_again_byte_by_byte(newsroom: Newsroom) -> None:
    newsroom.build()
    before = newsroom.tree()
    for name in before:
        if name.endswith((".xml", ".html", ".vtt", ".srt", "chapters.json")):
            (newsroom.output / name).unlink()
    assert main(["feed", str(newsroom.output)]) == 0
    assert newsroom.tree() == before


def test_the_cache_is_shown_and_made_smaller(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    monkeypatch.setenv("TINGBAO_CACHE", str(newsroom.folder / "cache"))
    assert main(["cache", "--prune", "0"]) == 0
    told = capsys.readouterr().out
    assert "removed" in told
    assert not list((newsroom.folder / "cache" / "clips").rglob("*.clip"))


def test_an_edition_becomes_a_book_under_the_name_that_is_asked_for(
    newsroom: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.build()
    book = tmp_path / "book.epub"
    command = ["epub", "2026-03-14", "-o", str(book), "--output", str(newsroom.output)]
    assert main(command) == 0
    assert capsys.readouterr().out.strip() == str(book)
    assert book.stat().st_size > 10_000
    assert main(["verify", str(newsroom.output)]) == 0
