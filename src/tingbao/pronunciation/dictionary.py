"""What a word sounds like by the dictionary: tones before sandhi, 一 ``yi1`` and 不 ``bu4``."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import parts
from tingbao.pronunciation.tones import numbered, with_tone

UNKNOWN = "mou3"
"""某: what a reader says for a character that cannot be made out."""

# pypinyin's phrases carry the changed tones of these two; the dictionary has one for each.
_CHANGING = {"一": "yi1", "不": "bu4"}


@functools.lru_cache(maxsize=65536)
def read_word(word: str) -> tuple[str, ...]:
    """One tone-numbered syllable per character of ``word``."""
    own = lexicon().readings.get(word)
    if own is not None:
        return own
    return _lighten(word, _plain(word))


@functools.lru_cache(maxsize=65536)
def loose_places(word: str) -> tuple[int, ...]:
    """Where in ``word`` a character stands that no dictionary word holds: its context decides."""
    if len(word) == 1:
        return (0,)
    if word in lexicon().known_words or _read_phrase(word) is not None:
        return ()
    places: list[int] = []
    at = 0
    for part in parts(word):
        places += (at + place for place in loose_places(part))
        at += len(part)
    return tuple(places)


def _plain(word: str) -> tuple[str, ...]:
    if len(word) == 1:
        return (_read_character(word),)
    phrase = _read_phrase(word)
    if phrase is not None:
        return phrase
    return tuple(syllable for part in parts(word) for syllable in read_word(part))


def _read_phrase(word: str) -> tuple[str, ...] | None:
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  - 100 ms that only speech needs

    readings = PHRASES_DICT.get(word)
    if readings is None:
        return None
    syllables = (numbered(options[0]) for options in readings)
    return tuple(_unchanged(*pair) for pair in zip(word, syllables, strict=True))


def _unchanged(character: str, syllable: str) -> str:
    return _CHANGING.get(character, syllable)


def _read_character(character: str) -> str:
    own = lexicon().characters.get(character)
    if own is not None:
        return own
    return _readings_of(character)[0]


def read_plainly(word: str) -> tuple[str, ...]:
    """What a machine without our lexicon says: pypinyin's phrase, or its first readings."""
    phrase = _read_phrase(word)
    return phrase or tuple(_readings_of(character)[0] for character in word)


def readings_in_words() -> Mapping[str, frozenset[str]]:
    """The readings that each character has in the words of pypinyin's dictionary."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  - 100 ms that only speech needs

    found: dict[str, set[str]] = {}
    for word, readings in PHRASES_DICT.items():
        for character, options in zip(word, readings, strict=True):
            found.setdefault(character, set()).add(options[0])
    return {
        character: frozenset(_unchanged(character, numbered(marked)) for marked in readings)
        for character, readings in found.items()
    }


@functools.lru_cache(maxsize=32768)
def _readings_of(character: str) -> tuple[str, ...]:
    """All readings of a character, the usual one first; ``UNKNOWN`` where there is none."""
    readings = _character_readings(character)
    return tuple(map(numbered, readings.split(","))) if readings else (UNKNOWN,)


def is_known(character: str) -> bool:
    """Whether a reading is known; otherwise it is said as ``UNKNOWN``."""
    return bool(_character_readings(character))


def _character_readings(character: str) -> str:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  - 40 ms that only speech needs

    return PINYIN_DICT.get(ord(character), "")


def _lighten(word: str, syllables: tuple[str, ...]) -> tuple[str, ...]:
    """Give the last syllable the neutral tone in words that are said so."""
    if word in lexicon().words("full_zi"):
        return (*syllables[:-1], "zi3")
    if word in lexicon().words("erhua"):
        return (*syllables[:-1], "er5")
    if _ends_lightly(word):
        return (*syllables[:-1], with_tone(syllables[-1], 5))
    return syllables


def _ends_lightly(word: str) -> bool:
    known = lexicon()
    if word in known.words("neutral"):
        return True
    if word in known.lasting:
        return True
    return len(word) == 2 and word[1] == "子"
