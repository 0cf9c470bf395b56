"""Page labels and the sections they name: 第01版：要闻, A02 评论, 07 副刊."""

from __future__ import annotations

import re

from tingbao.parse.words import word_set
from tingbao.text.han import HAN
from tingbao.text.labels import read_label
from tingbao.text.numerals import HAN_NUMERALS

_LONGEST = 60

SECTIONS = word_set(
    "要闻 时政 时政要闻 综合 综合新闻 本地新闻 国内 国内新闻 国际 国际新闻 评论 观点 理论",
    "理论周刊 经济 财经 体育 体育新闻 文化 文化新闻 副刊 广告 公告 专题 专版 专刊 特别报道",
    "特刊 视点 社会 社会新闻 民生 民生新闻 教育 健康 科技 法治 法制 生态 旅游 汽车 房产 娱乐",
    "文娱 都市 城事 区域 县域 旗县新闻 县区新闻 县域新闻 聚焦 深度 读者来信 公益广告 港闻",
    "中国 两岸 国际要闻 重要新闻 今日要闻 新闻 天下 时事 头版 头条 本市 要闻版 综合版 声音",
    "版面 关注 政治 政法 党建 农业 三农 副刊版 文艺 影像 图片 封面 封底 焦点 社论 论坛 广场",
    "家庭 生活 消费 金融 证券 产经 地方 地方新闻 内蒙古 全国 民族 军事 言论 人物 台湾",
    "生活新闻 社会万象 地产 投资 副刊天地 采风 大湾区 重点新闻 两岸新闻 政治新闻 焦点新闻",
)
"""Names of sections as pages print them."""

_BETWEEN = r"\s*[:：·\-—|｜/／（(【\s]\s*"
_HAN_PAGE = rf"[{HAN_NUMERALS}]{{1,3}}"
_LETTERED = r"[A-Z]{1,2}\s?\d{1,3}"
_PAGE = rf"(?:第\s*)?(?P<page>[A-Za-z]{{0,2}}\s?\d{{1,3}}|{_HAN_PAGE}|头)\s*版"

_FIRST = re.compile(
    rf"[^\w（(《]*(?:{_PAGE}|(?P<lettered>{_LETTERED})|P\.?\s?(?P<plain>\d{{1,3}}))"
    rf"(?:{_BETWEEN}(?P<section>[{HAN}A-Za-z·/]{{1,12}}(?:[\s·/][{HAN}]{{1,8}})?)"
    r"\s*[）)】]?)?[^\w]*$"
)
_LAST = re.compile(
    rf"(?P<section>[{HAN}·]{{2,10}}){_BETWEEN}(?:{_PAGE}|(?P<lettered>{_LETTERED}))[^\w]*$"
)
_BARE = re.compile(rf"[^\w]*(?P<page>\d{{1,2}})\s*[:：·|｜\s]\s*(?P<section>[{HAN}]{{2,8}})[^\w]*$")
_SECTION = rf"[{HAN}]{{2,6}}(?:\s?[·&]\s?[{HAN}]{{2,6}})?"
_ANY_BARE = re.compile(rf"(?P<page>\d{{1,2}})[\s|｜·:：]+(?P<section>{_SECTION})")
_ANY_LAST = re.compile(rf"(?P<section>[{HAN}]{{2,6}})[\s|｜·]+(?P<page>\d{{1,2}})")
_WITHIN = re.compile(
    rf"第\s*(?P<page>[A-Za-z]{{0,2}}\d{{1,3}}|{_HAN_PAGE})\s*版|"
    r"(?<![A-Za-z\d今共日期])(?P<plain>[A-Z]?\d{1,3})版(?!面)|"
    r"(?<![A-Za-z\d])(?P<lettered>[A-Z]{1,2}\d{1,3})(?![\dA-Za-z\-])"
)
_AFTER = re.compile(rf"[\s:：·|｜]*(?P<section>[{HAN}]{{2,8}})(?:\s|$)")
_NUMBERED = re.compile(rf"[^\w]*(?P<page>\d{{1,2}})\s*[:：·|｜\s]\s*(?P<section>[{HAN}]{{2,8}})\s")


def page_label(text: str) -> tuple[str, str | None] | None:
    """The page label and the section that the line is, if it is nothing else: 第01版：要闻."""
    if len(text) > _LONGEST or not (found := _FIRST.match(text) or _named(text)):
        return None
    section = found["section"]
    return _printed(found), section if section and section != "版" else None


def is_certain_label(text: str) -> bool:
    """Whether the line is a label wherever it stands: one that begins with the page."""
    return len(text) <= _LONGEST and bool(_FIRST.match(text))


def bare_label(text: str) -> tuple[str, str] | None:
    """The label and the section of any name that a page's first line is: 10 教师成长."""
    found = _ANY_BARE.fullmatch(text.strip()) or _ANY_LAST.fullmatch(text.strip())
    return (found["page"], found["section"]) if found else None


def label_within(text: str) -> tuple[str, str | None] | None:
    """The label that stands among other things in a masthead line, with its section."""
    if found := _WITHIN.search(text):
        after = _AFTER.match(text, found.end())
        known = after is not None and after["section"] in SECTIONS
        return _printed(found), after["section"] if after is not None and known else None
    numbered = _NUMBERED.match(text)
    if numbered and numbered["section"] in SECTIONS:
        return numbered["page"], numbered["section"]
    return None


def _named(text: str) -> re.Match[str] | None:
    """A label with a section that is a known one: 要闻 A02, 07 副刊."""
    found = _LAST.match(text) or _BARE.match(text)
    return found if found and found["section"] in SECTIONS else None


def _printed(found: re.Match[str]) -> str:
    """The label as printed; Han digits as Arabic, 头版 as 1."""
    groups = found.groupdict()
    names = ("page", "lettered", "plain")
    printed = re.sub(r"\s", "", next(groups[name] for name in names if groups.get(name)))
    return printed.upper() if printed.isascii() else read_label(printed).text
