"""Quantities: percent, units, powers, fractions, ranges, money, and numbers below zero."""

from __future__ import annotations

import re

from tingbao.script.reading.inventory import PAUSE, after, before, reader
from tingbao.script.reading.vocabulary import (
    COMPASS,
    COUNTED_WORD,
    CURRENCIES,
    HAN,
    LazyPattern,
    Match,
    is_counted,
    read_counted,
    read_share,
    read_unit,
)
from tingbao.text.numerals import read_decimal, read_digits


@reader
def _every_digit(match: Match) -> str:
    """A run longer than any quantity is read in bites, so that no digit is looked at twice."""
    return read_digits(match.group())


@reader
def _inches(match: Match) -> str:
    return f"{read_decimal(match[1])}英寸"


@reader
def _share(match: Match) -> str:
    return read_share(match[1], match[2])


@reader
def _range_of_shares(match: Match) -> str:
    sign = match[3]
    return f"{read_share(match[1], sign)}至{read_share(match[2], sign)}"


@reader
def _difference(match: Match) -> str:
    return f"{read_decimal(match[1])}减{read_decimal(match[2])}"


@reader
def _measured(match: Match) -> str:
    unit = read_unit(match[3])
    magnitude = match[2] or ""
    return f"{read_counted(match[1], magnitude or unit)}{magnitude}{unit}"


@reader
def _measured_range(match: Match) -> str:
    first, last = read_decimal(match[1]), read_decimal(match[2])
    return f"{first}至{last}{read_unit(match[3])}"


@reader
def _range_of_units(match: Match) -> str:
    first, last = read_unit(match[2]), read_unit(match[4])
    return f"{read_counted(match[1], first)}{first}至{read_counted(match[3], last)}{last}"


@reader
def _liang(match: Match) -> str | None:
    """A weight in 两; where something is counted behind it, 两 is the number two."""
    counts = read_counted("2", after(match, 4)) == "两" and not re.match(
        "米[酒饭]|面", after(match)
    )
    return None if counts else f"{read_decimal(match[1])}两"


_WATTS_BEHIND = re.compile("(?:功率|瓦|灯|充电|快充|适配器|电源|电机)[^，。；]{0,8}$")
_WATTS_AHEAD = re.compile("[^，。；]{0,3}?(?:功率|灯|快充|充电|电源|电机|闪充)")


@reader
def _ten_thousands(match: Match) -> str:
    """A small w behind a number is 万 where no power in watts is meant: 粉丝300w."""
    if _WATTS_BEHIND.search(before(match)) or _WATTS_AHEAD.match(after(match)):
        return f"{read_decimal(match[1])}瓦"
    return f"{read_counted(match[1], '万')}万{'多' if match[2] else ''}"


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LETTERS_RAISED = dict(zip("ⁿᵐˣʸᵏⁱ", "nmxyki", strict=True))


@reader
def _power(match: Match) -> str:
    unit = read_unit(match[3]) if match[3] else ""
    return f"{read_decimal(match[1])}{_raised(match[2])}{unit}"


def _raised(exponent: str) -> str:
    """An exponent: ``⁻³`` is 的负三次方, ``ⁿ`` is 的n次方."""
    plain = exponent.translate(_SUPERSCRIPTS)
    sign, size = ("负" if plain.startswith("-") else ""), plain.strip("-")
    said = _LETTERS_RAISED.get(size) or read_decimal(size or "0")
    return f"的{sign}{said}次方"


@reader
def _power_of_letter(match: Match) -> str | None:
    """A letter or bracket raised to what is no square or cube: xⁿ, t⁻¹."""
    return _raised(match.group()) if re.match("[A-Za-z)]", before(match, 1)) else None


@reader
def _high_and_low(match: Match) -> str:
    below = "零下" if not match[2].isdigit() else ""
    low = f"{below}{read_decimal(match[2].lstrip('-−'))}"
    return f"{read_decimal(match[1])}{PAUSE}{low}摄氏度"


@reader
def _blood_pressure(match: Match) -> str:
    return f"{read_decimal(match[1])}{PAUSE}{read_decimal(match[2])}毫米汞柱"


@reader
def _product(match: Match) -> str:
    """A number before a cross and another number; the cross may be typed as a letter."""
    unit = read_unit(match[2]) if match[2] else ""
    return f"{read_counted(match[1], unit)}{unit}乘"


@reader
def _degrees(match: Match) -> str:
    degrees, minutes, seconds, side = match.groups()
    text = f"{COMPASS.get(side, '')}{read_decimal(degrees)}度"
    text += f"{read_decimal(minutes)}分" if minutes else ""
    return text + (f"{read_decimal(seconds)}秒" if seconds else "")


_SUM_AHEAD = re.compile("[=+×÷<>≈]|[是为]?[假真]?分数|[大小等]于|[是为]假")


