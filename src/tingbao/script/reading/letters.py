"""What begins with a letter: standards, plates, types, trains, Roman numerals, abbreviations."""

from __future__ import annotations

import re

from tingbao.script.reading.codes import read_code
from tingbao.script.reading.money import MONEY_RULES
from tingbao.script.reading.rules import HAN, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import COMPASS, LATIN_UNIT, read_unit
from tingbao.text.numerals import read_decimal, read_digits, read_integer

_PLATE_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "XI": 11,
    "XII": 12,
}


def _standard(match: re.Match[str]) -> str:
    pieces = re.findall(r"[A-Z]+|\d+", match[1])
    letters = "".join(read_integer(piece) if piece.isdigit() else piece for piece in pieces)
    return f"{letters}{read_code(match[2])}" + (
        f"{PAUSE}{read_digits(match[3])}" if match[3] else ""
    )


def _plate(match: re.Match[str]) -> str | None:
    place = before(match, 1)
    if not place or place not in _PLATE_PLACES or not re.search(r"\d", match[2]):
        return None
    return match[1] + read_code(re.sub("[·•]", "", match[2]))


def _mixed(match: re.Match[str]) -> str | None:
    """Letters as they are; one or two digits as a number, more or with a zero first one by one.

    A quantity right behind an abbreviation is no code: GDP5%, CPI0.3%.
    """
    if re.match("[%‰℃°万亿元名]|个百分点", after(match, 4)):
        return None
    code = match.group()
    pieces = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?|[^A-Za-z\d]", code)
    one_by_one = len(code) >= 10 and sum(c.isdigit() for c in code) >= 6
    return "".join(_mixed_piece(piece, one_by_one=one_by_one) for piece in pieces)


def _mixed_piece(piece: str, *, one_by_one: bool) -> str:
    if not piece[0].isdigit():
        return piece if piece.isalpha() else ""
    if one_by_one and "." not in piece:
        return read_digits(piece)
    round_number = re.fullmatch(r"[1-9]0+", piece)
    named = "." not in piece and (piece.startswith("0") or len(piece) > 2) and not round_number
    return read_digits(piece) if named else read_decimal(piece)


def _data_size(match: re.Match[str]) -> str:
    return f"{read_decimal(match[1])}{match[2]}"


def _train_pair(match: re.Match[str]) -> str:
    return f"{match[1]}{read_digits(match[2])}{PAUSE}{read_digits(match[3])}"


def _roman(match: re.Match[str]) -> str:
    return read_integer(str(_ROMAN[match[1]]))


def _numbered(match: re.Match[str]) -> str:
    """No.1 is a rank; a longer number, or one with a zero first, is a code."""
    digits = match[1]
    if _is_rank(digits) and _PLANT.match(after(match, 4)):
        return f"{read_integer(digits)}号"
    return f"第{read_integer(digits)}" if _is_rank(digits) else f"编号{read_digits(digits)}"


_PLANT = re.compile(rf"{HAN}{{0,2}}?(?:[井炉楼仓池泵站矿坑墓窟塔闸]|机组|车间|厂房|生产线)")


def _is_rank(digits: str) -> bool:
    return len(digits) < 4 and not digits.startswith("0")


_STAKE = r"[A-Z]?K\d{1,5}\+\d{1,4}"
"""A place on a road by its kilometre stone and the metres behind it: K12+300."""
_STAKES = re.compile(r"([A-Z]?K)(\d{1,5})\+(\d{1,4})")


def _stake(letter: str, kilometre: str, metre: str) -> str:
    metres = read_digits(metre) if metre.startswith("0") else read_integer(metre)
    return f"{letter}{_mixed_piece(kilometre, one_by_one=False)}加{metres}"


def _page_range(match: re.Match[str]) -> str:
    return f"{match[1]}{read_digits(match[2])}至{match[3]}{read_digits(match[4])}"


def _dotted(match: re.Match[str]) -> str:
    parts = match[2].strip(".").split(".")
    return "点".join([match[1], *(read_digits(part) for part in parts)])


def _hyphened(match: re.Match[str]) -> str:
    """A hyphen between letters is not said; after one or two letters it is no break either."""
    gap = "" if len(match[1]) < 3 else " "
    return f"{match[1]}{gap}"


