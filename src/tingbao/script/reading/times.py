"""Dates, years and times of day, and the scores and ratios that look like them."""

from __future__ import annotations

import re

from tingbao.script.reading.inventory import after, before, reader
from tingbao.script.reading.vocabulary import HAN, Match, is_counted
from tingbao.text.numerals import read_decimal, read_digits, read_integer

_AGE_BEFORE = re.compile(
    r"(?:约|近|逾|超过?|有着?|距今|上下|长达|达|历经|历时|绵延|大约|[经过]了)$"
)
_AGE_AFTER = re.compile(r"(?:的)?(?:悠久)?(?:历史|文明|文化|建城|之久|岁月|古|时光)")
_MANY = re.compile(r"(?:约|近|逾|超过?|达到?|共|计|为|有|第|满|足)$")


@reader
def _digits_of_year(match: Match) -> str:
    return f"{read_digits(match[1])}年"


_SPAN_BEFORE = re.compile(
    r"[约近逾超过满了达有第经历间隔共整足这那每两几别待等守干存业龄长续熬用时期满够百千万多数°.\d]$"
)
_BEGUN = re.compile("[生卒建始立]于$")
_SUBJECT_BEFORE = re.compile("^$|[他她我您你们是于在自从和与及曾的、，。；：！？“(]$")
"""What stands before a year; behind a verb a small number of years is a length of time."""

_EVENT = re.compile(
    "(?:就|才|开始|初|底|末)?(?:出生|生人|生于|参军|当兵|入伍|从军|转业|退伍|复员|下海|下岗|毕业|高考|恢复高考|"
    "考[入上取进]|进[厂城京]|入[党学职团]|建[厂校成立]|成立|创[办立]|投产|改革开放|插队|下乡|返城|调[入任到]|分配|抗洪|大?洪水|特大|奥运|世界杯|欧洲杯|亚运|冬奥|"
    "非典|大?地震|金融|经济危机|回归|国庆|阅兵|[春夏秋冬][天季]?(?![秋节])|款(?![项待])|版(?![本权图])|"
    f"{HAN}{{2,5}}(?:奥运|冬奥|亚运|世界杯|欧洲杯|回归|抗洪|大?洪水|大?地震|非典|危机))"
    "|的?(?:老兵|老党员)|[春夏秋冬]|[初底末](?![端梢])"
)


@reader
def _year_of_event(match: Match) -> str | None:
    """A year by its last two digits, known by what happened in it; a length of time is none."""
    behind = before(match, 1)
    if _BEGUN.search(before(match, 2)):
        return f"{read_digits(match[1])}年"
    if _SPAN_BEFORE.search(behind) or not _EVENT.match(after(match)):
        return None
    if match[1][0] in "1234" and not _SUBJECT_BEFORE.search(behind):
        return None
    return f"{read_digits(match[1])}年"


@reader
def _class_of_year(match: Match) -> str | None:
    return None if before(match, 1) == "第" else read_digits(match[1])


@reader
def _date_in_figures(match: Match) -> str | None:
    year, month, day = match[1], int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{read_digits(year)}年{read_integer(str(month))}月{read_integer(str(day))}日"


@reader
def _day_month_year(match: Match) -> str:
    month, _, day, year = match.groups()
    return f"{read_digits(year)}年{read_integer(month)}月{read_integer(day)}日"


@reader
def _month_before_year(match: Match) -> str | None:
    alone = not re.search(r"[\dA-Za-z/-]$", before(match, 1))
    return f"{read_digits(match[2])}年{read_integer(match[1])}月" if alone else None


@reader
def _month_and_day(match: Match) -> str | None:
    """A day with a zero before its month or its number; two without zeros are a range or a code."""
    zeros = "0" in {match[1][0], match[2][0]}
    alone = not re.search(r"[\dA-Za-z/.#-]$|[号码室房址]$", before(match, 1))
    if not (zeros and alone) or is_counted(after(match)):
        return None
    return f"{read_integer(match[1])}月{read_integer(match[2])}日"


