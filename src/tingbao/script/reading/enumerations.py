"""The marks that count paragraphs and points: (五) 一、 1. ① are said, then a short pause."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import HAN, PAUSE, Rule, after, before, rule
from tingbao.text.numerals import read_integer
from tingbao.text.traced import TracedText

_NUMBER = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HEAD = r"(?:^|(?<=[。；！？;] )|(?<=[。；！？;：” ]))"
_MARK = re.compile(
    rf"{_HEAD}(?:({_NUMBER})、(?![一二三四五六七八九十百两几])"
    rf"|(\d{{1,3}})(?:、(?!\d)|\.(?![\d.]) ?|\)(?!\d) ?)(?=\D)"
    rf"|([①-⑳]) ?(?![～~—-]))"
)
_CIRCLES = {chr(0x2460 + at): str(at + 1) for at in range(20)}
_CIRCLES |= {chr(0x2776 + at): str(at + 1) for at in range(10)}
_CIRCLES |= {chr(0x24F5 + at): str(at + 1) for at in range(10)}


def speak_marks(line: TracedText) -> None:
    """Put the marks at the head of points as they are said."""
    line.replace(_MARK, lambda match: f"{_said(match)}{PAUSE}")


def _said(match: re.Match[str]) -> str:
    han, digits, circle = match.groups()
    return han or read_integer(digits or _CIRCLES[circle])


def _circle(match: re.Match[str]) -> str:
    return read_integer(_CIRCLES[match.group()])


_NAMED = re.compile("[班号组队款项条类期楼]")
"""What a number in brackets belongs to without a pause: 三年级(2)班."""


def _week_day(match: re.Match[str]) -> str | None:
    """A day of the week as papers of Hong Kong and Taiwan print it: 13日(五)."""
    dated = re.search(r"\d日$", before(match, 2))
    return f"{PAUSE}星期{match[1]}{PAUSE}" if dated else None


def _numbered(match: re.Match[str]) -> str:
    number = match[1] if not match[1].isdigit() else read_integer(match[1])
    behind_text = bool(re.search(rf"{HAN}$", before(match, 1)))
    ahead_text = bool(re.match(rf" ?(?:{HAN}|[“《A-Za-z])", after(match, 2)))
    if before(match, 1) == "第" or (behind_text and _NAMED.match(after(match, 1))):
        return number
    return f"{number}{PAUSE}" if ahead_text or not behind_text else number


BRACKET_RULES: tuple[Rule, ...] = (
    rule(r"\(([一二三四五六日])\)", _week_day),
    rule(rf"\(({_NUMBER}|\d{{1,3}})\)", _numbered),
)
"""A counting number in brackets, at an opening bracket."""

CIRCLE_RULES: tuple[Rule, ...] = (rule(f"[{''.join(_CIRCLES)}]", _circle),)
"""Rules at a digit in a circle."""
