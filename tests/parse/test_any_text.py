"""Whatever is given, an edition or one of our own errors comes out, and no character is lost."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tingbao.errors import InputError
from tingbao.models import Edition
from tingbao.parse import edition_as_markdown, parse_pages, simplify
from tingbao.text.han import count_han, tidy

FRAGMENTS = (
    "# ",
    "## ",
    "### ",
    "**",
    "市政府召开会议",
    "關於推進工作的意見",
    "本报讯（记者 王晨）",
    "（下转第二版）",
    "（上接第1版）",
    "▶下转A2版",
    "◀上接A01版",
    "一、",
    "（一）",
    "第一章 总则",
    "导读",
    "简讯",
    "遗失声明",
    "公告",
    "【要闻】",
    "■本报记者 李明",
    "（2026年3月1日）",
    "2026年3月15日 星期日",
    "第01版：要闻",
    "A02",
    "通辽日报",
    "责编：张三",
    "图为会场。",
    "（王晨 摄）",
    "记者 王晨 ",
    "责编 王晨 ",
    "（紧接第2版）",
    "　　",
    "$10^{3}$",
    "——在大会上",
    "各位代表：",
    "今天天气很好。",
    "会议强调，要抓好落实，",
    "\t",
    "|",
    "| a | 甲 |",
    "|---|---|",
    "<table>",
    "</table>",
    "<tr><td>甲</td></tr>",
    "<br>",
    "  ",
    "\n",
    "\n\n",
    "\u3000\u3000",
    "“",
    "”",
    "《",
    "》",
    "$4+10$",
    "![图](a.jpg)",
    "---",
    "===",
    "```",
    "- ",
    "> ",
    "\\",
    "乾著於昇徵",
    "乾隆",
    "看著",
    "\x0c",
    "\r\n",
    "\u200b",
    "\ufeff",
    "&amp;",
    "<!-- page -->",
    "<!-- tingbao-edition -->",
    "1.",
    "①",
    "…",
    "……3版",
    "电话：0475-123456",
    "张三 李四",
)
PAGES = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), min_size=1, max_size=60
).map("".join)
FEW = settings(max_examples=150, deadline=None, derandomize=True)


def parsed(*pages: str) -> Edition | None:
    """The edition of the pages; None where they are refused."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, page in enumerate(pages, start=1):
            paths.append(Path(folder) / f"{number}.md")
            paths[-1].write_bytes(page.encode("utf-8", "surrogatepass"))
        with contextlib.suppress(InputError):
            return parse_pages(paths)
        return None


def kept_of(edition: Edition) -> str:
    texts: list[str | None] = [skip.text for skip in edition.skipped]
    for article in edition.articles:
        texts += [article.kicker, article.title, article.subtitle]
        texts += [article.byline.text if article.byline else None, article.dateline]
        texts += [paragraph.text for paragraph in article.paragraphs]
    return "".join(text for text in texts if text)


@FEW
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_any_text_gives_an_edition_or_a_plain_refusal(pages: list[str]) -> None:
    parsed(*pages)


@FEW
@given(PAGES)
def test_every_han_character_of_the_input_is_kept_exactly_once(page: str) -> None:
    edition = parsed(page)
    if edition is not None and "<!-- tingbao" not in page:
        assert count_han(kept_of(edition)) == count_han(tidy(page))


@FEW
@given(st.lists(PAGES, min_size=1, max_size=2))
def test_the_printed_markdown_always_gives_the_same_articles(pages: list[str]) -> None:
    edition = parsed(*pages)
    if edition is None:
        return
    text = edition_as_markdown(edition)
    again = parsed(text)
    assert again is not None
    assert edition_as_markdown(again) == text


@FEW
@given(st.text(st.sampled_from("乾著於昇徵瞭覆藉鍾國会會计畫计划沈沒，。 abc看名"), max_size=40))
def test_conversion_is_idempotent_and_keeps_the_length(text: str) -> None:
    once = simplify(text)
    assert len(once) == len(text)
    assert simplify(once) == once


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_give_an_edition_or_a_plain_refusal(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(data)
        with contextlib.suppress(InputError):
            parse_pages([path])
