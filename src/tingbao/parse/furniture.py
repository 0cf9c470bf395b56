"""What stands on a page but is no item: credits, labels, contents, adverts, stray lines."""

from __future__ import annotations

import re
from itertools import zip_longest

from tingbao.models import SkipReason
from tingbao.parse.labels import SECTIONS, is_certain_label, page_label
from tingbao.parse.mastheads import Place, is_masthead
from tingbao.parse.words import any_of, spaced
from tingbao.text.han import HAN
from tingbao.text.numerals import HAN_NUMERALS

_LONGEST_ADVERT_TITLE = 60
_TITLE_MARKS = " \u3000*■□●◆▲《》【】"

_ADVERT_ENDINGS = any_of(
    "(?:遗失|挂失|作废)(?:声明|启事|公告|启示)? 声明作废 注销(?:登记)?公告 清算公告 减资公告",
    "(?:吸收)?合并公告 分立公告 债权(?:申报|转让|人)?.{0,16}公告",
    "环(?:评|境影响).{0,20}(?:公示|公告)",
    "公益广告 招商(?:公告|启事|信息) 招租(?:公告|启事|信息)? 开奖(?:公告|结果|信息) 拍卖公告",
    "(?:双色球|福利彩票|体育彩票|福彩|体彩|大乐透|彩票).{0,16}(?:开奖|公告|号码|期|走势图?)",
    "寻[人物亲尸]启事 认[尸领]启事",
    "房屋(?:出租|出售|转让) (?:出租|转让|出售)信息 分类(?:广告|信息) 便民信息",
    "催[款收](?:公告|通知) 律师(?:声明|函) (?:送达|开庭)公告 法院公告 仲裁.{0,10}公告 招标公告",
    "中标公[示告] 竞[价买]公告 出让公告 股权转让公告 征婚启事",
)
_ADVERT_TITLES = spaced(
    "双色球 大乐透 七乐彩 福彩 体彩 福利彩票 体育彩票",
    "声明 讣告 公告栏 广告 招聘 招聘启事 招聘信息 信息窗 便民服务 商业信息 声明·公告",
)
_ADVERT_TITLE = re.compile(rf"{_ADVERT_ENDINGS}$|^{_ADVERT_TITLES}$")

_LONGEST_OFFER = 160
_PHONE = re.compile(
    r"(?<![\d.])(?:1[3-9]\d{9}|(?:0\d{2,3}[-－—\s])?\d{7,8}|\d{3}-\d{3}-\d{4})(?!\d)"
)
_OFFERS = re.compile(
    any_of(
        "高价 低价 特价 促销 优惠 折扣 面议 价格合理 收购 回收 出租 出售 转让 招租 招商 加盟 诚聘",
        "高薪 急[招聘售租] 上门服务 批发 零售 疏通 搬家 开锁 贷款 诊所 镶牙 种植牙 包治 代办",
        "有意者 拎包入住 欢迎来电 欢迎选购 厂家直销 免费咨询",
    )
)
_NO_OFFER = re.compile(r"记者|本报|本刊|近日|公告|通告|通知|公示|举报|监督电话|政府|委员会|管理局")
_LEGAL_HINT = re.compile(r"作废|遗失|债权|本院受理|本委受理")
_LEGAL_NOTICE = re.compile(
    r"(?:遗失|丢失|被盗|损毁|损坏|补办|声明|现将|原).{0,120}作废[。！；]?$|"
    r"^.{0,30}遗失.{2,80}声明。?$|"
    r"(?:拟|决定|经.{0,20}决议).{0,40}(?:注销|减资|解散|清算|注册资本).{0,200}(?:债权人|申报债权)|"
    r"本[院委]受理.{0,120}(?:公告送达|视为送达|缺席(?:审理|判决|裁决))|"
    r"请.{0,10}债权人.{0,40}(?:申报|清偿)|"
    r"自(?:本)?公告(?:见报|刊登|发布|之日).{0,40}(?:申报债权|债权)"
)


def is_commercial(text: str) -> bool:
    """Whether a short text only offers goods or services and says where to call."""
    return bool(
        len(text) <= _LONGEST_OFFER
        and _PHONE.search(text)
        and _OFFERS.search(text)
        and not _NO_OFFER.search(text)
    )


def is_advert_title(text: str) -> bool:
    """Whether the line heads an advert or a legal notice of a private kind."""
    return len(text) <= _LONGEST_ADVERT_TITLE and bool(
        _ADVERT_TITLE.search(text.strip(_TITLE_MARKS))
    )


def is_legal_advert(text: str) -> bool:
    """Whether the text is a lost-papers or creditors' notice."""
    return bool(_LEGAL_HINT.search(text) and _LEGAL_NOTICE.search(text)) and "记者" not in text


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


Rows = tuple[tuple[str, ...], ...]

_NUMBERED = re.compile(
    rf"第[{HAN_NUMERALS}\d]{{1,4}}[篇编章节部卷条]|[{HAN_NUMERALS}]{{1,3}}[、.．]|附[录则件]|前言|序言|结语|后记"
)
_PAGE_POINTER = re.compile(
    r"[.…·．。]{2,}\s*[A-Z]?\d*\s*版?$|[/／|\s>▶→（(—\-]+\s*(?:第|P|见)?\s*[A-Z]{0,2}\d{1,3}\s*版?\s*[）)]?[▶>→]*$|(?:第|[（(])[A-Z]{0,2}[\d一二三四五六七八九十]{1,3}版[）)]?$|\d+版$"
)
_SENTENCE = re.compile(r"[。！？]")


def is_contents(rows: Rows) -> bool:
    """Whether a table is a table of contents: most cells are numbered titles or page pointers."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    if len(cells) < 4:
        return False
    serials = sum(bool(_NUMBERED.match(cell)) for cell in cells)
    leaders = sum(bool(_PAGE_POINTER.search(cell)) for cell in cells)
    return (serials * 2 > len(cells) or leaders * 2 > len(cells)) and not any(
        _SENTENCE.search(cell[:-1]) for cell in cells
    )


def is_contents_line(text: str) -> bool:
    """Whether a line points into the paper or the document: a title and a page."""
    return len(text) <= 60 and bool(_PAGE_POINTER.search(text)) and not _SENTENCE.search(text)


def as_contents(rows: Rows) -> str:
    """The entries of a table of contents, one a line.

    Numbered entries run column by column, and what is wrapped into the next row is healed;
    entries with their pages beside them run row by row.
    """
    cells = [cell for row in rows for cell in row if cell]
    if 2 * sum(bool(_NUMBERED.match(cell)) for cell in cells) <= len(cells):
        return "\n".join(" ".join(filter(None, row)) for row in rows)
    entries: list[str] = []
    for column in zip_longest(*rows, fillvalue=""):
        for cell in filter(None, column):
            if entries and not _NUMBERED.match(cell) and _NUMBERED.match(entries[-1]):
                entries[-1] += " " + cell
            else:
                entries.append(cell)
    return "\n".join(entries)