def _is_sum(match: Match) -> bool:
    """Whether the words are of arithmetic, so that the upper part may be the greater one."""
    around = before(match, 24) + after(match)
    follows = after(match)
    return "分数" in around or follows.startswith("的人") or bool(_SUM_AHEAD.match(follows))


@reader
def _musical_time(match: Match) -> str:
    """Beats in a bar: 3/4拍 is 四三拍."""
    return f"{read_decimal(match[2])}{read_decimal(match[1])}"


@reader
def _round_the_clock(_: Match) -> str:
    return "七乘二十四"


@reader
def _fraction_without_zero(match: Match) -> str:
    return f"零点{read_digits(match[1])}"


@reader
def _fraction(match: Match) -> str | None:
    part, whole = int(match[1]), int(match[2])
    if not (0 < part < whole or (whole > 1 and part > 0 and _is_sum(match))):
        return None
    return f"{read_decimal(match[2])}分之{read_decimal(match[1])}"


@reader
def _part_of_inch(match: Match) -> str:
    return f"{read_decimal(match[2])}分之{read_decimal(match[1])}"


@reader
def _choices(match: Match) -> str:
    """Prices and sizes to choose from: 180/280/380元."""
    return PAUSE.join(map(read_decimal, match.group().split("/")))


@reader
def _decades(match: Match) -> str:
    """Decades side by side: 80/90年代; those born in them digit by digit."""
    born = after(match, 1) == "后"
    return PAUSE.join(map(read_digits if born else read_decimal, match.group().split("/")))


@reader
def _counted_choices(match: Match) -> str | None:
    return _choices(match) if is_counted(after(match)) else None


_TIMED = re.compile("(?:[片时全]长|片时|第)[：: ]?$")


@reader
def _minutes(match: Match) -> str | None:
    """A prime after a film's length or a minute of a match: 片长128′, 第89′."""
    return f"{read_decimal(match[1])}分钟" if _TIMED.search(before(match, 4)) else None


_LONG_CODE = re.compile(r"\d{9,24}(?<!0000)")
"""So many figures that count nothing and are not round are the number of something."""

_OTHER_END = re.compile(r"^[至到或]\d{1,2}(?!\d)")
"""The other end of a range, whose measure word serves both: 2至3天."""

_ORDINAL_BEFORE = re.compile("(?:[第时点届]|央视|中央)$")


@reader
def _plain_number(match: Match) -> str:
    if _ORDINAL_BEFORE.search(before(match, 2)):
        return read_decimal(match[1])
    if _LONG_CODE.fullmatch(match[1]) and not is_counted(after(match)):
        return read_digits(match[1])
    follows = _OTHER_END.sub("", after(match))
    whole = match[1].removesuffix(".00") if _MONEY.match(follows) else match[1]
    return read_counted(whole, follows)


_MONEY = re.compile("(?:[美欧日港澳加]|人民币)?元|英镑|块")


@reader
def _lone_pair(match: Match) -> str | None:
    """Two numbers that are all there is on their line: a range where they rise."""
    rising = int(match[1]) < int(match[2]) and match[1][0] != "0"
    return f"{read_decimal(match[1])}至{read_decimal(match[2])}" if rising else None


@reader
def _money(match: Match) -> str:
    magnitude = match[3] or ""
    amount = re.sub(r"\.0+$", "", match[2])
    number = "两" if amount == "2" else read_decimal(amount)
    return f"{number}{magnitude}{CURRENCIES[match[1]]}"


@reader
def _range_of_money(match: Match) -> str:
    return f"{read_decimal(match[2])}至{read_decimal(match[3])}{CURRENCIES[match[1]]}"


# --- ranges, and numbers below zero --------------------------------------------------------------


_WRAPS = re.compile("[月日时点号]")
"""Ranges of these may begin anew: 11—2月, 22-6时."""

_AGO = re.compile("距今[大已]?[约有]?$")
"""What is counted back from today falls: 距今约5300—4300年."""


def _stands_alone(match: Match) -> bool:
    """Whether words end in the pair and the clause ends with it: 指数(AQI)50-80."""
    behind, ahead = before(match, 1), after(match, 1)
    return bool(re.match(rf"{HAN}|[)）：]", behind)) and (not ahead or ahead in "，。；、)”")


_WITHIN = re.compile("之[间内]|区间|范围|附近|为宜|为佳")


def _is_scale(match: Match) -> bool:
    """Whether a pair with a hyphen measures: decimals, or words that want two ends."""
    if re.match(r"[A-Za-z\d.]", before(match, 1)):
        return False
    decimals = "." in match[1] and "." in match[4]
    return decimals or bool(_WITHIN.match(after(match)))


@reader
def _range_of_quantities(match: Match) -> str | None:
    """Read a rising range; with a hyphen only where something is counted, else it is a code."""
    first, magnitude, dash, last = match[1], match[2] or "", match[3], match[4]
    follows = after(match)
    rising = _value(first) < _value(last) or bool(magnitude)
    if not (rising or _WRAPS.match(follows) or _AGO.search(before(match, 4))):
        return None
    if "-" in dash and not (is_counted(follows) or _stands_alone(match) or _is_scale(match)):
        return None
    return f"{read_counted(first, magnitude or follows)}{magnitude}至{read_counted(last, follows)}"


