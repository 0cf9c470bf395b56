"""The characters of a page as they should have been printed: widths, spaces, invisible marks."""

from __future__ import annotations

import re
import unicodedata

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
"""Inside a character class: every Han character, 〇 included."""

_CLOSERS = "”’」』）)】》〉\\]\"'"
_END = re.compile(
    rf"[。！？!?…][{_CLOSERS}]*$|[.](?:[”\"])?$|[。！？!?][{_CLOSERS}]*\s*[（(][^（()）]{{1,60}}[）)]$"
)
_SPACE = re.compile(r"\s+")
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
    *range(0xE000, 0xF900),
    *range(0xD800, 0xE000),
)
_SPACES = (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F)


def _table() -> dict[int, str]:
    table = dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_SPACES, " ")
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05):
        table[code] = chr(code - 0xFEE0)
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return table


_TABLE = _table()


def tidy(text: str) -> str:
    """Full-width letters and digits made narrow, look-alike radicals made Han, invisibles gone.

    Full-width punctuation stays: it is how Chinese is printed. Lines stay lines.
    """
    return text.translate(_TABLE)


def count_han(text: str) -> int:
    """How many Han characters ``text`` holds."""
    return sum(
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
        or character == "\u3007"
        for character in text
    )


def squash(text: str) -> str:
    """The text without any white space, as comparisons want it."""
    return _SPACE.sub("", text)


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends here; a closing quote alone ends none."""
    return bool(_END.search(text[-80:].rstrip()))
