"""Numbered outlines inside documents: 篇 章 节; 一、 (一) 1. They never begin an item."""

from __future__ import annotations

import re

from tingbao.text.numerals import HAN_NUMERALS, number_of

_MARKS = (
    ("part", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?[篇编卷]")),
    ("chapter", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?章")),
    ("section", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?节")),
    ("article", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?条(?=[\s　：:]|$)")),
    ("han", re.compile(rf"([{HAN_NUMERALS}]{{1,3}})\s?[、．]")),
    ("han-bracket", re.compile(rf"[（(]\s?([{HAN_NUMERALS}]{{1,3}})\s?[）)]")),
    ("digit", re.compile(r"(\d{1,2})\s?(?:[、．]|\.(?!\d))")),
    ("digit-bracket", re.compile(r"[（(]\s?(\d{1,2})\s?[）)]")),
    ("digit-half", re.compile(r"(\d{1,2})\s?[）)]")),
    ("circle", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])")),
)
_BULLET = re.compile(r"[•●○◆◇■□▲△★☆·※►▶➤✓√]\s*\S")
_LONGEST_ITEM = 40
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def outline_mark(text: str) -> tuple[str, int] | None:
    """The kind and the number of the outline mark that the text begins with, if it does."""
    head = text[:10]
    for kind, pattern in _MARKS:
        if found := pattern.match(head):
            printed = found[1]
            number = _CIRCLES.index(printed) + 1 if kind == "circle" else number_of(printed)
            if number is not None:
                return kind, number
    return None


def is_list_item(text: str) -> bool:
    """Whether the text begins with an outline mark or a bullet."""
    return outline_mark(text) is not None or bool(_BULLET.match(text))


def is_short_item(text: str) -> bool:
    """Whether the text is a short item of a bulleted list, which needs no full stop."""
    return len(text) <= _LONGEST_ITEM and bool(_BULLET.match(text))
