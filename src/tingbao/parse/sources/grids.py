"""Tables in running lines: Markdown pipes, HTML, tabs and wide gaps."""

from __future__ import annotations

import html.parser
import re
from dataclasses import dataclass

_GAP = re.compile(r"(?:[ \u3000]{3,}|\u3000{2,})")
_PIPE = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HEAD_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
"""The line under a table's heads, of single dashes even: below it rows need no outer pipes."""

_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_SERIAL = re.compile(r"第[一二三四五六七八九十百零〇\d]+[篇编章节]")
_FEWEST_GAPPED_LINES = 3
_LONGEST_HTML_LINES = 500


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, and the index of the first line after them."""

    rows: tuple[tuple[str, ...], ...]
    end: int


def grid_at(lines: list[str], index: int) -> Grid | None:
    """The table that begins at ``lines[index]``, if one does."""
    line = lines[index]
    if "<t" in line.lower():
        return _html(lines, index)
    if "|" in line:
        return _pipes(lines, index)
    if "\t" in line.strip():
        return _tabs(lines, index)
    if "   " in line or "\u3000\u3000" in line.strip():
        return _gaps(lines, index)
    return None


def _pipes(lines: list[str], index: int) -> Grid | None:
    end = index
    headed = index + 1 < len(lines) and _HEAD_RULE.match(lines[index + 1]) is not None
    while end < len(lines) and (
        (headed and "|" in lines[end]) or _PIPE.match(lines[end]) or _PIPE_RULE.match(lines[end])
    ):
        end += 1
    if end - index < 2:
        return None
    rule = index + 1 if headed else -1
    kept = [lines[at] for at in range(index, end) if at != rule and not _PIPE_RULE.match(lines[at])]
    return _grid([_UNESCAPED_PIPE.split(line.strip().strip("|")) for line in kept], end)


def _tabs(lines: list[str], index: int) -> Grid | None:
    end = index
    while end < len(lines) and (
        "\t" in lines[end].strip() or _is_last_cell(lines[end], end - index)
    ):
        end += 1
    if end - index < 2:
        return None
    return _grid([line.rstrip("\n").split("\t") for line in lines[index:end]], end)


def _is_last_cell(line: str, rows: int) -> bool:
    """The longest column of a table of contents goes on alone, without a tab."""
    return rows > 1 and bool(_SERIAL.match(line))


def _gaps(lines: list[str], index: int) -> Grid | None:
    rows: list[list[str]] = []
    for line in lines[index:]:
        cells = _GAP.split(line.strip())
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    if len(rows) < _FEWEST_GAPPED_LINES:
        return None
    return _grid(rows, index + len(rows))


def _grid(rows: list[list[str]], end: int) -> Grid:
    return Grid(tuple(tuple(cell.strip() for cell in row) for row in rows), end)


def _html(lines: list[str], index: int) -> Grid | None:
    if not re.match(
        r"\s*(?:<(?:html|body|div|center|figure)\b[^>]*>\s*)*<table\b", lines[index], re.IGNORECASE
    ):
        return None
    for end in range(index, min(len(lines), index + _LONGEST_HTML_LINES)):
        line = lines[end].lower()
        if end > index and "<table" in line:
            return None
        if "</table>" in line:
            rows = html_rows("\n".join(lines[index : end + 1]))
            return Grid(rows, end + 1) if rows else None
    return None


def html_rows(markup: str) -> tuple[tuple[str, ...], ...]:
    """The cells of an HTML table, row by row; a cell over several columns is given once."""
    reader = _TableReader()
    reader.feed(markup)
    reader.close()
    return tuple(tuple(cell.strip() for cell in row) for row in reader.rows if any(row))


class _TableReader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # the parser calls it by this name, and no attribute tells of the cells' text
        if tag == "tr" or not self.rows:
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self.rows:
            self.rows.append([])
        if self.rows[-1]:
            self.rows[-1][-1] += data
        elif data.strip():
            self.rows[-1].append(data)
