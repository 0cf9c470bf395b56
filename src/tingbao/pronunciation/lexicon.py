"""The built-in lexicon and the user's own.

The built-in one has the readings that pypinyin's data miss, and the lists that the rules need; the
user's says what words sound like, or what is said in their place.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from tingbao.errors import InputError, SynthesisError
from tingbao.pronunciation.tones import check
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
    nothing else decides, ``surnames`` the same for family names; ``stressed`` has the tone that
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


# --- the user's own words --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserLexicon:
    """``pinyin`` maps a word to its tone-numbered pinyin, ``spoken`` to what is said for it."""

    pinyin: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)


class _UserFile(Table, frozen=True, forbid_unknown_fields=True):
    """A user's ``lexicon.toml``."""

    pinyin: dict[str, Any] = msgspec.field(default_factory=dict)
    spoken: dict[str, Any] = msgspec.field(default_factory=dict)


def load_lexicon(path: Path | None) -> UserLexicon:
    """Read a user's lexicon; without one, an empty lexicon.

    Raises:
        InputError: the file cannot be read, a syllable does not exist, or a word has not as many
            syllables as characters; names the file and the line.
    """
    if path is None:
        return UserLexicon()
    file = read_table(path, _UserFile, "lexicon")
    for word, value in (*file.pinyin.items(), *file.spoken.items()):
        _check_entry(path, word, value)
    for word, pinyin in file.pinyin.items():
        _check_pinyin(path, word, pinyin)
    return UserLexicon(MappingProxyType(file.pinyin), MappingProxyType(file.spoken))


def _check_entry(path: Path, word: str, value: object) -> None:
    if not word.strip():
        raise InputError("lexicon: an empty word; take it out", path, _line_of(path, word))
    if not isinstance(value, str):
        raise InputError(
            f"lexicon: what stands for {word!r} is no text; put it in quotes",
            path,
            _line_of(path, word),
        )


def _check_pinyin(path: Path, word: str, pinyin: str) -> None:
    syllables = pinyin.split()
    try:
        for syllable in syllables:
            check(syllable, word)
    except SynthesisError as error:
        raise InputError(f"lexicon: {error}", path, _line_of(path, word)) from error
    if len(syllables) != len(word):
        raise InputError(
            f"lexicon: {word!r} has {len(word)} characters but {len(syllables)} syllables; "
            "give one for each character",
            path,
            _line_of(path, word),
        )


def _line_of(path: Path, word: str) -> int | None:
    """The line that begins with ``word`` as a key."""
    key = re.compile(rf"""\s*(?:"{re.escape(word)}"|'{re.escape(word)}'|{re.escape(word)})\s*=""")
    lines = enumerate(path.read_text("utf-8-sig").splitlines(), start=1)
    return next((number for number, line in lines if key.match(line)), None)
