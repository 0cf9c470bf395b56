"""Well-formed files that hold anything: read, or refused with our own error in a line or two."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tingbao.errors import InputError, TingbaoError
from tingbao.parse import parse_pages
from tingbao.pronunciation import load_lexicon
from tingbao.publish import read_manifest, verify
from tingbao.script import load_phrases
from tingbao.settings import load_settings
from tingbao.synthesis.profiles import load_profile

pytestmark = pytest.mark.slow

TEXTS = st.sampled_from(
    ["", "春耕", "# 题", "<table><tr><td>甲", "Title", "text", "table", "list", "0", "\0", "\ud800"]
)
ODD = TEXTS | st.integers(-(2**70), 2**70) | st.floats() | st.booleans() | st.none()
NAMES = st.sampled_from(
    [
        *("type", "text", "text_level", "page_idx", "list_items", "table_body", "image_caption"),
        *("category", "bbox", "full_layout_info", "page_no", "code_body", "img_footnote"),
    ]
)
VALUES = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)
ITEMS = st.fixed_dictionaries({"type": TEXTS, "page_idx": ODD}, optional={"text": VALUES}) | (
    st.fixed_dictionaries({"category": TEXTS}, optional={"text": VALUES, "bbox": VALUES})
)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div id=ozoom>", "</div>", "<table>", "<tr><td>", "</table>", "<h1>"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<script>"),
        *("<a href='page.html'>", "<a href='../../secret.html'>", "<a href='file:///etc/passwd'>"),
        *("<founder-content>", "<frameset>", "<svg>", "<math>", "<meta charset=utf-7>", "<base"),
        *(
            "第01版：要闻",
            "春耕备耕有序推进。",
            "2026年03月14日",
            "&#0;",
            "&#xD800;",
            "&a;",
            "\0",
            "<",
        ),
    ]
)
SECTIONS = {
    "tingbao.toml": ["build", "parse", "script", "audio", "feed", "library"],
    "hum.toml": ["readers", "weights", "name", "engine"],
    "lexicon.toml": ["pinyin", "words", "read"],
    "phrases.toml": ["opener", "closer", "digest"],
}
KEYS = st.sampled_from(
    [
        *("voice", "jobs", "date", "loudness_lufs", "bitrate_kbps", "chime", "time", "time_zone"),
        *("keep", "cover", "protect", "name", "title", "engine", "licence", "readers", "rate"),
        *("url", "sha256", "bytes", "重庆", "opener", "category", "owner_email", "base_url"),
    ]
)


def told_of(path: Path, read: Any) -> None:
    """Read a file; an error must be ours, and short."""
    told = "fine"
    try:
        read(path)
    except TingbaoError as error:
        told = str(error)
    assert 1 <= len(told.splitlines()) <= 2, told


def toml_of(value: object) -> str:
    """A value as TOML writes it; what TOML has no word for becomes a text."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case list():
            return f"[{', '.join(map(toml_of, value))}]"
        case dict():
            return f"{{{', '.join(f'{json.dumps(k)} = {toml_of(v)}' for k, v in value.items())}}}"
        case _:
            return json.dumps(str(value).encode("ascii", "replace").decode())


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=120)
@given(value=st.lists(ITEMS, max_size=4) | VALUES, form=st.sampled_from(["whole", "lines"]))
def test_any_json_in_the_shape_of_an_ocr_result_is_read_or_refused(
    room: Path, value: Any, form: str
) -> None:
    path = room / "page.json"
    rows = value if form == "lines" and isinstance(value, list) else [value]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    told_of(path, lambda path: parse_pages([path]))


@settings(max_examples=120)
@given(st.lists(TAGS, max_size=40))
def test_any_markup_is_read_or_refused(room: Path, parts: list[str]) -> None:
    path = room / "page.html"
    path.write_text("<html>" + "".join(parts), "utf-8")
    told_of(path, lambda path: parse_pages([path]))


