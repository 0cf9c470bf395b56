"""Where the story of a page stands whose site is not known: its headline, and the text under it.

Each line of the page counts for or against being text: its Han characters where it is a sentence,
a charge where it is a link, a label or a word of the site. The story is the element with the best
sum of its lines, nearest under the headline (sums over lines: Pasternack and Roth, "Extracting
article text from the web with maximum subsequence segmentation", 2009; the lines' features:
Kohlschuetter et al., "Boilerplate detection using shallow text features", 2010). The headline is
what the page calls itself elsewhere: in its title, its metadata, the list of an e-paper's page;
else the line set largest over the story. What a site calls its parts (``sites.toml``) is one sign
among these.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from tingbao.parse.blocks import Block, BlockKind
from tingbao.parse.labels import page_label
from tingbao.parse.mastheads import read_imprint
from tingbao.parse.sources.epaper.content import Placed, is_hidden, placed_in
from tingbao.parse.sources.epaper.document import (
    SUFFIX,
    Document,
    short_text,
    title_text,
)
from tingbao.parse.sources.epaper.templates import classes, templates
from tingbao.text.han import count_han, squash

FEWEST_HAN = 20
"""A story has at least so many Han characters."""
LONGEST_TITLE = 120
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "menu", "dialog"})
_CUSTOM = re.compile(r"(?:amp|[a-z]+)-(?:sidebar|ad|ads|list|consent|nav|footer|comments?)$")
"""Elements of a site's own making: amp-sidebar, amp-ad."""
_INLINE = frozenset(
    {
        *("a", "b", "strong", "span", "em", "i", "u", "font", "br", "small", "mark", "time"),
        *("label", "code", "big", "sub", "sup", "ins", "del"),
    }
)
_NO_PARENTS = _INLINE | {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd"),
    *("blockquote", "pre", "figure"),
}
"""Elements that hold a line or two of a story and not all of it; a cell may hold one alone."""
_CELLS = frozenset({"td", "dd", "li"})
_HEADINGS = ("h1", "h2", "h3")
_HEADS = ("div", "p", "td", "span", "b", "strong", "font", "center")
_FEWEST_TITLE_HAN = 4
_LARGE = 4
"""From which size on the type of a font element is that of a headline; text is of size 3."""
_LARGE_PIXELS = 20
_MOST_HEADS = 4000
"""Among how many elements the one that says the page's title is looked for."""
_LINK = 12
_ASIDE = 4
_LABEL = 8
_SITE = 20
_STAMP = 60
"""What a line is charged that is a link, a word of the site inside a story, one without a sentence,
one of the site around a story, or one that dates another text."""
_LONGER = 2
"""How much longer a text known by its name must be to count for the one nearer to the headline."""
_MUCH_LONGER = 3
"""How much longer another text must be than the single line that stands nearest to the headline."""
_EARLIER = 0.5
"""The share of the best text that an earlier one must have to be the story: comments follow it."""
_KNOWN = 0.5
"""The share of the best text that one called so by the site must have."""
_LONGEST_NOTE = 60
_LONGEST_ASIDE = 240
_LONGEST_OWN = 8
"""How many Han characters of its own a line of links may have."""
_MOST_ABOVE = 14
"""Among how many lines over a text its headline is looked for."""
_LONGEST_HEAD = 60
_LONGEST_COLUMN = 4
"""Sections of a site have names of so many Han characters: 新闻动态."""
_TITLE_SIZE = 2
_FEWEST_OF_A_MENU = 3
_SENTENCE = re.compile(r"[。！？；]|…{2}|[.!?][”’」]?$|[：:]$")
DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
TIME = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}(?:[:：]\d{2})?")
_ASIDES_APART = re.compile(r"\s+|(?<=[】\]])(?=[【\[])")
_HOME = re.compile(r"(?:https?:)?(?://[^/]*)?/?(?:(?:index|default)\.\w+)?$")
_PARTS = re.compile(r"\s*(?:[_|｜—–]+|\s[-·•]+\s|-{2,}|-(?=[^-]{2,14}$))\s*")
_PIXELS = re.compile(r"font-size\s*:\s*(\d+)(?:\.\d+)?\s*p[xt]", re.IGNORECASE)
_HEADLINE = re.compile(r'"(?:headline|title)"\s*:\s*"((?:[^"\\]|\\.){4,200})"')


