"""What stands on a page but is no article: credits, labels, contents, adverts, stray lines."""

from __future__ import annotations

import re
from itertools import zip_longest

from tingbao.models import SkipReason
from tingbao.parse.labels import SECTIONS, is_certain_label, page_label
from tingbao.parse.mastheads import PageArea, is_masthead
from tingbao.parse.words import any_of, spaced, words
from tingbao.text.contacts import holds_number_to_call
from tingbao.text.han import HAN
from tingbao.text.numerals import HAN_NUMERALS

_LONGEST_ADVERT_TITLE = 60
_TITLE_MARKS = " \u3000*■□●◆▲《》【】"

_ADVERT_ENDINGS = any_of(words("furniture.advert_endings"))
_ADVERT_TITLES = spaced(words("furniture.advert_titles"))
_ADVERT_TITLE = re.compile(rf"{_ADVERT_ENDINGS}$|^{_ADVERT_TITLES}$")

_LONGEST_OFFER = 160
_OFFERS = re.compile(any_of(words("furniture.offers")))
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
        and holds_number_to_call(text)
        and _OFFERS.search(text)
        and not _NO_OFFER.search(text)
    )


def is_advert_title(text: str) -> bool:
    """Whether the line heads an advert or a legal notice of a private kind."""
    return len(text) <= _LONGEST_ADVERT_TITLE and bool(
        _ADVERT_TITLE.search(text.strip(_TITLE_MARKS))
    )


def _is_legal_advert(text: str) -> bool:
    """Whether the text is a lost-papers or creditors' notice."""
    return bool(_LEGAL_HINT.search(text) and _LEGAL_NOTICE.search(text)) and "记者" not in text


_SHORT = 60
_LONGEST_CREDIT = 160
_LONGEST_COLUMN_HEAD = 20
_ORNAMENTS = " \u3000【】[]◆■●·|｜—-#*"

_ROLE = any_of(words("furniture.roles"))
_SURE_ROLE = any_of(words("furniture.sure_roles"))
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
    r"(?:今日|本期|本报|内页|新闻|要闻|精彩|今天|明日|版面|标题|本版|文章)?\s*"
    r"(?:导\s*读|导航|看点|目\s*录|索引|提要|内容提要|版面安排|导览|内文导读|要目)\W*[A-Z ]*$"
)
_FIELDS = any_of(words("furniture.fields"))
_DIGESTS = any_of(words("furniture.digests"))
_COLUMN_HEAD = re.compile(rf"\W*{_FIELDS}?{_DIGESTS}\W*$")

_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:第\s*)?[A-Z]?\d{1,3}(?:\s*[页/／]\s*(?:共\s*)?\d{0,3}\s*页?)?[\W_]*$"
)
_STRAY = re.compile(r"\W*" + any_of(words("furniture.stray_lines")) + r"\W*$")
_STAMP = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_LABEL_OF_SITE = any_of(words("furniture.site_labels"))
_LABEL_OF_STORY = any_of(words("furniture.story_labels"))
_SITE_VALUE = (
    rf"(?:[\[【(（][^\]】)）]{{1,20}}[\]】)）]|{_STAMP}(?:\s*{_CLOCK})?|[^\s:：，。]{{0,20}})"
)
_COUNT = (
    any_of(words("furniture.site_counters")) + r"\s*[:：]?\s*[(（]?\s*[\d.,]+\s*[万次人条]?[)）]?"
)
_SURE = (
    rf"(?:字[号体]\s*[:：]?\s*[A-Z大中小+＋\-－\s]+|{_LABEL_OF_SITE}\s*[:：]\s*{_SITE_VALUE}|{_COUNT}|{_STAMP}\s*{_CLOCK}"
    rf"|{any_of(words('furniture.site_actions'))}|[上下]一[篇条版页期](?:\s*[:：].{{0,40}})?)"
)
_SITE_ROOMS = any_of(words("furniture.site_rooms"))
_UNSURE = rf"(?:{_LABEL_OF_STORY}\s*[:：]\s*{_SITE_VALUE}|{_STAMP}|{_SITE_ROOMS})"
_BETWEEN = r"[\s|｜>＞/·•»,，;；\[\]【】]*"
_OF_A_SITE = re.compile(
    rf"\W*\d?(?:{_UNSURE}{_BETWEEN}){{0,6}}{_SURE}(?:{_BETWEEN}(?:{_SURE}|{_UNSURE})){{0,12}}\d?\W*"
)
"""Lines that a site puts round a text: where one is, when and by whom, counters, links.

Something in the line must be a site's alone; a date, 来源： or 首页 may be the story's.
"""

