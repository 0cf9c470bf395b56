"""Mastheads and imprints: what they look like, and what they say of the edition."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum, auto

from tingbao.parse.labels import SECTIONS, bare_label, label_within, page_label
from tingbao.parse.text_cues import with_usual_marks
from tingbao.parse.words import any_of, spaced, words
from tingbao.text.han import HAN, squash
from tingbao.text.numerals import HAN_NUMERALS, number_of

_LONGEST = 160
_LONGEST_LOOSE = 60
_LONGEST_SIGN = 24

_NAME_ENDINGS = spaced(words("mastheads.name_endings"))
_NAME = re.compile(
    rf"《?(?P<name>(?:[{HAN}]\s?){{0,9}}{_NAME_ENDINGS})》?(?:数字报|电子[版报])?"
    r"(?:\s*[A-Za-z .]+)?$"
)
_ANY_NAME = re.compile(rf"《?(?P<name>[{HAN}]{{1,8}}报)》?$")
_NO_NAME = re.compile(any_of(words("mastheads.no_names")) + "$")
_LATIN = re.compile(r"[A-Z][A-Za-z .,&'\-]{3,50}$")
_FIRST_WORD = re.compile(r"[\s|｜/／:：]+|(?=\d{4}\s*年)")

_NUMBER = rf"\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}}"
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{HAN_NUMERALS}]{{4}})\s*[-./年]/?\s*(?P<month>{_NUMBER})\s*[-./月]/?"
    rf"\s*(?P<day>{_NUMBER})\s*(?:日|(?!\d))"
)
_REPUBLIC = re.compile(
    rf"(?:中华)?民国\s*(?P<year>\d{{1,3}}|[{HAN_NUMERALS}]{{1,5}})\s*年\s*(?P<month>{_NUMBER})"
    rf"\s*月\s*(?P<day>{_NUMBER})\s*日"
)
_REPUBLIC_EPOCH = 1911
_WEEKDAY = re.compile(r"(?:星期|礼拜|周)[一二三四五六日天]")
_LUNAR = re.compile(
    r"农历|夏历|阴历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|"
    r"(?:正|腊|冬|[一二三四五六七八九十]{1,2})月(?:初|十|廿|三十)"
)
_ISSUE = re.compile(
    rf"(?:第|总第?|N[Oo]\.?\s*)\s*(?P<issue>\d{{2,6}}|[{HAN_NUMERALS}]{{3,6}})\s*期|"
    r"总第?\s*(?P<total>\d{2,6})|第\s*(?P<number>\d{3,6})\s*号"
)
_IMPRINT = re.compile(any_of(words("mastheads.imprints")))
_REACH = re.compile(any_of(words("mastheads.reach")))
_DATED_NAME = re.compile(
    rf"[{HAN}]{{2,12}}\s*[（(]\s*(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*[）)]"
)
"""A bulletin's name and its date as a file is named: 清江新闻联播 (20260314)."""

_ENCLOSING = re.compile(r"[《》（）()【】\[\]〔〕|｜/]")
_LABEL_WORD = re.compile(rf"第?[A-Z]?\d{{1,3}}版?|第[{HAN_NUMERALS}]{{1,3}}版|版|第")
_ADDRESS = re.compile(r"\d{3}|www|http|[:：]|\.c|扫")


class PageArea(Enum):
    """Where on its page a block stands: what it may be depends on it."""

    HEAD = auto()
    """Nothing of an article has come yet."""
    TOP = auto()
    """A headline may have come, but no sentence."""
    BODY = auto()
    FOOT = auto()
    """No sentence follows."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a masthead says of its edition; None where it does not say it."""

    paper: str | None = None
    date: dt.date | None = None
    issue: str | None = None
    label: str | None = None
    section: str | None = None


def is_masthead(text: str, area: PageArea) -> bool:
    """Whether the line is part of a masthead or an imprint.

    Two signs, such as a date and a weekday, are enough anywhere; one only at a page's edge.
    """
    text = with_usual_marks(text)
    if len(text) > _LONGEST or ("。" in text and not _IMPRINT.search(text)):
        return False
    dated = bool(_DATE.search(text) or _REPUBLIC.search(text))
    if dated and len(text) <= _LONGEST_LOOSE and _is_running_head(text):
        return True
    signs = _signs(text)
    if (dated and signs) or signs >= 2:
        return "，" not in text or signs >= 3
    if area is PageArea.BODY or len(text) > _LONGEST_LOOSE or re.search(r"[。，；！？]", text):
        return False
    return _is_loose(text, area, dated=dated, signs=signs)