@dataclass(frozen=True, slots=True)
class Story:
    """Where the story stands.

    ``lines`` are those of ``around``, which holds headline and text, without the boxes of the site;
    ``text`` is the element around the text, ``first`` and ``last`` its lines; ``headline`` is None
    where none is shown; ``guessed`` says that its place alone tells the headline.
    """

    lines: Sequence[Placed]
    headline: etree._Element | None
    text: etree._Element
    first: int
    last: int
    guessed: bool = False


@dataclass(slots=True)
class _Sum:
    """What the lines of an element come to: their worth, the Han characters of its sentences."""

    first: int
    last: int
    worth: int = 0
    han: int = 0
    sentences: int = 0


# --- the lines ------------------------------------------------------------------------------


def is_sentence(block: Block) -> bool:
    """Whether a line is text: it has the marks of a sentence and is no note of the site."""
    text = block.text
    return (
        block.kind is not BlockKind.CAPTION and bool(_SENTENCE.search(text)) and not is_note(text)
    )


@functools.lru_cache(maxsize=1024)
def is_notice(text: str) -> bool:
    """Whether a line is what a site says of itself, or a rule for those who comment."""
    found = templates().notice.search(text) or templates().rule.search(text)
    return found is not None


@functools.lru_cache(maxsize=1024)
def is_note(text: str) -> bool:
    """Whether a line says when, where and by whom the story was written, and nothing more."""
    if len(text) > _LONGEST_NOTE or "。" in text:
        return False
    return bool(DAY.search(text) or templates().note.search(text))


def leads_away(one: Placed) -> bool:
    """Whether a line is a link, or little more than links with a word before them."""
    if one.is_link or not one.linked:
        return one.is_link
    text = one.block.text
    own = count_han(text) - one.linked
    is_list = own <= min(one.linked, _LONGEST_OWN) or (own <= _LONGEST_OWN and "：" in text)
    return is_list and not is_note(text) and not is_sentence(one.block)


@functools.lru_cache(maxsize=1024)
def heads_box(text: str) -> bool:
    """Whether a line heads what follows a story: comments, rules for them, further stories."""
    return bool(templates().end.fullmatch(squash(text)))


@functools.lru_cache(maxsize=1024)
def is_aside(text: str) -> bool:
    """Whether a line is a word of the site between those of a story."""
    if len(text) > _LONGEST_ASIDE:
        return False
    aside = templates().aside
    return aside.fullmatch(squash(text)) is not None or all(
        aside.fullmatch(part) for part in _ASIDES_APART.split(text.strip())
    )


def _worth(one: Placed, *, begun: bool) -> int:
    text = one.block.text
    if is_aside(text) or leads_away(one):
        return -_LINK if leads_away(one) else -_ASIDE
    if is_notice(text) or heads_box(text):
        return -_SITE
    if one.block.kind in {BlockKind.CAPTION, BlockKind.TABLE, BlockKind.HEADING}:
        return 0
    if is_note(text):
        return -_STAMP if begun and DAY.search(text) and TIME.search(text) else -_SITE
    if is_sentence(one.block):
        return count_han(text)
    return 0 if text.endswith(("…", "...")) else -_LABEL


def parts_of(title: str) -> list[str]:
    """The parts of a window's title: the story's, and those of the site."""
    return _PARTS.split(title)


def furniture_of(body: etree._Element, headline: etree._Element | None) -> set[etree._Element]:
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


def _without_boxes(lines: Sequence[Placed], headline: etree._Element | None) -> list[Placed]:
    """The lines without those of boxes whose first line says what they are: 相关阅读, 评论.

    A box is the largest element that begins with such a line; it holds no headline and, where none
    is known, not the first text of the page.
    """
    firsts: dict[etree._Element, int] = {}
    before: list[int] = []
    han = 0
    for index, one in enumerate(lines):
        before.append(han)
        han += count_han(one.block.text) if is_sentence(one.block) else 0
        for element in _around(one.element):
            firsts.setdefault(element, index)
    kept = set(_around(headline)) if headline is not None else set()
    boxes: set[etree._Element] = set()
    for index, one in enumerate(lines):
        is_first_text = headline is None and before[index] < FEWEST_HAN
        if is_first_text or not heads_box(one.block.text):
            continue
        for element in _around(one.element):
            if firsts[element] != index or element in kept or element.tag == "body":
                break
            boxes.add(element)
    return [one for one in lines if boxes.isdisjoint(_around(one.element))]


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


# --- the headline ---------------------------------------------------------------------------


