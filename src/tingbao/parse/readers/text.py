"""Markdown and plain text: one block a line, with what the line shows."""

from __future__ import annotations

from collections.abc import Sequence

from tingbao.parse.blocks import Block, SourceFile, SourcePage
from tingbao.parse.readers.decoding import decode
from tingbao.parse.readers.finding import label_of_name

__all__ = ["read"]


def read(files: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of text files, one a file."""
    return [_page(file) for file in files]


def _page(file: SourceFile) -> SourcePage:
    lines = decode(file.data, file.path).splitlines()
    blocks = [Block(text, number) for number, text in enumerate(lines, start=1) if text.strip()]
    return SourcePage(file.path.name, tuple(blocks), label=label_of_name(file.path))
