"""Names, offices and credits as newspapers print them: writers, agencies, photographers."""

from __future__ import annotations

import re

from tingbao.parse.words import any_of, word_set, words
from tingbao.text.han import HAN, squash
from tingbao.text.numerals import HAN_NUMERALS

_SURNAMES = words("credits.surnames").replace("\n", "")
"""Characters that begin a family name (single-character surnames and the first of double ones)."""

_MARKS = r"[■□●○◎◆◇▲△▶▷★☆*·•|｜/／—\-\s]*"
"""Pattern of the ornaments before a credit."""

NAME = rf"(?:[{HAN}]{{1,4}}(?:[·.][{HAN}]{{1,8}})*|[A-Z])"
"""Pattern of a name: two to four characters, a transcription with dots, or a letter."""

_LONGEST_NAME_LINE = 40
_USUAL = 3
"""Characters of all but the rarest names."""

_DOUBLE = tuple(sorted(word_set(words("credits.double_surnames"))))
_OFFICES = any_of(words("credits.offices"))
_SPEAKER = re.compile(
    rf"{_MARKS}[{HAN}、（()）]{{0,24}}{_OFFICES}\s+"
    rf"(?:[{HAN}]\s?[{HAN}]{{1,3}}|[{HAN}]{{1,6}}(?:·[{HAN}]{{1,8}})+)\s*$"
)
_AFFILIATION = any_of(words("credits.institutions"))
_AFFILIATED = re.compile(
    rf"{_MARKS}(?P<open>[（(])?\s*[{HAN}A-Za-z\d、·（）() ]{{0,36}}{_AFFILIATION}[\s\u3000]+"
    rf"(?P<name>[{HAN}]\s?[{HAN}]{{1,3}})(?P<more>(?:[\s、]+[{HAN}]{{2,4}}){{0,3}})\s*(?P<shut>[）)])?$"
)
_SPACED_NAME = re.compile(rf"[{HAN}](?:[\s\u3000]+[{HAN}]){{1,3}}")
_LABELLED = re.compile(rf"[{HAN}]{{2,4}}[:：]\s*\S")
_PEN_NAME = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]\s+[{HAN}]")
_NO_PEN_NAME = re.compile(
    "编者|[按语图表注报讯页版栏目题记稿诗词歌篇章言]$|^[第其另附上下前后]|摘要|提要|背景|数据|链接|问|答|公告|通知"
)
_NAME_LINE = re.compile(
    rf"(?:[{HAN}]{{2,4}}|[{HAN}]\s{{1,2}}[{HAN}])(?:[\s、]+(?:[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}]))*"
    r"(?:\s*[（(][^）)。]{2,30}[）)])?$"
)
_DAY_OR_MONTH = rf"(?:\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
_FULL_DATE = (
    rf"(?:\d{{4}}|[{HAN_NUMERALS}]{{4}})\s*年\s*{_DAY_OR_MONTH}\s*月(?:\s*{_DAY_OR_MONTH}\s*日)?"
)
_DATELINE = re.compile(
    rf"\s*(?:[（(〔]\s*{_FULL_DATE}[^）)〕]{{0,90}}[）)〕]|"
    rf"[—\-]*\s*{_FULL_DATE}\s*(?:于[{HAN}]{{2,8}})?)\s*$"
)


def names_person(text: str) -> bool:
    """Whether the line names one or more people, alone or with an office or an institution."""
    return is_speaker(text) or is_name(text) or is_affiliated(text)


def is_speaker(text: str) -> bool:
    """Whether the line names an office and a person: 国务院总理 李强."""
    return len(text) <= _LONGEST_NAME_LINE and bool(_SPEAKER.match(text))


def is_affiliated(text: str) -> bool:
    """Whether the line is a person behind an institution or a trade: 省农技推广总站 魏东升."""
    found = _AFFILIATED.match(text) if len(text) <= _LONGEST_NAME_LINE else None
    if found is None or bool(found["open"]) != bool(found["shut"]):
        return False
    names = [found["name"], *re.split(r"[\s、]+", found["more"].strip())]
    return all(map(_is_personal, filter(None, names)))


def may_be_pen_name(text: str) -> bool:
    """Whether so short a line may be a writer's pen name, where nothing else stands: 言午."""
    return bool(_PEN_NAME.fullmatch(text.strip())) and not _NO_PEN_NAME.search(text)


