"""From the files that were named to the edition that is printed on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tingbao.files import is_file
from tingbao.models import Edition
from tingbao.parse.conversion import Converter
from tingbao.parse.editing import edit
from tingbao.parse.markdown import edition_from_markdown, is_edition_markdown
from tingbao.parse.sources import read_pages
from tingbao.parse.sources.decoding import decode
from tingbao.parse.sources.finding import find_files


def parse_pages(inputs: Sequence[Path], *, protect: Sequence[str] = ()) -> Edition:
    """The edition printed on the pages in ``inputs``: files in order, folders in natural order.

    ``protect`` lists names that script conversion leaves as printed. What ``inspect --markdown``
    printed is read back as it stands, mended or not.

    Raises:
        InputError: an input cannot be used, or no item was found.
    """
    return _mended(inputs) or edit(
        read_pages(inputs), Converter(protect), ", ".join(map(str, inputs))
    )


def _mended(inputs: Sequence[Path]) -> Edition | None:
    """The edition in a file that ``inspect --markdown`` printed, if that is what was given."""
    if len(inputs) != 1 or not is_file(inputs[0]):
        return None
    (file,) = find_files(inputs, ())
    head = file.data[:64].decode("utf-8", "replace")
    if not is_edition_markdown(head):
        return None
    return edition_from_markdown(decode(file.data, file.path), str(file.path))


def simplify(text: str, *, protect: Sequence[str] = ()) -> str:
    """Free text in simplified script; what was simplified comes out as it went in."""
    return Converter(protect)(text)
