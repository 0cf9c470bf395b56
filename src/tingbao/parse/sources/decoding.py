"""Bytes into text: UTF-8, UTF-16, GB18030 and Big5, told apart by what they hold."""

from __future__ import annotations

import codecs
from pathlib import Path

from tingbao.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "an MP3 file"),
)
_COMMON = frozenset(
    "的一是不了在人有我他这这個中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "这们来国说时会对过个发后没为么还里样进种现经从实开学将与问关长门见两儿间书马车东报讯记者"
    "這們來國說時會對過個發後沒為麼還裡樣進種現經從實開學將與問關長門見兩兒間書馬車東報訊記者"
    "日月版市新第政府工作建全民公社区"
)


def decode(data: bytes, path: Path) -> str:
    """The text of ``data``.

    Raises:
        InputError: it is binary, or broken in the encoding that it looks like.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not text; run OCR on it first", path)
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding, name, path)
    if wide := _wide(data):
        return _strictly(data, wide, "UTF-16", path)
    if _is_binary(data):
        raise InputError("this is a binary file, not text", path)
    return _narrow(data, path)


def _narrow(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _broken("UTF-8", data, error.start, path) from error
    return _legacy(data, path)


def _legacy(data: bytes, path: Path) -> str:
    """GB18030 or Big5: the one whose common characters are more often the language's."""
    readings = [
        (_commonness(data.decode(encoding, "replace")), encoding, name)
        for encoding, name in (("gb18030", "GB18030"), ("big5hkscs", "Big5"))
    ]
    score, encoding, name = max(readings)
    if score < 0.02:
        raise InputError("not UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8", path)
    return _strictly(data, encoding, name, path)


def _commonness(text: str) -> float:
    wide = [character for character in text[:200_000] if character > "\x7f"]
    if not wide:
        return 0.0
    return sum(character in _COMMON for character in wide) / len(wide)


def _strictly(data: bytes, encoding: str, name: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(name, data, error.start, path) from error


def _broken(name: str, data: bytes, at: int, path: Path) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    return InputError(
        f"looks like {name}, but byte {at + 1} cannot be read as it; save it as UTF-8", path, line
    )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds and ASCII leave a zero in every other byte."""
    head = data[:4096]
    if len(data) % 2 or b"\x00" not in head:
        return None
    if b"\n\x00" in head[: len(head) & ~1] and head[1::2].count(0) > head[::2].count(0):
        return "utf-16-le"
    if b"\x00\n" in head and head[::2].count(0) > head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    head = data[:8192]
    odd = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)
    return b"\x00" in head or odd > len(head) // 50


def _mostly_utf8(data: bytes) -> bool:
    """Whether a broken UTF-8 file is still UTF-8: nearly all its wide characters are well made."""
    text = data[:200_000].decode("utf-8", "replace")
    wide = sum(character > "\x7f" for character in text)
    return text.count("�") * 10 < wide
