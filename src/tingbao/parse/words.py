"""Word lists as patterns, written as words parted by spaces so that a person can add to them."""

from __future__ import annotations

import re


def any_of(*lists: str) -> str:
    """A group that matches any of the words, longer ones first; words may hold pattern marks."""
    words = word_set(*lists)
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def spaced(*lists: str) -> str:
    """Like :func:`any_of` for plain words that may be set with a space between characters."""
    loose = (r"\s{0,4}".join(map(re.escape, word)) for word in word_set(*lists))
    return "(?:" + "|".join(sorted(loose, key=lambda word: (-len(word), word))) + ")"


def word_set(*lists: str) -> frozenset[str]:
    """The words themselves."""
    return frozenset(word for words in lists for word in words.split())
