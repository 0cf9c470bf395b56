"""Amounts of money behind their currency sign."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import DASH, NUMBER, Rule, rule
from tingbao.script.reading.units import MAGNITUDE
from tingbao.text.numerals import read_decimal

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


def _money(match: re.Match[str]) -> str:
    magnitude = match[3] or ""
    amount = re.sub(r"\.0+$", "", match[2])
    number = "两" if amount == "2" else read_decimal(amount)
    return f"{number}{magnitude}{_CURRENCY[match[1]]}"


def _money_range(match: re.Match[str]) -> str:
    return f"{read_decimal(match[2])}至{read_decimal(match[3])}{_CURRENCY[match[1]]}"


MONEY_RULES: tuple[Rule, ...] = (
    rule(rf"([¥$€£]) ?({NUMBER}){DASH}[¥$€£]?({NUMBER})(?:元|美元|欧元|英镑)?", _money_range),
    rule(
        rf"({'|'.join(map(re.escape, _CURRENCY))})\s?({NUMBER}){MAGNITUDE}"
        rf"(?:元|美元|欧元|英镑|港元|日元)?(?!{DASH}\d)",
        _money,
    ),
)
"""Rules at a currency sign or at the letter it begins with."""
