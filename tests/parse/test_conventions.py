"""Articles are found whatever convention people keep them in: files, pages, copies, old papers.

The floors lie in ``tests/corpus/conventions/floors.json``, with the figures that each lot gave
when it was scored for the first time, before a rule was written for it.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from conventions import CONVENTIONS, Tally, items_of, tally
from scoring import CORPUS

from parse_fixtures import Parse

FLOORS: dict[str, Any] = json.loads((CORPUS / "conventions" / "floors.json").read_text("utf-8"))
for lot in FLOORS:
    importlib.import_module(f"conventions_{lot}")


@pytest.mark.parametrize("lot", FLOORS)
def test_no_lot_sinks_below_its_floor(lot: str, tmp_path: Path) -> None:
    total = Tally()
    for name, printed in CONVENTIONS[int(lot)].items():
        folder = tmp_path / name
        folder.mkdir()
        total += tally(printed(items_of(int(lot))), folder)
    floor = FLOORS[lot]["floor"]
    assert total.wanted == FLOORS[lot]["articles"]
    assert total.exact >= floor["exact"] * total.wanted, total.misses
    assert total.strict >= floor["strict"] * total.wanted, total.misses
    assert total.extra <= floor["extra"]


@pytest.mark.parametrize("lot", FLOORS)
def test_every_lot_has_many_conventions(lot: str) -> None:
    assert len(CONVENTIONS[int(lot)]) >= 11


LONG = "县里的果农合作社今年把冷库修到了山脚下，采下来的梨当天就能进库，价钱也稳住了。"
OTHER = "镇上的老戏台重新刷了漆，每逢集日就有票友来唱两段，台下坐满了带着板凳的乡亲。"


@pytest.mark.parametrize(
    "line",
    [
        "时间：3月12日下午三点，地点在老戏台。",
        "标题党该歇歇了",
        "正文里没有写到的事",
        "来源：水源地就在山后，村里人都知道。",
        "作者：很多人这样问，他却说不清。",
        "关注老人，从一碗饭开始。",
        "相关新闻见报以后，来买梨的人多了一倍。",
        "今起三天：晴转多云,周六夜里有中雨，出门要带伞。",
    ],
)
def test_a_line_of_the_story_is_kept_though_it_begins_like_a_name_or_a_button(
    parsed: Parse, line: str
) -> None:
    edition = parsed(f"冷库修到山脚下\n\n{LONG}\n\n{line}\n\n{OTHER}\n")
    printed = "".join(p.text for one in edition.articles for p in one.paragraphs)
    assert line in printed + "".join(one.title or "" for one in edition.articles)


@pytest.mark.parametrize("heads", [("相关阅读", LONG), ("延伸阅读", OTHER), ("最新消息", LONG)])
def test_a_text_under_a_heading_that_sites_have_too_is_kept(
    parsed: Parse, heads: tuple[str, str]
) -> None:
    edition = parsed(
        f"# 冷库修到山脚下\n\n{OTHER[:-1]}，天天如此。\n\n## {heads[0]}\n\n{heads[1]}\n"
    )
    assert any(p.text == heads[1] for one in edition.articles for p in one.paragraphs)


def test_pages_of_a_day_in_one_file_are_pages_of_the_edition(parsed: Parse) -> None:
    text = f"第01版：要闻\n\n冷库修到山脚下\n\n{LONG}\n\n第02版：文化\n\n戏台新颜\n\n{OTHER}\n"
    edition = parsed(text, names="day.txt")
    assert [(page.label.text, page.section) for page in edition.pages] == [
        ("1", "要闻"),
        ("2", "文化"),
    ]
    assert [one.pages for one in edition.articles] == [(1,), (2,)]


def test_a_list_of_pages_parts_no_file(parsed: Parse) -> None:
    text = f"本报今日导读\n第02版 文化\n第03版 体育\n\n冷库修到山脚下\n\n{LONG}\n\n{OTHER}\n"
    assert len(parsed(text, names="day.txt").pages) == 1
