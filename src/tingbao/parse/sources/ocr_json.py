"""OCR engines' JSON: MinerU's lists, the layout lists of dots.ocr, the results of PaddleOCR, more.

All list the pieces of a page with what each looks like, in reading order or with a number that
gives it. MinerU puts all pages of a document into one file; dots.ocr and PaddleOCR write a file a
page, or one line a page. None has lines, so no block has one. What each engine calls the pieces
is in ``ocr_engines``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.errors import InputError
from tingbao.models import Box
from tingbao.parse.blocks import Block, BlockRole, SourceFile, SourcePage
from tingbao.parse.labels import page_label
from tingbao.parse.sources.inputs import decode, label_of_name
from tingbao.parse.sources.ocr_documents import (
    DEEPSEEK_START,
    deepseek_pages,
    docling_pages,
    marker_pages,
    olmocr_pages,
)
from tingbao.parse.sources.ocr_engines import (
    Item,
    dots_blocks,
    is_empty_table,
    is_picture,
    mineru_blocks,
    mineru_middle_items,
    mineru_v2_item,
    paddle_blocks,
    text_of,
    unread,
)

SUFFIXES = (".json", ".jsonl")
_KNOWN = (
    "MinerU *_content_list.json, *_content_list_v2.json and *_middle.json, dots.ocr layout lists, "
    "PP-StructureV3 or PaddleOCR-VL results with parsing_res_list, marker, Docling and olmOCR"
)
_BYPRODUCT = re.compile(
    r"(?:(?:^|_)(?:middle|model|model_output|content_list_v2|layout|span|spans)\.json|\.jsonl)$"
)
_LISTS = (
    re.compile(r"(?:^|_)content_list\.json$"),
    re.compile(r"(?:^|_)content_list_v2\.json$"),
    re.compile(r"_middle\.json$"),
)
"""MinerU's files with the pages of a document, the one to read first."""

_RESULT = re.compile(r"_(?:res|det|ori)$")
"""How PaddleOCR and DeepSeek-OCR end the names of files with boxes, before the suffix."""

_WRAPPERS = ("res", "result", "layoutParsingResults", "prunedResult")
"""What PaddleOCR's services and printouts put around a page."""
_COPIES = (".md", ".mmd", "_nohf.md", ".markdown", ".txt", ".html")
_STARTS = (b"[{", b'{"', DEEPSEEK_START.encode())
_SIDES = 4


def accepts(file: SourceFile) -> bool:
    """Whether the file is JSON, by its name or, where that says nothing, by its first letters."""
    name = file.path.name.lower()
    return name.endswith(SUFFIXES) or file.data[:200].lstrip().startswith(_STARTS)


