"""Pages in, an edition out: readers, script conversion, segmentation, joins, accounting."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.on_demand import parts_of
from tingbao.parse.reads import noted_reads
from tingbao.parse.sources import PAGE_SUFFIXES, page_files
from tingbao.parse.sources.finding import date_of_name
from tingbao.parse.sources.ocr_json import without_byproducts

if TYPE_CHECKING:
    from tingbao.parse.markdown import edition_as_markdown
    from tingbao.parse.output import edition_as_json
    from tingbao.parse.parsing import parse_pages, simplify

__all__ = [
    "PAGE_SUFFIXES",
    "date_of_name",
    "edition_as_json",
    "edition_as_markdown",
    "input_digest",
    "noted_reads",
    "parse_pages",
    "simplify",
    "without_byproducts",
]

__getattr__ = parts_of(
    __name__,
    {
        "edition_as_json": "output",
        "edition_as_markdown": "markdown",
        "parse_pages": "parsing",
        "simplify": "parsing",
    },
)


def input_digest(inputs: Sequence[Path]) -> str:
    """What :func:`noted_reads` would tell of a parse of ``inputs``, without parsing.

    It tells another where the pages lead to files beyond ``inputs``.

    Raises:
        InputError: an input cannot be read.
    """
    with noted_reads() as reads:
        page_files(inputs)
    return reads.digest
