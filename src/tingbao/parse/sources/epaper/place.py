"""Where and when an article or a page of an e-paper was printed, as far as it says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from html import unescape

from lxml import etree

from tingbao.parse.labels import page_label
from tingbao.parse.mastheads import read_imprint
from tingbao.parse.sources.epaper.document import Document, flat_text
from tingbao.parse.sources.finding import date_of_name
from tingbao.text.han import HAN, tidy

_PROPERTY = re.compile(r"<!--\s*enpproperty\b")
_LONGEST_PROPERTY = 20_000
_FIELD = re.compile(
    r"<(?:founder-)?(?P<name>[a-z]+)>(?P<value>.{0,2000}?)</(?:founder-)?(?P=name)>", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")
_LINES = {"introtitle": "kicker", "pretitle": "kicker", "author": "byline"}
"""What the publishing system's comment calls the lines of a headline."""
IMPRINT = re.compile(
    r"《?\s*(?P<paper>[^《》（）()\s]{2,16}报?)\s*》?\s*[（(]\s*(?P<date>\d{4}\s*年[^（）()]{3,16}?日)"
    r"[\s,，]*(?:第\s*)?(?P<label>[A-Za-z]{0,2}\d{1,3})\s*版[^（）()]{0,12}[）)]"
)
"""The line under a headline: paper, date and page of print."""
_LABELLED = re.compile(
    rf"第\s*(?P<label>[A-Za-z]{{0,2}}\d{{1,3}})\s*版(?:\s*[:：]\s*(?P<section>[{HAN}·]{{1,12}}))?"
)
_NAMED = re.compile(
    r"^n[wb]s?\..*?(?:_\d+)?[-_](?P<label>[A-Z]{0,2}\d{1,3})\.s?html?$", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})")
_FOLDERS = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)/(\d\d)(?=/|$)")
SUFFIX = re.compile(r"(?:多媒体)?(?:数字报(?:纸)?|电子报|电子版|数字版|图文数据库|网)$")
_TITLE_PARTS = re.compile(r"[\-_—|｜·\s]+")
_NEAR = 400
"""How many characters before the article a page's line of date and label may stand."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an article or page was printed, as far as it says."""

    label: str | None = None
    section: str | None = None
    paper: str | None = None
    date: dt.date | None = None


def place_of(document: Document, content: etree._Element | None) -> Place:
    """Where the article was printed, by its own words, else by its name and folder."""
    told = properties(document)
    body = document.root.find("body")
    text = flat_text(body, content) if body is not None else ""
    imprint = IMPRINT.search(text)
    label, section = _label(document, told, imprint, text)
    named = imprint["paper"] if imprint else ""
    paper = read_imprint(named).paper or paper_in(document)
    printed = date_in(imprint["date"]) if imprint else None
    date = printed or date_in(told.get("date", "")) or date_in(text) or _date_of_path(document)
    return Place(label, section, paper, date)


def paper_in(document: Document) -> str | None:
    """The paper's name in the title of a page: 江州日报多媒体数字报, 标题--人民日报."""
    title = document.root.find(".//title")
    parts = _TITLE_PARTS.split(title_text(title)) if title is not None else []
    for part in reversed(parts):
        if paper := read_imprint(SUFFIX.sub("", part)).paper:
            return paper
    return None


def title_text(title: etree._Element) -> str:
    """The text of a title element, which is no text of the page itself."""
    return _SPACES.sub(" ", tidy(title.text or "")).strip()


def date_in(text: str) -> dt.date | None:
    """The first date in the text."""
    for found in _DATE.finditer(text):
        if date := _date(found):
            return date
    return None


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _date_of_path(document: Document) -> dt.date | None:
    folders = _FOLDERS.search(document.path.parent.as_posix())
    return (_date(folders) if folders else None) or date_of_name(document.path)


def _label(
    document: Document, told: dict[str, str], imprint: re.Match[str] | None, text: str
) -> tuple[str | None, str | None]:
    node = page_label(told.get("nodename", ""))
    section = (node[1] if node else told.get("nodename")) or None
    if imprint:
        return imprint["label"].upper(), section
    if node:
        return node
    searched = page_label(told.get("nodesearchname", ""))
    if searched:
        return searched[0], section
    if found := next((f for n in document.names if (f := _NAMED.match(n))), None):
        return found["label"].upper(), section
    if found := _LABELLED.search(text[:_NEAR]):
        return found["label"].upper(), section or found["section"]
    return None, section


def properties(document: Document) -> dict[str, str]:
    """The fields of the comment that the publishing system leaves in an article's page."""
    found = _PROPERTY.search(document.markup)
    if not found:
        return {}
    inside = document.markup[found.end() : found.end() + _LONGEST_PROPERTY].partition("-->")[0]
    fields = _FIELD.finditer(inside)
    named = {_LINES.get(f["name"], f["name"]): _plain(f["value"]) for f in fields}
    return {name: value for name, value in named.items() if value}


def _plain(value: str) -> str:
    return _SPACES.sub(" ", tidy(unescape(_TAG.sub(" ", value)))).strip()
