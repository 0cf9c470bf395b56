"""Credits of writers and agencies: lines of their own, leads of first sentences, at the end."""

from __future__ import annotations

import re

from tingbao.parse.names import MARKS, NAME, SURNAMES, is_affiliated
from tingbao.parse.words import any_of
from tingbao.text.han import HAN
from tingbao.text.numerals import HAN_NUMERALS

_LONGEST = 120
_LONGEST_TRAILING = 80

_PAPER = any_of(
    "本报 本刊 本台 本网 本社 新华社 中新社 中新网 中央社 人民网 央广网 新华网 光明网 央视 中通社",
    "法新社 美联社 路透社 共同社 韩联社 塔斯社 埃菲社 彭博社 综合 融媒体 全媒体",
    rf"[{HAN}]{{1,8}}(?:日报|晚报|晨报|时报|早报|商报|都市报|周报|周刊|汇报|导报|公报|新报|明报)",
    rf"(?!举报|通报|汇报|预报|情报|申报|回报|海报)[{HAN}]{{1,6}}报(?=讯|(?:见习|实习|首席|特派|全媒体)?记者)",
    rf"[{HAN}]{{2,4}}新闻(?=讯|(?:见习|实习|首席|特派|全媒体)?记者[\s\u3000：:])",
    rf"[{HAN}]{{1,8}}(?:电视台|广播电台|通讯社|融媒|网)",
)
_RANK = any_of(
    r"本报 本刊 本台 本网 见习 实习 特约 特派 驻[^，。\s]{1,6} 首席 全媒体 融媒体? 新媒体 深度",
    "主任 高级 文字 图片 摄影 体育 财经 政治 要闻 港闻 突发 总站 报道组 采访组",
)
_TRADE = any_of(
    "记者 通讯员 特约评论员 评论员 特约撰稿人? 撰稿人? 观察员 编译 实习生 学生记者 小记者 特派员",
    "研究员 采写 主笔 作者",
)
_WHO = rf"(?:{_RANK}*{_TRADE})"
_CLOSE_NAME = rf"[{SURNAMES}][{HAN}]{{1,3}}(?:·[{HAN}]{{1,8}})*"
_NAME_ENDS = rf"(?=[\s、,，/／:：（(）)】〕\]]|和|报道|报导|摄|文|电|讯|{_WHO}|$)"
_MORE_NAMES = (
    rf"(?:(?:[\s、/／和]+(?:{_WHO}[:：\s]*)?|[,，]\s*{_WHO}[:：\s]*)"
    rf"(?!报道|报导|综合|摄影|{_WHO}){NAME}{_NAME_ENDS})*"
)
_NAMES = rf"{NAME}{_MORE_NAMES}"
_SIGNED = rf"{_WHO}(?:[:：\s]+{NAME}|{_CLOSE_NAME}){_MORE_NAMES}"
"""記者 and names: parted from them by a space, or beginning with a known surname."""

_PERSONS = (
    rf"[{SURNAMES}][{HAN}]{{1,2}}(?:[\s、]+[{SURNAMES}][{HAN}]{{1,2}}(?![{HAN}]))*(?![{HAN}])"
)
_TELLS = any_of("报道 报导 电 讯 摄 文 图 供稿 综合")
_BRACKET = (
    rf"[（(〔\[【](?=[^）)〕\]】]*(?:{_WHO}|{_TELLS}))[^（(）)〔〕\[\]【】。]{{1,80}}[）)〕\]】]"
)
_ANY_BRACKET = r"[（(][^（(）)。]{1,60}[）)]"
_NUMBER = rf"(?:\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
_AGENCY = (
    rf"(?:[（(【〔\[]\s*)?(?:综合|据)?{_PAPER}[^，。；：:！？、\n（()）【】《》“”]{{0,14}}?"
    rf"(?:{_NUMBER}月)?(?:{_NUMBER}日)?\s*(?:\d{{1,2}}时)?[专急特]?(?:电|讯|消息)"
    r"(?![，,、的员动力视子脑话台信网商影梯池器缆流压厂价源气机车能量])(?:[）)】〕\]])?"
)
"""新华社北京4月8日电, 本报讯; not 中国电信."""

_REPORTS = rf"(?:\s*{_SIGNED}\s*(?:摄影|综合)?(?:报道|报导)?[:：])"

