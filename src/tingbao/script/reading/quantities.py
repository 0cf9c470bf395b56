"""Quantities: percent, money, degrees, units, fractions, ranges and plain numbers."""

from __future__ import annotations

import re

from tingbao.script.reading.numerals import read_decimal, read_digits
from tingbao.script.reading.rules import DASH, HAN, NUMBER, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import (
    LATIN_UNIT,
    MEASURE_AFTER,
    QUANTITY_AFTER,
    UNIT_RUN,
    read_unit,
)

__all__ = ["BITE_RULES", "JOIN_RULES", "LONE_RULE", "PLAIN_RULES", "QUANTITY_RULES", "SIGN_RULES"]

_MAGNITUDE = "(万亿|千万|百万|万|亿|千|百)?"
_PARTS = {"%": "百分之", "％": "百分之", "‰": "千分之", "‱": "万分之"}
_PERCENT = "[%％‰‱]"
_TO = "[~～—–至到-]{1,2}?"
_CURRENCY = {
    "¥": "元",
    "￥": "元",
    "$": "美元",
    "US$": "美元",
    "USD": "美元",
    "HK$": "港元",
    "HKD": "港元",
    "NT$": "新台币",
    "A$": "澳元",
    "C$": "加元",
    "S$": "新加坡元",
    "EUR": "欧元",
    "RMB": "元",
    "CNY": "元",
    "€": "欧元",
    "£": "英镑",
}


def _counted(number: str, follows: str) -> str:
    """Read a quantity; a bare 2 is 两 before a measure word or 万, 亿, 千, 百."""
    if number == "2" and (MEASURE_AFTER.match(follows) or follows[:1] in {"万", "亿", "千", "百"}):
        return "两"
    return read_decimal(number)


def _share(number: str, sign: str) -> str:
    if sign in "%％" and number == "100":
        return "百分之百"
    return _PARTS[sign] + read_decimal(number)


def _percent(match: re.Match[str]) -> str:
    return _share(match[1], match[2])


def _percent_range(match: re.Match[str]) -> str:
    sign = match[3]
    return f"{_share(match[1], sign)}至{_share(match[2], sign)}"


def _negative_percent(match: re.Match[str]) -> str:
    return f"负{_share(match[1], match[2])}"


def _money(match: re.Match[str]) -> str:
    magnitude = match[3] or ""
    amount = re.sub(r"\.0+$", "", match[2])
    number = "两" if amount == "2" else read_decimal(amount)
    return f"{number}{magnitude}{_CURRENCY[match[1]]}"


def _money_range(match: re.Match[str]) -> str:
    return f"{read_decimal(match[2])}至{read_decimal(match[3])}{_CURRENCY[match[1]]}"


def _difference(match: re.Match[str]) -> str:
    return f"{read_decimal(match[1])}减{read_decimal(match[2])}"


def _measured(match: re.Match[str]) -> str:
    unit = read_unit(match[3])
    magnitude = match[2] or ""
    return f"{_counted(match[1], magnitude or unit)}{magnitude}{unit}"


def _measured_range(match: re.Match[str]) -> str:
    first, last = read_decimal(match[1]), read_decimal(match[2])
    return f"{first}至{last}{read_unit(match[3])}"


def _freezing_range(match: re.Match[str]) -> str:
    last = f"{'零下' if match[2] else ''}{read_decimal(match[3])}"
    return f"零下{read_decimal(match[1])}至{last}{read_unit(match[4])}"


def _freezing(match: re.Match[str]) -> str:
    return f"零下{read_decimal(match[1])}"


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
    return f"{_counted(match[1], unit)}{unit}乘"


_COMPASS = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经", "": ""}


def _degrees(match: re.Match[str]) -> str:
    degrees, minutes, seconds, side = match.groups()
    text = f"{_COMPASS[side or '']}{read_decimal(degrees)}度"
    text += f"{read_decimal(minutes)}分" if minutes else ""
    return text + (f"{read_decimal(seconds)}秒" if seconds else "")


def _fraction(match: re.Match[str]) -> str | None:
    part, whole = int(match[1]), int(match[2])
    if not 0 < part < whole:
        return None
    return f"{read_decimal(match[2])}分之{read_decimal(match[1])}"


