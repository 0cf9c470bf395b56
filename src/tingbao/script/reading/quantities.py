"""Quantities: percent, degrees, units, powers, fractions and plain numbers."""

from __future__ import annotations

import re

from tingbao.script.reading.dashes import RANGE_RULE
from tingbao.script.reading.rules import DASH, NUMBER, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import (
    COMPASS,
    LATIN_UNIT,
    MAGNITUDE,
    PERCENT,
    QUANTITY_AFTER,
    read_counted,
    read_share,
    read_unit,
)
from tingbao.text.numerals import read_decimal, read_digits


def _percent(match: re.Match[str]) -> str:
    return read_share(match[1], match[2])


def _percent_range(match: re.Match[str]) -> str:
    sign = match[3]
    return f"{read_share(match[1], sign)}至{read_share(match[2], sign)}"


def _difference(match: re.Match[str]) -> str:
    return f"{read_decimal(match[1])}减{read_decimal(match[2])}"


def _measured(match: re.Match[str]) -> str:
    unit = read_unit(match[3])
    magnitude = match[2] or ""
    return f"{read_counted(match[1], magnitude or unit)}{magnitude}{unit}"


def _measured_range(match: re.Match[str]) -> str:
    first, last = read_decimal(match[1]), read_decimal(match[2])
    return f"{first}至{last}{read_unit(match[3])}"


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def _power(match: re.Match[str]) -> str:
    exponent = match[2].translate(_SUPERSCRIPTS)
    sign = "负" if exponent.startswith("-") else ""
    unit = read_unit(match[3]) if match[3] else ""
    return f"{read_decimal(match[1])}的{sign}{read_decimal(exponent.strip('-') or '0')}次方{unit}"


def _high_and_low(match: re.Match[str]) -> str:
    below = "零下" if not match[2].isdigit() else ""
    low = f"{below}{read_decimal(match[2].lstrip('-−'))}"
    return f"{read_decimal(match[1])}{PAUSE}{low}摄氏度"


def _pressure(match: re.Match[str]) -> str:
    return f"{read_decimal(match[1])}{PAUSE}{read_decimal(match[2])}毫米汞柱"


def _product(match: re.Match[str]) -> str:
    """A number before a cross and another number; the cross may be typed as a letter."""
    unit = read_unit(match[2]) if match[2] else ""
    return f"{read_counted(match[1], unit)}{unit}乘"


def _degrees(match: re.Match[str]) -> str:
    degrees, minutes, seconds, side = match.groups()
    text = f"{COMPASS.get(side, '')}{read_decimal(degrees)}度"
    text += f"{read_decimal(minutes)}分" if minutes else ""
    return text + (f"{read_decimal(seconds)}秒" if seconds else "")


def _fraction(match: re.Match[str]) -> str | None:
    part, whole = int(match[1]), int(match[2])
    if not 0 < part < whole:
        return None
    return f"{read_decimal(match[2])}分之{read_decimal(match[1])}"


def _choices(match: re.Match[str]) -> str:
    """Prices and sizes to choose from: 180/280/380元."""
    return PAUSE.join(map(read_decimal, match.group().split("/")))


def _decades(match: re.Match[str]) -> str:
    """Decades side by side: 80/90年代; those born in them digit by digit."""
    born = after(match, 1) == "后"
    return PAUSE.join(map(read_digits if born else read_decimal, match.group().split("/")))


def _choices_counted(match: re.Match[str]) -> str | None:
    return _choices(match) if QUANTITY_AFTER.match(after(match)) else None


_TIMED = re.compile("(?:[片时全]长|片时|第)[：: ]?$")


def _minutes(match: re.Match[str]) -> str | None:
    """A prime after a film's length or a minute of a match: 片长128′, 第89′."""
    return f"{read_decimal(match[1])}分钟" if _TIMED.search(before(match, 4)) else None


_LONG_CODE = re.compile(r"\d{9,24}(?<!0000)")
"""So many figures that count nothing and are not round are the number of something."""

_OTHER_END = re.compile(r"^[至到或]\d{1,2}(?!\d)")
"""The other end of a range, whose measure word serves both: 2至3天."""

_ORDINAL_BEFORE = re.compile("(?:[第时点届]|央视|中央)$")


def _plain(match: re.Match[str]) -> str:
    if _ORDINAL_BEFORE.search(before(match, 2)):
        return read_decimal(match[1])
    if _LONG_CODE.fullmatch(match[1]) and not QUANTITY_AFTER.match(after(match)):
        return read_digits(match[1])
    return read_counted(match[1], _OTHER_END.sub("", after(match)))


QUANTITY_RULES: tuple[Rule, ...] = (
    rule(rf"({NUMBER})[-−]({NUMBER})(?==)", _difference),
    rule(
        rf"({NUMBER})[″”\"](?=屏|显示|液晶|电视|轮)", lambda match: f"{read_decimal(match[1])}英寸"
    ),
    rule(rf"({NUMBER}){PERCENT}?\s?{DASH}\s?({NUMBER})({PERCENT})", _percent_range),
    rule(rf"({NUMBER})\s?({PERCENT})", _percent),
    rule(rf"({NUMBER}){DASH}({NUMBER})\s?({LATIN_UNIT})", _measured_range),
    rule(rf"({NUMBER})°(?:({NUMBER})[′'’])?(?:({NUMBER})[″\"”])?([NSEW])?(?!C)", _degrees),
    rule(rf"({NUMBER})([⁰¹²³⁴-⁹⁻]{{1,4}})\s?({LATIN_UNIT})?", _power),
    rule(r"(\d{1,2})/([-−]?\d{1,2})\s?(?:℃|°C)", _high_and_low),
    rule(r"(\d{2,3})/(\d{2,3})\s?(?:mmHg|毫米汞柱)", _pressure),
    rule(rf"(?!0[xX])({NUMBER})\s?({LATIN_UNIT}|米)?\s?[xX×*]\s?(?=\d)", _product),
    rule(rf"({NUMBER}){MAGNITUDE}\s?({LATIN_UNIT})", _measured),
    rule(rf"{NUMBER}(?:/{NUMBER}){{1,7}}(?=元|块钱)", _choices),
    rule(rf"{NUMBER}(?:/{NUMBER}){{2,7}}(?![\d/.])", _choices_counted),
    rule(r"[1-9]0(?:/[1-9]0){1,3}(?=年代|后(?![来面]))", _decades),
    rule(r"(\d{1,6})/(\d{1,8})(?![\d/.])", _fraction),
    rule(r"(\d{1,3})[′'](?![\d″])", _minutes),
    RANGE_RULE,
)
"""Rules at a digit."""

BITE_RULES: tuple[Rule, ...] = (
    rule(r"(?=\d{25})\d{24}|(?<=\d)\d{1,24}", lambda match: read_digits(match.group())),
)
"""An unbroken run longer than any quantity is read in bites, so that none is looked at twice."""

LONE_RULE = rule(rf"({NUMBER})(?![-—–/:：_#^*\\.][\dA-Za-z])", _plain)
"""A number that is bound to no other, at a digit."""

PLAIN_RULES: tuple[Rule, ...] = (rule(rf"({NUMBER})", _plain),)
"""Rules at a digit, when no other knows it."""
