"""A printed line brought into one spelling, so that each rule has one form to know.

Folding is about how a sign is typed, never about what it means: full-width letters and digits,
the many spaces, invisible characters, straight quotes, the circle that stands for 零.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata

from tingbao.script.reading.vocabulary import HAN, SYMBOLS
from tingbao.text.han import BASIC_HAN
from tingbao.text.traced import Replacement, TracedText

# These marks stay full-width: they are Chinese punctuation, and every rule knows them so.
_KEPT = "，！？；："
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_QUOTES = dict(zip("「」『』﹁﹂﹃﹄〝〞〖〗", "“”‘’“”‘’“”【】", strict=True))
_ALIKE = dict(
    zip(
        "‐‑﹣‒―─━〜∼﹪﹢﹦✕✖╳⨯￥￡∕⁄µº˚﹕︰꞉﹐﹑〇",
        "---–———～～%+=××××¥£//μ°°：：：，、零",
        strict=True,
    )
)
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8"}
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_RESERVED = {"\ue000": "\ue002", "\ue001": "\ue002"}
"""Private-use signs that mean something to the reader, as another one that does not."""

_BRACKETED = {chr(0x2474 + at): f"({at + 1})" for at in range(20)}
_BRACKETED |= {chr(0x3220 + at): f"({han})" for at, han in enumerate("一二三四五六七八九十")}
_BRACKETED |= {chr(0x2488 + at): f"{at + 1}." for at in range(20)}
_SPELLING = str.maketrans(
    {**_WIDE, **{m: m for m in _KEPT}, **_QUOTES, **_ALIKE, **_FRACTIONS, **_SUBSCRIPTS}
    | _BRACKETED
    | _RESERVED
)
_ACCENTED = re.compile("[A-Za-z][\u0300-\u036f]{1,4}")

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_SPACE = re.compile(r"[\s\u3000\x00-\x1f\x7f-\x9f]+")
_WIDE_THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

_SUPERSCRIPTS = str.maketrans("0123456789-−nmxyki", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻ⁿᵐˣʸᵏⁱ")
_TAG = re.compile(
    r"<!--[^\n]{0,400}?-->|</?(?:br|div|span|strong|em|sup|sub|center|font|small|big|h[1-6]|html|body|img|hr|table|tbody|"
    r"thead|t[rdh]|ul|ol|li|mark|del|ins|figure|figcaption|section|article|header|footer|blockquote)"
    r"(?:\s[^<>\n]{0,200})?\s?/?>|<([biupsaq])(?:\s[^<>\n]{0,200})?>(?=[^\n]*?</\1>)|</[biupsaq]>",
    re.IGNORECASE,
)
_PARTING = re.compile(r"</?(?:br|div|h|p|t|ul|ol|li|section|article|blockquote)", re.IGNORECASE)
_RAISED_TAG = re.compile(r"(?<=[\w)])<sup>\s*([\d-]{1,4}|[nmxyki])\s*</sup>", re.IGNORECASE)
_ENTITY = re.compile("&(?:nbsp|lt|gt|amp|quot|middot|mdash|ndash|ensp|emsp|times|deg);")
_ANGLED = re.compile(
    rf"(?<![A-Za-z\d])(?:<{{1,2}}|‹)({HAN}(?:[^<>‹›，。；\n]{{0,30}}[{BASIC_HAN}\w！？)）])?)(?:>{{1,2}}|›)"
    r"|‹([^<>‹›\n]{1,40})›|(?<![A-Za-z\d])<([A-Z][A-Za-z][A-Za-z &:'-]{1,40})>"
)
"""A name between angle brackets, which stand for book marks; a comparison has no second one."""

_CARET = re.compile(r"(?<=[0-9A-Za-z)])\^([-−]?(?:[0-9]{1,3}|[nmxyki](?![A-Za-z])))(?![0-9.])")
_UNIT_SIGN = re.compile("[\u3380-\u33df]")

_FIGURE = r"[\d.,:%～—-]{1,10}"
_UNIT = (
    r"(?:[月分秒号个位次项件条万亿余岁亩吨%‰℃°]|年(?!轻|会|货)"
    r"|日(?![落出照常报])|时(?![代间隔事])|点(?![评赞亮])|名(?![单称牌家])|家(?![庭长园电具])"
    r"|多(?![名家云雨])|元(?![旦首宝])|米(?![粉饭])|人(?![民大口均才员工])|度(?![假过])"
    r"|天(?![气空津然生])|周(?![边围末一二三四五六日])|轮(?![流胎船])|场(?![地馆景面])|座(?![谈位])|套(?!餐)"
    r"|[倍辆级届]|户(?![外籍])|公[里斤顷]|平方|立方|毫|厘|千|小时|美元|欧元)"
)
_MANY = " ?(?:平方|立方|公[里斤顷]|[元万亿吨千人个名户辆件台套亩])"
# Nothing is read differently because an editor or an engine put space around figures and marks.
_SPACING: tuple[tuple[str, Replacement], ...] = (
    (r"(?<=[“‘《〈(，。；：、！？]) | (?=[”’》〉)，。；：、！？])", ""),
    (r"(?<!\d)(?<!\d )(\d) (?:(\d) )?(?:(\d) )?(\d)(?= ?[年月日])", (1, 2, 3, 4)),
    (r"(?<=\d) \. (?=\d)", "."),
    (rf"(?<![\d.,第年月—-])([1-9]\d{{0,2}}) (\d{{3}})(?: (\d{{3}}))?(?={_MANY})", (1, 2, 3)),
    (rf"(?<={HAN}) ({_FIGURE}) (?={HAN})", (1,)),
    (r"(?<=[\d%℃]) ?([-—–~～]{1,2}) ?(?=\d)", (1,)),
    (r"(?<=[\w%]) ?([+=×÷<>≥≤]) ?(?=\w)", (1,)),
    (rf"(?<=第) (?=\d)|(?<=\d) (?={_UNIT})", ""),
)
_SPELLINGS: tuple[tuple[str, Replacement], ...] = (
    (r"° ?C(?![A-Za-z])", "℃"),
    (r"° ?F(?![A-Za-z])", "℉"),
    (r"(?<=[A-Za-z])[•‧∙⋅・](?=[msh](?![A-Za-z]))", "·"),
    (r"。{2,}", "…"),
    (r"(?<=\d)% ?[oO](?![A-Za-z])", "‰"),
    (r"(?<=[一二三四五六七八九零])[○O0](?=[一二三四五六七八九零○O0年])", "零"),
    (r'(?<!\d)"([^"]{1,120})"', ("“", 1, "”")),
    (rf"(?<![\w])'({HAN}[^']{{0,60}})'", ("‘", 1, "’")),
)


def _book_marks(name: re.Match[str]) -> str:
    title = name[1] or name[2] or name[3]
    inside = name.string[: name.start()].endswith("《")
    return f"〈{title}〉" if inside else f"《{title}》"


def _drop_tags(line: TracedText) -> None:
    """Take tags of HTML out: a break in the line becomes a pause, and an exponent is kept."""
    if "<" in line.text:
        line.replace(_RAISED_TAG, lambda raised: raised[1].translate(_SUPERSCRIPTS))
        line.replace(_TAG, lambda tag: " " if _PARTING.match(tag.group()) else "")
    if "&" in line.text:
        line.replace(_ENTITY, lambda entity: html.unescape(entity.group()))


def _unit_in_letters(sign: re.Match[str]) -> str:
    """A unit that is one sign, in letters where an exponent follows or it has no name itself."""
    raised = sign.string[sign.end() : sign.end() + 1] in {"²", "³"}
    keep = sign.group() in SYMBOLS and not raised
    letters = unicodedata.normalize("NFKC", sign.group()).translate(_SPELLING)
    return sign.group() if keep else letters


_Steps = tuple[tuple[re.Pattern[str], Replacement], ...]


@functools.cache
def _steps() -> tuple[_Steps, _Steps]:
    """The replacements in their order, those of spaces last; compiled for the first line."""
    spellings = tuple((re.compile(pattern), put) for pattern, put in _SPELLINGS)
    return spellings, tuple((re.compile(pattern), put) for pattern, put in _SPACING)


def fold(text: str) -> TracedText:
    """Return ``text`` in the spelling that the rules know, without space at either end."""
    line = TracedText(text)
    _drop_tags(line)
    line.replace(_INVISIBLE, "")
    line.replace(_ACCENTED, lambda letter: unicodedata.normalize("NFC", letter.group()))
    line.replace(_WIDE_THOUSANDS, ",")
    line.replace(_SPACE, " ")
    line.strip()
    line.translate(_SPELLING)
    if "<" in line.text or "‹" in line.text:
        line.replace(_ANGLED, _book_marks)
    line.replace(_UNIT_SIGN, _unit_in_letters)
    if "^" in line.text:
        line.replace(_CARET, lambda raised: raised[1].translate(_SUPERSCRIPTS))
    spellings, spacings = _steps()
    for pattern, replacement in (*spellings, *(spacings if " " in line.text else ())):
        line.replace(pattern, replacement)
    return line
