"""The built-in lexicon: readings that pypinyin's data miss, and lists that the rules need."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from importlib import resources

from tingbao.tables import Table, read_table

Pattern = tuple[str, re.Pattern[str]]
"""A reading, and the pattern that must match at its character."""


class _File(Table, frozen=True, forbid_unknown_fields=True):
    """``lexicon.toml`` as written; the tables of readings hold ``word pinyin, word pinyin``."""

    characters: dict[str, str]
    words: dict[str, str]
    surnames: dict[str, str]
    stressed: dict[str, int]
    context: dict[str, dict[str, str]]
    lists: dict[str, str]


class Lexicon:
    """The lexicon ready for look-up.

    ``readings`` maps words to their syllables, ``characters`` a character to its reading where
    nothing else decides, ``surnames`` likewise for family names; ``stressed`` has the tone that
    a particle would have with stress; ``contexts`` the patterns that look round a character which
    no word decides.
    """

    def __init__(self, file: _File) -> None:
        self.characters: Mapping[str, str] = _single(file.characters)
        self.surnames: Mapping[str, str] = _single(file.surnames)
        self.stressed: Mapping[str, int] = file.stressed
        self._named = {topic: file.words[topic] for topic in ("places", "people")}
        self.readings: Mapping[str, tuple[str, ...]] = dict(_entries(file.words))
        self.contexts: Mapping[str, tuple[Pattern, ...]] = {
            character: tuple(
                (reading, re.compile(pattern.replace("_", character)))
                for reading, pattern in table.items()
            )
            for character, table in file.context.items()
        }
        self._lists = {name: frozenset(text.split()) for name, text in file.lists.items()}

    def words(self, name: str) -> frozenset[str]:
        """The word list called ``name``; its meaning stands beside it in ``lexicon.toml``."""
        return self._lists[name]

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Places and people."""
        return frozenset(word for word, _ in _entries(self._named))

    @functools.cached_property
    def lasting(self) -> frozenset[str]:
        """Verbs with 着 in the neutral tone."""
        return frozenset(f"{verb}着" for verb in self.words("lasting"))

    @functools.cached_property
    def known_words(self) -> frozenset[str]:
        """Every word of several characters that the lexicon has a reading for."""
        light = self.words("neutral") | self.words("erhua") | self.words("full_zi")
        return frozenset(word for word in {*light, *self.lasting, *self.readings} if len(word) > 1)


def _single(tables: Mapping[str, str]) -> dict[str, str]:
    return {word: syllables[0] for word, syllables in _entries(tables)}


def _entries(tables: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return itertools.chain.from_iterable(map(entries, tables.values()))


def entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of a table that is written as ``word pinyin, word pinyin``."""
    for entry in re.split(r"[,\n]", text):
        word, *syllables = entry.split() or [""]
        if word:
            yield word, tuple(syllables)


@functools.cache
def lexicon() -> Lexicon:
    """The built-in lexicon."""
    path = resources.files(__package__) / "lexicon.toml"
    return Lexicon(read_table(path, _File, "built-in lexicon", "lexicon.toml"))
