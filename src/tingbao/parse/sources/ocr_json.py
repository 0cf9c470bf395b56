"""OCR engines' JSON: MinerU's content list and the layout lists of dots.ocr.

Both list the pieces of a page in reading order with what each looks like. MinerU puts all pages
of a document into one file (``page_idx``); dots.ocr writes a file a page, or one line a page
(``page_no``). Neither has lines, so no block has one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tingbao.errors import InputError
from tingbao.models import Box
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourceFile, SourcePage
from tingbao.parse.labels import page_label
from tingbao.parse.sources.inputs import decode, label_of_name
from tingbao.parse.sources.markup import html_rows, plain
from tingbao.parse.sources.text import blocks_of
from tingbao.text.han import tidy

SUFFIXES = (".json", ".jsonl")
_KNOWN = "MinerU *_content_list.json and dots.ocr layout lists"
_BYPRODUCT = re.compile(
    r"(?:_(?:middle|model|model_output|content_list_v2|layout|span|spans)\.json|\.jsonl)$"
)
_CONTENT_LIST = re.compile(r"(?:^|_)content_list\.json$")
_COPIES = (".md", "_nohf.md", ".markdown", ".txt", ".html")
_MARK = re.compile(r"#{1,6}(?=[ \t\u3000#*])")
_FURNITURE_TYPES = frozenset(
    {"header", "footer", "page_number", "aside_text", "page_footnote", "page_header", "page_footer"}
)
_FURNITURE_CATEGORIES = frozenset({"Page-header", "Page-footer", "Footnote"})
_SIDES = 4
_LEVELS = {"Title": 1, "Section-header": 2}

Item = dict[str, object]


def accepts(file: SourceFile) -> bool:
    """Whether the file is JSON, by its name or, where that says nothing, by its first letters."""
    name = file.path.name.lower()
    return name.endswith(SUFFIXES) or file.data[:200].lstrip().startswith((b"[{", b'{"'))


def read(files: Sequence[SourceFile], _linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of OCR results in the order of the files, then of their page numbers.

    Raises:
        InputError: a file is no JSON (with the line), or JSON of another kind.
    """
    return [page for file in files for page in _pages(file)]


def without_byproducts(names: Sequence[str]) -> list[str]:
    """The files of a folder without those that MinerU writes beside its content list."""
    lists = [name for name in names if _CONTENT_LIST.search(name)]
    copies = {f"{_CONTENT_LIST.sub('', name)}{end}" for name in lists for end in _COPIES}
    copies |= {"full.md", "layout.json"} if lists else set()
    return [
        name for name in names
        if name in lists or not (name in copies or (lists and _BYPRODUCT.search(name)))
    ]  # fmt: skip


def without_copies(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of a folder without JSON that holds no page, and without copies of that which does.

    An engine writes a page's text beside its JSON. Where the JSON holds no page (the engine's
    model had failed), the text is all there is of it, and stays.
    """
    json_files = [file for file in files if accepts(file)]
    pages = [file for file in json_files if _is_known(file)]
    copies = {file.path.with_suffix("").as_posix() + end for file in pages for end in _COPIES}
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
        raise InputError(f"this JSON is no OCR result that is known ({_KNOWN})", file.path)
    pages, blocks = form
    for page in pages:
        found = tuple(
            replace(block, box=_box(item.get("bbox"))) for item in page for block in blocks(item)
        )
        label = label_of_name(file.path) if len(pages) == 1 else None
        yield SourcePage(file.path.name, found, label=_printed_label(found) or label)


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


_Form = tuple[list[list[Item]], Callable[[Item], Iterator[Block]]]


def _form_of(value: object) -> _Form | None:
    """The pages of a known form, and what makes blocks of their items."""
    items = _items(value)
    if items and all(_text(item.get("category")) for item in items):
        return [items], _dots
    if items and all(_text(item.get("type")) and "page_idx" in item for item in items):
        return _by_page(items), _mineru
    pages = value if isinstance(value, list) else [value]
    layouts = [_layout(page) for page in pages]
    if layouts and all(layout is not None for layout in layouts):
        return [layout for layout in layouts if layout is not None], _dots
    return None


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
    return items if items and all(_text(item.get("category")) for item in items) else None


def _by_page(items: list[Item]) -> list[list[Item]]:
    pages: dict[int, list[Item]] = {}
    for item in items:
        page = item["page_idx"]
        pages.setdefault(page if isinstance(page, int) else 0, []).append(item)
    return [pages[page] for page in sorted(pages)]


def _mineru(item: Item) -> Iterator[Block]:
    """The blocks of one item of MinerU's content list."""
    kind = _text(item.get("type"))
    if kind in _FURNITURE_TYPES:
        yield from _furniture(_text(item.get("text")))
    elif kind == "list":
        for entry in _texts(item.get("list_items")) or _texts(item.get("text")):
            yield from _marked(entry, BlockKind.LIST)
    elif kind == "text" and isinstance(level := item.get("text_level"), int) and level > 0:
        yield from _heading(_text(item.get("text")), level)
    else:
        yield from _figure(item)


