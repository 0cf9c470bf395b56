"""Times of day, and the times that races are run in."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import Rule, after, before, rule
from tingbao.text.numerals import read_digits, read_integer

_RACED_BEFORE = re.compile(
    r"(?:成绩|用时|耗时|跑出|游出|纪录|最好|时长|总时间|以)[^，。；！？]{0,8}$"
)
_RACED_AFTER = re.compile(r"[^，。；！？]{0,6}(?:成绩|夺冠|摘金|完赛|冲线|率先|纪录|获得|位列)")


def is_clock(hours: str, minutes: str, seconds: str | None = None) -> bool:
    """Whether the fields can be a time of day."""
    return int(hours) <= 24 and int(minutes) < 60 and int(seconds or 0) < 60


def _minute(match: re.Match[str]) -> str:
    return f"零{read_integer(match[1])}"


def _whole_hour(match: re.Match[str]) -> str | None:
    return "" if before(match, 1) in {"时", "点"} else None


def _clock(match: re.Match[str]) -> str | None:
    hours, minutes, seconds = match[1], match[2], match[3]
    if not is_clock(hours, minutes, seconds):
        return None
    text = f"{_hours(hours)}点"
    if int(minutes) or seconds:
        text += f"{_two(minutes)}分"
    elif after(match, 1) == "整":
        return text
    return f"{text}{_two(seconds)}秒" if seconds else text


def _hours(hours: str) -> str:
    return "两" if int(hours) == 2 else read_integer(hours)


def _two(field: str) -> str:
    return f"零{read_integer(field)}" if field[0] == "0" and field != "00" else read_integer(field)


def _race(match: re.Match[str]) -> str:
    return f"{_two(match[1])}秒{read_digits(match[2])}"


def _race_minutes(match: re.Match[str]) -> str | None:
    """A time with hundredths: 2:08.32, and with hours 1:02:08.32."""
    hours, minutes, seconds, part = match.groups()
    text = f"{_hours(hours)}小时" if hours else ""
    return f"{text}{_hours(minutes)}分{_two(seconds)}秒{read_digits(part)}"


def _primes(match: re.Match[str]) -> str:
    """Minutes and seconds with their marks, as 9′58″32."""
    return f"{_hours(match[1])}分{_two(match[2])}秒{read_digits(match[3])}"


def _race_hours(match: re.Match[str]) -> str | None:
    raced = _RACED_BEFORE.search(before(match)) and _RACED_AFTER.match(after(match))
    if not (raced or re.search(r"(?:成绩|用时|耗时)[为是：]?$", before(match))):
        return None
    hours, minutes, seconds = match.groups()
    return f"{_hours(hours)}小时{_two(minutes)}分{_two(seconds)}秒"


RACE_RULES: tuple[Rule, ...] = (
    rule(r"(\d{1,2})['’′]([0-5]\d)[\"”″](\d{0,3})(?!\d)", _primes),
    rule(r"(?:(\d{1,2})[:：])?(\d{1,2})[:：]([0-5]\d)\.(\d{1,3})(?![\d.])", _race_minutes),
    rule(r"(\d{1,2})[:：]([0-5]\d)[:：]([0-5]\d)(?![\d:：.])", _race_hours),
)
"""Rules at a digit, before those of scores."""


def _height(match: re.Match[str]) -> str:
    return f"{_hours(match[1])}米{read_digits(match[2])}"


CLOCK_RULES: tuple[Rule, ...] = (
    rule(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?![\d:：])", _clock),
    rule(r"00分(?!之|钟)(?:00秒)?", _whole_hour),
    rule(r"(\d{1,3})秒(\d{1,3})(?![\d年月日个.])", _race),
    rule(r"(0\d)(?=[分秒](?!之|钟|[^\d]?公司))", _minute),
    rule(r"(\d)米(\d{2})(?!\d)", _height),
)
"""Rules at a digit, after those of scores."""

TIMESTAMP_RULE = rule(r"(\d{1,2})[:：]([0-5]\d)[:：]([0-5]\d)(?![\d:：.])", _clock)
"""Hours, minutes and seconds are no score."""