def _value(number: str) -> float:
    return float(number.replace(",", ""))


@reader
def _range_behind_letters(match: Match) -> str | None:
    """A rising range of decimals behind what it is a measure of: pH6.5-8.5."""
    letters, first, last = match.groups()
    rising = _value(first) < _value(last)
    return f"{letters}{read_decimal(first)}至{read_decimal(last)}" if rising else None


@reader
def _negative_share(match: Match) -> str:
    return f"负{read_share(match[1], match[2])}"


@reader
def _range_below_zero(match: Match) -> str:
    last = f"{'零下' if match[2] else ''}{read_decimal(match[3])}"
    return f"零下{read_decimal(match[1])}至{last}{read_unit(match[4])}"


@reader
def _below_zero(match: Match) -> str:
    return f"零下{read_decimal(match[1])}"


_TYPED = re.compile(
    r"[歼运直轰强教武鹰旗风浪击雳征舟图格苏尔安龙虹侦警枭鲲号星型腾帆箭弹问娥宫站]$"
)
"""What a type number follows with a hyphen: 歼-20, 长征-5, 东风-41."""


@reader
def _negative(match: Match) -> str | None:
    """A minus before a fraction or before what is measured; a type number follows a hyphen."""
    follows = after(match)
    lone = not re.search(rf"{HAN}$", before(match, 1))
    measured = is_counted(follows) and not _TYPED.search(before(match, 3))
    if re.search(r"[A-Za-z0-9α-ωΑ-Ω]$", before(match, 1)):
        return None
    return f"负{read_counted(match[1], follows)}" if lone or "." in match[1] or measured else None


_VALUE_BEFORE = re.compile(
    "(?:计算|等于|结果|得到?|[为是至到约达在从即取和或与值])$|(?:[加减乘]|除以|大于|小于|低于|高于)$"
)


@reader
def _negative_number(match: Match) -> str | None:
    """A number below zero behind words that want a value; a type number stands behind a name."""
    valued = _VALUE_BEFORE.search(before(match, 2)) and not _TYPED.search(before(match, 3))
    return f"负{read_decimal(match[1])}" if valued else None


_FORMULA = re.compile("[=≈≠×÷√²³⁴-⁹ⁿ]")
_NO_FORMULA = re.compile(r"[^\x21-\x7e²³⁰-⁹ⁿˣʸ×÷√±≈≠≤≥·πα-ω ]")


def _is_in_formula(match: Match) -> bool:
    """Whether signs of arithmetic stand in the same run of letters, figures and signs."""
    behind = _NO_FORMULA.split(before(match, 24))[-1]
    ahead = _NO_FORMULA.split(after(match, 24))[0]
    return bool(_FORMULA.search(behind + ahead))


@reader
def _minus(match: Match) -> str | None:
    return f"{match[1] or ''}减" if _is_in_formula(match) else None


@reader
def _negative_letter(match: Match) -> str | None:
    opens = before(match, 1) in {"", "=", "(", "+", "×", "，", "≈"}
    return "负" if opens and (before(match, 1) == "=" or _is_in_formula(match)) else None


@reader
def _number_of_type(match: Match) -> str | None:
    """Read the number of a type: 歼-20."""
    if not re.search(rf"(?:{HAN}|[α-ωΑ-Ω])$", before(match, 1)):
        return None
    return read_digits(match[1]) if len(match[1]) > 2 else read_decimal(match[1])


_COUNTED_BEHIND = LazyPattern(
    rf"[\d%‰℃°′]([KkWw]?(?:{COUNTED_WORD}){{0,3}})(?:\([^()\d]{{1,4}}\))?$"
)


@reader
def _joins(match: Match) -> str | None:
    """A dash between two counted things is 至; a long one only between things alike."""
    behind = _COUNTED_BEHIND.search(before(match, 18))
    if not behind:
        return None
    unit, follows = behind[1], re.sub(r"^[\d.,:]+", "", after(match))
    if len(match.group()) > 1 and not (unit and follows.startswith(unit)):
        return None
    return "至" if unit or is_counted(follows) or match.group() != "-" else None


@reader
def _joins_years(match: Match) -> str | None:
    return "至" if re.search(r"[\d年]$", before(match, 1)) else None


@reader
def _joins_day(match: Match) -> str | None:
    return "至" if re.search(r"\d[年月日时点号]?$", before(match, 2)) else None


@reader
def _joins_below(match: Match) -> str | None:
    return "至" if re.search(r"[\d℃度]$", before(match, 1)) else None


@reader
def _joins_times(match: Match) -> str | None:
    timed = re.search(r"\d[:：]\d\d分?(?: ?[AaPp]\.?[Mm]\.?)?$", before(match, 12))
    return "至" if timed else None
