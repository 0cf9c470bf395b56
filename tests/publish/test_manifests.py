"""manifest.json: written for people, read with suspicion."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libraries import DATE, manifest, shelve
from tingbao.errors import LibraryError
from tingbao.models import ManifestPage, Skip, SkipReason
from tingbao.publish import edition_folders, guid_of, read_manifest, write_manifest


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    skip = Skip(SkipReason.TOC, "导读", 1, 4)
    made = manifest(skipped=(skip,), retired_ids=("09",))
    write_manifest(tmp_path / made.id, made)
    assert read_manifest(tmp_path / made.id) == made


def test_the_file_has_the_keys_that_other_programs_rely_on(tmp_path: Path) -> None:
    made = manifest()
    write_manifest(tmp_path / made.id, made)
    file = json.loads((tmp_path / made.id / "manifest.json").read_bytes())
    edition = {"id", "date", "paper", "voice", "engine", "selection", "skipped", "warnings"}
    article = {"id", "title", "kind", "pages", "order", "start_ms", "end_ms", "duration_ms"}
    sound = {"file", "bytes", "duration_ms", "sha256", "guid"}
    assert edition <= file.keys()
    assert article | sound | {"complete"} <= file["articles"][0].keys()
    assert sound <= file["edition"].keys()


def test_each_article_and_cue_has_a_line_of_its_own(tmp_path: Path) -> None:
    made = manifest()
    write_manifest(tmp_path / made.id, made)
    lines = (tmp_path / made.id / "manifest.json").read_text("utf-8").splitlines()
    assert sum(line.startswith(' {"start_ms"') for line in lines) == len(made.chapters + made.cues)


def test_a_manifest_from_before_cues_had_their_page_is_read_as_ever(tmp_path: Path) -> None:
    made = manifest()
    write_manifest(tmp_path / made.id, made)
    path = tmp_path / made.id / "manifest.json"
    assert '"page": null' in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(', "page": null', ""), "utf-8")
    assert read_manifest(tmp_path / made.id) == made


def test_a_file_name_that_is_no_unicode_does_not_stop_a_manifest(tmp_path: Path) -> None:
    made = manifest(pages=(ManifestPage(1, "1", None, "\udcff.md"),))
    write_manifest(tmp_path / made.id, made)
    read = read_manifest(tmp_path / made.id)
    assert read is not None
    assert read.pages[0].source == "?.md"


def test_a_folder_without_a_manifest_holds_no_edition(tmp_path: Path) -> None:
    (tmp_path / "2026-03-13").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / ".tingbao-lock").touch()
    shelve(tmp_path, manifest())
    assert [folder.name for folder in edition_folders(tmp_path)] == ["2026-03-14"]
    assert read_manifest(tmp_path / "2026-03-13") is None


def test_a_library_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot read the library"):
        edition_folders(tmp_path / "none")


def _set(*path: Any) -> Callable[[Any], None]:
    *way, last, value = path

    def change(tree: Any) -> None:
        for step in way:
            tree = tree[step]
        tree[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("id", "2026-03-15"),
        _set("date", "yesterday"),
        _set("cover", "../../etc/passwd"),
        _set("cover", "cover.jpg\n"),
        _set("edition", "file", "/etc/passwd"),
        _set("edition", "bytes", -1),
        _set("edition", "sha256", "x"),
        _set("edition", "guid", ""),
        _set("articles", 0, "file", "articles/../../x.mp3"),
        _set("articles", 0, "file", "articles/.hidden.mp3"),
        _set("articles", 0, "file", "articles/02.mp3"),
        _set("articles", 0, "id", "02"),
        _set("articles", 0, "id", "零"),
        _set("articles", 0, "guid", "有 空格"),
        _set("articles", 0, "end_ms", 1),
        _set("articles", 0, "kind", "poem"),
        _set("articles", 0, None),
        _set("chapters", 0, "start_ms", 10**9),
        _set("chapters", 0, "end_ms", -1),
        _set("cues", 3, "start_ms", 0),
        _set("cues", 0, "text", 1),
    ],
)
def test_a_hostile_or_damaged_manifest_is_named_with_its_cure(
    tmp_path: Path, change: Callable[[Any], None]
) -> None:
    made = manifest()
    write_manifest(tmp_path / made.id, made)
    path = tmp_path / made.id / "manifest.json"
    tree = json.loads(path.read_bytes())
    change(tree)
    path.write_text(json.dumps(tree), "utf-8")
    with pytest.raises(LibraryError, match=r"manifest\.json is damaged .*build this edition again"):
        read_manifest(tmp_path / made.id)


@settings(max_examples=150, deadline=None)
@given(
    place=st.integers(0, 6000),
    byte=st.integers(0, 255),
    count=st.integers(0, 40),
    cut=st.booleans(),
)
def test_any_mutation_of_a_manifest_is_read_or_reported_as_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, count: int, *, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("mutated") / DATE.isoformat()
    write_manifest(folder, manifest())
    path = folder / "manifest.json"
    raw = path.read_bytes()
    at = place % len(raw)
    path.write_bytes(raw[:at] if cut else raw[:at] + bytes([byte]) * count + raw[at + count :])
    try:
        read_manifest(folder)
    except LibraryError as error:
        assert "manifest.json" in str(error)  # noqa: PT017  - either outcome is right


def test_a_guid_hangs_on_who_an_item_is_and_on_nothing_else() -> None:
    assert guid_of("2026-03-14", "试报", "01") == guid_of("2026-03-14", "试报", "01")
    others = {
        guid_of("2026-03-14", "试报", None),
        guid_of("2026-03-14", "试报", "01"),
        guid_of("2026-03-14", "试报", "02"),
        guid_of("2026-03-15", "试报", "01"),
        guid_of("2026-03-14", "别报", "01"),
    }
    assert len(others) == 5


def test_a_manifest_of_a_newer_version_says_so(tmp_path: Path) -> None:
    made = replace(manifest(), schema=2)
    write_manifest(tmp_path / made.id, made)
    with pytest.raises(LibraryError, match="newer Tingbao"):
        read_manifest(tmp_path / made.id)