_WRAPS = re.compile("[月日时点号]")
"""Ranges of these may begin anew: 11—2月, 22-6时."""


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether words end in the pair and the clause ends with it: 指数(AQI)50-80."""
    behind, ahead = before(match, 1), after(match, 1)
    return bool(re.match(rf"{HAN}|[)）：]", behind)) and (not ahead or ahead in "，。；、)”")


def _range(match: re.Match[str]) -> str | None:
    """Read a rising range; with a hyphen only where something is counted, else it is a code."""
    first, magnitude, dash, last = match[1], match[2] or "", match[3], match[4]
    follows = after(match)
    rising = _value(first) < _value(last) or bool(magnitude)
    if not (rising or _WRAPS.match(follows)):
        return None
    if "-" in dash and not (QUANTITY_AFTER.match(follows) or _stands_alone(match)):
        return None
    return f"{read_decimal(first)}{magnitude}至{_counted(last, follows)}"


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _plain(match: re.Match[str]) -> str:
    if before(match, 1) in {"第", "时", "点"}:
        return read_decimal(match[1])
    return _counted(match[1], after(match))


_TYPED = re.compile(
    r"[歼运直轰强教武鹰旗风浪击雳征舟图格苏尔安龙虹侦警枭鲲号星型腾帆箭弹问娥宫站]$"
)
"""What a type number follows with a hyphen: 歼-20, 长征-5, 东风-41."""


def _negative(match: re.Match[str]) -> str | None:
    """A minus before a fraction or before what is measured; a type number follows a hyphen."""
    follows = after(match)
    lone = not re.search(rf"{HAN}$", before(match, 1))
    measured = QUANTITY_AFTER.match(follows) and not _TYPED.search(before(match, 3))
    if re.search(r"[A-Za-z0-9]$", before(match, 1)):
        return None
    return f"负{_counted(match[1], follows)}" if lone or "." in match[1] or measured else None


def _type_number(match: re.Match[str]) -> str | None:
    """Read the number of a type: 歼-20."""
    if not re.search(rf"{HAN}$", before(match, 1)):
        return None
    return read_digits(match[1]) if len(match[1]) > 2 else read_decimal(match[1])


_COUNTED_BEHIND = re.compile(rf"[\d%‰℃°′]([KkWw]?{UNIT_RUN})$")


def _joins(match: re.Match[str]) -> str | None:
    """A dash between two counted things is 至; a long one only between things alike."""
    behind = _COUNTED_BEHIND.search(before(match, 12))
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
    rule(rf"{DASH}(?=\d{{1,2}}[:：]\d\d(?!\d))", _joins_clock),
    rule(rf"{DASH}(?=[-−]?\d)", _joins),
    rule(rf"{DASH}(?=次[日年]|翌[日年]|第二天|今|明|当)", _joins_day),
    rule(rf"{DASH}(?=(?:零下|负)\d)", _joins_below),
    rule(rf"{DASH}(?=(?:公元)?前?\d{{1,4}}年)", _joins_years),
)
"""Rules at a dash that may stand between two counted things."""

MONEY_RULE = rule(
    rf"({'|'.join(map(re.escape, _CURRENCY))})\s?({NUMBER}){_MAGNITUDE}"
    rf"(?:元|美元|欧元|英镑|港元|日元)?(?!{DASH}\d)",
    _money,
)
"""An amount behind its currency sign, at the sign."""

QUANTITY_RULES: tuple[Rule, ...] = (
    rule(rf"([¥$€£]) ?({NUMBER}){DASH}[¥$€£]?({NUMBER})(?:元|美元|欧元|英镑)?", _money_range),
    rule(rf"({NUMBER})[-−]({NUMBER})(?==)", _difference),
    rule(
        rf"({NUMBER})[″”\"](?=屏|显示|液晶|电视|轮)", lambda match: f"{read_decimal(match[1])}英寸"
    ),
    rule(rf"({NUMBER}){_PERCENT}?\s?{DASH}\s?({NUMBER})({_PERCENT})", _percent_range),
    rule(rf"({NUMBER})\s?({_PERCENT})", _percent),
    MONEY_RULE,
    rule(rf"({NUMBER}){DASH}({NUMBER})\s?({LATIN_UNIT})", _measured_range),
    rule(rf"({NUMBER})°(?:({NUMBER})[′'’])?(?:({NUMBER})[″\"”])?([NSEW])?(?!C)", _degrees),
    rule(rf"({NUMBER})([⁰¹²³⁴-⁹⁻]{{1,4}})\s?({LATIN_UNIT})?", _power),
    rule(r"(\d{1,2})/([-−]?\d{1,2})\s?(?:℃|°C)", _high_and_low),
    rule(r"(\d{2,3})/(\d{2,3})\s?(?:mmHg|毫米汞柱)", _pressure),
    rule(rf"(?!0[xX])({NUMBER})\s?({LATIN_UNIT}|米)?\s?[xX×*]\s?(?=\d)", _product),
    rule(rf"({NUMBER}){_MAGNITUDE}\s?({LATIN_UNIT})", _measured),
    rule(r"(\d{1,6})/(\d{1,8})(?![\d/.])", _fraction),
    rule(rf"({NUMBER})(万|亿)?({DASH})({NUMBER})(?![-—–~～/:：])", _range),
)
"""Rules at a digit or a currency sign."""

SIGN_RULES: tuple[Rule, ...] = (
    rule(rf"[-−–—]({NUMBER})\s?({_PERCENT})", _negative_percent),
    rule(rf"[-−–—]({NUMBER}){_TO}([-−–]?)({NUMBER})\s?(℃|°C)", _freezing_range),
    rule(rf"[-−–—]({NUMBER})(?=\s?(?:℃|°C|摄氏度))", _freezing),
    rule(rf"[-−]({NUMBER})", _negative),
    rule(r"[-−—–](\d{1,4})(?![\d.])", _type_number),
)
"""Rules at a minus or hyphen that is not between two numbers."""

BITE_RULES: tuple[Rule, ...] = (
    rule(r"(?=\d{25})\d{24}|(?<=\d)\d{1,24}", lambda match: read_digits(match.group())),
)
"""An unbroken run longer than any quantity is read in bites, so that none is looked at twice."""

LONE_RULE = rule(rf"({NUMBER})(?![-—–/:：_#^*\\.][\dA-Za-z])", _plain)
"""A number that is bound to no other, at a digit."""

PLAIN_RULES: tuple[Rule, ...] = (rule(rf"({NUMBER})", _plain),)
"""Rules at a digit, when no other knows it."""
