"""What stands on a page but is no item: mastheads, imprints, labels, credits, adverts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum, auto

from tingbao.models import SkipReason
from tingbao.parse.characters import HAN, squash
from tingbao.parse.numerals import HAN_DIGITS, number_of

__all__ = [
    "Imprint",
    "Place",
    "is_advert_title",
    "is_column_head",
    "is_legal_advert",
    "is_toc_title",
    "page_label",
    "read_imprint",
    "skip_reason",
]

_SHORT = 60
_LONGEST_MASTHEAD = 160

_LABEL_TEXT = rf"(?:第\s*)?(?:[A-Za-z]{{0,2}}\s?\d{{1,3}}|[{HAN_DIGITS}]{{1,3}}|头)\s*版"
_LABEL = re.compile(
    rf"[^\w（(《]*(?:(?:第\s*)?(?P<a>[A-Za-z]{{0,2}}\s?\d{{1,3}}|[{HAN_DIGITS}]{{1,3}}|头)\s*版|(?P<b>[A-Z]{{1,2}}\s?\d{{1,3}})|P\.?\s?(?P<c>\d{{1,3}}))"
    rf"(?:\s*[:：·\-—|｜/／（(【\s]\s*(?P<section>[{HAN}A-Za-z·/]{{1,12}}(?:[\s·/][{HAN}]{{1,8}})?)\s*[）)】]?)?[^\w]*$"
)
_LABEL_LAST = re.compile(
    rf"(?P<section>[{HAN}·]{{2,10}})\s*[:：·\-—|｜/／\s]\s*(?:(?:第\s*)?(?P<a>[A-Za-z]{{0,2}}\s?\d{{1,3}}|[{HAN_DIGITS}]{{1,3}})\s*版|(?P<b>[A-Z]{{1,2}}\s?\d{{1,3}}))[^\w]*$"
)
_LABEL_BARE = re.compile(
    rf"[^\w]*(?P<a>\d{{1,2}})\s*[:：·|｜\s]\s*(?P<section>[{HAN}]{{2,8}})[^\w]*$"
)
_NUMBERED = re.compile(rf"[^\w]*(?P<a>\d{{1,2}})\s*[:：·|｜\s]\s*(?P<section>[{HAN}]{{2,8}})\s")
_LABEL_WITHIN = re.compile(
    rf"(?:第\s*(?P<a>[A-Za-z]{{0,2}}\d{{1,3}}|[{HAN_DIGITS}]{{1,3}})\s*版|(?<![A-Za-z\d今共日期])(?P<b>[A-Z]?\d{{1,3}})版(?!面)|(?<![A-Za-z\d])(?P<c>[A-Z]{{1,2}}\d{{1,3}})(?![\dA-Za-z\-]))"
)
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:第\s*)?[A-Z]?\d{1,3}(?:\s*[页/／]\s*(?:共\s*)?\d{0,3}\s*页?)?[\W_]*$"
)

_NEWSPAPER = re.compile(
    rf"[《]?(?P<name>[{HAN}]\s?(?:[{HAN}]\s?){{0,8}}(?:日\s?报|晚\s?报|早\s?报|晨\s?报|商\s?报|时\s?报|周\s?报|都市\s?报|导\s?报|文\s?汇\s?报|大\s?公\s?报|联合\s?报|新\s?报|明\s?报|青年\s?报|法治\s?报|法制\s?报|工人\s?报|农民\s?报|教育\s?报|经济\s?报|消息\s?报|参考\s?消息|新闻\s?报|广播电视\s?报|科技\s?报|政协\s?报|健康\s?报|电视\s?报|生活\s?报|快\s?报|信\s?报|晶\s?报|自由\s?时报|人民\s?法院\s?报|纪检监察\s?报|军\s?报|环境\s?报|侨\s?报|团\s?报|城市\s?报|社区\s?报|[州县市区旗盟省京沪]\s?报))[》]?(?:\s*[A-Za-z .]+)?$"
)
_ANY_NAME = re.compile(rf"[《]?(?P<name>[{HAN}]{{2,8}}报)[》]?$")
_NOT_PAPERS = re.compile(
    r"(?:通报|公报|汇报|举报|情报|海报|简报|预报|喜报|捷报|年报|申报|回报|警报|播报|战报|日报表)$"
)
_LATIN = re.compile(r"[A-Z][A-Za-z .,&'\-]{3,50}$")
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{HAN_DIGITS}]{{4}})\s*(?:年|[-./])\s*(?P<month>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*(?:月|[-./])\s*(?P<day>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*(?:日|(?!\d))"
)
_REPUBLIC = re.compile(
    rf"(?:中华)?民国\s*(?P<year>\d{{1,3}}|[{HAN_DIGITS}]{{1,5}})\s*年\s*(?P<month>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*月\s*(?P<day>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*日"
)
_WEEKDAY = re.compile(r"(?:星期|礼拜|周)[一二三四五六日天]")
_LUNAR = re.compile(
    r"(?:农历|夏历|阴历)|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|(?:正|腊|冬|[一二三四五六七八九十]{1,2})月(?:初|十|廿|三十)"
)
_ISSUE = re.compile(
    rf"(?:第|总第?|NO\.?\s*|No\.?\s*)\s*(?P<issue>\d{{2,6}}|[{HAN_DIGITS}]{{3,6}})\s*期|总第?\s*(?P<total>\d{{2,6}})|第\s*(?P<number>\d{{3,6}})\s*号"
)
_IMPRINT = re.compile(
    r"国内统一(?:连续出版物|刊)号|统一刊号|刊号|CN\s?\d{2}|ISSN|邮发代号|代号\d|零售价?[:：]?\s*\d|每份\d|定价[:：]|"
    r"主管(?:单位)?[:：\s]|主管主办|编辑出版|社址[:：]?|总编辑[:：\s]|社长[:：\s]|本报地址|"
    r"今日\s?[\d一二三四五六七八九十]+\s?[版张]|本期\s?[\d一二三四五六七八九十]+\s?版|共\s?\d+\s?版|^对开|(?:创刊|复刊)[于：:]?\s*\d{4}|"
    r"广告(?:经营)?许可证|印刷(?:厂|单位|时间)?[:：]|承印|法律顾问[:：]|常年法律顾问|发行(?:部|热线|电话)[:：]|订阅热线|订报(?:热线|电话)|总机|"
    r"邮政?编码?[:：]?\s*\d{6}|邮编[:：]?\s*\d{6}|督印人|每份港币|售价|港币|登记证|中华邮政|天气预报[:：]|今日天气"
)
_REACH = re.compile(
    r"客户端|公众号|微信号|官方微[博信]|视频号|抖音号|官微|二维码|扫码|扫一扫|扫描|新闻热线|报料热线|读者热线|广告热线|"
    r"热线电话[:：]|订阅热线|投稿邮箱|本报网址|网址[:：]|官网|www\.|https?://|\.com\.cn|数字报|电子版|融媒体中心$|APP\b|App\b|新闻网$|传媒网$"
)
_ADDRESS = re.compile(r"\d{3}|www|http|[:：]|\.c|扫")
_SIGN_LINE = 24
_CREDIT_ROLE = (
    r"(?:责任编辑|责编|编辑|本版编辑|本版责编|执行主编|主编|副主编|值班编委|值班主任|值班总编|值班副总编辑?|编审|总值班|"
    r"版式设计|版式|版面设计|版面|美术编辑|美编|视觉设计|视觉|设计|校对|组版|排版|制版|审读|审校|图编|图片编辑|制图|统筹|策划|监制|检校|核校|签发|一读|二审|三审|终审|终校|见习编辑|值班编辑|新闻编辑|执行编辑|首席编辑|一审|总监制|编委)"
)
_CREDIT = re.compile(
    rf"[^\w（(]*(?:[（(]\s*)?"
    rf"(?:(?:本版|[一二三四五六七八九十]{{1,2}}版|[A-Z]?\d{{1,2}}版|今日|本期|本报|全媒体|融媒体?)\s*)?"
    rf"(?:{_CREDIT_ROLE}(?:\s*/\s*{_CREDIT_ROLE})*\s*[:：／/|｜]|"
    rf"(?:责任编辑|责编|美编|美术编辑|版式设计|版式|校对|编辑|组版|图编|检校|值班编委)(?:\s+[{HAN}]{{1,4}}(?:\s|$)|\s*$))"
)
_CONTACT = re.compile(
    r"[^\w]*(?:本版|本报|编辑部|责编|投稿|来稿|值班)\s*(?:邮箱|电子邮箱|电话|热线|信箱|E-?mail|QQ)\s*[:：]",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"[\W_]*(?:数据|资料|图片|信息|文字|稿件|内容)?来源\s*[:：]\s*\S.{0,24}$")
_TOC_TITLE = re.compile(
    r"\W*(?:第?[A-Z]?[\d一二三四五六七八九十]{1,2}版)?(?:今日|本期|本报|内页|新闻|要闻|精彩|今天|明日|版面)?\s*(?:导\s*读|导航|看点|目\s*录|索引|提要|内容提要|版面安排|导览|内文导读|要目)\W*(?:[A-Z ]*)$"
)
_COLUMN_HEAD = re.compile(
    r"\W*(?:(?:时政|国内|国际|本地|社会|经济|财经|体育|文化|科技|教育|健康|环球|天下|全国|全球|区内|市内|全区|全市|县域|基层|图片|综合|新闻|要闻|今日|一周|各地|旗县|百姓|民生|两会|政务|港闻|两岸|法治|快读|我市|动态)?"
    r"(?:简讯|短讯|快讯|简报|短新闻|新闻速递|新闻集锦|新闻集束|要闻速览|速览|速读|速递|快递|短波|短评集|一句话新闻|简明新闻|新闻简报|快览|要闻简报|点击|扫描|集锦|集萃|资讯|播报|短讯集纳|图片新闻|图片报道|图说|新闻快报|快报|微新闻|微闻|短讯一束|浏览|瞭望窗))\W*$"
)
_SECTIONS = frozenset(
    "要闻 时政 时政要闻 综合 综合新闻 本地新闻 国内 国内新闻 国际 国际新闻 评论 观点 理论 理论周刊 经济 财经 体育 "
    "体育新闻 文化 文化新闻 副刊 广告 公告 专题 专版 专刊 特别报道 特刊 视点 社会 社会新闻 民生 民生新闻 教育 健康 科技 "
    "法治 法制 生态 旅游 汽车 房产 娱乐 文娱 都市 城事 区域 县域 旗县新闻 县区新闻 县域新闻 聚焦 深度 读者来信 公益广告 港闻 中国 两岸 "
    "国际要闻 重要新闻 今日要闻 新闻 天下 时事 头版 头条 本市 要闻版 综合版 声音 版面 关注 政治 政法 党建 农业 三农 "
    "副刊版 文艺 影像 图片 封面 封底 焦点 社论 论坛 广场 家庭 生活 消费 金融 证券 产经 地方 地方新闻 内蒙古 全国 民族 军事 言论 人物 "
    "台湾 生活新闻 社会万象 地产 投资 副刊天地 采风 大湾区 重点新闻 两岸新闻 政治新闻 焦点新闻".split()
)
_STRAY = re.compile(
    r"\W*(?:扫(?:描|一扫|码)?.{0,24}|更多(?:内容|精彩|新闻|资讯).{0,20}|(?:版权|著作权)所有.{0,30}|未经授权.{0,20}|"
    r"(?:资料|效果|示意|示意|数据)图(?:片)?|本报?资料(?:图片|照片)?|[\[【<(（]?(?:图片|照片|插图|image|Image)\s*(?:[:：].{0,60})?[\]】>)）]|"
    r"广\s*告|公益广告|下载.{0,10}客户端.{0,10}|(?:本报|本版)?图片(?:均)?由.{0,20}提供|\(?完\)?)\W*$"
)

_ADVERT_TITLES = re.compile(
    r"(?:遗失|挂失|作废)(?:声明|启事|公告|启示)?$|声明作废$|注销(?:登记)?公告$|清算公告$|减资公告$|(?:吸收)?合并公告$|分立公告$|"
    r"债权(?:申报|转让|人)?.{0,16}公告$|环(?:评|境影响).{0,20}(?:公示|公告)$|公益广告$|招商(?:公告|启事|信息)$|招租(?:公告|启事|信息)?$|"
    r"(?:双色球|福利彩票|体育彩票|福彩|体彩|大乐透|彩票).{0,16}$|开奖(?:公告|结果|信息)$|拍卖公告$|寻(?:人|物|亲|尸)启事$|认(?:尸|领)启事$|"
    r"房屋(?:出租|出售|转让)$|(?:出租|转让|出售)信息$|分类(?:广告|信息)$|便民信息$|催(?:款|收)(?:公告|通知)$|律师(?:声明|函)$|"
    r"(?:送达|开庭)公告$|法院公告$|仲裁.{0,10}公告$|招标公告$|中标公[示告]$|竞(?:价|买)公告$|出让公告$|股权转让公告$|征婚启事$|"
    r"^(?:声\s*明|讣\s*告|公告栏|广\s*告|招聘(?:启事|信息)?|信息窗|便民服务|商业信息|声明·公告)$"
)
_LEGAL_TEXT = re.compile(
    r"(?:遗失|丢失|被盗|损毁|损坏|补办|声明|现将|原).{0,120}作废[。！；]?$|^.{0,30}遗失.{2,80}声明[。]?$|"
    r"(?:拟|决定|经.{0,20}决议).{0,40}(?:注销|减少注册资本|减资|解散|清算|注册资本).{0,200}(?:债权人|申报债权)|"
    r"请.{0,10}债权人.{0,40}(?:申报|清偿)|自(?:本)?公告(?:见报|刊登|发布|之日).{0,40}(?:申报债权|债权)"
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a masthead says of its edition; None where it does not say it."""

    paper: str | None = None
    date: dt.date | None = None
    issue: str | None = None
    label: str | None = None
    section: str | None = None


