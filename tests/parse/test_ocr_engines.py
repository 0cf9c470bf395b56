"""The forms of single OCR engines: PaddleOCR's results, MinerU's newer lists and middle file."""

from __future__ import annotations

import contextlib
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.models import Box, Edition
from tingbao.parse import parse_pages
from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.sources import pages_of, read_files
from tingbao.text.credits import read_credit
from tingbao.text.han import han_of

Item = dict[str, object]


def paddle(label: str, text: str, order: int | None, left: int = 10) -> Item:
    return {
        "block_label": label,
        "block_content": text,
        "block_bbox": [left, 10, left + 80, 90],
        "block_id": 0,
        "block_order": order,
    }


def paddle_page(*items: Item, index: int | None = None) -> Item:
    return {"input_path": "江.png", "page_index": index, "parsing_res_list": list(items)}


def spans(*texts: str) -> list[Item]:
    return [{"type": "text", "content": text} for text in texts]


def v2(kind: str, **content: object) -> Item:
    return {"type": kind, "content": content, "bbox": [10, 10, 90, 20]}


def lines(*texts: str) -> list[Item]:
    return [{"bbox": [1, 2, 3, 4], "spans": spans(text)} for text in texts]


PADDLE_PAGE = paddle_page(
    paddle("header", "清江日报 2026年3月14日 第2版", None),
    paddle("text", "渡船昨天停了一天，今天早上又开了。", 3),
    paddle("doc_title", "江水退了 渡船开了", 1),
    paddle("figure_title", "图为江边的渡口。", None),
    paddle("text", "本报讯（记者田小禾）清江的水退了三尺，人人都很高兴。", 2),
    paddle("image", "", None),
    paddle("table", "<table><tr><td>日期</td><td>水位</td></tr><tr><td>三日</td></tr></table>", 4),
    paddle("number", "2", None),
)
V2_PAGES = [
    [
        v2("page_header", page_header_content=spans("清江日报")),
        v2("title", title_content=spans("江边的桥"), level=1),
        v2("paragraph", paragraph_content=spans("桥在江边，", "已经有一百年了。")),
        v2(
            "list",
            list_type="text_list",
            list_items=[
                {"item_type": "text", "prefix": "1.", "item_content": spans("桥长三里；")},
                {"item_type": "text", "item_content": spans("桥宽五丈。")},
            ],
        ),
        v2(
            "table",
            table_caption=spans("过桥的人"),
            html="<table><tr><td>年份</td><td>人数</td></tr><tr><td>去年</td><td>三万</td></tr></table>",
            table_type="simple_table",
        ),
        v2("image", image_source={"path": "图/桥.jpg"}, image_caption=spans("图为桥头。")),
        v2("page_aside_text", page_aside_text_content=spans("边栏文字")),
    ],
    [
        v2("title", title_content=spans("山里的路"), level=1),
        v2("paragraph", paragraph_content=spans("路修到了山里，车开得进去了。")),
        v2("page_number", page_number_content=spans("3")),
    ],
]
CELLS = "<table><tr><td>去年</td><td>三万</td></tr></table>"
MIDDLE = {
    "pdf_info": [
        {
            "page_idx": 0,
            "preproc_blocks": [],
            "para_blocks": [
                {"type": "title", "level": 1, "lines": lines("江边的桥"), "bbox": [1, 2, 3, 4]},
                {"type": "text", "lines": lines("桥在江边，", "已经有一百年了。")},
                {
                    "type": "table",
                    "blocks": [
                        {"type": "table_caption", "lines": lines("过桥的人")},
                        {
                            "type": "table_body",
                            "lines": [
                                {
                                    "spans": [
                                        {
                                            "type": "table",
                                            "html": CELLS,
                                            "image_path": "图.jpg",
                                        }
                                    ]
                                }
                            ],
                        },
                    ],
                },
            ],
            "discarded_blocks": [{"type": "discarded", "lines": lines("清江日报 第5版")}],
        }
    ],
    "_backend": "pipeline",
}