_LEADS = tuple(
    re.compile(rf"{MARKS}(?P<lead>{lead})")
    for lead in (
        rf"{_AGENCY}(?:\s*(?:{_BRACKET}|{_ANY_BRACKET}))*{_REPORTS}?\s*[:：／/]?\s*",
        rf"{_AGENCY}\s*[（(]?\s*{_SIGNED}(?:\s*[{HAN}]{{0,6}}(?:报道|报导))?\s*[）)]?\s*[:：]?\s*",
        r"[【〔\[][^】〕\]]{0,24}(?:记者|本报|电|讯|报道|报导|中央社)[^】〕\]]{0,40}[】〕\]]\s*[:：]?\s*",
        rf"{_BRACKET}\s*[:：]?\s*(?=\S)",
        rf"[{HAN}·]{{2,14}}{_NUMBER}月{_NUMBER}日[专急特]?[电讯]\s*{_BRACKET}\s*[:：]?\s*",
        rf"据[{HAN}]{{2,8}}(?:报|社|网|台|客户端)[\s\u3000]+(?=\S)",
        rf"(?:综合|据){_PAPER}[^，。；：:“”]{{0,12}}(?:报道|报导|消息)\s*[:：]\s*",
        rf"据《[{HAN}·]{{2,14}}》(?:消息|报道|报导|讯)?[\s\u3000]+(?=\S)",
        rf"(?:本报|本刊|本台)?{_SIGNED}[／/\s]*[{HAN}]{{0,8}}(?:报道|报导|电|讯)(?:\s*[:：]\s*|\s+|$)",
    )
)
_HINT = re.compile(r"[报社网台讯电道导者员【〔\[（(《]")

_WORK = any_of("文 图 文/图 图文 文图 摄 摄影 摄影报道 报道 报导 整理 采写 撰文")
_WORKED = rf"[\s/／]*(?:{_WORK}|[{HAN}]{{2,6}}报[道导])?(?:[\s并和/／、]*(?:文|图|摄|摄影))*"
_LABELS = any_of(
    "文 图 文图 图文 图/文 文/图 撰文 采写 作者 执笔 译者 编译 摄影 口述 整理 策划 记者"
)
_BYLINES = tuple(
    re.compile(rf"{MARKS}{line}\s*$")
    for line in (
        rf"{_PAPER}?\s*(?:{_SIGNED}|{_WHO}){_WORKED}(?:\s*[（(][^）)]{{0,20}}[）)])?{MARKS}",
        rf"{_LABELS}\s*[/／:：|｜]\s*[^。！？；]{{2,50}}",
        rf"[（(〔【\[]\s*{_PAPER}?\s*{_WHO}[^）)〕】\]。]{{0,60}}[）)〕】\]]",
        rf"{_AGENCY}(?:\s*(?:{_BRACKET}|{_ANY_BRACKET}))?(?:\s*题[:：][^。]{{4,60}})?",
        rf"(?<=[■□●◎◆◇▲△★☆\s]){_NAMES}(?:\s*[（(][^）)。]{{2,30}}[）)])?",
        rf"(?:本报|本刊)(?:特约)?(?:评论员|编辑部|评论部|社论)\s*(?:{_NAMES})?",
        rf"(?:综合)?{_PAPER}\s*(?:{_WHO}[:：\s]+[^，。；！？]{{2,40}}|{_SIGNED}[^，。；！？]{{0,20}})",
        rf"{_SIGNED}\s*[／/]\s*[^，。；！？]{{2,20}}",
        rf"(?:[{HAN}·]{{0,8}}(?:{_WHO}|编辑)[:：\s]+{_PERSONS}\s*){{1,4}}",
    )
)
_NAMELESS = re.compile(rf"{MARKS}{_AGENCY}\s*$")
_TRAILING_WORDS = any_of("作者 据 来源 文 图 摄影 摄 编译 整理 供稿 执笔")
_TRAILING = re.compile(
    rf"\s*(?:[（(〔【]\s*(?:{_PAPER}|{_WHO}|{_TRAILING_WORDS})[^（()）。；]{{0,60}}[）)〕】]|"
    rf"[（(]\s*(?:[^（()）。；，]{{0,20}}(?:供稿|综合|整理|报道|摄|报导)|{_NAMES})\s*[）)])\s*$"
)


def split_lead(text: str) -> tuple[str, str] | None:
    """A credit that opens a paragraph (本报讯（记者…）) and the text after it, or None."""
    head = text[:_LONGEST]
    if not _HINT.search(head):
        return None
    best = max((found.end() for found in _matches(head)), default=0)
    if not best or not text[best:].strip():
        return None
    return text[:best].strip().rstrip(":：／/"), text[best:].lstrip()


def is_byline(text: str) -> bool:
    """Whether the line is nothing but a credit of writers, photographers or an agency."""
    return len(text) <= _LONGEST and any(pattern.match(text) for pattern in _BYLINES)


def is_trailing_credit(text: str) -> bool:
    """Whether the line is a bracketed credit as printed at the end of an item: （张三）."""
    if len(text) > _LONGEST_TRAILING:
        return False
    return bool(_TRAILING.match(text)) or (text[:1] in {"（", "("} and is_affiliated(text))


def names_nobody(text: str) -> bool:
    """Whether a credit names only the paper or an agency: 本报讯, 新华社北京4月8日电."""
    return bool(_NAMELESS.match(text))


def _matches(head: str) -> list[re.Match[str]]:
    return [found for pattern in _LEADS if (found := pattern.match(head))]