class Place(Enum):
    """Where on its page a block stands: what it may be depends on it."""

    HEAD = auto()
    """Nothing of an item has come yet."""
    TOP = auto()
    """A headline may have come, but no sentence."""
    BODY = auto()
    FOOT = auto()
    """No sentence follows."""


def skip_reason(text: str, place: Place) -> SkipReason | None:
    """Why the block is no part of an item, or None.

    At the edges of a page stand mastheads, names of sections and page numbers; elsewhere only
    what can be nothing else is skipped.
    """
    if len(text) <= _LONGEST_MASTHEAD and _is_credit(text):
        return SkipReason.CREDIT
    if len(text) <= _LONGEST_MASTHEAD and _is_masthead(text, place):
        return SkipReason.MASTHEAD
    if len(text) <= _SHORT and _is_furniture(text, place):
        return SkipReason.FURNITURE
    return SkipReason.ADVERT if is_legal_advert(text) else None


def page_label(text: str) -> tuple[str, str | None] | None:
    """The page label and the section that the line is, if it is nothing else: 第01版：要闻."""
    if len(text) > _SHORT:
        return None
    if not (found := _LABEL.match(text) or _named_label(text)):
        return None
    printed = next(value for key, value in found.groupdict().items() if value and key != "section")
    section = found["section"]
    return _shown_label(printed), section if section and section != "版" else None


