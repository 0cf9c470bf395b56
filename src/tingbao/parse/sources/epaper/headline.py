"""What an article's page says of the article: headline, author, page, paper, date.

A value may stand in three places: in elements made for it (``founder-title``), in the headings
over the text, and in a comment that the publishing system leaves (``enpproperty``).
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree

from tingbao.parse.labels import page_label
from tingbao.parse.mastheads import read_imprint
from tingbao.parse.sources.epaper.dom import HEADLINE_TAGS, Document, classes, flat_text
from tingbao.parse.sources.finding import date_of_name
from tingbao.text.han import HAN, count_han, squash, tidy

_PROPERTY = re.compile(r"<!--\s*enpproperty\b")
_LONGEST_PROPERTY = 20_000
_FIELD = re.compile(
    r"<(?:founder-)?(?P<name>[a-z]+)>(?P<value>.{0,2000}?)</(?:founder-)?(?P=name)>", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")
_KICKER, _TITLE, _SUBTITLE, _AUTHOR = "introtitle", "title", "subtitle", "author"
_ALIASES = {"pretitle": _KICKER}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CREDIT = re.compile(r"\s(?:sec|author|zuozhe)\s")
_IMPRINT = re.compile(
    r"《?\s*(?P<paper>[^《》（）()\s]{2,16}报?)\s*》?\s*[（(]\s*(?P<date>\d{4}\s*年[^（）()]{3,16}?日)"
    r"[\s,，]*(?:第\s*)?(?P<label>[A-Za-z]{0,2}\d{1,3})\s*版[^（）()]{0,12}[）)]"
)
_LABELLED = re.compile(
    rf"第\s*(?P<label>[A-Za-z]{{0,2}}\d{{1,3}})\s*版(?:\s*[:：]\s*(?P<section>[{HAN}·]{{1,12}}))?"
)
_NAMED = re.compile(
    r"^n[wb]s?\..*?(?:_\d+)?[-_](?P<label>[A-Z]{0,2}\d{1,3})\.s?html?$", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})")
_FOLDERS = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)/(\d\d)(?=/|$)")
_SUFFIX = re.compile(r"(?:多媒体)?(?:数字报(?:纸)?|电子报|电子版|数字版|图文数据库|网)$")
_TITLE_PARTS = re.compile(r"[\-_—|｜·\s]+")
_PAPER_PART = re.compile(r"\s*(?:--+|[_—|｜]+|-(?=[^-]{2,20}$))\s*")
_FEWEST_HAN = 4
_NEAREST = 12
"""How many elements around a text may be the one that holds its headings too."""
_NEAR = 400
"""How many characters before the article a page's line of date and label may stand."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The lines over an article; empty where there is none.

    ``told`` marks a credit that only the publishing system's comment holds, so that it may stand
    in the text besides.
    """

    kicker: str = ""
    title: str = ""
    subtitle: str = ""
    author: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an article or page was printed, as far as it says."""

    label: str | None = None
    section: str | None = None
    paper: str | None = None
    date: dt.date | None = None


def container_of(content: etree._Element) -> etree._Element:
    """The part of the page that holds an article's headings and its text."""
    for ancestor in itertools.islice(content.iterancestors(), _NEAREST):
        if ancestor.tag in {"body", "html"}:
            break
        if any(True for _ in _headings(ancestor, content)):
            return ancestor
    return content


def headline_of(document: Document, content: etree._Element) -> Headline:
    """The headline of the article whose text is ``content``."""
    told = _properties(document)
    marked = _marked(document.root)
    printed = _printed(container_of(content), content, marked.get(_TITLE) or told.get(_TITLE, ""))
    kicker, title, subtitle, author = (
        marked.get(name) or printed.get(name) or told.get(name, "")
        for name in (_KICKER, _TITLE, _SUBTITLE, _AUTHOR)
    )
    title = title or _named(document)
    only_told = not marked.get(_AUTHOR) and not printed.get(_AUTHOR)
    return Headline(kicker, title, subtitle, author, only_told)


