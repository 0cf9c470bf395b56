"""Scores and ratios, told from times of day by the company they keep."""

from __future__ import annotations

import re

from tingbao.script.reading.dates import is_clock
from tingbao.script.reading.numerals import read_decimal
from tingbao.script.reading.rules import Rule, rule

__all__ = ["SCORE_RULES"]

_PAIR = re.compile(r"(\d{1,3})[:：∶-](\d{1,3})")
_COMPANY = 40
_RUN_BEFORE = re.compile(r"[\d:：∶\-、，,和及 ]{0,40}$")
_RUN_AFTER = re.compile(r"[\d:：∶\-、，,和及 ]{0,40}")

_SCORED_BEFORE = re.compile(
    r"(?:以|比分|半场|局分|战成|打成|扳成|改写为|定格在?|锁定|取得|总分|首局|次局)[^，。；！？]{0,6}$"
)
_SCORED_AFTER = re.compile(
    r"(?:的比分|战胜|击败|力克|力擒|轻取|横扫|完胜|大胜|小胜|险胜|完败|逆转|不敌|负于|惜败|淘汰|领先|落后|"
    r"获胜|取胜|胜出|战平|握手言和|逼平|送走|胜|平|负|赢|输|拿下|夺冠|晋级|告负)"
)
_RATIO_BEFORE = re.compile(
    r"(?:比例|比例尺|结构|配比|之比|比为|比率|占比|按照?)[^，。；！？\d]{0,8}$"
)


def _is_score(match: re.Match[str]) -> bool:
    """Whether the run of pairs around the match is one of scores or ratios."""
    line = match.string
    head = _RUN_BEFORE.search(line, max(0, match.start() - _COMPANY), match.start())
    tail = _RUN_AFTER.match(line, match.end(), match.end() + _COMPANY)
    start = head.start() if head else match.start()
    end = tail.end() if tail else match.end()
    context = line[max(0, start - 16) : start]
    return bool(
        _SCORED_BEFORE.search(context)
        or _RATIO_BEFORE.search(context)
        or _SCORED_AFTER.match(line, end)
        or any(not _may_be_clock(*pair) for pair in _PAIR.findall(line[start:end]))
    )


def _may_be_clock(first: str, second: str) -> bool:
    return len(second) == 2 and is_clock(first, second)


def _ratio(match: re.Match[str]) -> str:
    parts = re.split(r"[:：∶]", match.group())
    return "比".join(read_decimal(part) for part in parts)


def _colon(match: re.Match[str]) -> str | None:
    return _ratio(match) if _is_score(match) else None


def _hyphen(match: re.Match[str]) -> str | None:
    scored = _SCORED_AFTER.match(match.string, match.end()) or _SCORED_BEFORE.search(
        match.string, max(0, match.start() - 16), match.start()
    )
    return f"{read_decimal(match[1])}比{read_decimal(match[2])}" if scored else None


def _decimal_or_long(match: re.Match[str]) -> str | None:
    """A fraction or more than three digits in a part: no time of day is printed like that."""
    parts = re.split(r"[:：]", match.group())
    return _ratio(match) if any("." in part or len(part) > 3 for part in parts) else None


_PART = r"\d{1,8}(?:\.\d{1,4})?"

SCORE_RULES: tuple[Rule, ...] = (
    rule(rf"{_PART}(?:∶{_PART}){{1,5}}(?!\d)", _ratio),
    rule(r"\d{1,3}(?:[:：]\d{1,3}){1,4}(?![\d:：.])", _colon),
    rule(rf"{_PART}(?:[:：]{_PART}){{1,5}}(?![\d:：])", _decimal_or_long),
    rule(r"(\d{1,3})[-—–](\d{1,3})(?![\d\-—–.])", _hyphen),
)
"""Rules at a digit, before those of times of day."""