@pytest.mark.parametrize("name", SECTIONS)
@settings(max_examples=60)
@given(data=st.data())
def test_any_values_in_a_users_file_are_taken_or_refused(
    room: Path, name: str, data: st.DataObject
) -> None:
    read: Any = {
        "tingbao.toml": lambda _: load_settings(room, {}),
        "hum.toml": lambda path: load_profile(str(path)),
        "lexicon.toml": load_lexicon,
        "phrases.toml": load_phrases,
    }[name]
    value = VALUES | st.dictionaries(KEYS, VALUES, max_size=4)
    rows = data.draw(st.dictionaries(st.sampled_from(SECTIONS[name]) | KEYS, value, max_size=4))
    text = "".join(f"{json.dumps(key)} = {toml_of(row)}\n" for key, row in rows.items())
    (room / name).write_text(text, "utf-8")
    told_of(room / name, read)


@settings(max_examples=60)
@given(value=VALUES, file=st.sampled_from(["manifest.json", "library.json"]))
def test_any_json_in_place_of_a_librarys_own_is_refused(room: Path, value: Any, file: str) -> None:
    edition = room / "library" / "2026-03-14"
    edition.mkdir(parents=True, exist_ok=True)
    path = edition / file if file == "manifest.json" else edition.parent / file
    path.write_text(json.dumps(value), "utf-8")
    told_of(edition, read_manifest)
    told_of(edition.parent, verify)


BINARY = {
    "a.zip": (b"PK\x03\x04" + bytes(40), "ZIP archive"),
    "a.pdf": (b"%PDF-1.7\n" + b"\xe2" * 40, "a PDF"),
    "a.docx": (b"PK\x03\x04" + bytes(40), "no Word document"),
    "a.xlsx": (b"PK\x03\x04" + bytes(40), "a spreadsheet"),
    "a.odt": (b"PK\x03\x04" + bytes(40), "office document"),
    "a.md": (b"\x1f\x8b\x08" + bytes(40), "a gzip archive"),
    "a.txt": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG picture"),
    "a.json": (b"PK\x03\x04" + bytes(40), "ZIP archive"),
    "a.html": (b"%PDF-1.7\n" + b"\xe2" * 40, "a PDF"),
}


@pytest.mark.parametrize("name", BINARY)
def test_a_form_that_is_not_read_is_named_in_one_line_and_never_unpacked(
    tmp_path: Path, name: str
) -> None:
    raw, what = BINARY[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(InputError) as raised:
        parse_pages([tmp_path / name])
    assert what in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


XML = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "笑笑笑笑笑笑笑笑">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY s SYSTEM "SECRET">]>
<html><body><h1>春耕备耕有序推进</h1><p>各地春耕工作有序推进。&f;&s;</p></body></html>
"""


@pytest.mark.parametrize("name", ["page.xhtml", "page.html", "page.md", "page.txt", "page.xml"])
def test_entities_neither_grow_nor_open_files_in_any_form(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密文字", "utf-8")
    path = tmp_path / name
    path.write_text(XML.replace("SECRET", secret.as_uri()), "utf-8")
    found = ""
    with contextlib.suppress(InputError):
        found = repr(parse_pages([path]))
    assert "机密" not in found
    assert len(found) < 20_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.json", "[" * 200_000 + "]" * 200_000),
        ("deep.jsonl", ('{"a":' * 50_000 + "1" + "}" * 50_000 + "\n") * 2),
        ("deep.html", "<div>" * 200_000 + "春耕备耕" + "</div>" * 200_000),
        ("wide.html", "<p>" + "<b>春</b>" * 20_000),
        ("quotes.md", ("> " * 20_000 + "春耕备耕。\n") * 3),
        ("digits.json", "[" + "9" * 100_000 + "]"),
    ],
)
def test_deep_and_wide_files_are_read_or_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    told_of(tmp_path / name, lambda path: parse_pages([path]))
