"""The article of any other web page: its headline, and the text that follows under it.

What a site calls the parts of its pages decides first (``sites.toml``), then where they stand: the
story is what follows the headline nearest in the tree, however long a comment box beside it is.
All other lines are kept out and listed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from tingbao.errors import InputError
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourcePage
from tingbao.parse.sources.epaper.article import unlisted
from tingbao.parse.sources.epaper.content import (
    Line,
    Placed,
    is_hidden,
    lines_around,
    placed_in,
)
from tingbao.parse.sources.epaper.document import (
    Document,
    flat_text,
    is_damaged,
    place_of,
    short_text,
    title_text,
)
from tingbao.parse.sources.epaper.templates import classes, templates
from tingbao.parse.sources.inputs import label_of_name
from tingbao.text.han import HAN, count_han, squash, tidy

_FURNITURE = frozenset({"nav", "footer", "aside", "form", "menu", "dialog"})
_CUSTOM = re.compile(r"(?:amp|[a-z]+)-(?:sidebar|ad|ads|list|consent|nav|footer|comments?)$")
"""Elements of a site's own making: amp-sidebar, amp-ad."""
_NO_PARENTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "blockquote", "pre"})
_INLINE = frozenset({"a", "b", "strong", "span", "em", "i", "u", "font", "br", "small", "mark"}) | {
    "time"
}
_FEWEST_HAN = 20
_LONGEST_TITLE = 120
_FEWEST_TITLE_HAN = 4
_HEADS = ("div", "p", "td", "span", "b", "strong", "font", "center")
_LARGE = 4
"""From which size on the type of a font element is that of a headline; text is of size 3."""
_MOST_HEADS = 4000
"""Among how many elements the one that says the page's title is looked for."""
_MOST = 0.7
"""The share of the text that the element around the story holds, where no name says which."""
_LONGER = 2
"""How much longer a text known by its name must be to count for the one nearer to the headline."""
_LONGEST_NOTE = 60
_LONGEST_AUTHOR = 30
_PARTS = re.compile(r"\s*(?:[_|｜—–]+|\s[-·•]+\s|-{2,}|-(?=[^-]{2,14}$))\s*")
_SENTENCE = re.compile(r"[。！？…；]|[.!?][”’」]?$|[：:]$")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}(?:[:：]\d{2})?")
_PUBLISHED = re.compile(
    r"(?:article:published_time|datePublished|publish_?(?:date|time)|pubdate|PubDate)"
    r"[\"']?\s*(?:content\s*=|:)\s*[\"']((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)"
)
_AUTHOR = re.compile(
    rf"(?:[{HAN}]{{0,6}}(?:记者|記者|通讯员|作者|撰文|采访|採訪)|(?:文|图|圖)\s*[／/:：丨|｜])[\s:：丨|｜]*"
    rf"[{HAN}A-Za-z·、／/ \u3000:：丨|]{{2,24}}"
)
_HOME = re.compile(r"(?:https?:)?(?://[^/]*)?/?(?:(?:index|default)\.\w+)?$")
_OTHER_FIELD = re.compile(
    r"[\s\u3000]*(?:来源|來源|时间|時間|日期|发布|發布|字号|字體|字体|浏览|瀏覽|点击|點擊|阅读|閱讀|编辑|編輯|"
    r"责编|责任|评论|分享|大中小|\d).*"
)


@dataclass(frozen=True, slots=True)
class _Story:
    """Where the story stands.

    ``around`` holds headline and text, ``text`` most of the text; ``named`` says that the site
    calls it so.
    """

    around: etree._Element
    text: etree._Element
    named: bool


def read_webpage(document: Document) -> SourcePage:
    """The page's title and main text.

    Raises:
        InputError: it holds no text to speak of.
    """
    body = document.root.find("body")
    blocks: list[Block] = []
    lines: list[Line] = []
    story = None
    if body is not None:
        lines = lines_around(body)
        story, blocks = _read(document, body)
    if story is None or sum(map(_han, blocks)) < _FEWEST_HAN:
        raise InputError("no article text found in this web page", document.path)
    place = place_of(document, story.text)
    date = _published(document, blocks) or place.date
    kept = [block for block in blocks if block.role is not BlockRole.SITE]
    kept += map(site_block, unlisted(lines, kept))
    return SourcePage(
        document.path.name, tuple(kept), label=label_of_name(document.path),
        paper=place.paper, date=date, whole=True,
        notes=("characters of this page cannot be read",) if is_damaged(story.text) else (),
    )  # fmt: skip


