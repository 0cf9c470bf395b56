"""The article of any other web page: what is read of it, who wrote it, and when.

Where headline and text stand is found in :mod:`~tingbao.parse.sources.epaper.story`. All other
lines are kept out and listed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from tingbao.errors import InputError
from tingbao.parse.blocks import Block, BlockKind, BlockRole, SourcePage
from tingbao.parse.credits import is_byline, may_be_pen_name
from tingbao.parse.labels import page_label
from tingbao.parse.sources.epaper.article import unlisted
from tingbao.parse.sources.epaper.content import Line, Placed, lines_around
from tingbao.parse.sources.epaper.document import (
    Document,
    date_in,
    flat_text,
    is_damaged,
    lines_of,
    place_of,
    published_in,
    title_text,
)
from tingbao.parse.sources.epaper.story import (
    DAY,
    FEWEST_HAN,
    LONGEST_TITLE,
    TIME,
    Story,
    find_story,
    furniture_of,
    headline_of,
    heads_box,
    is_aside,
    is_note,
    is_notice,
    is_sentence,
    leads_away,
    parts_of,
)
from tingbao.parse.sources.epaper.templates import classes, templates
from tingbao.parse.sources.inputs import label_of_name
from tingbao.text.han import HAN, count_han, has_han, squash, tidy

_INLINE = frozenset({"a", "b", "strong", "span", "em", "i", "u", "font", "br", "small", "time"})
_LONGEST_AUTHOR = 30
_LONGEST_LABEL = 16
_LONGEST_NAME = 8
_HEAD_ROLES = frozenset(
    {BlockRole.SITE, BlockRole.KICKER, BlockRole.TITLE, BlockRole.SUBTITLE, BlockRole.BYLINE}
)
_MARKS = "□■◎●○◆◇▲△ \u3000"
_FEWEST_OWN_HAN = 40
_FEWEST_CAPTION_HAN = 6
_CELLS = frozenset({"td", "th"})
_LABEL = re.compile(
    r"(?<![A-Za-z\d.])第?\s*(?P<label>[A-Za-z]{0,2}\d{1,3})\s*版(?![本面权税次式画])"
)
_AUTHOR = re.compile(
    rf"(?:[{HAN}]{{0,6}}(?:记者|記者|通讯员|(?<!该)作者|撰文|采访|採訪)|(?:文|图|圖)\s*[／/:：丨|｜])[\s:：丨|｜]*"
    rf"(?=[^{HAN}]{{0,2}}[{HAN}])[{HAN}A-Za-z·、／/ \u3000:：丨|]{{2,24}}"
)
_POSTED = re.compile(r"^(?:由|(?:发表|发布|發表|發布|编辑|更新)于?)\s*|\s*(?:发表|发布|撰|撰写)$")
_OTHER_FIELD = re.compile(
    r"[\s\u3000]*(?:来源|來源|时间|時間|日期|发布|發布|字号|字體|字体|浏览|瀏覽|点击|點擊|阅读|閱讀|编辑|編輯|"
    r"责编|责任|评论|分享|大中小|\d).*"
)


def read_webpage(document: Document) -> SourcePage:
    """The page's title and main text.

    Raises:
        InputError: it holds no text to speak of.
    """
    body = document.root.find("body")
    found = _read(document, body) if body is not None else None
    if body is None or found is None or _han_of(found[1]) < FEWEST_HAN:
        raise InputError("no article text found in this web page", document.path)
    story, blocks = found
    lines = lines_around(body)
    place = place_of(document, story.text)
    date = published_in(document) or _published(blocks) or place.date
    label, section = _label(document, lines)
    kept = [block for block in blocks if block.role is not BlockRole.SITE]
    kept += map(site_block, unlisted(lines, kept))
    return SourcePage(
        document.path.name, tuple(kept), label=label, section=section,
        paper=place.paper, date=date, whole=True,
        notes=("characters of this page cannot be read",) if is_damaged(story.text) else (),
    )  # fmt: skip


def holds_story(document: Document) -> bool:
    """Whether the page shows a text of its own, and not only the list of others."""
    body = document.root.find("body")
    found = _read(document, body) if body is not None else None
    return found is not None and _han_of(found[1]) >= _FEWEST_OWN_HAN


def site_block(line: Line) -> Block:
    """A line that a site prints around what is read: kept out, and listed."""
    return Block(line.text, role=BlockRole.SITE, item="site")


def _label(document: Document, lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """The only label that the page shows and that is no link, else the one in the file's name."""
    lines = [line for line in lines if not line.is_link and len(line.text) <= LONGEST_TITLE]
    shown = {found["label"].upper() for line in lines for found in _LABEL.finditer(line.text)}
    named = [found for text in (*(line.text for line in lines), *parts_of(_window_of(document)))
             if (found := page_label(text))]  # fmt: skip
    if len(shown) != 1:
        return named[0] if named and not shown else (label_of_name(document.path), None)
    return shown.pop(), next((section for _, section in named), None)


