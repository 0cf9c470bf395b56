"""What parse/ returns: the items of the pages, and what is kept out of them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from enum import StrEnum

from tingbao.models.spans import Box, Origin, PageBreak


class ArticleKind(StrEnum):
    """What an item of the page is."""

    ARTICLE = "article"
    DOCUMENT = "document"
    NOTICE = "notice"
    BRIEF = "brief"
    PHOTO = "photo"


class ParagraphKind(StrEnum):
    """What a block inside an item is."""

    HEADING = "heading"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"


class SkipReason(StrEnum):
    """Why a piece of the page is not read aloud."""

    MASTHEAD = "masthead"
    TOC = "toc"
    FURNITURE = "furniture"
    CREDIT = "credit"
    ADVERT = "advert"
    JUMP = "jump"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class PageLabel:
    """What a page is called: ``A02`` has the letters ``A`` and the number 2.

    A name such as 封面 is all letters, without a number. ``printed`` is the label as it was found;
    labels are equal that name the same page.
    """

    printed: str = field(compare=False)
    letters: str = ""
    number: int | None = None

    @property
    def text(self) -> str:
        """The label in its plainest form: A02 is ``A2``, 第二版 is ``2``, 头版 is ``1``."""
        return self.letters if self.number is None else f"{self.letters}{self.number}"


@dataclass(frozen=True, slots=True)
class Page:
    """One input page: ``number`` counts in input order from 1, ``label`` is what is printed."""

    number: int
    label: PageLabel
    section: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, row by row, without empty rows and without empty cells at their ends.

    ``heads`` names the columns; it is empty where no row does.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in (self.heads, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a credit names, with the office or the institution printed before the name."""

    name: str
    title: str = ""

    @property
    def text(self) -> str:
        """Title and name."""
        return self.title + self.name


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Who sent a piece of news, from where and when: 新华社, 北京, 4月8日, 电; 本报, 讯.

    ``kind`` is empty where only the agency is printed: 据新华社.
    """

    agency: str
    place: str = ""
    date: str = ""
    kind: str = ""

    @property
    def text(self) -> str:
        """All of it, as printed."""
        return self.agency + self.place + self.date + self.kind


@dataclass(frozen=True, slots=True)
class Signature:
    """People of one post, and what they did: 本报记者, 张三 and 李四, 报道."""

    post: str = ""
    people: tuple[Person, ...] = ()
    did: str = ""

    @property
    def text(self) -> str:
        """All of it, with a stroke between the people."""
        return self.post + "、".join(one.text for one in self.people) + self.did


@dataclass(frozen=True, slots=True)
class Credit:
    """Who an article or a picture comes from; ``text`` is as printed, ``parts`` in that order."""

    text: str
    parts: tuple[Dispatch | Signature, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an item, whole and in simplified script.

    ``origins`` names the printed blocks that it was put together from, in order; the first has
    offset 0. A table has its cells in ``table``; its text is a row a line, cells parted by tabs.
    ``credit`` is the one that a caption ends in.
    """

    kind: ParagraphKind
    text: str
    origins: tuple[Origin, ...]
    table: Table | None = None
    credit: Credit | None = None

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.origins[0].page

    @property
    def line(self) -> int | None:
        """The line on which it begins, in the source file of its page."""
        return self.origins[0].line

    @property
    def breaks(self) -> tuple[PageBreak, ...]:
        """Where it goes on on another page."""
        return tuple(
            PageBreak(origin.offset, origin.page)
            for before, origin in itertools.pairwise(self.origins)
            if origin.page != before.page
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One item of the edition, in print order.

    ``head`` says where the parts of its headline and its credit are printed, in order.
    """

    id: str
    kind: ArticleKind
    title: str | None
    pages: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    subtitle: str | None = None
    byline: Credit | None = None
    dateline: str | None = None
    continued_to: PageLabel | None = None
    continued_from: PageLabel | None = None
    head: tuple[Origin, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Skip:
    """A piece of the page that is kept out of the items, and why.

    ``article`` and ``before`` say where it stood when it stood inside an item: before that
    item's paragraph of this index (its length: at the end). ``box`` is its place on the page, None
    where the form has no boxes.
    """

    reason: SkipReason
    text: str
    page: int
    line: int | None
    article: str | None = None
    before: int | None = None
    box: Box | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something a person may want to look at; nothing was lost because of it."""

    message: str
    page: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A character that simplified script has too, taken for traditional: ``near`` as printed."""

    printed: str
    became: str
    near: str
    page: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    """All items of the given pages; ``paper``, ``date`` and ``issue`` only as far as printed.

    ``conversions`` tells what was done with the pages and is no part of what the edition is.
    """

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    skipped: tuple[Skip, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    paper: str | None = None
    date: dt.date | None = None
    issue: str | None = None
    conversions: tuple[Conversion, ...] = field(default=(), compare=False)
