"""An article's page into an article: its headline and text as blocks, and where it was printed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.sources.epaper.content import blocks_in, captions_in, is_picture
from tingbao.parse.sources.epaper.dom import Document, flat_text, is_damaged
from tingbao.parse.sources.epaper.headline import (
    Headline,
    Place,
    container_of,
    headline_of,
    place_of,
)
from tingbao.text.han import count_han, squash

_CONTENT_IDS = ("ozoom", "articleContent", "contenttext", "zoom")
_MOST_CONTENTS = 8
_EDGE = 80
"""How near the ends of a text its author is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article as saved; ``damaged`` says that bytes of its text could not be read."""

    document: Document
    place: Place
    blocks: tuple[Block, ...]
    damaged: bool = False

    @property
    def title(self) -> str:
        """Its title; empty where it has none."""
        return next((b.text for b in self.blocks if b.role is BlockRole.TITLE), "")


def content_of(document: Document) -> etree._Element | None:
    """The element that holds an article's text; None where the page is no e-paper article."""
    found = [*document.root.iter("founder-content")]
    for name in _CONTENT_IDS:
        found += document.root.xpath("//*[@id=$name]", name=name)
    found = [element for element in found if element.tag not in {"body", "html"}]
    found = [one for one in found[:_MOST_CONTENTS] if not _is_within(one, found)]
    return max(found, key=lambda element: count_han(flat_text(element)), default=None)


def _is_within(element: etree._Element, others: list[etree._Element]) -> bool:
    """Whether the element stands inside one of the others."""
    return any(ancestor in others for ancestor in element.iterancestors())


def read_article(document: Document, content: etree._Element) -> SavedArticle:
    """The article whose text is ``content``."""
    key = document.path.as_posix()
    before, after = _pictures(container_of(content), content)
    body = [*before, *blocks_in(content), *after]
    headline = headline_of(document, content)
    headline, body = _lifted(headline, body)
    blocks = [*_lines(headline, body), *(replace(block, role=BlockRole.BODY) for block in body)]
    return SavedArticle(
        document,
        place_of(document, content),
        tuple(replace(block, item=key) for block in blocks),
        damaged=is_damaged(content),
    )


def _lifted(headline: Headline, body: list[Block]) -> tuple[Headline, list[Block]]:
    """The headline with what of it stands at the beginning of the text, and the text without."""
    heads = [*itertools.takewhile(lambda block: block.kind is BlockKind.HEADING, body)]
    alike = [head for head in heads if squash(headline.title) in squash(head.text)]
    if not alike:
        return headline, body
    at = heads.index(min(alike, key=lambda head: head.level))
    over = heads[:at]
    if not headline.kicker:
        headline = replace(headline, kicker=" ".join(head.text for head in over))
        over = []
    return replace(headline, title=heads[at].text), [*over, *body[at + 1 :]]


def _lines(headline: Headline, body: list[Block]) -> Iterator[Block]:
    """The headline as blocks, in the order in which it is printed."""
    parts = (
        (headline.kicker, BlockRole.KICKER, 2),
        (headline.title, BlockRole.TITLE, 1),
        (headline.subtitle, BlockRole.SUBTITLE, 2),
    )
    for text, role, level in parts:
        if text:
            yield Block(text, kind=BlockKind.HEADING, level=level, role=role)
    if headline.author and not (headline.told and _is_printed(headline.author, body)):
        yield Block(headline.author, role=BlockRole.BYLINE)


def _is_printed(author: str, body: list[Block]) -> bool:
    """Whether the text names its author itself, at its beginning or its end."""
    text = squash("".join(block.text for block in body))
    return squash(author) in text[:_EDGE] or squash(author) in text[-_EDGE:]


def _pictures(
    container: etree._Element, content: etree._Element
) -> tuple[list[Block], list[Block]]:
    """The captions of pictures that stand in the article, but over or under its text."""
    before: list[Block] = []
    after: list[Block] = []
    if container is content:
        return before, after
    found = before
    walker = etree.iterwalk(container, events=("start",))
    for _, element in walker:
        if element is content:
            found = after
            walker.skip_subtree()
        elif element is not container and is_picture(element):
            found.extend(captions_in(element))
            walker.skip_subtree()
    return before, after