def write(folder: Path, value: object, name: str = "page.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def parsed(folder: Path, value: object, name: str = "page.json") -> Edition:
    return parse_pages([write(folder, value, name)])


def blocks(path: Path) -> list[Block]:
    return [block for page in pages_of(read_files([path])) for block in page.blocks]


def paragraphs(edition: Edition) -> list[tuple[str, str]]:
    return [(p.kind.value, p.text) for article in edition.articles for p in article.paragraphs]


# --- PaddleOCR ------------------------------------------------------------------------------


def test_blocks_of_paddle_stand_by_their_order_and_those_without_behind_their_neighbour(
    tmp_path: Path,
) -> None:
    edition = parsed(tmp_path, PADDLE_PAGE)
    (article,) = edition.articles
    assert article.title == "江水退了 渡船开了"
    assert article.byline == read_credit("本报讯（记者田小禾）")
    assert paragraphs(edition) == [
        ("caption", "图为江边的渡口。"),
        ("text", "清江的水退了三尺，人人都很高兴。"),
        ("text", "渡船昨天停了一天，今天早上又开了。"),
        ("table", "日期\t水位\n三日"),
    ]
    assert (edition.paper, str(edition.date)) == ("清江日报", "2026-03-14")
    assert edition.pages[0].label.printed == "2"


def test_blocks_of_paddle_keep_their_boxes(tmp_path: Path) -> None:
    found = blocks(write(tmp_path, paddle_page(paddle("text", "江水清。", 1, left=30))))
    assert [(block.text, block.box) for block in found] == [("江水清。", Box(30, 10, 110, 90))]


@pytest.mark.parametrize(
    ("label", "kind", "role"),
    [
        ("doc_title", BlockKind.HEADING, None),
        ("paragraph_title", BlockKind.HEADING, None),
        ("text", BlockKind.TEXT, None),
        ("abstract", BlockKind.TEXT, None),
        ("reference", BlockKind.TEXT, None),
        ("figure_title", BlockKind.CAPTION, None),
        ("vision_footnote", BlockKind.CAPTION, None),
        ("footnote", BlockKind.TEXT, BlockRole.FURNITURE),
        ("aside_text", BlockKind.TEXT, BlockRole.FURNITURE),
        ("seal", BlockKind.TEXT, BlockRole.FURNITURE),
        ("a label of a later version", BlockKind.TEXT, None),
    ],
)
def test_each_label_of_paddle_has_its_kind(
    tmp_path: Path, label: str, kind: BlockKind, role: BlockRole | None
) -> None:
    (block,) = blocks(write(tmp_path, paddle_page(paddle(label, "江水清", 1))))
    assert (block.text, block.kind, block.role) == ("江水清", kind, role)


@pytest.mark.parametrize("wrap", ["list", "lines", "service", "res"])
def test_pages_of_paddle_are_read_from_lists_lines_and_answers_of_its_service(
    tmp_path: Path, wrap: str
) -> None:
    pages = [
        paddle_page(paddle("doc_title", f"第{at}号新闻", 1), paddle("text", text, 2), index=at)
        for at, text in ((1, "江水涨了三尺，渡船停了。"), (0, "渡船又开了，人人高兴。"))
    ]
    path = tmp_path / "paper.json"
    values: dict[str, object] = {
        "list": pages,
        "service": {"result": {"layoutParsingResults": [{"prunedResult": p} for p in pages]}},
        "res": [{"res": page} for page in pages],
    }
    text = "\n".join(map(json.dumps, pages)) if wrap == "lines" else json.dumps(values[wrap])
    path.write_text(text, "utf-8")
    assert [article.title for article in parse_pages([path]).articles] == ["第0号新闻", "第1号新闻"]


def test_a_folder_of_paddles_results_is_an_edition_in_which_each_page_is_read_once(
    tmp_path: Path,
) -> None:
    for label in ("A1", "A2"):
        page = paddle_page(
            paddle("doc_title", f"{label}的新闻", 1), paddle("text", "江水清了。", 2)
        )
        write(tmp_path, page, f"{label}_res.json")
        (tmp_path / f"{label}.md").write_text(f"# {label}的新闻\n\n江水清了。\n", "utf-8")
    edition = parse_pages([tmp_path])
    assert [page.source for page in edition.pages] == ["A1_res.json", "A2_res.json"]
    assert [page.label.printed for page in edition.pages] == ["A1", "A2"]


# --- MinerU ---------------------------------------------------------------------------------


def test_a_content_list_of_version_2_gives_pages_titles_lists_tables_and_captions(
    tmp_path: Path,
) -> None:
    edition = parsed(tmp_path, V2_PAGES, "清江_content_list_v2.json")
    assert [article.title for article in edition.articles] == ["江边的桥", "山里的路"]
    assert paragraphs(edition) == [
        ("text", "桥在江边，已经有一百年了。"),
        ("list", "1. 桥长三里；"),
        ("list", "桥宽五丈。"),
        ("caption", "过桥的人"),
        ("table", "年份\t人数\n去年\t三万"),
        ("caption", "图为桥头。"),
        ("text", "路修到了山里，车开得进去了。"),
    ]
    assert [page.label.printed for page in edition.pages] == ["1", "3"]
    assert "边栏文字" in {skip.text for skip in edition.skipped}


def test_a_middle_file_gives_its_paragraphs_tables_and_what_was_discarded(tmp_path: Path) -> None:
    edition = parsed(tmp_path, MIDDLE, "清江_middle.json")
    assert [article.title for article in edition.articles] == ["江边的桥"]
    assert paragraphs(edition) == [
        ("text", "桥在江边，已经有一百年了。"),
        ("caption", "过桥的人"),
        ("table", "去年\t三万"),
    ]
    assert edition.pages[0].label.printed == "5"


@pytest.mark.parametrize(
    ("names", "read"),
    [
        (["a_content_list.json", "a_content_list_v2.json", "content_list_v2.json"], 0),
        (["a_content_list_v2.json", "a_middle.json"], 0),
        (["a_middle.json", "a_model.json"], 0),
    ],
)
def test_of_an_engines_files_the_best_is_read_and_its_copies_are_not(
    tmp_path: Path, names: list[str], read: int
) -> None:
    old = [{"type": "text", "text": "江水清了，人人高兴。", "page_idx": 0}]
    for name in names:
        value = MIDDLE if "middle" in name else V2_PAGES if "v2" in name else old
        write(tmp_path, value, name)
    (tmp_path / "a.md").write_text("# 江边的桥\n\n桥在江边，已经有一百年了。\n", "utf-8")
    sources = {page.source for page in parse_pages([tmp_path]).pages}
    assert sources == {names[read]}


# --- nothing is lost ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        paddle_page(paddle("text", "江水清了，人人高兴。", 1), paddle("table", "", 2)),
        [
            [
                v2("paragraph", paragraph_content=spans("江水清了，人人高兴。")),
                v2("table", html="", table_caption=[]),
            ]
        ],
        [
            {"type": "text", "text": "江水清了，人人高兴。", "page_idx": 0},
            {"type": "table", "table_body": "", "img_path": "图.jpg", "page_idx": 0},
        ],
    ],
)
def test_a_table_without_text_is_one_warning(tmp_path: Path, value: object) -> None:
    (warning,) = parsed(tmp_path, value).warnings
    assert "1 tables have no text" in warning.message


