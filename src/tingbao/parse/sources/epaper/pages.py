"""An e-paper's page file: which articles it lists, in order, and what it calls itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tingbao.parse.labels import page_label
from tingbao.parse.sources.epaper.dom import Document, classes, flat_text, link_name, short_text
from tingbao.parse.sources.epaper.headline import Place, place_of
from tingbao.text.han import count_han, tidy

_PAGE_NAME = re.compile(r"(?:nbs\..*|node_?\w+|page\d\w*)\.s?html?$", re.IGNORECASE)
_ARTICLE_NAME = re.compile(
    r"(?:nw\..*|(?:content|article|articel|con)_?\d[\w-]*|c\d{4,})\.s?html?$", re.IGNORECASE
)
_LIST = re.compile(r"\s(?:news-?list|titlelist|title_list|title-list|news_?list|btdh|bt)\s")
_CURRENT = re.compile(r"\s(?:ban|default|l_t|therearetitle|cur|current|active|on|bmmc|banming)\s")
_VIEW = re.compile(r"view\(\s*[\"'](?P<title>.*?)[\"']\s*\)", re.DOTALL)
_LONGEST_LABEL = 40
_MOST_SHOWN = 100
_NEAREST = 8
"""How many elements around a link may be the list that it stands in."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article as a page lists it: its address as it stands there, and its title."""

    address: str
    title: str

    @property
    def name(self) -> str:
        """The name of the file that it leads to."""
        return link_name(self.address)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page file, and the articles that it lists in order."""

    document: Document
    place: Place
    links: tuple[Link, ...]


def is_page_name(document: Document) -> bool:
    """Whether the file is called like an e-paper's page."""
    return any(_PAGE_NAME.match(name) for name in document.names)


def read_page(document: Document) -> SavedPage:
    """The page with its list; a page that lists nothing has no links."""
    place = place_of(document, None)
    label, section = _current(document) or (place.label, place.section)
    place = Place(label, section, place.paper, place.date)
    return SavedPage(document, place, tuple(_links(document)))


def _links(document: Document) -> Iterator[Link]:
    """The articles in the order of the list; those that only the picture of the page shows last."""
    anchors = [*document.root.iter("a")]
    anchors = [anchor for anchor in anchors if _is_listed(anchor)] or anchors
    titles: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for anchor in (*anchors, *document.root.iter("area")):
        address = anchor.get("href") or ""
        name = link_name(address)
        if _ARTICLE_NAME.match(name):
            addresses.setdefault(name, address)
            titles[name] = titles.get(name) or _title(anchor)
    return (Link(address, titles[name]) for name, address in addresses.items())


def _is_listed(anchor: etree._Element) -> bool:
    """Whether a link to an article stands in what looks like the page's list."""
    if not _ARTICLE_NAME.match(link_name(anchor.get("href") or "")):
        return False
    around = itertools.islice(anchor.iterancestors(), _NEAREST)
    return any(_LIST.search(classes(element)) for element in around)


def _title(anchor: etree._Element) -> str:
    """A link's title; older pages write it by a script."""
    text = flat_text(anchor)
    if not text and (script := anchor.find(".//script")) is not None:
        found = _VIEW.search(script.text or "")
        text = tidy(found["title"]).strip() if found else ""
    return text


def _current(document: Document) -> tuple[str, str | None] | None:
    """The label and section that the page shows as its own."""
    own = [e for e in document.root.iter("a") if link_name(e.get("href") or "") in document.names]
    shown = [e for e in document.root.iter() if _CURRENT.search(classes(e))]
    for element in (*[e for e in shown[:_MOST_SHOWN] if e.find(".//a") is None], *own):
        text = short_text(element, _LONGEST_LABEL)
        if count_han(text) and (found := page_label(text)):
            return found
    return None
