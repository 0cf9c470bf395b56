"""Pages in their words, parsed from a folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tingbao.models import Edition
from tingbao.parse import parse_pages

__all__ = ["Parse"]

Parse = Callable[..., Edition]
"""Takes the text of each page, in order, and the ``names`` of their files, by their number."""


@pytest.fixture
def parsed(tmp_path: Path) -> Parse:
    """Parse the pages of an edition, in files named ``01.md``, ``02.md``… or as is told."""

    def parse(*pages: str, names: str = "{:02}.md") -> Edition:
        paths = [tmp_path / names.format(number) for number in range(1, len(pages) + 1)]
        for path, page in zip(paths, pages, strict=True):
            path.write_text(page, "utf-8")
        return parse_pages(paths)

    return parse
