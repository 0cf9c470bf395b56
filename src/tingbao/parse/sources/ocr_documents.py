"""Marker, Docling, DeepSeek-OCR and olmOCR: their documents as items like those of dots.ocr.

Each has its own tree or text; what they say of a piece is the same: what kind of piece it is, its
text, and where it stands. So their pages become the lists of items that ``ocr_engines`` reads.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator

from tingbao.parse.sources.ocr_engines import Item, objects_of, text_of

Pages = list[list[Item]]

DEEPSEEK_START = "<|ref|>"
_GROUNDED = re.compile(
    r"<\|ref\|>(?P<kind>.*?)<\|/ref\|>\s*<\|det\|>\[?\[(?P<box>[\d.,\s]*)\].*?<\|/det\|>"
    r"(?P<text>.*?)(?=<\|ref\|>|\Z)",
    re.DOTALL,
)
_PAGE_SPLIT = re.compile(r"\s*<-+ ?Page Split ?-+>\s*")
_CATEGORIES = {
    # DeepSeek-OCR
    "title": "Title", "sub_title": "Section-header", "image": "Picture", "figure": "Picture",
    "image_caption": "Caption", "figure_title": "Caption", "table_caption": "Caption",
    "table": "Table", "header": "Page-header", "footer": "Page-footer", "list": "List-item",
    "page_number": "Page-footer", "aside_text": "Page-header", "footnote": "Footnote",
    # marker
    "sectionheader": "Section-header", "caption": "Caption", "listitem": "List-item",
    "pageheader": "Page-header", "pagefooter": "Page-footer", "picture": "Picture",
    # Docling
    "section_header": "Section-header", "list_item": "List-item", "page_header": "Page-header",
    "page_footer": "Page-footer",
}  # fmt: skip
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|li|div)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h([1-6])", re.IGNORECASE)
_DEEPEST = 40


def deepseek_pages(text: str) -> Pages:
    """The pages of DeepSeek-OCR's answer, in which each piece stands behind its kind and box."""
    return [list(_grounded(page)) for page in _PAGE_SPLIT.split(text) if page.strip()]


def _grounded(page: str) -> Iterator[Item]:
    for found in _GROUNDED.finditer(page):
        box = [float(side) for side in re.findall(r"\d+(?:\.\d+)?", found["box"])]
        category = _CATEGORIES.get(found["kind"].strip(), "Text")
        yield {"category": category, "bbox": box, "text": found["text"].strip()}


def olmocr_pages(value: object) -> Pages | None:
    """The pages in olmOCR's lines, each a document with the ends of its pages; None for others."""
    documents = value if isinstance(value, list) else [value]
    found = [list(_spans_of(document)) for document in documents if isinstance(document, dict)]
    return list(itertools.chain.from_iterable(found)) if found and all(found) else None


def _spans_of(document: Item) -> Iterator[list[Item]]:
    text, about = text_of(document.get("text")), document.get("attributes")
    spans = about.get("pdf_page_numbers") if isinstance(about, dict) else None
    for span in spans if text and isinstance(spans, list) else []:
        if isinstance(span, list) and all(isinstance(place, int) for place in span[:2]):
            yield [{"category": "Text", "text": text[span[0] : span[1]]}]


# --- marker ---------------------------------------------------------------------------------


def marker_pages(value: object) -> Pages | None:
    """The pages of marker's tree of blocks, or of its flat list of them; None for others."""
    if not isinstance(value, dict):
        return None
    if value.get("block_type") == "Document":
        pages = objects_of(value.get("children"))
        return [list(_marker_items(page)) for page in pages] or None
    blocks = objects_of(value.get("blocks"))
    if not blocks or not all("block_type" in block and "html" in block for block in blocks):
        return None
    by_page = itertools.groupby(blocks, lambda block: block.get("page"))
    return [[item for block in page for item in _marker_items(block)] for _, page in by_page]


def _marker_items(block: Item, deep: int = _DEEPEST) -> Iterator[Item]:
    """The items in a block; one that holds blocks has no text but theirs, or none that counts."""
    children = objects_of(block.get("children")) if deep else []
    for child in children:
        yield from _marker_items(child, deep - 1)
    kind, markup = text_of(block.get("block_type")), text_of(block.get("html"))
    category = "Page-header" if children else _CATEGORIES.get(kind.lower(), "Text")
    if "<table" in markup.lower() and not children:
        category = "Table"
    text = markup if category == "Table" else _text_of_markup(markup)
    if category == "Section-header" and (level := _HEADING.search(markup)):
        text = f"{'#' * int(level[1])} {text}"
    yield {"category": category, "bbox": block.get("bbox"), "text": text}


