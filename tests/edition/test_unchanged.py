"""A second build of the same pages: what stands as it would be made is left alone, all else is not.

"Left" means that nothing is parsed, spoken or joined; a build says so in one line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from newsroom import PAGE, Newsroom
from tingbao.edition.events import ArticleFinished, ClipFinished, Noticed, Published, VoiceChosen
from tingbao.settings import Settings

pytestmark = pytest.mark.slow

EDITION = "2026-03-14"
LEFT = f"edition {EDITION}: 3 items, all as they were made before"
ODD = PAGE.replace("供水管网改造完成", "供水管网〓改造改造完成")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clips and the encoded sound of the edition, made once."""
    newsroom = Newsroom(tmp_path_factory.mktemp("once"))
    newsroom.build()
    newsroom.forget_receipts()
    return newsroom.folder / "cache"


@pytest.fixture
def built(tmp_path: Path, cache: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    shutil.copytree(cache, tmp_path / "cache")
    newsroom.build()
    return newsroom


def is_left(newsroom: Newsroom) -> bool:
    return Noticed(LEFT) in newsroom.events


def edition_file(newsroom: Newsroom, name: str) -> Path:
    return next((newsroom.output / EDITION).glob(name))


def test_a_second_build_writes_no_file_of_the_edition(built: Newsroom) -> None:
    files = [path for path in (built.output / EDITION).rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in files}
    built.build()
    assert is_left(built)
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_a_second_build_tells_each_item_and_where_it_lies(built: Newsroom) -> None:
    told = [event for event in built.events if isinstance(event, ArticleFinished | Published)]
    voice = [event for event in built.events if isinstance(event, VoiceChosen)]
    built.build()
    assert [e for e in built.events if isinstance(e, ArticleFinished | Published)] == told
    assert [e for e in built.events if isinstance(e, VoiceChosen)] == voice
    assert not any(isinstance(event, ClipFinished) for event in built.events)


def test_what_a_person_was_told_of_the_pages_is_told_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    page = newsroom.page(ODD)
    newsroom.build(page)
    before = [event for event in newsroom.events if isinstance(event, Noticed)]
    assert any("〓" in event.message for event in before)
    newsroom.build(page)
    assert is_left(newsroom)
    assert set(before) <= set(newsroom.events)


def test_without_a_receipt_the_edition_is_made_again_and_comes_out_the_same(
    built: Newsroom,
) -> None:
    before = built.tree()
    built.forget_receipts()
    built.build()
    assert not is_left(built)
    assert built.spoken == []
    assert built.tree() == before


def test_a_damaged_receipt_is_none(built: Newsroom) -> None:
    before = built.tree()
    (receipt,) = (built.folder / "cache" / "receipts").iterdir()
    for damage in (b"", b"{}", receipt.read_bytes()[:-9], b'{"info": []}'):
        receipt.write_bytes(damage)
        built.build()
        assert not is_left(built)
        assert built.tree() == before


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


MADE = (
    "edition.mp3",
    "articles/02.mp3",
    "articles/03.html",
    "cover-*",
    "index.html",
    "chapters.json",
    "transcript.vtt",
    "script.md",
)


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        *((name, harm) for name in MADE for harm in (flip, Path.unlink)),
        # It is named by what it shows, and is not drawn again while it is there.
        ("articles/01-*.jpg", Path.unlink),
    ],
)
def test_a_file_that_is_not_as_it_was_made_is_mended(
    built: Newsroom, name: str, harm: Callable[[Path], None]
) -> None:
    before = built.tree()
    harm(edition_file(built, name))
    built.build()
    assert not is_left(built)
    assert built.tree() == before


def test_a_file_that_is_none_of_the_edition_s_is_swept_out(built: Newsroom) -> None:
    before = built.tree()
    (built.output / EDITION / "articles" / "04.mp3").write_bytes(b"what an old version left")
    built.build()
    assert built.tree() == before


@pytest.mark.parametrize("name", ["feed.xml", "articles.xml", "index.html"])
def test_a_page_of_the_library_that_is_missing_is_made_again(built: Newsroom, name: str) -> None:
    before = built.tree()
    (built.output / name).unlink()
    built.build()
    assert is_left(built)
    assert built.tree() == before


def test_a_corrected_page_is_built(built: Newsroom) -> None:
    built.build(built.page(PAGE.replace("1400户", "1500户")))
    assert not is_left(built)
    assert built.spoken


def test_another_setting_is_built(built: Newsroom) -> None:
    settings = Settings()
    audio = structs.replace(settings.audio, bitrate_kbps=96)
    built.build(settings=structs.replace(settings, audio=audio))
    assert not is_left(built)


def test_another_date_is_another_edition(built: Newsroom) -> None:
    built.build(date="2026-03-15")
    assert not is_left(built)
    assert (built.output / "2026-03-15" / "edition.mp3").exists()


def test_another_library_gets_an_edition_of_its_own(built: Newsroom, tmp_path: Path) -> None:
    before = built.tree()
    built.produce(replace(built.request(), output=tmp_path / "other"))
    assert not is_left(built)
    assert (tmp_path / "other" / EDITION / "edition.mp3").exists()
    assert built.tree() == before


def test_the_same_pages_in_another_order_are_another_edition(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    first = newsroom.page("## 甲地春耕有序推进\n\n农资储备十分充足，群众放心。\n", "a.md")
    second = newsroom.page("## 乙地供水改造完成\n\n惠及居民1400户，昨日完工。\n", "b.md")
    newsroom.build(first, second)
    manifest = newsroom.build(second, first).manifest
    assert manifest.articles[0].title == "乙地供水改造完成"


def test_an_edition_whose_date_is_printed_is_known_without_reading_it(built: Newsroom) -> None:
    built.build(date=None, paper=None)
    assert not is_left(built)
    built.build(date=None, paper=None)
    assert is_left(built)


def test_an_edition_that_lacks_an_item_is_tried_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    whole = newsroom.build().manifest
    begun = newsroom.output / EDITION / ".tingbao-begun.json"
    begun.write_text('{"voice": "hum"}', "utf-8")
    newsroom.build()
    assert not is_left(newsroom)
    assert not begun.exists()
    assert newsroom.build().manifest == whole


def test_a_selection_is_always_made(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.build(articles="1,2")
    newsroom.build(articles="1,2")
    assert any(isinstance(event, ClipFinished) for event in newsroom.events)


def test_a_build_reads_each_page_once(tmp_path: Path) -> None:
    """A pipe gives its text once; a second reader would wait for ever."""
    newsroom = Newsroom(tmp_path)
    page = tmp_path / "pipe.md"
    os.mkfifo(page)
    threading.Thread(target=page.write_text, args=(PAGE, "utf-8"), daemon=True).start()
    build = threading.Thread(target=newsroom.build, args=(page,), daemon=True)
    build.start()
    build.join(timeout=600)
    assert not build.is_alive()
    assert len(newsroom.tree()) > len(MADE)


def test_looking_for_an_unchanged_edition_loads_neither_rules_nor_pronunciation() -> None:
    program = (
        "import sys, tingbao.edition.build;"
        "print(*(name for name in ('tingbao.script', 'tingbao.pronunciation',"
        " 'tingbao.edition.plan', 'tingbao.edition.make') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == ""
