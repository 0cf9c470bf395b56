"""Columns that an OCR engine read across, where no gap in the lines shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocr_forms import described
from scoring import CORPUS

from tingbao.parse import parse_pages
from tingbao.parse.read_across import lines_read_across
from tingbao.parse.sources import pages_of, read_files

PAGES = Path(__file__).parent / "ocr_pages" / "first"


def column(name: str, width: int) -> list[str]:
    """The texts of a described page in lines of one width."""
    articles = described(PAGES / f"{name}.txt").articles
    text = "".join(paragraph["text"] for one in articles for paragraph in one["paragraphs"])
    return [text[at : at + width] for at in range(0, len(text), width)]


def warned(folder: Path, lines: list[str]) -> list[tuple[int | None, str]]:
    path = folder / "page.txt"
    path.write_text("\n".join(["江边的事", "", *lines]) + "\n", "utf-8")
    warnings = parse_pages([path]).warnings
    return [(one.line, one.message) for one in warnings if "read across columns" in one.message]


def alternating(width: int) -> list[str]:
    columns = zip(column("01", width), column("11", width), strict=False)
    return [line for pair in columns for line in pair]


@pytest.mark.parametrize("width", [11, 14])
def test_lines_of_two_columns_that_alternate_are_reported_with_their_places(
    tmp_path: Path, width: int
) -> None:
    lines = alternating(width)
    ((line, message),) = warned(tmp_path, lines)
    assert line is not None
    assert line <= 12
    assert f"read across columns in lines {line} to " in message
    assert message.endswith("give the OCR's JSON, the PDF or the scan of this page instead")
    assert int(message.split(" to ")[1].split(";")[0]) >= len(lines) - 10


def test_lines_that_each_hold_a_piece_of_two_columns_are_reported(tmp_path: Path) -> None:
    columns = zip(column("01", 14), column("11", 14), strict=False)
    assert len(warned(tmp_path, [one + other for one, other in columns])) == 1


@pytest.mark.parametrize("width", [11, 14, 28])
def test_columns_one_after_the_other_are_not_reported(tmp_path: Path, width: int) -> None:
    lines = column("01", width) + column("11", width)
    assert not warned(tmp_path, lines)


def test_no_page_of_the_corpus_is_reported() -> None:
    pages = [path for suffix in ("md", "txt") for path in CORPUS.glob(f"*/*.{suffix}")]
    assert len(pages) > 100
    for path in pages:
        for page in pages_of(read_files([path])):
            assert lines_read_across(page.blocks) == [], path