def is_name(text: str) -> bool:
    """Whether the line is one or more personal names and nothing else."""
    if len(text) > _LONGEST_NAME_LINE or not _NAME_LINE.match(text):
        return False
    names = re.split(r"[（(]", text)[0].strip()
    parts = [names] if len(squash(names)) <= _USUAL else re.split(r"[\s、]+", names)
    return all(map(_is_personal, filter(None, parts)))


def is_spaced_name(text: str) -> bool:
    """Whether the line is one name with a space between all of its characters: 田 大 禾."""
    return bool(_SPACED_NAME.fullmatch(text.strip())) and text.strip()[0] in _SURNAMES


def _is_personal(name: str) -> bool:
    """A known surname and one or two characters; four only behind a double surname."""
    if len(squash(name)) > _USUAL:
        return name.startswith(_DOUBLE) and len(squash(name)) == _USUAL + 1
    return name[0] in _SURNAMES


def is_dateline(text: str) -> bool:
    """Whether the line is a date, in brackets or not: (2026年3月1日), (…年…月…日…通过)."""
    return bool(_DATELINE.match(text))


_LONGEST_CREDIT = 120
_LONGEST_TRAILING = 80

_PAPER = any_of(words("credits.papers"))
_RANK = any_of(words("credits.ranks"))
_TRADE = any_of(words("credits.trades"))
_WHO = rf"(?:{_RANK}*{_TRADE})"
_NAME_ENDS = rf"(?=[\s、,，/／:：（(）)】〕\]]|和|报道|报导|摄|文|电|讯|{_WHO}|$)"
_CLOSE_NAME = rf"(?!从)[{_SURNAMES}][{HAN}]{{1,3}}(?:·[{HAN}]{{1,8}})*"
"""A name right behind 记者; 从 is hardly a surname there: 记者从水利局获悉."""

_WHEN = any_of(words("credits.openings"))
"""With such words, and not with one more name, the text begins behind its credit."""

_MORE_NAMES = (
    rf"(?:(?:[\s、/／和]+(?:{_WHO}[:：\s]*)?|[,，]\s*{_WHO}[:：\s]*)"
    rf"(?!报道|报导|综合|摄影|{_WHO}|{_WHEN}){NAME}{_NAME_ENDS})*"
)
_NAMES = rf"{NAME}{_MORE_NAMES}"
_SIGNED = rf"{_WHO}(?:[:：\s]+{NAME}|{_CLOSE_NAME}){_MORE_NAMES}"
"""記者 and names: parted from them by a space, or beginning with a known surname."""

_PERSONS = (
    rf"[{_SURNAMES}][{HAN}]{{1,2}}(?:[\s、]+[{_SURNAMES}][{HAN}]{{1,2}}(?![{HAN}]))*(?![{HAN}])"
)
_TELLS = any_of("报道 报导 电 讯 摄 文 图 供稿 综合")
_CREDIT_BRACKET = (
    rf"[（(〔\[【](?=[^）)〕\]】]*(?:{_WHO}|{_TELLS}))[^（(）)〔〕\[\]【】。]{{1,80}}[）)〕\]】]"
)
_ANY_BRACKET = r"[（(][^（(）)。]{1,60}[）)]"
_NUMBER = rf"(?:\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
_AGENCY = (
    rf"(?:[（(【〔\[]\s*)?(?:综合|据)?{_PAPER}[^，。；：:！？、\n（()）【】《》“”]{{0,14}}?"
    rf"(?:{_NUMBER}月)?(?:{_NUMBER}日)?\s*(?:\d{{1,2}}时)?"
    rf"(?:(?<=[日时社])\s*[专急特]?电|[专急特]?(?:讯|消息)|电(?![{HAN}]))"
    r"(?![，,、的员动力视子脑话台信网商影梯池器缆流压厂价源气机车能量])(?:[）)】〕\]])?"
)
"""新华社北京4月8日电, 本报讯; not 中国电信."""

_REPORTS = rf"(?:\s*{_SIGNED}\s*(?:摄影|综合)?(?:报道|报导)?[:：])"

