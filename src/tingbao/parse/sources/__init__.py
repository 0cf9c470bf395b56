"""Readers of the input forms: files in, pages of blocks out.

A form is a name, a test and a function, listed in :data:`FORMS`; the first whose test accepts
a file reads it. Neighbouring files of one form are read together, because an e-paper's page
and its articles are files of their own. Nothing after this room knows which form it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile, SourcePage
from tingbao.parse.sources import epaper, ocr_json, text
from tingbao.parse.sources.finding import Folders, find_files

__all__ = ["FORMS", "PAGE_SUFFIXES", "Form", "page_files", "read_pages"]


@dataclass(frozen=True, slots=True)
class Form:
    """An input form.

    Attributes:
        name: for messages, such as ``"text"``.
        suffixes: the endings of file names that are looked for in a folder, lower case.
        accepts: whether this form reads the file; asked with the file's bytes at hand.
        read: pages of the given files, which are neighbours in input order, at least one.
            Raises InputError with the file's path where one cannot be used.
    """

    name: str
    suffixes: tuple[str, ...]
    accepts: Callable[[SourceFile], bool]
    read: Callable[[Sequence[SourceFile]], list[SourcePage]]


FORMS: tuple[Form, ...] = (
    Form("e-paper", epaper.SUFFIXES, epaper.accepts, epaper.read),
    Form("OCR JSON", ocr_json.SUFFIXES, ocr_json.accepts, ocr_json.read),
    Form("text", (".md", ".markdown", ".txt", ".text"), lambda _: True, text.read),
)


PAGE_SUFFIXES = tuple(suffix for form in FORMS for suffix in form.suffixes)
"""The endings of file names that are looked for in a folder, lower case."""


def page_files(inputs: Sequence[Path], forms: Sequence[Form] = FORMS) -> list[SourceFile]:
    """The page files that ``inputs`` stand for, read and in order.

    Raises:
        InputError: a file is missing, empty or too large, or a folder holds no page file.
    """
    suffixes = tuple(suffix for form in forms for suffix in form.suffixes)
    rules = Folders(ocr_json.without_byproducts, ocr_json.without_copies)
    return find_files(inputs, suffixes, rules)


def read_pages(inputs: Sequence[Path], forms: Sequence[Form] = FORMS) -> list[SourcePage]:
    """Read page files, in the order given; a folder stands for its page files in natural order.

    Raises:
        InputError: a file is missing, empty, too large, binary, or not of its form.
    """
    files = page_files(inputs, forms)
    pages: list[SourcePage] = []
    for form, group in itertools.groupby(files, lambda file: _form_of(file, forms)):
        pages.extend(form.read(list(group)))
    return pages


def _form_of(file: SourceFile, forms: Sequence[Form]) -> Form:
    for form in forms:
        if form.accepts(file):
            return form
    raise InputError(
        "no reader knows this kind of file; give Markdown, text, saved web pages or OCR JSON",
        file.path,
    )
