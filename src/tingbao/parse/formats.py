"""An edition as JSON, as Markdown that a person can edit, and the signs of its boundaries."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tingbao.errors import InputError
from tingbao.models import (
    Article,
    ArticleKind,
    Credit,
    Edition,
    Origin,
    Page,
    PageLabel,
    Paragraph,
    ParagraphKind,
)
from tingbao.parse.boundaries import ArticleBoundary, Sign, score
from tingbao.parse.reflow import table_of
from tingbao.text.credits import caption_credit, read_credit
from tingbao.text.labels import read_label

_PAGE = ("number", "label", "section", "source")
_HEADER = ("id", "kind", "kicker", "title", "subtitle", "byline", "dateline", "pages")
_JUMPS = ("continued_to", "continued_from")
_SKIP = ("reason", "text", "page", "line")
_WARNING = ("message", "page", "line")


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """The contract's JSON shape."""
    return {
        "pages": [{**_fields(page, _PAGE), "label": page.label.printed} for page in edition.pages],
        "articles": [
            {
                **_fields(article, _HEADER + _JUMPS),
                "paragraphs": [_fields(one, ("kind", "text")) for one in article.paragraphs],
            }
            for article in edition.articles
        ],
        "skipped": [_fields(skip, _SKIP) for skip in edition.skipped],
        "warnings": [_fields(warning, _WARNING) for warning in edition.warnings],
    }


def _fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(value, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, PageLabel | Credit):
        return value.text
    return list(value) if isinstance(value, tuple) else value


def boundaries_as_text(pages: Iterable[tuple[Page, Iterable[ArticleBoundary]]]) -> str:
    """Each boundary with its place, its text, the decision and the signs behind it."""
    return "\n\n".join(
        "\n".join(_boundary(page, boundary))
        for page, boundaries in pages
        for boundary in boundaries
    )


def _boundary(page: Page, boundary: ArticleBoundary) -> Iterator[str]:
    line = boundary.origin.line
    place = f"{page.source}, page {page.number}" if line is None else f"{page.source}:{line}"
    total = score(boundary.signs)
    shown = f" (score {total:+.1f})" if math.isfinite(total) else ""
    yield f"{place}: {boundary.decision}{shown}: {' '.join(boundary.text.split())}"
    yield from map(_sign, boundary.signs)
    if boundary.part is not None:
        yield f"    {'part':>7}  {boundary.part.name} ({boundary.part.where})"


def _sign(sign: Sign) -> str:
    alone = "for" if sign.weight > 0 else "against"
    weight = f"{sign.weight:+.1f}" if math.isfinite(sign.weight) else alone
    return f"    {weight:>7}  {sign.name} ({sign.where})"


_MARK = "<!-- tingbao-edition"
_COMMENT = re.compile(r"<!-- (?P<name>tingbao-edition|page|item|turn)(?P<fields>.*) -->$")
_FIELD = re.compile(r" \| (?P<key>[a-z]+): (?P<value>(?:[^|\\]|\\.)*?)(?= \| |$)")
_TURN = re.compile(r"\\.|<!-- turn \| page: (\d+) -->")
_CELL = re.compile(r"(?: |^)((?:[^|\\]|\\.)*?) \|")
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[\\|>\n]")
_PREFIXES = {
    ParagraphKind.HEADING: "#### ",
    ParagraphKind.LIST: "- ",
    ParagraphKind.CAPTION: "> ",
}
_ZONE = (("### ", "kicker"), ("# ", "title"), ("## ", "subtitle"))
_STARTS = tuple("#->|*_<")


def edition_as_markdown(edition: Edition) -> str:
    """The edition as Markdown; :func:`edition_from_markdown` gives the same articles."""
    return "\n\n".join(_blocks(edition)) + "\n"


def is_edition_markdown(text: str) -> bool:
    """Whether the text is what :func:`edition_as_markdown` made, edited or not."""
    return text.lstrip("\ufeff\n\r ").startswith(_MARK)


