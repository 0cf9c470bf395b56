from __future__ import annotations

from tingbao.script.tabulation import grid_of


def wordings(text: str) -> list[str]:
    return [wording for _, wording in grid_of(text).wordings()]


def test_a_row_is_said_with_the_heads_of_its_columns() -> None:
    assert wordings("地区\t产量\t增长\n通辽\t120吨\t5%") == ["通辽，产量120吨，增长5%。"]


def test_a_unit_in_the_head_is_said_behind_each_figure() -> None:
    assert wordings("地区\t产量（万吨）\t同比(%)\n通辽\t120\t5.1") == [
        "通辽，产量120万吨，同比5.1%。"
    ]


def test_years_can_head_columns() -> None:
    assert wordings("指标\t2024年\t2025年\n产量\t98\t120") == ["产量，2024年，98，2025年，120。"]


def test_a_first_column_of_figures_has_its_head_said_too() -> None:
    assert wordings("名次\t姓名\n1\t张三") == ["名次1，姓名张三。"]


def test_a_table_without_heads_is_said_cell_by_cell() -> None:
    assert wordings("通辽\t120\n赤峰\t98") == ["通辽，120。", "赤峰，98。"]


def test_empty_cells_and_dashes_are_left_out() -> None:
    assert wordings("地区\t产量\t增长\n通辽\t—\t5%\n\t\t") == ["通辽，增长5%。"]


def test_a_markdown_table_is_taken_apart_like_one_with_tabs() -> None:
    assert wordings("| 时间 | 活动 |\n|---|:-:|\n| 9:00 | 开幕 |") == ["时间9:00，活动开幕。"]


def test_each_row_keeps_its_printed_line() -> None:
    assert list(grid_of("甲\t乙\n丙\t丁").wordings()) == [("丙\t丁", "丙，乙丁。")]


def test_a_large_table_is_not_small() -> None:
    assert grid_of("甲\t乙\n丙\t丁").is_small
    assert not grid_of("甲\t乙\n" + "丙\t丁\n" * 11).is_small
    assert not grid_of("\t".join("甲乙丙丁戊己")).is_small
    assert not grid_of("甲\t乙\n" + "长" * 400 + "\t丁").is_small
