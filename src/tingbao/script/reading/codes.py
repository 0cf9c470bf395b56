"""Numbers that name and do not count, and letters: codes, types, roads, plates, abbreviations."""

from __future__ import annotations

import re

from tingbao.script.reading.inventory import PAUSE, after, before, reader
from tingbao.script.reading.vocabulary import COMPASS, HAN, Match, is_counted, read_unit
from tingbao.text.contacts import GAP, MOBILE
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import read_decimal, read_digits, read_integer, read_telephone

_LABEL = re.compile(
    r"(?:邮编|邮政编码|编号|编码|代码|代号|刊号|出版物号|证号|账号|帐号|卡号|学号|注册号|执照号|"
    r"[Qq]{2}群?|微信号?|公众号|视频号|抖音号|(?<!电话)(?<!手机)(?<!座机)(?<!热线)(?<!固话)号码|许可证|登记证|案号|文号|批号|批次号?|订单号|"
    r"尾[号数]|号[后末][\d一二三四五六七八]位[是为]?|车架号|发动机号|序列号|验证码|密码|单号|货号|房号|会议号|会议ID|ISSN|ISBN|订阅号|股票|ID|"
    rf"[Nn]o\.?|№|NO\.?)[码（(]?[：:为是“\"\s]{{0,3}}[（(]?(?:(?<=[：:])[{BASIC_HAN}])?$"
)
_NAMES = (
    r"(?:(?:(?<![一二三四五六七八九十\d信口称符挂外绰军等拨年国大小中短机])号"
    r"|(?<![号起筹价加数砝尺解条])码)(?:码)?|车次|航次)"
)
_CODE = r"[A-Za-z]{0,4}\d[A-Za-z\d-]{1,20}"
_NAMED = re.compile(
    rf"(?<!电话)(?<!手机)(?<!热线){_NAMES}(?:分别|依次)?[为是：:]?[\s“(]{{0,2}}"
    rf"(?:{_CODE}[)”]?(?:[、或和及与/至到]|或者|以及)(?:{_NAMES})?[“(]?|{_CODE}\([原现新旧]){{0,8}}$"
)
"""A word that ends in 号 or 码, which other numbers may stand behind in a list or in brackets."""
_MOBILE = re.compile(rf"{MOBILE}{GAP}?\d{{4}}{GAP}?\d{{4}}")
_OF_PARCEL = re.compile("[单账帐卡证案物]号?码?[为是：]{0,2}$")
"""What has numbers of eleven figures of its own, which are none of mobile telephones."""

_NUMERO = re.compile(r"[Nn][Oo]\.\s?(?=\d)")
_PLACE = re.compile("[路街道区园苑城庭府居里巷院村号楼栋幢座厦]$")
_SIGNS = {"_": "下划线", ".": "点", "@": "at", "+": "加"}
_BEHIND_985 = re.compile("985[”/、和]{1,2}“?$")
_PLATE_PLACES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_PLANT = re.compile(rf"{HAN}{{0,2}}?(?:[井炉楼仓池泵站矿坑墓窟塔闸]|机组|车间|厂房|生产线)")
_STAKES = re.compile(r"([A-Z]?K)(\d{1,5})\+(\d{1,4})")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@reader
def _digits(match: Match) -> str:
    return read_digits(match[1])


@reader
def _lone_number(match: Match) -> str | None:
    """A number that is all there is on its line: a code, unless it is a round quantity."""
    return None if match[1].endswith("000") else read_digits(match[1])


@reader
def _lone_short_number(match: Match) -> str:
    return read_digits(match[1]) if match[1][0] != "1" else read_telephone(match[1])


@reader
def _resolution(match: Match) -> str | None:
    named = re.search("分辨率[为是达到：]?$", before(match, 5))
    return read_digits(match[1]) if named else None


@reader
def _number_without_zero(match: Match) -> str:
    return read_integer(match[1])


@reader
def _lottery(match: Match) -> str | None:
    return read_digits(match[1]) if before(match, 2) == "排列" else None


_PRAISED = re.compile(
    "(?:操作|太|真的?|真是|简直|直呼|刷屏?|[喊呼]|连[喊呼说]|弹幕|留言|评论|手艺|技术|表现|发挥|水平|老铁|必须)"
    "[了着是：，“ ]{0,2}$"
)


@reader
def _slang(match: Match) -> str | None:
    """666 as praise, 2333 as laughter: behind words of comment or before a cry."""
    if is_counted(after(match)):
        return None
    cried = re.match("[啊呀哈哦哇]", after(match, 1))
    return read_digits(match[1]) if cried or _PRAISED.search(before(match, 6)) else None


