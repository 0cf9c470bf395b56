"""Readings that depend on the neighbours: 为, 地, 得 and their like, and family names.

What the rules cannot know (a name with a rare reading) is what forced readings are for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from tingbao.pronunciation.dictionary import loose_places
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.names import surname
from tingbao.pronunciation.particles import de_of_degree, de_of_manner, wei
from tingbao.pronunciation.words import Place, Word

_RULES: MappingProxyType[str, Callable[[Place], str]] = MappingProxyType(
    {"为": wei, "地": de_of_manner, "得": de_of_degree}
)


def decide(
    text: str, words: tuple[Word, ...], *, fixed: frozenset[int] = frozenset()
) -> tuple[Word, ...]:
    """``words`` with the readings that their neighbours decide; words at ``fixed`` places stay."""
    return tuple(
        word if word.start in fixed else _decided(Place(text, words, index))
        for index, word in enumerate(words)
    )


def _decided(place: Place) -> Word:
    word = place.words[place.index]
    name = surname(place.text, word.start, place.here, place.before, place.next_two)
    if name:
        return _read_as(word, 0, name)
    whole = _beside(place.text, word.start, place.here) if len(place.here) > 1 else None
    if whole:
        return _read_whole(word, whole)
    for at in loose_places(place.here) if word.syllables else ():
        reading = _reading_at(place, at)
        word = _read_as(word, at, reading) if reading else word
    return word


def _reading_at(place: Place, at: int) -> str | None:
    rule = _RULES.get(place.here)
    return rule(place) if rule else _beside(place.text, place.words[place.index].start + at)


def _beside(text: str, at: int, what: str = "") -> str | None:
    """The reading with a pattern that fits the text round the character, or the word, at ``at``."""
    for reading, pattern in lexicon().contexts.get(what or text[at], ()):
        if pattern.match(text, at):
            return reading
    return None


def _read_whole(word: Word, reading: str) -> Word:
    pairs = zip(word.syllables, reading.split(), strict=True)
    return replace(word, syllables=tuple(replace(old, pinyin=new) for old, new in pairs))


def _read_as(word: Word, at: int, reading: str) -> Word:
    changed = replace(word.syllables[at], pinyin=reading)
    return replace(word, syllables=(*word.syllables[:at], changed, *word.syllables[at + 1 :]))
