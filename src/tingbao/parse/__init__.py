"""Pages in, an edition out: readers, script conversion, segmentation, joins, accounting."""

from typing import TYPE_CHECKING

from tingbao.on_demand import parts_of
from tingbao.parse.sources import (
    PAGE_SUFFIXES,
    SourceFiles,
    follow_links,
    read_files,
    without_byproducts,
)
from tingbao.parse.sources.inputs import (
    date_of_name,
    in_natural_order,
    may_hold_pages,
    page_paths,
)

if TYPE_CHECKING:
    from tingbao.parse.formats import boundaries_as_text, edition_as_json, edition_as_markdown
    from tingbao.parse.parsing import boundaries_of, parse_pages, pictures_of, simplify

__all__ = [
    "PAGE_SUFFIXES",
    "SourceFiles",
    "boundaries_as_text",
    "boundaries_of",
    "date_of_name",
    "edition_as_json",
    "edition_as_markdown",
    "follow_links",
    "in_natural_order",
    "may_hold_pages",
    "page_paths",
    "parse_pages",
    "pictures_of",
    "read_files",
    "simplify",
    "without_byproducts",
]

__getattr__ = parts_of(
    __name__,
    {
        "boundaries_as_text": "formats",
        "boundaries_of": "parsing",
        "edition_as_json": "formats",
        "edition_as_markdown": "formats",
        "parse_pages": "parsing",
        "pictures_of": "parsing",
        "simplify": "parsing",
    },
)
