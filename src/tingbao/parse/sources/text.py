"""Markdown and plain text: one block a line, with what the line shows.

A line is a block: whether lines belong to one paragraph is for reflow to find, because OCR
breaks paragraphs at columns, and plain text is often broken at the width of a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourceFile, SourcePage
from tingbao.parse.sources.inputs import decode, label_of_name
from tingbao.parse.sources.markup import Grid, grid_at, plain, split_images, upright
from tingbao.text.han import HAN, has_han, tidy

_HEADING = re.compile(r"[ >]{0,4}(#{1,6})(?!#)[ \t\u3000]*(\S.*?)[ \t]*#*[ \t]*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1>\s*$", re.IGNORECASE)
_HASHTAG = re.compile(r"\s*#[^#\s]+#")
_BOLD = re.compile(
    r"\s*(?:<center>|<p\b[^>]*>|<div\b[^>]*>)?\s*"
    r"(?:(\*\*|__)(?!\s)((?:(?!\1).)+)\1|<(b|strong)>((?:(?!</?\3>).)+)</\3>)"
    r"\s*(?:</center>|</p>|</div>)?\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\s*(?:(\*\*|__)(?!\s)((?:(?!\1).)+)\1|<(b|strong)>((?:(?!</?\3>).)+)</\3>)")
_RULE = re.compile(r"\s*([-*_=~—─＊－＝＿])(?:\s*\1){2,}\s*$")
_SETEXT = re.compile(r"\s{0,3}(={3,}|-{3,})\s*$")
_LIST = re.compile(r"\s{0,6}[-*+]\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_PARAGRAPHS = re.compile(r"</p>\s*<p\b[^>]*>|</p>\s*$|^\s*<p\b[^>]*>(?=.*</p>.)", re.IGNORECASE)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)[\w-]*\s*$")
_TAG = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r"!\[|<img|<!--\s*image", re.IGNORECASE)
_PAGE_ENDS = re.compile(r"\f|(?<=\n)<-+ ?Page Split ?-+>(?=\r?\n)")
"""Between pages stands a form feed, or DeepSeek-OCR's line."""

_LONGEST_SETEXT = 60
_UPRIGHT = re.compile(rf"[ \t\u3000]*(#{{1,6}}[ \t]+|\*\*)?([{HAN}])(\*\*)?[ \t\u3000]*$")
_FEWEST_UPRIGHT = 3