def site_block(line: Line) -> Block:
    """A line that a site prints around what is read: kept out, and listed."""
    return Block(line.text, role=BlockRole.SITE, item="site")


def _read(document: Document, body: etree._Element) -> tuple[_Story, list[Block]]:
    """The story with its blocks; those of the role SITE are what its page says of it."""
    headline = _headline(document, body)
    nothing: set[etree._Element] = set()
    furniture = _furniture(body, headline)
    for head, without in ((headline, furniture), (headline, nothing), (None, nothing)):
        story = _story(body, head, without)
        blocks = _blocks(document, story, head, placed_in(story.around, without))
        if sum(_han(block) for block in blocks if block.role is not BlockRole.SITE) >= _FEWEST_HAN:
            break
    return story, blocks


# --- where it stands ------------------------------------------------------------------------


def _furniture(body: etree._Element, headline: etree._Element | None) -> set[etree._Element]:
    """The elements that a site calls navigation, comments, recommendations and the like."""
    above = set(headline.iterancestors()) if headline is not None else {body}
    return {
        element
        for element in body.iter(etree.Element)
        if element not in above and element is not headline and _is_furniture(element)
    }


def _is_furniture(element: etree._Element) -> bool:
    if element.tag in _FURNITURE or _CUSTOM.match(element.tag) or is_hidden(element):
        return True
    if element.tag in _INLINE:
        return False
    names = classes(element).split()
    return any(templates().around.fullmatch(name) for name in names) and not any(
        templates().story.fullmatch(name) and not templates().around.fullmatch(name)
        for name in names
    )


def _names(document: Document) -> list[str]:
    """What the page calls itself: in its metadata, and in the title of its window."""
    found = document.root.xpath("//meta[@property='og:title' or @name='og:title']/@content")
    title = document.root.find(".//title")
    names = [*map(str, found[:1]), *([title_text(title)] if title is not None else [])]
    return [squash(name) for name in names if name.strip()]


def _headline(document: Document, body: etree._Element) -> etree._Element | None:
    """The element that shows the headline: what the page is named for, else what is set large.

    A heading that is a link is the name of the site, if there is another.
    """
    names = _names(document)
    heads = [one for one in body.iter("h1", "h2", "h3") if count_han(_short(one))]
    heads = [one for one in heads if not _leads_home(one)] or heads
    named = [one for one in heads if _is_in_name(one, names)]
    if named:
        return min(named, key=lambda one: (_is_link(one), not _leads(one, names), one.tag))
    home = {squash(_short(link)) for link in body.iter("a") if _HOME.match(link.get("href") or "")}
    names = [name for name in names if name not in home]
    shown = [*itertools.islice(body.iter(*_HEADS), _MOST_HEADS)]
    first = (one for one in shown if _leads(one, names) and one.find(".//a") is None)
    largest = (one for one in heads if one.tag == "h1" and not _is_link(one))
    large = (one for one in shown if _is_large(one) and one.find(".//a") is None)
    return next(itertools.chain(first, largest, large, iter(heads[:1])), None)


def _is_in_name(element: etree._Element, names: Sequence[str]) -> bool:
    text = squash(_short(element))
    return count_han(text) >= _FEWEST_TITLE_HAN and any(text in name for name in names)


def _leads(element: etree._Element, names: Sequence[str]) -> bool:
    text = squash(_short(element))
    return count_han(text) >= _FEWEST_TITLE_HAN and any(name.startswith(text) for name in names)


def _is_link(element: etree._Element) -> bool:
    link = element.find(".//a")
    return link is not None and squash(_short(link)) == squash(_short(element))


def _leads_home(element: etree._Element) -> bool:
    link = element.find(".//a")
    return link is not None and _is_link(element) and bool(_HOME.match(link.get("href") or ""))


def _is_large(element: etree._Element) -> bool:
    """Whether a line is set in large type, as a headline on pages without headings."""
    size = element.get("size", "")
    is_large = (size.isdecimal() and int(size) >= _LARGE) or templates().level_of(element) == 1
    text = _short(element) if is_large else ""
    return count_han(text) >= _FEWEST_TITLE_HAN and not _SENTENCE.search(text)


def _short(element: etree._Element) -> str:
    return short_text(element, _LONGEST_TITLE)