def _named_label(text: str) -> re.Match[str] | None:
    """A label whose section is a known one: 要闻 A02, 07 副刊."""
    found = _LABEL_LAST.match(text) or _LABEL_BARE.match(text)
    return found if found and found["section"] in _SECTIONS else None


def read_imprint(text: str) -> Imprint:
    """What a masthead line says: paper, date, issue, page label and section."""
    name = _NEWSPAPER.match(text) or _ANY_NAME.match(text) or _leading_name(text)
    label = page_label(text)
    within = _LABEL_WITHIN.search(text) if label is None else None
    if label is None and within:
        label = (
            _shown_label(next(filter(None, within.groups()))),
            _section_after(text[within.end() :]),
        )
    if label is None and (numbered := _NUMBERED.match(text)) and numbered["section"] in _SECTIONS:
        label = numbered["a"], numbered["section"]
    issue = _ISSUE.search(text)
    return Imprint(
        re.sub(r"\s", "", name["name"]) if name and not _NOT_PAPERS.search(name["name"]) else None,
        _date_in(text),
        next(filter(None, issue.groups())) if issue else None,
        *(label or (None, None)),
    )


def is_toc_title(text: str) -> bool:
    """Whether the line heads a box that points into the paper: 导读, 今日看点."""
    return len(text) <= _SHORT and bool(_TOC_TITLE.match(text))