def names_of(document: Document) -> list[str]:
    """What the page calls itself: in its metadata, and in the title of its window."""
    path = "//meta[contains(' og:title title ArticleTitle ', concat(' ', @{0}, ' '))]/@content"
    found = [name for key in ("property", "name") for name in document.root.xpath(path.format(key))]
    found += [flat[1] for flat in _HEADLINE.finditer(document.markup)][:1]
    found += [title_text(title) for title in document.root.iter("title")]
    parts = [part for name in found for part in (name, *_PARTS.split(str(name)))]
    return [*dict.fromkeys(squash(str(part)) for part in parts if count_han(str(part)))]


def headline_of(document: Document, body: etree._Element) -> etree._Element | None:
    """The element that shows the headline: what the page is named for, else what is set large.

    A heading that is a link is the name of the site, if there is another.
    """
    names = names_of(document)
    heads = [one for one in body.iter(*_HEADINGS) if count_han(_short(one))]
    heads = [one for one in heads if not (_leads_home(one) or _is_paper(one))]
    named = [one for one in heads if _is_in_name(one, names)]
    if named:
        return min(named, key=lambda one: (_is_link(one), not _leads(one, names), one.tag))
    home = {squash(_short(link)) for link in body.iter("a") if _HOME.match(link.get("href") or "")}
    names = [name for name in names if name not in home and not templates().site_name.search(name)]
    shown = [*itertools.islice(body.iter(*_HEADS), _MOST_HEADS)]
    first = (one for one in shown if _leads(one, names) and one.find(".//a") is None)
    largest = (one for one in heads if one.tag == "h1" and not _is_link(one))
    return next(itertools.chain(first, largest), None)


def _is_in_name(element: etree._Element, names: Sequence[str]) -> bool:
    text = squash(_short(element))
    if count_han(text) < _FEWEST_TITLE_HAN:
        return False
    return any(text in name for name in names) or _leads(element, names)


def _leads(element: etree._Element, names: Sequence[str]) -> bool:
    text = squash(_short(element))
    return count_han(text) >= _FEWEST_TITLE_HAN and any(name.startswith(text) for name in names)


def _is_link(element: etree._Element) -> bool:
    link = element.find(".//a")
    return link is not None and squash(_short(link)) == squash(_short(element))


def _leads_home(element: etree._Element) -> bool:
    link = element.find(".//a")
    return link is not None and _is_link(element) and bool(_HOME.match(link.get("href") or ""))


def _is_paper(element: etree._Element) -> bool:
    return read_imprint(SUFFIX.sub("", _short(element))).paper is not None


def _short(element: etree._Element) -> str:
    return short_text(element, LONGEST_TITLE)


def _named_elsewhere(document: Document, body: etree._Element) -> set[str]:
    """What the page calls stories in its lists, on its pictures and in its metadata."""
    found = [_short(link) for link in body.iter("a")]
    found += [str(title) for title in body.xpath(".//@title")]
    return {squash(text).lstrip("·•.0123456789、") for text in found} | {*names_of(document)}


def _headline_above(
    document: Document, body: etree._Element, lines: Sequence[Placed], first: int
) -> Placed | None:
    """The line over a text that is its headline, where no heading is named for the page."""
    elsewhere = _named_elsewhere(document, body)
    often = Counter(squash(one.block.text) for one in lines)
    best, chosen = -1.0, None
    for distance, one in enumerate(reversed(lines[max(0, first - _MOST_ABOVE) : first]), 1):
        text = one.block.text
        if _is_no_title(one):
            continue
        known = (squash(text) in elsewhere) + (often[squash(text)] > 1)
        score = _size(one) - 0.4 * distance
        score += known * (2 if count_han(text) > _LONGEST_COLUMN else 0.5)
        score -= 2 * text.startswith("—") + 4 * bool(templates().site_name.search(squash(text)))
        if score > best:
            best, chosen = score, one
    return chosen


def _is_no_title(one: Placed) -> bool:
    text = one.block.text
    return (
        leads_away(one)
        or not _FEWEST_TITLE_HAN - 1 <= count_han(text) <= _LONGEST_HEAD
        or one.block.kind in {BlockKind.CAPTION, BlockKind.TABLE}
        or is_note(text)
        or is_notice(text)
        or is_aside(text)
        or heads_box(text)
        or "。" in text
        or page_label(text) is not None
    )


