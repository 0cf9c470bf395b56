"""How titles, names of pages, telephone numbers and tables are put for the ear."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tingbao.models import Article, ArticleKind, PageLabel, ParagraphKind
from tingbao.script.aligned import Aligned
from tingbao.script.phrases import Phrase, Phrases
from tingbao.script.reading import read
from tingbao.text.han import BASIC_HAN

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

_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_UNIT = re.compile(r"^(.+?)\s*[（(]([^（）()]{1,8})[）)]$")
_NUMBER = re.compile(r"[-+]?[\d,.]+")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d年?$|\d{1,2}[月日]|\d季度)[-+±]?[\d,.]+\s*\S{0,4}$")
_CALENDAR = re.compile(r"[\d年月日]$")
_NOTHING = re.compile(r"[-—–/／\s…·*]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table; ``heads`` is empty where no row heads the columns.

    ``lines`` are the rows as printed, each beside its row in ``rows``.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]

    @property
    def columns(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in (self.heads, *self.rows)), default=0)

    @property
    def is_small(self) -> bool:
        """Whether it can be followed when it is read row by row."""
        return (
            len(self.rows) <= MOST_ROWS
            and self.columns <= MOST_COLUMNS
            and sum(map(len, self.lines)) <= MOST_CHARACTERS
        )

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Each row as printed and as it is put for the ear: its first cell, then head and cell."""
        for line, row in zip(self.lines, self.rows, strict=True):
            said = [_entry(head, cell) for head, cell in self._headed(row) if _says(cell)]
            if said:
                yield line, "，".join(said) + "。"

    def _headed(self, row: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for column, cell in enumerate(row):
            head = self.heads[column] if column < len(self.heads) else ""
            yield (head if column or _FIGURE.match(cell) else ""), cell


def grid_of(text: str) -> Grid:
    """Take a table apart: a row a line, cells between tabs or ``|``."""
    lines = [line for line in text.split("\n") if line.strip() and not _RULE.fullmatch(line)]
    rows = [_cells(line) for line in lines]
    headed = len(rows) > 1 and len(rows[0]) > 1 and not any(map(_FIGURE.match, rows[0][1:]))
    first = int(headed)
    heads = rows[0] if headed else ()
    return Grid(heads, tuple(rows[first:]), tuple(line.strip() for line in lines[first:]))


def _cells(line: str) -> tuple[str, ...]:
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip() for cell in inner.split("|"))


def _says(cell: str) -> bool:
    return not _NOTHING.fullmatch(cell)


def _entry(head: str, cell: str) -> str:
    """``产量（万吨）`` and ``120`` are said 产量120万吨; the unit comes behind its figure."""
    found = _UNIT.fullmatch(head)
    if found and _NUMBER.fullmatch(cell):
        return f"{found[1]}{cell}{found[2]}"
    between = "，" if _CALENDAR.search(head) and cell[0].isdigit() else ""
    return f"{head}{between}{cell}"
