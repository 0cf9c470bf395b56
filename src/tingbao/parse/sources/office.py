"""Word documents (.docx): a page or an article that was typed rather than recognized.

The package is a ZIP file of XML parts. Read are the document, and as furniture what stands around
it: headers, footers, notes. Not read are comments, deleted text and hidden text, which nobody sees
on paper.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from tingbao.errors import InputError
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourceFile, SourcePage
from tingbao.parse.sources.inputs import LARGEST_BYTES, label_of_name
from tingbao.parse.sources.list_numbers import ListNumbers
from tingbao.parse.sources.safe_xml import attribute, children, name_of, parse_xml
from tingbao.text.han import tidy

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_NUMBERS = "word/numbering.xml"
_AROUND = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "instrText", "txbxContent"})
"""What holds no text that is printed in the paragraph: deleted text, codes, a box of its own."""

_LARGER = 1.3
"""From how many times the usual size of type on a short line is a heading."""

_LONGEST_HEADING = 60
_OFF = frozenset({"0", "false", "off", "none"})


def read_documents(files: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of Word documents, one each.

    Raises:
        InputError: a file is no Word document, is encrypted, or holds too much.
    """
    return [_page(file) for file in files]


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph looks like; ``size`` is in half points, 0 where nothing says it.

    ``listed`` is the list that it is an entry of, and the level there.
    """

    level: int = 0
    bold: bool = False
    size: int = 0
    listed: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """What a part of a document takes from other parts: its styles, and the numbers of lists."""

    styles: dict[str, _Style]
    numbers: ListNumbers


@dataclass(frozen=True, slots=True)
class _Line:
    """A block with the size of its type."""

    block: Block
    size: int = 0


def _page(file: SourceFile) -> SourcePage:
    parts = _parts(file)
    styles = _styles(parts.get(_STYLES))
    look = _Look(styles, ListNumbers.of(parts.get(_NUMBERS)))
    body = next((e for e in children(parts[_DOCUMENT]) if name_of(e) == "body"), None)
    if body is None:
        raise InputError("this Word document has no text", file.path)
    around = [
        replace(line.block, role=BlockRole.FURNITURE, text=text, rows=())
        for name in sorted(parts)
        if name.startswith(_AROUND)
        for line in _lines(parts[name], _Look(styles, ListNumbers()))
        for text in (line.block.text, *(" ".join(row) for row in line.block.rows))
        if text.strip()
    ]
    heads = [block for block in around if block.text]
    blocks = _with_larger(list(_lines(body, look)))
    return SourcePage(file.path.name, (*heads, *blocks), label=label_of_name(file.path), whole=True)


def _parts(file: SourceFile) -> dict[str, _Element]:
    """The XML parts that are read, by name."""
    import zipfile  # noqa: PLC0415 - loaded when a document is read
    import zlib  # noqa: PLC0415 - as above

    broken = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError)
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            names = [name for name in package.namelist() if _is_read(name)]
            data = {name: _unpacked(package, name, file) for name in names}
    except broken as error:
        raise InputError("this is no Word document, or it has a password", file.path) from error
    if _DOCUMENT not in data:
        raise InputError("this is no Word document: it has no word/document.xml", file.path)
    return {name: parse_xml(part, file.path) for name, part in data.items()}


def _is_read(name: str) -> bool:
    return name in {_DOCUMENT, _STYLES, _NUMBERS} or (
        name.startswith(_AROUND) and name.endswith(".xml")
    )


def _unpacked(package: ZipFile, name: str, file: SourceFile) -> bytes:
    with package.open(name) as stream:
        data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise InputError("this Word document holds more than a page can", file.path)
    return data


def _styles(root: _Element | None) -> dict[str, _Style]:
    """The styles by their ids, each with what it takes from the one it is based on."""
    elements = {} if root is None else {attribute(e, "styleId"): e for e in children(root)}
    return {name: _style(name, elements) for name in elements if name}


def _style(name: str, elements: dict[str, _Element]) -> _Style:
    style, seen = _Style(), set[str]()
    while name in elements and name not in seen:
        seen.add(name)
        found, base = _of_style(elements[name])
        style = _Style(
            style.level or found.level,
            style.bold or found.bold,
            style.size or found.size,
            style.listed or found.listed,
        )
        name = base
    return style


def _of_style(element: _Element) -> tuple[_Style, str]:
    """What a style says itself, and the id of the one it is based on."""
    parts = {name_of(child): child for child in children(element)}
    called = attribute(parts["name"], "val").lower() if "name" in parts else ""
    run = parts.get("rPr")
    level = _level_of(called) or _outline(parts.get("pPr"))
    base = attribute(parts["basedOn"], "val") if "basedOn" in parts else ""
    return _Style(level, _has(run, "b"), _size(run), _listed(parts.get("pPr"))), base


def _listed(properties: _Element | None) -> tuple[str, int] | None:
    """The list that a paragraph is an entry of, and the level there; list 0 is none."""
    key = _value(properties, "numPr", inner="numId")
    level = _value(properties, "numPr", inner="ilvl")
    return (key, int(level) if level.isdecimal() else 0) if key else None


def _level_of(name: str) -> int:
    """The rank of a built-in heading; the title of the document stands over all others."""
    if name in {"title", "标题"}:
        return 1
    if name in {"subtitle", "副标题"}:
        return 2
    for head in ("heading ", "标题 "):
        if name.startswith(head) and name[len(head) :].isdecimal():
            return int(name[len(head) :]) + 1
    return 0


def _outline(properties: _Element | None) -> int:
    value = _value(properties, "outlineLvl")
    return int(value) + 2 if value.isdecimal() and int(value) < 9 else 0


def _lines(container: _Element, look: _Look) -> Iterator[_Line]:
    """The paragraphs and tables in a part of a document, those in boxes behind their anchor."""
    for child in children(container):
        name = name_of(child)
        if name == "p":
            yield from _paragraph(child, look)
        elif name == "tbl":
            yield from _table(child, look)
        elif name not in _UNSEEN or name == "txbxContent":
            yield from _lines(child, look)


def _paragraph(element: _Element, look: _Look) -> Iterator[_Line]:
    properties = next((e for e in children(element) if name_of(e) == "pPr"), None)
    style = look.styles.get(_value(properties, "pStyle"), _Style())
    runs = list(_runs(element))
    text = "".join(text for text, _ in runs)
    level = _outline(properties) or style.level
    printed = [run for shown, run in runs if shown.strip()]
    bold = bool(printed) and all(style.bold or _has(run, "b") for run in printed)
    size = max(map(_size, printed), default=0) or style.size
    indented = text.startswith(("　", "  ")) or _is_indented(properties)
    listed = _listed(properties) or style.listed
    number = look.numbers.next_of(*listed) if listed and text.strip() else None
    kind = BlockKind.LIST if listed and listed[0] != "0" and not number else BlockKind.TEXT
    if number:
        text = number + " " * number[-1].isascii() + text.lstrip()
    for line in _kept(text, heading=bool(level)):
        block = Block(line, kind=kind, bold=bold, indented=indented)
        if level:
            block = Block(line, kind=BlockKind.HEADING, level=level)
        yield _Line(block, size)
    for box in _boxes(element):
        yield from _lines(box, look)


def _kept(text: str, *, heading: bool) -> list[str]:
    """The lines of a paragraph; a heading keeps its breaks, which are those of its headline."""
    lines = [line.strip() for line in tidy(text).splitlines() if line.strip()]
    return ["\n".join(lines)] if heading and lines else lines


def _runs(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """The text of each run of a paragraph with the run's properties."""
    for child in children(element):
        name = name_of(child)
        if name == "r":
            properties = next((e for e in children(child) if name_of(e) == "rPr"), None)
            if not _has(properties, "vanish"):
                yield _text_of(child), properties
                yield from _runs_within(child)
        elif name not in _UNSEEN:
            yield from _runs(child)
            if name == "t" and child.text:
                yield child.text, None


