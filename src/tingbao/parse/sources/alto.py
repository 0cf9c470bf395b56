"""ALTO files, a page each, and METS files that say which of their blocks make an article.

ALTO (versions 2 to 4) gives lines with boxes, METS the order of the pages and the articles, also
those that go on on another page: their blocks have one item key, so that no notice of a jump is
needed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tingbao.errors import InputError
from tingbao.models import Box
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourceFile, SourcePage
from tingbao.parse.sources.documents import XML_SUFFIXES, root_of
from tingbao.parse.sources.inputs import date_of_name, label_of_name, read_file
from tingbao.parse.sources.safe_xml import attribute, children, name_of, parse_xml
from tingbao.text.han import has_han, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARGINS = frozenset({"TopMargin", "LeftMargin", "RightMargin", "BottomMargin"})
_REGIONS = frozenset({"TextBlock"})
_GROUPS = frozenset({"ComposedBlock", "PrintSpace", "Page"}) | _MARGINS
_ARTICLES = frozenset({"ARTICLE", "ADVERTISEMENT", "OBITUARY", "SECTION_ARTICLE", "LETTER"})
_ROLES = {
    "OVERLINE": BlockRole.KICKER, "KICKER": BlockRole.KICKER,
    "HEADLINE": BlockRole.TITLE, "TITLE": BlockRole.TITLE, "HEADING": BlockRole.TITLE,
    "SUBHEADLINE": BlockRole.SUBTITLE, "SUBTITLE": BlockRole.SUBTITLE,
    "SUBHEADING": BlockRole.SUBTITLE, "AUTHOR": BlockRole.BYLINE, "BYLINE": BlockRole.BYLINE,
    "DATELINE": BlockRole.DATELINE, "BODY": BlockRole.BODY,
}  # fmt: skip
"""What the types of METS divisions in an article say; the innermost known one counts."""

_TAGS = {
    "heading": BlockKind.HEADING, "headline": BlockKind.HEADING, "title": BlockKind.HEADING,
    "caption": BlockKind.CAPTION,
}  # fmt: skip
_FURNITURE_TAGS = frozenset({"header", "footer", "page-number", "pagenumber", "running-title"})
_LARGER = 1.3
_LARGEST = 2.2
"""From how many times the usual size of type on a short block is a heading, and a large one."""

_LONGEST_HEADING = 60
_NARROWEST = 8
"""In fewer characters no column is set; verse of five or seven is."""

_RAGGED = 2
"""By how many characters a full line may be shorter: marks hang or are set narrower."""

_LABEL = re.compile(r"[A-Za-z]{0,2}\d{1,3}")


def linked_pages(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The ALTO files that METS files among ``files`` list and that are not among them, read.

    Raises:
        InputError: a METS file is broken, or a file that it lists cannot be read.
    """
    given = {file.path for file in files}
    listed = [
        path
        for file in files
        if root_of(file) == "mets"
        for path in _listed(parse_xml(file.data, file.path), file.path).values()
    ]
    wanted = dict.fromkeys(path for path in listed if path not in given and path.is_file())
    return [read_file(path) for path in wanted]


