"""Signs that are neither digits nor letters: said, a pause, or silent; and the marks of points."""

from __future__ import annotations

import re

from tingbao.script.reading.inventory import PAUSE, after, before, reader
from tingbao.script.reading.vocabulary import (
    CIRCLED,
    COUNT,
    COUNTED,
    CURRENCY_NAME,
    HAN,
    HAN_UNIT,
    LATIN_UNIT,
    NAMED_SIGNS,
    NUMBER,
    UNIT_OF_LAND,
    LazyPattern,
    Match,
    read_unit,
)
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import HAN_DIGITS, read_integer
from tingbao.text.traced import TracedText


@reader
def _named_sign(match: Match) -> str:
    return NAMED_SIGNS[match.group()]


@reader
def _pause(_: Match) -> str:
    return PAUSE


@reader
def _repeated(match: Match) -> str:
    """The sign that stands for the character before it, as in 佐々木."""
    return before(match, 1)


@reader
def _footnote(match: Match) -> str | None:
    """A number in square brackets behind a word points to a note, which is not heard."""
    behind = before(match, 2)
    words = re.search(rf"(?:{HAN}|[A-Za-z”’》。，；)\]])$", behind)
    return "" if words and not re.search("(?:区间|属于|范围|[取发字])$", behind) else None


@reader
def _footnote_raised(match: Match) -> str | None:
    """A raised number behind a word that is no unit."""
    if match.group() in {"²", "³"} and before(match, 1) in set("米里寸尺分码顷"):
        return None
    return "" if re.match(rf"{HAN}|[”’》。，]", before(match, 1)) else None


@reader
def _first_group(match: Match) -> str:
    return match[1]


@reader
def _star_key(match: Match) -> str | None:
    return f"{PAUSE}星号" if before(match, 1).isdigit() else None


_KEY_BEFORE = re.compile(r"[按键]$|(?:[码号]|密码)[A-Za-z\d]{1,12}$")


@reader
def _key_or_sharp(match: Match) -> str | None:
    """The key of a telephone, as in 按#键 and behind a code, and C#; not 5#楼."""
    if before(match, 1) in {"C", "F"} and not re.match("[A-Za-z0-9]", after(match, 1)):
        return "井"
    named = _KEY_BEFORE.search(before(match, 16)) and not re.match(HAN, after(match, 1))
    return "井号" if named or after(match, 1) == "键" else None


@reader
def _number_sign(match: Match) -> str:
    return "号" if before(match, 1).isdigit() else ""


@reader
def _numero_of_code(match: Match) -> str | None:
    return "" if re.search("编号：?$", before(match, 3)) else None


_UNIT_BEHIND = LazyPattern(rf"(?:{HAN_UNIT}|[万亿a-zA-Z%‰℃\d⁰¹²³⁴⁵⁶⁷⁸⁹])$")
_CURRENCY_BEHIND = re.compile(f"{CURRENCY_NAME}$")
_LAND_BEHIND = re.compile(f"{UNIT_OF_LAND}$")
_UNIT_AHEAD = LazyPattern(rf"(?:{LATIN_UNIT}|{HAN_UNIT})")


@reader
def _slash(match: Match) -> str:
    each = _UNIT_BEHIND.search(before(match, 4)) and _UNIT_AHEAD.match(after(match, 6))
    return "每" if each else PAUSE


@reader
def _per_symbol(match: Match) -> str | None:
    return f"每{read_unit(match[1])}" if _UNIT_BEHIND.search(before(match, 4)) else None


@reader
def _per_amount(match: Match) -> str | None:
    """A round amount below the line: 120mg/100ml."""
    if not _UNIT_BEHIND.search(before(match, 4)):
        return None
    return f"每{read_integer(match[1])}{read_unit(match[2])}"


@reader
def _currency_pair(match: Match) -> str | None:
    """One currency against another: 欧元/美元."""
    return "兑" if _CURRENCY_BEHIND.search(before(match, 3)) else None