def read(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of text files: one a file, or one a form feed within it."""
    return [page for file in files for page in _pages(file)]


def blocks_of(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of one page of Markdown or plain text."""
    lines = tidy(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_blocks(lines, first_line))


def _pages(file: SourceFile) -> Iterator[SourcePage]:
    line = 1
    pages = _PAGE_ENDS.split(decode(file.data, file.path))
    for page in pages:
        blocks = blocks_of(page, line)
        line += page.count("\n")
        if blocks or len(pages) == 1:
            label = label_of_name(file.path) if len(pages) == 1 else None
            yield SourcePage(file.path.name, blocks, label=label, notes=_notes(page))


def _notes(page: str) -> tuple[str, ...]:
    """What of the page was left out: marks that an earlier program set for what it lost."""
    lost = page.count("\ufffd")
    return (f"{lost} unreadable characters (\ufffd) are left out",) if lost else ()


def _blocks(lines: list[str], first_line: int) -> Iterator[Block]:
    index, blank, pictured = 0, True, False
    while index < len(lines):
        line = lines[index]
        number = first_line + index
        if not line.strip() or _FENCE.match(line):
            index, blank = index + 1, True
        elif _is_picture(line):
            yield from _line(line, number, tight=not blank)
            index, blank, pictured = index + 1, False, True
        elif upright := _upright_at(lines, index):
            text, index = upright
            yield from _line(text, number, tight=not blank)
            blank = False
        elif grid := grid_at(lines, index):
            yield from _table(grid, number, tight=not blank)
            index, blank = grid.end, False
        elif _is_setext(lines, index):
            level = 1 if "=" in lines[index + 1] else 2
            yield Block(plain(line), number, BlockKind.HEADING, level, tight=not blank)
            index, blank = index + 2, False
        else:
            for block in _line(line, number, tight=not blank):
                yield replace(block, pictured=True) if pictured else block
                pictured = False
            index, blank, pictured = index + 1, False, False


def _is_picture(line: str) -> bool:
    """Whether the line holds a picture and nothing else that is printed."""
    rest, images = split_images(line)
    return any(_PICTURE.match(image) for image in images) and not _TAG.sub("", rest).strip()


def _upright_at(lines: list[str], index: int) -> tuple[str, int] | None:
    """What is set from top to bottom, one character a line, on one line; and the line after it.

    Mastheads and headlines are: 城, 市, 日, 报, with an empty line between each or none.
    """
    first = _UPRIGHT.match(lines[index])
    if first is None:
        return None
    step = 1 + (index + 1 < len(lines) and not lines[index + 1].strip())
    characters, end = first[2], index + 1
    for at in range(index + step, len(lines), step):
        found = _UPRIGHT.match(lines[at])
        is_parted = step == 1 or not lines[at - 1].strip()
        if found is None or not is_parted or found[1] not in {None, first[1]}:
            break
        characters, end = characters + found[2], at + 1
    marks = first[1] or "", first[3] or ""
    return (characters.join(marks), end) if len(characters) >= _FEWEST_UPRIGHT else None


def _table(grid: Grid, number: int, *, tight: bool) -> Iterator[Block]:
    rows = tuple(tuple(" ".join(plain(cell).split("\n")) for cell in row) for row in grid.rows)
    yield Block("", number, BlockKind.TABLE, tight=tight, rows=rows)


def _is_setext(lines: list[str], index: int) -> bool:
    if index + 1 >= len(lines) or not _SETEXT.match(lines[index + 1]):
        return False
    above = index == 0 or not lines[index - 1].strip()
    text = lines[index].strip()
    return (
        above and len(text) <= _LONGEST_SETEXT and text[0] not in "#>|-*" and text[-1] not in "。；"
    )


def _line(line: str, number: int, *, tight: bool) -> Iterator[Block]:
    first, *others = _PARAGRAPHS.split(line)
    if others:
        for part in filter(str.strip, (first, *others)):
            yield from _line(part, number, tight=tight)
            tight = False
        return
    line, images = split_images(line)
    for image in images:
        if has_han(image):
            yield Block(image, number, role=BlockRole.FURNITURE, tight=tight)
    if _RULE.match(line):
        yield Block("", number, BlockKind.RULE)
        return
    for block in _split(_marked(line, number)):
        if block.text:
            yield replace(block, tight=tight) if tight else block
            tight = True


def _marked(line: str, number: int) -> Block:
    """The line as a block, its marks read and taken off."""
    if heading := _heading(line):
        level, text = heading
        return Block(
            upright(plain(text)), number, BlockKind.HEADING, level, bold=bool(_BOLD.match(text))
        )
    indented = line.startswith(("　", "  ", "\t"))
    hard = line.endswith(("  ", "\\")) or line.rstrip().lower().endswith(("<br>", "<br/>"))
    line = _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line
    line = line.rstrip("\\") if line.endswith("\\") else line
    if _is_bold(line):
        return Block(plain(line), number, bold=True, indented=indented, hard=hard)
    if listed := _LIST.match(line):
        text = plain(line[listed.end() :])
        return Block(text, number, BlockKind.LIST, lead=_lead(line[listed.end() :]))
    return Block(plain(line), number, lead=_lead(line), indented=indented, hard=hard)


def _heading(line: str) -> tuple[int, str] | None:
    if "#" in line and (found := _HEADING.match(line)) and not _HASHTAG.match(line):
        return len(found[1]), found[2]
    if "<h" in line.lower() and (found := _HTML_HEADING.match(line)):
        return int(found[1]), found[2]
    return None


def _is_bold(line: str) -> bool:
    return ("*" in line or "_" in line or "<" in line) and bool(_BOLD.match(line))


def _lead(line: str) -> int:
    if "**" not in line and "__" not in line and "<" not in line:
        return 0
    found = _LEAD.match(line)
    return len(plain(found[0])) if found else 0


def _split(block: Block) -> Iterator[Block]:
    """A block at its line breaks; a heading keeps them, they are the breaks of its headline."""
    if "\n" not in block.text or block.kind is BlockKind.HEADING or block.bold:
        yield block
        return
    for text in block.text.split("\n"):
        yield replace(block, text=text.strip(), hard=True, lead=min(block.lead, len(text.strip())))
