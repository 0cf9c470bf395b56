"""A saved web page that is no e-paper's: its main text, found by where its paragraphs stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from tingbao.errors import InputError
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourcePage
from tingbao.parse.sources.epaper.article import unlisted
from tingbao.parse.sources.epaper.content import Line, blocks_in, lines_around
from tingbao.parse.sources.epaper.document import Document, flat_text, is_damaged
from tingbao.parse.sources.epaper.place import place_of, title_text
from tingbao.parse.sources.finding import label_of_name
from tingbao.text.han import count_han

_FURNITURE = ("nav", "header", "footer", "aside", "form", "menu", "dialog")
_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "blockquote", "pre")
_FEWEST_HAN = 20
_LONGEST_TITLE = 120
_SITE = re.compile(r"\s*[-_—|｜]+\s*[^-_—|｜]{1,20}$")


def read_webpage(document: Document) -> SourcePage:
    """The page's title and main text.

    Raises:
        InputError: it holds no text to speak of.
    """
    body = document.root.find("body")
    lines = lines_around(body) if body is not None else []
    main = _main(body) if body is not None else None
    blocks = blocks_in(main) if main is not None else []
    if sum(map(_han, blocks)) < _FEWEST_HAN:
        raise InputError("no article text found in this web page", document.path)
    place = place_of(document, main)
    blocks = [*_title(document, blocks), *blocks]
    blocks += map(site_block, unlisted(lines, blocks))
    damaged = main is not None and is_damaged(main)
    return SourcePage(
        document.path.name, tuple(blocks), label=label_of_name(document.path),
        paper=place.paper, date=place.date, whole=True,
        notes=("characters of this page cannot be read",) if damaged else (),
    )  # fmt: skip


def site_block(line: Line) -> Block:
    """A line that a site prints around what is read: kept out, and listed."""
    return Block(line.text, role=BlockRole.SITE, item="site")


def _main(body: etree._Element) -> etree._Element:
    """The element around most of the page's text, menus and the like aside."""
    for element in [*body.iter(*_FURNITURE)]:
        # Emptied, not taken out: what follows an element may hold signs that XML refuses to move.
        element.clear(keep_tail=True)
    weights: dict[etree._Element, float] = {}
    for paragraph in body.iter(*_PARAGRAPHS):
        weight = _weight(paragraph)
        parent = paragraph.getparent()
        if weight and parent is not None:
            weights[parent] = weights.get(parent, 0.0) + weight
            if parent is not body and (around := parent.getparent()) is not None:
                weights[around] = weights.get(around, 0.0) + weight * 0.6
    heaviest = max(weights, key=lambda element: weights[element], default=body)
    return body if heaviest.tag == "html" else heaviest


def _weight(paragraph: etree._Element) -> int:
    """How many Han characters stand directly in a paragraph; a link's own do not count."""
    texts = [paragraph.text or "", *(child.tail or "" for child in paragraph)]
    texts += [child.text or "" for child in paragraph if child.tag in {"b", "strong", "span", "em"}]
    return sum(map(count_han, texts))


def _title(document: Document, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The page's title where the main text has no heading of its own at its beginning."""
    if blocks and blocks[0].kind is BlockKind.HEADING:
        return ()
    heading = next((h for h in document.root.iter("h1") if count_han(flat_text(h))), None)
    if heading is not None:
        text = flat_text(heading)
    else:
        title = document.root.find(".//title")
        text = _SITE.sub("", title_text(title)) if title is not None else ""
    if not 0 < len(text) <= _LONGEST_TITLE or any(block.text == text for block in blocks):
        return ()
    block = Block(text, kind=BlockKind.HEADING, level=1)
    lone = all(other.kind is not BlockKind.HEADING for other in blocks)
    return (replace(block, role=BlockRole.TITLE) if lone else block,)


def _han(block: Block) -> int:
    return count_han(block.text) + sum(count_han(cell) for row in block.rows for cell in row)