def _size(one: Placed) -> float:
    """How large a line is set: by its heading, its type, or what the site calls it."""
    if one.block.kind is BlockKind.HEADING:
        return 4.5 - 0.5 * one.block.level
    size = 1.0 * one.block.bold
    for element in itertools.takewhile(lambda each: each.tag != "body", _around(one.element)):
        if squash(_short(element)) != squash(one.block.text):
            break
        if templates().level_of(element) == 1 or templates().titled.search(classes(element)):
            size = max(size, 2.5)
        type_size = element.get("size", "")
        pixels = _PIXELS.search(element.get("style", ""))
        is_large = type_size.isdecimal() and int(type_size) >= _LARGE
        if is_large or (pixels and int(pixels[1]) >= _LARGE_PIXELS):
            size = max(size, 2.0)
    return size


# --- the text -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sums:
    """The sums of all elements with lines, over the lines from ``start`` on."""

    lines: Sequence[Placed]
    start: int
    of: dict[etree._Element, _Sum] = field(default_factory=dict)

    def __post_init__(self) -> None:
        begun = False
        texts = {_place(one) for one in self.lines if is_sentence(one.block)} - {None}
        for index in range(self.start, len(self.lines)):
            one = self.lines[index]
            worth = _worth(one, begun=begun)
            if -_LABEL <= worth < 0 and _place(one) in texts:
                worth = 0  # verse, a subhead: a paragraph among those of the story
            begun = begun or worth > 0
            for element in _around(one.element):
                total = self.of.setdefault(element, _Sum(index, index))
                total.last = index
                total.worth += worth
                total.han += max(worth, 0)
                total.sentences += worth > 0

    def han(self, element: etree._Element) -> int:
        return self.of[element].han if element in self.of else 0

    def best(self, region: etree._Element, last: int | None = None) -> etree._Element:
        """The element in ``region`` with the best sum, the innermost of equal ones.

        With ``last``, only such as end before that line.
        """
        found = [
            one
            for one in region.iter(etree.Element)
            if one in self.of
            and (last is None or self.of[one].last < last)
            and (one.tag not in _NO_PARENTS or one.tag in _CELLS)
        ]
        if all(self.of[one].worth <= 0 for one in found):
            return max(found, key=lambda one: (self.of[one].han, _depth(one)), default=region)
        deepest = max(found, key=lambda one: (self.of[one].worth, _depth(one)), default=region)
        while deepest is not region and self._is_paragraph(deepest, region):
            deepest = deepest.getparent()
        return deepest

    def _is_paragraph(self, element: etree._Element, region: etree._Element) -> bool:
        """Whether an element holds one line only, of several in elements like it beside it."""
        if element.tag in _CELLS - {"td"}:
            return True
        total = self.of[element]
        whole = total
        while total.sentences == 1 and (whole.first, whole.last) == (total.first, total.last):
            around = element.getparent()
            if around is region or around.tag in {"body", "tr"} or around not in self.of:
                return False
            alike = (one for one in around.iterchildren(element.tag) if one is not element)
            if any(self.han(one) for one in alike):
                return self.of[around].first >= self.start
            element, whole = around, self.of[around]
        return False

    def story_in(self, region: etree._Element) -> etree._Element:
        """The best element of the region, or one before it that is about as good."""
        chosen = self.best(region)
        while chosen in self.of and chosen is not region:
            before = self.best(region, self.of[chosen].first)
            if (
                before is region
                or before not in self.of
                or self.of[before].last >= self.of[chosen].first
                or self.of[before].worth < _EARLIER * self.of[chosen].worth
                or self.of[before].han < FEWEST_HAN
            ):
                break
            chosen = before
        return chosen


def _place(one: Placed) -> etree._Element | None:
    """What holds the paragraph that a line is; None where it is of another element."""
    around = (each for each in _around(one.element) if each.tag not in _INLINE)
    line = next(around, None)
    return line.getparent() if line is not None and line.tag == "p" else None


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def find_story(
    document: Document,
    body: etree._Element,
    headline: etree._Element | None,
    without: Collection[etree._Element],
) -> Story:
    """The story under the headline, or with none given the best of the page and what is over it.

    A headline that is only the name of the site gives way to the line set large over the text.
    """
    story = _story_under(body, headline, without)
    start = _start(story.lines, headline)
    between = story.lines[start : story.first]
    if headline is not None and headline.tag in _HEADINGS and not _is_far(between):
        return story
    above = _headline_above(document, body, story.lines, story.first)
    around = [*story.lines[: story.first], *story.lines[story.last + 1 :]]
    if above is None or (headline is not None and not _is_rather(above, headline, around)):
        return story
    headline = _block_of(above.element, above.block.text)
    return replace(_story_under(body, headline, without), guessed=True)