def place_of(document: Document, content: etree._Element | None) -> Place:
    """Where the article was printed, by its own words, else by its name and folder."""
    told = _properties(document)
    body = document.root.find("body")
    text = flat_text(body, content) if body is not None else ""
    imprint = _IMPRINT.search(text)
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
        if paper := read_imprint(_SUFFIX.sub("", part)).paper:
            return paper
    return None


def _named(document: Document) -> str:
    """The headline in the title of the page, where that names more than the paper."""
    title = document.root.find(".//title")
    if title is None:
        return ""
    name = _PAPER_PART.split(title_text(title), maxsplit=1)[0].strip()
    is_paper = read_imprint(_SUFFIX.sub("", name)).paper is not None
    return "" if is_paper or count_han(name) < _FEWEST_HAN else name


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


def _properties(document: Document) -> dict[str, str]:
    """The fields of the comment that the publishing system leaves in an article's page."""
    found = _PROPERTY.search(document.markup)
    if not found:
        return {}
    inside = document.markup[found.end() : found.end() + _LONGEST_PROPERTY].partition("-->")[0]
    fields = _FIELD.finditer(inside)
    named = {_ALIASES.get(f["name"], f["name"]): _plain(f["value"]) for f in fields}
    return {name: value for name, value in named.items() if value}


def _plain(value: str) -> str:
    return _SPACES.sub(" ", tidy(unescape(_TAG.sub(" ", value)))).strip()


def _marked(root: etree._Element) -> dict[str, str]:
    """The fields that stand in elements of their own: founder-title and the like."""
    fields: dict[str, str] = {}
    for element in root.iter(*HEADLINE_TAGS):
        name = element.tag.removeprefix("founder-")
        if text := flat_text(element):
            fields.setdefault(_ALIASES.get(name, name), text)
    return fields


def _headings(container: etree._Element, content: etree._Element) -> Iterator[etree._Element]:
    """The headings with text in ``container`` that stand before ``content``."""
    walker = etree.iterwalk(container, events=("start",))
    for _, element in walker:
        if element is content:
            return
        if element.tag in _HEADINGS and count_han(flat_text(element)):
            yield element


def _printed(container: etree._Element, content: etree._Element, title: str) -> dict[str, str]:
    """The fields by the headings over the text: what stands over the title is its kicker."""
    headings = list(_headings(container, content)) if container is not content else []
    fields = _credit(container, content)
    main = _main(headings, title)
    if main is None:
        return fields
    at = headings.index(main)
    after = headings[at + 1 :]
    if _AUTHOR not in fields and after and after[-1].tag == "h4" != main.tag:
        fields[_AUTHOR] = flat_text(after.pop())
    fields[_TITLE] = flat_text(main)
    fields[_KICKER] = " ".join(map(flat_text, headings[:at]))
    fields[_SUBTITLE] = " ".join(map(flat_text, after))
    return fields


def _main(headings: list[etree._Element], title: str) -> etree._Element | None:
    """The heading that is the title: the one that the page names, else the largest."""
    if title:
        wanted = squash(title)
        alike = [h for h in headings if wanted in squash(flat_text(h))] or [
            h for h in headings if squash(flat_text(h)) in wanted
        ]
        return min(alike, key=lambda h: h.tag, default=None)
    return min(headings, key=lambda h: h.tag, default=None)


def _credit(container: etree._Element, content: etree._Element) -> dict[str, str]:
    """The line of authors under the headings, its imprint left out."""
    if container is content:
        return {}
    for element in container.iter("p", "div", "span"):
        if element is content:
            break
        if _CREDIT.search(classes(element)):
            text = _IMPRINT.sub("", flat_text(element, _date_part(element))).strip()
            return {_AUTHOR: text} if text else {}
    return {}


def _date_part(element: etree._Element) -> etree._Element | None:
    return next((inner for inner in element.iter("span") if " date " in classes(inner)), None)
