"""The words and signs that reading rules know, from units.tsv and signs.tsv, and their patterns.

A name in capitals is the source of a pattern; rules.tsv refers to those of ``PARTS`` as <NAME>.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tingbao.tables import read_rows
from tingbao.text import contacts
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import read_decimal

Match = re.Match[str]

ROOM = importlib.resources.files(__package__)

HAN = f"[{BASIC_HAN}]"
DASH = r"[-—–~～―−]{1,2}"
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,24})(?:\.\d{1,24})?(?!\d)"
"""A quantity in digits, with or without thousands separators and a fraction."""

COUNT = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""A Han number below a hundred, as it counts paragraphs and points."""

CURRENCY_NAME = "(?:美元|欧元|英镑|日元|人民币|港元|港币|澳元|加元|瑞郎|韩元|卢布|新元)"
UNIT_OF_LAND = "(?:[地市县区旗盟州乡镇村、]|街道|苏木|嘎查)"

COMPASS: Mapping[str, str] = MappingProxyType({"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"})
"""The letters beside degrees of latitude and longitude."""

CIRCLED: Mapping[str, str] = MappingProxyType(
    {chr(0x2460 + at): str(at + 1) for at in range(20)}
    | {chr(first + at): str(at + 1) for first in (0x2776, 0x24F5) for at in range(10)}
)
"""Numbers in a circle, by their sign."""


class LazyPattern:
    """A long pattern that is compiled when it is first used."""

    def __init__(self, source: str) -> None:
        self._source = source

    @functools.cached_property
    def match(self) -> Callable[[str], Match | None]:
        """What matches the pattern at the beginning of a text."""
        return re.compile(self._source).match

    @functools.cached_property
    def search(self) -> Callable[[str], Match | None]:
        """What finds the pattern anywhere in a text."""
        return re.compile(self._source).search


def _words(rows: Iterable[list[str]], kind: str) -> list[str]:
    return [word for row in rows if row[0] == kind for word in row[1].split()]


def _readings(rows: Iterable[list[str]], kind: str) -> Mapping[str, str]:
    return MappingProxyType({row[1]: row[2] for row in rows if row[0] == kind})


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, dict.fromkeys(words)), key=len, reverse=True))


_UNITS = read_rows(ROOM / "units.tsv")
_SIGNS = read_rows(ROOM / "signs.tsv")

SYMBOLS = _readings(_UNITS, "symbol")
NAMED_SIGNS = _readings(_SIGNS, "named")
SHARES = _readings(_SIGNS, "share")
CURRENCIES = _readings(_SIGNS, "currency")

HAN_UNIT = _any_of(_words(_UNITS, "per"))
"""Chinese units between which a slash is read 每."""

LATIN_UNIT = rf"(?:{_any_of(SYMBOLS)})(?:/(?:{_any_of(SYMBOLS)}|{HAN_UNIT}))?(?![A-Za-z0-9²³])"
"""A unit in symbols, simple or with a slash."""

COUNTED_WORD = _any_of(
    [word for kind in ("measure", "counted", "per") for word in _words(_UNITS, kind)]
)
"""Whatever may be counted."""

COUNTED = f"[%‰℃°㎡]|(?:{COUNTED_WORD})|{LATIN_UNIT}"
"""What shows that the number before it counts or measures something."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "HAN": HAN,
        "DASH": DASH,
        "NUMBER": NUMBER,
        "COUNT": COUNT,
        "AREA_CODE": contacts.AREA_CODE,
        "DOMAIN": contacts.DOMAIN,
        "DOMAIN_LABEL": contacts.DOMAIN_LABEL,
        "FREEPHONE": contacts.FREEPHONE,
        "GAP": contacts.GAP,
        "MAIL_NAME": contacts.MAIL_NAME,
        "MOBILE": contacts.MOBILE,
        "SERVICE": contacts.SERVICE_NUMBER,
        "MAGNITUDE": "(万亿|千万|百万|万|亿|千|百)?",
        "PERCENT": f"[{''.join(SHARES)}]",
        "CURRENCY_NAME": CURRENCY_NAME,
        "LAND": UNIT_OF_LAND,
        "CURRENCY": "|".join(map(re.escape, CURRENCIES)),
        "HAN_UNIT": HAN_UNIT,
        "LATIN_UNIT": LATIN_UNIT,
        "CIRCLED": "".join(CIRCLED),
        "NAMED_SIGN": "".join(map(re.escape, NAMED_SIGNS)),
        "SILENT": re.escape("".join(_words(_SIGNS, "silent"))),
        "DOTS": "".join(_words(_SIGNS, "dots")),
    }
)

_NOUNS = (
    "(?!次元|年级|人转|把手|地块|节气|人间|口径|市民|市场|市长|市政|人民|人工|人社|人才|家长|家庭|家园"
    "|国家|国道|省道|县道|名单|天气|本报|本市|门户|门诊|组织|队长|组长|位于|位列|台风|头条|部门"
    "|处理|处置|口号|口岸|场馆|步行|面向|面对|面临|点击|元旦|度假|平台|平均|平安|银行|金融|冠军|死刑|负责|来(?![个人年天斤亩户里米块元公位名家岁口只头辆多]))"
)
"""Words that begin like a measure word; what stands before them is not counted by it."""

_MEASURE = LazyPattern(
    rf"{_NOUNS}(?:{_any_of(_words(_UNITS, 'measure'))}"
    r"|分(?![钟秒之])|战(?=[\d全皆连]))|[万亿千百]"
)
_COUNTED = LazyPattern(rf"{_NOUNS}(?:{COUNTED})")


def is_counted(follows: str) -> bool:
    """Whether what follows a number shows that it counts or measures something."""
    return bool(_COUNTED.match(follows))


def read_unit(symbol: str) -> str:
    """Read a unit in symbols: ``km/h`` is 公里每小时."""
    return "每".join(SYMBOLS.get(part, part) for part in symbol.split("/"))


def read_counted(number: str, follows: str) -> str:
    """Read a quantity; a bare 2 is 两 before a measure word or 万, 亿, 千, 百."""
    return "两" if number == "2" and _MEASURE.match(follows) else read_decimal(number)


def read_share(number: str, sign: str) -> str:
    """Read a share by its sign: ``5`` and ``%`` are 百分之五."""
    if sign == "%" and number == "100":
        return "百分之百"
    return SHARES[sign] + read_decimal(number)