def is_column_head(text: str) -> bool:
    """Whether the line heads a column of briefs or pictures: 简讯, 图片新闻."""
    return len(text) <= 20 and bool(_COLUMN_HEAD.match(text))


def is_advert_title(text: str) -> bool:
    """Whether the line heads an advert or a legal notice of a private kind."""
    return len(text) <= _SHORT and bool(_ADVERT_TITLES.search(text.strip(" 　*■□●◆▲《》【】")))


def is_legal_advert(text: str) -> bool:
    """Whether the text is a lost-papers or creditors' notice."""
    if "作废" not in text and "遗失" not in text and "债权" not in text:
        return False
    return bool(_LEGAL_TEXT.search(text)) and "记者" not in text


def _is_credit(text: str) -> bool:
    found = _CREDIT.match(text) or _CONTACT.match(text) or _SOURCE.match(text)
    return found is not None and "。" not in text


def _is_masthead(text: str, place: Place) -> bool:
    if "。" in text and not _IMPRINT.search(text):
        return False
    dated = bool(_DATE.search(text) or _REPUBLIC.search(text))
    rest = _DATE.sub(" ", text)
    signs = bool(_WEEKDAY.search(rest)) + bool(_LUNAR.search(rest)) + bool(_ISSUE.search(rest))
    signs += len(_IMPRINT.findall(text))
    if (dated and signs) or signs >= 2:
        return "，" not in text or signs >= 3
    if place is Place.BODY or len(text) > _SHORT or re.search(r"[。，；！？]", text):
        return False
    return _is_loose_masthead(text, place, dated=dated, signs=signs)


