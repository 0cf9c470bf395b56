"""The report's folder: ``editions.csv`` grows while the archive runs, the page comes at its end.

Each run writes its own report over the one before. A run that was killed leaves the rows of what
had ended; one that was stopped leaves the page too, which says so.
"""

from __future__ import annotations

import contextlib
import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tingbao import files
from tingbao.archive.events import ArchiveEvent, Found, Listener
from tingbao.archive.report.figures import COLUMNS, Cell, Collector, Table, tables_of
from tingbao.errors import OptionError, OutputError

PAGE, ROWS = "report.html", "editions.csv"

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes Chinese for another encoding; Python reads such files as ``utf-8-sig``."""

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell as a formula (OWASP, "CSV injection"), also full-width."""


def report_folder(library: Path, named: Path | None = None) -> Path:
    """Where the report is written: the folder that was named, else ``LIBRARY-report`` beside it.

    Raises:
        OptionError: it lies in the library, which holds nothing but what was published.
    """
    whole = library.resolve()
    folder = named or whole.with_name(f"{whole.name}-report")
    if folder.resolve().is_relative_to(whole):
        raise OptionError(f"--report {folder} lies in the library; name a folder outside of it")
    return folder


@contextlib.contextmanager
def reporting(folder: Path, clock: Callable[[], float] = time.time) -> Iterator[Listener]:
    """A listener that writes the report of one run into ``folder``.

    Nothing is written before editions were found. The page is written when the block ends, also
    by an error or by Ctrl-C. ``clock`` gives seconds since 1970.

    Raises:
        OutputError: the folder cannot be written.
    """
    report = _Report(folder, clock)
    try:
        yield report.take
    except BaseException:
        with contextlib.suppress(OutputError):  # what ended the run is what is reported
            report.finish()
        raise
    report.finish()


class _Report:
    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._collector = Collector(clock)
        self._began = False

    def take(self, event: ArchiveEvent) -> None:
        """Count an event; when it ends an edition, its row is on the disk before this returns."""
        if isinstance(event, Found) and not self._began:
            self._begin()
        row = self._collector.take(event)
        if row is not None:
            files.append_note(self._folder / ROWS, _csv_row(row))

    def _begin(self) -> None:
        self._began = True
        # Never the page of one run beside the rows of another.
        files.remove(self._folder / PAGE)
        files.write(self._folder / ROWS, _as_csv(Table(COLUMNS, ())))

    def finish(self) -> None:
        """Write the page and the tables of its figures."""
        if not self._began:
            return
        snapshot = self._collector.snapshot
        for name, table in tables_of(self._collector, snapshot).items():
            files.write(self._folder / f"{name}.csv", _as_csv(table))
        from tingbao.archive.report.page import report_page  # noqa: PLC0415  - it writes tables too

        files.write(self._folder / PAGE, report_page(self._collector, snapshot))


# --- tables --------------------------------------------------------------------------------


def _as_csv(table: Table) -> str:
    """The whole table as the text of a file."""
    return _BYTE_ORDER_MARK + "".join(map(_csv_row, [table.columns, *table.rows]))


def _csv_row(cells: Sequence[Cell]) -> str:
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
