"""Tables with cells over several rows and columns, and line breaks in cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.models import Table
from tingbao.parse import parse_pages
from tingbao.parse.reflow import table_of
from tingbao.parse.sources.markup import Cell, spread
from tingbao.script.wordings import row_wordings

TWO_HEADS = (
    "<tr><td rowspan=2>线路</td><td colspan=2>时间</td></tr><tr><td>首班</td><td>末班</td></tr>"
)
TEXT = "公交集团昨天发布公告，调整两条线路的首末班时间，市民可以查询。"


def table_in(path: Path, rows: str) -> Table:
    is_web = path.suffix == ".html"
    page = f"<table>{rows}</table>"
    title = "首末班时间有调整"
    if is_web:
        page = f"<html><body><div><h1>{title}</h1><p>{TEXT}</p>{page}</div></body></html>"
    else:
        page = f"# {title}\n\n{TEXT}\n\n{page}\n"
    path.write_text(page, "utf-8")
    (article,) = parse_pages([path]).articles
    return next(paragraph.table for paragraph in article.paragraphs if paragraph.table)


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_heads_of_two_rows_are_one_row_of_heads(tmp_path: Path, name: str) -> None:
    row = "<tr><td>一路</td><td>6:00</td><td>21:30</td></tr>"
    table = table_in(tmp_path / name, TWO_HEADS + row)
    assert table == Table(("线路", "首班", "末班"), (("一路", "6:00", "21:30"),))
    (wording,) = row_wordings(table)
    assert "".join(said for _, said in wording.pairs) == "一路，首班6:00，末班21:30。"


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_cell_over_several_rows_is_said_with_each(tmp_path: Path, name: str) -> None:
    rows = "<tr><th>区</th><th>站</th></tr><tr><td rowspan=2>城东</td><td>东门</td></tr>"
    table = table_in(tmp_path / name, f"{rows}<tr><td>码头</td></tr>")
    assert table.rows == (("城东", "东门"), ("城东", "码头"))


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize("spans", ["colspan=999999999 rowspan=99999999", "colspan=-1", "rowspan=x"])
def test_a_span_that_no_page_can_hold_is_no_harm(tmp_path: Path, name: str, spans: str) -> None:
    rows = f"<tr><td>站</td><td {spans}>时间</td></tr><tr><td>东门</td><td>6:00</td></tr>"
    table = table_in(tmp_path / name, rows)
    assert table.columns <= 100
    assert "东门" in table.rows[0]


def test_a_head_that_is_there_twice_is_said_with_the_head_over_it() -> None:
    heads = [("站", "上午", "", "下午"), ("", "首班", "末班", "首班", "末班")]
    table = table_of([*heads, ("东门", "6:00", "9:00", "13:00", "18:00")])
    assert table.heads == ("站", "上午首班", "上午末班", "下午首班", "下午末班")


def test_an_empty_first_cell_alone_does_not_make_a_row_heads() -> None:
    table = table_of([("组", "组长"), ("", "王晨"), ("乙", "李明")])
    assert table.heads == ("组", "组长")
    assert table.rows == (("", "王晨"), ("乙", "李明"))


def test_a_line_break_in_a_cell_of_markdown_parts_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    rows = "| 线路 | 站名 |\n|---|---|\n| 一路<br>二路 | 东门<br/>西门 |"
    path.write_text(f"# 首末班时间有调整\n\n{TEXT}\n\n{rows}\n", "utf-8")
    (article,) = parse_pages([path]).articles
    assert article.paragraphs[-1].text == "线路\t站名\n一路 二路\t东门 西门"


def test_spans_that_cover_more_than_a_page_holds_are_not_followed() -> None:
    rows = [[Cell("水", 60, 60), Cell("江")] for _ in range(3000)]
    assert spread(rows) == (("水", "江"),) * 3000
