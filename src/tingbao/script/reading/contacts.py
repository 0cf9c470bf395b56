"""Telephone numbers, hot lines, e-mail and web addresses."""

from __future__ import annotations

import re

from tingbao.script.reading.inventory import PAUSE, after, before, reader
from tingbao.script.reading.vocabulary import HAN, Match, is_counted
from tingbao.text.contacts import SERVICE_NUMBER
from tingbao.text.numerals import read_digits, read_telephone

_LABEL = (
    r"(?:电话|热线|拨打|手机|传真|致电|专线|直拨|联系人|联系方式|号码|"
    r"座机|固话|短号|分机|总机|小灵通|值班室|请拨|[Tt][Ee][Ll]|请电)"
)
_LABELLED = re.compile(rf"{_LABEL}[^。！？；\d]{{0,12}}$")
_LISTED = re.compile(
    rf"{_LABEL}[^。！？；\d]{{0,12}}(?:[\d\-—–、，,/或和及转() ]|\([^()。；\d]{{1,8}}\)){{5,40}}$"
)
_SHORT = re.compile(
    r"(?:座机|固话|短号|分机|内线|总机|小灵通|值班室|请拨|拨打|请转|热线|电话|[部科室处台房机]转)"
    r"(?:号码?|号)?[：:为是]?[“( ]{0,2}"
    r"(?:\d{3,8}[)”]?(?:[、或和及/]|或者)[“(]?){0,6}$"
)
_AMOUNT = re.compile(r"[万亿元吨斤户件股名%‰℃]|[美欧港日]元|个|人(?![工员])|平方|立方|公[里斤顷]")
_OFFICE = re.compile(r"(?:[部科室处办台所站]|中心|总机|值班|窗口)(?:\([^()\d]{1,6}\))?[：:] ?$")
_CALLED = re.compile(
    r"(?:电话|热线|[拨打]|致电|专线|直拨|拨通|短信|发送[至到]|拨打了?|转接|报修|举报|投诉|咨询|维权|"
    r"监督|求助|预约|订购|火警|匪警|急救|盗警|事故|报警)[：:“”是为至到]{0,3}$"
)
_SERVICE = re.compile(
    rf"[”\"]?(?:报警|急救|消防|民警|指挥|查号|网站|接警|短信|来电|客服|话务|{HAN}{{0,10}}?(?:热线|专线|平台|客服|电话))"
)
_SERVICE_BEFORE = re.compile(
    rf"(?:(?<!\d){SERVICE_NUMBER}|\d{{3,4}}-\d{{3,4}}(?:-\d{{3,4}})?)[”“]{{0,2}}[、，/和或]“?$"
)
_SERVICE_AFTER = re.compile(rf"(?:[”“]{{0,2}}[、，/和或][“]?{SERVICE_NUMBER}(?!\d)){{1,8}}")


@reader
def _telephone(match: Match) -> str:
    """Every group is one breath of the number; the last is the extension."""
    *parts, extension = match.groups()
    text = PAUSE.join(read_telephone(part) for part in parts if part)
    return f"{text}转{read_telephone(extension)}" if extension else text


@reader
def _uncounted_telephone(match: Match) -> str | None:
    return None if is_counted(after(match)) else _telephone(match)


@reader
def _mobile(match: Match) -> str | None:
    """A bare mobile or 400 number, unless an amount of money, weight or people is meant."""
    return None if _AMOUNT.match(after(match)) else _telephone(match)


@reader
def _short_number(match: Match) -> str | None:
    """A number of three to six digits right behind a word for a telephone, or listed there."""
    called = _SHORT.search(before(match, 48)) and not is_counted(after(match))
    return _telephone(match) if called else None


@reader
def _ten_figure_number(match: Match) -> str | None:
    """A 400 number, however its figures are grouped."""
    figures = "".join(match.groups()[:3])
    return _telephone(match) if len(figures) == 10 else None


@reader
def _labelled_telephone(match: Match) -> str | None:
    return _uncounted_telephone(match) if _is_labelled(match) else None


def _is_labelled(match: Match) -> bool:
    """Whether a word for a telephone stands before it, perhaps with other numbers between."""
    context = before(match, 56)
    return any(label.search(context) for label in (_LABELLED, _LISTED, _OFFICE))


@reader
def _hot_line(match: Match) -> str | None:
    if is_counted(after(match)):
        return None
    context = before(match)
    called = _CALLED.search(context) or _is_labelled(match) or _is_public_line(match)
    return _telephone(match) if called or _SERVICE.match(after(match)) or _listed(match) else None


_PUBLIC_LINE = re.compile(r"12[1-3]\d\d")
_QUANTITY_BEFORE = re.compile("[约近达超过逾共有增减升降到至为是计破第：:=+×万亿./-]$")
_COMPANY_BEFORE = re.compile(
    "(?:移动|联通|电信|铁通|广电|银行|保险|人寿|客服|电网|邮政|快递|[工农中建交]行)的?$"
)


def _is_public_line(match: Match) -> bool:
    """A number that everybody knows, by itself (12306显示) or behind who answers it."""
    known = _PUBLIC_LINE.fullmatch(match[1]) and not _QUANTITY_BEFORE.search(before(match, 1))
    return bool(known or _COMPANY_BEFORE.search(before(match, 4)))


def _listed(match: Match) -> bool:
    """Whether the hot line stands among others, and the list counts nothing."""
    listed = _SERVICE_AFTER.match(match.string, match.end())
    counted = is_counted(match.string[listed.end() : listed.end() + 16]) if listed else None
    return bool((listed or _SERVICE_BEFORE.search(before(match))) and not counted)


@reader
def _international_number(match: Match) -> str:
    return f"加{_telephone(match)}" if match.group().startswith("+") else _telephone(match)


# --- addresses -----------------------------------------------------------------------------

_DOMAIN_WORDS = frozenset({"com", "net", "org", "gov", "edu", "news", "mail"})
_SIGNS = {".": "点", "-": "杠", "_": "下划线", "/": "斜杠", "@": "at", "+": "加"}
_SPACE_IN_HAN = re.compile(rf"(?<={HAN}) (?={HAN})")
_VOWELS = frozenset("aeiouAEIOU")


def _spell(code: str) -> str:
    """Read an address or code sign by sign: letters one by one, digits in Chinese."""
    pieces = re.findall(r"[A-Za-z]|\d+|.", code)
    said = " ".join(read_digits(p) if p.isdigit() else _SIGNS.get(p, p) for p in pieces)
    return _SPACE_IN_HAN.sub("", said)


@reader
def _mail_address(match: Match) -> str:
    return f" {_spell(match[1])} at {_domain(match[2])} "


@reader
def _web_address(match: Match) -> str:
    path = (match[2] or "").rstrip("/")
    return f" {_domain(match[1])}{_spell(path)} "


def _domain(name: str) -> str:
    return "点".join(_label(label) for label in name.split("."))


def _label(label: str) -> str:
    """A label of a domain name is a word where it can be one, else it is spelled."""
    a_word = label.isalpha() and len(label) > 3 and not _VOWELS.isdisjoint(label)
    return label if a_word or label.lower() in _DOMAIN_WORDS else _spell(label)
