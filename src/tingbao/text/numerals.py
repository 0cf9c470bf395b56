"""Numbers between digits and Han numerals, both ways.

``number_of`` takes a numeral as printed and returns its value; every ``read_`` function takes
ASCII digits and returns the Han characters that a reader says.
"""

from __future__ import annotations

import datetime as dt
import re

HAN_DIGITS = "零一二三四五六七八九"
"""The Han digits by value."""

HAN_NUMERALS = "〇零一二三四五六七八九十百廿卅两"
"""Inside a character class: what a printed Han number below a thousand is made of."""

WEEKDAYS = "一二三四五六日"
"""The names of the days after 星期, Monday first, as ``date.weekday()`` counts."""

_VALUES = {digit: value for value, digit in enumerate(HAN_DIGITS)} | {"〇": 0, "两": 2}
_FIGURE = re.compile(r"(?!(?:19|20)\d\d年?$|\d{1,2}[月日]|\d季度)[-+±]?[\d,.]+\s*\S{0,4}$")
_UNITS = {"十": 10, "百": 100}
_TENS = {"廿": "二十", "卅": "三十"}

# Beyond ten quadrillions no paper prints a quantity in digits; such a run is an identifier.
_LONGEST_QUANTITY = 16

_TELEPHONE = str.maketrans("0123456789", HAN_DIGITS.replace("一", "幺"))
_PLAIN = str.maketrans("0123456789", HAN_DIGITS)


def number_of(text: str) -> int | None:
    """The value of Arabic or Han digits, positional (二〇二六) or with units (二十三)."""
    if text.isascii() and text.isdecimal():
        return int(text)
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if not text or any(character not in HAN_NUMERALS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    return _with_units(text)


def is_figure(text: str) -> bool:
    """Whether a cell of a table holds a figure, with a unit or without; a year or a day is none."""
    return bool(_FIGURE.match(text))


def read_digits(digits: str) -> str:
    """Read digit by digit: ``1571`` is 一五七一."""
    return digits.translate(_PLAIN)


def read_telephone(digits: str) -> str:
    """Read digit by digit as telephone numbers are, with 幺 for 1: ``110`` is 幺幺零."""
    return digits.translate(_TELEPHONE)


def read_integer(digits: str) -> str:
    """Read as a quantity: ``2200`` is 两千二百, ``10020`` is 一万零二十.

    A leading 2 is 两 before 千, 万 and 亿; elsewhere it is 二. More than sixteen digits are read
    one by one.
    """
    significant = digits.lstrip("0")
    if len(significant) > _LONGEST_QUANTITY:
        return read_digits(digits)
    return _quantity(int(significant)) if significant else "零"


def read_decimal(number: str) -> str:
    """Read digits with an optional fraction and thousands separators: ``1,140.19``."""
    whole, point, fraction = number.replace(",", "").partition(".")
    return read_integer(whole) + (f"点{read_digits(fraction)}" if point else "")


def han_date(date: dt.date) -> str:
    """A date in Han digits, as it is written: 二〇二六年三月十四日."""
    year = read_digits(f"{date.year:04d}").replace("零", "〇")
    return f"{year}年{read_integer(str(date.month))}月{read_integer(str(date.day))}日"


def _with_units(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit


def _quantity(value: int) -> str:
    hundred_millions, rest = divmod(value, 10**8)
    ten_thousands, ones = divmod(rest, 10**4)
    text = f"{_counted(hundred_millions)}亿" if hundred_millions else ""
    if ten_thousands:
        text += _gap(text, ten_thousands < 1000) + f"{_group(ten_thousands, not text)}万"
    if ones:
        text += _gap(text, ones < 1000 or not ten_thousands) + _group(ones, not text, alone=True)
    return text


def _counted(value: int) -> str:
    return "两" if value == 2 else _quantity(value)


def _gap(text: str, skipped: bool) -> str:  # noqa: FBT001  # a condition, not an option
    return "零" if text and skipped else ""


def _group(value: int, leading: bool, *, alone: bool = False) -> str:  # noqa: FBT001  # as above
    """Read 1 to 9999; ``leading`` at the head of the whole number, ``alone`` with no 万 after."""
    if value == 2 and leading and not alone:
        return "两"
    text = ""
    pending_zero = False
    for digit, name in zip(f"{value:04}", "千百十 ", strict=True):
        if digit == "0":
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + _place(digit, name, leading and not text)
        pending_zero = False
    return text


def _place(digit: str, name: str, leading: bool) -> str:  # noqa: FBT001  # as above
    if leading and name == "十" and digit == "1":
        return "十"
    if leading and name == "千" and digit == "2":
        return "两千"
    return HAN_DIGITS[int(digit)] + name.strip()