def _initials(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def _compass(match: re.Match[str]) -> str:
    minutes = f"{read_decimal(match[3])}分" if match[3] else ""
    return f"{COMPASS[match[1]]}{read_decimal(match[2])}度{minutes}"


def _withheld(match: re.Match[str]) -> str | None:
    """Letters X beside Han characters stand for a name that is withheld."""
    beside = re.match(HAN, before(match, 1)) or re.match(HAN, after(match, 1))
    return "某" * len(match.group()) if beside else None


def _unit(match: re.Match[str]) -> str | None:
    """A unit with a slash whose number stands elsewhere: 10 的次方 m/s, 单位：mg/L."""
    return read_unit(match.group()) if "/" in match.group() else None


ROMAN_RULE = rule("[Ⅰ-Ⅻ]", lambda match: read_integer(str(ord(match.group()) - 0x215F)))
"""A Roman numeral that is one sign."""

LETTER_RULES: tuple[Rule, ...] = (
    rule(r"([A-Z])[·•・ ]?([A-Z]?[·•]?[A-Z0-9]{5,6})(?![A-Za-z0-9])", _plate),
    rule(r"([A-Z])[·•・ ]?([A-Z0-9]{4})(?=[挂学警港澳领使])", _plate),
    rule(
        r"((?:GB|DB|HJ|JT|NY|SB|YY|JGJ|CJJ|QB|LY|TB|MH|AQ|SL|WS|GA)\d{0,2}(?:/[TZ])?)"
        r"\s?(\d{1,6}(?:\.\d{1,3})?)(?:\s?[-—–]\s?(\d{4}))?(?!\d)",
        _standard,
    ),
    rule(
        r"([A-Z]{1,4}/[A-Z]{1,8})\s?(\d{1,6}(?:\.\d{1,3})?)\s?[-—–]\s?(\d{4})(?!\d)",
        _standard,
    ),
    rule(
        r"(A\d{3})-(\d{3,4})(?![\dA-Za-z])",
        lambda m: read_code(m[1] + m[2]) if before(m, 2) == "空客" else None,
    ),
    rule(r"(ISO|IEC)\s?(\d{3,6})(?:[:：-](\d{4}))?(?!\d)", _standard),
    rule(r"(CN|ISSN|ISBN)\s?([\d][\d-]{3,20}[\dXx])", lambda m: f"{m[1]}{read_code(m[2])}"),
    rule(r"([GDCZTKYSL])(\d{1,4})/(\d{1,4})(?=次)", _train_pair),
    rule(r"([A-Z])(\d{1,3})[-—–~～至到]([A-Z])(\d{1,3})(?=版)", _page_range),
    rule(
        rf"{_STAKE}(?:[-—–~～至]{{1,2}}{_STAKE})?(?!\d)",
        lambda match: "至".join(_stake(*found) for found in _STAKES.findall(match.group())),
    ),
    rule(r"(VIII|VII|III|XII|II|IV|VI|IX|XI)(?=[级类期型度段号标章卷])", _roman),
    rule(r"(I)(?=[级类期型度卷])", _roman),
    rule(r"(V)(?=[级类][^A-Za-z])", _roman),
    rule(r"N[oO][.：:]?\s?(\d{1,12})(?!\d)", _numbered),
    *MONEY_RULES,
    rule(r"([NSEW])(\d{1,3}(?:\.\d{1,6})?)°(?:(\d{1,2})[′'’])?", _compass),
    rule(r"[xX]{2,4}(?![A-Za-z0-9])", _withheld),
    rule(rf"{LATIN_UNIT}", _unit),
    rule(r"([A-Z][A-Za-z]{0,7})((?:\.\d{1,4}){1,4})(?![\dA-Za-z])", _dotted),
    rule(r"(?:[A-Za-z]\.){1,6}[A-Za-z]\.?(?![A-Za-z])", _initials),
    rule(
        r"(?=[A-Za-z]{0,24}[-‐]?\d)[A-Za-z]{1,24}"
        r"(?:[-‐]?\d{1,12}(?:\.\d{1,3}(?![\d.]))?[A-Za-z]{0,12}){1,6}",
        _mixed,
    ),
    rule(r"([A-Za-z]{1,64})-(?=[A-Za-z])", _hyphened),
    rule(r"[A-Za-z\u00c0-\u024f](?:['’]?[A-Za-z\u00c0-\u024f]){0,63}", lambda match: match.group()),
)
"""Rules at a letter."""

DIGIT_LETTER_RULES: tuple[Rule, ...] = (
    rule(r"(\d{2,5})([GMKTP]B?|EB)(?![A-Za-z\d-])", _data_size),
    rule(r"(?=\d{1,12}[A-Za-z])(?:\d{1,12}[A-Za-z]{1,24}){1,6}\d{0,12}(?:-(?=[A-Z]))?", _mixed),
)
"""Rules at a digit: codes that begin with digits and go on in letters."""
