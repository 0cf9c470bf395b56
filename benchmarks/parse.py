"""Pages a second of parsing and script conversion, one core."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, cheapest, measured
from tingbao.parse import parse_pages

PAGE = Path(__file__).parents[1] / "examples" / "front-page.md"
PAGES = 200
TESTS = Path(__file__).parents[1] / "tests"
DESCRIBED = TESTS / "parse" / "ocr_pages" / "first"
EDITIONS = {
    "plain text": "county-wrapped-jump",
    "Markdown": "county-two-pages",
    "e-paper": "epaper-people-new",
}
"""Editions of the test corpus in forms that no OCR engine writes."""

OCR_FORMS = (
    "MinerU Markdown", "MinerU content_list", "MinerU middle", "PP-StructureV3 JSON", "dots.ocr",
    "DeepSeek-OCR with boxes", "marker JSON", "Docling JSON", "ALTO",
)  # fmt: skip


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


def parse_edition(name: str, times: int) -> None:
    """Parse an edition of the test corpus ``times`` times."""
    for _ in range(times):
        parse_pages([TESTS / "corpus" / name])


def parse_form(form: str, times: int) -> None:
    """Parse the described pages of the tests in an engine's form ``times`` times."""
    sys.path.insert(0, str(TESTS / "parse"))
    forms = importlib.import_module("ocr_forms")
    name, write = forms.FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for described in sorted(DESCRIBED.glob("*.txt")):
            page = Path(folder, described.stem, name)
            page.parent.mkdir()
            page.write_text(write(forms.described(described)), "utf-8")
            pages.append(page)
        for _ in range(times):
            for page in pages:
                parse_pages([page])


def _form_row(form: str, function: str, argument: str, pages: int, *, times: int) -> Row:
    call = f"benchmarks.parse:{function}"
    cost = measured(call, argument, 1 + times).above(cheapest(call, argument, 1))
    each = cost.cpu_seconds / (times * pages)
    size = f"{times * pages} pages"
    return Row(f"parse {form}", size, cost, f"{1000 * each:.1f} CPU-ms a page, {1 / each:.0f} a s")


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
    times = 1 if small else 20
    for form, edition in EDITIONS.items():
        gold = TESTS / "corpus" / edition / "gold.json"
        pages = gold.read_text("utf-8").count('"section"')
        yield _form_row(form, "parse_edition", edition, pages, times=times * 4)
    described = len(list(DESCRIBED.glob("*.txt")))
    for form in OCR_FORMS:
        yield _form_row(form, "parse_form", form, described, times=times)
