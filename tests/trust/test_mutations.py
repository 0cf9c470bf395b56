"""Any file that a user may edit, or a disk may spoil: read, or refused with our own error."""

from __future__ import annotations

import contextlib
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

ROUNDS = int(os.environ.get("TINGBAO_TRUST_MUTATIONS", "50"))

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
PHRASES = 'opener = "{paper}，{date}。"\n'


def read_script(path: Path) -> None:
    with contextlib.suppress(UnicodeDecodeError):  # the conductor names such a file
        parse_script_text(path.read_bytes().decode(), str(path))


def read_sound(path: Path) -> None:
    with path.open("rb") as stream:
        for _ in walk_frames(stream):
            pass


READERS: Mapping[str, Callable[[Path], object]] = {
    "page.md": lambda path: parse_pages([path]),
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
        "page.md": PAGE,
        "hum.toml": PROFILE,
        "tingbao.toml": SETTINGS,
        "phrases.toml": PHRASES,
        "lexicon.toml": LEXICON,
    }
    for name, text in own.items():
        (newsroom.folder / name).write_text(text, "utf-8")
    return {
        **{name: newsroom.folder / name for name in own},
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
