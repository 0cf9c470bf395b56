"""The built-in lexicon: readings that pypinyin's data miss, and lists that the rules need."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib import resources

from tingbao.tables import Table, read_table

__all__ = ["Lexicon", "lexicon"]


class _File(Table, frozen=True, forbid_unknown_fields=True):
    """``lexicon.toml`` as written: ``words`` and so on map text to tone-numbered pinyin."""

    characters: dict[str, str]
    words: dict[str, str]
    places: dict[str, str]
    surnames: dict[str, str]
    stressed: dict[str, int]
    context: dict[str, dict[str, str]]
    lists: dict[str, str]


class Lexicon:
    """The lexicon ready for look-up.

    ``readings`` maps words and places to their syllables, ``characters`` a character to its
    reading where nothing else decides, ``surnames`` likewise for family names; ``stressed`` has
    the tone that a particle would have with stress; ``contexts`` the patterns round a one-character
    word that give it another reading.
    """

    def __init__(self, file: _File) -> None:
        self.characters: Mapping[str, str] = file.characters
        self.surnames: Mapping[str, str] = file.surnames
        self.stressed: Mapping[str, int] = file.stressed
        self.readings: Mapping[str, tuple[str, ...]] = {
            word: tuple(pinyin.split()) for word, pinyin in {**file.words, **file.places}.items()
        }
        self.contexts: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
            character: tuple((reading, re.compile(pattern)) for reading, pattern in table.items())
            for character, table in file.context.items()
        }
        self._lists = {name: frozenset(text.split()) for name, text in file.lists.items()}

    def words(self, name: str) -> frozenset[str]:
        """The word list called ``name``; its meaning stands beside it in ``lexicon.toml``."""
        return self._lists[name]

    @property
    def known_words(self) -> frozenset[str]:
        """Every word of several characters that the lexicon knows something about."""
        named = {word for words in self._lists.values() for word in words}
        return frozenset(word for word in named | set(self.readings) if len(word) > 1)


@functools.cache
def lexicon() -> Lexicon:
    """The built-in lexicon."""
    path = resources.files(__package__) / "lexicon.toml"
    return Lexicon(read_table(path, _File, "built-in lexicon", "lexicon.toml"))
