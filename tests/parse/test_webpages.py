"""Saved articles of web sites that are no e-papers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from epapers import put
from web_lots import SavedPage, saved_pages

from tingbao.parse import parse_pages
from tingbao.text.han import squash

PAGES = Path(__file__).parent / "web_articles"
EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_saved_article_gives_its_headline_author_date_and_text_and_nothing_else(
    name: str,
) -> None:
    edition = parse_pages([PAGES / f"{name}.html"])
    expected = EXPECTED[name]
    (article,) = edition.articles
    assert article.title == expected["title"]
    credit = article.byline.text if article.byline else ""
    assert squash(credit) == squash(expected.get("byline", ""))
    assert edition.date == expected.get("date")
    assert [paragraph.text for paragraph in article.paragraphs] == expected["text"]
    assert edition.warnings == ()


RULES = "".join(
    f"<li>第{at}条：发言请遵守法律，不得辱骂他人，不得发布广告，违者删除留言并停止使用。</li>"
    for at in range(1, 9)
)


@pytest.mark.parametrize("name", ["comments", "msg-board", "x7"])
@pytest.mark.parametrize("story", ["article-body", "x3"])
def test_the_rules_of_a_comment_box_are_never_the_story_whatever_a_site_calls_its_parts(
    tmp_path: Path, name: str, story: str
) -> None:
    page = f"""<html><head><title>渡口今早开航 - 江州网</title></head><body><div class="main">
    <div class="a1"><h1>渡口今早开航</h1><div class="{story}">
    <p>渡口今天早上六点开航，头班船坐满了人。</p>
    <p>船家说，票价两元，老人免费。</p></div></div>
    <div class="{name}"><h3>留言规则</h3><ul>{RULES}</ul></div></div></body></html>"""
    (article,) = parse_pages([put(tmp_path / "a.html", page)]).articles
    assert article.title == "渡口今早开航"
    assert [paragraph.text for paragraph in article.paragraphs] == [
        "渡口今天早上六点开航，头班船坐满了人。",
        "船家说，票价两元，老人免费。",
    ]


@pytest.mark.parametrize("page", [*saved_pages()], ids=lambda page: page.name)
def test_a_page_of_any_site_gives_its_headline_and_paragraphs_and_nothing_is_lost(
    tmp_path: Path, page: SavedPage
) -> None:
    edition = parse_pages([page.save(tmp_path)])
    (article,) = edition.articles
    assert squash(article.title or "") == page.title
    credit = squash(article.byline.text if article.byline else "")
    read = [squash(paragraph.text) for paragraph in article.paragraphs]
    assert without_credit(read, credit) == without_credit(page.paragraphs, credit)
    wanted = page.options
    assert wanted.get("byline") == "?" or credit == squash(wanted.get("byline", ""))
    assert (article.kicker or "") == wanted.get("kicker", "")
    assert (article.subtitle or "") == wanted.get("subtitle", "")
    assert str(edition.date or "") == wanted.get("date", "")
    assert edition.pages[0].label.printed == wanted.get("label", edition.pages[0].label.printed)
    assert edition.warnings == ()


def without_credit(paragraphs: list[str], credit: str) -> list[str]:
    """The paragraphs without the credit that the first of them may begin with, or be."""
    starts = [credit, *re.findall(r"本报讯|[^）]+[）]", credit)]
    cut = [
        next(
            (
                text[len(start) :].lstrip("：:")
                for start in starts
                if start and text.startswith(start)
            ),
            text,
        )
        for text in paragraphs
    ]
    return [text for text in cut if text]