@reader
def _games_by_year(match: Match) -> str | None:
    opens = re.search("^$|[，。、；：“（( 从自是为至到和与]$", before(match, 1))
    return read_digits(match[1]) if opens else None


@reader
def _time_with_ratio_sign(match: Match) -> str:
    minutes = "" if match[2] == "00" else f"{_two(match[2])}分"
    return f"{_hours(match[1])}点{minutes}"


@reader
def _range_of_years(match: Match) -> str | None:
    """Read a stretch of years, or a season; with one 年 at the end both years get theirs."""
    first, first_word, last, term = match[1], match[2], match[3], match[4]
    if not term and is_counted(after(match)):
        return None
    if first.endswith("00") and last.endswith("00") and not first_word:
        return None
    between = first_word or ("年" if term == "年" else "")
    return f"{read_digits(first)}{between}至{read_digits(last)}{term}"


@reader
def _season(match: Match) -> str:
    return f"{read_digits(match[1])}至{read_digits(match[2])}"


@reader
def _short_season(match: Match) -> str | None:
    """A season by the last two digits of its years, which follow each other."""
    follows = (int(match[2]) - int(match[1])) % 100 == 1
    return read_digits(match[1] + match[2]) if follows else None


@reader
def _year(match: Match) -> str | None:
    span = _AGE_BEFORE.search(before(match)) or _AGE_AFTER.match(after(match))
    early = int(match[1]) < 1800 and not _ERA_BEFORE.search(before(match))
    if match[1].endswith("00") and (span or early):
        return f"{read_integer(match[1])}年"
    return f"{read_digits(match[1])}年"


@reader
def _early_year(match: Match) -> str | None:
    return f"{read_digits(match[1])}年" if _ERA_BEFORE.search(before(match)) else None


@reader
def _bare_year(match: Match) -> str | None:
    follows = after(match)
    if _MANY.search(before(match)) or is_counted(follows):
        return None
    return read_digits(match[1]) if re.match(rf"{HAN}|[·・•]", follows) else None


_ERA_BEFORE = re.compile(r"(?:公元前?|[-—–~～至(]前)$")


@reader
def _early_range(match: Match) -> str | None:
    return read_digits(match[1]) if _ERA_BEFORE.search(before(match)) else None


@reader
def _bracketed_early_year(match: Match) -> str | None:
    opened = before(match, 1) in {"(", "—", "-", "–", "~", "～", "至"}
    return f"{read_digits(match[1])}年" if opened else None


@reader
def _range_of_months(match: Match) -> str | None:
    if is_counted(after(match)):
        return None
    first, first_month, last, last_month = match.groups()
    return (
        f"{read_digits(first)}年{read_integer(first_month)}月至"
        f"{read_digits(last)}年{read_integer(last_month)}月"
    )


@reader
def _month(match: Match) -> str:
    return f"{read_digits(match[1])}年{read_integer(match[2])}月"


_DATED = re.compile("(?:生于|[卒逝入]于|出生|日期|年月|任职|参加工作)[：: ]?$")


@reader
def _month_of_life(match: Match) -> str | None:
    """A month with a full stop, where the words before it want one: 出生于1949.10."""
    return _month(match) if _DATED.search(before(match, 5)) else None


@reader
def _generation(match: Match) -> str:
    return f"{read_digits(match[1])}后"


# --- times of day and of races ---------------------------------------------------------------

_RACED_BEFORE = re.compile(
    r"(?:成绩|用时|耗时|跑出|游出|纪录|最好|时长|总时间|以)[^，。；！？]{0,8}$"
)
_RACED_AFTER = re.compile(r"[^，。；！？]{0,6}(?:成绩|夺冠|摘金|完赛|冲线|率先|纪录|获得|位列)")

_RACE = re.compile(
    "(?:成绩|用时|耗时|跑[进出]|[游骑滑]出|[全半]马|马拉松|纪录)(?:[为是：至到]|提高[到至]|刷新[到至为])?$"
)
_RACE_RESULT = re.compile("的?(?:净成绩|成绩|纪录|完赛|撞线|冲线)|[获夺摘][得下]?|率先|分列")


