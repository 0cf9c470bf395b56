"""An article's page: its headline, its text, where and when it was printed, what stands around it.

A value may stand in three places: in elements made for it (``founder-title``), in the lines over
the text, and in a comment that the publishing system leaves (``enpproperty``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.credits import is_byline
from tingbao.parse.mastheads import read_imprint
from tingbao.parse.sources.epaper.content import (
    Line,
    blocks_in,
    captions_in,
    is_picture,
    lines_around,
)
from tingbao.parse.sources.epaper.document import (
    IMPRINT,
    SUFFIX,
    Document,
    Place,
    flat_text,
    is_damaged,
    is_of_epaper,
    place_of,
    properties,
    title_text,
)
from tingbao.parse.sources.epaper.templates import classes, templates
from tingbao.text.han import count_han, has_han, squash, tidy

_PAPER_PART = re.compile(r"\s*(?:--+|[_—|｜]+|-(?=[^-]{2,20}$))\s*")
_FEWEST_HAN = 4
_NEAREST = 12
"""How many elements around a text may be the one that holds its headings too."""
_MOST_CONTENTS = 8
_EDGE = 80
"""How near the ends of a text its author is looked for, in characters."""
_RUNNING = 40
"""From how many Han characters on a line with a sentence in it is text, not furniture."""
_SENTENCE = re.compile(r"[。！？]")
_SHORT = 4
_SEAM = "\x1e"
_CONTROLS = ("button", "select", "textarea")


@dataclass(frozen=True, slots=True)
class Headline:
    """The lines over an article; empty where there is none.

    ``noted`` marks a credit that only the publishing system's comment holds, so that it may stand
    in the text besides.
    """

    kicker: str = ""
    title: str = ""
    subtitle: str = ""
    author: str = ""
    noted: bool = False


def container_of(content: etree._Element) -> etree._Element:
    """The part of the page that holds an article's headings and its text."""
    for ancestor in itertools.islice(content.iterancestors(), _NEAREST):
        if ancestor.tag in {"body", "html"}:
            break
        if any(True for _ in _headings(ancestor, content)):
            return ancestor
    return content


def headline_of(document: Document, content: etree._Element) -> Headline:
    """The headline of the article with the text ``content``."""
    noted = properties(document)
    marked = _marked(document.root)
    container = container_of(content)
    heads = _heads(document, container, content, is_marked="title" in marked)
    title = marked.get("title") or noted.get("title", "")
    printed = _credit(container, content)
    printed |= _by_size(heads, title, has_byline="byline" in printed)
    kicker, title, subtitle, byline = (
        marked.get(line) or printed.get(line) or noted.get(line, "")
        for line in ("kicker", "title", "subtitle", "byline")
    )
    only_noted = not marked.get("byline") and not printed.get("byline")
    return Headline(kicker, title or _named(document), subtitle, byline, only_noted)


def _named(document: Document) -> str:
    """The headline in the title of the page, where that names more than the paper."""
    title = document.root.find(".//title")
    if title is None:
        return ""
    name = _PAPER_PART.split(title_text(title), maxsplit=1)[0].strip()
    is_paper = read_imprint(SUFFIX.sub("", name)).paper is not None
    return "" if is_paper or count_han(name) < _FEWEST_HAN else name


def _marked(root: etree._Element) -> dict[str, str]:
    """The lines that stand in elements made for them: founder-title and the like."""
    fields, lines = templates().fields, dict[str, str]()
    for element in root.iter(*fields):
        if text := flat_text(element):
            lines.setdefault(fields[element.tag], text)
    return lines


def _heads(
    document: Document, container: etree._Element, content: etree._Element, *, is_marked: bool
) -> list[etree._Element]:
    """The lines over a text: its headings, else what a site of tables sets in large type."""
    headings = list(_headings(container, content)) if container is not content else []
    body = document.root.find("body")
    if headings or is_marked or body is None:
        return headings
    before = itertools.takewhile(lambda element: element is not content, body.iter())
    return [one for one in before if templates().level_of(one) and has_han(flat_text(one))]


def _headings(container: etree._Element, content: etree._Element) -> Iterator[etree._Element]:
    """The headings with text in ``container`` that stand before ``content``."""
    walker = etree.iterwalk(container, events=("start",))
    for _, element in walker:
        if element is content:
            return
        if element.tag in templates().head_tags and has_han(flat_text(element)):
            yield element


def _by_size(heads: list[etree._Element], title: str, *, has_byline: bool) -> dict[str, str]:
    """The lines of a headline: what stands over the title is its kicker."""
    main = _main(heads, title)
    if main is None:
        return {}
    at = heads.index(main)
    after = heads[at + 1 :]
    lines: dict[str, str] = {}
    if not has_byline and after and _names_author(after[-1], main):
        lines["byline"] = flat_text(after.pop())
    lines["title"] = flat_text(main)
    lines["kicker"] = " ".join(map(flat_text, heads[:at]))
    lines["subtitle"] = " ".join(map(flat_text, after))
    return lines


