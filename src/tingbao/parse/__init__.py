"""Pages in, an edition out: readers, script conversion, segmentation, joins, accounting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tingbao.models import Edition
from tingbao.parse.conversion import Converter
from tingbao.parse.editing import edit
from tingbao.parse.output import edition_as_json, edition_as_markdown
from tingbao.parse.readers import read_pages
from tingbao.parse.readers.finding import date_of_name

__all__ = ["date_of_name", "edition_as_json", "edition_as_markdown", "parse_pages", "simplify"]


def parse_pages(inputs: Sequence[Path], *, protect: Sequence[str] = ()) -> Edition:
    """The edition printed on the pages in ``inputs``: files in order, folders in natural order.

    ``protect`` lists names that script conversion leaves as printed.

    Raises:
        InputError: an input cannot be used, or no item was found.
    """
    return edit(read_pages(inputs), Converter(protect))


def simplify(text: str, *, protect: Sequence[str] = ()) -> str:
    """Free text in simplified script; what was simplified comes out as it went in."""
    return Converter(protect)(text)