def _is_clock(hours: str, minutes: str, seconds: str | None = None) -> bool:
    """Whether the fields can be a time of day."""
    return int(hours) <= 24 and int(minutes) < 60 and int(seconds or 0) < 60


@reader
def _minute_with_zero(match: Match) -> str:
    return f"零{read_integer(match[1])}"


@reader
def _whole_hour(match: Match) -> str | None:
    return "" if before(match, 1) in {"时", "点"} else None


@reader
def _time_of_day(match: Match) -> str | None:
    hours, minutes, seconds, half = match.groups()
    if not _is_clock(hours, minutes, seconds):
        return None
    text = f"{_half_of_day(match, half.lower()) if half else ''}{_hours(hours)}点"
    if int(minutes) or seconds:
        text += f"{_two(minutes)}分"
    elif after(match, 1) == "整":
        return text
    return f"{text}{_two(seconds)}秒" if seconds else text


_PART_OF_DAY = re.compile("(?:上午|中午|下午|傍晚|晚上?|夜里|凌晨|清晨|早上?|今晚|昨晚) ?$")


def _half_of_day(match: Match, half: str) -> str:
    """The words for a.m. or p.m., unless they are printed before the time."""
    if _PART_OF_DAY.search(before(match, 3)):
        return ""
    if half == "a":
        return "上午"
    return "晚上" if 7 <= int(match[1]) < 12 else "下午"


@reader
def _hour_of_half_day(match: Match) -> str:
    return f"{_half_of_day(match, match[2].lower())}{_hours(match[1])}点"


def _hours(hours: str) -> str:
    return "两" if int(hours) == 2 else read_integer(hours)


def _two(field: str) -> str:
    return f"零{read_integer(field)}" if field[0] == "0" and field != "00" else read_integer(field)


@reader
def _seconds_of_race(match: Match) -> str:
    return f"{_two(match[1])}秒{read_digits(match[2])}"


@reader
def _race_minutes(match: Match) -> str | None:
    """A time with hundredths: 2:08.32, and with hours 1:02:08.32."""
    hours, minutes, seconds, part = match.groups()
    text = f"{_hours(hours)}小时" if hours else ""
    return f"{text}{_hours(minutes)}分{_two(seconds)}秒{read_digits(part)}"


@reader
def _race_primes(match: Match) -> str:
    """Minutes and seconds with their marks, as 9′58″32."""
    return f"{_hours(match[1])}分{_two(match[2])}秒{read_digits(match[3])}"


@reader
def _race_hours(match: Match) -> str | None:
    raced = _RACED_BEFORE.search(before(match)) and _RACED_AFTER.match(after(match))
    if not (raced or _RACE.search(before(match)) or _RACE_RESULT.match(after(match))):
        return None
    hours, minutes, seconds = match.groups()
    return f"{_hours(hours)}小时{_two(minutes)}分{_two(seconds)}秒"


@reader
def _height(match: Match) -> str:
    return f"{_hours(match[1])}米{read_digits(match[2])}"


# --- scores and ratios -------------------------------------------------------------------------

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
_TIME_BEFORE = re.compile(
    r"(?:(?<![负胜平定格])于|[上下中]午|[早晚]上?|凌晨|傍晚|时间[为是：]?|[当次今明昨]日|\d日|从|截至)$"
)
_TEAM_BEFORE = re.compile("(?:队|[女男]排|[女男]篮|国[羽乒足]|组合|选手)$")
_HOUR_AFTER = re.compile("[开抵出迎对将到登在前后左进赴乘从起举]|许|时|整|[—～至-]")
_RATIO_BEFORE = re.compile(
    r"(?:比例|比例尺|结构|配比|之比|比为|比率|占比|配制|稀释|杠杆|性别比|按)[^，。；！？\d]{0,8}$|(?<![相对])比[为是]?$"
)
_RATIO_AFTER = re.compile(
    r"的?(?:比例|配比|比率|配备|配套|稀释|配置|配制|勾兑|兑水|混合|画幅|屏幕|宽屏|等比)"
)
_SPORT = re.compile(
    "比赛|队|局|盘|球|胜|负|决赛|小组赛|联赛|半场|领先|反超|扳平|战平|晋级|选手|先生|组合|对手|"
    "世界杯|亚洲杯|欧洲杯|强赛|淘汰赛|锦标赛|[中英意德法]超|西甲|意甲|德甲|欧冠|亚冠|NBA|CBA"
)


