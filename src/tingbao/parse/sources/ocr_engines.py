"""What OCR engines call the pieces of a page, and the blocks that these are.

Each engine lists items; a function here gives the blocks of one of them. MinerU's newer lists and
its middle file are brought into the shape of its content list first, so that they read alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.sources.markup import html_rows, plain, upright
from tingbao.parse.sources.text import blocks_of
from tingbao.text.han import han_of, tidy

Item = dict[str, object]

_MARK = re.compile(r"#{1,6}(?=[ \t\u3000#*])")
_FURNITURE_TYPES = frozenset(
    {"header", "footer", "page_number", "aside_text", "page_footnote", "page_header", "page_footer"}
    | {"page_aside_text"}
)
_FURNITURE_CATEGORIES = frozenset({"Page-header", "Page-footer", "Footnote"})
_LEVELS = {"Title": 1, "Section-header": 2}
_PADDLE_FURNITURE = frozenset(
    {"header", "footer", "number", "footnote", "aside_text", "seal", "header_image"}
    | {"footer_image", "formula_number"}
)
_PADDLE_CAPTIONS = frozenset(
    {"figure_title", "figure_table_title", "figure_table_chart_title", "table_title"}
    | {"chart_title", "vision_footnote", "image", "figure"}
)
_PADDLE_LEVELS = {"doc_title": 1, "paragraph_title": 2}
_UNPRINTED = frozenset(
    {"type", "sub_type", "item_type", "list_type", "table_type", "attribute", "code_language"}
    | {"img_path", "image_path", "path", "image_source", "url", "href"}
)
"""Keys with values that are not printed on the page."""


def mineru_blocks(item: Item) -> Iterator[Block]:
    """The blocks of one item of MinerU's content list."""
    kind = text_of(item.get("type"))
    if kind in _FURNITURE_TYPES:
        yield from _furniture(text_of(item.get("text")))
    elif kind == "list":
        for entry in _texts(item.get("list_items")) or _texts(item.get("text")):
            yield from _marked(entry, BlockKind.LIST)
    elif kind == "text" and isinstance(level := item.get("text_level"), int) and level > 0:
        yield from _heading(text_of(item.get("text")), level)
    else:
        yield from _figure(item)


def _figure(item: Item) -> Iterator[Block]:
    """Text, tables, pictures and formulas with all that is printed over and under them."""
    captions = ("table_caption", "image_caption", "img_caption", "chart_caption", "code_caption")
    notes = ("table_footnote", "image_footnote", "img_footnote", "chart_footnote")
    for name in captions:
        yield from _captions(item.get(name))
    if item["type"] == "table":
        yield from _table(text_of(item.get("table_body")))
    yield from _lines(text_of(item.get("text")) or text_of(item.get("code_body")))
    for name in notes:
        yield from _captions(item.get(name))


def dots_blocks(item: Item) -> Iterator[Block]:
    """The blocks of one item of a dots.ocr list."""
    category, text = text_of(item.get("category")), text_of(item.get("text"))
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


def paddle_blocks(item: Item) -> Iterator[Block]:
    """The blocks of one item of PP-StructureV3 or PaddleOCR-VL."""
    label, text = text_of(item.get("block_label")), text_of(item.get("block_content"))
    if label in _PADDLE_FURNITURE:
        yield from _furniture(text)
    elif label in _PADDLE_LEVELS:
        yield from _heading(text, _PADDLE_LEVELS[label])
    elif "<table" in text.lower():
        yield from _table(text)
    elif label in _PADDLE_CAPTIONS:
        yield from _captions(text)
    else:
        yield from _lines(text)


def mineru_v2_item(block: Item) -> Item:
    """A block of MinerU's content list of version 2 as an item of version 1."""
    kind, content = text_of(block.get("type")), block.get("content")
    parts: Item = content if isinstance(content, dict) else {f"{kind}_content": content}
    text = next((_spans(value) for key, value in parts.items() if _is_text_of(key)), "")
    item: Item = {"type": kind, "text": text, "bbox": block.get("bbox")}
    for name, value in parts.items():
        if name.endswith(("_caption", "_footnote")):
            item[name] = _captions_of(value)
    if kind == "title":
        level = parts.get("level")
        item |= {"type": "text", "text_level": level if isinstance(level, int) else 1}
    elif kind in {"list", "index"}:
        item |= {"type": "list", "list_items": _entries(parts.get("list_items"))}
    elif kind == "table":
        item["table_body"] = text_of(parts.get("html"))
    elif kind == "equation_interline":
        item["text"] = f"$${text}$$"
    elif kind == "paragraph":
        item["type"] = "text"
    return item


def _captions_of(value: object) -> list[str]:
    """The captions in a run of spans: within one, a formula stands between two spans of text."""
    captions: list[str] = []
    before = ""
    for span in value if isinstance(value, list) else [value]:
        kind = text_of(span.get("type")) if isinstance(span, dict) else ""
        if captions and not kind == before == "text":
            captions[-1] += _spans(span)
        else:
            captions.append(_spans(span))
        before = kind
    return captions


