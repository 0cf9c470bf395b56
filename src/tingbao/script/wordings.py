"""How titles, credits, names of pages, telephone numbers and tables are put for the ear."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from tingbao.models import (
    Article,
    ArticleKind,
    Credit,
    Dispatch,
    PageLabel,
    ParagraphKind,
    Signature,
    Table,
)
from tingbao.script.aligned import Aligned
from tingbao.script.phrases import Phrase, Phrases
from tingbao.script.reading import read
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import is_figure

_LINE_BREAK = re.compile(r"(?<=[^\s，。！？；：、·—])\s+(?=[^\s，。！？；：、·—])")
_SPACED_OUT = re.compile(r"(?:\A|\s)\S$")
_SPACED_OUT_AFTER = re.compile(r"\S(?:\s|$)")
_CLAUSES = re.compile(r"[^，。！？；：]+[，。！？；：]?")
_FEWEST, _MOST = 16, 40
"""How long the first words of an item without a title may be, in characters."""


def page_name(label: PageLabel) -> str:
    """Return what a page is called for the ear: ``2`` is 第二版, ``A02`` is A二版."""
    printed = label.printed.strip()
    if label.number is None or printed == "头版":
        return printed
    ordinal = "" if label.letters else "第"
    return read(f"{ordinal}{label.letters}{label.number}版").spoken


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


def credit_wording(credit: Credit) -> Aligned:
    """Return a credit as one sentence for the ear that stands for all of the printed one.

    Dates in it are left to the reading.
    """
    said = "".join(map(_part, (None, *credit.parts), credit.parts))
    return Aligned(((credit.text, f"{said}。" if said else ""),))


def _part(before: Dispatch | Signature | None, part: Dispatch | Signature) -> str:
    """A part with the mark in front of it: a dispatch behind names is one of their row."""
    mark = "，" if before else ""
    if isinstance(part, Signature):
        return mark + part.text
    if isinstance(before, Signature) and before.post and before.people and not before.did:
        mark = "、"
    return mark + part.text + ("" if part.kind else "消息")


def caption_wording(caption: str, credit: Credit | None) -> Aligned:
    """Return a caption with the credit that it ends in as a sentence of its own."""
    if credit is None:
        return Aligned.copy(caption)
    before = caption.removesuffix(credit.text).rstrip()
    joint = "" if not before or before[-1] in "。！？”" else "，"
    said = f"{joint}{credit_wording(credit).result}"
    return Aligned(((before, before), (caption[len(before) :], said)))


def name_of(article: Article, phrases: Phrases) -> str:
    """Return what an item is called in a list of chapters; never empty."""
    if article.title:
        return article.title
    if article.continued_from:
        return phrases.say(Phrase.SECOND_HALF, page=page_name(article.continued_from))
    lead = _lead_words(article)
    if article.kind is ArticleKind.PHOTO:
        photo = phrases.say(Phrase.PHOTO)
        return f"{photo}：{lead}" if lead else photo
    return lead or phrases.say(Phrase.UNTITLED)


def _lead_words(article: Article) -> str:
    """Return the first clauses of an item's text, for one that has no title."""
    kinds = {ParagraphKind.TEXT, ParagraphKind.LIST, ParagraphKind.CAPTION}
    texts = (paragraph.text for paragraph in article.paragraphs if paragraph.kind in kinds)
    lead = ""
    for clause in _CLAUSES.findall(next(texts, "")):
        lead += clause
        if len(lead) >= _FEWEST:
            break
    return lead[:_MOST].rstrip("，。；：、")


# --- telephone numbers and addresses of public notices ----------------------------------------

_RUN = re.compile(r"[零一二三四五六七八九幺]{6,}")
_WORD = rf"[A-Za-z{BASIC_HAN}]{{1,24}}"
_SPELLED = re.compile(rf"[A-Za-z](?: {_WORD}){{0,64}} at {_WORD}(?: {_WORD}){{0,64}}")


def slowly(spoken: str) -> Aligned:
    """Return words as read with pauses in what a listener writes down.

    Digits come in threes and fours; an address pauses at its figures and signs.
    """
    spelled = Aligned.substituted(_SPELLED, _at_signs, spoken)
    return spelled.then(Aligned.substituted(_RUN, _in_groups, spelled.result))


def _in_groups(match: re.Match[str]) -> str:
    """Threes first, then fours: 11 digits are 3-4-4. Every length from six on falls so."""
    digits = iter(match.group())
    length = len(match.group())
    threes = -length % 4
    sizes = [3] * threes + [4] * ((length - 3 * threes) // 4)
    return "，".join("".join(itertools.islice(digits, size)) for size in sizes)


def _at_signs(match: re.Match[str]) -> str:
    text = re.sub(r" (点|杠|下划线) ", r"，\1", match.group())
    text = re.sub(r" at ", "，at，", text)
    return re.sub(rf" (?=[{BASIC_HAN}])|(?<=[{BASIC_HAN}]) ", "，", text)


# --- tables ------------------------------------------------------------------------------------

MOST_ROWS = 10
MOST_COLUMNS = 5
MOST_CHARACTERS = 400
"""Beyond these a listener cannot follow; it is about a minute and a half of speech."""

_UNIT = re.compile(r"^(.+?)\s*[（(]([^（）()]{1,8})[）)]$")
_NUMBER = re.compile(r"[-+]?[\d,.]+")
_CALENDAR = re.compile(r"[\d年月日]$")
_NOTHING = re.compile(r"[-—–/／\s…·*]*")


def is_small(table: Table) -> bool:
    """Whether a table can be followed when it is read row by row."""
    return (
        len(table.rows) <= MOST_ROWS
        and table.columns <= MOST_COLUMNS
        and sum(len("\t".join(row).strip()) for row in table.rows) <= MOST_CHARACTERS
    )


def row_wordings(table: Table) -> Iterator[Aligned]:
    """Each row as it is put for the ear: its first cell, then the head and the cell of others."""
    for row in table.rows:
        pairs: list[tuple[str, str]] = []
        for column, (head, cell) in enumerate(_headed(table, row)):
            between = "\t" if column else ""
            if _NOTHING.fullmatch(cell):
                pairs.append((between + cell, ""))
            else:
                said = any(words for _, words in pairs)
                pairs += [(between, "，" if said else ""), *_entry(head, cell)]
        if any(words for _, words in pairs):
            yield Aligned((*pairs, ("", "。")))


def _headed(table: Table, row: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column, cell in enumerate(row):
        head = table.heads[column] if column < len(table.heads) else ""
        yield (head if column or is_figure(cell) else ""), cell


def _entry(head: str, cell: str) -> Iterator[tuple[str, str]]:
    """``产量（万吨）`` and ``120`` are said 产量120万吨; the unit comes behind its figure."""
    found = _UNIT.fullmatch(head)
    if found and _NUMBER.fullmatch(cell):
        return iter((("", found[1]), (cell, cell), ("", found[2])))
    between = "，" if _CALENDAR.search(head) and cell[0].isdigit() else ""
    return iter((("", head + between), (cell, cell)))