def _read(document: Document, body: etree._Element) -> tuple[Story, list[Block]]:
    """The story with its blocks; those of the role SITE are what its page says of it."""
    headline = headline_of(document, body)
    furniture = furniture_of(body, headline)
    nothing: set[etree._Element] = set()
    for head, without in (
        (headline, furniture), (None, furniture), (headline, nothing), (None, nothing)
    ):  # fmt: skip
        story = find_story(document, body, head, without)
        blocks = _blocks(document, story)
        if _han_of(blocks) >= FEWEST_HAN:
            break
    return story, blocks


def _han_of(blocks: Sequence[Block]) -> int:
    """The Han characters of the text, without its headline."""
    texts = (
        text
        for block in blocks
        if block.role not in _HEAD_ROLES
        for text in (block.text, *(cell for row in block.rows for cell in row))
    )
    return sum(map(count_han, texts))


# --- what is read of it ---------------------------------------------------------------------


def _blocks(document: Document, story: Story) -> list[Block]:
    head = story.headline
    at = [n for n, one in enumerate(story.lines) if head is not None and _shows(one, head)]
    start = at[-1] + 1 if at else 0
    told, kept = _sorted(story, start)
    heading = lines_of(head) if head is not None else []
    title = " ".join(line for line in heading if not is_note(line)) or _title_of(document, kept)
    told_in_head = [line for line in heading if is_note(line) and line != title]
    notes = [Block(text, role=BlockRole.SITE) for text in told_in_head]
    notes += [Block(one.block.text, role=BlockRole.SITE) for one in told]
    if head is None or any(0 < block.level <= 1 for block in kept):
        first = [Block(title, kind=BlockKind.HEADING, level=1, role=BlockRole.TITLE)]
        lone = all(block.kind is not BlockKind.HEADING for block in kept)
        over = [one if lone else replace(one, role=None) for one in first if title]
        return [*over, *kept, *notes]
    key = document.path.as_posix()
    lines = [Block(title, kind=BlockKind.HEADING, level=1, role=BlockRole.TITLE)]
    if at and (kicker := _kicker(story, at[0])):
        lines.insert(0, Block(kicker, kind=BlockKind.HEADING, level=2, role=BlockRole.KICKER))
    while len(kept) > 1 and (role := _role_under(kept, story)) is not None:
        lines.append(replace(kept.pop(0), role=role))
    signed = any(line.role is BlockRole.BYLINE for line in lines)
    opening = next((block.text for block in kept if block.kind is not BlockKind.CAPTION), "")
    led = signed or _AUTHOR.search(opening[:_LONGEST_AUTHOR])
    if not led and (author := _author(told) or _noted_author(document, told)):
        lines.append(Block(author, role=BlockRole.BYLINE))
    text = (replace(block, role=BlockRole.BODY) for block in kept)
    return [*(replace(block, item=key) for block in (*lines, *text)), *notes]


