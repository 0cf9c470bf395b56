"""From the files that were named to the edition that is printed on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tingbao.models import Edition
from tingbao.parse.conversion import Converter
from tingbao.parse.editing import edit
from tingbao.parse.markdown import edition_from_markdown, is_edition_markdown
from tingbao.parse.sources import SourceFiles, follow_links, pages_of, read_files
from tingbao.parse.sources.decoding import decode


def parse_pages(inputs: Sequence[Path] | SourceFiles, *, protect: Sequence[str] = ()) -> Edition:
    """The edition printed on the pages in ``inputs``: files in order, folders in natural order.

    Who needs to know which bytes were parsed gives :class:`SourceFiles`, read and with their
    links followed: then nothing is read here. ``protect`` lists names that script conversion
    leaves as printed. What ``inspect --markdown`` printed is read back as it stands, edited by a
    person or not.

    Raises:
        InputError: an input cannot be used, or no item was found.
    """
    if not isinstance(inputs, SourceFiles):
        inputs = follow_links(read_files(inputs))
    return _printed_back(inputs) or edit(
        pages_of(inputs), Converter(protect), ", ".join(map(str, inputs.inputs))
    )


def _printed_back(sources: SourceFiles) -> Edition | None:
    """The edition in a file that ``inspect --markdown`` printed, if that is what was given."""
    file = sources.files[0] if sources.files else None
    if file is None or sources.inputs != (file.path,):
        return None
    head = file.data[:64].decode("utf-8", "replace")
    if not is_edition_markdown(head):
        return None
    return edition_from_markdown(decode(file.data, file.path), str(file.path))


def simplify(text: str, *, protect: Sequence[str] = ()) -> str:
    """Free text in simplified script; what was simplified comes out as it went in."""
    return Converter(protect)(text)
