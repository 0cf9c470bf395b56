"""The fixed phrases of the programme: a small file that a user can override, key by key."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from tingbao.errors import InputError
from tingbao.models import is_speakable
from tingbao.tables import read_table


class Phrase(StrEnum):
    """The keys of a file of phrases; ``phrases.toml`` says what each is for."""

    OPENER = "opener"
    OPENER_SELECTION = "opener_selection"
    DISCLOSURE = "disclosure"
    ITEM_DISCLOSURE = "item_disclosure"
    DIGEST = "digest"
    SECTION = "section"
    PAGE = "page"
    CONTINUED_TO = "continued_to"
    CONTINUED_FROM = "continued_from"
    CONTENTS = "contents"
    TABLE = "table"
    TABLE_FOLLOWS = "table_follows"
    CAPTION = "caption"
    AGAIN = "again"
    SECOND_HALF = "second_half"
    PHOTO = "photo"
    BRIEF = "brief"
    UNTITLED = "untitled"
    CLOSER = "closer"
    MISSING = "missing"


_FIELDS: Mapping[Phrase, frozenset[str]] = MappingProxyType(
    {
        Phrase.OPENER: frozenset({"paper", "date", "weekday", "count"}),
        Phrase.OPENER_SELECTION: frozenset({"paper", "date", "weekday", "count"}),
        Phrase.DISCLOSURE: frozenset({"paper", "date"}),
        Phrase.ITEM_DISCLOSURE: frozenset({"paper", "date"}),
        Phrase.SECTION: frozenset({"page", "section"}),
        Phrase.PAGE: frozenset({"page"}),
        Phrase.CONTINUED_TO: frozenset({"page"}),
        Phrase.CONTINUED_FROM: frozenset({"page"}),
        Phrase.TABLE: frozenset({"rows", "columns"}),
        Phrase.SECOND_HALF: frozenset({"page"}),
        Phrase.CLOSER: frozenset({"paper", "date"}),
        Phrase.MISSING: frozenset({"count", "titles"}),
    }
)

# A listener has a right to know, and an item without any words of its own needs some.
_NEVER_EMPTY = frozenset(
    {
        Phrase.DISCLOSURE,
        Phrase.ITEM_DISCLOSURE,
        Phrase.UNTITLED,
    }
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """All fixed phrases, complete and checked."""

    by_key: Mapping[Phrase, str]

    def say(self, phrase: Phrase, /, **fields: object) -> str:
        """Return the phrase as printed with its fields filled in; empty if it is not said."""
        return self.by_key[phrase].format_map(fields)


def load_phrases(path: Path | None) -> Phrases:
    """Load the built-in phrases, with those of the user's file at ``path`` over them.

    Raises:
        InputError: the file cannot be read, or a phrase in it cannot be used; names its line.
    """
    built_in = _read(resources.files("tingbao.script") / "phrases.toml", "phrases.toml")
    own = _read(path, str(path)) if path else {}
    return Phrases(MappingProxyType({**built_in, **own}))


def _read(path: Path | Traversable, shown: str) -> dict[Phrase, str]:
    given = read_table(path, dict[Phrase, object], "file of phrases", shown)
    phrases: dict[Phrase, str] = {}
    for phrase, text in given.items():
        fault = _fault(phrase, text) if isinstance(text, str) else "must be text in quotes"
        if fault:
            raise InputError(f"{phrase}: {fault}", shown, _line_of(path, phrase))
        phrases[phrase] = str(text)
    return phrases


def _fault(phrase: Phrase, text: str) -> str | None:
    """What is wrong with a phrase, in the user's words; None if nothing is."""
    try:
        parts = list(string.Formatter().parse(text))
        used = {name for _, name, _, _ in parts if name is not None}
        text.format_map(dict.fromkeys(used, ""))
    except (ValueError, LookupError, AttributeError, TypeError):
        return "a brace is wrong; a field is {name}, and {{ is a brace itself"
    unknown = sorted(used - _FIELDS.get(phrase, frozenset()))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(_FIELDS.get(phrase, ()))) or "none"
        return f"unknown field {{{unknown[0]}}}; known here: {known}"
    words = "".join(literal for literal, _, _, _ in parts)
    if phrase in _NEVER_EMPTY and not is_speakable(words):
        return "must have words of its own"
    return None


def _line_of(path: Path | Traversable, phrase: Phrase) -> int | None:
    key = re.compile(rf"""\s*["']?{phrase}["']?\s*=""")
    lines = path.read_text("utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if key.match(line)), None)
