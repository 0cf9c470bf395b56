"""The user's own words: what they sound like, or what is said in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from tingbao.errors import InputError, SynthesisError
from tingbao.pronunciation.tones import check
from tingbao.tables import Table, read_table


@dataclass(frozen=True, slots=True)
class UserLexicon:
    """``pinyin`` maps a word to its tone-numbered pinyin, ``spoken`` to what is said for it."""

    pinyin: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)


class _File(Table, frozen=True, forbid_unknown_fields=True):
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
    file = read_table(path, _File, "lexicon")
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
