"""Scores and ratios, told from times of day and from ranges by the company they keep."""

from __future__ import annotations

import re

from tingbao.script.reading.clocks import is_clock
from tingbao.script.reading.rules import Rule, after, before, rule
from tingbao.script.reading.units import QUANTITY_AFTER
from tingbao.text.numerals import read_decimal

_COLON_PAIR = re.compile(r"(\d{1,3})[:：∶](\d{1,3})")
_COMPANY = 40
_RUN = frozenset("0123456789:：∶-–、，,和及 ()第局节盘场一二三四五六七八九")

_SCORED_BEFORE = re.compile(
    r"(?:(?<![所可予])以(?![及上下内外来后前为])|比分|半场|局分|战成|打成|扳成|改写为|定格|锁定|"
    r"取得|总分|首局|次局|[首次末]节|决胜局|先后|分别以)[^，。；！？]{0,6}$"
)
_SCORED_AFTER = re.compile(
    r"(?:的?比分|战胜|击败|力克|力擒|轻取|横扫|完胜|大胜|小胜|险胜|完败|逆转|不敌|负于|惜败|淘汰|"
    r"领先|落后|获胜|取胜|胜出|战平|握手言和|逼平|送走|胜(?!利)|平(?![均稳安台时板])|负(?!责)|赢|输|"
    r"拿下|夺冠|晋级|告负|反超|扳平|击退|战成|落败|再胜|再负|斩落|掀翻|爆冷|憾负|惨败|负|结束|先声夺人|先下一城|再下一城|先拔头筹|轻松)"
)
_TEAM_BEFORE = re.compile("(?:队|[女男]排|[女男]篮|国[羽乒足]|组合|选手)$")
_HOUR_AFTER = re.compile("[开抵出迎对将到登在前后左进赴乘从起举]|许|时|整|[—～至-]")
_RATIO_BEFORE = re.compile(
    r"(?:比例|比例尺|结构|配比|之比|比为|比率|占比|配制|稀释|杠杆|性别比)[^，。；！？\d]{0,8}$"
)
_RATIO_AFTER = re.compile(r"的?(?:比例|配比|比率|配备|配套|稀释|配置|画幅|屏幕|宽屏|等比)")
_SPORT = re.compile(
    "比赛|队|局|盘|球|胜|负|决赛|小组赛|联赛|半场|领先|反超|扳平|战平|晋级|选手|先生|组合|对手|"
    "世界杯|亚洲杯|欧洲杯|强赛|淘汰赛|锦标赛|[中英意德法]超|西甲|意甲|德甲|欧冠|亚冠|NBA|CBA"
)


def _run_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the run of pairs that the match belongs to begins and ends, within reach."""
    line, start, end = match.string, match.start(), match.end()
    least, most = max(0, start - _COMPANY), min(len(line), end + _COMPANY)
    while start > least and line[start - 1] in _RUN:
        start -= 1
    while end < most and line[end] in _RUN:
        end += 1
    return start, end


def _is_announced(match: re.Match[str]) -> bool:
    """Whether the words around the run of pairs say that it is one of scores or ratios."""
    line = match.string
    start, end = _run_of(match)
    ahead = line[max(0, start - 16) : start] + line[start : match.start()].lstrip()
    return bool(
        (_TEAM_BEFORE.search(line, max(0, start - 4), start) and not _HOUR_AFTER.match(line, end))
        or _SCORED_BEFORE.search(line, max(0, start - 16), start)
        or _RATIO_BEFORE.search(line, max(0, start - 16), start)
        or _SCORED_BEFORE.search(ahead)
        or _SCORED_AFTER.match(line, end)
        or _RATIO_AFTER.match(line, end)
    )


def _has_odd_company(match: re.Match[str]) -> bool:
    """Whether a pair of the run cannot be a time of day."""
    start, end = _run_of(match)
    pairs = _COLON_PAIR.findall(match.string[start:end])
    return any(not (len(second) == 2 and is_clock(first, second)) for first, second in pairs)


def _ratio(match: re.Match[str]) -> str:
    return "比".join(read_decimal(part) for part in re.split(r"[:：∶]", match.group()))


def _colon(match: re.Match[str]) -> str | None:
    return _ratio(match) if _has_odd_company(match) or _is_announced(match) else None


def _hyphen(match: re.Match[str]) -> str | None:
    """A pair with a hyphen is a score where a match is told of and nothing is counted."""
    scored = _is_lone(match) and (_is_announced(match) or _is_told(match))
    return f"{read_decimal(match[1])}比{read_decimal(match[2])}" if scored else None


def _is_lone(match: re.Match[str]) -> bool:
    return not re.search(r"[\dA-Za-z/—–第.-]$", before(match, 1))


def _is_told(match: re.Match[str]) -> bool:
    follows = after(match)
    told = _SPORT.search(before(match, 24)) or _SPORT.search(follows)
    return bool(told) and not QUANTITY_AFTER.match(follows)


def _decimal_or_long(match: re.Match[str]) -> str | None:
    """A fraction or more than three digits in a part: no time of day is printed like that."""
    parts = re.split(r"[:：]", match.group())
    return _ratio(match) if any("." in part or len(part) > 3 for part in parts) else None


_PART = r"\d{1,8}(?:\.\d{1,4})?"


def _chain(match: re.Match[str]) -> str | None:
    """Three parts with hyphens are a ratio where the words before say so."""
    if not re.search(r"(?:配比|比例|肥|之比)[为是：]?$", before(match, 6)):
        return None
    return "比".join(read_decimal(part) for part in match.group().split("-"))


SCORE_RULES: tuple[Rule, ...] = (
    rule(rf"{_PART}(?:∶{_PART}){{1,5}}(?!\d)", _ratio),
    rule(rf"{_PART}[:：]{_PART}(?=[万亿])", _ratio),
    rule(r"\d{1,3}(?:[:：]\d{1,3}){1,4}(?![\d:：.])", _colon),
    rule(rf"{_PART}(?:[:：]{_PART}){{1,5}}(?![\d:：])", _decimal_or_long),
    rule(r"\d{1,2}(?:-\d{1,2}){2,3}(?![\d-])", _chain),
    rule(r"(\d{1,3})[-—–](\d{1,3})(?![\d\-—–./:：])", _hyphen),
)
"""Rules at a digit, before those of times of day."""