def edition_from_markdown(text: str, shown: str) -> Edition:
    """The edition in ``text``; ``shown`` names the file in messages.

    Raises:
        InputError: a comment is damaged, or no article is left; names the line.
    """
    reader = _Reader(shown)
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if line.strip():
            reader.read(line.removesuffix("\r"), number)
    return reader.edition()


# --- writing --------------------------------------------------------------------------------


def _blocks(edition: Edition) -> Iterator[str]:
    date = edition.date.isoformat() if edition.date else None
    yield _comment("tingbao-edition", paper=edition.paper, date=date, issue=edition.issue)
    for page in edition.pages:
        yield _comment("page", label=page.label.printed, section=page.section, source=page.source)
    for article in edition.articles:
        yield from _article(article)


def _article(article: Article) -> Iterator[str]:
    yield _comment(
        "item",
        id=article.id,
        kind=article.kind.value,
        pages=",".join(map(str, article.pages)),
        to=_text_of(article.continued_to),
        back=_text_of(article.continued_from),
    )
    for mark, name in _ZONE:
        if (text := getattr(article, name)) is not None:
            yield mark + _escape(text)
    if article.byline is not None:
        yield f"*{_escape(article.byline.text)}*"
    if article.dateline is not None:
        yield f"_{_escape(article.dateline)}_"
    page = article.pages[0]
    for paragraph in article.paragraphs:
        if paragraph.page != page:
            page = paragraph.page
            yield _comment("turn", page=str(page))
        yield _paragraph(paragraph)
        page = paragraph.breaks[-1].page if paragraph.breaks else page


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind is ParagraphKind.TABLE:
        return "\n".join(_row(line) for line in paragraph.text.split("\n"))
    text = "".join(_with_turns(paragraph))
    if prefix := _PREFIXES.get(paragraph.kind):
        return prefix + text
    return "\\" + text if text.startswith(_STARTS) else text


def _with_turns(paragraph: Paragraph) -> Iterator[str]:
    """The text, with a comment where it goes on on another page."""
    at = 0
    for one in paragraph.breaks:
        yield _escape(paragraph.text[at : one.offset])
        yield _comment("turn", page=str(one.page))
        at = one.offset
    yield _escape(paragraph.text[at:])


def _row(line: str) -> str:
    return "| " + " | ".join(map(_escape_field, line.split("\t"))) + " |"


def _comment(name: str, **fields: str | None) -> str:
    kept = ((key, value) for key, value in fields.items() if value is not None)
    return f"<!-- {name}{''.join(f' | {key}: {_escape_field(value)}' for key, value in kept)} -->"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("<!--", "\\<!--")