@reader
def _after_sending(match: Match) -> str | None:
    sent = before(match, 3).endswith(("发至", "发到", "发送至", "发送到", "回复"))
    return read_digits(match[1]) if sent else None


@reader
def _after_985(match: Match) -> str | None:
    return read_digits(match[1]) if _BEHIND_985.search(before(match, 6)) else None


@reader
def _after_road_or_airliner(match: Match) -> str | None:
    named = before(match, 2) in {"国道", "省道", "县道", "波音", "空客", "麦道"}
    return read_digits(match[1]) if named else None


@reader
def _code_without_label(match: Match) -> str:
    return _read_code(match[1])


@reader
def _room(match: Match) -> str | None:
    """A room right behind its building or entrance: A座1203, 3单元502."""
    inside = re.search(r"[A-Z\d](?:座|单元|号楼|[栋幢])$", before(match, 4))
    return read_digits(match[1]) if inside and not is_counted(after(match)) else None


@reader
def _page(match: Match) -> str:
    return f"{read_integer(match[1])}版{PAUSE}"


@reader
def _airbus(match: Match) -> str | None:
    return _read_code(match[1] + match[2]) if before(match, 2) == "空客" else None


@reader
def _serial_number(match: Match) -> str:
    return f"{match[1]}{_read_code(match[2])}"


@reader
def _kilometre_stones(match: Match) -> str:
    """Places on a road by kilometre stone and the metres behind it: K12+300."""
    return "至".join(_stake(*found) for found in _STAKES.findall(match.group()))


@reader
def _roman_sign(match: Match) -> str:
    return read_integer(str(ord(match.group()) - 0x215F))


@reader
def _letters(match: Match) -> str:
    return match.group()


def _read_code(code: str) -> str:
    """Read digits one by one and keep letters; what stands between is a short pause."""
    pieces = re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]", re.sub(r"(?<=[A-Za-z]) ", "", code))
    return "".join(_code_piece(piece) for piece in pieces)


def _is_counted_thing(follows: str) -> bool:
    """Whether the number counts; one before 号 or 期 may name."""
    return not follows.startswith(("号", "期")) and is_counted(follows)


def _code_piece(piece: str) -> str:
    if piece.isdigit():
        return read_digits(piece)
    return piece if piece.isalpha() else _SIGNS.get(piece, PAUSE)


@reader
def _labelled_code(match: Match) -> str | None:
    counted = match.group().isdigit() and _is_counted_thing(after(match))
    code = _NUMERO.sub("", match.group())
    if _MOBILE.fullmatch(code) and not _OF_PARCEL.search(before(match, 6)):
        return None
    named = re.search(r"\d{3}|[A-Za-z]\d[A-Za-z\d-]{2}", code) and _NAMED.search(before(match, 64))
    return _read_code(code) if (named or _LABEL.search(before(match, 20))) and not counted else None


@reader
def _document_number(match: Match) -> str:
    return f"{PAUSE}{read_digits(match[1])}{PAUSE}{_short(match[2])}号"


def _short(number: str) -> str:
    return read_integer(number) if len(number) < 4 else read_digits(number)


@reader
def _case_number(match: Match) -> str:
    year, place, court, kind, number = match.groups()
    court = f"{place}{read_digits(court)}{kind}"
    return f"{PAUSE}{read_digits(year)}{PAUSE}{court}{read_digits(number)}号"


@reader
def _quoted_number(match: Match) -> str | None:
    """A quoted number names a programme, unless it is a round one."""
    marks = before(match, 1) + after(match, 1)
    if marks not in {"“”", "‘’", "《》"}:
        return None
    return None if re.fullmatch(r"\d0+", match[1]) else read_digits(match[1])


@reader
def _festival(match: Match) -> str | None:
    return read_integer(match[1]) if before(match, 1) == "双" else None


@reader
def _day_with_dot(match: Match) -> str:
    return read_digits(match[1] + match[2])


@reader
def _day_with_full_stop(match: Match) -> str | None:
    """A day written with a full stop: 3.15晚会, “3.15”; a version is no day."""
    if after(match, 1) == "”" and (before(match, 1) != "“" or len(match[2]) < 2):
        return None
    return _day_with_dot(match)


