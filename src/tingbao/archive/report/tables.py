"""Tables as CSV that spreadsheets open as they are meant, and that programs read.

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding (Python reads
it as ``utf-8-sig``); commas, quotes where RFC 4180 asks for them, a line feed after each row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell as a formula (OWASP, "CSV injection"), also full-width."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns; units are in the names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(table: Table) -> str:
    """The whole table as the text of a file."""
    return BYTE_ORDER_MARK + "".join(map(csv_row, [table.columns, *table.rows]))


def csv_row(cells: Sequence[Cell]) -> str:
    """One row in exactly one line."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(_safe(cells))
    return line.getvalue()


def in_one_line(text: str) -> str:
    """The text without what breaks lines or has no form; names of files may hold anything."""
    return " ".join("".join(s if s.isprintable() else " " for s in text).split())


def _safe(cells: Iterable[Cell]) -> Iterable[str]:
    for cell in cells:
        if isinstance(cell, str):
            text = in_one_line(cell)
            yield f"'{text}" if text.startswith(_FORMULA) else text
        elif cell is None:
            yield ""
        else:
            yield f"{cell:.3f}" if isinstance(cell, float) else str(cell)
