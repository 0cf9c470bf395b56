"""Tables: contents, which are skipped and read column by column, and data, which stay."""

from __future__ import annotations

import re
from itertools import zip_longest

from tingbao.text.numerals import HAN_NUMERALS

Rows = tuple[tuple[str, ...], ...]

_SERIAL = re.compile(
    rf"第[{HAN_NUMERALS}\d]{{1,4}}[篇编章节部卷条]|[{HAN_NUMERALS}]{{1,3}}[、.．]|附[录则件]|前言|序言|结语|后记"
)
_LEADER = re.compile(
    r"[.…·．。]{2,}\s*[A-Z]?\d*\s*版?$|[/／|\s>▶→（(—\-]+\s*(?:第|P|见)?\s*[A-Z]{0,2}\d{1,3}\s*版?\s*[）)]?[▶>→]*$|(?:第|[（(])[A-Z]{0,2}[\d一二三四五六七八九十]{1,3}版[）)]?$|\d+版$"
)
_SENTENCE = re.compile(r"[。！？]")


def is_contents(rows: Rows) -> bool:
    """Whether a table is a table of contents: most cells are numbered titles or page pointers."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    if len(cells) < 4:
        return False
    serials = sum(bool(_SERIAL.match(cell)) for cell in cells)
    leaders = sum(bool(_LEADER.search(cell)) for cell in cells)
    return (serials * 2 > len(cells) or leaders * 2 > len(cells)) and not any(
        _SENTENCE.search(cell[:-1]) for cell in cells
    )


def is_contents_line(text: str) -> bool:
    """Whether a line points into the paper or the document: a title and a page."""
    return len(text) <= 60 and bool(_LEADER.search(text)) and not _SENTENCE.search(text)


def as_contents(rows: Rows) -> str:
    """The entries of a table of contents, one a line.

    Numbered entries run column by column, and what is wrapped into the next row is healed;
    entries with their pages beside them run row by row.
    """
    cells = [cell for row in rows for cell in row if cell]
    if 2 * sum(bool(_SERIAL.match(cell)) for cell in cells) <= len(cells):
        return "\n".join(" ".join(filter(None, row)) for row in rows)
    entries: list[str] = []
    for column in zip_longest(*rows, fillvalue=""):
        for cell in filter(None, column):
            if entries and not _SERIAL.match(cell) and _SERIAL.match(entries[-1]):
                entries[-1] += " " + cell
            else:
                entries.append(cell)
    return "\n".join(entries)


def as_data(rows: Rows) -> str:
    """A data table row by row, cells parted by tabs, the heads first."""
    return "\n".join("\t".join(row).rstrip() for row in rows)