def read_issues(files: Sequence[SourceFile], linked: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of METS files in their order, then of ALTO files that none of them lists.

    Raises:
        InputError: a file is broken, of another kind of XML, or lists no page that is there.
    """
    found = {file.path: file for file in (*linked, *files)}
    pages: list[SourcePage] = []
    used: set[Path] = set()
    for file in files:
        if root_of(file) == "mets":
            issue = _Issue(file, found)
            pages += issue.pages()
            used.update(issue.listed.values())
    for file in files:
        if root_of(file) != "mets" and file.path not in used:
            pages += [_source_page(page, page.regions) for page in _alto_pages(file)]
    return pages


# --- ALTO -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text with its box and the size of its type in the units of the file."""

    text: str
    box: Box | None
    size: float


@dataclass(frozen=True, slots=True)
class _Region:
    """A block of text; ``names`` are the ids of it, its lines and what it stands in."""

    names: frozenset[str]
    lines: tuple[_Line, ...]
    following: str
    margin: bool
    tags: frozenset[str]

    @property
    def size(self) -> float:
        sizes = [line.size for line in self.lines for _ in line.text if line.size]
        return median(sizes) if sizes else 0.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _AltoPage:
    source: Path
    label: str | None
    regions: tuple[_Region, ...]
    size: float


def _alto_pages(file: SourceFile) -> list[_AltoPage]:
    root = parse_xml(file.data, file.path)
    if name_of(root) != "alto":
        raise InputError("this XML is no page; of XML, ALTO and METS are read", file.path)
    tags = {
        attribute(e, "ID"): attribute(e, "LABEL").lower()
        for e in root.iter()
        if name_of(e) in {"LayoutTag", "StructureTag", "RoleTag", "OtherTag"}
    }
    order = [attribute(e, "REF") for e in root.iter() if name_of(e) == "ElementRef"]
    elements = [e for e in root.iter() if name_of(e) == "Page"]
    return [
        _alto_page(element, file, tags, order, alone=len(elements) == 1) for element in elements
    ]


def _alto_page(
    page: _Element, file: SourceFile, tags: Mapping[str, str], order: list[str], *, alone: bool
) -> _AltoPage:
    regions = _in_order(list(_regions(page, tags, frozenset(), margin=False)), order)
    sizes = [line.size for r in regions for line in r.lines for _ in line.text if line.size]
    printed = attribute(page, "PRINTED_IMG_NR").strip()
    label = printed if _LABEL.fullmatch(printed) else None
    if label is None and alone:
        label = label_of_name(file.path)
    return _AltoPage(file.path, label, tuple(regions), median(sizes) if sizes else 0.0)


def _regions(
    element: _Element, tags: Mapping[str, str], names: frozenset[str], *, margin: bool
) -> Iterator[_Region]:
    """The blocks of text in an element, in the order of the file."""
    for child in children(element):
        name = name_of(child)
        inside = names | {attribute(child, "ID")}
        if name in _REGIONS:
            yield _region(child, tags, inside, margin=margin)
        elif name in _GROUPS:
            yield from _regions(child, tags, inside, margin=margin or name in _MARGINS)


def _region(
    element: _Element, tags: Mapping[str, str], names: frozenset[str], *, margin: bool
) -> _Region:
    found = [child for child in children(element) if name_of(child) == "TextLine"]
    lines = tuple(line for child in found if (line := _line(child)).text)
    known = {tags.get(ref, "") for ref in attribute(element, "TAGREFS").split()}
    return _Region(
        (names | {attribute(child, "ID") for child in found}) - {""},
        lines,
        attribute(element, "IDNEXT"),
        margin,
        frozenset(known),
    )


def _line(element: _Element) -> _Line:
    box = _box(element)
    size = min(box.right - box.left, box.bottom - box.top) if box else 0.0
    parts = [child for child in children(element) if name_of(child) in {"SP", "String"}]
    marked = any(name_of(part) == "SP" for part in parts)
    text, gap = "", None if marked else 0.0
    for part in parts:
        if name_of(part) == "SP":
            gap = _number(attribute(part, "WIDTH")) or 0.0
        else:
            word = tidy(attribute(part, "CONTENT"))
            text += f" {word}" if gap is not None and _is_parted(text, word, gap, size) else word
            gap = None if marked else 0.0
    return _Line(text.strip(), box, size)


def _is_parted(text: str, word: str, gap: float, size: float) -> bool:
    """Whether a gap is a space: between Latin words, or wide enough between Han characters too.

    Some engines give each character as a word of its own: two digits make one number.
    """
    if not text or not word:
        return False
    latin = text[-1].isascii() and word[0].isascii()
    single = len(word) == 1 and text[-1].isdigit() and word.isdigit()
    return (latin and not single) or bool(size and gap >= size * 0.8)


def _box(element: _Element) -> Box | None:
    sides = [_number(attribute(element, name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    left, top, width, height = sides
    if left is None or top is None or width is None or height is None:
        return None
    return Box(left, top, left + width, top + height)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", text.strip()) else None


def _in_order(regions: list[_Region], order: list[str]) -> list[_Region]:
    """The blocks in the reading order that the file gives, else in that of the file.

    ``IDNEXT`` names the block that goes on with the text of one.
    """
    places = {name: place for place, name in enumerate(order)}
    last = len(order)
    regions = sorted(
        regions, key=lambda r: min((places.get(n, last) for n in r.names), default=last)
    )
    by_name = {name: region for region in regions for name in region.names}
    placed: dict[int, _Region] = {}
    for region in regions:
        current: _Region | None = region
        while current is not None and id(current) not in placed:
            placed[id(current)] = current
            current = by_name.get(current.following)
    return list(placed.values())


# --- blocks ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A region with what METS says of it."""

    region: _Region
    role: BlockRole | None
    caption: bool
    item: str


def _source_page(page: _AltoPage, regions: Sequence[_Region | _Placed]) -> SourcePage:
    blocks = tuple(
        block
        for one in regions
        for block in (_known(one) if isinstance(one, _Placed) else _found(one, page.size))
    )
    return SourcePage(page.source.name, blocks, label=page.label)


def _known(placed: _Placed) -> Iterator[Block]:
    """The blocks of a region of an article: its lines, or one block of a headline."""
    kind = BlockKind.CAPTION if placed.caption else BlockKind.TEXT
    headline = placed.role not in {BlockRole.BODY, None}
    for block in _whole(placed.region) if headline else _single(placed.region):
        yield replace(block, kind=kind, role=placed.role, item=placed.item)


def _found(region: _Region, usual: float) -> Iterator[Block]:
    """The blocks of a region of which only the file's tags and the size of its type tell."""
    if region.margin or region.tags & _FURNITURE_TAGS:
        yield from (replace(b, role=BlockRole.FURNITURE) for b in _single(region))
        return
    kind = next((_TAGS[tag] for tag in sorted(region.tags) if tag in _TAGS), None)
    larger = region.size / usual if usual else 0
    if kind is None and larger >= _LARGER and len(region.text) <= _LONGEST_HEADING:
        kind = BlockKind.HEADING
    if kind is BlockKind.HEADING:
        level = 1 if larger >= _LARGEST else 2
        yield from (replace(b, kind=kind, level=level) for b in _whole(region))
    else:
        yield from (replace(b, kind=kind or BlockKind.TEXT) for b in _single(region))


def _single(region: _Region) -> Iterator[Block]:
    """The paragraphs of a block of text: a line as long as the column goes on in the next one."""
    width = max((len(line.text) for line in region.lines), default=0)
    start = 0
    for end in range(1, len(region.lines) + 1):
        full = len(region.lines[end - 1].text) >= width - _RAGGED
        if end == len(region.lines) or width < _NARROWEST or not full:
            yield replace(_joined(region.lines[start:end]), tight=start > 0)
            start = end


def _joined(lines: Sequence[_Line]) -> Block:
    text = ""
    for line in lines:
        latin = text[-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalpha()
        text += f" {line.text}" if text and latin else line.text
    return Block(text, box=_around(lines))


def _whole(region: _Region) -> Iterator[Block]:
    if region.lines:
        yield Block(region.text, box=_around(region.lines))


def _around(lines: Sequence[_Line]) -> Box | None:
    """The box around all lines that have one."""
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


# --- METS -----------------------------------------------------------------------------------


def _listed(root: _Element, path: Path) -> dict[str, Path]:
    """The XML files that a METS file lists, by their ids; none outside its folder.

    One with an address elsewhere is looked for by its name beside the METS file.
    """
    files = {}
    for element in root.iter():
        for place in children(element) if name_of(element) == "file" else ():
            href = unquote(attribute(place, "href")).replace("\\", "/")
            href = href.removeprefix("file://").removeprefix("./")
            if not href.lower().endswith(XML_SUFFIXES) or "\0" in href:
                continue
            parts = PurePosixPath(href).parts
            within = not (href.startswith("/") or ".." in parts or ":" in href)
            files[attribute(element, "ID")] = path.parent / (href if within else parts[-1])
    return files


class _Issue:
    """An issue as a METS file describes it: its pages, and the articles on them."""

    def __init__(self, file: SourceFile, found: Mapping[Path, SourceFile]) -> None:
        self.file = file
        self.root = parse_xml(file.data, file.path)
        self.listed = _listed(self.root, file.path)
        self.order = [name for name in self._physical() if name in self.listed]
        self.order = list(dict.fromkeys(self.order)) or list(self.listed)
        self.found = found
        self.missing = [name for name in self.order if self.listed[name] not in found]
        self.claims = self._claims()

    def pages(self) -> list[SourcePage]:
        """The pages in the order of the issue.

        Raises:
            InputError: none of those that are listed is there.
        """
        if len(self.missing) == len(self.order):
            raise InputError(
                "none of the ALTO files that this METS file lists is there", self.file.path
            )
        pages = [
            _source_page(page, self._arranged(name, page.regions))
            for name in self.order
            if name not in self.missing
            for page in _alto_pages(self.found[self.listed[name]])
        ]
        if not pages:
            raise InputError("the ALTO files of this METS file hold no page", self.file.path)
        note = f"{len(self.missing)} pages that {self.file.path.name} lists are missing"
        first = replace(
            pages[0], paper=self._paper(), date=self._date(), notes=(note,) if self.missing else ()
        )
        return [first, *pages[1:]]

    def _physical(self) -> Iterator[str]:
        for element in self._maps("PHYSICAL"):
            for pointer in element.iter():
                if name_of(pointer) in {"fptr", "area"}:
                    yield attribute(pointer, "FILEID")

    def _maps(self, kind: str) -> list[_Element]:
        maps = [e for e in self.root.iter() if name_of(e) == "structMap"]
        return [e for e in maps if attribute(e, "TYPE").upper().startswith(kind)]

    def _claims(self) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
        """For each file what articles claim of it: the id of a block, types of divisions, item."""
        claims: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
        for element in self._maps("LOGICAL"):
            for number, article in enumerate(_articles(element)):
                item = f"{self.file.path.name}#{attribute(article, 'ID') or number}"
                for name, begin, types in _areas(article, ()):
                    claims.setdefault(name, []).append((begin, types, item))
        return claims

    def _arranged(self, name: str, regions: Sequence[_Region]) -> list[_Region | _Placed]:
        """The regions of a page; those of an article stand together where its first one stands."""
        owned: dict[str, list[_Placed]] = {}
        taken: dict[int, str] = {}
        for begin, types, item in self.claims.get(name, []):
            for region in regions:
                if id(region) not in taken and (not begin or begin in region.names):
                    taken[id(region)] = item
                    caption = "CAPTION" in types
                    role = None if caption else _role(types)
                    owned.setdefault(item, []).append(_Placed(region, role, caption, item))
        result: list[_Region | _Placed] = []
        for region in regions:
            if id(region) not in taken:
                result.append(region)
            else:
                result += owned.pop(taken[id(region)], [])
        return result

    def _paper(self) -> str | None:
        titles = (e.text or "" for e in self.root.iter() if name_of(e) == "title")
        return next((tidy(t).strip() for t in titles if has_han(t) and len(t) <= 30), None)

    def _date(self) -> dt.date | None:
        dates = (e.text or "" for e in self.root.iter() if name_of(e) in {"dateIssued", "date"})
        return next(
            (d for text in dates if (d := date_of_name(Path(text.strip()[:10] or "-")))), None
        )


def _articles(element: _Element) -> Iterator[_Element]:
    """The outermost divisions that are articles."""
    for child in children(element):
        if attribute(child, "TYPE").upper() in _ARTICLES:
            yield child
        else:
            yield from _articles(child)


def _areas(element: _Element, types: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What the divisions below point at: file, block (empty for all of it), types of divisions."""
    for child in children(element):
        name = name_of(child)
        if name == "div":
            yield from _areas(child, (*types, attribute(child, "TYPE").upper()))
        elif name == "area" or (name == "fptr" and not children(child)):
            yield attribute(child, "FILEID"), attribute(child, "BEGIN"), types
        else:
            yield from _areas(child, types)


def _role(types: Sequence[str]) -> BlockRole:
    return next((_ROLES[kind] for kind in reversed(types) if kind in _ROLES), BlockRole.BODY)