def _figure(item: Item) -> Iterator[Block]:
    """Text, tables, pictures and formulas with all that is printed over and under them."""
    captions = ("table_caption", "image_caption", "img_caption", "chart_caption", "code_caption")
    notes = ("table_footnote", "image_footnote", "img_footnote", "chart_footnote")
    for name in captions:
        yield from _captions(item.get(name))
    if item["type"] == "table":
        yield from _table(_text(item.get("table_body")))
    yield from _lines(_text(item.get("text")) or _text(item.get("code_body")))
    for name in notes:
        yield from _captions(item.get(name))


def _dots(item: Item) -> Iterator[Block]:
    """The blocks of one item of a dots.ocr list."""
    category, text = _text(item.get("category")), _text(item.get("text"))
    if category in _FURNITURE_CATEGORIES:
        yield from _furniture(text)
    elif category in _LEVELS:
        marks = _MARK.match(text)
        yield from _heading(text, len(marks[0]) if marks else _LEVELS[category])
    elif category == "Caption":
        yield from _captions(text)
    elif category == "Table":
        yield from _table(text)
    elif category == "List-item":
        yield from _marked(text, BlockKind.LIST)
    else:
        yield from _lines(text)


def _furniture(text: str) -> Iterator[Block]:
    for line in _printed_lines(text):
        yield Block(line, role=BlockRole.FURNITURE)


def _heading(text: str, level: int) -> Iterator[Block]:
    """A heading keeps its line breaks: they are those of its headline."""
    lines = [_unmarked(line) for line in tidy(text).splitlines()]
    joined = "\n".join(filter(None, lines))
    if joined:
        yield Block(joined, kind=BlockKind.HEADING, level=level)


def _unmarked(line: str) -> str:
    return plain(_MARK.sub("", line.strip(), count=1).strip()).strip("* ")


def _captions(value: object) -> Iterator[Block]:
    for text in _texts(value):
        for line in _printed_lines(text):
            yield Block(line, kind=BlockKind.CAPTION)


def _marked(text: str, kind: BlockKind) -> Iterator[Block]:
    for block in _lines(text):
        yield replace(block, kind=kind) if block.kind is BlockKind.TEXT else block


def _table(markup: str) -> Iterator[Block]:
    rows = tuple(tuple(tidy(plain(cell)) for cell in row) for row in html_rows(markup))
    if any(cell for row in rows for cell in row):
        yield Block("", kind=BlockKind.TABLE, rows=rows)


def _lines(text: str) -> Iterator[Block]:
    """A piece of Markdown, read as text files are; its lines have no number in the file."""
    for block in blocks_of(_formula(text)):
        yield replace(block, line=None)


def _formula(text: str) -> str:
    """A formula printed apart, brought on one line: its marks are read within lines only."""
    return " ".join(text.split("\n")) if text.lstrip().startswith("$$") else text


def _printed_lines(text: str) -> Iterator[str]:
    for line in tidy(text).splitlines():
        if shown := _unmarked(line):
            yield shown


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]