@pytest.mark.parametrize("value", [{"parsing_res_list": 1}, [[1]], [[]], {"pdf_info": [{}]}])
def test_json_that_only_resembles_a_form_is_refused_in_one_line(
    tmp_path: Path, value: object
) -> None:
    with pytest.raises(InputError) as raised:
        parsed(tmp_path, value)
    assert "\n" not in str(raised.value)
    assert "page.json" in str(raised.value)
    assert "parsing_res_list" in str(raised.value)


KEYS = ("text", "content", "caption", "html", "a_key_of_a_later_version", "title_content")
LABELS = ("text", "table", "chart", "image", "formula", "list", "seal", "a_new_label")


def mutated(value: object, chance: random.Random) -> object:
    """The value with labels, keys, markup and shapes changed here and there."""
    if isinstance(value, list):
        return [mutated(one, chance) for one in value]
    if isinstance(value, dict):
        changed = {key: mutated(one, chance) for key, one in value.items()}
        if chance.random() < 0.1 and "content" in changed:
            changed[chance.choice(KEYS)] = {"deep": ["甲乙丙丁", {"text": "戊己"}]}
        for key in ("block_label", "type"):
            if key in changed and chance.random() < 0.15:
                changed[key] = chance.choice(LABELS)
        return changed
    if isinstance(value, str) and han_of(value) and not value.endswith((".jpg", ".png")):
        marks = (
            "<b>",
            "</td>",
            "|",
            "**",
            "a<b，",
            "<table>",
            "![图](a.png)",
            "$$",
            "\n\n",
            "<!--",
        )
        at = chance.randrange(len(value))
        return value[:at] + chance.choice(marks) * chance.randrange(2) + value[at:]
    return value


