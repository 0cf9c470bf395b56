"""Telephone numbers, hot lines, e-mail and web addresses."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import HAN, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import QUANTITY_AFTER
from tingbao.text.numerals import read_digits, read_telephone

_LABEL = r"(?:电话|热线|拨打|手机|传真|致电|专线|直拨|联系人|联系方式|号码|[Tt][Ee][Ll]|请电)"
_LABELLED = re.compile(rf"{_LABEL}[^。！？；\d]{{0,12}}$")
_LISTED = re.compile(
    rf"{_LABEL}[^。！？；\d]{{0,12}}(?:[\d\-—–、，,/或和及转() ]|\([^()。；\d]{{1,8}}\)){{5,40}}$"
)
_OFFICE = re.compile(r"(?:[部科室处办台所站]|中心|总机|值班|窗口)(?:\([^()\d]{1,6}\))?[：:] ?$")
_CALLED = re.compile(
    r"(?:电话|热线|[拨打]|致电|专线|直拨|拨通|短信|发送[至到]|拨打了?|转接|报修|举报|投诉|咨询|维权|"
    r"监督|求助|预约|订购|火警|匪警|急救|盗警|事故|报警)[：:“”是为至到]{0,3}$"
)
_SERVICE_NUMBER = (
    r"(?:11[0249]|12[02]|12\d{3}|95\d{3}|96\d{3,4}|16\d{3}|1118[35]"
    r"|10(?:000|010|016|050|060|086|099))"
)
_SERVICE = re.compile(
    rf"[”\"]?(?:报警|急救|消防|民警|指挥|查号|网站|接警|{HAN}{{0,10}}?(?:热线|专线|平台|客服|电话))"
)
_SERVICE_BEFORE = re.compile(
    rf"(?:(?<!\d){_SERVICE_NUMBER}|\d{{3,4}}-\d{{3,4}}(?:-\d{{3,4}})?)[”“]{{0,2}}[、，/和或]“?$"
)
_SERVICE_AFTER = re.compile(rf"(?:[”“]{{0,2}}[、，/和或][“]?{_SERVICE_NUMBER}(?!\d)){{1,8}}")
_EXTENSION = r"(?:\s?(?:转|分机)\s?(\d{1,6}(?:[或、/]\d{1,6}){0,4}))?"
_GAP = r"[-—–－ ]{1,2}"
_MAYBE_GAP = r"[-—–－ ]{0,2}"


def _number(match: re.Match[str]) -> str:
    """Every group is one breath of the number; the last is the extension."""
    *parts, extension = match.groups()
    text = PAUSE.join(read_telephone(part) for part in parts if part)
    return f"{text}转{read_telephone(extension)}" if extension else text


def _uncounted(match: re.Match[str]) -> str | None:
    return None if QUANTITY_AFTER.match(after(match)) else _number(match)


def _ten_figures(match: re.Match[str]) -> str | None:
    """A 400 number, however its figures are grouped."""
    figures = "".join(match.groups()[:3])
    return _number(match) if len(figures) == 10 else None


def _labelled(match: re.Match[str]) -> str | None:
    return _uncounted(match) if _is_labelled(match) else None


def _is_labelled(match: re.Match[str]) -> bool:
    """Whether a word for a telephone stands before it, perhaps with other numbers between."""
    context = before(match, 56)
    return any(label.search(context) for label in (_LABELLED, _LISTED, _OFFICE))


def _hot_line(match: re.Match[str]) -> str | None:
    if QUANTITY_AFTER.match(after(match)):
        return None
    context = before(match)
    called = _CALLED.search(context) or _is_labelled(match)
    return _number(match) if called or _SERVICE.match(after(match)) or _listed(match) else None


def _listed(match: re.Match[str]) -> bool:
    """Whether the hot line stands among others, and the list counts nothing."""
    listed = _SERVICE_AFTER.match(match.string, match.end())
    counted = QUANTITY_AFTER.match(match.string, listed.end()) if listed else None
    return bool((listed or _SERVICE_BEFORE.search(before(match))) and not counted)


def _international(match: re.Match[str]) -> str:
    return f"加{_number(match)}" if match.group().startswith("+") else _number(match)


_AREA = r"(?:\((0\d{2,3})\)\s?|(0\d{2,3})" + _GAP + ")"

TELEPHONE_RULES: tuple[Rule, ...] = (
    rule(
        rf"\+?(?:00)?(86){_GAP}(1\d{{2}}){_MAYBE_GAP}(\d{{4}}){_MAYBE_GAP}(\d{{4}})(?!\d)()",
        _international,
    ),
    rule(rf"\+?(?:00)?(86){_GAP}(0?\d{{2,3}}){_GAP}(\d{{7,8}})(?!\d){_EXTENSION}", _international),
    rule(r"\+(86)(1\d{2})(\d{4})(\d{4})(?!\d)()", _international),
    rule(rf"([48]00\d{{0,3}}){_GAP}(\d{{2,4}}){_GAP}(\d{{2,4}})(?!\d){_EXTENSION}", _ten_figures),
    rule(rf"{_AREA}(\d{{7,8}})(?!\d){_EXTENSION}", _number),
    rule(rf"{_AREA}(\d{{4}}){_MAYBE_GAP}(\d{{3,4}})(?!\d){_EXTENSION}", _number),
    rule(rf"{_AREA}(\d{{3,6}})(?!\d){_EXTENSION}", _labelled),
    rule(rf"(1[3-9]\d){_MAYBE_GAP}(\d{{4}}){_MAYBE_GAP}(\d{{4}})(?![\d.])()", _uncounted),
    rule(rf"([48]00){_GAP}(\d{{3,4}}){_MAYBE_GAP}(\d{{3,4}})(?!\d){_EXTENSION}", _number),
    rule(rf"([48]00)(\d{{3}})(\d{{4}})(?!\d){_EXTENSION}", _uncounted),
    rule(rf"(0\d{{9,11}})(?!\d){_EXTENSION}", _labelled),
    rule(rf"(\d{{3,4}}){_GAP}(\d{{4}})(?!\d){_EXTENSION}", _labelled),
    rule(rf"(\d{{7,8}})(?![\d.]){_EXTENSION}", _labelled),
    rule(rf"({_SERVICE_NUMBER})(?![\d.:：]){_EXTENSION}", _hot_line),
)
"""Rules at a digit, an opening bracket or a plus sign."""


# --- addresses -----------------------------------------------------------------------------

_DOMAIN_WORDS = frozenset({"com", "net", "org", "gov", "edu", "news", "mail"})
_SIGNS = {".": "点", "-": "杠", "_": "下划线", "/": "斜杠", "@": "at", "+": "加"}
_SPACE_IN_HAN = re.compile(rf"(?<={HAN}) (?={HAN})")
_VOWELS = frozenset("aeiouAEIOU")


def spell(code: str) -> str:
    """Read an address or code sign by sign: letters one by one, digits in Chinese."""
    pieces = re.findall(r"[A-Za-z]|\d+|.", code)
    said = " ".join(read_digits(p) if p.isdigit() else _SIGNS.get(p, p) for p in pieces)
    return _SPACE_IN_HAN.sub("", said)


def _mail(match: re.Match[str]) -> str:
    return f" {spell(match[1])} at {_domain(match[2])} "


def _web(match: re.Match[str]) -> str:
    path = (match[2] or "").rstrip("/")
    return f" {_domain(match[1])}{spell(path)} "


def _domain(name: str) -> str:
    return "点".join(_label(label) for label in name.split("."))


def _label(label: str) -> str:
    """A label of a domain name is a word where it can be one, else it is spelled."""
    a_word = label.isalpha() and len(label) > 3 and not _VOWELS.isdisjoint(label)
    return label if a_word or label.lower() in _DOMAIN_WORDS else spell(label)


_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,40})"

ADDRESS_RULES: tuple[Rule, ...] = (
    rule(rf"([A-Za-z0-9][\w.+-]{{0,63}})@({_NAME}(?:\.{_NAME}){{1,5}})", _mail),
    rule(
        rf"(?:https?://)?((?:www\.{_NAME}(?:\.{_NAME}){{1,5}})"
        rf"|(?:{_NAME}\.){{1,4}}(?:com|cn|net|org|gov|edu)(?:\.cn)?(?![A-Za-z0-9]))"
        r"(/[A-Za-z0-9_./?=&%#-]{0,120})?",
        _web,
    ),
)
"""Rules at a letter or a digit."""
