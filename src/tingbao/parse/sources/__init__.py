"""Readers of the input forms: files in, pages of blocks out.

A form is a name, a test and a function, listed in :data:`FORMS`; the first with a test that
accepts a file reads it. Neighbouring files of one form are read together, because an e-paper's page
and its articles are files of their own. Nothing after this room knows which form it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile, SourcePage
from tingbao.parse.sources import documents, epaper, ocr_json, refused, text
from tingbao.parse.sources.inputs import Folders, SourceFiles, find_files

__all__ = [
    "PAGE_SUFFIXES",
    "SourceFiles",
    "follow_links",
    "pages_of",
    "read_files",
    "without_byproducts",
]


@dataclass(frozen=True, slots=True)
class Form:
    """An input form.

    Attributes:
        name: for messages, such as ``"text"``.
        suffixes: the endings of file names that are looked for in a folder, lower case.
        accepts: whether this form reads the file; asked with the file's bytes at hand.
        read: pages of the given files, which are neighbours in input order, at least one, with
            the help of the files that :attr:`linked` found. It reads nothing from the disk.
            Raises InputError with the file's path where one cannot be used.
        linked: further files that the given ones lead to, read; None where a form has no links.
    """

    name: str
    suffixes: tuple[str, ...]
    accepts: Callable[[SourceFile], bool]
    read: Callable[[Sequence[SourceFile], Sequence[SourceFile]], list[SourcePage]]
    linked: Callable[[Sequence[SourceFile]], list[SourceFile]] | None = None


FORMS: tuple[Form, ...] = (
    Form("e-paper", epaper.SUFFIXES, epaper.accepts, epaper.read, epaper.linked),
    Form("PDF", documents.PDF_SUFFIXES, documents.is_pdf, documents.read_pdf),
    Form("picture", documents.PICTURE_SUFFIXES, documents.is_picture, documents.read_pictures),
    Form("Word", documents.WORD_SUFFIXES, documents.is_word, documents.read_word),
    Form(
        "ALTO and METS",
        documents.XML_SUFFIXES,
        documents.is_xml,
        documents.read_xml,
        documents.linked_xml,
    ),
    Form("OCR JSON", ocr_json.SUFFIXES, ocr_json.accepts, ocr_json.read),
    Form("no page", (), refused.accepts, refused.read),
    Form("text", (".md", ".mmd", ".markdown", ".txt", ".text"), lambda _: True, text.read),
)


PAGE_SUFFIXES = tuple(suffix for form in FORMS for suffix in form.suffixes)
"""The endings of file names that are looked for in a folder, lower case."""


def read_files(inputs: Sequence[Path]) -> SourceFiles:
    """The page files that ``inputs`` stand for, in order; those of a folder in natural order.

    Links are not followed: that takes a parser, and an unchanged edition needs none.

    Raises:
        InputError: a file is missing, empty or too large, or a folder holds no page file.
    """
    rules = Folders(without_byproducts, _pages_among)
    return SourceFiles(tuple(inputs), tuple(find_files(inputs, PAGE_SUFFIXES, rules)))


def without_byproducts(names: Sequence[str]) -> list[str]:
    """The names of a folder without those that lie beside the pages they were made from."""
    return documents.without_illustrations(ocr_json.without_byproducts(names))


def _pages_among(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of a folder without copies, and without those that hold no page."""
    pages = ocr_json.without_copies(refused.without_refused(files))
    return documents.without_strangers(pages)


def follow_links(sources: SourceFiles) -> SourceFiles:
    """The same files, and those that their pages lead to.

    Raises:
        InputError: a file cannot be read, or is not of its form.
    """
    found = [
        file for form, group in _by_form(sources) if form.linked for file in form.linked(group)
    ]
    return replace(sources, linked=tuple(found))


def pages_of(sources: SourceFiles) -> list[SourcePage]:
    """The pages in these files, in the order of the files.

    Raises:
        InputError: a file is binary, or not of its form.
    """
    groups = _by_form(sources)
    return _counted_from_one(
        [page for form, group in groups for page in form.read(group, sources.linked)]
    )


def _counted_from_one(pages: list[SourcePage]) -> list[SourcePage]:
    """The pages with labels as a paper prints them: programs begin to count files at page_0."""
    if not any(page.label == "0" for page in pages):
        return pages
    return [replace(page, label=_next_number(page.label)) for page in pages]


def _next_number(label: str | None) -> str | None:
    return str(int(label) + 1) if label is not None and label.isdecimal() else label


def _by_form(sources: SourceFiles) -> Iterator[tuple[Form, list[SourceFile]]]:
    for form, group in itertools.groupby(sources.files, _form_of):
        yield form, list(group)


def _form_of(file: SourceFile) -> Form:
    for form in FORMS:
        if form.accepts(file):
            return form
    raise InputError(f"no reader knows this kind of file; {refused.READABLE}", file.path)