def printed(value: object) -> Counter[str]:
    if isinstance(value, list):
        return sum(map(printed, value), Counter())
    if isinstance(value, dict):
        return sum((printed(v) for k, v in value.items() if k not in PATHS), Counter())
    return Counter(han_of(value) if isinstance(value, str) else "")


PATHS = {"img_path", "image_path", "path", "input_path", "image_source"}


@pytest.mark.parametrize("value", [PADDLE_PAGE, V2_PAGES, MIDDLE])
def test_every_han_character_of_a_changed_file_is_in_a_block(tmp_path: Path, value: object) -> None:
    chance = random.Random(20260314)
    for _ in range(60):
        changed = mutated(value, chance)
        path = write(tmp_path, changed)
        read = Counter(
            han_of(
                "".join(
                    "".join((b.text, *(c for row in b.rows for c in row))) for b in blocks(path)
                )
            )
        )
        assert not printed(changed) - read, changed


# --- marker, Docling, DeepSeek-OCR, olmOCR --------------------------------------------------


def marker_block(kind: str, markup: str, children: list[Item] | None = None) -> Item:
    return {"id": "/page/0/x/1", "block_type": kind, "html": markup, "children": children,
            "bbox": [10, 20, 300, 60], "images": {}}  # fmt: skip


MARKER = {
    "block_type": "Document",
    "metadata": {},
    "children": [
        marker_block(
            "Page",
            "<content-ref src='/page/0/Text/1'></content-ref>",
            [
                marker_block("PageHeader", "<p>清江日报 2026年3月14日 第2版</p>"),
                marker_block("SectionHeader", "<h1>江边的<b>桥</b></h1>"),
                marker_block("Text", "<p>桥在江边，<br>已经有一百年了。</p><p>人人都走它。</p>"),
                marker_block(
                    "ListGroup",
                    "",
                    [
                        marker_block("ListItem", "<li>桥长三里；</li>"),
                        marker_block("ListItem", "<li>桥宽五丈。</li>"),
                    ],
                ),
                marker_block("Table", f"<tbody>{CELLS}</tbody>"),
                marker_block("Caption", "<p>图为桥头。</p>"),
            ],
        )
    ],
}


def docling_text(label: str, text: str, page: int = 1, **more: object) -> Item:
    box = {"l": 10, "t": 90, "r": 80, "b": 40, "coord_origin": "BOTTOMLEFT"}
    return {"label": label, "text": text, "orig": text, "prov": [{"page_no": page, "bbox": box}],
            "content_layer": "body"} | more  # fmt: skip


def references(*paths: str) -> list[Item]:
    return [{"$ref": path} for path in paths]


CELL = {"start_row_offset_idx": 0, "row_span": 1, "col_span": 1}
DOCLING = {
    "schema_name": "DoclingDocument",
    "body": {"children": references("#/texts/0", "#/tables/0", "#/groups/0", "#/texts/5")},
    "furniture": {"children": []},
    "groups": [{"label": "list", "children": references("#/texts/2", "#/texts/3")}],
    "texts": [
        docling_text("section_header", "江边的桥", level=1),
        docling_text("caption", "过桥的人"),
        docling_text("list_item", "桥长三里；"),
        docling_text("list_item", "桥宽五丈。"),
        docling_text("page_header", "清江日报", content_layer="furniture"),
        docling_text("text", "第二页上的字也都在。", page=2),
        docling_text("text", "没有地方放的字。", page=2),
    ],
    "tables": [
        {
            "label": "table",
            "captions": references("#/texts/1"),
            "data": {"table_cells": [CELL | {"text": "去年"}, CELL | {"text": "三万"}]},
        }
    ],
    "pictures": [],
    "pages": {"1": {"page_no": 1, "size": {"width": 100, "height": 100}}},
}


def kinds(path: Path) -> list[tuple[str, str]]:
    return [(b.role or b.kind, b.text or "|".join(map("|".join, b.rows))) for b in blocks(path)]


