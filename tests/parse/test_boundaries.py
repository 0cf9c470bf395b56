"""Each place where an article may start shows the signs that decided it, and their weights."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scoring import editions, inputs_of

from tingbao.cli.main import main
from tingbao.errors import InputError
from tingbao.parse import boundaries_of, edition_as_markdown, parse_pages
from tingbao.parse.boundaries import ArticleBoundary, Decision, Where, score

PAGE = """\
# 市政府召开常务会议研究部署重点工作

本报讯（记者 王晨）3月1日，会议召开，研究部署有关工作。会议听取了汇报。

## 抓好春耕生产

会议指出，要抓好春耕生产各项工作，不误农时，确保种足种好。

## 做好防火工作

会议强调，要做好森林草原防火工作，压实各方责任，确保安全。

# 全市教育工作会议在通辽举行

本报讯（记者 李明）3月2日，全市教育工作会议举行，总结去年工作，安排今年任务。
"""


def boundaries(folder: Path, text: str) -> tuple[ArticleBoundary, ...]:
    path = folder / "01.md"
    path.write_text(text, "utf-8")
    ((_, found),) = boundaries_of([path])
    return found


def test_each_headline_is_decided_by_its_signs(tmp_path: Path) -> None:
    found = boundaries(tmp_path, PAGE)
    assert [(one.origin.line, one.decision) for one in found] == [
        (1, Decision.ARTICLE),
        (5, Decision.PART),
        (9, Decision.PART),
        (13, Decision.ARTICLE),
    ]
    assert [score(one.signs) > 0 for one in found] == [True, False, False, True]


def test_a_sign_says_where_it_was_seen_and_what_it_weighs(tmp_path: Path) -> None:
    *_, last = boundaries(tmp_path, PAGE)
    signs = {(sign.name, sign.where): sign.weight for sign in last.signs}
    assert signs["a byline, a lead, a date or a notice follows", Where.AFTER] == 4.0
    assert signs["as large as the title of plain news", Where.ARTICLE] == 4.0


def test_a_sign_that_decides_alone_is_the_only_one(tmp_path: Path) -> None:
    first, *_ = boundaries(tmp_path, PAGE)
    (sign,) = first.signs
    assert (sign.where, sign.weight) == (Where.BEFORE, math.inf)


def test_an_unmarked_line_that_heads_a_part_says_why(tmp_path: Path) -> None:
    page = (
        "市政府召开常务会议研究部署重点工作\n\n本报讯（记者 王晨）3月1日，会议召开。"
        "会议听取了有关汇报。\n\n记者手记\n\n一年来，这里的变化看得见，摸得着。\n"
    )
    *_, box = boundaries(tmp_path, page)
    assert box.decision is Decision.PART
    assert box.part is not None
    assert box.part.name == "heading of a box"


def test_a_brief_and_the_rest_of_an_article_are_boundaries_too(tmp_path: Path) -> None:
    page = (
        "（上接第一版）\n\n坚持稳中求进，全年目标顺利完成。\n\n"
        "【春耕备耕全面展开】3月1日，各地春耕备耕全面展开，农资供应充足。\n\n"
        "【防火工作得到落实】3月2日，各地防火工作得到落实，责任到人到岗。\n"
    )
    decisions = [one.decision for one in boundaries(tmp_path, page)]
    assert decisions == [Decision.CONTINUATION, Decision.BRIEF, Decision.BRIEF]


@pytest.mark.parametrize("name", [*editions(held_out=False), *editions(held_out=True)])
def test_every_titled_article_begins_at_a_boundary_that_says_so(name: str) -> None:
    found = [one for _, of_page in boundaries_of(inputs_of(name)) for one in of_page]
    starts = {Decision.ARTICLE, Decision.BRIEF}
    assert all(
        (score(one.signs) > 0) is (one.decision not in {Decision.PART, Decision.TEXT})
        for one in found
    )
    begun = "".join("".join(one.text.split()) for one in found if one.decision in starts)
    for article in parse_pages(inputs_of(name)).articles:
        assert "".join((article.title or "").split()) in begun


def test_edited_markdown_has_no_boundaries(tmp_path: Path) -> None:
    path = tmp_path / "edition.md"
    path.write_text(edition_as_markdown(parse_pages(inputs_of("front-page"))), "utf-8")
    with pytest.raises(InputError, match="edited Markdown"):
        boundaries_of([path])


def test_inspect_prints_place_decision_and_signs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "01.md"
    page.write_text(PAGE, "utf-8")
    assert main(["inspect", str(page), "--why"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    first, part, _, last = printed.out.split("\n\n")
    assert first.splitlines()[0] == "01.md:1: article: 市政府召开常务会议研究部署重点工作"
    assert first.splitlines()[1].split(maxsplit=1)[0] == "for"
    assert part.startswith("01.md:5: part (score -")
    assert "    +4.0  as large as the title of plain news (open article)" in last