def _runs_within(run: _Element) -> Iterator[tuple[str, _Element | None]]:
    """What a run holds besides its own text: the base of ruby, text in drawings."""
    for child in children(run):
        if name_of(child) not in _UNSEEN | {"t"}:
            yield from _runs(child)


def _text_of(run: _Element) -> str:
    signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    return "".join(
        (child.text or "") if name_of(child) == "t" else signs.get(name_of(child), "")
        for child in children(run)
    )


def _boxes(element: _Element) -> Iterator[_Element]:
    """The boxes of text that are anchored in a paragraph, each once."""
    for child in children(element):
        if name_of(child) == "txbxContent":
            yield child
        elif name_of(child) not in _UNSEEN:
            yield from _boxes(child)


def _table(element: _Element, look: _Look) -> Iterator[_Line]:
    """A table; one of a single cell is a frame around text."""
    cells = [[list(_lines(cell, look)) for cell in _cells(row)] for row in _rows(element)]
    if sum(map(len, cells)) == 1:
        yield from cells[0][0] if cells[0] else ()
        return
    rows = tuple(tuple(_joined(cell) for cell in row) for row in cells if row)
    if any(text for row in rows for text in row):
        yield _Line(Block("", kind=BlockKind.TABLE, rows=rows))


def _rows(table: _Element) -> Iterator[_Element]:
    return _named(table, "tr")


def _cells(row: _Element) -> Iterator[_Element]:
    return _named(row, "tc")


def _named(element: _Element, wanted: str) -> Iterator[_Element]:
    for child in children(element):
        if name_of(child) == wanted:
            yield child
        elif name_of(child) in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            yield from _named(child, wanted)


def _joined(cell: Sequence[_Line]) -> str:
    texts = [line.block.text or " ".join(map(" ".join, line.block.rows)) for line in cell]
    return " ".join(filter(None, (" ".join(text.split()) for text in texts)))


def _with_larger(lines: Sequence[_Line]) -> list[Block]:
    """The blocks, short lines in type larger than the text's marked as headings."""
    sizes = [line.size for line in lines for _ in line.block.text if line.size]
    least = median(sizes) * _LARGER if sizes else 0
    return [
        replace(line.block, kind=BlockKind.HEADING, level=1, bold=False)
        if least and line.size >= least and _is_plain(line.block)
        else line.block
        for line in lines
    ]


def _is_plain(block: Block) -> bool:
    return block.kind is BlockKind.TEXT and 0 < len(block.text) <= _LONGEST_HEADING


def _is_indented(properties: _Element | None) -> bool:
    found = _part(properties, "ind")
    if found is None:
        return False
    values = (attribute(found, "firstLine"), attribute(found, "firstLineChars"))
    return any(value.isdecimal() and int(value) for value in values)


def _part(properties: _Element | None, name: str) -> _Element | None:
    found = children(properties) if properties is not None else []
    return next((child for child in found if name_of(child) == name), None)


def _value(properties: _Element | None, name: str, inner: str = "") -> str:
    found = _part(properties, name)
    found = _part(found, inner) if inner else found
    return attribute(found, "val") if found is not None else ""


def _has(properties: _Element | None, name: str) -> bool:
    found = _part(properties, name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def _size(properties: _Element | None) -> int:
    value = _value(properties, "sz")
    return int(value) if value.isdecimal() else 0