def _story(
    body: etree._Element, headline: etree._Element | None, furniture: set[etree._Element]
) -> _Story:
    weights = _weights(body, headline, furniture)
    inside = set(headline.iter()) if headline is not None else set()
    named = {
        element: weight
        for element, weight in weights.items()
        if weight >= _FEWEST_HAN
        and element is not body
        and element not in inside
        and any(templates().story.fullmatch(name) for name in _story_names(element))
        and (headline is None or headline not in set(element.iter(headline.tag)))
    }
    if headline is None:
        text = max(named, key=lambda one: named[one], default=None)
        text = text if text is not None else _narrowest(body, weights, inside)
        return _Story(text, text, text in named)
    around = _nearest(headline, weights, body)
    if not _within(around, named):
        further = [one for one in headline.iterancestors() if _within(one, named)]
        if further and max(_within(further[0], named).values()) > _LONGER * weights[around]:
            around = further[0]
    known = _within(around, named)
    if known:
        text = max(known, key=lambda one: known[one])
        return _Story(around, text, named=True)
    return _Story(around, _narrowest(around, weights, inside), named=False)


def _story_names(element: etree._Element) -> list[str]:
    return [*classes(element).split(), element.get("itemprop", "").lower()]


def _within(element: etree._Element, named: dict[etree._Element, int]) -> dict[etree._Element, int]:
    return {one: weight for one, weight in named.items() if element in one.iterancestors()}


def _nearest(
    headline: etree._Element, weights: dict[etree._Element, int], body: etree._Element
) -> etree._Element:
    """The smallest element around the headline that holds text enough to be an article."""
    for ancestor in headline.iterancestors():
        if ancestor is body:
            break
        is_head = ancestor.tag == "header" or templates().over.search(classes(ancestor))
        if weights.get(ancestor, 0) >= _FEWEST_HAN and not is_head:
            return ancestor
    return body


def _narrowest(
    around: etree._Element, weights: dict[etree._Element, int], inside: set[etree._Element]
) -> etree._Element:
    """The smallest element that still holds most of the text in ``around``."""
    current, whole = around, weights.get(around, 0)
    while whole:
        inner = [
            one
            for one in current.iterchildren(etree.Element)
            if weights.get(one, 0) >= _MOST * whole
            and one not in inside
            and one.tag not in _NO_PARENTS | _INLINE
        ]
        if not inner:
            break
        current = inner[0]
    return current


def _weights(
    body: etree._Element, headline: etree._Element | None, furniture: set[etree._Element]
) -> dict[etree._Element, int]:
    """How many Han characters of sentences each element holds; those of links do not count."""
    weights: dict[etree._Element, int] = {}
    started = headline is None
    for placed in placed_in(body, furniture):
        if headline is not None and _is_in(placed.element, headline):
            started = True
        elif not started or placed.is_link or _is_notice(placed.block):
            continue
        elif _is_sentence(placed.block):
            han = _han(placed.block)
            for element in (placed.element, *placed.element.iterancestors()):
                weights[element] = weights.get(element, 0) + han
    return weights


def _is_sentence(block: Block) -> bool:
    text = block.text
    return (
        block.kind is not BlockKind.CAPTION and bool(_SENTENCE.search(text)) and not _is_note(text)
    )


def _is_in(element: etree._Element, other: etree._Element) -> bool:
    return element is other or other in element.iterancestors()


# --- what is read of it ---------------------------------------------------------------------


def _blocks(
    document: Document,
    story: _Story,
    headline: etree._Element | None,
    placed: Sequence[Placed],
) -> list[Block]:
    at = [
        n for n, one in enumerate(placed) if headline is not None and _is_in(one.element, headline)
    ]
    after = placed[at[-1] + 1 :] if at else placed
    inside = set(story.text.iter(etree.Element))
    told, kept = _sorted(after, story, inside)
    title = flat_text(headline) if headline is not None else _title_of(document, kept)
    notes = [Block(one.block.text, role=BlockRole.SITE) for one in told]
    if headline is None or any(0 < block.level <= 1 for block in kept):
        head = (
            [Block(title, kind=BlockKind.HEADING, level=1, role=BlockRole.TITLE)] if title else []
        )
        lone = all(block.kind is not BlockKind.HEADING for block in kept)
        return [*(head if lone else [replace(one, role=None) for one in head]), *kept, *notes]
    key = document.path.as_posix()
    lines = [Block(title, kind=BlockKind.HEADING, level=1, role=BlockRole.TITLE)]
    if kept and kept[0].kind is BlockKind.HEADING and len(kept) > 1:
        over = kept.pop(0)
        role = BlockRole.SUBTITLE if kept[0].kind is not BlockKind.HEADING else BlockRole.BODY
        lines.append(replace(over, role=role))
    led = kept and _AUTHOR.search(kept[0].text[:_LONGEST_AUTHOR])
    if not led and (author := _author(told)):
        lines.append(Block(author, role=BlockRole.BYLINE))
    text = (replace(block, role=BlockRole.BODY) for block in kept)
    return [*(replace(block, item=key) for block in (*lines, *text)), *notes]