def _shows(one: Placed, head: etree._Element) -> bool:
    """Whether a line is the headline, or shows it with a word before or after it."""
    if _is_in(one.element, head):
        return True
    title = squash(flat_text(head))
    before, found, after = squash(one.block.text).partition(title)
    is_near = bool(found) and len(before) + len(after) <= _LONGEST_LABEL
    return is_near and head in set(_line_of(one.element).iter(head.tag))


def _role_under(kept: Sequence[Block], story: Story) -> BlockRole | None:
    """What a line between headline and text is; None where the text begins."""
    block, below = kept[0], kept[1]
    if block.kind is BlockKind.CAPTION or block.kind is BlockKind.TABLE:
        return None
    if block.role is not None:
        is_credit = block.role is BlockRole.BYLINE or is_byline(block.text)
        is_credit = is_credit or may_be_pen_name(block.text)
        return BlockRole.BYLINE if is_credit else BlockRole.SUBTITLE
    if block.kind is BlockKind.HEADING and below.kind is not BlockKind.HEADING:
        return BlockRole.SUBTITLE
    return BlockRole.BODY if block.kind is BlockKind.HEADING and not story.guessed else None


def _kicker(story: Story, at: int) -> str:
    """The line right over the headline, where it is one of its lines."""
    if not at or story.headline is None:
        return ""
    over = story.lines[at - 1]
    return over.block.text if _is_of_headline(over, story) else ""


def _is_of_headline(one: Placed, story: Story) -> bool:
    """Whether a line beside the headline is a part of it.

    It stands in the same element and is a heading, is called so by the site or, where the headline
    itself is known by nothing but its place, is no word of the site.
    """
    text, head = one.block.text, story.headline
    if head is None or leads_away(one) or is_sentence(one.block) or is_notice(text):
        return False
    if is_aside(text) or heads_box(text) or (is_note(text) and not is_byline(text)):
        return False
    line = _line_of(one.element)
    near = {head.getparent(), *(() if head.tag not in _CELLS else (head.getparent().getparent(),))}
    if line.getparent() not in near and line.getparent().getparent() not in near:
        return False
    named = templates().subhead.search(classes(line)) is not None
    is_set = one.block.kind is BlockKind.HEADING or named or text.startswith(("——", "──"))
    return page_label(text) is None and (is_set or story.guessed)


def _is_signature(text: str) -> bool:
    """Whether a line is an author's name behind the mark that papers print before it: □ 李明."""
    name = text.lstrip(_MARKS).strip()
    return name != text and (may_be_pen_name(name) or is_byline(name))


def _sorted(story: Story, start: int) -> tuple[list[Placed], list[Block]]:
    """What the page says of the story before its text begins, and the blocks of the text."""
    told: list[Placed] = []
    kept: list[Block] = []
    begun = boxed = stopped = False
    for index, one in enumerate(story.lines[start:], start):
        text, is_text = one.block.text, is_sentence(one.block)
        inside = index >= story.first and _is_in(one.element, story.text)
        boxed = (boxed and not is_text) or heads_box(text) or _heads_links(story, index)
        stopped = stopped or (index > story.last and (boxed or is_notice(text)))
        if boxed or stopped:
            continue
        above = index < story.first and not inside
        if above and _is_signature(text):
            kept.append(replace(one.block, role=BlockRole.BYLINE))
        elif not begun and not (inside and is_text) and _is_told(one, inside=inside):
            told.append(one)
        elif leads_away(one) or is_aside(text):
            continue
        elif above and _is_of_headline(one, story):
            is_author = templates().author.search(classes(_line_of(one.element))) is not None
            role = BlockRole.BYLINE if is_author else BlockRole.SUBTITLE
            kept.append(replace(one.block, role=role))
        elif _is_read(one, story, index, inside=inside):
            kept.append(one.block)
            begun = begun or (inside and is_text)
        elif not begun:
            told.append(one)
    return told, kept