def test_markers_tree_gives_headings_paragraphs_lists_tables_and_furniture(tmp_path: Path) -> None:
    path = write(tmp_path, MARKER)
    assert kinds(path) == [
        ("furniture", "清江日报 2026年3月14日 第2版"),
        ("heading", "江边的桥"),
        ("text", "桥在江边，"),
        ("text", "已经有一百年了。"),
        ("text", "人人都走它。"),
        ("list", "桥长三里；"),
        ("list", "桥宽五丈。"),
        ("table", "去年|三万"),
        ("caption", "图为桥头。"),
    ]
    assert blocks(path)[1].box == Box(10, 20, 300, 60)


def test_markers_flat_list_of_blocks_is_read_page_by_page(tmp_path: Path) -> None:
    flat = [
        {"block_type": "SectionHeader", "html": "<h2>江边的桥</h2>", "page": 0},
        {"block_type": "Text", "html": "<p>桥在江边。</p>", "page": 0},
        {"block_type": "Text", "html": "<p>路在山里。</p>", "page": 1},
    ]
    pages = pages_of(read_files([write(tmp_path, {"blocks": flat, "page_info": {}})]))
    assert [[block.text for block in page.blocks] for page in pages] == [
        ["江边的桥", "桥在江边。"],
        ["路在山里。"],
    ]


def test_a_docling_document_gives_its_body_in_order_and_all_that_stands_outside(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, DOCLING)
    assert kinds(path) == [
        ("heading", "江边的桥"),
        ("caption", "过桥的人"),
        ("table", "去年|三万"),
        ("list", "桥长三里；"),
        ("list", "桥宽五丈。"),
        ("furniture", "清江日报"),
        ("text", "第二页上的字也都在。"),
        ("text", "没有地方放的字。"),
    ]
    assert blocks(path)[0].box == Box(10, 10, 80, 60)


def test_deepseeks_answer_gives_its_pieces_with_boxes_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "page_det.mmd"
    path.write_text(
        "<|ref|>title<|/ref|><|det|>[[10, 20, 300, 60]]<|/det|>\n# 江边的桥 \n\n"
        "<|ref|>text<|/ref|><|det|>[[10, 70, 300, 90]]<|/det|>\n桥在江边，已经有一百年了。\n\n"
        "<|ref|>image<|/ref|><|det|>[[10, 100, 300, 190]]<|/det|>\n"
        "<|ref|>image_caption<|/ref|><|det|>[[10, 200, 300, 210]]<|/det|>\n图为桥头。\n"
        "<--- Page Split --->\n"
        "<|ref|>text<|/ref|><|det|>[[10, 70, 300, 90]]<|/det|>\n路在山里。\n",
        "utf-8",
    )
    (tmp_path / "page.mmd").write_text("# 江边的桥\n\n桥在江边，已经有一百年了。\n", "utf-8")
    pages = pages_of(read_files([tmp_path]))
    assert [[block.text for block in page.blocks] for page in pages] == [
        ["江边的桥", "桥在江边，已经有一百年了。", "图为桥头。"],
        ["路在山里。"],
    ]
    first = pages[0].blocks[0]
    assert (first.kind, first.box) == (BlockKind.HEADING, Box(10, 20, 300, 60))


def test_olmocrs_lines_are_cut_into_their_pages(tmp_path: Path) -> None:
    text = "# 江边的桥\n\n桥在江边。\n路在山里。"
    seam = text.index("路")
    spans_of_pages = [[0, seam, 1], [seam, len(text), 2]]
    line = {"id": "1", "text": text, "attributes": {"pdf_page_numbers": spans_of_pages}}
    pages = pages_of(read_files([write(tmp_path, line, "output_1.jsonl")]))
    assert [[block.text for block in page.blocks] for page in pages] == [
        ["江边的桥", "桥在江边。"],
        ["路在山里。"],
    ]


@pytest.mark.parametrize("value", [MARKER, DOCLING])
def test_damaged_documents_of_these_engines_are_read_or_refused(
    tmp_path: Path, value: object
) -> None:
    chance = random.Random(20260315)

    def damaged(one: object) -> object:
        if chance.random() < 0.05:
            return chance.choice([None, 7, "甲乙", [], {}, [["丙"]]])
        if isinstance(one, list):
            return [damaged(inner) for inner in one]
        if isinstance(one, dict):
            return {key: damaged(inner) for key, inner in one.items()}
        return one

    for _ in range(80):
        path = write(tmp_path, damaged(value))
        with contextlib.suppress(InputError):
            blocks(path)
