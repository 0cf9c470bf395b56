"""Pages a second of parsing and script conversion, one core."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, cheapest, measured
from tingbao.parse import parse_pages

PAGE = Path(__file__).parents[1] / "examples" / "front-page.md"
PAGES = 200


def parse(pages: int) -> None:
    """Parse the sample ``pages`` times, each as an edition of its own."""
    for _ in range(pages):
        parse_pages([PAGE])


def parse_long(copies: int) -> None:
    """Parse one page that is the sample ``copies`` times over."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "long.md")
        page.write_text(PAGE.read_text("utf-8") * copies, "utf-8")
        parse_pages([page])


def rows(*, small: bool) -> Iterator[Row]:
    """The sample many times, then as one ever longer page: the cost must grow in proportion."""
    pages, short, long = (2, 1, 2) if small else (PAGES, 20, 200)
    base = cheapest("benchmarks.parse:parse", 1)
    many = measured("benchmarks.parse:parse", 1 + pages).above(base)
    yield Row(
        "parse", f"{pages} pages", many, f"{1000 * many.cpu_seconds / pages:.1f} CPU-ms a page"
    )
    one = measured("benchmarks.parse:parse_long", short).above(base)
    other = measured("benchmarks.parse:parse_long", long).above(base)
    growth = other.cpu_seconds / one.cpu_seconds
    yield Row("parse one long page", f"sample x {short}", one, "")
    yield Row("parse one long page", f"sample x {long}", other, f"{growth:.1f} times x {short}")