def read(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of OCR results in the order of the files, then of their page numbers.

    Raises:
        InputError: a file is no JSON (with the line), or JSON of another kind.
    """
    return [page for file in files for page in _pages(file)]


def without_byproducts(names: Sequence[str]) -> list[str]:
    """The files of a folder without those that MinerU writes beside its list of the pages."""
    for ending in _LISTS:
        if lists := [name for name in names if ending.search(name)]:
            copies = {f"{ending.sub('', name)}{end}" for name in lists for end in _COPIES}
            others = copies | {"full.md", "layout.json"}
            return [
                name for name in names
                if name in lists or not (name in others or _BYPRODUCT.search(name))
            ]  # fmt: skip
    return list(names)


def without_copies(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of a folder without JSON that holds no page, and without copies of that which does.

    An engine writes a page's text beside its JSON. Where the JSON holds no page (the engine's
    model had failed), the text is all there is of it, and stays.
    """
    json_files = [file for file in files if accepts(file)]
    pages = [file for file in json_files if _is_known(file)]
    stems = [_RESULT.sub("", file.path.with_suffix("").as_posix()) for file in pages]
    copies = {stem + end for stem in stems for end in _COPIES}
    return [
        file for file in files
        if file in pages or not (file in json_files or file.path.as_posix() in copies)
    ]  # fmt: skip


def _is_known(file: SourceFile) -> bool:
    try:
        return _form_of(_parsed(file)) is not None
    except InputError:
        return False


def _pages(file: SourceFile) -> Iterator[SourcePage]:
    value = _parsed(file)
    form = _form_of(value)
    if form is None:
        raise InputError(f"this JSON is no OCR result; of JSON, {_KNOWN} are read", file.path)
    name = file.path.with_name(_RESULT.sub("", file.path.stem) + file.path.suffix)
    for items in form.pages:
        blocks = tuple(_page_blocks(items, form.blocks))
        label = label_of_name(name) if len(form.pages) == 1 and not form.numbered else None
        yield SourcePage(
            file.path.name, blocks, label=_printed_label(blocks) or label, notes=_notes(items)
        )


def _page_blocks(
    items: Sequence[Item], read_item: Callable[[Item], Iterator[Block]]
) -> Iterator[Block]:
    """The blocks of a page; what stands under a picture is ``pictured``."""
    pictured = False
    for item in items:
        pictured = pictured or is_picture(item)
        for block in _blocks(item, read_item):
            yield replace(block, pictured=True) if pictured else block
            pictured = False


def _blocks(item: Item, read_item: Callable[[Item], Iterator[Block]]) -> Iterator[Block]:
    """The blocks of an item with its box, and what of its text no block holds."""
    blocks = list(read_item(item))
    box = _box(item.get("bbox") or item.get("block_bbox"))
    for block in (*blocks, *unread(item, blocks)):
        yield replace(block, box=box)


def _notes(items: Sequence[Item]) -> tuple[str, ...]:
    """What a person should know of the page: tables with nothing in them."""
    empty = sum(map(is_empty_table, items))
    return (f"{empty} tables have no text in the JSON, and are missing",) if empty else ()


def _box(value: object) -> Box | None:
    """The rectangle ``[left, top, right, bottom]`` of an item.

    MinerU counts in thousandths of the page, dots.ocr in pixels of the picture that it read.
    """
    sides = value if isinstance(value, list) else []
    try:
        numbers = [float(side) for side in sides if isinstance(side, int | float)]
    except OverflowError:
        return None
    is_box = len(sides) == len(numbers) == _SIDES and all(map(math.isfinite, numbers))
    return Box(*numbers) if is_box else None


def _printed_label(blocks: Sequence[Block]) -> str | None:
    """The page's label in its furniture: 第03版：综合, or a number alone."""
    for block in blocks:
        if block.role is BlockRole.FURNITURE and (found := page_label(block.text)):
            return found[0]
    numbers = (b.text.strip() for b in blocks if b.role is BlockRole.FURNITURE)
    return next((n for n in numbers if re.fullmatch(r"[A-Za-z]{0,2}\d{1,3}", n)), None)


def _parsed(file: SourceFile) -> object:
    """The file's JSON; of a file of one value a line, the list of them."""
    text = decode(file.data, file.path).removeprefix("\ufeff")
    if text.lstrip().startswith(DEEPSEEK_START):
        return [{"full_layout_info": page} for page in deepseek_pages(text)]
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise InputError("this JSON is nested too deeply to be read", file.path) from error
    except ValueError as error:
        if (lines := _json_lines(text)) is not None:
            return lines
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InputError(f"broken JSON: {_reason(error)}", file.path, line) from error
    return value


def _reason(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "a number that is too long"


def _json_lines(text: str) -> list[object] | None:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
        return None
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class _Form:
    """Pages of a known form, and what makes blocks of their items.

    ``numbered`` says that the pages are counted within a document, which is not the number that
    is printed on them.
    """

    pages: list[list[Item]]
    blocks: Callable[[Item], Iterator[Block]]
    numbered: bool = False


def _form_of(value: object) -> _Form | None:
    """The pages of a known form; None where it is none."""
    items = _items(value)
    if items and all(text_of(item.get("category")) for item in items):
        return _Form([items], dots_blocks)
    if items and all(text_of(item.get("type")) and "page_idx" in item for item in items):
        return _Form(_by_page(items), mineru_blocks)
    for pages_of in (docling_pages, marker_pages, olmocr_pages):
        if (pages := pages_of(value)) is not None:
            return _Form(pages, dots_blocks, numbered=True)
    return _layouts(value) or _mineru_pages(value) or _paddle_pages(value)


def _layouts(value: object) -> _Form | None:
    """The pages of dots.ocr, each with its number in a line or an object of its own."""
    layouts = [_layout(page) for page in (value if isinstance(value, list) else [value])]
    pages = [layout for layout in layouts if layout is not None]
    return _Form(pages, dots_blocks) if layouts and len(pages) == len(layouts) else None


def _mineru_pages(value: object) -> _Form | None:
    """The pages of MinerU's content list of version 2, or of its middle file."""
    if isinstance(value, dict) and (pages := _items(value.get("pdf_info"))):
        if not all("para_blocks" in page for page in pages):
            return None
        return _Form([list(mineru_middle_items(page)) for page in pages], mineru_blocks)
    lists = value if isinstance(value, list) else []
    if not any(lists) or not all(isinstance(page, list) for page in lists):
        return None
    found = [_items(page) for page in lists]
    if not all(_is_v2(item) for page in found for item in page) or not any(found):
        return None
    return _Form(found, lambda item: mineru_blocks(mineru_v2_item(item)))


def _is_v2(item: Item) -> bool:
    return bool(text_of(item.get("type"))) and "content" in item


def _paddle_pages(value: object) -> _Form | None:
    """The pages of PP-StructureV3 or PaddleOCR-VL, in the order of their numbers if they have any.

    A value in which anything else stands beside such pages is not of this form.
    """
    results = list(_paddle_results(value))
    if not results or None in results:
        return None
    pages = [page for page in results if page is not None]
    numbers = [page.get("page_index") for page in pages]
    numbered = [number for number in numbers if isinstance(number, int)]
    if len(numbered) == len(pages):
        pages = [page for _, page in sorted(zip(numbered, pages, strict=True), key=_first)]
    ordered = [_in_order(_items(page["parsing_res_list"])) for page in pages]
    return _Form(ordered, paddle_blocks, numbered=bool(numbered))


def _first(pair: tuple[int, Item]) -> int:
    return pair[0]


def _paddle_results(value: object, deep: int = 6) -> Iterator[Item | None]:
    """The pages in a value, and None for whatever is no page."""
    if isinstance(value, list) and deep:
        for inner in value:
            yield from _paddle_results(inner, deep - 1)
    elif isinstance(value, dict) and isinstance(value.get("parsing_res_list"), list):
        yield value
    elif isinstance(value, dict) and deep and (inner := _wrapped(value)) is not None:
        yield from _paddle_results(inner, deep - 1)
    else:
        yield None


def _wrapped(value: Item) -> object:
    return next((value[name] for name in _WRAPPERS if name in value), None)


def _in_order(items: list[Item]) -> list[Item]:
    """The items by ``block_order``; one without it stays behind the one it is listed after."""
    groups: list[tuple[float, list[Item]]] = [(-math.inf, [])]
    for item in items:
        order = item.get("block_order")
        if isinstance(order, int):
            groups.append((order, [item]))
        else:
            groups[-1][1].append(item)
    return [item for _, group in sorted(groups, key=lambda one: one[0]) for item in group]


def _items(value: object) -> list[Item]:
    """The list of objects that ``value`` is; empty where it is anything else."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return []
    return value


def _layout(page: object) -> list[Item] | None:
    """The items of a page that stands with its number in a line or an object of its own."""
    if not isinstance(page, dict):
        return None
    items = _items(page.get("full_layout_info"))
    return items if items and all(text_of(item.get("category")) for item in items) else None


def _by_page(items: list[Item]) -> list[list[Item]]:
    pages: dict[int, list[Item]] = {}
    for item in items:
        page = item["page_idx"]
        pages.setdefault(page if isinstance(page, int) else 0, []).append(item)
    return [pages[page] for page in sorted(pages)]
