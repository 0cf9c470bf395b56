"""What a reading rule is, and how it looks around itself.

A rule sees one place of a folded line: half-width digits, letters and brackets, no space between
a number and its unit. Its pattern is anchored there and bounded in length, so that reading a line
takes time in proportion to its length, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tingbao.text.han import BASIC_HAN

HAN = f"[{BASIC_HAN}]"
DASH = r"[-—–~～―−]{1,2}"
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,24})(?:\.\d{1,24})?(?!\d)"
"""A quantity in digits, with or without thousands separators and a fraction."""

PAUSE = "\ue001"
"""A short pause that a rule makes; it is heard as ， unless a printed mark stands beside it."""

Read = Callable[[re.Match[str]], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and how what it matches is read; None from ``read`` leaves it to later rules.

    A rule that is not ``known`` leaves its match as printed and reports it.
    """

    pattern: re.Pattern[str]
    read: Read
    known: bool = True


def rule(pattern: str, read: Read) -> Rule:
    """Make a rule of a pattern's source."""
    return Rule(re.compile(pattern), read)


def before(match: re.Match[str], count: int = 16) -> str:
    """Return up to ``count`` characters before the match."""
    return match.string[max(0, match.start() - count) : match.start()]


def after(match: re.Match[str], count: int = 16) -> str:
    """Return up to ``count`` characters after the match."""
    return match.string[match.end() : match.end() + count]
