"""Whatever happens to a page's template, no character that the page shows is lost."""

from __future__ import annotations

import itertools
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from epapers import article_file
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from scoring import CORPUS
from web_lots import SavedPage, saved_pages

from tingbao.errors import InputError
from tingbao.parse import parse_pages, read_files
from tingbao.parse.sources import pages_of
from tingbao.text.han import count_han, squash, tidy

WEB = Path(__file__).parent / "web_articles"
TABLES = """<html><head><title>江州晚报多媒体数字报</title></head><body>
<table><tr><td>2024年12月01日 星期日</td><td><a href=#>返回版面</a></td></tr></table>
<table><tr><td class="font02">春日见闻</td></tr><tr><td class="font01">江水清又清</td></tr>
<tr><td class="font02">本报记者 江 河</td></tr></table>
<div id="ozoom"><p>岸边有人家。</p><p>春天来了，花开了。</p></div></body></html>"""
TEMPLATES = [
    *(path.read_text("utf-8") for path in sorted(WEB.glob("*.html"))),
    article_file("江水清又清", "<p>岸边有人家。</p><p>春天来了，花开了。</p>", author="江河"),
    TABLES,
    *(page.shown[0] for page in saved_pages() if "%%part" not in page.marked),
]
EPAPERS = [
    path
    for name in ("epaper-people-new", "epaper-people-old", "epaper-founder-gbk")
    for path in sorted((CORPUS / name).iterdir())
    if path.suffix in {".htm", ".html"}
]
_UNSEEN = {
    *("script", "style", "title", "noscript", "template", "head", "option", "map"),
    *("iframe", "object", "embed", "svg", "video", "audio", "canvas"),
}
_TAGS = ("div", "p", "span", "td", "section", "li", "h2", "b", "figure", "custom-tag", "aside")


def shown(root: etree._Element) -> Iterator[str]:
    """Each stretch of Han text that a page shows, as a second way of reading finds it."""
    for element in root.iter(etree.Element):
        own = [] if _is_unseen(element) else [element.text or ""]
        inside_unseen = any(map(_is_unseen, element.iterancestors()))
        for text in () if inside_unseen else (*own, element.tail or ""):
            yield from (word for word in tidy(text).split() if count_han(word))


def _is_unseen(element: etree._Element) -> bool:
    style = re.sub(r"\s", "", element.get("style", "").lower())
    hidden = "display:none" in style or "sf-hidden" in element.get("class", "").split()
    return hidden or element.tag in _UNSEEN or element.get("hidden") is not None


def _rename_class(root: etree._Element, chance: random.Random) -> None:
    named = [one for one in root.iter(etree.Element) if one.get("class") or one.get("id")]
    if named:
        one = chance.choice(named)
        for name in ("class", "id"):
            if one.get(name):
                one.set(
                    name, chance.choice(["x7", "comments", "content", "nav", "font02", "title"])
                )


def _drop_names(root: etree._Element, chance: random.Random) -> None:
    for one in root.iter(etree.Element):
        if chance.random() < 0.5:
            one.attrib.pop("class", None)
            one.attrib.pop("id", None)


def _move(root: etree._Element, chance: random.Random) -> None:
    body = root.find("body")
    elements = [] if body is None else [*body.iterdescendants(etree.Element)]
    if len(elements) > 1:
        moved, place = chance.sample(elements, 2)
        if moved not in place.iterancestors():
            moved.drop_tag() if chance.random() < 0.2 else place.append(moved)


def _swap_tag(root: etree._Element, chance: random.Random) -> None:
    body = root.find("body")
    elements = [] if body is None else [*body.iterdescendants(etree.Element)]
    if elements:
        chance.choice(elements).tag = chance.choice(_TAGS)


MUTATIONS: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    _rename_class,
    _drop_names,
    _move,
    _swap_tag,
)


def lost(path: Path, *shown_pages: str) -> list[str]:
    """The stretches that the page shows and that are in no block of it.

    From the blocks on the parser accounts for each character itself, or raises AccountingError.
    """
    try:
        pages = pages_of(read_files([path]))
        parse_pages([path])
    except InputError:
        return []  # refused in one line: nothing is read, and the person is told so
    blocks = [block for page in pages for block in page.blocks]
    kept = [text for block in blocks for text in (block.text, *itertools.chain(*block.rows))]
    read = squash("\x1e".join(kept))
    roots = map(html.document_fromstring, shown_pages)
    return [text for root in roots for text in shown(root) if squash(text) not in read]


def lost_of(markup: str, name: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(markup, "utf-8")
        return lost(path, markup)


@pytest.mark.parametrize("page", [*saved_pages()], ids=lambda page: page.name)
def test_all_that_a_saved_page_shows_is_read_or_listed(tmp_path: Path, page: SavedPage) -> None:
    assert lost(page.save(tmp_path), *page.shown) == []


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.sampled_from(TEMPLATES), st.randoms(use_true_random=False), st.integers(1, 8))
def test_no_character_of_a_page_is_lost_whatever_becomes_of_its_template(
    page: str, chance: random.Random, times: int
) -> None:
    root = html.document_fromstring(page)
    for _ in range(times):
        chance.choice(MUTATIONS)(root, chance)
    markup = '<meta charset="utf-8">' + html.tostring(root, encoding="unicode")
    name = chance.choice(["content_1.html", "a.html", "node_1.html"])
    assert lost_of(markup, name) == []


@pytest.mark.parametrize("path", EPAPERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_character_of_a_real_template_is_lost_whatever_becomes_of_it(path: Path) -> None:
    chance = random.Random(path.name)
    for _ in range(4):
        root = html.document_fromstring(path.read_bytes())
        for _ in range(chance.randrange(1, 6)):
            chance.choice(MUTATIONS)(root, chance)
        markup = '<meta charset="utf-8">' + html.tostring(root, encoding="unicode")
        assert lost_of(markup, path.name) == []
