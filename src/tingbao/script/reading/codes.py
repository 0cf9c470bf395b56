"""Numbers that name instead of count: codes, document and case numbers, types, plates, roads."""

from __future__ import annotations

import re

from tingbao.script.reading.numerals import read_decimal, read_digits, read_integer
from tingbao.script.reading.rules import HAN, Rule, after, before, rule

__all__ = [
    "BRACKET_CODE_RULES",
    "DIGIT_LETTER_RULE",
    "LABELLED_CODE_RULES",
    "LETTER_RULES",
    "NUMBER_CODE_RULES",
    "ROMAN_RULE",
    "TANGLE_RULE",
]

_LABEL = re.compile(
    r"(?:邮编|邮政编码|编号|编码|代码|代号|刊号|出版物号|证号|账号|帐号|卡号|学号|注册号|执照号|"
    r"[Qq]{2}|微信|微信号|公众号|号码|许可证|登记证|案号|文号|批号|ISSN|ISBN|订阅号|股票|"
    r"[Nn]o\.?|№|NO\.?)[码（(]?[：:为是“\"\s]{0,3}$"
)
_QUOTED_BEFORE = re.compile(r"[“‘\"「]$")
_QUOTED_AFTER = re.compile(r"[”’\"」]")


def _read_code(code: str) -> str:
    """Read digits one by one and keep letters; what stands between is a short pause."""
    pieces = re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]+", code)
    return "".join(_code_piece(piece) for piece in pieces)


def _code_piece(piece: str) -> str:
    if piece.isdigit():
        return read_digits(piece)
    return piece if piece.isalpha() else "，"


def _labelled(match: re.Match[str]) -> str | None:
    if not _LABEL.search(before(match, 20)):
        return None
    return _read_code(match.group())


def _standard(match: re.Match[str]) -> str:
    letters = re.sub(r"[^A-Z]", "", match[1])
    return f"{letters}{_read_code(match[2])}" + (f"，{read_digits(match[3])}" if match[3] else "")


def _document(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}，{read_integer(match[2])}号"


def _case(match: re.Match[str]) -> str:
    year, place, court, kind, number = match.groups()
    return f"，{read_digits(year)}，{place}{read_digits(court)}{kind}{read_digits(number)}号"


def _quoted(match: re.Match[str]) -> str | None:
    """A quoted number names a programme, unless it is a round one."""
    if not (_QUOTED_BEFORE.search(before(match, 1)) and _QUOTED_AFTER.match(after(match, 1))):
        return None
    return None if re.fullmatch(r"\d0+", match[1]) else read_digits(match[1])


def _dotted(match: re.Match[str]) -> str:
    return read_digits(match[1] + match[2])


def _named(match: re.Match[str]) -> str:
    return read_digits(match[1])


def _after_name(pattern: str) -> Rule:
    names = re.compile(rf"(?:{pattern})$")
    return rule(
        r"(\d{2,6})(?![\d.])",
        lambda match: read_digits(match[1]) if names.search(before(match, 6)) else None,
    )


