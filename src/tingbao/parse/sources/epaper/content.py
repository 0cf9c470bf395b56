"""The content of a web article as blocks: paragraphs, headings, tables, captions of pictures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from tingbao.parse.blocks import Block, BlockKind
from tingbao.parse.sources.epaper.document import INVISIBLE, UNREAD, flat_text
from tingbao.parse.sources.epaper.templates import templates
from tingbao.parse.sources.markup import Cell, span, spread
from tingbao.parse.text_cues import ends_sentence
from tingbao.text.han import HAN, count_han, has_han, squash, tidy

_BREAK = "\x1e"
"""What a ``<br>`` is while a paragraph is put together; no text holds it."""

_BLOCKS = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption"),
        *("section", "article", "main", "header", "footer", "aside", "nav", "blockquote", "pre"),
        *("center", "address", "hr", "form", "fieldset", "body", "html", "details", "summary"),
        "founder-content",
    }
)
_BOLD = frozenset({"b", "strong"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SAVED_HIDDEN = "sf-hidden"
"""The class by which SingleFile marks what the page did not show when it was saved."""
_INDENT = re.compile(r"[ \t\r\n]*[\u3000\u00a0\u2002\u2003]{2}")
_SEAM = re.compile(rf"(?<=[{HAN}，。、；：！？”’）》])\s*\n\s*(?=[{HAN}“‘（《])")
_SPACES = re.compile(r"\s+")
_VERSE_LINES = 3
_LONGEST_VERSE = 24
_LONGEST_CAPTION = 300
_LONGEST_ASIDE = 60
_MOST_CAPTIONS = 2
_LONGEST_CELL = 200
_SHORTEST_WRAPPED = 16
_FEWEST_CELLS = 2


@dataclass(slots=True)
class _Run:
    text: str
    bold: bool
    linked: bool
    element: etree._Element


@dataclass(slots=True)
class _Paragraph:
    runs: list[_Run] = field(default_factory=list)

    def lines(self) -> list[str]:
        return "".join(run.text for run in self.runs).split(_BREAK)

    def inked(self) -> list[_Run]:
        return [run for run in self.runs if run.text.strip(f" \u3000\u00a0\t\n{_BREAK}")]

    def is_link(self) -> bool:
        linked = [run.linked for run in self.inked() if has_han(run.text)]
        return bool(linked) and all(linked)

    def parts(self) -> Iterator[_Paragraph]:
        """The paragraph, or where lines of it are links and others not, each stretch of them."""
        lines = [_Paragraph()]
        for run in self.runs:
            first, *others = run.text.split(_BREAK)
            lines[-1].runs.append(replace(run, text=first))
            lines.extend(_Paragraph([replace(run, text=f"{_BREAK}{text}")]) for text in others)
        kinds = {line.is_link() for line in lines if line.inked()}
        if len(kinds) < 2:
            yield self
            return
        for _, stretch in itertools.groupby(lines, lambda line: line.inked() and line.is_link()):
            yield _Paragraph([run for line in stretch for run in line.runs])


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the element that its text begins in, and whether all of it is links.

    ``linked`` counts the Han characters of links in the paragraph that it is of.
    """

    block: Block
    element: etree._Element
    is_link: bool = False
    linked: int = 0


def blocks_in(root: etree._Element) -> list[Block]:
    """The blocks of an element's text in order, every character of it in one of them."""
    return [placed.block for placed in placed_in(root)]


def placed_in(root: etree._Element, without: Collection[etree._Element] = ()) -> list[Placed]:
    """The blocks of an element's text with their places, the elements ``without`` left out."""
    return _Collector(root, without).collect()


def captions_in(element: etree._Element) -> list[Block]:
    """The texts beside the picture in ``element``, each as a caption."""
    return [placed.block for placed in _captions(element, ())]


def _captions(element: etree._Element, without: Collection[etree._Element]) -> Iterator[Placed]:
    for placed in _Collector(element, without, pictures=False).collect():
        if placed.block.text:
            yield replace(placed, block=Block(placed.block.text, kind=BlockKind.CAPTION))


