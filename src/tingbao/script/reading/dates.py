"""Dates and years."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import DASH, HAN, Rule, after, before, rule
from tingbao.script.reading.units import QUANTITY_AFTER
from tingbao.text.numerals import read_digits, read_integer

_YEAR = r"(?:1[0-9]|20|21)\d{2}"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TERM = r"(?:赛季|学年|年度|跨年|年)"

_AGE_BEFORE = re.compile(
    r"(?:约|近|逾|超过?|有着?|距今|上下|长达|达|历经|历时|绵延|大约|[经过]了)$"
)
_AGE_AFTER = re.compile(r"(?:的)?(?:悠久)?(?:历史|文明|文化|建城|之久|岁月|古|时光)")
_MANY = re.compile(r"(?:约|近|逾|超过?|达到?|共|计|为|有|第|满|足)$")


def _calendar(match: re.Match[str]) -> str | None:
    year, month, day = match[1], int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{read_digits(year)}年{read_integer(str(month))}月{read_integer(str(day))}日"


def _years(match: re.Match[str]) -> str | None:
    """Read a stretch of years, or a season; with one 年 at the end both years get theirs."""
    first, first_word, last, term = match[1], match[2], match[3], match[4]
    if not term and QUANTITY_AFTER.match(after(match)):
        return None
    if first.endswith("00") and last.endswith("00") and not first_word:
        return None
    between = first_word or ("年" if term == "年" else "")
    return f"{read_digits(first)}{between}至{read_digits(last)}{term}"


def _season(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}至{read_digits(match[2])}"


def _year(match: re.Match[str]) -> str | None:
    span = _AGE_BEFORE.search(before(match)) or _AGE_AFTER.match(after(match))
    early = int(match[1]) < 1800 and not _ERA_BEFORE.search(before(match))
    if match[1].endswith("00") and (span or early):
        return f"{read_integer(match[1])}年"
    return f"{read_digits(match[1])}年"


def _early_year(match: re.Match[str]) -> str | None:
    return f"{read_digits(match[1])}年" if _ERA_BEFORE.search(before(match)) else None


def _bare_year(match: re.Match[str]) -> str | None:
    follows = after(match)
    if _MANY.search(before(match)) or QUANTITY_AFTER.match(follows):
        return None
    return read_digits(match[1]) if re.match(rf"{HAN}|[·・•]", follows) else None


_ERA_BEFORE = re.compile(r"(?:公元前?|[-—–~～至(]前)$")


def _early_range(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if _ERA_BEFORE.search(before(match)) else None


def _bracketed_early(match: re.Match[str]) -> str | None:
    opened = before(match, 1) in {"(", "—", "-", "–", "~", "～", "至"}
    return f"{read_digits(match[1])}年" if opened else None


def _months(match: re.Match[str]) -> str:
    first, first_month, last, last_month = match.groups()
    return (
        f"{read_digits(first)}年{read_integer(first_month)}月至"
        f"{read_digits(last)}年{read_integer(last_month)}月"
    )


def _month(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}年{read_integer(match[2])}月"


_DATED = re.compile("(?:生于|[卒逝入]于|出生|日期|年月|任职|参加工作)[：: ]?$")


def _month_of_life(match: re.Match[str]) -> str | None:
    """A month with a full stop, where the words before it want one: 出生于1949.10."""
    return _month(match) if _DATED.search(before(match, 5)) else None


def _generation(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}后"


def _field(match: re.Match[str]) -> str:
    return read_integer(match[1])


DATE_RULES: tuple[Rule, ...] = (
    rule(rf"({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?![\d.])", _calendar),
    rule(rf"(\d{{3,4}})(年?)(?:{DASH}|至|到)({_YEAR})({_TERM})", _years),
    rule(rf"({_YEAR})()(?:{DASH}|至|到)({_YEAR})(?![\d年月.])()", _years),
    rule(rf"({_YEAR})[-/—–~～]({_YEAR}|\d{{2}})(?=赛季|学年|年度)", _season),
    rule(rf"({_YEAR})年", _year),
    rule(rf"({_YEAR})(?=(?:[、和与及或]{_YEAR}){{1,5}}年)", lambda m: read_digits(m[1])),
    rule(rf"({_YEAR})\.({_MONTH}){DASH}({_YEAR})\.({_MONTH})(?!\d)", _months),
    rule(rf"({_YEAR})\.({_MONTH})(?![\d.%])", _month_of_life),
    rule(rf"(\d{{2,4}})(?={DASH}(?:公元)?前?\d{{1,4}}年)", _early_range),
    rule(rf"({_YEAR})(?=[-—–]{{1,2}}\))", lambda m: read_digits(m[1])),
    rule(r"(\d{3})年(?=\)|[-—–~～至]\d{3}年\))", _bracketed_early),
    rule(r"(\d{2,4})年", _early_year),
    rule(r"([0-9]{2})年(?=\d{1,2}月\d)", lambda m: f"{read_digits(m[1])}年"),
    rule(rf"({_YEAR})(?=[级届](?!别))", lambda m: read_digits(m[1])),
    rule(rf"({_YEAR})(?=年代)", lambda m: read_digits(m[1])),
    rule(rf"(20\d\d)[-/]({_MONTH})(?![\d/年月日号-])", _month),
    rule(r"((?:19|20)\d[1-9]|(?:19|20)[1-9]0)(?![\d.,:：/%-])", _bare_year),
    rule(r"([0-9][05])(?=(?:[、和与及][0-9][05]){1,3}后)", lambda m: read_digits(m[1])),
    rule(r"([0-9][05])后(?![期来面者排勤续天年])", _generation),
    rule(r"0(\d)(?=[月日号时点])", _field),
)
"""Rules at a digit."""