def _story_under(
    body: etree._Element,
    headline: etree._Element | None,
    without: Collection[etree._Element],
) -> Story:
    lines = _without_boxes(placed_in(body, without), headline)
    sums = _Sums(lines, _start(lines, headline))
    region = body if headline is None else _nearest(headline, sums, body)
    text = sums.story_in(region)
    if headline is not None and region is not body:
        text = _further(text, sums, body, headline)
    text = _known(text, sums, headline)
    total = sums.of.get(text, _Sum(sums.start, len(lines) - 1))
    first = total.first
    if headline is None or text in headline.iterancestors():
        sentences = (at for at in range(first, total.last) if _worth(lines[at], begun=False) > 0)
        first = next(sentences, first)
    return Story(lines, headline, text, first, total.last)


def _start(lines: Sequence[Placed], headline: etree._Element | None) -> int:
    """The first line behind the headline."""
    at = (n for n in range(len(lines), 0, -1) if headline in _around(lines[n - 1].element))
    return 0 if headline is None else next(at, 0)


def _is_rather(above: Placed, headline: etree._Element, around: Sequence[Placed]) -> bool:
    """Whether a line over the text is its headline rather than the one that the page is named for.

    Such a one may be the name of the site, which notes and notices repeat; a line set large is
    none.
    """
    name = squash(_short(headline))
    notes = (squash(one.block.text) for one in around if _is_of_site(one.block.text))
    is_site = templates().site_name.search(name) is not None or any(name in note for note in notes)
    return (is_site or _size(above) >= _TITLE_SIZE) and name not in squash(above.block.text)


def _is_of_site(text: str) -> bool:
    return is_note(text) or is_notice(text) or "©" in text


def _is_far(between: Sequence[Placed]) -> bool:
    """Whether menus stand between a headline and the text, so that it may be the site's name."""
    return sum(leads_away(one) for one in between) >= _FEWEST_OF_A_MENU


def _block_of(element: etree._Element, text: str) -> etree._Element:
    """The largest element with no other text than that of the one given."""
    for ancestor in element.iterancestors():
        if ancestor.tag == "body" or squash(_short(ancestor)) != squash(text):
            break
        element = ancestor
    return element


def _nearest(headline: etree._Element, sums: _Sums, body: etree._Element) -> etree._Element:
    """The smallest element around the headline that holds text enough to be an article."""
    for ancestor in headline.iterancestors():
        if ancestor is body:
            break
        is_head = ancestor.tag == "header" or templates().over.search(classes(ancestor))
        if sums.han(ancestor) >= FEWEST_HAN and not is_head:
            return ancestor
    return body


def _further(
    text: etree._Element, sums: _Sums, body: etree._Element, headline: etree._Element
) -> etree._Element:
    """Another text than the nearest, where that is a line of the head or the site says so."""
    near = sums.of.get(text)
    for ancestor in headline.iterancestors():
        other = sums.story_in(ancestor)
        total = sums.of.get(other)
        if near is None or total is None or other is text or headline in set(other.iter()):
            continue
        times = _LONGER if _is_named(other) and not _is_named(text) else _MUCH_LONGER
        is_lead = near.sentences == 1 or times == _LONGER
        if is_lead and total.worth > times * near.han:
            return other
        if ancestor is body:
            break
    return text


def _known(text: etree._Element, sums: _Sums, headline: etree._Element | None) -> etree._Element:
    """The element in the text that the site calls the text of a story, if any, else the text."""
    if _is_named(text) or text not in sums.of:
        return text
    enough = _KNOWN * sums.of[text].worth
    named = [
        one
        for one in text.iter(etree.Element)
        if one in sums.of and sums.of[one].worth >= enough and _is_named(one)
        and one.tag not in _NO_PARENTS
        and (headline is None or headline not in set(one.iter(headline.tag)))
    ]  # fmt: skip
    return max(named, key=lambda one: sums.of[one].worth, default=text)


def _is_named(element: etree._Element) -> bool:
    names = [*classes(element).split(), element.get("itemprop", "").lower()]
    return any(templates().story.fullmatch(name) for name in names)
