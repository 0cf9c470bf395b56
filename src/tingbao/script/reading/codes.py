"""Numbers that name instead of count: codes, document and case numbers, types, roads, versions."""

from __future__ import annotations

import re

from tingbao.script.reading.rules import HAN, PAUSE, Rule, after, before, rule
from tingbao.script.reading.units import QUANTITY_AFTER
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import read_digits, read_integer

_LABEL = re.compile(
    r"(?:邮编|邮政编码|编号|编码|代码|代号|刊号|出版物号|证号|账号|帐号|卡号|学号|注册号|执照号|"
    r"[Qq]{2}群?|微信号?|公众号|视频号|抖音号|号码|许可证|登记证|案号|文号|批号|批次号?|订单号|"
    r"尾号|车架号|发动机号|序列号|验证码|密码|单号|货号|房号|会议号|会议ID|ISSN|ISBN|订阅号|股票|ID|"
    rf"[Nn]o\.?|№|NO\.?)[码（(]?[：:为是“\"\s]{{0,3}}[（(]?(?:(?<=[：:])[{BASIC_HAN}])?$"
)
_NUMERO = re.compile(r"[Nn][Oo]\.\s?(?=\d)")
_PLACE = re.compile("[路街道区园苑城庭府居里巷院村号楼栋幢座厦]$")
_COUNTED = re.compile(rf"(?![号期])(?:{QUANTITY_AFTER.pattern})")
_SIGNS = {"_": "下划线", ".": "点", "@": "at", "+": "加"}


def read_code(code: str) -> str:
    """Read digits one by one and keep letters; what stands between is a short pause."""
    pieces = re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]", re.sub(r"(?<=[A-Za-z]) ", "", code))
    return "".join(_code_piece(piece) for piece in pieces)


def _code_piece(piece: str) -> str:
    if piece.isdigit():
        return read_digits(piece)
    return piece if piece.isalpha() else _SIGNS.get(piece, PAUSE)


def _labelled(match: re.Match[str]) -> str | None:
    counted = match.group().isdigit() and _COUNTED.match(after(match))
    code = _NUMERO.sub("", match.group())
    return read_code(code) if _LABEL.search(before(match, 20)) and not counted else None


def _document(match: re.Match[str]) -> str:
    return f"{PAUSE}{read_digits(match[1])}{PAUSE}{_short(match[2])}号"


def _short(number: str) -> str:
    return read_integer(number) if len(number) < 4 else read_digits(number)


def _case(match: re.Match[str]) -> str:
    year, place, court, kind, number = match.groups()
    court = f"{place}{read_digits(court)}{kind}"
    return f"{PAUSE}{read_digits(year)}{PAUSE}{court}{read_digits(number)}号"


def _quoted(match: re.Match[str]) -> str | None:
    """A quoted number names a programme, unless it is a round one."""
    marks = before(match, 1) + after(match, 1)
    if marks not in {"“”", "‘’", "《》"}:
        return None
    return None if re.fullmatch(r"\d0+", match[1]) else read_digits(match[1])


def _festival(match: re.Match[str]) -> str | None:
    return read_integer(match[1]) if before(match, 1) == "双" else None


def _dotted(match: re.Match[str]) -> str:
    return read_digits(match[1] + match[2])


def _full_stop_day(match: re.Match[str]) -> str | None:
    """A day written with a full stop: 3.15晚会, “3.15”; a version is no day."""
    if after(match, 1) == "”" and (before(match, 1) != "“" or len(match[2]) < 2):
        return None
    return _dotted(match)


def _named(match: re.Match[str]) -> str:
    return read_digits(match[1])


def _airliner(match: re.Match[str]) -> str | None:
    """The type of an airliner and its version: 波音737-800."""
    named = re.search("(?:波音|麦道)$", before(match, 2))
    return read_digits(match[1] + match[2]) if named else None


def _after_name(pattern: str, digits: str = r"\d{2,6}") -> Rule:
    names = re.compile(rf"(?:{pattern})$")
    return rule(
        rf"({digits})(?![\d.])",
        lambda match: read_digits(match[1]) if names.search(before(match, 6)) else None,
    )