@reader
def _per_product(match: Match) -> str:
    return f"每{match[1]}{match[2]}"


@reader
def _weight_class(match: Match) -> str:
    return f"{read_integer(match[1])}公斤以上"


@reader
def _plus_sign(match: Match) -> str | None:
    signed = re.search(r"(?:^|比|幅|速|率|变化|[为至达(：，、 ])$", before(match, 3))
    return "正" if signed else None


@reader
def _arrow(match: Match) -> str:
    """An arrow before figures says what the word before it has not said already."""
    if re.search("[长升涨高增降跌落少低减]$", before(match, 1)):
        return ""
    return "上升" if match.group() == "↑" else "下降"


_WEEK_DAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")


@reader
def _dash(match: Match) -> str:
    """One dash between names binds them; a longer one is a pause."""
    left, right = before(match, 1), after(match, 1)
    if not left or not right:
        return ""
    if _counts(left) and _counts(right) and len(match.group()) == 1:
        return "至"
    if _WEEK_DAY.search(before(match, 3)) and _WEEK_DAY.match(after(match, 3)):
        return "至"
    if len(match.group()) == 1 and _spans(match):
        return "至"
    bound = len(match.group()) == 1 and re.match(HAN, left) and re.match(HAN, right)
    return "" if bound else PAUSE


_STREET = "[街道巷桥]|(?<![思出退])路|路口|[高车]站|收费站|枢纽|互通|立交"
_FROM_STREET = LazyPattern(rf"{HAN}(?:{_STREET})$")
_TO_STREET = LazyPattern(rf"{HAN}{{1,8}}?(?:{_STREET})")
_TO_END = LazyPattern(rf"{HAN}{{2,5}}?(?:区间|航线|航段|[路区]?段)")
_ROMAN = re.compile("[Ⅰ-Ⅻ]")


def _spans(match: Match) -> bool:
    """From one street to another, between the ends of a line, from one grade to another."""
    left, right = before(match, 4), after(match, 12)
    if _ROMAN.search(left[-1:]) and _ROMAN.match(right):
        return True
    streets = _FROM_STREET.search(left) and _TO_STREET.match(right)
    return bool(streets or (re.search(f"{HAN}$", left) and _TO_END.match(right)))


@reader
def _more_units_of_land(match: Match) -> str | None:
    """Units of land that go on with the one before the bracket: 各县(市、区)人民政府."""
    return match[1] if _LAND_BEHIND.search(before(match, 2)) else None


def _counts(sign: str) -> bool:
    return sign in HAN_DIGITS or sign in "十百千万亿"


_NAMED_END = rf"{HAN}|[①-⑳A-Z]|\d"


@reader
def _wave(match: Match) -> str:
    left, right = before(match, 1), after(match, 1)
    if re.match("[0-9]", right) and not re.match(rf"{HAN}|\d", left):
        return "约"
    return "至" if re.match(_NAMED_END, left) and re.match(_NAMED_END, right) else PAUSE


@reader
def _ellipsis(match: Match) -> str:
    ends = re.match(r"[”’]|$", after(match, 1)) and before(match, 1) not in set("。！？；")
    return "。" if ends else PAUSE


@reader
def _placeholder(match: Match) -> str | None:
    """Crosses beside Han characters stand for a name that is withheld; one star is a footnote."""
    left, right = re.match(HAN, before(match, 1)), re.match(HAN, after(match, 1))
    if match.group() == "*" and not (left and right):
        return ""
    numbers = re.search(r"\d ?$", before(match, 2)) or re.match(r" ?\d", after(match, 2))
    return "某" * len(match.group()) if (left or right) and not numbers else None


@reader
def _dot_in_name(match: Match) -> str | None:
    letters = rf"[A-Za-z\u00c0-\u024f{BASIC_HAN}.]"
    between = re.search(letters + "$", before(match, 1)) and re.match(letters, after(match, 1))
    return "" if between else None


_FULL_WIDTH = dict(zip(",;:!?.", "，；：！？。", strict=True))