def _names_author(head: etree._Element, main: etree._Element) -> bool:
    """Sites with headings set the author in the smallest; those with tables set all lines alike."""
    if head.tag in templates().head_tags:
        return bool(head.tag == "h4" != main.tag)
    return is_byline(flat_text(head))


def _level(head: etree._Element) -> int:
    return templates().level_of(head) or 0


def _main(heads: list[etree._Element], title: str) -> etree._Element | None:
    """The heading that is the title: the one that the page names, else the largest."""
    if title:
        wanted = squash(title)
        alike = [h for h in heads if wanted in squash(flat_text(h))] or [
            h for h in heads if squash(flat_text(h)) in wanted
        ]
        return min(alike, key=_level, default=None)
    return min(heads, key=_level, default=None)


def _credit(container: etree._Element, content: etree._Element) -> dict[str, str]:
    """The line of authors under the headings, its imprint left out."""
    if container is content:
        return {}
    for element in container.iter("p", "div", "span"):
        if element is content:
            break
        if templates().credit.matches(element):
            text = IMPRINT.sub("", flat_text(element, _date_part(element))).strip()
            return {"byline": text} if text else {}
    return {}


def _date_part(element: etree._Element) -> etree._Element | None:
    return next((inner for inner in element.iter("span") if " date " in classes(inner)), None)


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article as saved.

    ``around`` are the lines of its page that are no part of it, ``damaged`` says that bytes of
    its text could not be read.
    """

    document: Document
    place: Place
    blocks: tuple[Block, ...]
    around: tuple[str, ...] = ()
    damaged: bool = False

    @property
    def title(self) -> str:
        """Its title; empty where it has none."""
        return next((b.text for b in self.blocks if b.role is BlockRole.TITLE), "")


def content_of(document: Document) -> etree._Element | None:
    """The element that holds an article's text; None where the page is no e-paper article.

    Web pages call their text ``zoom`` as well, so an e-paper's shows its page or is called so.
    """
    if not is_of_epaper(document):
        return None
    found = [*document.root.iter(*templates().text_tags)]
    for name in templates().text_ids:
        found += document.root.xpath("//*[@id=$name]", name=name)
    found = [element for element in found if element.tag not in {"body", "html"}]
    found = [one for one in found[:_MOST_CONTENTS] if not _is_within(one, found)]
    return max(found, key=lambda element: count_han(flat_text(element)), default=None)


def _is_within(element: etree._Element, others: list[etree._Element]) -> bool:
    """Whether the element stands inside one of the others."""
    return any(ancestor in others for ancestor in element.iterancestors())


def read_article(document: Document, content: etree._Element) -> SavedArticle:
    """The article with the text ``content``."""
    key = document.path.as_posix()
    before, after = _pictures(container_of(content), content)
    headline = headline_of(document, content)
    headline, body = _lifted(headline, [*before, *blocks_in(content), *after])
    lines = unlisted([*_around(document, content)], [*_lines(headline, body), *body])
    running = [line for line in lines if is_running(line)]
    body[:0] = [Block(line.text) for line in running if not line.is_below]
    body += [Block(line.text) for line in running if line.is_below]
    blocks = [*_lines(headline, body), *(replace(block, role=BlockRole.BODY) for block in body)]
    return SavedArticle(
        document,
        place_of(document, content),
        tuple(replace(block, item=key) for block in blocks),
        around=tuple(line.text for line in lines if line not in running),
        damaged=is_damaged(content),
    )


def is_running(line: Line) -> bool:
    """Whether a line is text that somebody wrote to be read, and no word of the site itself."""
    if line.is_link or count_han(line.text) < _RUNNING or not _SENTENCE.search(line.text):
        return False
    return templates().notice.search(line.text) is None


def unlisted(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    """The lines that stand in none of the blocks; a short one must be all of a block."""
    listed = _SEAM + _SEAM.join(squash(text) for block in blocks for text in _texts(block)) + _SEAM
    found: dict[str, Line] = {}
    for line in lines:
        text = squash(line.text)
        wanted = text if len(text) >= _SHORT else f"{_SEAM}{text}{_SEAM}"
        if wanted not in listed:
            found.setdefault(text, line)
    return list(found.values())


def _around(document: Document, content: etree._Element) -> Iterator[Line]:
    """What is seen of an article's page that is no text of its blocks."""
    body = document.root.find("body")
    if body is not None:
        yield from lines_around(body, content)
    for element in content.iter(*templates().fields, *_CONTROLS):
        if has_han(text := " ".join("".join(element.itertext()).split())):
            yield Line(tidy(text))


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    for row in block.rows:
        yield from row


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
    if headline.author and not (headline.noted and _is_printed(headline.author, body)):
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
