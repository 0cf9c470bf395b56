"""Credits of writers: lines of their own, the leads of news agencies, speakers and datelines."""

from __future__ import annotations

import re

from tingbao.parse.characters import HAN
from tingbao.parse.numerals import HAN_DIGITS

__all__ = [
    "is_byline",
    "is_dateline",
    "is_name",
    "is_speaker",
    "is_trailing_credit",
    "split_lead",
]

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺"
    "倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储"
    "靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔"
    "阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国"
    "文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴佟肖覃代付闫"
    "涂邸苑仝亓甯肇闭"
)
_MARKS = r"[■□●○◎◆◇▲△▶▷★☆*·•|｜/／—\-\s]*"
_PAPER = (
    rf"(?:本报|本刊|本台|本网|本社|新华社|中新社|中新网|中央社|人民网|央广网|新华网|光明网|央视|中通社|"
    rf"法新社|美联社|路透社|共同社|韩联社|塔斯社|埃菲社|彭博社|综合|融媒体|全媒体|"
    rf"[{HAN}]{{1,8}}(?:日报|晚报|晨报|时报|早报|商报|都市报|周报|汇报|导报|公报|大公报|新报|明报|电视台|广播电台|通讯社|融媒|网))"
)
_WHO = (
    r"(?:(?:本报|本刊|本台|本网|见习|实习|特约|特派|驻[^，。\s]{1,6}|首席|全媒体|融媒体?|新媒体|深度|"
    r"主任|高级|文字|图片|摄影|体育|财经|政治|要闻|港闻|突发|总站|报道组|采访组)*"
    r"(?:记者|通讯员|特约评论员|评论员|特约撰稿人?|撰稿人?|观察员|编译|实习生|学生记者|小记者|特派员|研究员|采写|主笔|作者))"
)
_NAME = rf"(?:[{HAN}]{{1,4}}(?:[·.][{HAN}]{{1,8}})*|[A-Z])"
_CLOSE_NAME = rf"[{_SURNAMES}][{HAN}]{{1,3}}(?:·[{HAN}]{{1,8}})*"
_NAMES = rf"{_NAME}(?:[\s、,，/／和]+(?:{_WHO}[:：\s]*)?{_NAME})*"
_SIGNED = rf"{_WHO}(?:[:：\s]+{_NAMES}|{_CLOSE_NAME}(?:[\s、,，／/和]+(?:{_WHO}[:：\s]*)?{_NAME})*)"
_BRACKET = rf"[（(〔\[【](?=[^）)〕\]】]*(?:{_WHO}|报道|报导|电|讯|摄|文|图|供稿|综合))[^（(）)〔〕\[\]【】。]{{1,80}}[）)〕\]】]"
_ANY_BRACKET = r"[（(][^（(）)。]{1,60}[）)]"
_DAY = rf"(?:(?:\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})月)?(?:(?:\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})日)?"

_AGENCY = (
    rf"(?:[（(【〔\[]\s*)?(?:综合|据)?{_PAPER}[^，。；：:！？、\n（()）【】《》“”]{{0,14}}?{_DAY}\s*"
    r"(?:\d{1,2}时)?(?:专|急|特)?(?:电|讯|消息)(?![，,、的员动力视子脑话台信网商影梯池器缆流压厂价源气机车能量])"
    r"(?:[）)】〕\]])?"
)
_LEADS = (
    re.compile(
        rf"{_MARKS}(?P<lead>{_AGENCY}(?:\s*(?:{_BRACKET}|{_ANY_BRACKET}))*"
        rf"(?:\s*{_SIGNED}\s*(?:报道|报导|综合报道|摄影报道)?[:：])?)\s*[:：]?\s*"
    ),
    re.compile(
        rf"{_MARKS}(?P<lead>{_AGENCY}\s*[（(]?\s*{_SIGNED}"
        rf"(?:\s*[{HAN}]{{0,6}}(?:报道|报导))?\s*[）)]?)\s*[:：]?\s*"
    ),
    re.compile(
        rf"{_MARKS}(?P<lead>[【〔\[][^】〕\]]{{0,24}}(?:记者|本报|电|讯|报道|报导|中央社)[^】〕\]]{{0,40}}[】〕\]])\s*[:：]?\s*"
    ),
    re.compile(rf"{_MARKS}(?P<lead>{_BRACKET})\s*[:：]?\s*(?=\S)"),
    re.compile(
        rf"{_MARKS}(?P<lead>(?:本报|本刊|本台)?{_SIGNED}[／/\s]*[{HAN}]{{0,8}}(?:报道|报导|综合报道|电|专电|讯))"
        r"(?:\s*[:：]\s*|\s+|$)"
    ),
)
_HINT = re.compile(r"[报报社网台讯电道导者员【〔\[（(]")
_LONGEST_LEAD = 120