def _is_loose_masthead(text: str, place: Place, *, dated: bool, signs: int) -> bool:
    """What only the edge of a page makes a masthead: a name, a date, where to reach the paper."""
    if signs:
        return len(squash(text)) <= _SIGN_LINE or dated
    if _reaches(text) or _is_name(text, place) or (place is not Place.FOOT and _LATIN.match(text)):
        return True
    if not dated or place is not Place.HEAD or re.match(r"\s*[（(]", text):
        return False
    return len(_DATE.sub("", text).strip(" ()（）")) <= 4 or bool(_leading_name(text))


def _reaches(text: str) -> bool:
    """Whether the line says only where the paper is found: its app, its site, its hotline."""
    hits = len(_REACH.findall(text))
    return hits >= 2 or (hits == 1 and bool(_ADDRESS.search(text) or len(text) <= _SIGN_LINE // 2))


def _is_name(text: str, place: Place) -> bool:
    if _NOT_PAPERS.search(text):
        return False
    return bool(_NEWSPAPER.match(text) or (place is Place.HEAD and _ANY_NAME.match(text)))


def _is_furniture(text: str, place: Place) -> bool:
    if _PAGE_NUMBER.match(text) or _STRAY.match(text):
        return True
    if page_label(text) and (place is not Place.BODY or _LABEL.match(text)):
        return True
    return place is not Place.BODY and text.strip(" 　【】[]◆■●·|｜—-#*") in _SECTIONS


def _leading_name(text: str) -> re.Match[str] | None:
    first = re.split(r"[\s|｜/／:：]+|(?=\d{4}\s*年)", text.strip(), maxsplit=1)[0]
    return _NEWSPAPER.match(first)


def _section_after(text: str) -> str | None:
    first = re.match(rf"[\s:：·|｜]*(?P<section>[{HAN}]{{2,8}})(?:\s|$)", text)
    return first["section"] if first and first["section"] in _SECTIONS else None


def _shown_label(printed: str) -> str:
    printed = re.sub(r"\s", "", printed)
    if printed == "头":
        return "1"
    value = None if printed.isascii() else number_of(printed)
    return printed.upper() if value is None else str(value)


def _date_in(text: str) -> dt.date | None:
    if found := _REPUBLIC.search(text):
        return _date(found, 1911)
    for found in _DATE.finditer(text):
        if date := _date(found, 0):
            return date
    return None


def _date(found: re.Match[str], epoch: int) -> dt.date | None:
    numbers = [number_of(found[part]) for part in ("year", "month", "day")]
    if None in numbers:
        return None
    year, month, day = (number or 0 for number in numbers)
    try:
        return dt.date(year + epoch, month, day)
    except ValueError:
        return None
