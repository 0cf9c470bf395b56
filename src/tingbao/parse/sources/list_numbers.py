"""The numbers that Word prints before the paragraphs of a list: they stand in no text of the file.

A paragraph names a list and a level. The list's part of the package says how each level counts, and
with what around it: ``第%1章``, ``（%2）``. A level begins anew below each entry of a higher one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tingbao.parse.sources.safe_xml import attribute, children, name_of
from tingbao.text.han import has_han
from tingbao.text.numerals import read_digits, read_integer

if TYPE_CHECKING:
    from lxml.etree import _Element

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CAPITALS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 9999
_MOST_CIRCLES = 20
_HAN_COUNTS = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: from ``start``, in ``form``, shown as ``text`` with %1 for a number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class ListNumbers:
    """The lists of one document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: dict[str, str] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element | None) -> ListNumbers:
        """The lists that a document's numbering part describes."""
        parts = [] if root is None else children(root)
        abstract = {
            attribute(part, "abstractNumId"): _levels(part)
            for part in parts
            if name_of(part) == "abstractNum"
        }
        numbers = cls()
        for part in parts:
            if name_of(part) == "num":
                numbers._add(part, abstract)
        return numbers

    def _add(self, part: _Element, abstract: dict[str, dict[int, _Level]]) -> None:
        """A list: the levels of its description, and what it overrides of them."""
        key = attribute(part, "numId")
        described = next(
            (attribute(e, "val") for e in children(part) if name_of(e) == "abstractNumId"), ""
        )
        own = [e for e in children(part) if name_of(e) == "lvlOverride"]
        levels = dict(abstract.get(described, {}))
        for override in own:
            level = _number(attribute(override, "ilvl"))
            levels |= _levels(override)
            start = _value(override, "startOverride")
            if start.isdecimal():
                old = levels.get(level, _Level())
                levels[level] = _Level(_number(start), old.form, old.text)
        self.levels[key] = levels
        # Lists of one description go on counting, unless one begins anew.
        self.counters[key] = f"{described} {key}" if own else described

    def next_of(self, key: str, level: int) -> str | None:
        """What is printed before the next entry: nothing for a bullet; None of an unknown list."""
        levels = self.levels.get(key)
        if levels is None or level not in levels:
            return None
        counted = self.counted.setdefault(self.counters[key], {})
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        counted[level] = counted.get(level, levels[level].start - 1) + 1
        return _shown(levels, level, counted)


def _shown(levels: dict[int, _Level], level: int, counted: dict[int, int]) -> str:
    text = levels[level].text
    if levels[level].form in {"bullet", "none"} and not has_han(text):
        return ""
    for other, found in levels.items():
        number = counted.get(other, found.start)
        text = text.replace(f"%{other + 1}", _in_form(number, found.form))
    return text.strip()


def _levels(part: _Element) -> dict[int, _Level]:
    found = (element for element in children(part) if name_of(element) == "lvl")
    return {
        _number(attribute(element, "ilvl")): _Level(
            _number(_value(element, "start") or "1"),
            _value(element, "numFmt") or "decimal",
            _value(element, "lvlText"),
        )
        for element in found
    }


def _value(element: _Element, name: str) -> str:
    return next((attribute(e, "val") for e in children(element) if name_of(e) == name), "")


def _number(text: str) -> int:
    return min(int(text), _LARGEST) if text.isdecimal() else 0


def _in_form(number: int, form: str) -> str:
    """A number as Word shows it in one of its forms; in figures where we do not know the form."""
    if form in _HAN_COUNTS:
        return read_integer(str(number))
    show = _FORMS.get(form)
    return show(number) if show is not None and number > 0 else str(number)


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circle(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= _MOST_CIRCLES else str(number)


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        shown += letters * times
    return shown


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseLegalSimplified": lambda number: read_integer(str(number)).translate(_CAPITALS),
    "ideographDigital": lambda number: read_digits(str(number)).replace("零", "〇"),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % len(_STEMS)],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % len(_BRANCHES)],
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
}