def read_imprint(text: str) -> Imprint:
    """What a masthead line says: paper, date, issue, page label and section."""
    bare = _bare(text)
    name = _NAME.match(text) or _ANY_NAME.match(text) or _leading_name(text) or _leading_name(bare)
    issue = _ISSUE.search(text)
    label, section = page_label(text) or bare_label(text) or label_within(text) or (None, None)
    return Imprint(
        squash(name["name"]) if name and not _NO_NAME.search(name["name"]) else None,
        _date_in(text),
        next(filter(None, issue.groups())) if issue else None,
        label,
        section,
    )


def _bare(text: str) -> str:
    """The line without its date, and without brackets."""
    return " ".join(_ENCLOSING.sub(" ", _DATE.sub(" ", text)).split())


def _is_running_head(text: str) -> bool:
    """Whether the line is a date and the paper's name or the page, and nothing else.

    《 清江日报 》（ 2026年03月14日 01 版） stands in the middle of a page that was copied.
    """
    words = _bare(text).split()
    kinds = [_kind_of_word(word) for word in words]
    return bool(words) and None not in kinds and len(kinds) == len(set(kinds))


def _kind_of_word(word: str) -> str | None:
    if _LABEL_WORD.fullmatch(word):
        return word if word in {"版", "第"} else "label"
    if _ANY_NAME.match(word) and not _NO_NAME.search(word):
        return "name"
    return "section" if word in SECTIONS else None


def _signs(text: str) -> int:
    rest = _DATE.sub(" ", text)
    return sum(bool(p.search(rest)) for p in (_WEEKDAY, _LUNAR, _ISSUE)) + len(
        _IMPRINT.findall(text)
    )


def _is_loose(text: str, area: PageArea, *, dated: bool, signs: int) -> bool:
    """What only the edge of a page makes a masthead: a name, a date, where to reach the paper."""
    if signs:
        return len(squash(text)) <= _LONGEST_SIGN or dated
    if _reaches(text) or _is_name(text, area) or (area is not PageArea.FOOT and _LATIN.match(text)):
        return True
    rest = _DATE.sub("", text).strip(" ()（）")
    if dated and page_label(rest) is not None:
        return True
    if area is not PageArea.HEAD or re.match(r"\s*[（(]", text):
        return False
    if not dated:
        return len(text) <= _LONGEST_SIGN and _names_section(text)
    return len(rest) <= 4 or bool(_leading_name(text))


def _names_section(text: str) -> bool:
    """Whether a label with its section stands beside the name of the paper."""
    within = label_within(text) if page_label(text) is None else None
    return within is not None and within[1] is not None


def _reaches(text: str) -> bool:
    """Whether the line says only where the paper is found: its app, its site, its hotline."""
    hits = len(_REACH.findall(text))
    if hits == 1:
        return bool(_ADDRESS.search(text)) or len(text) <= _LONGEST_SIGN // 2
    return hits > 1


def _is_name(text: str, area: PageArea) -> bool:
    if area is PageArea.HEAD and _DATED_NAME.fullmatch(text):
        return True
    if _NO_NAME.search(text):
        return False
    return bool(_NAME.match(text) or (area is PageArea.HEAD and _ANY_NAME.match(text)))


def _leading_name(text: str) -> re.Match[str] | None:
    """The name of a paper at the start of the line; beside a date any 报 may be one."""
    first = _FIRST_WORD.split(text.strip(), maxsplit=1)[0]
    if first != text.strip() and _DATE.search(text) and not _NO_NAME.search(first):
        return _ANY_NAME.match(first)
    return _NAME.match(first)


def _date_in(text: str) -> dt.date | None:
    if found := _REPUBLIC.search(text):
        return _date(found, _REPUBLIC_EPOCH)
    dates = (_date(found, 0) for found in _DATE.finditer(text))
    return next((date for date in dates if date), None)


def _date(found: re.Match[str], epoch: int) -> dt.date | None:
    numbers = [number_of(found[part]) for part in ("year", "month", "day")]
    if None in numbers:
        return None
    year, month, day = (number or 0 for number in numbers)
    try:
        return dt.date(year + epoch, month, day)
    except ValueError:
        return None