_BYLINES = (
    re.compile(
        rf"{_MARKS}(?:{_PAPER})?\s*(?:{_SIGNED}|{_WHO})\s*(?:/|／|\s)*\s*(?:文|图|文/图|图文|文图|摄|摄影|摄影报道|报道|报导|整理|采写|撰文|[{HAN}]{{2,6}}报[道导])?(?:[\s并和/／、]*(?:文|图|摄|摄影))*(?:\s*[（(][^）)]{{0,20}}[）)])?{_MARKS}$"
    ),
    re.compile(
        rf"{_MARKS}(?:文|图|文图|图文|图/文|文/图|撰文|采写|作者|执笔|译者|编译|摄影|口述|整理|策划|记者)\s*[/／:：|｜]\s*[^。！？；]{{2,50}}$"
    ),
    re.compile(
        rf"{_MARKS}[（(〔【\[]\s*(?:{_PAPER})?\s*(?:{_WHO})[^）)〕】\]。]{{0,60}}[）)〕】\]]\s*$"
    ),
    re.compile(
        rf"{_MARKS}{_AGENCY}(?:\s*(?:{_BRACKET}|{_ANY_BRACKET}))?(?:\s*题[:：][^。]{{4,60}})?\s*$"
    ),
    re.compile(rf"[■□●◎◆◇▲△★☆]\s*(?:{_NAMES})(?:\s*[（(][^）)。]{{2,30}}[）)])?\s*$"),
    re.compile(rf"{_MARKS}(?:本报|本刊)(?:特约)?(?:评论员|编辑部|评论部|社论)\s*(?:{_NAMES})?$"),
    re.compile(
        rf"{_MARKS}(?:综合)?{_PAPER}\s*(?:{_WHO}[:：\s]+[^，。；！？]{{2,40}}|{_SIGNED}[^，。；！？]{{0,20}})$"
    ),
    re.compile(rf"{_MARKS}{_SIGNED}\s*[／/]\s*[^，。；！？]{{2,20}}$"),
)
_OFFICES = (
    r"(?:总理|主席|委员长|总书记|书记|省长|市长|县长|区长|旗长|盟长|州长|镇长|乡长|部长|厅长|局长|主任|"
    r"院长|检察长|秘书长|总统|首相|校长|行长|会长|社长|台长|所长|处长|行政长官|特首|司长|理事长|董事长|总干事|司令员|政委|代表|委员|发言人)"
)
_SPEAKER = re.compile(
    rf"{_MARKS}[{HAN}、（()）]{{0,24}}{_OFFICES}\s*[\s　]\s*(?:[{HAN}]\s?[{HAN}]{{1,3}}|[{HAN}]{{2,4}}|[{HAN}]{{1,6}}(?:·[{HAN}]{{1,8}})+)\s*$"
)
_NAME_LINE = re.compile(
    rf"(?:[{HAN}]{{2,4}}|[{HAN}]\s{{1,2}}[{HAN}])(?:[\s、]+(?:[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}]))*(?:\s*[（(][^）)。]{{2,30}}[）)])?$"
)
_DATE = rf"(?:\d{{4}}|[{HAN_DIGITS}]{{4}})\s*年\s*(?:\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*月(?:\s*(?:\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*日)?"
_DATELINE = re.compile(
    rf"\s*(?:[（(〔]\s*{_DATE}[^）)〕]{{0,90}}[）)〕]|[—\-]*\s*{_DATE}\s*(?:于[{HAN}]{{2,8}})?)\s*$"
)
_TRAILING = re.compile(
    rf"\s*(?:[（(〔【]\s*(?:{_PAPER}|{_WHO}|作者|据|来源|文|图|摄影|摄|编译|整理|供稿|执笔)"
    rf"[^（()）。；]{{0,60}}[）)〕】]|"
    rf"[（(]\s*(?:[^（()）。；，]{{0,20}}(?:供稿|综合|整理|报道|摄|报导)|{_NAMES})\s*[）)])\s*$"
)


def split_lead(text: str) -> tuple[str, str] | None:
    """A credit that opens a paragraph (本报讯（记者…）) and the text after it, or None."""
    head = text[:_LONGEST_LEAD]
    if not _HINT.search(head):
        return None
    best = max((found.end() for found in _matches(head)), default=0)
    if not best or not text[best:].strip():
        return None
    return text[:best].strip().rstrip(":："), text[best:].lstrip()


def is_byline(text: str) -> bool:
    """Whether the line is nothing but a credit of writers, photographers or an agency."""
    return len(text) <= _LONGEST_LEAD and any(pattern.match(text) for pattern in _BYLINES)


def is_speaker(text: str) -> bool:
    """Whether the line names an office and a person: 国务院总理 李强."""
    return len(text) <= 40 and bool(_SPEAKER.match(text))


def is_name(text: str) -> bool:
    """Whether the line is one or more personal names and nothing else."""
    if len(text) > 40 or not _NAME_LINE.match(text):
        return False
    names = re.sub(r"[（(].*", "", text).strip()
    parts = [names] if len(re.sub(r"\s", "", names)) <= 3 else re.split(r"[\s、]+", names)
    return all(part[0] in _SURNAMES and len(re.sub(r"\s", "", part)) <= 4 for part in parts if part)


def is_dateline(text: str) -> bool:
    """Whether the line is a date, in brackets or not: (2026年3月1日), (…年…月…日…通过)."""
    return bool(_DATELINE.match(text))


def is_trailing_credit(text: str) -> bool:
    """Whether the line is a bracketed credit as printed at the end of an item: （张三）."""
    return len(text) <= 80 and bool(_TRAILING.match(text))


def _matches(head: str) -> list[re.Match[str]]:
    return [found for pattern in _LEADS if (found := pattern.match(head))]
