"""Letters, digits and symbols that the script left in the text, said with Chinese syllables.

The sounds and their sources stand in ``foreign.toml``. A stretch in a script without sounds there
is said as 外文, foreign text: an article must not fail on it, nor the listener miss it.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from importlib import resources

from tingbao.pronunciation.lexicon import entries
from tingbao.tables import Table, read_table

FOREIGN = ("wai4", "wen2")
"""What is said for a stretch of letters that have no reading."""

_KATAKANA = range(0x30A1, 0x30F5)
_TO_HIRAGANA = 0x60


class _File(Table, frozen=True, forbid_unknown_fields=True):
    """``foreign.toml`` as written."""

    letters: str
    latin: str
    greek: str
    kana: str
    digits: str
    symbols: str


class _Sounds:
    """The syllables of each sign; ``latin`` are the letters that a letter is said as."""

    def __init__(self, file: _File) -> None:
        self.symbols = dict(entries(file.symbols))
        self.kana = dict(entries(file.kana))
        self.plain: Mapping[str, tuple[str, ...]] = {
            **dict(entries(file.letters)),
            **self.symbols,
            **dict(entries(file.greek)),
            **dict(entries(file.digits)),
        }
        self.latin = {letter: latin for letter, (latin,) in entries(file.latin)}


@functools.cache
def _sounds() -> _Sounds:
    path = resources.files(__package__) / "foreign.toml"
    return _Sounds(read_table(path, _File, "table of foreign sounds", "foreign.toml"))


def sounds(character: str) -> tuple[str, ...]:
    """The syllables of one character that is no Han character; () where it is silent."""
    known = _sounds()
    if character in known.symbols:
        return known.symbols[character]
    kana = _as_hiragana(character)
    if kana in known.kana:
        return known.kana[kana]
    return tuple(pinyin for sign in _plain(character) for pinyin in known.plain.get(sign, ()))


def is_foreign(character: str) -> bool:
    """Whether it is a letter without a reading of its own: Hangul, Arabic, Thai and so on."""
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lo"} and not (
        sounds(character) or _as_hiragana(character) in _sounds().kana
    )


def _as_hiragana(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and ord(folded) in _KATAKANA:
        return chr(ord(folded) - _TO_HIRAGANA)
    return folded


def _plain(character: str) -> str:
    """No width, accent or case in a letter, no circle round a digit: ``Ａ é ⑤`` → ``A E 5``."""
    upper = character.upper()
    if upper in _sounds().latin:
        return _sounds().latin[upper]
    folded = unicodedata.normalize("NFKD", character).upper()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
