"""What stands on a page but is no item: mastheads, labels, credits, stray lines, adverts."""

from __future__ import annotations

import re

from tingbao.models import SkipReason
from tingbao.parse.adverts import is_legal_advert
from tingbao.parse.labels import SECTIONS, is_certain_label, page_label
from tingbao.parse.mastheads import Place, is_masthead
from tingbao.parse.words import any_of
from tingbao.text.han import HAN

_SHORT = 60
_LONGEST_CREDIT = 160
_LONGEST_COLUMN_HEAD = 20
_ORNAMENTS = " \u3000【】[]◆■●·|｜—-#*"

_ROLE = any_of(
    "责任编辑 责编 编辑 本版编辑 本版责编 执行主编 主编 副主编 值班编委 值班主任 值班总编",
    "值班副总编辑? 编审 总值班 版式设计 版式 版面设计 版面 美术编辑 美编 视觉设计 视觉 设计",
    "校对 组版 排版 制版 审读 审校 图编 图片编辑 制图 统筹 策划 监制 检校 核校 签发 一读 二审",
    "三审 终审 终校 见习编辑 值班编辑 新闻编辑 执行编辑 首席编辑 一审 总监制 编委",
)
_SURE_ROLE = any_of("责任编辑 责编 美编 美术编辑 版式设计 版式 校对 编辑 组版 图编 检校 值班编委")
_CREDIT = re.compile(
    r"[^\w（(]*(?:[（(]\s*)?(?:(?:本版|[一二三四五六七八九十]{1,2}版|[A-Z]?\d{1,2}版|今日|本期|本报|"
    rf"全媒体|融媒体?)\s*)?(?:{_ROLE}(?:\s*/\s*{_ROLE})*\s*[:：／/|｜]|"
    rf"{_SURE_ROLE}(?:\s+[{HAN}]{{1,4}}(?:\s|$)|\s*$))"
)
_NO_ROLE = rf"(?!{_ROLE}|制作|摄影|编校)"
_ROLES = re.compile(
    rf"[^\w（(]*(?:本版|本期|今日)?\s*(?:(?:{_ROLE}|制作|摄影|编校)[\s:：/／]*"
    rf"{_NO_ROLE}[{HAN}]\s?[{HAN}]{{1,3}}(?:[、\s]+{_NO_ROLE}[{HAN}]{{2,3}}(?![{HAN}]))*"
    r"[\s\u3000|｜]*){2,}$"
)
"""Several roles, each with its people, and nothing else: 主编 姜楠 责编 石柳 制作 王敬涛."""

_CONTACT = re.compile(
    r"[^\w]*(?:本版|本报|编辑部|责编|投稿|来稿|值班)\s*"
    r"(?:邮箱|电子邮箱|电话|热线|信箱|E-?mail|QQ)\s*[:：]",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"[\W_]*(?:数据|资料|图片|信息|文字|稿件|内容)?来源\s*[:：]\s*\S.{0,24}$")

_TOC_TITLE = re.compile(
    r"\W*(?:第?[A-Z]?[\d一二三四五六七八九十]{1,2}版)?"
    r"(?:今日|本期|本报|内页|新闻|要闻|精彩|今天|明日|版面)?\s*"
    r"(?:导\s*读|导航|看点|目\s*录|索引|提要|内容提要|版面安排|导览|内文导读|要目)\W*[A-Z ]*$"
)
_FIELDS = any_of(
    "时政 国内 国际 本地 社会 经济 财经 体育 体坛 文化 文体 科技 教育 健康 环球 天下 全国 全球",
    "区内 市内 全区 全市 全省 全县 县域 基层 图片 综合 新闻 要闻 今日 一周 各地 旗县 百姓",
    "民生 两会",
    "政务 港闻 两岸 法治 快读 我市 动态 省内 海外 域外 娱乐 行业 企业 部队 军营 校园",
)
_DIGESTS = any_of(
    "简讯 短讯 快讯 简报 短新闻 新闻速递 新闻集锦 新闻集束 要闻速览 速览 速读 速递 快递 短波",
    "短评集 一句话新闻 简明新闻 新闻简报 快览 要闻简报 点击 扫描 集锦 集萃 资讯 播报 短讯集纳",
    "图片新闻 图片报道 图说 新闻快报 快报 微新闻 微闻 短讯一束 浏览 瞭望窗",
)
_COLUMN_HEAD = re.compile(rf"\W*{_FIELDS}?{_DIGESTS}\W*$")