_LEADS = tuple(
    re.compile(rf"{_MARKS}(?P<lead>{lead})")
    for lead in (
        rf"{_AGENCY}(?:\s*(?:{_CREDIT_BRACKET}|{_ANY_BRACKET}))*{_REPORTS}?\s*[:：／/]?\s*",
        rf"{_AGENCY}\s*[（(]?\s*{_SIGNED}(?:\s*[{HAN}]{{0,6}}(?:报道|报导))?\s*[）)]?\s*[:：]?\s*",
        r"[【〔〖\[][^】〕〗\]]{0,24}(?:记者|本报|电|讯|报道|报导|中央社)[^】〕〗\]]{0,40}[】〕〗\]]\s*[:：]?\s*",
        rf"[【〔〖\[][{HAN}]{{2,6}}(?:社|通讯社)[】〕〗\]]\s*[:：]?\s*(?=\S)",
        rf"{_CREDIT_BRACKET}\s*[:：]?\s*(?=\S)",
        rf"[{HAN}·]{{2,14}}{_NUMBER}月{_NUMBER}日[专急特]?[电讯]\s*{_CREDIT_BRACKET}\s*[:：]?\s*",
        rf"据[{HAN}]{{2,8}}(?:报|社|网|台|客户端)[\s\u3000]+(?=\S)",
        rf"(?:综合|据){_PAPER}[^，。；：:“”]{{0,12}}(?:报道|报导|消息)\s*[:：]\s*",
        rf"据《[{HAN}·]{{2,14}}》(?:消息|报道|报导|讯)?[\s\u3000]+(?=\S)",
        rf"(?:本报|本刊|本台)?{_SIGNED}[／/\s]*[{HAN}]{{0,8}}(?:报道|报导|电|讯)(?:\s*[:：]\s*|\s+|$)",
    )
)
_CREDIT_HINT = re.compile(r"[报社网台讯电道导者员【〔〖\[（(《]")

_WORK = any_of(words("credits.work"))
_WORKED = rf"[\s/／]*(?:{_WORK}|[{HAN}]{{2,6}}报[道导])?(?:[\s并和/／、]*(?:文|图|摄|摄影))*"
_LABELS = any_of(words("credits.labels"))
_BYLINES = tuple(
    re.compile(rf"{_MARKS}{line}\s*$")
    for line in (
        rf"{_PAPER}?\s*(?:{_SIGNED}|{_WHO}){_WORKED}(?:\s*[（(][^）)]{{0,20}}[）)])?{_MARKS}",
        rf"{_LABELS}\s*[/／:：|｜]\s*[^。！？；]{{2,50}}",
        rf"[（(〔【\[]\s*{_PAPER}?\s*{_WHO}[^）)〕】\]。]{{0,60}}[）)〕】\]]",
        rf"{_AGENCY}(?:\s*(?:{_CREDIT_BRACKET}|{_ANY_BRACKET}))?(?:\s*题[:：][^。]{{4,60}})?",
        rf"(?<=[■□●◎◆◇▲△★☆\s]){_NAMES}(?:\s*[（(][^）)。]{{2,30}}[）)])?",
        rf"[{HAN}]{{2,20}}(?:课题组|调研组|写作组|编写组|报道组)",
        rf"(?:本报|本刊)(?:特约)?(?:评论员|编辑部|评论部|社论)\s*(?:{_NAMES})?",
        rf"(?:综合)?{_PAPER}\s*(?:{_WHO}[:：\s]+[^，。；！？]{{2,40}}|{_SIGNED}[^，。；！？]{{0,20}})",
        rf"{_SIGNED}\s*[／/]\s*[^，。；！？]{{2,20}}",
        rf"(?:[{HAN}·]{{0,8}}(?:{_WHO}|编辑)[:：\s]+{_PERSONS}\s*){{1,4}}",
    )
)
_MERGED = re.compile(
    rf"(?P<title>.{{4,}}?)(?:\s+|(?=本报|本刊))"
    rf"(?P<byline>{_MARKS}(?:本报|本刊)?\s*{_WHO}(?:[:：\s]+{NAME}|{_CLOSE_NAME}){_MORE_NAMES})\s*",
    re.DOTALL,
)
_NAMELESS = re.compile(rf"{_MARKS}{_AGENCY}\s*$")
_TRAILING_WORDS = any_of("作者 据 来源 文 图 摄影 摄 编译 整理 供稿 执笔")
_TRAILING = re.compile(
    rf"\s*(?:[（(〔【]\s*(?:{_PAPER}|{_WHO}|{_TRAILING_WORDS})[^（()）。；]{{0,60}}[）)〕】]|"
    rf"[（(]\s*(?:[^（()）。；，]{{0,20}}(?:供稿|综合|整理|报道|摄|报导)|{_NAMES})\s*[）)])\s*$"
)


def split_lead(text: str) -> tuple[str, str] | None:
    """A credit that opens a paragraph (本报讯（记者…）) and the text after it, or None."""
    head = text[:_LONGEST_CREDIT]
    if not _CREDIT_HINT.search(head):
        return None
    best = max((found.end() for found in _leads_in(head)), default=0)
    if not best or not text[best:].strip():
        return None
    return text[:best].strip().rstrip(":：／/"), text[best:].lstrip()


