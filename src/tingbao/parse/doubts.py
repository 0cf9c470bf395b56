"""What a person may want to look at: signs that OCR lost or doubled something.

Wording is never mended here; a doubt names its page and line and leaves the text as printed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from tingbao.models import Article, Paragraph, ParseWarning
from tingbao.parse.outline import outline_mark
from tingbao.text.han import HAN

_DOUBLED = re.compile(r"(?<!目)的的|少少|与与|及及|其其|且且|但但|因因|被被|把把")
"""Characters that no sentence doubles, as far as a parser without a dictionary can know."""

_TRIPLED = re.compile(rf"([{HAN}])\1\1")
_LAUGHTER = frozenset("哈呵嘿嘻啊哇呀噢哦嗯啦咚叮铛轰滴嗒汪喵咯呜唉哎嘟〇零一二三四五六七八九十")
_REPEATED = re.compile(rf"([{HAN}]{{3,12}})\1")
_MOST = 3
"""Repetitions of one kind that are named in one paragraph."""

_ORDER = ("part", "chapter", "section", "han", "han-bracket", "digit", "digit-bracket", "circle")


def doubts_of(articles: Iterable[Article]) -> list[ParseWarning]:
    """Gaps in numbering and odd repetitions in the articles, in print order."""
    return [doubt for article in articles for doubt in _of_article(article)]


def _of_article(article: Article) -> Iterator[ParseWarning]:
    last: dict[str, int] = {}
    for paragraph in article.paragraphs:
        yield from _gap(paragraph, last)
        yield from _repeats(paragraph)


def _gap(paragraph: Paragraph, last: dict[str, int]) -> Iterator[ParseWarning]:
    mark = outline_mark(paragraph.text)
    if mark is None or mark[0] not in _ORDER:
        return
    kind, number = mark
    before = last.get(kind)
    if before is not None and number > before + 1:
        yield _doubt(paragraph, f"numbering goes from {before} to {number} at", paragraph.text)
    last[kind] = number


def _repeats(paragraph: Paragraph) -> Iterator[ParseWarning]:
    text = paragraph.text
    for pattern in (_DOUBLED, _TRIPLED, _REPEATED):
        for found in itertools.islice(pattern.finditer(text), _MOST):
            if found[0][0] not in _LAUGHTER:
                near = text[max(0, found.start() - 4) : found.end() + 4]
                yield _doubt(paragraph, f"“{found[0]}” may be printed once too often in", near)


def _doubt(paragraph: Paragraph, what: str, near: str) -> ParseWarning:
    shown = near if len(near) <= 24 else near[:23] + "…"
    return ParseWarning(f"{what} “{shown}”", paragraph.page, paragraph.line)