_SHOPPING_BEFORE = re.compile("(?:[今去前明每]年|年中|电商|天猫|京东|淘宝|首个|[迎备]战|“)的?$")
_SHOPPING_AFTER = re.compile(
    "(?:期间|当[天日]|大促|购物|晚会|年中|促销|[销预]售|狂欢|电商|来临|前夕|活动|曝光|消费者)"
)


@reader
def _day_of_shopping(match: Match) -> str | None:
    """A day of sales by its figures, unless the number counts."""
    named = _SHOPPING_BEFORE.search(before(match, 4)) and not is_counted(after(match))
    return read_digits(match[1]) if named or _SHOPPING_AFTER.match(after(match)) else None


@reader
def _airliner(match: Match) -> str | None:
    """The type of an airliner and its version: 波音737-800."""
    named = re.search("(?:波音|麦道)$", before(match, 2))
    return read_digits(match[1] + match[2]) if named else None


@reader
def _bracketed_number(match: Match) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "(" and after(match, 1) == ")" else None


@reader
def _bracketed_year(match: Match) -> str:
    return f"{PAUSE}{read_digits(match[1])}{PAUSE}"


@reader
def _version(match: Match) -> str:
    parts = match.group().split(".")
    read = read_digits if len(parts) == 4 else read_integer
    return "点".join(map(read, parts))


@reader
def _issue(match: Match) -> str | None:
    return read_digits(match[1]) if before(match, 1) == "第" else None


@reader
def _house_number(match: Match) -> str | None:
    """A falling pair before 号 is a house behind a number, not a range."""
    if int(match[1]) < int(match[2]):
        return None
    return f"{_short(match[1])}杠{_short(match[2])}"


@reader
def _door(match: Match) -> str | None:
    """Building, entrance and room after the name of a place."""
    if not _PLACE.search(before(match, 2)):
        return None
    return PAUSE.join((_short(match[1]), _short(match[2]), read_digits(match[3])))


_HOME = re.compile("[号在住于室房元栋幢楼区园苑村庭府城居舍牌址：为是]$")


@reader
def _room_with_hyphen(match: Match) -> str | None:
    """A room behind its building: 家住3-502; a range of quantities is none."""
    if is_counted(after(match)) or not _HOME.search(before(match, 1)):
        return None
    return f"{read_integer(match[1])}杠{read_digits(match[2])}"


@reader
def _pair_behind_label(match: Match) -> str | None:
    """Two numbers behind what they name: 床位号3-12, 门牌号12-1."""
    named = re.search("(?:床位|门牌|座位|展位|摊位|柜位|泊位|桌)号?[为是：]?$", before(match, 5))
    if not named or is_counted(after(match)):
        return None
    return f"{_short(match[1])}杠{_short(match[2])}"


@reader
def _formation(match: Match) -> str | None:
    """The rows of a football team: ten players in three or four rows, or by the word behind."""
    rows = [int(part) for part in match.groups() if part]
    if not (sum(rows) == 10 or re.match("阵[型容式]", after(match))):
        return None
    if re.match(r"[A-Za-z\d-]", before(match, 1)):
        return None
    return read_digits("".join(part for part in match.groups() if part))


_HERTZ = re.compile("[kKGT]?H[zZ]|千?赫|[个次万]|[~～—-]|%")


@reader
def _broadcast(match: Match) -> str | None:
    whole, point, part = match[1].partition(".")
    if before(match, 4).rstrip("：: ").endswith("频率") and _HERTZ.match(after(match)):
        return None
    named = re.search(r"(?:FM|AM|调频|中波|频率)[：: ]?$", before(match, 4))
    return f"{read_digits(whole)}{'点' if point else ''}{read_digits(part)}" if named else None


@reader
def _abbreviated_year(match: Match) -> str | None:
    return read_digits(match[1]) if before(match, 1) in {"'", "’"} else None


@reader
def _registration(match: Match) -> str:
    return f"{read_digits(match[1])}号{PAUSE}{read_digits(match[2])}"


@reader
def _masked_number(match: Match) -> str:
    return f"{read_digits(match[1])}{PAUSE}尾号{_read_code(match[2])}"


@reader
def _withheld_end(match: Match) -> str:
    """Digits whose end is withheld, each cross a 某: 20××年."""
    return read_digits(match[1]) + "某" * len(match[2])


@reader
def _listed_share(match: Match) -> str:
    """A share by its code and its exchange: 600519.SH."""
    return f"{read_digits(match[1])}点{match[2]}"


