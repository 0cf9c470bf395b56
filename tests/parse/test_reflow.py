"""Paragraphs cut by a column are made whole; lines that stand alone are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.models import ParagraphKind
from tingbao.parse import parse_pages

HEAD = "## 市政府召开常务会议\n\n本报讯（记者 王晨）3月1日，会议召开。\n\n"


def paragraphs(folder: Path, body: str, head: str = HEAD) -> list[tuple[str, str]]:
    path = folder / "a.md"
    path.write_text(head + body + "\n", "utf-8")
    (article,) = parse_pages([path]).articles
    return [(paragraph.kind.value, paragraph.text) for paragraph in article.paragraphs][
        bool(head == HEAD) :
    ]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("会议指出，要抓好落\n\n实工作。", "会议指出，要抓好落实工作。"),
        ("学习《习近平\n\n谈治国理政》等。", "学习《习近平谈治国理政》等。"),
        ("为全市“十五五”\n\n开好局提供保障。", "为全市“十五五”开好局提供保障。"),
        ("推动经济高质量发展，展\n\n现韧性。", "推动经济高质量发展，展现韧性。"),
        ("产量超过1600万辆\n\n，增长两成。", "产量超过1600万辆，增长两成。"),
    ],
)
def test_a_broken_paragraph_is_made_whole(tmp_path: Path, body: str, whole: str) -> None:
    assert paragraphs(tmp_path, body) == [("text", whole)]


@pytest.mark.parametrize(
    "lines",
    [
        ["各位代表：", "现在，我报告工作。"],
        ["会议指出，要抓好落实。", "会议强调，要加快进度。"],
        ["任命王晨为市长；", "任命李明为局长。"],
        ["时间：3月1日", "地点：市体育馆"],
        ["电话：0475-5776728", "邮箱：a@b.com"],
        ["（一）修复目标；", "（二）重点区域。"],
    ],
)
def test_lines_that_stand_alone_are_left_alone(tmp_path: Path, lines: list[str]) -> None:
    assert [text for _, text in paragraphs(tmp_path, "\n\n".join(lines))] == lines


def test_a_caption_inside_a_broken_paragraph_does_not_keep_it_apart(tmp_path: Path) -> None:
    body = "指数比上月上升1.7个百\n\n图为车间。本报记者 王晨 摄\n\n分点。"
    assert paragraphs(tmp_path, body) == [
        ("text", "指数比上月上升1.7个百分点。"),
        ("caption", "图为车间。本报记者 王晨 摄"),
    ]


def test_text_broken_at_the_width_of_a_column_is_joined_line_by_line(tmp_path: Path) -> None:
    lines = [
        "　　昨日上午，云山市东门菜市场里热闹非",
        "凡，十来个孩子围着摊位，听摊主讲蔬菜的",
        "故事，这是社区开设的科普课。",
        "　　据社区工作人员介绍，课程每月两次，",
        "至今已经办了十二期，有三百多个家庭参加",
        "了活动。孩子们不但认识了蔬菜，还学会了",
        "算账。",
    ]
    found = paragraphs(tmp_path, "\n".join(lines), head="菜市场里的科普课\n本报记者 方晴\n")
    assert [text for _, text in found] == [
        "昨日上午，云山市东门菜市场里热闹非凡，十来个孩子围着摊位，听摊主讲蔬菜的故事，这是社区开设的科普课。",
        "据社区工作人员介绍，课程每月两次，至今已经办了十二期，有三百多个家庭参加了活动。孩子们不但认识了蔬菜，还学会了算账。",
    ]


def test_the_lines_of_a_poem_stay_lines(tmp_path: Path) -> None:
    verses = ["蝉声渐渐低下去", "风从稻田那边来", "母亲把蒲扇收进柜子", "把秋天挂上屋檐"]
    found = paragraphs(tmp_path, "\n".join(verses), head="## 立秋\n\n周克\n\n")
    assert found == [(ParagraphKind.LIST.value, verse) for verse in verses]


def test_a_paragraph_knows_the_line_and_the_offset_of_each_block_it_is_made_of(
    tmp_path: Path,
) -> None:
    page = tmp_path / "01.md"
    page.write_text(
        HEAD + "會議指出，工作很好。要堅持以人\n\n民為中心，推動《全市\n高質量發展》。\n", "utf-8"
    )
    paragraph = parse_pages([page]).articles[0].paragraphs[1]
    starts = [(origin.line, paragraph.text[origin.offset :][:2]) for origin in paragraph.origins]
    assert starts == [(5, "会议"), (7, "民为"), (8, "高质")]
    assert paragraph.origins[0].offset == 0
    assert (paragraph.page, paragraph.line, paragraph.breaks) == (1, 5, ())
