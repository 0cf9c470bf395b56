"""OCR engines' JSON: its forms, its folders, and JSON that is something else."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring import CORPUS

from tingbao.errors import InputError
from tingbao.models import Article, Box, Edition
from tingbao.parse import parse_pages
from tingbao.parse.sources import pages_of, read_files

MINERU = CORPUS / "ocr-mineru-pages"
DOTS = CORPUS / "ocr-dots-pages"
BOX = [10, 10, 90, 20]


def cell(category: str, text: str) -> dict[str, object]:
    return {"bbox": BOX, "category": category, "text": text}


def content(text: str, page: int = 0, **more: object) -> dict[str, object]:
    return {"type": "text", "text": text, "bbox": BOX, "page_idx": page, **more}


def parsed(tmp_path: Path, value: object, name: str = "page.json") -> Edition:
    path = tmp_path / name
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return parse_pages([path])


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(paragraph.kind.value, paragraph.text) for paragraph in article.paragraphs]


def refusal(tmp_path: Path, text: str, name: str = "page.json") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        parse_pages([path])
    assert "\n" not in str(raised.value)
    return str(raised.value)


# --- pages ----------------------------------------------------------------------------------


def test_several_pages_in_one_content_list_are_pages_in_their_order(tmp_path: Path) -> None:
    items = [
        content("第二页的新闻", 1, text_level=1),
        content("今天天气很好，大家都出门了。", 1),
        content("第一页的新闻", 0, text_level=1),
        content("昨天下了一场大雨，江水涨了。", 0),
    ]
    edition = parsed(tmp_path, items, "a_content_list.json")
    assert [article.title for article in edition.articles] == ["第一页的新闻", "第二页的新闻"]
    assert [(page.number, page.source) for page in edition.pages] == [
        (1, "a_content_list.json"),
        (2, "a_content_list.json"),
    ]
    assert {skip.line for skip in edition.skipped} <= {None}


def test_headers_give_label_date_and_paper() -> None:
    edition = parse_pages([MINERU / "通江日报_content_list.json"])
    assert [page.label.printed for page in edition.pages] == ["01", "03"]
    assert edition.paper == "通江日报"
    assert str(edition.date) == "2026-04-09"


def test_text_level_and_category_are_the_level_of_a_heading(tmp_path: Path) -> None:
    cells = [
        cell("Title", "# **江边的桥**"),
        cell("Text", "桥在江边，已经有一百年了。"),
        cell("Section-header", "## 一、桥的来历"),
        cell("Text", "桥是村里人一起修的。"),
    ]
    (article,) = parsed(tmp_path, cells).articles
    assert article.title == "江边的桥"
    assert kinds(article)[1] == ("heading", "一、桥的来历")


def test_tables_lists_captions_and_formulas_keep_their_kind(tmp_path: Path) -> None:
    items = [
        content("一季度经济数据公布", text_level=1),
        content("市统计局公布了一季度的数据。"),
        {
            "type": "table",
            "table_caption": ["主要指标"],
            "table_footnote": ["注：数据为初步核算。"],
            "table_body": "<table><tr><td>指标</td><td>增速</td></tr>"
            "<tr><td>产值</td><td>$5 \\%$</td></tr></table>",
            "page_idx": 0,
        },
        {"type": "list", "list_items": ["- 第一项", "- 第二项"], "page_idx": 0},
        {"type": "equation", "text": "$$\n4 + 10\n$$", "page_idx": 0},
        {"type": "image", "img_caption": ["图为市场。"], "img_path": "a.jpg", "page_idx": 0},
    ]
    (article,) = parsed(tmp_path, items, "a_content_list.json").articles
    assert kinds(article)[1:] == [
        ("caption", "主要指标"),
        ("table", "指标\t增速\n产值\t5%"),
        ("caption", "注：数据为初步核算。"),
        ("list", "第一项"),
        ("list", "第二项"),
        ("text", "4+10"),
        ("caption", "图为市场。"),
    ]


@pytest.mark.parametrize(
    ("bbox", "box"),
    [
        ([10, 20.5, 90, 40], Box(10, 20.5, 90, 40)),
        ([10, 20, 90], None),
        (["10", 20, 90, 40], None),
        ([10, 20, 90, 10**400], None),
        ([10, 20, 90, float("nan")], None),
        ("10 20 90 40", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("item", [cell("Text", "江水清。"), content("江水清。")])
def test_a_block_keeps_the_box_of_its_item_where_it_has_one(
    tmp_path: Path, item: dict[str, object], bbox: object, box: Box | None
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps([{**item, "bbox": bbox}]), "utf-8")
    (page,) = pages_of(read_files([path]))
    assert [(block.text, block.box) for block in page.blocks] == [("江水清。", box)]


@pytest.mark.parametrize(
    "path", [MINERU / "通江日报_content_list.json", DOTS / "page_0.json", DOTS / "page_1.json"]
)
def test_every_block_of_an_engines_own_page_has_a_box(path: Path) -> None:
    pages = pages_of(read_files([path]))
    assert pages
    assert all(block.box is not None for page in pages for block in page.blocks)


@pytest.mark.parametrize("lines", [True, False])
def test_pages_with_their_numbers_are_read_from_a_list_or_from_lines(
    tmp_path: Path, *, lines: bool
) -> None:
    pages = [
        {"page_no": at, "full_layout_info": [cell("Title", f"# 第{at}号新闻"), cell("Text", body)]}
        for at, body in enumerate(("江水涨了三尺，渡船停了。", "渡船又开了，人人高兴。"))
    ]
    path = tmp_path / "a.jsonl"
    text = "\n".join(json.dumps(page) for page in pages) if lines else json.dumps(pages)
    path.write_text(text, "utf-8")
    edition = parse_pages([path])
    assert [(a.title, a.pages) for a in edition.articles] == [
        ("第0号新闻", (1,)),
        ("第1号新闻", (2,)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_it_reads_alike_in_every_encoding_and_with_windows_line_ends(
    tmp_path: Path, encoding: str
) -> None:
    text = (DOTS / "page_0.json").read_text("utf-8").replace("\n", "\r\n")
    path = tmp_path / "page_0.json"
    path.write_bytes(text.encode(encoding))
    assert parse_pages([path]).articles[0].title == "抢抓晴好天气 确保颗粒归仓"


def test_a_heading_under_the_notice_that_is_not_the_title_heads_a_part(tmp_path: Path) -> None:
    items = [
        content("三代人的渡口", 0, text_level=1),
        content("渡口还在，渡船换了。", 0),
        content("（下转A5版）", 0),
        {"type": "page_number", "text": "A3", "page_idx": 0},
        content("（上接A3版）", 1),
        content("电船", 1, text_level=2),
        content("船是电动的，安静得很。", 1),
        {"type": "page_number", "text": "A5", "page_idx": 1},
    ]
    (article,) = parsed(tmp_path, items, "a_content_list.json").articles
    assert kinds(article) == [
        ("text", "渡口还在，渡船换了。"),
        ("heading", "电船"),
        ("text", "船是电动的，安静得很。"),
    ]


# --- folders --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "sources"),
    [
        (MINERU, ["通江日报_content_list.json"] * 2),
        (DOTS, ["page_0.json", "page_1.json"]),
    ],
)
def test_a_folder_of_an_engine_is_read_once_though_it_holds_the_text_thrice(
    folder: Path, sources: list[str]
) -> None:
    edition = parse_pages([folder])
    assert [page.source for page in edition.pages] == sources


def test_the_folder_over_the_engines_own_folder_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "paper" / "auto"
    folder.mkdir(parents=True)
    (folder / "images").mkdir()
    for path in MINERU.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    assert len(parse_pages([tmp_path]).pages) == 2


def test_json_of_other_kinds_in_a_folder_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text("# 江边的桥\n\n桥在江边，已经有一百年了。\n", "utf-8")
    (tmp_path / "settings.json").write_text('{"a": [1, 2]}', "utf-8")
    (tmp_path / "broken.json").write_text('{"a": ', "utf-8")
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.md"]


def test_a_page_whose_json_holds_none_is_read_from_the_text_beside_it(tmp_path: Path) -> None:
    for number, value in enumerate([[cell("Text", "江水涨了三尺，渡船停了。")], "broken output"]):
        (tmp_path / f"p_{number}.json").write_text(json.dumps(value), "utf-8")
        (tmp_path / f"p_{number}.md").write_text("# 江边的桥\n\n桥有一百年了。\n", "utf-8")
    edition = parse_pages([tmp_path])
    assert [page.source for page in edition.pages] == ["p_0.json", "p_1.md"]


# --- refusals -------------------------------------------------------------------------------


def test_broken_json_is_reported_with_its_line(tmp_path: Path) -> None:
    text = refusal(tmp_path, '[\n {"category": "Text", "text": "江"},\n {"category": }\n]')
    assert "page.json:3: broken JSON" in text


@pytest.mark.parametrize("text", ['{"a": 1}', "[1, 2]", "[]", '"text"', "null", '[{"type": 1}]'])
def test_json_of_another_kind_names_the_known_forms(tmp_path: Path, text: str) -> None:
    message = refusal(tmp_path, text)
    assert "MinerU" in message
    assert "dots.ocr" in message


@pytest.mark.parametrize("text", ["[" * 200_000, "1" * 10_000, '{"a":' * 100_000])
def test_json_that_is_too_deep_or_too_long_a_number_is_refused(tmp_path: Path, text: str) -> None:
    refusal(tmp_path, text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=3,
)
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["text", "table", "list", "image", "equation", "header"]) | VALUES,
        "page_idx": st.integers() | VALUES,
        "category": st.sampled_from(["Text", "Title", "Table", "Caption", "List-item"]) | VALUES,
        "text": st.sampled_from(["# 江边的桥", "<table><tr><td>桥</td>", "（下转第二版）"])
        | VALUES,
        "text_level": st.integers(-3, 9) | VALUES,
        "table_body": st.text(max_size=20) | VALUES,
        "list_items": VALUES,
        "image_caption": VALUES,
        "full_layout_info": VALUES,
    },
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(ITEMS, min_size=1, max_size=4) | VALUES)
def test_any_json_gives_an_edition_or_a_plain_refusal(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        refused_or_read(Path(folder) / "a.json", json.dumps(value).encode())


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.sampled_from([MINERU / "通江日报_content_list.json", DOTS / "page_0.json"]),
    st.randoms(use_true_random=False),
)
def test_damaged_json_gives_an_edition_or_a_plain_refusal(
    path: Path, chance: random.Random
) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(20)] = chance.randbytes(chance.randrange(4))
    with tempfile.TemporaryDirectory() as folder:
        refused_or_read(Path(folder) / path.name, bytes(data))


def refused_or_read(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        parse_pages([path])
    except InputError as error:
        assert str(error).count("\n") <= 1  # noqa: PT017 - an edition is as good an answer