def mineru_middle_items(page: Item) -> Iterator[Item]:
    """The blocks of a page of MinerU's middle file as items of its content list."""
    for block in objects_of(page.get("discarded_blocks")):
        kind = text_of(block.get("type"))
        known = kind if kind in _FURNITURE_TYPES else "header"
        yield {"type": known, "text": _middle_text(block), "bbox": block.get("bbox")}
    for block in objects_of(page.get("para_blocks")):
        yield _middle_item(block)


def _middle_item(block: Item) -> Item:
    kind, parts = text_of(block.get("type")), objects_of(block.get("blocks"))
    item: Item = {"type": kind, "bbox": block.get("bbox")}
    if kind == "title":
        level = block.get("level")
        item |= {"type": "text", "text_level": level if isinstance(level, int) else 1}
    if kind in {"list", "index"}:
        item |= {"type": "list", "list_items": _middle_entries(block)}
        return item
    for part in parts:
        name = text_of(part.get("type"))
        if name.endswith(("_caption", "_footnote")):
            noted = item.setdefault(name, [])
            if isinstance(noted, list):
                noted.append(_middle_text(part))
    bodies = [part for part in parts if not text_of(part.get("type")).endswith(_NOTES)]
    text = "\n".join(filter(None, map(_middle_text, [block, *bodies])))
    item["table_body" if kind == "table" else "text"] = text
    return item


_NOTES = ("_caption", "_footnote")


def _middle_entries(block: Item) -> list[str]:
    """The entries of a list: each begins with a line that is marked so."""
    entries: list[str] = []
    for line in objects_of(block.get("lines")):
        if entries and line.get("is_list_start_line") is False:
            entries[-1] += _spans(line.get("spans"))
        else:
            entries.append(_spans(line.get("spans")))
    return entries + [_middle_text(part) for part in objects_of(block.get("blocks"))]


def _middle_text(block: Item) -> str:
    """The lines of a block as one; words of Latin script are parted at the seam."""
    text = ""
    for line in objects_of(block.get("lines")):
        added = _spans(line.get("spans"))
        seam = text[-1:].isascii() and text[-1:].isalnum() and added[:1].isascii()
        text += f" {added}" if seam else added
    return text


def unread(item: Item, blocks: Sequence[Block]) -> Iterator[Block]:
    """What an item holds in Han characters beyond its blocks, to be listed as left out."""
    read = Counter("".join(_han_of_block(block) for block in blocks))
    for text in _strings(item):
        printed = Counter(han_of(tidy(text)))
        if printed <= read:
            read -= printed
        else:
            yield from (
                Block(line.strip(), role=BlockRole.FURNITURE)
                for line in tidy(text).splitlines()
                if line.strip()
            )


def is_picture(item: Item) -> bool:
    """Whether an item is a picture, with captions or without."""
    return not _names(item).isdisjoint({"image", "picture", "figure"})


def is_empty_table(item: Item) -> bool:
    """Whether an item is a table of which the engine kept only the picture."""
    content = item.get("content")
    inner = content.get("html") if isinstance(content, dict) else content
    bodies = (item.get("table_body"), item.get("block_content"), item.get("text"), inner)
    return "table" in _names(item) and not any(map(text_of, bodies))


def _names(item: Item) -> set[str]:
    """What its engine calls the item."""
    return {text_of(item.get(key)).lower() for key in ("type", "category", "block_label")}


def _han_of_block(block: Block) -> str:
    return han_of("".join((block.text, *(cell for row in block.rows for cell in row))))


def _is_text_of(key: str) -> bool:
    return key.endswith("_content") or key in {"content", "text"}


def _spans(value: object) -> str:
    """The text of a run of spans, each a string or an object that holds one."""
    return "".join(_strings(value))


def _strings(value: object) -> Iterator[str]:
    """Every printed string in a value, in order."""
    stack = [value]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
        elif isinstance(top, list):
            stack.extend(reversed(top))
        elif isinstance(top, dict):
            if top.get("type") in _INLINE_FORMULAS and isinstance(top.get("content"), str):
                yield f"${top['content']}$"
            else:
                stack.extend(v for k, v in reversed(top.items()) if k not in _UNPRINTED)


_INLINE_FORMULAS = ("equation_inline", "inline_equation")


def _entries(value: object) -> list[str]:
    """The entries of a list, each with the mark that is printed before it."""
    entries = value if isinstance(value, list) else []
    return [_entry(entry) for entry in entries]


def _entry(entry: object) -> str:
    if not isinstance(entry, dict):
        return _spans(entry)
    rest = {key: value for key, value in entry.items() if key not in {"prefix", "ilevel"}}
    return f"{text_of(entry.get('prefix'))} {_spans(rest)}".strip()


def objects_of(value: object) -> list[Item]:
    """The objects in a list; none where ``value`` is anything else."""
    values = value if isinstance(value, list) else []
    return [one for one in values if isinstance(one, dict)]


def _furniture(text: str) -> Iterator[Block]:
    for line in _printed_lines(text):
        yield Block(line, role=BlockRole.FURNITURE)


def _heading(text: str, level: int) -> Iterator[Block]:
    """A heading keeps its line breaks: they are those of its headline."""
    lines = [_unmarked(line) for line in tidy(text).splitlines()]
    joined = "\n".join(filter(None, lines))
    if joined:
        yield Block(upright(joined), kind=BlockKind.HEADING, level=level)


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


def text_of(value: object) -> str:
    """The string that ``value`` is; empty where it is anything else."""
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]
