"""Numbers as pages print them: 第十二版, 二〇二六年, A02."""

from __future__ import annotations

import re

HAN_DIGITS = "〇零一二三四五六七八九十百廿卅两"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100}
_TENS = {"廿": "二十", "卅": "三十"}
_LABEL = re.compile(r"([A-Za-z]{0,2})0*(\d+)")


def number_of(text: str) -> int | None:
    """The value of Arabic or Han digits, positional (二〇二六) or with units (二十三)."""
    if text.isascii() and text.isdecimal():
        return int(text)
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if not text or any(character not in HAN_DIGITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    return _with_units(text)


def fold_label(printed: str) -> str:
    """A page label as labels are compared: 第二版, 02 and 2 are 2; A02 is A2; 头版 is 1."""
    text = printed.strip().strip("第版页").strip()
    if text in {"头", "首"}:
        return "1"
    if found := _LABEL.fullmatch(text):
        return found[1].upper() + found[2]
    value = number_of(text)
    return text.upper() if value is None else str(value)


def _with_units(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