def _run_of(match: Match) -> tuple[int, int]:
    """Where the run of pairs that the match belongs to begins and ends, within reach."""
    line, start, end = match.string, match.start(), match.end()
    least, most = max(0, start - _COMPANY), min(len(line), end + _COMPANY)
    while start > least and line[start - 1] in _RUN:
        start -= 1
    while end < most and line[end] in _RUN:
        end += 1
    while end > match.end() and line[end - 1] in "，、":
        end -= 1
    return start, end


def _is_announced(match: Match) -> bool:
    """Whether the words around the run of pairs say that it is one of scores or ratios."""
    line = match.string
    start, end = _run_of(match)
    if _is_timed(line, start, end):
        return False
    ahead = line[max(0, start - 16) : start] + line[start : match.start()].lstrip()
    return bool(
        (_TEAM_BEFORE.search(line, max(0, start - 4), start) and not _HOUR_AFTER.match(line, end))
        or _SCORED_BEFORE.search(line, max(0, start - 16), start)
        or _RATIO_BEFORE.search(line, max(0, start - 16), start)
        or _SCORED_BEFORE.search(ahead)
        or _SCORED_AFTER.match(line, end)
        or _RATIO_AFTER.match(line, end)
    )


def _is_timed(line: str, start: int, end: int) -> bool:
    """Whether the words around the run of pairs want a time of day: 于21:40结束."""
    if _TIME_BEFORE.search(line, max(0, start - 6), start):
        return True
    around = line[max(0, start - 24) : start] + line[end : end + 16].removeprefix("结束")
    return line.startswith("结束", end) and not (
        _SPORT.search(around) or _SCORED_BEFORE.search(line, max(0, start - 16), start)
    )


def _has_odd_company(match: Match) -> bool:
    """Whether a pair of the run cannot be a time of day."""
    start, end = _run_of(match)
    pairs = _COLON_PAIR.findall(match.string[start:end])
    return any(not (len(second) == 2 and _is_clock(first, second)) for first, second in pairs)


@reader
def _ratio(match: Match) -> str:
    return "比".join(read_decimal(part) for part in re.split(r"[:：∶]", match.group()))


@reader
def _score(match: Match) -> str | None:
    return _ratio(match) if _has_odd_company(match) or _is_announced(match) else None


@reader
def _hyphened_score(match: Match) -> str | None:
    """A pair with a hyphen is a score where the words are of a match and nothing is counted."""
    scored = _is_lone(match) and (_is_announced(match) or _is_of_a_match(match))
    return f"{read_decimal(match[1])}比{read_decimal(match[2])}" if scored else None


def _is_lone(match: Match) -> bool:
    return not re.search(r"[\dA-Za-z/—–第.-]$", before(match, 1))


def _is_of_a_match(match: Match) -> bool:
    follows = after(match)
    sport = _SPORT.search(before(match, 24)) or _SPORT.search(follows)
    return bool(sport) and not is_counted(follows)


@reader
def _ratio_that_is_no_time(match: Match) -> str | None:
    """A fraction or more than three digits in a part: no time of day is printed like that."""
    parts = re.split(r"[:：]", match.group())
    return _ratio(match) if any("." in part or len(part) > 3 for part in parts) else None


@reader
def _hyphened_ratio(match: Match) -> str | None:
    """Three parts with hyphens are a ratio where the words before say so."""
    if not re.search(r"(?:配比|比例|肥|之比|P-K|PK)\)?[为是：]?$", before(match, 6)):
        return None
    return "比".join(read_decimal(part) for part in match.group().split("-"))
