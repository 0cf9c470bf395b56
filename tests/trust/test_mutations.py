"""Any file that a user may edit, or a disk may spoil: read, or refused with our own error."""

from __future__ import annotations

import contextlib
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from newsroom import PAGE, PROFILE, Newsroom
from tingbao.audio import walk_frames
from tingbao.errors import TingbaoError
from tingbao.parse import parse_pages
from tingbao.pronunciation import load_lexicon
from tingbao.publish import read_manifest, verify
from tingbao.script import load_phrases, parse_script_text
from tingbao.settings import load_settings
from tingbao.synthesis.profiles import load_profile

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("TINGBAO_TRUST_MUTATIONS", "10"))

SETTINGS = """[build]
voice = "kokoro"
jobs = 2

[audio]
loudness_lufs = -16.0

[feed]
time = "06:00"
time_zone = "+08:00"
"""
LEXICON = '[pinyin]\n"重庆" = "chong2 qing4"\n'
SAVED = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>春耕备耕--试报</title></head>
<body><h1>春耕备耕有序推进</h1><p class="sec">《试报》（2026年03月14日　第 01 版）</p>
<div id="ozoom"><p>　　各地春耕工作有序推进。</p><table><tr><td>甲</td></tr></table></div>
</body></html>
"""
LISTED = """<!DOCTYPE html><html><head><meta charset="gbk"><title>试报</title></head><body>
<p>第01版：要闻 2026年03月14日</p><a href="page.html">春耕备耕有序推进</a></body></html>
"""
MINERU = [
    {"type": "text", "text": "春耕备耕", "text_level": 1, "page_idx": 0},
    {"type": "text", "text": "各地春耕工作有序推进。", "page_idx": 0},
    {"type": "table", "table_body": "<table><tr><td>甲</td></tr></table>", "page_idx": 0},
    {"type": "image", "image_caption": ["图为春耕"], "page_idx": 1},
]
DOTS = [
    {"category": "Title", "text": "# 春耕备耕", "bbox": [0, 0, 9, 9]},
    {"category": "Text", "text": "各地春耕工作有序推进。"},
]
TRADITIONAL = "# 試報\n\n## 春耕有序推進\n\n本報訊，各地春耕工作昨日有序推進，會議同時召開。\n"
PAGES = {
    "page.md": PAGE.encode(),
    "gb.txt": PAGE.encode("gb18030"),
    "big5.txt": TRADITIONAL.encode("big5"),
    "wide.txt": PAGE.encode("utf-16"),
    "page.html": SAVED.encode(),
    "node_01.htm": LISTED.encode("gb18030"),
    "day_content_list.json": json.dumps(MINERU, ensure_ascii=False).encode(),
    "dots.json": json.dumps(DOTS).encode(),
    "dots.jsonl": "".join(
        f"{json.dumps({'page_no': at, 'full_layout_info': DOTS})}\n" for at in range(2)
    ).encode(),
}
"""A page in each form that is read."""
PHRASES = 'opener = "{paper}，{date}。"\n'


def read_script(path: Path) -> None:
    with contextlib.suppress(UnicodeDecodeError):  # the conductor names such a file
        parse_script_text(path.read_bytes().decode(), str(path))


def read_sound(path: Path) -> None:
    with path.open("rb") as stream:
        for _ in walk_frames(stream):
            pass


def read_page(path: Path) -> None:
    parse_pages([path])


READERS: Mapping[str, Callable[[Path], object]] = {
    **dict.fromkeys(PAGES, read_page),
    "hum.toml": lambda path: load_profile(str(path)),
    "tingbao.toml": lambda path: load_settings(path.parent, {}),
    "phrases.toml": load_phrases,
    "lexicon.toml": load_lexicon,
    "script.md": read_script,
    "01.mp3": read_sound,
    "manifest.json": lambda path: (verify(path.parents[1]), read_manifest(path.parent)),
    "library.json": lambda path: verify(path.parent),
}


def mutations(whole: bytes, rounds: int) -> Iterator[bytes]:
    """The file with bytes changed, lost, doubled, put in, or cut off, the same ones each time."""
    chance = random.Random(len(whole))
    odd = [b"\0", b"\xff", b"\n", b"\xed\xa0\x80", b"[", b'"', b"{", b"9" * 400, "\u202e".encode()]
    for _ in range(rounds):
        at, to = sorted(chance.randrange(len(whole) + 1) for _ in range(2))
        to = min(to, at + 40)
        put = (b"", whole[at:to] * 2, chance.choice(odd), chance.randbytes(3))
        yield whole[:at] + chance.choice(put) + whole[to:]
        yield whole[:at]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    newsroom = Newsroom(tmp_path_factory.mktemp("mutations"))
    newsroom.build()
    edition = newsroom.output / "2026-03-14"
    own = {
        "hum.toml": PROFILE,
        "tingbao.toml": SETTINGS,
        "phrases.toml": PHRASES,
        "lexicon.toml": LEXICON,
    }
    for name, text in own.items():
        (newsroom.folder / name).write_text(text, "utf-8")
    for name, raw in PAGES.items():
        (newsroom.folder / name).write_bytes(raw)
    return {
        **{name: newsroom.folder / name for name in (*own, *PAGES)},
        "script.md": edition / "script.md",
        "01.mp3": edition / "articles" / "01.mp3",
        "manifest.json": edition / "manifest.json",
        "library.json": newsroom.output / "library.json",
    }


@pytest.mark.parametrize("name", READERS)
def test_a_spoilt_file_is_read_or_refused_with_our_own_error_in_two_lines(
    name: str, originals: Mapping[str, Path]
) -> None:
    path, read = originals[name], READERS[name]
    whole = path.read_bytes()
    told: list[str] = []
    for spoilt in mutations(whole, ROUNDS):
        path.write_bytes(spoilt)
        try:
            read(path)
        except TingbaoError as error:
            told.append(str(error))
    path.write_bytes(whole)
    assert told
    assert all(1 <= len(message.splitlines()) <= 2 for message in told), told
