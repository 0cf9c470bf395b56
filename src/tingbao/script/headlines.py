"""What an item is called: its headline for the ear, its name in a list, and a page's name."""

from __future__ import annotations

import re

from tingbao.models import Article, ArticleKind, ParagraphKind
from tingbao.script.aligned import Aligned
from tingbao.script.phrases import Phrase, Phrases
from tingbao.script.reading import read

_LABEL = re.compile(r"第?\s*([A-Za-z]{0,2})\s*([0-9]{1,3})\s*[版页]?")
_HAN_LABEL = re.compile(r"第?\s*([零〇一二三四五六七八九十百]{1,5}|头)\s*[版页]?")
_LINE_BREAK = re.compile(r"(?<=[^\s，。！？；：、·—])\s+(?=[^\s，。！？；：、·—])")
_SPACED_OUT = re.compile(r"(?:\A|\s)\S$")
_SPACED_OUT_AFTER = re.compile(r"\S(?:\s|$)")
_CLAUSES = re.compile(r"[^，。！？；：]+[，。！？；：]?")
_FEWEST, _MOST = 16, 40
"""How long the first words of an item without a title may be, in characters."""


def page_name(label: str) -> str:
    """Return a printed page label for the ear: ``2`` is 第二版, ``A02`` is A二版."""
    found = _LABEL.fullmatch(label.strip())
    if found:
        ordinal = "" if found[1] else "第"
        return read(f"{ordinal}{found[1].upper()}{int(found[2])}版").spoken
    han = _HAN_LABEL.fullmatch(label.strip())
    if han:
        return "头版" if han[1] == "头" else f"第{han[1]}版"
    return label.strip()


def headline_wording(title: str) -> Aligned:
    """Return a title with a short pause where the printed line breaks.

    A word that is only spaced out (通 知) is left to the reading, and so is Latin text.
    """
    return Aligned.substituted(_LINE_BREAK, _break, title)


def _break(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 2) : match.start()]
    after = match.string[match.end() : match.end() + 2]
    spaced_out = _SPACED_OUT.search(before) and _SPACED_OUT_AFTER.match(after)
    latin = before[-1].isascii() and after[0].isascii()
    return match.group() if spaced_out or latin else "，"


def name_of(article: Article, phrases: Phrases) -> str:
    """Return what an item is called in a list of chapters; never empty."""
    if article.title:
        return article.title
    if article.continued_from:
        return phrases.say(Phrase.SECOND_HALF, page=page_name(article.continued_from))
    lead = lead_words(article)
    if article.kind is ArticleKind.PHOTO:
        photo = phrases.say(Phrase.PHOTO)
        return f"{photo}：{lead}" if lead else photo
    return lead or phrases.say(Phrase.UNTITLED)


def lead_words(article: Article) -> str:
    """Return the first clauses of an item's text, for one that has no title."""
    kinds = {ParagraphKind.TEXT, ParagraphKind.LIST, ParagraphKind.CAPTION}
    texts = (paragraph.text for paragraph in article.paragraphs if paragraph.kind in kinds)
    lead = ""
    for clause in _CLAUSES.findall(next(texts, "")):
        lead += clause
        if len(lead) >= _FEWEST:
            break
    return lead[:_MOST].rstrip("，。；：、")
