"""Saved e-papers: page files with their articles beside them, article files alone, web pages.

The rules are loaded when a page is read, not when its files are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from tingbao.parse.blocks import SourceFile, SourcePage

__all__ = ["SUFFIXES", "accepts", "linked", "read"]

SUFFIXES = (".htm", ".html", ".shtml", ".xhtml", ".mhtml", ".mht")
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text", ".json", ".jsonl")


def accepts(file: SourceFile) -> bool:
    """Whether the file is a web page, by its name or, where that says nothing, by its head."""
    name = file.path.name.lower()
    return name.endswith(SUFFIXES) or (not name.endswith(_TEXT_SUFFIXES) and _has_web_head(file))


def _has_web_head(file: SourceFile) -> bool:
    from tingbao.parse.sources.epaper.document import has_html_head  # noqa: PLC0415  - an HTML parser
    from tingbao.parse.sources.epaper.mhtml import is_web_archive  # noqa: PLC0415  - a mail parser

    return has_html_head(file.data) or is_web_archive(file)


def linked(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The articles that saved pages among ``files`` list and that lie beside them, read.

    Raises:
        InputError: a file cannot be used.
    """
    from tingbao.parse.sources.epaper.reading import linked_files  # noqa: PLC0415  - as below

    return linked_files(files)


def read(files: Sequence[SourceFile], linked: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of saved web pages: page files first, then articles that none of them lists.

    Raises:
        InputError: a file cannot be used, or no article that a page lists is there.
    """
    from tingbao.parse.sources.epaper.reading import read_saved  # noqa: PLC0415  - many patterns

    return read_saved(files, linked)
