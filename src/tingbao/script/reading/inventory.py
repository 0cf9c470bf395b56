"""The inventory of reading rules: one ordered table, rules.tsv, that is its own test.

A rule sees one place of a folded line: half-width digits, letters and brackets, no space between
a number and its unit. Its pattern is anchored there and bounded in length, so that reading a line
takes time in proportion to its length, whatever is in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tingbao.script.reading.vocabulary import PARTS, ROOM, Match
from tingbao.tables import read_rows

PAUSE = "\ue001"
"""A short pause that a rule makes; it is heard as ， unless a printed mark stands beside it."""

Read = Callable[[Match], str | None]
_R = TypeVar("_R", bound=Read)

_READERS: dict[str, Read] = {}
_PART = re.compile("<([A-Z_]+)>")
_KINDS = {
    **dict.fromkeys("0123456789", "digit"),
    **dict.fromkeys("([〔【〈+", "opening"),
    **dict.fromkeys("-—–−~～", "dash"),
    **dict.fromkeys("¥$€£", "currency"),
    " ": "space",
}
_ANY_SIGN = ("opening", "dash", "currency", "sign")


@dataclass(frozen=True)
class Rule:
    """A pattern and how what it matches is read; None from ``read`` leaves it to later rules.

    Of the rules that match at a place, the one of the least ``weight`` goes first. A rule that is
    not ``known`` reports its match as not understood. ``printed`` is an example that is read
    ``spoken``; ``unlike`` is a text that this rule leaves to others.
    """

    name: str
    weight: int
    begins_with: tuple[str, ...]
    pattern: str
    read: Read
    known: bool
    printed: str
    spoken: str
    unlike: str

    @functools.cached_property
    def match(self) -> Callable[[str, int], Match | None]:
        """What matches the pattern at a place of a line."""
        return re.compile(self.pattern).match


def reader(read: _R) -> _R:
    """Make a function known to the inventory under its name without the underscore."""
    assert read.__name__ not in _READERS, read
    _READERS[read.__name__] = read
    return read


def before(match: Match, count: int = 16) -> str:
    """Return up to ``count`` characters before the match."""
    return match.string[max(0, match.start() - count) : match.start()]


def after(match: Match, count: int = 16) -> str:
    """Return up to ``count`` characters after the match."""
    return match.string[match.end() : match.end() + count]


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in their order. The modules that define their readers must be loaded."""
    rows = read_rows(ROOM / "rules.tsv")
    parts = dict(PARTS)
    for row in rows:
        if _PART.fullmatch(row[0]):
            parts[row[0].strip("<>")] = _filled(row[1], parts)
    table = [row for row in rows if not _PART.fullmatch(row[0])]
    return tuple(_rule(weight, row, parts) for weight, row in enumerate(table, start=1))


def matches_at(line: str, at: int) -> Iterator[tuple[Rule, Match]]:
    """The rules whose pattern matches at a place of a folded line, in their order."""
    letter = "letter" if line[at].isascii() and line[at].isalpha() else "sign"
    for any_of_them, some in _rules_by_kind()[_KINDS.get(line[at], letter)]:
        if any_of_them(line, at):
            for rule in some:
                match = rule.match(line, at)
                if match:
                    yield rule, match


_TOGETHER = 6
"""So many rules are tried in one pattern first: at most places none of them matches."""

_Some = tuple[Callable[[str, int], Match | None], tuple[Rule, ...]]


@functools.cache
def _rules_by_kind() -> dict[str, tuple[_Some, ...]]:
    kinds = {*_KINDS.values(), "letter", "sign"}
    return {
        kind: tuple(_in_groups([rule for rule in rules() if kind in rule.begins_with]))
        for kind in kinds
    }


def _in_groups(some: list[Rule]) -> Iterator[_Some]:
    for at in range(0, len(some), _TOGETHER):
        group = tuple(some[at : at + _TOGETHER])
        patterns = (_LOOSE.sub(r"[-/.]", rule.pattern) for rule in group)
        yield re.compile("|".join(f"(?:{one})" for one in patterns)).match, group


_LOOSE = re.compile(r"\\[1-9]")
"""The same separator again, in a date: to see that a rule may match, any separator will do."""


def _rule(weight: int, row: list[str], parts: dict[str, str]) -> Rule:
    name, where, pattern, read, printed, spoken, unlike = row
    return Rule(
        name,
        weight,
        _ANY_SIGN if where == "any sign" else tuple(where.split()),
        _filled(pattern, parts),
        _read_by(read.removesuffix("?")),
        read != "-" and not read.endswith("?"),
        printed,
        spoken,
        unlike,
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda name: parts[name[1]], pattern)


def _read_by(name: str) -> Read:
    if name == "-":
        return re.Match.group
    if name.startswith("“"):
        return lambda _: name[1:-1]
    return _READERS[f"_{name}"]