_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:第\s*)?[A-Z]?\d{1,3}(?:\s*[页/／]\s*(?:共\s*)?\d{0,3}\s*页?)?[\W_]*$"
)
_STRAY = re.compile(
    r"\W*"
    + any_of(
        "(?:扫描|扫一扫|扫码)[^。]{0,24} 更多(?:内容|精彩|新闻|资讯).{0,20}",
        "(?:版权|著作权)所有.{0,30} 未经授权.{0,20}",
        "(?:资料|效果|示意|数据)图片? 本报?资料(?:图片|照片)? 广.?告 公益广告",
        r"[\[【<(（]?(?:图片|照片|插图|[Ii]mage)(?:[:：].{0,60})?[\]】>)）]",
        "[^。]{1,40}(?:扫描?|扫一扫|识别|长按).{0,8}(?:二维码|码)(?:报名|关注|参与|进群|加群|查看|观看|订阅|下载|了解|领取)?[^。]{0,20}",
        "(?:[^，。]{2,6}[:：])?(?:本版|本报|本刊|免责|风险提示|投资有风险|市场有风险|股市有风险|理财有风险).{0,24}"
        "(?:仅供参考|风险自[担负]|不构成.{0,12}建议|投资建议|[入投]市[须需]?谨慎|文责自负|[须需]谨慎).{0,16}",
        "下载.{0,10}客户端.{0,10} (?:本报|本版)?图片均?由.{0,20}提供 完",
    )
    + r"\W*$"
)
_TO_READER = re.compile(
    any_of(
        "请 欢迎 您 读者 本报 本版 本刊 [上下左右][方侧图] 客户端 公众号 版权 著作权 授权 参考",
        "风险 谨慎 自负 建议 提供",
    )
)
"""What a line of furniture says where it is a whole sentence; 乘客扫码即可乘车。 is none."""


def skip_reason(text: str, place: Place) -> SkipReason | None:
    """Why the block is no part of an item, or None.

    At the edges of a page stand mastheads, names of sections and page numbers; elsewhere only
    what can be nothing else is skipped.
    """
    if _is_credit(text):
        return SkipReason.CREDIT
    if len(text) <= _SHORT and _is_stray(text):
        return SkipReason.FURNITURE
    if is_masthead(text, place):
        return SkipReason.MASTHEAD
    if len(text) <= _SHORT and _is_furniture(text, place):
        return SkipReason.FURNITURE
    return SkipReason.ADVERT if is_legal_advert(text) else None


def _is_stray(text: str) -> bool:
    """Whether a line invites or warns the reader; a whole sentence may be news of scanning."""
    if not _STRAY.match(text):
        return False
    return not text.rstrip().endswith("。") or bool(_TO_READER.search(text))


def is_toc_title(text: str) -> bool:
    """Whether the line heads a box that points into the paper: 导读, 今日看点."""
    return len(text) <= _SHORT and bool(_TOC_TITLE.match(text))


def is_column_head(text: str) -> bool:
    """Whether the line heads a column of briefs or pictures: 简讯, 图片新闻."""
    return len(text) <= _LONGEST_COLUMN_HEAD and bool(_COLUMN_HEAD.match(text))


def _is_label_with_credit(text: str) -> bool:
    """Whether a label and who made the page stand in one line: 第04版：副刊 责编：郗慧."""
    label, _, rest = text.partition(" ")
    return bool(rest) and is_certain_label(label) and _is_credit(rest.strip())


def _is_credit(text: str) -> bool:
    if len(text) > _LONGEST_CREDIT or "。" in text:
        return False
    return bool(
        _CREDIT.match(text) or _ROLES.match(text) or _CONTACT.match(text) or _SOURCE.match(text)
    )


def _is_furniture(text: str, place: Place) -> bool:
    if _PAGE_NUMBER.match(text) or is_certain_label(text) or _is_label_with_credit(text):
        return True
    if place is Place.BODY:
        return False
    return page_label(text) is not None or text.strip(_ORNAMENTS) in SECTIONS
