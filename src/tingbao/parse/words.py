"""The word lists of ``words.toml``, and lists of words as patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources

from tingbao.tables import read_table
from tingbao.text.han import HAN


def words(name: str) -> str:
    """The words of one list, parted by spaces: ``words("credits.offices")``."""
    room, key = name.split(".")
    return _lists()[room][key].replace("{HAN}", HAN)


def any_of(*lists: str) -> str:
    """A group that matches any of the words, longer ones first; words may hold pattern marks."""
    return _group(word_set(*lists))


def spaced(*lists: str) -> str:
    """Like :func:`any_of` for plain words that may be set with a space between characters."""
    return _group(r"\s{0,4}".join(map(re.escape, word)) for word in word_set(*lists))


def word_set(*lists: str) -> frozenset[str]:
    """The words themselves."""
    return frozenset(word for one in lists for word in one.split())


def _group(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(patterns, key=lambda one: (-len(one), one))) + ")"


@functools.cache
def _lists() -> dict[str, dict[str, str]]:
    path = resources.files("tingbao.parse") / "words.toml"
    return read_table(path, dict[str, dict[str, str]], "word lists", "words.toml")
