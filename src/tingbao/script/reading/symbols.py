"""Signs that are neither digits nor letters: what is said, what is a pause, what is silent."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import HAN, NUMBER, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import HAN_UNIT, LATIN_UNIT, QUANTITY_AFTER, read_unit
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import HAN_DIGITS, read_integer

_SAID = {
    "+": "加",
    "=": "等于",
    "×": "乘",
    "÷": "除以",
    "±": "正负",
    "∶": "比",
    "&": "和",
    "≥": "大于等于",
    "≤": "小于等于",
    "≧": "大于等于",
    "≦": "小于等于",
    "≠": "不等于",
    ">": "大于",
    "<": "小于",
    "≈": "约等于",
    "∠": "角",
    "∥": "平行于",
    "⊥": "垂直于",
    "∵": "因为",
    "∴": "所以",
    "∞": "无穷大",
    "→": "到",
    "№": "编号",
    "@": "at",
    "℃": "摄氏度",
    "℉": "华氏度",
    "°": "度",
    "㎡": "平方米",
    "㎥": "立方米",
    "㎞": "公里",
    "㎏": "公斤",
    "㎎": "毫克",
    "㎜": "毫米",
    "㎝": "厘米",
    "㏄": "毫升",
    "²": "平方",
    "³": "立方",
    "α": "阿尔法",
    "β": "贝塔",
    "γ": "伽马",
    "δ": "德尔塔",
    "Δ": "德尔塔",
    "θ": "西塔",
    "λ": "兰姆达",
    "μ": "缪",
    "π": "派",
    "σ": "西格玛",
    "Σ": "西格玛",
    "ω": "欧米伽",
    "Ω": "欧米伽",
}
_SILENT = "■□▲△▼▽◆◇●○◎★☆▶◀►◄♦♥♠♣※▪▫•◦➤➢✓✔☎☏✉◣◢◤◥_|│┃\\^`´#'"
_DOTS = "·・•‧∙⋅●"


_UNIT_BEHIND = re.compile(rf"(?:{HAN_UNIT}|[万亿a-zA-Z%‰℃\d⁰¹²³⁴⁵⁶⁷⁸⁹])$")
_UNIT_AHEAD = re.compile(rf"(?:{LATIN_UNIT}|{HAN_UNIT})")


def _slash(match: re.Match[str]) -> str:
    each = _UNIT_BEHIND.search(before(match, 4)) and _UNIT_AHEAD.match(after(match, 6))
    return "每" if each else PAUSE


def _slash_symbol(match: re.Match[str]) -> str | None:
    return f"每{read_unit(match[1])}" if _UNIT_BEHIND.search(before(match, 4)) else None


def _slash_amount(match: re.Match[str]) -> str | None:
    """A round amount below the line: 120mg/100ml."""
    if not _UNIT_BEHIND.search(before(match, 4)):
        return None
    return f"每{read_integer(match[1])}{read_unit(match[2])}"


_CURRENCY = "(?:美元|欧元|英镑|日元|人民币|港元|港币|澳元|加元|瑞郎|韩元|卢布|新元)"


def _pair(match: re.Match[str]) -> str | None:
    """One currency against another: 欧元/美元."""
    return "兑" if re.search(f"{_CURRENCY}$", before(match, 3)) else None


def _slash_product(match: re.Match[str]) -> str:
    return f"每{match[1]}{match[2]}"


def _heavier(match: re.Match[str]) -> str:
    return f"{read_integer(match[1])}公斤以上"


def _plus_sign(match: re.Match[str]) -> str | None:
    signed = re.search(r"(?:^|比|幅|速|率|变化|[为至达(：，、 ])$", before(match, 3))
    return "正" if signed else None


def _arrow(match: re.Match[str]) -> str:
    """An arrow before figures says what the word before it has not said already."""
    if re.search("[长升涨高增降跌落少低减]$", before(match, 1)):
        return ""
    return "上升" if match.group() == "↑" else "下降"


_WEEK_DAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")


def _dash(match: re.Match[str]) -> str:
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
_FROM_STREET = re.compile(rf"{HAN}(?:{_STREET})$")
_TO_STREET = re.compile(rf"{HAN}{{1,8}}?(?:{_STREET})")
_TO_END = re.compile(rf"{HAN}{{2,5}}?(?:区间|航线|航段|[路区]?段)")
_ROMAN = re.compile("[Ⅰ-Ⅻ]")


def _spans(match: re.Match[str]) -> bool:
    """From one street to another, between the ends of a line, from one grade to another."""
    left, right = before(match, 4), after(match, 12)
    if _ROMAN.search(left[-1:]) and _ROMAN.match(right):
        return True
    streets = _FROM_STREET.search(left) and _TO_STREET.match(right)
    return bool(streets or (re.search(f"{HAN}$", left) and _TO_END.match(right)))


_UNITS_OF_LAND = "(?:[地市县区旗盟州乡镇村、]|街道|苏木|嘎查)"


def _more_units(match: re.Match[str]) -> str | None:
    """Units of land that go on with the one before the bracket: 各县(市、区)人民政府."""
    return match[1] if re.search(f"{_UNITS_OF_LAND}$", before(match, 2)) else None


def _counts(sign: str) -> bool:
    return sign in HAN_DIGITS or sign in "十百千万亿"


_NAMED_END = rf"{HAN}|[①-⑳A-Z]|\d"


def _wave(match: re.Match[str]) -> str:
    left, right = before(match, 1), after(match, 1)
    if re.match("[0-9]", right) and not re.match(rf"{HAN}|\d", left):
        return "约"
    return "至" if re.match(_NAMED_END, left) and re.match(_NAMED_END, right) else PAUSE


def _ellipsis(match: re.Match[str]) -> str:
    ends = re.match(r"[”’]|$", after(match, 1)) and before(match, 1) not in set("。！？；")
    return "。" if ends else PAUSE


def _placeholder(match: re.Match[str]) -> str | None:
    """Crosses beside Han characters stand for a name that is withheld; one star is a footnote."""
    left, right = re.match(HAN, before(match, 1)), re.match(HAN, after(match, 1))
    if match.group() == "*" and not (left and right):
        return ""
    numbers = re.search(r"\d ?$", before(match, 2)) or re.match(r" ?\d", after(match, 2))
    return "某" * len(match.group()) if (left or right) and not numbers else None


def _name_dot(match: re.Match[str]) -> str | None:
    letters = rf"[A-Za-z\u00c0-\u024f{BASIC_HAN}.]"
    between = re.search(letters + "$", before(match, 1)) and re.match(letters, after(match, 1))
    return "" if between else None


_FULL_WIDTH = dict(zip(",;:!?.", "，；：！？。", strict=True))


def _stop(match: re.Match[str]) -> str:
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


_COUNTED_AHEAD = re.compile(rf"{NUMBER}(?![年月日时点号])(?:{QUANTITY_AFTER.pattern})")
_LEADS_ON = re.compile(
    "[于在自至从到截约达即第共有为超近逾和与及以]$|记者$|通讯员$|编辑$|作者$|摄影$"
)


def _space(match: re.Match[str]) -> str:
    """A space between phrases is where the printed line broke; elsewhere it is only typing."""
    left, right = before(match, 4), after(match, 32)
    if not (_ENDS_PHRASE.search(left) and _BEGINS_PHRASE.match(right)):
        return " "
    typed = _is_spaced_out(left, right) or _LEADS_ON.search(left)
    counted = re.search(rf"{HAN}$", left) and _COUNTED_AHEAD.match(right)
    return "" if typed or counted else PAUSE


_ENDS_PHRASE = re.compile(rf"(?:{HAN}|[\d%‰℃”’》)])$")
_BEGINS_PHRASE = re.compile(rf"{HAN}|[\d“‘《(]")


def _is_spaced_out(left: str, right: str) -> bool:
    """Whether a single character stands on either side, as in 公 告."""
    return bool(re.search(rf"(?:^|[^\w]){HAN}$", left) and re.match(rf"{HAN}(?:\W|$)", right))


SYMBOL_RULES: tuple[Rule, ...] = (
    rule(rf"[{_DOTS}]", _name_dot),
    rule(r"\*(?=ST)", lambda _: "星"),
    rule(r"\*{2,18}", lambda match: f"{PAUSE}星号" if before(match, 1).isdigit() else None),
    rule(r"×{1,8}|\*{1,8}", _placeholder),
    rule(r"…{1,4}|\.{3,12}|。{3,12}", _ellipsis),
    rule(r"[↑↓](?=\d)", _arrow),
    rule(rf"@(?={HAN})", lambda _: ""),
    rule(r"√(?=\d)", lambda _: "根号"),
    rule(r"#", lambda match: "号" if before(match, 1).isdigit() else ""),
    rule(r"\+(?=\d[\d.]{0,8}(?:%|‰|℃|个百分点|个基点))", _plus_sign),
    rule(r"\+(\d{2,3})(?:公斤|千克|kg)(?=级)", _heavier),
    rule(rf"/(500|10{{0,4}})\s?({LATIN_UNIT}|毫升|克|人|万)", _slash_amount),
    rule(rf"/(?={_CURRENCY})", _pair),
    rule(rf"/({LATIN_UNIT})", _slash_symbol),
    rule(rf"/\(({HAN_UNIT})[·•.×]({HAN_UNIT})\)", _slash_product),
    rule(r"№\s?(?=\d)", lambda match: "" if re.search("编号：?$", before(match, 3)) else None),
    rule(r"№\s?(?=[1-9]\d{0,2}(?!\d))", lambda _: "第"),
    rule(r"[~～]{1,3}", _wave),
    rule(r"[-—–−]{1,12}", _dash),
    rule(r"/{1,2}", _slash),
    rule(r"\((扩大|常务|总支|边(?=\)境))\)", lambda match: match[1]),
    rule(rf"\(({_UNITS_OF_LAND}{{1,6}})\)(?={HAN})", _more_units),
    rule(r"[()\[\]【】〔〕{}]", lambda _: PAUSE),
    rule(rf"[{re.escape(_SILENT)}{_DOTS}]{{1,40}}", lambda _: ""),
    rule(r"[,;:!?.]", _stop),
    rule(f"[{''.join(re.escape(sign) for sign in _SAID)}]", lambda match: _SAID[match.group()]),
)
"""Rules at any sign that is neither a digit nor a letter."""

SPACE_RULES: tuple[Rule, ...] = (rule(r" ", _space),)
"""Rules at a space."""
