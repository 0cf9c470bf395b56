"""A user's words: said in other words, or in a forced pronunciation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from tingbao.models import Reading
from tingbao.script.aligned import Aligned
from tingbao.script.reading import Spoken

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Lexicon:
    """Words and how they are said; where words overlap, the longest at the first place counts.

    ``spoken`` maps a printed word to the words that are read in its place, ``pinyin`` a spoken
    word to its tone-numbered pinyin.
    """

    def __init__(
        self, spoken: Mapping[str, str] = _NOTHING, pinyin: Mapping[str, str] = _NOTHING
    ) -> None:
        self._spoken = spoken
        self._pinyin = pinyin
        self._printed_word = _any_of(spoken)
        self._spoken_word = _any_of(pinyin)

    def respell(self, text: str) -> Aligned:
        """Return printed ``text`` with each word's spoken form in its place."""
        return Aligned.substituted(
            self._printed_word, lambda found: self._spoken[found.group()], text
        )

    def force(self, said: Spoken) -> Spoken:
        """Return what is said with each word's pinyin forced; a reading's own force goes first."""
        readings = sorted((*said.readings, *self._forced(said)), key=lambda one: one.start)
        return replace(said, readings=tuple(readings))

    def _forced(self, said: Spoken) -> Iterator[Reading]:
        taken = {at for one in said.readings for at in range(one.start, one.end)}
        for found in self._spoken_word.finditer(said.spoken):
            if taken.isdisjoint(range(*found.span())):
                yield Reading(*found.span(), self._pinyin[found.group()])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What matches any of the words, the longest first; nothing at all when there is none."""
    longest_first = sorted(filter(None, words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) if longest_first else r"(?!)")
