"""One described page as the files of each OCR engine, and what a parser must find on it.

A page of ``ocr_pages`` says line by line what an engine made of a piece of print and what the
piece is: ``h1 title 江水退了`` is the title, found as a heading of the first level; ``t title`` is
a title found as text. Pieces stand in the order in which the engine gives them. ``+`` goes on
with the paragraph before, behind a column's end; ``{…}`` is a credit of the byline; ``«a|b»`` is
what the engine writes and what is printed. A number behind the part (``p@1``) says which article
of the page the piece belongs to, where the engine put it elsewhere.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_WIDTH, _HEIGHT = 1600, 2300
_GUTTER = 30
_SIZES = {"title": 64.0, "kicker": 32.0, "subtitle": 34.0, "h": 30.0, "byline": 22.0, "cap": 18.0}
_TEXT = 22.0
_LEADING = 1.3
_FURNITURE = ("hdr", "ftr", "num", "aside")
_BYLINE = re.compile(r"\{([^}\\]*)\}")
_TWO_WAYS = re.compile(r"«([^|»]*)\|([^»]*)»")


@dataclass
class Piece:
    """A piece of the page: how the engine calls it, what it is, both texts, and its box."""

    form: str
    part: str
    read: str
    printed: str
    byline: str | None = None
    owner: int | None = None
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    lines: int = 1

    @property
    def plain(self) -> str:
        """What an engine reads that knows of no formulas."""
        return self.read.replace("$", "").replace("\\%", "%").replace("^{\\circ}", "°")

    @property
    def level(self) -> int:
        return int(self.form[1:]) if re.fullmatch(r"h\d", self.form) else 0

    @property
    def rows(self) -> list[list[str]]:
        return [row.split("|") for row in self.read.split(";")]


@dataclass
class DescribedPage:
    pieces: list[Piece] = field(default_factory=list)
    articles: list[Json] = field(default_factory=list)


def described(path: Path) -> DescribedPage:
    page = DescribedPage()
    place = (60, 120, _WIDTH - 120, 3)
    group: list[Piece] = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        form, _, rest = line.partition(" ")
        if form == "article":
            _place(group, place)
            group = []
            place, kind = _article_line(rest)
            page.articles.append(_article(kind))
            continue
        part, _, text = rest.partition(" ")
        piece = _piece(form, part, text)
        page.pieces.append(piece)
        group.append(piece)
        _note(page.articles, piece)
    _place(group, place)
    return page


def _article_line(rest: str) -> tuple[tuple[int, int, int, int], str]:
    left, top, width, columns, *kind = rest.split()
    return (int(left), int(top), int(width), int(columns)), kind[0] if kind else "article"


def _article(kind: str) -> Json:
    empty = dict.fromkeys(("kicker", "title", "subtitle", "byline", "dateline"))
    return {"kind": kind, **empty, "paragraphs": []}


def _piece(form: str, part: str, text: str) -> Piece:
    part, _, owner = part.partition("@")
    byline = _BYLINE.search(text)
    read = _TWO_WAYS.sub(r"\1", _BYLINE.sub(r"\1", text))
    printed = _TWO_WAYS.sub(r"\2", _BYLINE.sub("", text)).strip()
    return Piece(
        form, part, read, printed, byline[1] if byline else None, int(owner) if owner else None
    )


def _note(articles: list[Json], piece: Piece) -> None:
    """Add the piece to its article as a person would have it."""
    if piece.part in {"jump", "skip"} or not articles:
        return
    article = articles[-1 if piece.owner is None else piece.owner]
    if piece.byline:
        article["byline"] = " ".join(filter(None, (article["byline"], piece.byline)))
    kinds = {"p": "text", "h": "heading", "cap": "caption", "l": "list", "tab": "table"}
    if piece.part in article:
        article[piece.part] = " ".join(filter(None, (article[piece.part], piece.printed)))
    elif piece.part == "+":
        cut = next(p for p in reversed(article["paragraphs"]) if p["kind"] == "text")
        cut["text"] += piece.printed
    elif piece.part in kinds:
        text = piece.printed
        if piece.part == "tab":
            text = text.replace(";", "\n").replace("|", "\t")
        article["paragraphs"].append({"kind": kinds[piece.part], "text": text})


def _place(pieces: list[Piece], place: tuple[int, int, int, int]) -> None:
    """Give each piece its box: headlines over the whole width, the rest in columns."""
    left, top, width, columns = place
    heads = ("kicker", "title", "subtitle")
    body = [piece for piece in pieces if piece.part not in heads and piece.form not in _FURNITURE]
    for piece in pieces:
        if piece.part in heads:
            top += _set(piece, left, top, width)
        elif piece.form in _FURNITURE:
            piece.box = (left, 20, left + 300, 50)
    wide = (width - (columns - 1) * _GUTTER) // columns
    depth = sum(_set(piece, 0, 0, wide) for piece in body) / columns
    column, y = 0, 0
    for before, piece in zip([None, *body], body, strict=False):
        full = y >= depth and before is not None and before.read.endswith(("。", "”"))
        if column < columns - 1 and (full or piece.part == "+"):
            column, y = column + 1, 0
        y += _set(piece, left + column * (wide + _GUTTER), top + y, wide)


def _set(piece: Piece, left: int, top: int, width: int) -> int:
    """Set a piece at a place; how high it and the space under it are."""
    size = _SIZES.get(piece.part, _TEXT)
    length = len(piece.read) or 10
    piece.lines = max(1, -(-int(length * size) // width))
    across = width if piece.lines > 1 else int(length * size)
    height = int(size * (1 + (piece.lines - 1) * _LEADING))
    if piece.form == "img":
        across, height = width, 200
    piece.box = (left, top, left + across, top + height)
    return height + 14


# --- MinerU ---------------------------------------------------------------------------------

_MINERU_NAMES = {"hdr": "header", "ftr": "footer", "num": "page_number", "aside": "aside_text"}


def _runs(page: DescribedPage) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces, the entries of a list and a picture with its captions together."""
    index = 0
    pieces = page.pieces
    while index < len(pieces):
        form, end = pieces[index].form, index + 1
        while end < len(pieces) and (
            (form == "li" and pieces[end].form == "li")
            or (form == "img" and pieces[end].form == "cap")
            or (form == "tcap" and pieces[end - 1].form == "tcap" and pieces[end].form != "t")
        ):
            end += 1
        yield form, pieces[index:end]
        index = end