@reader
def _half_width_stop(match: Match) -> str:
    """A half-width mark: part of a Latin word or number, a list of numbers, or a full-width one."""
    mark, left, right = match.group(), before(match, 1), after(match, 1)
    if mark == "." and re.match(HAN, left) and re.match(HAN, right) and "。" in match.string:
        return ""
    if mark == "," and left.isdigit() and right.isdigit():
        return "、"
    if mark != "." or not (left.isascii() and left.isalnum()) or not right:
        return _FULL_WIDTH[mark]
    if re.match(HAN, right):
        return PAUSE
    return "点" if right.isascii() and right.isalnum() else " "


_COUNTED_AHEAD = LazyPattern(rf"{NUMBER}(?![年月日时点号])(?:{COUNTED})")
_LEADS_ON = re.compile(
    "[于在自至从到截约达即第共有为超近逾和与及以]$|记者$|通讯员$|编辑$|作者$|摄影$"
)


@reader
def _space(match: Match) -> str:
    """A space between phrases is where the printed line broke; elsewhere it is only typing."""
    left, right = before(match, 4), after(match, 32)
    if not (_ENDS_PHRASE.search(left) and _BEGINS_PHRASE.match(right)):
        return " "
    typed = _is_spaced_out(left, right) or _LEADS_ON.search(left)
    counted = re.search(rf"{HAN}$", left) and _COUNTED_AHEAD.match(right)
    return "" if typed or counted else PAUSE


_ENDS_PHRASE = LazyPattern(rf"(?:{HAN}|[\d%‰℃”’》)])$")
_BEGINS_PHRASE = LazyPattern(rf"{HAN}|[\d“‘《(]")


def _is_spaced_out(left: str, right: str) -> bool:
    """Whether a single character stands on either side, as in 公 告."""
    return bool(re.search(rf"(?:^|[^\w]){HAN}$", left) and re.match(rf"{HAN}(?:\W|$)", right))


# --- marks that count paragraphs and points ------------------------------------------------------

_HEAD = r"(?:^|(?<=[。；！？;] )|(?<=[。；！？;：” ]))"
_MARK = re.compile(
    rf"{_HEAD}(?:({COUNT})、(?![一二三四五六七八九十百两几])"
    rf"|(\d{{1,3}})(?:、(?!\d)|\.(?![\d.]) ?|\)(?!\d) ?)(?=\D)"
    rf"|([①-⑳]) ?(?![～~—-]))"
)


def counts_a_point(text: str) -> bool:
    """Whether a mark of a point stands at the head of the text or of a sentence of it."""
    return _MARK.search(text) is not None


def speak_marks(line: TracedText) -> None:
    """Put the marks at the head of points as they are said."""
    line.replace(_MARK, lambda match: f"{_said(match)}{PAUSE}")


def _said(match: Match) -> str:
    han, digits, circle = match.groups()
    return han or read_integer(digits or CIRCLED[circle])


@reader
def _circled_number(match: Match) -> str:
    return read_integer(CIRCLED[match.group()])


_NAMED = re.compile("[班号组队款项条类期楼]")
"""What a number in brackets belongs to without a pause: 三年级(2)班."""


@reader
def _week_day(match: Match) -> str | None:
    """A day of the week as papers of Hong Kong and Taiwan print it: 13日(五)."""
    dated = re.search(r"\d日$", before(match, 2))
    return f"{PAUSE}星期{match[1]}{PAUSE}" if dated else None


@reader
def _bracketed_count(match: Match) -> str:
    number = match[1] if not match[1].isdigit() else read_integer(match[1])
    behind_text = bool(re.search(rf"{HAN}$", before(match, 1)))
    ahead_text = bool(re.match(rf" ?(?:{HAN}|[“《A-Za-z])", after(match, 2)))
    if before(match, 1) == "第" or (behind_text and _NAMED.match(after(match, 1))):
        return number
    return f"{number}{PAUSE}" if ahead_text or not behind_text else number