@reader
def _standard(match: Match) -> str:
    pieces = re.findall(r"[A-Z]+|\d+", match[1])
    letters = "".join(read_integer(piece) if piece.isdigit() else piece for piece in pieces)
    return f"{letters}{_read_code(match[2])}" + (
        f"{PAUSE}{read_digits(match[3])}" if match[3] else ""
    )


@reader
def _plate(match: Match) -> str | None:
    place = before(match, 1)
    if place not in _PLATE_PLACES or not re.search(r"\d", match[2]):
        return None
    return match[1] + _read_code(re.sub("[·•]", "", match[2]))


@reader
def _mixed_code(match: Match) -> str | None:
    """Letters as they are; one or two digits as a number, more or with a zero first one by one.

    A quantity right behind an abbreviation is no code: GDP5%, CPI0.3%.
    """
    if re.match("[%‰℃°万亿元名]|个百分点", after(match, 4)):
        return None
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


@reader
def _ordinal(match: Match) -> str:
    """An English ordinal: 5th is 第五."""
    return ("" if before(match, 1) == "第" else "第") + read_integer(match[1])


@reader
def _data_size(match: Match) -> str:
    return f"{read_decimal(match[1])}{match[2]}"


@reader
def _train_pair(match: Match) -> str:
    return f"{match[1]}{read_digits(match[2])}{PAUSE}{read_digits(match[3])}"


@reader
def _roman_numeral(match: Match) -> str:
    return read_integer(str(_ROMAN.index(match[1]) + 1))


@reader
def _rank_or_code(match: Match) -> str:
    """No.1 is a rank; a longer number, or one with a zero first, is a code."""
    digits = match[1]
    if _is_rank(digits) and _PLANT.match(after(match, 4)):
        return f"{read_integer(digits)}号"
    return f"第{read_integer(digits)}" if _is_rank(digits) else f"编号{read_digits(digits)}"


def _is_rank(digits: str) -> bool:
    return len(digits) < 4 and not digits.startswith("0")


def _stake(letter: str, kilometre: str, metre: str) -> str:
    metres = read_digits(metre) if metre.startswith("0") else read_integer(metre)
    return f"{letter}{_mixed_piece(kilometre, one_by_one=False)}加{metres}"


@reader
def _range_of_pages(match: Match) -> str:
    return f"{match[1]}{read_digits(match[2])}至{match[3]}{read_digits(match[4])}"


@reader
def _dotted_version(match: Match) -> str:
    parts = match[2].strip(".").split(".")
    return "点".join([match[1], *(read_digits(part) for part in parts)])


@reader
def _hyphened_letters(match: Match) -> str:
    """A hyphen between letters is not said; after one or two letters it is no break either."""
    gap = "" if len(match[1]) < 3 else " "
    return f"{match[1]}{gap}"


@reader
def _range_behind_letter(match: Match) -> str | None:
    letter, first, last = match.groups()
    rising = int(first) < int(last)
    return f"{letter}{read_integer(first)}至{read_integer(last)}" if rising else None


@reader
def _type_behind_letters(match: Match) -> str | None:
    """The type of a machine behind its make: RTX 5090; a year or a rank is none."""
    letters, figures = match.groups()
    year = figures.startswith(("19", "20"))
    ranked = letters.lower() in {"top", "no", "gdp"} or figures.endswith("00")
    return None if year or ranked or is_counted(after(match)) else letters + read_digits(figures)


_BETWEEN = frozenset({"BB", "BC", "CC", "OO", "FF", "FC", "CM", "CB", "MC", "BG", "GB", "GC", "DC"})


@reader
def _business_between(match: Match) -> str | None:
    """B2B, O2O: a 2 that stands for the English to."""
    sides = match[1] + match[2]
    return f"{match[1]} to {match[2]}" if sides in _BETWEEN else None


@reader
def _initials(match: Match) -> str:
    return match.group().replace(".", "")


@reader
def _compass_degrees(match: Match) -> str:
    minutes = f"{read_decimal(match[3])}分" if match[3] else ""
    return f"{COMPASS[match[1]]}{read_decimal(match[2])}度{minutes}"


@reader
def _withheld_name(match: Match) -> str | None:
    """Letters X beside Han characters stand for a name that is withheld."""
    beside = re.match(HAN, before(match, 1)) or re.match(HAN, after(match, 1))
    return "某" * len(match.group()) if beside else None


@reader
def _unit_in_symbols(match: Match) -> str | None:
    """A unit with a slash whose number stands elsewhere: 10 的次方 m/s, 单位：mg/L."""
    return read_unit(match.group()) if "/" in match.group() else None