def _escape_field(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\n" if found[0] == "\n" else "\\" + found[0], text)


# --- reading --------------------------------------------------------------------------------


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


@dataclass(slots=True)
class _Item:
    """An article being read: the fields of its comment, its headline zone, its paragraphs."""

    fields: dict[str, str]
    line: int
    page: int
    known: Callable[[int], int]
    zone: dict[str, str] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def read(self, line: str, number: int) -> None:
        if line.startswith("|"):
            self._row(line, number)
            return
        self.rows = []
        if not self.paragraphs and self._is_zone(line):
            return
        kind, text = _kind_of(line)
        plain, origins = self._turns(text, number)
        credit = caption_credit(plain) if kind is ParagraphKind.CAPTION else None
        self.paragraphs.append(Paragraph(kind, plain, origins, credit=credit))

    def _turns(self, line: str, number: int) -> tuple[str, tuple[Origin, ...]]:
        """The text of a line without its comments, and the pages that they name."""
        text, at = "", 0
        origins = [Origin(self.page, number)]
        for found in _TURN.finditer(line):
            if found[1]:
                text += _unescape(line[at : found.start()])
                at, self.page = found.end(), self.known(int(found[1]))
                origins.append(Origin(self.page, number, len(text)))
        return text + _unescape(line[at:]), tuple(origins)

    def _is_zone(self, line: str) -> bool:
        for mark, name in _ZONE:
            if line.startswith(mark):
                self.zone[name] = _unescape(line[len(mark) :])
                return True
        for mark, name in (("*", "byline"), ("_", "dateline")):
            if len(line) > 1 and line.startswith(mark) and line.endswith(mark):
                self.zone[name] = _unescape(line[1:-1])
                return True
        return False

    def _row(self, line: str, number: int) -> None:
        row = [_unescape(cell) for cell in _CELL.findall(line[1:])]
        if not self.rows:
            origins = (Origin(self.page, number),)
            self.paragraphs.append(Paragraph(ParagraphKind.TABLE, "", origins))
        self.rows.append(row)
        text = "\n".join(map("\t".join, self.rows))
        self.paragraphs[-1] = replace(self.paragraphs[-1], text=text, table=table_of(self.rows))


class _Reader:
    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.header: dict[str, str] = {}
        self.pages: list[Page] = []
        self.items: list[_Item] = []

    def read(self, line: str, number: int) -> None:
        if line.startswith("<!--"):
            self._comment(line, number)
        elif self.items:
            with self._as_input_error(number):
                self.items[-1].read(line, number)
        else:
            raise InputError("text before the first item", self.shown, number)

    def edition(self) -> Edition:
        if not self.items:
            raise InputError("no article found", self.shown)
        date = self.header.get("date")
        return Edition(
            tuple(self.pages),
            tuple(self._article(item) for item in self.items),
            paper=self.header.get("paper"),
            date=dt.date.fromisoformat(date) if date else None,
            issue=self.header.get("issue"),
        )

    def _comment(self, line: str, number: int) -> None:
        found = _COMMENT.match(line)
        if found is None:
            raise InputError("a damaged comment; take it from a fresh copy", self.shown, number)
        pairs = _FIELD.findall(found["fields"])
        fields = {key: _unescape(value) for key, value in pairs}
        with self._as_input_error(number):
            self._place(found["name"], fields, number)

    @contextlib.contextmanager
    def _as_input_error(self, number: int) -> Iterator[None]:
        try:
            yield
        except (KeyError, ValueError) as error:
            raise InputError(
                "a damaged comment; take it from a fresh copy", self.shown, number
            ) from error

    def _place(self, name: str, fields: dict[str, str], number: int) -> None:
        if name == "page":
            self.pages.append(
                Page(
                    len(self.pages) + 1,
                    read_label(fields["label"]),
                    fields.get("section"),
                    fields["source"],
                )
            )
        elif name == "item":
            self.items.append(_Item(fields, number, self._pages(fields)[0], self._known))
            ArticleKind(fields["kind"])
        elif name == "turn":
            self.items[-1].page = self._known(int(fields["page"]))
        else:
            self.header = fields
            dt.date.fromisoformat(fields.get("date", "2000-01-01"))

    def _pages(self, fields: dict[str, str]) -> tuple[int, ...]:
        return tuple(self._known(int(page)) for page in fields["pages"].split(","))

    def _known(self, page: int) -> int:
        if not 1 <= page <= len(self.pages):
            raise ValueError(page)
        return page

    def _article(self, item: _Item) -> Article:
        return Article(
            id=item.fields.get("id", ""),
            kind=ArticleKind(item.fields["kind"]),
            title=item.zone.get("title"),
            pages=self._pages(item.fields),
            paragraphs=tuple(item.paragraphs),
            kicker=item.zone.get("kicker"),
            subtitle=item.zone.get("subtitle"),
            byline=read_credit(byline) if (byline := item.zone.get("byline")) else None,
            dateline=item.zone.get("dateline"),
            continued_to=_label(item.fields.get("to")),
            continued_from=_label(item.fields.get("back")),
        )


def _kind_of(line: str) -> tuple[ParagraphKind, str]:
    for kind, prefix in _PREFIXES.items():
        if line.startswith(prefix):
            return kind, line[len(prefix) :]
    return ParagraphKind.TEXT, line


def _label(written: str | None) -> PageLabel | None:
    return None if written is None else read_label(written)


def _text_of(label: PageLabel | None) -> str | None:
    return None if label is None else label.text
