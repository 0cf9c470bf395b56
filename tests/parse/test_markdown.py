"""What ``inspect --markdown`` prints can be mended by a person and reads back exactly."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from scoring import editions, inputs_of

from tingbao.errors import InputError
from tingbao.models import Edition, Origin, Paragraph
from tingbao.parse import edition_as_markdown, parse_pages

EDITIONS = [*editions(held_out=False), *editions(held_out=True)]


def of_pages(paragraph: Paragraph) -> Paragraph:
    """The paragraph with the pages it stands on, and without the blocks it was made of."""
    breaks = (Origin(one.page, None, one.offset) for one in paragraph.breaks)
    return replace(paragraph, origins=(Origin(paragraph.page, None), *breaks))


def without_lines(edition: Edition) -> Edition:
    articles = tuple(
        replace(
            article,
            paragraphs=tuple(map(of_pages, article.paragraphs)),
        )
        for article in edition.articles
    )
    return replace(edition, articles=articles, skipped=(), warnings=())


def reread(tmp_path: Path, text: str) -> Edition:
    path = tmp_path / "edition.md"
    path.write_text(text, "utf-8")
    return parse_pages([path])


@pytest.mark.parametrize("name", EDITIONS)
def test_the_printed_markdown_gives_the_same_articles(tmp_path: Path, name: str) -> None:
    edition = parse_pages(inputs_of(name))
    again = reread(tmp_path, edition_as_markdown(edition))
    assert without_lines(again) == without_lines(edition)


def test_a_comment_in_mid_sentence_that_names_no_page_is_told(tmp_path: Path) -> None:
    text = edition_as_markdown(parse_pages(inputs_of("party-daily-jumps")))
    inside = re.sub(r"(?<=.)<!-- turn \| page: \d+", "<!-- turn | page: 99", text, count=1)
    assert inside != text
    with pytest.raises(InputError, match="a damaged comment"):
        reread(tmp_path, inside)


def test_printed_words_that_look_like_a_comment_stay_words(tmp_path: Path) -> None:
    page = tmp_path / "01.txt"
    page.write_text("标题在此\n\n正文说，<!-- turn | page: 9 -->也是正文。\n", "utf-8")
    edition = parse_pages([page])
    again = reread(tmp_path, edition_as_markdown(edition))
    assert without_lines(again) == without_lines(edition)


def test_a_mended_title_is_taken_over(tmp_path: Path) -> None:
    text = edition_as_markdown(parse_pages(inputs_of("front-page")))
    mended = text.replace("# 政府工作报告", "# 政府工作报告（摘要）")
    assert reread(tmp_path, mended).articles[2].title == "政府工作报告（摘要）"


def test_a_damaged_comment_is_told_with_its_line(tmp_path: Path) -> None:
    text = edition_as_markdown(parse_pages(inputs_of("front-page")))
    with pytest.raises(InputError, match=r"edition\.md:3: a damaged comment"):
        reread(tmp_path, text.replace("<!-- page | label", "<!-- page | labl"))


def test_items_on_pages_that_are_not_there_are_told(tmp_path: Path) -> None:
    text = edition_as_markdown(parse_pages(inputs_of("front-page")))
    with pytest.raises(InputError, match="a damaged comment"):
        reread(tmp_path, text.replace("pages: 1 ", "pages: 9 ", 1))