def _sorted(
    placed: Sequence[Placed], story: _Story, inside: Collection[etree._Element]
) -> tuple[list[Placed], list[Block]]:
    """What the page says of the story before its text begins, and the blocks of the text."""
    told: list[Placed] = []
    kept: list[Block] = []
    started = begun = stopped = False
    for one in placed:
        text, is_inside = one.block.text, one.element in inside
        is_sure = story.named and is_inside
        if one.is_link or templates().aside.fullmatch(squash(text)):
            continue
        if started and not is_sure and (stopped or _ends(text)):
            stopped = True
        elif not begun and _is_note(text):
            told.append(one)
        elif not _ends(text) and _is_read(one.block, started=started, is_inside=is_inside):
            kept.append(one.block)
            started = started or _is_sentence(one.block)
            begun = begun or (started and is_inside)
        elif not begun:
            told.append(one)
    return told, kept


def _ends(text: str) -> bool:
    """Whether the story is over where this line stands: a head of comments, a rule for them."""
    return bool(templates().end.fullmatch(squash(text)) or templates().rule.search(text))


def _is_read(block: Block, *, started: bool, is_inside: bool) -> bool:
    if not is_inside and block.kind not in {BlockKind.CAPTION, BlockKind.TABLE}:
        is_head = block.kind is BlockKind.HEADING and not started
        return is_head or (_is_sentence(block) and not (started and _is_notice(block)))
    return _is_sentence(block) or not _is_notice(block)


def _is_notice(block: Block) -> bool:
    found = templates().notice.search(block.text) or templates().rule.search(block.text)
    return found is not None


def _is_note(text: str) -> bool:
    """Whether a line says when, where and by whom the story was written, and nothing more."""
    if len(text) > _LONGEST_NOTE or "。" in text:
        return False
    return bool(_DAY.search(text) or templates().note.search(text))


def _author(told: Sequence[Placed]) -> str:
    """The author in what the page says of the story: in an element called so, else by its words."""
    for one in told:
        for element in _line_of(one.element).iter(etree.Element):
            if templates().author.search(classes(element)):
                text = _DAY.sub("", _TIME.sub("", flat_text(element)))
                if 0 < len(text := text.strip(" \u3000|｜/")) <= _LONGEST_AUTHOR:
                    return text if _AUTHOR.search(text) else _with_label(one.block.text, text)
    for one in told:
        words = " ".join(tidy(text).strip() for text in _line_of(one.element).itertext())
        if found := _AUTHOR.search(_TIME.sub(" ", _DAY.sub(" ", words))):
            return _OTHER_FIELD.sub("", found[0]).strip()
    return ""


def _line_of(element: etree._Element) -> etree._Element:
    """The element that is a line of the page, around one that is a part of a line."""
    around = (one for one in (element, *element.iterancestors()) if one.tag not in _INLINE)
    return next(around, element)


def _with_label(line: str, name: str) -> str:
    """The name with the word before it that says what it did: 作者：南窗."""
    found = re.search(rf"(?:作者|记者|記者|撰文|文)\s*[:：／/]?\s*{re.escape(name)}", line)
    return found[0] if found else name


def _title_of(document: Document, blocks: Sequence[Block]) -> str:
    """The title of the window, where the text has no heading of its own at its beginning."""
    if blocks and blocks[0].kind is BlockKind.HEADING:
        return ""
    title = document.root.find(".//title")
    text = _PARTS.split(title_text(title))[0].strip() if title is not None else ""
    known = any(block.text == text for block in blocks)
    return text if 0 < len(text) <= _LONGEST_TITLE and not known else ""


def _published(document: Document, blocks: Sequence[Block]) -> dt.date | None:
    """When the story was published: as its metadata say, else as is shown over it."""
    shown = [block.text for block in blocks if block.role is BlockRole.SITE]
    found = _PUBLISHED.search(document.markup) or next(filter(None, map(_DAY.search, shown)), None)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _han(block: Block) -> int:
    return count_han(block.text) + sum(count_han(cell) for row in block.rows for cell in row)