def is_picture(element: etree._Element) -> bool:
    """Whether the element is a picture with what is printed under it, and nothing more."""
    if element.tag == "figure" or templates().caption.matches(element):
        return True
    if element.tag != "table" or element.find(".//table") is not None:
        return False
    rows = sum(has_han(flat_text(row)) for row in element.iter("tr"))
    lines = sum(1 for _ in element.iter("p", "li", "h1", "h2", "h3", "div", "br"))
    if element.find(".//img") is None or rows > _MOST_CAPTIONS or lines > 2 * _MOST_CAPTIONS:
        return False
    return len(flat_text(element)) <= _LONGEST_CAPTION


def is_hidden(element: etree._Element) -> bool:
    """Whether a page does not show the element, by its own words."""
    style = element.get("style", "")
    return (
        element.get("hidden") is not None
        or _HIDDEN.search(style) is not None
        or _SAVED_HIDDEN in element.get("class", "").split()
    )


def _keeps_breaks(element: etree._Element) -> bool:
    return element.tag == "pre" or _PRE.search(element.get("style", "")) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line around an article's text; ``is_link`` if all of it leads to another page."""

    text: str
    is_link: bool = False
    is_below: bool = False


def lines_around(body: etree._Element, content: etree._Element | None = None) -> list[Line]:
    """All that is seen of a page outside ``content``, line by line, with Han characters in it."""
    return _Surroundings(content).lines(body)


class _Surroundings:
    def __init__(self, content: etree._Element | None) -> None:
        self.content = content
        self.runs: list[tuple[str, bool]] = []
        self.found: list[Line] = []
        self.links = 0
        self.is_below = False

    def lines(self, body: etree._Element) -> list[Line]:
        walker = etree.iterwalk(body, events=("start", "end"))
        passed: etree._Element | None = None
        for event, element in walker:
            if element.tag in _BLOCKS or element.tag == "br":
                self._flush()
            if event == "start":
                if self._is_passed(element):
                    passed = element
                    walker.skip_subtree()
                else:
                    self.links += element.tag == "a"
                    self._add(element.text)
                continue
            self.links -= element.tag == "a" and element is not passed
            if element is not body:
                self._add(element.tail)
        self._flush()
        return self.found

    def _is_passed(self, element: etree._Element) -> bool:
        if element is self.content:
            self._flush()
            self.is_below = True
            return True
        return element.tag in INVISIBLE or is_hidden(element)

    def _add(self, text: str | None) -> None:
        if text:
            self.runs.append((text, self.links > 0 or text.isspace()))

    def _flush(self) -> None:
        text = _clean("".join(text for text, _ in self.runs))
        if has_han(text):
            is_link = all(linked for _, linked in self.runs)
            self.found.append(Line(text, is_link, self.is_below))
        self.runs.clear()


