"""Han characters and the spellings of a text: ranges, counts, widths, and how texts are compared.

A text is rewritten for three reasons, and each has one function here: :func:`tidy` repairs what
typing and OCR did to a printed page and keeps everything that is printed; :func:`fold_radicals`
does so for text that comes from a PDF and must keep its length; :func:`fold_text` is for
comparison only and keeps letters and digits.
"""

from __future__ import annotations

import re
import unicodedata

BASIC_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
"""Inside a character class: the Han characters of ordinary words, after :func:`tidy`."""

HAN = BASIC_HAN + r"\uf900-\ufaff\U00020000-\U0003ffff\u3007"
"""Inside a character class: every Han character, rare ones, compatibility forms and 〇 included."""

_HAN_RUNS = re.compile(f"[{HAN}]+")
_SPACE = re.compile(r"\s+")
_RADICALS = re.compile("[\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")

_INVISIBLE = (
    *range(0x09),
    0x0B,
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
    0xFFFD,
    *range(0xD800, 0xE000),
)
_SPACES = (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F)
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
_TO_ASCII = 0xFEE0


def _tidy_table() -> dict[int, str]:
    table = dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_SPACES, " ")
    table |= {code: chr(code - _TO_ASCII) for code in _WIDE}
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return table


_TIDY = _tidy_table()
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ICON = re.compile(
    rf"(?<![{HAN}\ue000-\uf8ff])[\ue000-\uf8ff]+"
    rf"|(?<![{HAN}，、。“”]{{12}})[\ue000-\uf8ff]++(?![{HAN}，。、；：！？”’》）)])"
)


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Han character."""
    return bool(_HAN_RUNS.search(text))


def count_han(text: str) -> int:
    """How many Han characters ``text`` holds."""
    return sum(map(len, _HAN_RUNS.findall(text)))


def han_of(text: str) -> str:
    """The Han characters of ``text`` alone."""
    return "".join(_HAN_RUNS.findall(text))


def squash(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def tidy(text: str) -> str:
    """Narrow letters and digits for full-width ones, Han for look-alike radicals, no invisibles.

    Full-width punctuation stays: it is how Chinese is printed. Lines stay lines. A private-use
    sign stays behind a Han character, inside a line or at the end of a full one: it is one that a
    paper's own font held; elsewhere it is an icon or a bullet.
    """
    tidied = text.translate(_TIDY)
    return _ICON.sub("", tidied) if _PRIVATE.search(tidied) else tidied


def fold_radicals(text: str) -> str:
    """Radicals and compatibility forms, as PDFs hold them, as the characters they stand for.

    One character stays one character, so that places in the text stay the same.
    """
    return _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def fold_text(text: str) -> str:
    """A text for comparison: letters and digits alone, without case, width, accents or marks."""
    return "".join(folded for folded, _ in folded_places(text))


def folded_places(text: str) -> list[tuple[str, int]]:
    """Each character of :func:`fold_text` with the place in ``text`` that it stands for."""
    return [
        (sign, place)
        for place, printed in enumerate(text)
        for sign in unicodedata.normalize("NFKD", printed).casefold()
        if sign.isalnum()
    ]