def _text_of_markup(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BREAKS.sub("\n", markup))).strip()


# --- Docling --------------------------------------------------------------------------------


def docling_pages(value: object) -> Pages | None:
    """The pages of a DoclingDocument, its items in the order of its body; None for others."""
    if not isinstance(value, dict) or value.get("schema_name") != "DoclingDocument":
        return None
    pages: dict[int, list[Item]] = {}
    page = 1
    for item in _Docling(value).items():
        number = item.pop("page")
        page = number if isinstance(number, int) else page
        pages.setdefault(page, []).append(item)
    return [pages[page] for page in sorted(pages)]


class _Docling:
    """A document whose parts name each other by paths: ``#/texts/3``."""

    def __init__(self, value: Item) -> None:
        self.value = value
        lists = ("texts", "tables", "pictures", "groups", "key_value_items", "form_items")
        self.parts = {
            f"#/{name}/{at}": part
            for name in lists
            for at, part in enumerate(objects_of(value.get(name)))
        }
        self.left = dict(self.parts)

    def items(self) -> Iterator[Item]:
        """The items of the body, then what stands nowhere in it."""
        for root in ("body", "furniture"):
            if isinstance(part := self.value.get(root), dict):
                yield from self._within(part, _DEEPEST)
        for part in list(self.left.values()):
            yield self._item(part)

    def _within(self, part: Item, deep: int) -> Iterator[Item]:
        for name in ("captions", "children", "footnotes"):
            for reference in objects_of(part.get(name)):
                child = self.left.pop(text_of(reference.get("$ref")), None)
                if child is None:
                    continue
                within = self._within(child, deep - 1) if deep else iter(())
                if "data" in child:  # what a table shows stands over it
                    yield from within
                yield self._item(child, "Caption" if name == "captions" else None)
                yield from within

    def _item(self, part: Item, category: str | None = None) -> Item:
        place = next(iter(objects_of(part.get("prov"))), {})
        page = place.get("page_no")
        known = category or _CATEGORIES.get(text_of(part.get("label")), "Text")
        text = text_of(part.get("text"))
        if part.get("content_layer") == "furniture":
            known = "Page-header"
        elif known == "Section-header" and isinstance(level := part.get("level"), int):
            text = f"{'#' * min(level, 6)} {text}"
        elif isinstance(data := part.get("data"), dict):
            known, text = "Table", _docling_table(data)
        return {"category": known, "bbox": self._box(place), "text": text, "page": page}

    def _box(self, place: Item) -> list[object]:
        box = place.get("bbox")
        if not isinstance(box, dict):
            return []
        sides = [box.get(side) for side in "ltrb"]
        numbers = [float(side) for side in sides if isinstance(side, int | float)]
        height = self._height(place.get("page_no"))
        if len(numbers) < len(sides) or box.get("coord_origin") != "BOTTOMLEFT" or not height:
            return sides
        left, top, right, bottom = numbers
        return [left, height - top, right, height - bottom]

    def _height(self, number: object) -> float:
        pages = self.value.get("pages")
        page = pages.get(str(number)) if isinstance(pages, dict) else None
        size = page.get("size") if isinstance(page, dict) else None
        height = size.get("height") if isinstance(size, dict) else None
        return float(height) if isinstance(height, int | float) else 0.0


def _docling_table(data: Item) -> str:
    """The table as HTML, each cell once, with the rows and columns that it spans."""
    rows: dict[int, str] = {}
    for cell in objects_of(data.get("table_cells")):
        row = cell.get("start_row_offset_idx")
        down, across = (cell.get(name, 1) for name in ("row_span", "col_span"))
        shown = html.escape(text_of(cell.get("text")))
        place = row if isinstance(row, int) else 0
        rows[place] = rows.get(place, "") + (
            f'<td rowspan="{down}" colspan="{across}">{shown}</td>'
        )
    return f"<table>{''.join(f'<tr>{rows[row]}</tr>' for row in sorted(rows))}</table>"