class _Collector:
    def __init__(
        self,
        root: etree._Element,
        without: Collection[etree._Element] = (),
        *,
        pictures: bool = True,
    ) -> None:
        self.root = root
        self.without = without
        self.pictures = pictures
        self.blocks: list[Placed] = []
        self.paragraph = _Paragraph()
        self.bold = 0
        self.links = 0
        self.level = 0
        self.listed = 0
        self.kept_breaks = 0

    def collect(self) -> list[Placed]:
        walker = etree.iterwalk(self.root, events=("start", "end"))
        passed: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if not self._enter(element):
                    passed = element
                    walker.skip_subtree()
                continue
            if element is not passed:
                self._leave(element)
            if element is not self.root:
                self._add(element.tail, element.getparent())
        self._flush()
        return self.blocks

    def _enter(self, element: etree._Element) -> bool:
        """Begin an element; False where its inside is not to be walked."""
        tag = element.tag
        if tag in UNREAD or tag in templates().fields:
            return False
        if element in self.without:
            self._flush()
            return False
        if tag in _BLOCKS:
            self._flush()
        if tag in _BLOCKS and element is not self.root and self._take_whole(element):
            return False
        self.bold += tag in _BOLD
        self.links += tag == "a"
        self.listed += tag == "li"
        self.kept_breaks += _keeps_breaks(element)
        self.level = _HEADINGS.get(tag, self.level)
        self._add(_BREAK if tag == "br" else element.text, element)
        return True

    def _take_whole(self, element: etree._Element) -> bool:
        """Take a picture with its captions, or a data table, as it stands."""
        if not self.pictures:
            return False
        if is_picture(element):
            self.blocks.extend(_captions(element, self.without))
            return True
        rows = _rows(element) if element.tag == "table" else ()
        if rows:
            self.blocks.append(Placed(Block("", kind=BlockKind.TABLE, rows=rows), element))
        return bool(rows)

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        self.bold -= tag in _BOLD
        self.links -= tag == "a"
        self.listed -= tag == "li"
        self.kept_breaks -= _keeps_breaks(element)
        if tag in _HEADINGS:
            self.level = 0

    def _add(self, text: str | None, element: etree._Element | None) -> None:
        if text and element is not None:
            text = text.replace("\n", _BREAK) if self.kept_breaks else text
            self.paragraph.runs.append(_Run(text, self.bold > 0, self.links > 0, element))

    def _flush(self) -> None:
        paragraph, self.paragraph = self.paragraph, _Paragraph()
        for part in paragraph.parts():
            self._put(part)

    def _put(self, paragraph: _Paragraph) -> None:
        aside = self._aside_of(paragraph)
        inked = paragraph.inked()
        if not inked:
            return
        lines = [_SEAM.sub("", line) for line in paragraph.lines()]
        linked = sum(count_han(run.text) for run in inked if run.linked)
        is_link = paragraph.is_link()
        for block in self._blocks(lines, bold=all(run.bold for run in inked)):
            if block.text:
                self.blocks.append(Placed(block, inked[0].element, is_link, linked))
        if aside is not None:
            self.blocks.append(Placed(Block(_clean(aside.text)), aside.element, is_link=True))

    def _aside_of(self, paragraph: _Paragraph) -> _Run | None:
        """The link of the site at the end of a paragraph, taken from it: 返回首页，查看更多."""
        inked = paragraph.inked()
        if len(inked) < 2 or not inked[-1].linked or inked[-2].linked:
            return None
        last = inked[-1]
        text = squash(tidy(last.text))
        if len(text) > _LONGEST_ASIDE or not templates().aside.fullmatch(text):
            return None
        paragraph.runs.remove(last)
        return last

    def _blocks(self, lines: list[str], *, bold: bool) -> Iterator[Block]:
        if self.level:
            text = " ".join(filter(None, map(_clean, lines)))
            yield Block(text, kind=BlockKind.HEADING, level=self.level)
            return
        kind = BlockKind.LIST if self.listed else BlockKind.TEXT
        for text, hard in _paragraphs(lines):
            yield Block(text, kind=kind, bold=bold, hard=hard)


def _clean(line: str) -> str:
    return _SPACES.sub(" ", tidy(line)).strip()


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Printed lines into paragraphs.

    An indent or an empty line begins one; a line of verse or of an address stands alone (True);
    a line that stops in mid-sentence goes on in the next.
    """
    group: list[str] = []
    for line in lines:
        text = _clean(line)
        if group and (not text or _INDENT.match(line)):
            yield from _joined(group)
            group = []
        if text:
            group.append(text)
    yield from _joined(group)


def _joined(group: list[str]) -> Iterator[tuple[str, bool]]:
    if len(group) >= _VERSE_LINES and all(len(line) <= _LONGEST_VERSE for line in group):
        yield from ((line, True) for line in group)
        return
    text = ""
    for line in group:
        if text and not _goes_on(text):
            yield text, False
            text = ""
        text += line
    if text:
        yield text, False


def _goes_on(text: str) -> bool:
    if ends_sentence(text) or text.endswith(("：", ":")):
        return False
    return text.endswith(("，", "、", "；")) or len(text) >= _SHORTEST_WRAPPED


def _rows(table: etree._Element) -> tuple[tuple[str, ...], ...]:
    """The cells of a data table; empty where the table only lays the page out."""
    if table.find(".//table") is not None or table.find(".//img") is not None:
        return ()
    rows = [
        [
            Cell(flat_text(cell), span(cell.get("rowspan")), span(cell.get("colspan")))
            for cell in row.iterchildren("td", "th")
        ]
        for row in table.iter("tr")
    ]
    rows = [row for row in rows if any(cell.text for cell in row)]
    cells = [cell.text for row in rows for cell in row]
    if len(rows) < _FEWEST_CELLS or max(map(len, rows)) < _FEWEST_CELLS:
        return ()
    strays = flat_text(table).replace(" ", "") != "".join(cells).replace(" ", "")
    return () if strays or max(map(len, cells)) > _LONGEST_CELL else spread(rows)
