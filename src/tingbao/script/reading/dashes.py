"""Dashes beside numbers: ranges, numbers below zero, and the numbers of types."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import DASH, HAN, NUMBER, Rule, after, before, rule
from tingbao.script.reading.units import (
    PERCENT,
    QUANTITY_AFTER,
    UNIT_RUN,
    read_counted,
    read_share,
    read_unit,
)
from tingbao.text.numerals import read_decimal, read_digits

_TO = "[~～—–至到-]{1,2}?"


_WRAPS = re.compile("[月日时点号]")
"""Ranges of these may begin anew: 11—2月, 22-6时."""

_AGO = re.compile("距今[大已]?[约有]?$")
"""What is counted back from today falls: 距今约5300—4300年."""


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether words end in the pair and the clause ends with it: 指数(AQI)50-80."""
    behind, ahead = before(match, 1), after(match, 1)
    return bool(re.match(rf"{HAN}|[)）：]", behind)) and (not ahead or ahead in "，。；、)”")


def _range(match: re.Match[str]) -> str | None:
    """Read a rising range; with a hyphen only where something is counted, else it is a code."""
    first, magnitude, dash, last = match[1], match[2] or "", match[3], match[4]
    follows = after(match)
    rising = _value(first) < _value(last) or bool(magnitude)
    if not (rising or _WRAPS.match(follows) or _AGO.search(before(match, 4))):
        return None
    if "-" in dash and not (QUANTITY_AFTER.match(follows) or _stands_alone(match)):
        return None
    return f"{read_counted(first, magnitude or follows)}{magnitude}至{read_counted(last, follows)}"


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _negative_percent(match: re.Match[str]) -> str:
    return f"负{read_share(match[1], match[2])}"


def _freezing_range(match: re.Match[str]) -> str:
    last = f"{'零下' if match[2] else ''}{read_decimal(match[3])}"
    return f"零下{read_decimal(match[1])}至{last}{read_unit(match[4])}"


def _freezing(match: re.Match[str]) -> str:
    return f"零下{read_decimal(match[1])}"


_TYPED = re.compile(
    r"[歼运直轰强教武鹰旗风浪击雳征舟图格苏尔安龙虹侦警枭鲲号星型腾帆箭弹问娥宫站]$"
)
"""What a type number follows with a hyphen: 歼-20, 长征-5, 东风-41."""


def _negative(match: re.Match[str]) -> str | None:
    """A minus before a fraction or before what is measured; a type number follows a hyphen."""
    follows = after(match)
    lone = not re.search(rf"{HAN}$", before(match, 1))
    measured = QUANTITY_AFTER.match(follows) and not _TYPED.search(before(match, 3))
    if re.search(r"[A-Za-z0-9α-ωΑ-Ω]$", before(match, 1)):
        return None
    return f"负{read_counted(match[1], follows)}" if lone or "." in match[1] or measured else None


def _type_number(match: re.Match[str]) -> str | None:
    """Read the number of a type: 歼-20."""
    if not re.search(rf"(?:{HAN}|[α-ωΑ-Ω])$", before(match, 1)):
        return None
    return read_digits(match[1]) if len(match[1]) > 2 else read_decimal(match[1])


_COUNTED_BEHIND = re.compile(rf"[\d%‰℃°′]([KkWw]?{UNIT_RUN})(?:\([^()\d]{{1,4}}\))?$")


def _joins(match: re.Match[str]) -> str | None:
    """A dash between two counted things is 至; a long one only between things alike."""
    behind = _COUNTED_BEHIND.search(before(match, 18))
    if not behind:
        return None
    unit, follows = behind[1], re.sub(r"^[\d.,:]+", "", after(match))
    if len(match.group()) > 1 and not (unit and follows.startswith(unit)):
        return None
    return "至" if unit or QUANTITY_AFTER.match(follows) or match.group() != "-" else None


def _joins_years(match: re.Match[str]) -> str | None:
    return "至" if re.search(r"[\d年]$", before(match, 1)) else None


def _joins_day(match: re.Match[str]) -> str | None:
    return "至" if re.search(r"\d[年月日时点号]?$", before(match, 2)) else None


def _joins_below(match: re.Match[str]) -> str | None:
    return "至" if re.search(r"[\d℃度]$", before(match, 1)) else None


def _joins_clock(match: re.Match[str]) -> str | None:
    return "至" if re.search(r"\d[:：]\d\d$", before(match, 5)) else None


JOIN_RULES: tuple[Rule, ...] = (
    rule(r"[~～—–](?=[-−]\d)", _joins_below),
    rule(rf"{DASH}(?=\d{{1,2}}[:：]\d\d(?!\d))", _joins_clock),
    rule(rf"{DASH}(?=[-−]?\d)", _joins),
    rule(rf"{DASH}(?=次[日年]|翌[日年]|第二天|今|明|当)", _joins_day),
    rule(rf"{DASH}(?=(?:零下|负)\d)", _joins_below),
    rule(rf"{DASH}(?=(?:公元)?前?\d{{1,4}}年)", _joins_years),
)
"""Rules at a dash that may stand between two counted things."""

RANGE_RULE = rule(rf"({NUMBER})(万|亿)?({DASH})({NUMBER})(?![-—–~～/:：])", _range)
"""A range of two bare numbers, at a digit."""

SIGN_RULES: tuple[Rule, ...] = (
    rule(rf"[-−–—]({NUMBER})\s?({PERCENT})", _negative_percent),
    rule(rf"[-−–—]({NUMBER}){_TO}([-−–]?)({NUMBER})\s?(℃|°C)", _freezing_range),
    rule(rf"[-−–—]({NUMBER})(?=\s?(?:℃|°C|摄氏度))", _freezing),
    rule(rf"[-−]({NUMBER})", _negative),
    rule(r"[-−—–](\d{1,4})(?![\d.])", _type_number),
)
"""Rules at a minus or hyphen that is not between two numbers."""