def is_byline(text: str) -> bool:
    """Whether the line is nothing but a credit of writers, photographers or an agency."""
    return len(text) <= _LONGEST_CREDIT and any(pattern.match(text) for pattern in _BYLINES)


def split_byline(heading: str) -> tuple[str, str] | None:
    """A headline and the reporters that an OCR engine put into its heading, or None.

    The paper or a space stands before them: 好记者王芳 is no credit.
    """
    found = _MERGED.fullmatch(heading)
    return (found["title"].rstrip(), found["byline"]) if found else None


def is_trailing_credit(text: str) -> bool:
    """Whether the line is a bracketed credit as printed at the end of an article: （张三）."""
    if len(text) > _LONGEST_TRAILING:
        return False
    return bool(_TRAILING.match(text)) or (text[:1] in {"（", "("} and is_affiliated(text))


def names_nobody(text: str) -> bool:
    """Whether a credit names only the paper or an agency: 本报讯, 新华社北京4月8日电."""
    return bool(_NAMELESS.match(text))


def _leads_in(head: str) -> list[re.Match[str]]:
    return [found for pattern in _LEADS if (found := pattern.match(head))]


_LONGEST_CAPTION = 260
_CAPTION_TAIL = 60
"""How many characters at the end of a block may hold the photographer's credit."""

_CAPTION_MARK = r"[▲△▼▽■□●○◆◇◎★☆►▶◀↑↓←→⬆⬇\s]*"
_CAPTION_START = re.compile(rf"{_CAPTION_MARK}[（(]?\s*" + any_of(words("credits.caption_starts")))
_CAPTION_TRIANGLE = re.compile(r"[▲△▼▽◀▶►↑↓⬆⬇]\s*\S")
_PICTURE_CREDITS = any_of(words("credits.picture_credits"))
_ARCHIVES = any_of("视觉中国 影像中国 人民视觉 本报资料 资料")
_CAPTION_END = re.compile(
    any_of(
        r"[^，。；！？]{0,24}(?:\s摄|[者员]\s?\S{1,8}\s?摄|摄影报道|\s?供图|\s摄影) 新华社发",
        rf"[（(〔【][^（）()〔〕【】。]{{0,40}}{_PICTURE_CREDITS}\s*[）)〕】]",
        rf"{_ARCHIVES}(?:图片|供图|照片)?",
        r"新华社(?:记者)?\S{0,16}摄 [图摄][／/:：][^，。；]{1,20} [^，。]{1,12}[／/][图摄]",
        r"(?:^|[。！？”\u3000\x20者员])[^，。；\s]{2,4}\s?摄影?(?:[（(／/][^）)]{1,14}[）)]?)?",
        r"(?:^|[。！？”\u3000\x20])[^，。；\s]{2,4}\s?发[（(／/][^）)]{1,14}[）)]?",
        r"图片来源[:：]\S{1,20} (?:新华社|中新社)[／/](?:美联|法新|路透|欧新|中新)(?:社|图片)?",
    )
    + r"\s*[）)】]?。?\s*$"
)
_CAPTION_HINT = re.compile(r"[摄图片照▲△▼▽◀▶►↑↓⬆⬇]|新华社发|提供|社[／/]")


_PHOTOGRAPHED = re.compile(r"[摄图影]")
_PHOTOGRAPHER = re.compile(r"[（(]?[^文，。；]*(?:摄|供图)[）)]?$")
_LONGEST_LEGEND = 40


def is_photographer(text: str) -> bool:
    """Whether the line only says who took a picture: 本报记者 张远 摄; no writer's credit."""
    return len(text) <= _LONGEST_LEGEND and bool(_PHOTOGRAPHER.match(text))


def is_legend(text: str, credit: str) -> bool:
    """Whether a short line under the writers' credit says what their picture shows.

    A credit that names a picture (文/图, 摄影报道) is printed beside it, so its legend follows.
    """
    return len(text) <= _LONGEST_LEGEND and bool(_PHOTOGRAPHED.search(credit))


def is_caption(text: str) -> bool:
    """Whether the block is the caption of a picture."""
    if len(text) > _LONGEST_CAPTION or not _CAPTION_HINT.search(text):
        return False
    return bool(
        _CAPTION_START.match(text)
        or _CAPTION_TRIANGLE.match(text)
        or _CAPTION_END.search(text[-_CAPTION_TAIL:])
    )


def is_labelled(text: str) -> bool:
    """Whether the line is a label and what it stands for: 时间：3月12日下午."""
    return bool(_LABELLED.match(text))
