"""Pages a second of parsing and script conversion, one core."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, measured
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


def rows() -> Iterator[Row]:
    """The sample many times, then as one ever longer page: the cost must grow in proportion."""
    base = measured("benchmarks.parse:parse", 1)
    many = measured("benchmarks.parse:parse", 1 + PAGES).above(base)
    yield Row("parse", f"{PAGES} pages", many, f"{PAGES / many.cpu_seconds:.0f} pages/s")
    short = measured("benchmarks.parse:parse_long", 20).above(base)
    long = measured("benchmarks.parse:parse_long", 200).above(base)
    growth = long.cpu_seconds / short.cpu_seconds
    yield Row("parse one long page", "x 20", short, "")
    yield Row("parse one long page", "x 200", long, f"{growth:.1f} times x 20")