def _heads_links(story: Story, index: int) -> bool:
    """Whether a line stands in one paragraph or list with the links that follow it."""
    one, rest = story.lines[index], story.lines[index + 1 :]
    if not rest or not rest[0].is_link or one.is_link or is_sentence(one.block):
        return False
    return _line_of(one.element) is _line_of(rest[0].element)


def _is_told(one: Placed, *, inside: bool) -> bool:
    """Whether a line over the text says of the story when, where and by whom it was written."""
    if one.is_link:
        return templates().author.search(classes(_line_of(one.element))) is not None
    return is_note(one.block.text) or (not inside and is_byline(one.block.text))


def _is_read(one: Placed, story: Story, index: int, *, inside: bool) -> bool:
    block = one.block
    if inside:
        return is_sentence(block) or not is_notice(block.text)
    if block.kind is BlockKind.CAPTION and count_han(block.text) < _FEWEST_CAPTION_HAN:
        return is_sentence(replace(block, kind=BlockKind.TEXT))
    if index < story.first:
        is_head = block.kind in {BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TABLE}
        return is_head or (is_sentence(block) and not is_notice(block.text))
    if block.kind is BlockKind.CAPTION:
        return True
    alike = (classes(each).strip() == classes(story.text).strip() for each in _around(one.element))
    return is_sentence(block) and bool(classes(story.text).strip()) and any(alike)


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _is_in(element: etree._Element, other: etree._Element) -> bool:
    return element is other or other in element.iterancestors()


def _author(told: Sequence[Placed]) -> str:
    """The author in what the page says of the story: in an element called so, else by its words."""
    for one in told:
        for element in _line_of(one.element).iter(etree.Element):
            if templates().author.search(classes(element)):
                shown = min(flat_text(element), one.block.text, key=len)
                text = _POSTED.sub("", DAY.sub("", TIME.sub("", shown)))
                longest = _LONGEST_NAME if DAY.search(shown) else _LONGEST_AUTHOR
                is_name = 0 < len(text := text.strip(" \u3000|｜/")) <= longest and has_han(text)
                if is_name or (
                    has_han(text) and len(text) <= _LONGEST_AUTHOR and _AUTHOR.search(text)
                ):
                    return text if _AUTHOR.search(text) else _with_label(one.block.text, text)
    for one in told:
        words = " ".join(tidy(text).strip() for text in _line_of(one.element).itertext())
        if found := _AUTHOR.search(TIME.sub(" ", DAY.sub(" ", words))):
            return _OTHER_FIELD.sub("", found[0]).strip()
    return ""


def _noted_author(document: Document, told: Sequence[Placed]) -> str:
    """The author in the page's metadata, where the page shows that name over the text as well."""
    path = "//meta[contains(' author og:article:author article:author ', concat(' ', @{0}, ' '))]"
    metas = [meta for key in ("name", "property") for meta in document.root.xpath(path.format(key))]
    names = (str(meta.get("content") or "").strip() for meta in metas)
    shown = [squash(one.block.text) for one in told]
    return next(
        (
            name
            for name in names
            if 1 < count_han(name) <= _LONGEST_NAME and any(squash(name) in text for text in shown)
        ),
        "",
    )


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
    text = parts_of(_window_of(document))[0].strip()
    known = any(block.text == text for block in blocks)
    return text if 0 < len(text) <= LONGEST_TITLE and not known else ""


def _window_of(document: Document) -> str:
    """The title of the window."""
    title = document.root.find(".//title")
    return title_text(title) if title is not None else ""


def _published(blocks: Sequence[Block]) -> dt.date | None:
    """When the story was published, as is shown over it."""
    shown = (date_in(block.text) for block in blocks if block.role is BlockRole.SITE)
    return next(filter(None, shown), None)
