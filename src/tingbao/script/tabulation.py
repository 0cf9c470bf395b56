"""Tables for the ear: a small one is read row by row with its heads, a large one only told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