def _bracketed(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "(" and after(match, 1) == ")" else None


def _bracketed_year(match: re.Match[str]) -> str:
    return f"{PAUSE}{read_digits(match[1])}{PAUSE}"


def _version(match: re.Match[str]) -> str:
    parts = match.group().split(".")
    read = read_digits if len(parts) == 4 else read_integer
    return "点".join(map(read, parts))


def _issue(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "第" else None


def _house(match: re.Match[str]) -> str | None:
    """A falling pair before 号 is a house behind a number, not a range."""
    if int(match[1]) < int(match[2]):
        return None
    return f"{_short(match[1])}杠{_short(match[2])}"


def _door(match: re.Match[str]) -> str | None:
    """Building, entrance and room after the name of a place."""
    if not _PLACE.search(before(match, 2)):
        return None
    return PAUSE.join((_short(match[1]), _short(match[2]), read_digits(match[3])))


def _formation(match: re.Match[str]) -> str:
    return read_digits("".join(part for part in match.groups() if part))


def _broadcast(match: re.Match[str]) -> str | None:
    whole, point, part = match[1].partition(".")
    named = re.search(r"(?:FM|AM|调频|中波|频率)[：: ]?$", before(match, 4))
    return f"{read_digits(whole)}{'点' if point else ''}{read_digits(part)}" if named else None


def _abbreviated_year(match: re.Match[str]) -> str | None:
    return read_digits(match[1]) if before(match, 1) in {"'", "’"} else None


def _registration(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}号{PAUSE}{read_digits(match[2])}"


def _masked(match: re.Match[str]) -> str:
    return f"{read_digits(match[1])}{PAUSE}尾号{read_code(match[2])}"


def _withheld_end(match: re.Match[str]) -> str:
    """Digits whose end is withheld, each cross a 某: 20××年."""
    return read_digits(match[1]) + "某" * len(match[2])


def _listed(match: re.Match[str]) -> str:
    """A share by its code and its exchange: 600519.SH."""
    return f"{read_digits(match[1])}点{match[2]}"


LABELLED_CODE_RULES: tuple[Rule, ...] = (
    _after_name("排列", "[35](?=[:：])"),
    rule(r"(\d{3,17})[*×]{2,14}(\d{2,6}[Xx]?)(?![\dA-Za-z])", _masked),
    rule(r"(\d{3,17})([*×]{2,14})(?!\d)", _withheld_end),
    rule(r"((?:19|20)\d?)([*×]{1,2})(?=年)", _withheld_end),
    rule(r"(\d{5,6})\.(SH|SZ|SS|BJ|HK|OF|NQ)(?![A-Za-z0-9])", _listed),
    rule(
        r"[A-Za-z]{0,4}\s?[A-Za-z0-9](?:[A-Za-z0-9]|[-—–/._](?=[A-Za-z0-9])"
        r"|(?<=\d) (?=\d{2,8}(?![\d年月]))){2,40}",
        _labelled,
    ),
)
"""Rules at a letter or a digit: what a label before it says is a code."""

NUMBER_CODE_RULES: tuple[Rule, ...] = (
    rule(r"(\d{17}[\dXx]|\d{15})(?![\dA-Za-z])", lambda match: read_code(match[1])),
    rule(r"(\d{1,2})(?=[”’]|购物|狂欢|大促|促销|期间|活动|电商)", _festival),
    rule(r"(\d{3,6})(?!\d)", _quoted),
    rule(r"((?:19|20)\d\d)(?=[》”])", _named),
    rule(r"(\d{1,2})[·・•‧](\d{1,2})(?![\d·])", _dotted),
    rule(
        r"(\d{1,2})\.(\d{1,2})(?=晚会|大?地震|事故|事件|火灾|爆炸|阅兵|惨案|事变|购物|大促|运动(?![员会])|"
        r"(?:劳动|儿童|青年|建军|国庆|妇女|教师|护士|植树)节|空难|特大|"
        r"国际|全民|纪念|[^，。\d]{0,2}专案|”)",
        _full_stop_day,
    ),
    rule(r"((?:19|20)\d\d|\d{6})(?!\d)", _bracketed),
    rule(r"(\d{3})(?=国道|省道|县道|乡道|医院|工程|高校|大楼|路(?!程|径)|次航班)", _named),
    rule(r"(\d{3,4})(?=次列车|次特快|次快速|室|房(?![源价屋产])|病房|教室|会议室)", _named),
    rule(r"(985|211)(?=[、/和及](?:211|985|“)|大学|院校|毕业)", _named),
    rule(r"(\d{1,4})-(\d{1,4})-(\d{3,4})(?!\d)", _door),
    rule(r"(\d)-(\d)-(\d)(?:-(\d))?(?=阵型|阵容|阵式)", _formation),
    rule(rf"(\d{{3,6}})(?=编队|部队|舰艇|{HAN}{{0,3}}舰(?!队))", _named),
    rule(r"(\d{2,3})(?=[A-Z]{1,2}型?(?:主战坦克|坦克|驱逐舰|护卫舰|核?潜艇|登陆舰))", _named),
    rule(r"(\d{1,5})-(\d{1,5})(?=号)", _house),
    rule(r"(\d{5,14})号-(\d{1,2})(?!\d)", _registration),
    rule(r"(\d{4,24})(?=号)", _named),
    rule(r"(\d{5,24})(?!\d)", _issue),
    _after_name("发送?[至到]|回复", r"\d{3,20}"),
    _after_name("985[”/、和]{1,2}“?", "211"),
    rule(r"(360)(?=安全|公司|集团|软件|搜索|数字)", _named),
    rule(r"(\d{3})-(\d{2,4})(?!\d)", _airliner),
    _after_name("国道|省道|县道|波音|空客|麦道"),
    rule(r"(\d{2,4}(?:\.\d{1,2})?)(?![\d.])", _broadcast),
    rule(r"(\d\d)(?![\d%月日号])", _abbreviated_year),
    rule(r"0?(\d{1,2})版[：:]", lambda match: f"{read_integer(match[1])}版{PAUSE}"),
    rule(r"0(\d)(?=版)", lambda match: read_integer(match[1])),
    rule(r"(0\d{1,11})(?![\d.])", _named),
    rule(r"\d{1,4}(?:\.\d{1,4}){2,4}(?![\d.])", _version),
)
"""Rules at a digit."""

BRACKET_CODE_RULES: tuple[Rule, ...] = (
    rule(rf"\(((?:19|20)\d\d)\)({HAN})(\d{{2,4}})({HAN}{{1,4}})(\d{{1,6}})号", _case),
    rule(r"[〔\[(【〈]((?:19|20)\d\d)[〕\])】〉]第?(\d{1,5})号", _document),
    rule(r"[〔\[(【〈]((?:19|20)\d\d)[〕\])】〉]", _bracketed_year),
)
"""Rules at an opening bracket."""

TANGLE_RULE = Rule(
    re.compile(r"\d{1,24}(?:[-—–/:：_#^*\\.][\dA-Za-z]{1,24}){1,16}"),
    lambda match: match.group(),
    known=False,
)
"""Numbers bound together in a way that no rule knows."""