def _table(rows: list[list[str]]) -> str:
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{cells}</table>"


def _thousandths(piece: Piece) -> list[int]:
    x0, y0, x1, y1 = piece.box
    return [1000 * x0 // _WIDTH, 1000 * y0 // _HEIGHT, 1000 * x1 // _WIDTH, 1000 * y1 // _HEIGHT]


def mineru_list(page: DescribedPage) -> str:
    items = [_mineru_item(form, run) for form, run in _runs(page)]
    return json.dumps(items, ensure_ascii=False, indent=1)


def _mineru_item(form: str, run: list[Piece]) -> Json:
    first = run[0]
    item: Json = {"type": "text", "text": first.read, "bbox": _thousandths(first), "page_idx": 0}
    if form in _MINERU_NAMES:
        item["type"] = _MINERU_NAMES[form]
    elif form == "li":
        item |= {"type": "list", "sub_type": "text", "list_items": [p.read for p in run]}
        del item["text"]
    elif form == "img":
        captions = [p.read for p in run[1:]]
        item = {"type": "image", "img_path": "images/a.jpg", "image_caption": captions}
        item |= {"image_footnote": [], "bbox": _thousandths(first), "page_idx": 0}
    elif form in {"tab", "tcap"}:
        captions = [p.read for p in run if p.form == "tcap"]
        bodies = [_table(p.rows) for p in run if p.form == "tab"]
        item = {"type": "table", "img_path": "images/t.jpg", "table_caption": captions}
        item |= {"table_footnote": [], "table_body": "".join(bodies), "page_idx": 0}
        item["bbox"] = _thousandths(first)
    elif first.level:
        item["text_level"] = 1
    return item


def mineru_v2(page: DescribedPage) -> str:
    blocks = [_v2_block(form, run) for form, run in _runs(page)]
    return json.dumps([blocks], ensure_ascii=False, indent=1)


def _text_spans(text: str) -> list[Json]:
    return [{"type": "text", "content": text}]


def _v2_block(form: str, run: list[Piece]) -> Json:
    first = run[0]
    names = {
        "hdr": "page_header",
        "ftr": "page_footer",
        "num": "page_number",
        "aside": "page_aside_text",
    }
    kind = names.get(form, "paragraph")
    content: Json = {f"{kind}_content": _text_spans(first.read)}
    if form == "li":
        kind = "list"
        entries = [{"item_type": "text", "item_content": _text_spans(p.read)} for p in run]
        content = {"list_type": "text_list", "list_items": entries}
    elif form == "img":
        kind = "image"
        captions = [span for p in run[1:] for span in _text_spans(p.read)]
        content = {"image_source": {"path": "images/a.jpg"}, "image_caption": captions}
        content["image_footnote"] = []
    elif form in {"tab", "tcap"}:
        kind = "table"
        captions = [span for p in run if p.form == "tcap" for span in _text_spans(p.read)]
        bodies = "".join(_table(p.rows) for p in run if p.form == "tab")
        content = {"image_source": {"path": "images/t.jpg"}, "table_caption": captions}
        content |= {"table_footnote": [], "html": bodies, "table_type": "simple_table"}
    elif first.level:
        kind, content = "title", {"title_content": _text_spans(first.read), "level": 1}
    return {"type": kind, "content": content, "bbox": _thousandths(first)}


def mineru_middle(page: DescribedPage) -> str:
    kept = [_middle_block(form, run) for form, run in _runs(page) if form not in _FURNITURE]
    left_out = [
        {"type": "discarded", "bbox": list(p.box), "lines": _middle_lines(p)}
        for p in page.pieces
        if p.form in _FURNITURE
    ]
    result = {"page_idx": 0, "page_size": [_WIDTH, _HEIGHT], "preproc_blocks": []}
    info = result | {"para_blocks": kept, "discarded_blocks": left_out}
    return json.dumps(
        {"pdf_info": [info], "_backend": "pipeline", "_version_name": "2.6.4"}, ensure_ascii=False
    )


def _middle_lines(piece: Piece) -> list[Json]:
    """The piece cut into its printed lines, each with its box."""
    x0, y0, x1, y1 = piece.box
    width = max(1, -(-len(piece.read) // piece.lines))
    step = (y1 - y0) / piece.lines
    tall = step if piece.lines == 1 else step / _LEADING
    texts = [piece.read[at : at + width] for at in range(0, len(piece.read), width)]
    found = []
    for number, text in enumerate(texts):
        box = [x0, round(y0 + number * step), x1, round(y0 + number * step + tall)]
        span = {"bbox": box, "content": text, "type": "text", "score": 0.98}
        found.append({"bbox": box, "spans": [span]})
    return found


def _middle_block(form: str, run: list[Piece]) -> Json:
    first = run[0]
    block: Json = {"type": "text", "bbox": list(first.box), "lines": _middle_lines(first)}
    if form == "li":
        lines = [
            line | {"is_list_start_line": number == 0}
            for p in run
            for number, line in enumerate(_middle_lines(p))
        ]
        block |= {"type": "list", "lines": lines}
    elif form == "img":
        image = {"type": "image", "image_path": "a.jpg"}
        body = {"type": "image_body", "bbox": list(first.box), "lines": [{"spans": [image]}]}
        captions = [{"type": "image_caption", "lines": _middle_lines(p)} for p in run[1:]]
        block = {"type": "image", "bbox": list(first.box), "blocks": [body, *captions]}
    elif form in {"tab", "tcap"}:
        parts = []
        for p in run:
            span: Json = {"type": "table", "html": _table(p.rows), "image_path": "t.jpg"}
            if p.form == "tab":
                parts.append({"type": "table_body", "lines": [{"spans": [span]}]})
            else:
                parts.append({"type": "table_caption", "lines": _middle_lines(p)})
        block = {"type": "table", "bbox": list(first.box), "blocks": parts}
    elif first.level:
        block |= {"type": "title", "level": 1}
    return block


def mineru_markdown(page: DescribedPage) -> str:
    shown = []
    for form, run in _runs(page):
        if form in _FURNITURE:
            continue
        if form == "img":
            shown.append("  \n".join(["![](images/a.jpg)", *(p.read for p in run[1:])]))
        elif form == "li":
            shown.append("\n".join(f"- {p.read}  " for p in run))
        else:
            shown += [_markdown(p, 1) for p in run]
    return "\n\n".join(shown) + "\n"


def _markdown(piece: Piece, level: int) -> str:
    if piece.form == "tab":
        return _table(piece.rows)
    return f"{'#' * level} {piece.read}" if piece.level else piece.read


# --- PaddleOCR ------------------------------------------------------------------------------


def paddle_structure(page: DescribedPage) -> str:
    return _paddle(
        page,
        {"hdr": "header", "ftr": "footer", "num": "number", "aside": "aside_text"},
        "figure_title",
    )


def paddle_vl(page: DescribedPage) -> str:
    return _paddle(
        page,
        {"hdr": "header", "ftr": "footer", "num": "number", "aside": "aside_text"},
        "vision_footnote",
    )


def _paddle(page: DescribedPage, names: dict[str, str], caption: str) -> str:
    others = {"img": "image", "cap": caption, "tab": "table", "tcap": "table_title"}
    items = []
    order = 0
    for number, piece in enumerate(page.pieces):
        label = (names | others).get(piece.form, "text")
        if piece.level:
            label = "doc_title" if piece.level == 1 else "paragraph_title"
        counted = label in {"text", "doc_title", "paragraph_title", "table"}
        order += counted
        content = _table(piece.rows) if piece.form == "tab" else piece.read
        items.append(
            {
                "block_label": label,
                "block_content": "" if piece.form == "img" else content,
                "block_bbox": list(piece.box),
                "block_id": number,
                "block_order": order if counted else None,
            }
        )
    result = {"input_path": "page.png", "page_index": None, "parsing_res_list": items}
    return json.dumps(result, ensure_ascii=False, indent=1)


_CENTRED = '<div style="text-align: center;">'


def paddle_markdown(page: DescribedPage) -> str:
    shown = []
    for piece in page.pieces:
        if piece.form in _FURNITURE:
            continue
        if piece.form == "img":
            shown.append(f'{_CENTRED}<img src="imgs/a.jpg" alt="Image" width="47%" /></div>\n')
        elif piece.form in {"cap", "tcap"}:
            shown.append(f"{_CENTRED}{piece.read}</div>\n")
        elif piece.form == "tab":
            shown.append(f"{_CENTRED}<html><body>{_table(piece.rows)}</body></html></div>\n")
        else:
            shown.append(_markdown(piece, piece.level))
    return "\n\n".join(shown) + "\n"


# --- others ---------------------------------------------------------------------------------


def dots(page: DescribedPage) -> str:
    names = {
        "hdr": "Page-header",
        "ftr": "Page-footer",
        "num": "Page-footer",
        "aside": "Page-header",
    }
    names |= {
        "img": "Picture",
        "cap": "Caption",
        "tcap": "Caption",
        "tab": "Table",
        "li": "List-item",
    }
    items = []
    for piece in page.pieces:
        item: Json = {"bbox": list(piece.box), "category": names.get(piece.form, "Text")}
        if piece.level:
            item["category"] = "Title" if piece.level == 1 else "Section-header"
        if piece.form == "tab":
            item["text"] = _table(piece.rows)
        elif piece.form != "img":
            item["text"] = _markdown(piece, piece.level)
        items.append(item)
    return json.dumps(items, ensure_ascii=False)


def deepseek(page: DescribedPage) -> str:
    names = {"hdr": "header", "ftr": "footer", "num": "page_number", "aside": "aside_text"}
    names |= {"img": "image", "cap": "image_caption", "tcap": "table_caption", "tab": "table"}
    shown = []
    for piece in page.pieces:
        name = names.get(piece.form, "text")
        if piece.level:
            name = "title" if piece.level == 1 else "sub_title"
        box = [side * 999 // 1000 for side in _thousandths(piece)]
        text = "" if piece.form == "img" else _markdown(piece, piece.level)
        shown.append(f"<|ref|>{name}<|/ref|><|det|>[{box}]<|/det|>\n{text} ")
    return "\n\n".join(shown) + "\n"


def olmocr(page: DescribedPage) -> str:
    facts = ("primary_language: zh", "is_rotation_valid: True", "rotation_correction: 0")
    head = "\n".join((*facts, "is_table: False", "is_diagram: False"))
    shown = [_markdown(p, p.level) for p in page.pieces if p.form not in (*_FURNITURE, "img")]
    return f"---\n{head}\n---\n" + "\n\n".join(shown) + "\n"


def marker(page: DescribedPage) -> str:
    names = {"hdr": "PageHeader", "ftr": "PageFooter", "num": "PageFooter", "aside": "PageHeader"}
    names |= {"cap": "Caption", "tcap": "Caption", "tab": "Table", "li": "ListItem"}
    blocks = []
    for form, run in _runs(page):
        children = []
        for piece in run:
            name = "SectionHeader" if piece.level else names.get(piece.form, "Text")
            tag = f"h{piece.level}" if piece.level else "p"
            shown = f"<{tag}>{html.escape(piece.read, quote=False)}</{tag}>"
            shown = f"<tbody>{_table(piece.rows)}</tbody>" if piece.form == "tab" else shown
            children.append(
                _marker_block(page, piece, "Picture" if piece.form == "img" else name, shown)
            )
        if form in {"img", "li"} and len(children) > 1:
            group = _marker_block(
                page, run[0], "PictureGroup" if form == "img" else "ListGroup", ""
            )
            group["html"] = "".join(
                f"<content-ref src='{one['id']}'></content-ref>" for one in children
            )
            blocks.append(group | {"children": children})
        else:
            blocks += children
    whole = {
        "id": "/page/0/Page/99",
        "block_type": "Page",
        "html": "",
        "bbox": [0, 0, _WIDTH, _HEIGHT],
    }
    return json.dumps(
        {"block_type": "Document", "children": [whole | {"children": blocks}], "metadata": {}},
        ensure_ascii=False,
    )


def _marker_block(page: DescribedPage, piece: Piece, name: str, shown: str) -> Json:
    x0, y0, x1, y1 = piece.box
    number = page.pieces.index(piece)
    return {
        "id": f"/page/0/{name}/{number}",
        "block_type": name,
        "html": "" if name == "Picture" else shown,
        "polygon": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]],
        "bbox": list(piece.box),
        "children": None,
        "section_hierarchy": {},
        "images": {},
    }


def docling(page: DescribedPage) -> str:
    names = {
        "hdr": "page_header",
        "ftr": "page_footer",
        "num": "page_footer",
        "aside": "page_header",
    }
    names |= {"cap": "caption", "tcap": "caption", "li": "list_item"}
    result: Json = {"schema_name": "DoclingDocument", "version": "1.7.0", "name": "page"}
    texts: list[Json] = []
    tables: list[Json] = []
    pictures: list[Json] = []
    groups: list[Json] = []
    body: list[Json] = []

    def text(piece: Piece, parent: str) -> Json:
        ref = f"#/texts/{len(texts)}"
        item: Json = {"self_ref": ref, "parent": {"$ref": parent}, "text": piece.read}
        item |= {"label": names.get(piece.form, "text"), "orig": piece.read, "prov": [_prov(piece)]}
        item["content_layer"] = "furniture" if piece.form in _FURNITURE else "body"
        if piece.level:
            item |= {"label": "section_header", "level": 1}
        texts.append(item)
        return {"$ref": ref}

    for form, run in _runs(page):
        if form == "img":
            ref = f"#/pictures/{len(pictures)}"
            captions = [text(p, ref) for p in run[1:]]
            picture = {
                "self_ref": ref,
                "label": "picture",
                "captions": captions,
                "children": captions,
            }
            pictures.append(picture | {"prov": [_prov(run[0])], "content_layer": "body"})
            body.append({"$ref": ref})
        elif form == "li":
            ref = f"#/groups/{len(groups)}"
            groups.append({"self_ref": ref, "label": "list", "name": "list", "children": []})
            groups[-1]["children"] = [text(p, ref) for p in run]
            body.append({"$ref": ref})
        elif form in {"tab", "tcap"}:
            ref = f"#/tables/{len(tables)}"
            captions = [text(p, ref) for p in run if p.form == "tcap"]
            rows = next((p.rows for p in run if p.form == "tab"), [])
            table = {"self_ref": ref, "label": "table", "captions": captions, "children": captions}
            tables.append(table | {"prov": [_prov(run[-1])], "data": _docling_cells(rows)})
            body.append({"$ref": ref})
        else:
            body += [text(p, "#/body") for p in run]
    result |= {"body": {"self_ref": "#/body", "children": body, "label": "unspecified"}}
    result |= {"furniture": {"self_ref": "#/furniture", "children": []}, "groups": groups}
    result |= {"texts": texts, "tables": tables, "pictures": pictures, "key_value_items": []}
    result["pages"] = {"1": {"page_no": 1, "size": {"width": _WIDTH, "height": _HEIGHT}}}
    return json.dumps(result, ensure_ascii=False)


def _prov(piece: Piece) -> Json:
    x0, y0, x1, y1 = piece.box
    box = {"l": x0, "t": _HEIGHT - y0, "r": x1, "b": _HEIGHT - y1, "coord_origin": "BOTTOMLEFT"}
    return {"page_no": 1, "bbox": box, "charspan": [0, len(piece.read)]}


def _docling_cells(rows: list[list[str]]) -> Json:
    cells = [
        {
            "row_span": 1, "col_span": 1, "start_row_offset_idx": at, "end_row_offset_idx": at + 1,
            "start_col_offset_idx": column, "end_col_offset_idx": column + 1, "text": text,
            "column_header": at == 0, "row_header": False,
        }
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]  # fmt: skip
    return {"table_cells": cells, "num_rows": len(rows), "num_cols": max(map(len, rows), default=0)}


def alto(page: DescribedPage) -> str:
    sizes = sorted({_points(p) for p in page.pieces})
    styles = "".join(
        f'<TextStyle ID="S{size}" FONTFAMILY="SimSun" FONTSIZE="{size}"/>' for size in sizes
    )
    kept = (piece for piece in page.pieces if piece.form != "img")
    blocks = [_alto_block(replace(p, read=p.plain), number) for number, p in enumerate(kept)]
    page_size = f'WIDTH="{_WIDTH}" HEIGHT="{_HEIGHT}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">'
        "<Description><MeasurementUnit>pixel</MeasurementUnit></Description>"
        f'<Styles>{styles}</Styles><Layout><Page ID="P1" PHYSICAL_IMG_NR="1" {page_size}>'
        f"<PrintSpace>{''.join(blocks)}</PrintSpace></Page></Layout></alto>"
    )


def _alto_block(piece: Piece, number: int) -> str:
    lines = _middle_lines(piece)
    texts = [[line["spans"][0]["content"]] for line in lines]
    rows = piece.rows if piece.form == "tab" else texts
    shown = ""
    for at, row in enumerate(rows):
        place = _place_of(lines[min(at, len(lines) - 1)]["bbox"])
        cells = (f'<String {place} CONTENT="{html.escape(cell)}"/>' for cell in row)
        shown += f"<TextLine {place}>{'<SP/>'.join(cells)}</TextLine>"
    style = f'STYLEREFS="S{_points(piece)}"'
    return f'<TextBlock ID="B{number}" {style} {_place_of(list(piece.box))}>{shown}</TextBlock>'


def _points(piece: Piece) -> int:
    return int(_SIZES.get(piece.part, _TEXT) / 2)


def _place_of(box: list[int]) -> str:
    return f'HPOS="{box[0]}" VPOS="{box[1]}" WIDTH="{box[2] - box[0]}" HEIGHT="{box[3] - box[1]}"'


FORMS: dict[str, tuple[str, Callable[[DescribedPage], str]]] = {
    "MinerU Markdown": ("page.md", mineru_markdown),
    "MinerU content_list": ("page_content_list.json", mineru_list),
    "MinerU content_list v2": ("page_content_list_v2.json", mineru_v2),
    "MinerU middle": ("page_middle.json", mineru_middle),
    "PP-StructureV3 Markdown": ("page.md", paddle_markdown),
    "PP-StructureV3 JSON": ("page_res.json", paddle_structure),
    "PaddleOCR-VL JSON": ("page_res.json", paddle_vl),
    "dots.ocr": ("page.json", dots),
    "DeepSeek-OCR with boxes": ("page.mmd", deepseek),
    "olmOCR Markdown": ("page.md", olmocr),
    "marker JSON": ("page.json", marker),
    "Docling JSON": ("page.json", docling),
    "ALTO": ("page.xml", alto),
}
"""Each form: the name of its file, and what writes it."""