def _bracketed(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "(" and after(match, 1) == ")" else None


def _leading_zero(match: re.Match[str]) -> str:
    return read_digits(match[1])


def _version(match: re.Match[str]) -> str:
    return "点".join(read_integer(part) for part in match.group().split("."))


def _issue(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "第" else None


LABELLED_CODE_RULES: tuple[Rule, ...] = (
    rule(r"[A-Za-z]{0,4}\s?[A-Za-z0-9](?:[A-Za-z0-9]|[-—–/](?=[A-Za-z0-9])){2,40}", _labelled),
)
"""Rules at a letter or a digit: what a label before it says is a code."""

NUMBER_CODE_RULES: tuple[Rule, ...] = (
    rule(r"(\d{17}[\dXx]|\d{15})(?![\dA-Za-z])", lambda match: _read_code(match[1])),
    rule(r"(\d{2,6})(?!\d)", _quoted),
    rule(r"(\d{1,2})[·・•‧](\d{1,2})(?![\d·])", _dotted),
    rule(r"(\d{1,2})\.(\d{1,2})(?=晚会|大?地震|事故|事件|火灾|爆炸|[^，。]{0,2}专案)", _dotted),
    rule(r"(\d{6})(?!\d)", _bracketed),
    rule(
        r"(\d{3})(?=国道|省道|县道|乡道|医院|工程|计划|高校|室|房|路(?!程|径)|次列车|次航班)",
        _named,
    ),
    rule(r"(\d{3,6})(?=编队|部队|舰艇|舰)", _named),
    rule(r"(\d{4,8})(?=号)", _named),
    rule(r"(\d{5,12})(?!\d)", _issue),
    _after_name("国道|省道|县道|波音|空客|麦道"),
    rule(r"0?(\d{1,2})版[：:]", lambda match: f"{read_integer(match[1])}版，"),
    rule(r"0(\d)(?=版)", lambda match: read_integer(match[1])),
    rule(r"(0\d{1,11})(?![\d.])", _leading_zero),
    rule(r"\d{1,4}(?:\.\d{1,4}){2,4}(?![\d.])", _version),
)
"""Rules at a digit."""

BRACKET_CODE_RULES: tuple[Rule, ...] = (
    rule(rf"\(((?:19|20)\d\d)\)({HAN})(\d{{2,4}})({HAN}{{1,4}})(\d{{1,6}})号", _case),
    rule(r"[〔\[(【〈]((?:19|20)\d\d)[〕\])】〉]第?(\d{1,5})号", _document),
)
"""Rules at an opening bracket."""


# --- codes that begin with a letter --------------------------------------------------------

_PLATE_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _plate(match: re.Match[str]) -> str | None:
    if before(match, 1) not in _PLATE_PLACES or not re.search(r"\d", match[2]):
        return None
    return match[1] + _read_code(match[2])


def _mixed(match: re.Match[str]) -> str:
    """Letters as they are; one or two digits as a number, more or with a zero first one by one."""
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


def _train_pair(match: re.Match[str]) -> str:
    return f"{match[1]}{read_digits(match[2])}，{read_digits(match[3])}"


_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def _roman(match: re.Match[str]) -> str:
    return read_integer(str(_ROMAN[match[1]]))


ROMAN_RULE = rule("[Ⅰ-Ⅻ]", lambda match: read_integer(str(ord(match.group()) - 0x215F)))
"""A Roman numeral that is one sign."""

LETTER_RULES: tuple[Rule, ...] = (
    rule(
        r"((?:GB|DB|HJ|JT|NY|SB|YY|JGJ|CJJ|QB|LY|TB|MH|AQ)\d{0,2}(?:[/∕][TZ])?)"
        r"\s?(\d{1,6}(?:\.\d{1,3})?)(?:\s?[-—–]\s?(\d{4}))?(?!\d)",
        _standard,
    ),
    rule(r"(CN|ISSN|ISBN)\s?([\d][\d-]{3,20}[\dXx])", lambda m: f"{m[1]}{_read_code(m[2])}"),
    rule(r"(ISO|IEC)\s?(\d{3,6})(?!\d)", lambda m: f"{m[1]}{read_digits(m[2])}"),
    rule(r"([GDCZTKYSL])(\d{1,4})/(\d{1,4})(?=次)", _train_pair),
    rule(r"([A-Z])[·•・ ]?([A-Z0-9]{5,6})(?![A-Za-z0-9])", _plate),
    rule(r"(III|II|IV|VIII|VII|VI|IX)(?=[级类期型度段号])", _roman),
    rule(r"N[oO]\.?\s?(\d{1,12})(?!\d)", lambda m: f"编号{_mixed_piece(m[1], one_by_one=False)}"),
    rule(
        r"(?=[A-Za-z]{0,24}[-‐]?\d)[A-Za-z]{1,24}(?:[-‐]?\d{1,12}(?:\.\d{1,3}(?![\d.]))?[A-Za-z]{0,12}){1,6}",
        _mixed,
    ),
    rule(r"[A-Za-z\u00c0-\u024f]{1,64}", lambda match: match.group()),
)
"""Rules at a letter."""

DIGIT_LETTER_RULE = rule(r"(?=\d{1,12}[A-Za-z])(?:\d{1,12}[A-Za-z]{1,24}){1,6}\d{0,12}", _mixed)
"""A code that begins with digits and goes on in letters."""

TANGLE_RULE = Rule(
    re.compile(r"\d{1,24}(?:[-—–/:：_#^*=\\.][\dA-Za-z]{1,24}){1,16}"),
    lambda match: match.group(),
    known=False,
)
"""Numbers bound together in a way that no rule knows."""
