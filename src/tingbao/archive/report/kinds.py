"""Warnings by kind: their messages without the words, numbers and files of the one case."""

from __future__ import annotations

import re
from collections import Counter

OTHERS = "others"

_MOST = 200
"""Kinds that are told apart: Tingbao's own are some dozens."""

_PLACE = re.compile(r"^[^“”'\"]*?\.\w{1,8}(?::\d+)?: ")
_QUOTED = re.compile(r"“[^”]*”|'(?:[^'\\]|\\.)*'|\"[^\"]*\"")
_PRINTED = re.compile(r"[^\x00-\x7f“”…–]+(?:[ .,·]*[^\x00-\x7f“”…–]+)*")
_NUMBER = re.compile(r"\d+")


def kind_of(message: str) -> str:
    """What is alike in all messages of one kind: ``numbering goes from # to # at “…”``."""
    bare = _QUOTED.sub("“…”", _PLACE.sub("", message))
    return _NUMBER.sub("#", _PRINTED.sub("…", bare)).strip()


class Kinds:
    """Counts messages by kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, message: str) -> None:
        """Count one message."""
        kind = kind_of(message)
        known = kind in self._counts or len(self._counts) < _MOST
        self._counts[kind if known else OTHERS] += 1

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Kinds and their counts, the most frequent first."""
        return tuple(sorted(self._counts.items(), key=lambda one: (-one[1], one[0])))
