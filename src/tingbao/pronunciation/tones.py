"""The spelling of syllables: tone marks to tone numbers, and which syllables there are."""

from __future__ import annotations

import functools
import re
import unicodedata
from types import MappingProxyType

from tingbao.errors import SynthesisError

_TONE_OF_MARK = MappingProxyType({"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4})
_DIAERESIS = "\u0308"
_CIRCUMFLEX = "\u0302"

# Interjections without a vowel, and ê: no engine's inventory has them all, and a news reader
# says the ordinary syllable beside them.
_ORDINARY = MappingProxyType(
    {"ê": "ei", "m": "mu", "n": "en", "ng": "en", "hm": "hen", "hng": "heng"}
)

_NUMBERED = re.compile(r"[a-z]+[1-5]")


@functools.cache
def numbered(marked: str) -> str:
    """A tone-marked syllable with a tone number: ``lǜ`` is ``lv4``, ``de`` is ``de5``."""
    tone = 5
    letters = ""
    for sign in unicodedata.normalize("NFD", marked):
        if sign in _TONE_OF_MARK:
            tone = _TONE_OF_MARK[sign]
        elif sign == _DIAERESIS:
            letters = f"{letters[:-1]}v"
        elif sign == _CIRCUMFLEX:
            letters = f"{letters[:-1]}ê"
        else:
            letters += sign
    letters = _ORDINARY.get(letters, letters)
    return f"{letters}{tone}"


def with_tone(pinyin: str, tone: int) -> str:
    """The same syllable in another tone."""
    return f"{pinyin[:-1]}{tone}"


@functools.cache
def all_syllables() -> frozenset[str]:
    """Every tone-numbered syllable that pypinyin's dictionary of characters knows."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  - 40 ms that only speech needs

    marked = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    return frozenset(numbered(reading) for reading in marked)


@functools.cache
def _bases() -> frozenset[str]:
    return frozenset(syllable[:-1] for syllable in all_syllables())


def check(pinyin: str, where: str) -> str:
    """Return ``pinyin`` if it is a tone-numbered syllable in any tone.

    Raises:
        SynthesisError: it is not; ``where`` names the text it was given for.
    """
    if _NUMBERED.fullmatch(pinyin) and pinyin[:-1] in _bases():
        return pinyin
    raise SynthesisError(
        f"{pinyin!r}, given as the reading of {where!r}, is not tone-numbered pinyin"
    )