_OF_A_STORY = re.compile(rf"\W*(?:{_UNSURE}{_BETWEEN}){{3,}}\W*")
"""Three of what may be the story's: 时间：2026-03-14 来源：清江日报 作者：田小禾."""

_DATED_LINE = re.compile(
    rf"(?:原创\s+)?(?:[\w·]{{1,14}}\s+){{0,3}}(?:{_STAMP}|\d{{1,2}}[-./月]\d{{1,2}}日?)\s*{_CLOCK}(?:\s+[\w·]{{1,14}}){{0,2}}"
)
"""Who put it out, when and where, under a title: 清江发布 2026年03月14日 08:20 清江."""

_LIST_OF_SITE = re.compile(rf"\W*{any_of(words('furniture.site_lists'))}\W*")
_BUTTONS = any_of(words("furniture.site_buttons"))
_BUTTON = re.compile(rf"\W*{_BUTTONS}\W*")
_ROW_OF_BUTTONS = re.compile(rf"\W*{_BUTTONS}(?:[\W_]+{_BUTTONS})+\W*")
_MENU_ENTRY = re.compile(_SITE_ROOMS)

_BREADCRUMB = re.compile(
    r"\W*(?:[^，。：:>＞»›]{0,8}[:：]\s*)?[\w·]{1,12}(?:\s*[>＞»›]+\s*[\w·]{1,12}){1,5}\s*[>＞»›]?"
)
"""Where on its site a text stands: 首页 > 新闻 > 社会."""

_ADDRESS = re.compile(r"\W*(?:https?://|www\.)[!-~]+\W*")
"""An address and nothing else."""

_TO_READER = re.compile(any_of(words("furniture.to_readers")))
"""What a line of furniture says where it is a whole sentence; 乘客扫码即可乘车。 is none."""


def skip_reason(text: str, area: PageArea) -> SkipReason | None:
    """Why the block is no part of an article, or None.

    At the edges of a page stand mastheads, names of sections and page numbers; elsewhere only
    what can be nothing else is skipped.
    """
    if _is_credit(text):
        return SkipReason.CREDIT
    if len(text) <= _SHORT and _is_stray(text):
        return SkipReason.FURNITURE
    if is_masthead(text, area):
        return SkipReason.MASTHEAD
    if len(text) <= _SHORT and _is_furniture(text, area):
        return SkipReason.FURNITURE
    return SkipReason.ADVERT if _is_legal_advert(text) else None


def _is_stray(text: str) -> bool:
    """Whether a line invites or warns the reader; a whole sentence may be news of scanning."""
    if not _STRAY.match(text):
        return False
    return not text.rstrip().endswith("。") or bool(_TO_READER.search(text))


def heads_links(text: str) -> bool:
    """Whether the line heads what a site offers besides: 相关阅读, 热门推荐."""
    return bool(_LIST_OF_SITE.fullmatch(text))


def is_button(text: str) -> bool:
    """Whether the line may be a button of a site, and may be a word of the paper: 关注, 评论."""
    return bool(_BUTTON.fullmatch(text))


def is_menu_entry(text: str) -> bool:
    """Whether the line may be one of a site's menu, as of a list of them: 首页, 时政, 文化."""
    return bool(_MENU_ENTRY.fullmatch(text.strip()))


def is_toc_title(text: str) -> bool:
    """Whether the line heads a box that points into the paper: 导读, 今日看点."""
    return len(text) <= _SHORT and bool(_TOC_TITLE.match(text))


def is_column_heading(text: str) -> bool:
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


def _is_furniture(text: str, area: PageArea) -> bool:
    if _PAGE_NUMBER.match(text) or is_certain_label(text) or _is_label_with_credit(text):
        return True
    if _OF_A_SITE.fullmatch(text) or _OF_A_STORY.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    if _ROW_OF_BUTTONS.fullmatch(text) or _BREADCRUMB.fullmatch(text):
        return True
    if area is PageArea.BODY:
        return False
    if _DATED_LINE.fullmatch(text.strip()):
        return True
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

    Numbered entries run column by column, and what is wrapped into the next row is joined;
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
