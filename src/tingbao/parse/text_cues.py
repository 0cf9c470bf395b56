"""What the words of a text show by themselves: sentence ends, outline numbers, news openings."""

from __future__ import annotations

import re

from tingbao.text.numerals import HAN_NUMERALS, number_of

_CLOSERS = "”’」』）)】》〉\\]\"'"
_SENTENCE_END = re.compile(
    rf"[。！？!?…][{_CLOSERS}]*$|[.](?:[”\"])?$|[。！？!?][{_CLOSERS}]*\s*[（(][^（()）]{{1,60}}[）)]$"
)


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends here; a closing quote alone ends none."""
    return bool(_SENTENCE_END.search(text[-80:].rstrip()))


_MARKS = str.maketrans(",:;?!()「」『』", "，：；？！（）“”‘’")


def with_usual_marks(text: str) -> str:
    """The text with full-width marks and the quotes of the mainland, as long as before."""
    return text.translate(_MARKS)


_OUTLINE_MARKS = (
    ("part", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?[篇编卷]")),
    ("chapter", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?章")),
    ("section", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?节")),
    ("article", re.compile(rf"第\s?([{HAN_NUMERALS}\d]{{1,4}})\s?条(?=[\s　：:]|$)")),
    ("han", re.compile(rf"([{HAN_NUMERALS}]{{1,3}})\s?[、．]")),
    ("han-bracket", re.compile(rf"[（(]\s?([{HAN_NUMERALS}]{{1,3}})\s?[）)]")),
    ("digit", re.compile(r"(\d{1,2})\s?(?:[、．]|\.(?!\d))")),
    ("digit-bracket", re.compile(r"[（(]\s?(\d{1,2})\s?[）)]")),
    ("digit-half", re.compile(r"(\d{1,2})\s?[）)]")),
    ("circle", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])")),
)
_BULLET = re.compile(r"[•●○◆◇■□▲△★☆·※►▶➤✓√]\s*\S")
_LONGEST_BULLET_ITEM = 40
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def outline_mark(text: str) -> tuple[str, int] | None:
    """The kind and the number of the outline mark that the text begins with, if it does."""
    head = text[:10]
    for kind, pattern in _OUTLINE_MARKS:
        if found := pattern.match(head):
            printed = found[1]
            number = _CIRCLES.index(printed) + 1 if kind == "circle" else number_of(printed)
            if number is not None:
                return kind, number
    return None


def is_list_item(text: str) -> bool:
    """Whether the text begins with an outline mark or a bullet."""
    return outline_mark(text) is not None or bool(_BULLET.match(text))


def is_short_item(text: str) -> bool:
    """Whether the text is a short item of a bulleted list, which needs no full stop."""
    return len(text) <= _LONGEST_BULLET_ITEM and bool(_BULLET.match(text))


_NEWS_OPENING = re.compile(
    r"(?:近日|日前|昨日|昨天|昨晚|昨|前天|前晚|今日|今天|今晨|当地时间|记者|连日来|"
    rf"(?:[\d{HAN_NUMERALS}]{{1,3}}月)?[\d{HAN_NUMERALS}]{{1,3}}日(?:[，上下晚至起]|[^期常]))"
)
"""How a piece of news begins, and the part of a longer one seldom does."""

_NEWS_CLAUSE = re.compile(
    r"近日|日前|[昨前][天晚]|昨日|今[日天晨]|明[日天]起?|[今即]日?起|[上本]周(?![边年密])|(?<![\d年])(?:\d{1,2}月)?\d{1,2}日(?![期常均])|据.{2,12}报道"
)
"""What shows a piece of news within its first clause: when it happened, or who reported it."""

_FIRST_CLAUSE = 24


def tells_news(text: str) -> bool:
    """Whether a text opens as news does: when it happened, or who reported it."""
    return bool(_NEWS_OPENING.match(text) or _NEWS_CLAUSE.search(text[:_FIRST_CLAUSE]))


_ENTRY = re.compile(
    r"(?:\d{1,2}月\d{1,2}日|周[一二三四五六日]|星期[一二三四五六日])?\s*\d{1,2}[:：]\d{2}(?!\d)|[A-Z]?\d{1,3}路[:：]"
)


_LONGEST_ENTRY = 60


def is_entry(text: str) -> bool:
    """Whether the text is an entry of a timetable: 9月8日 7:00—17:00 城关线."""
    return len(text) <= _LONGEST_ENTRY and bool(_ENTRY.match(text))
