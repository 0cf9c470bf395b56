"""What the sites of e-papers call the parts of their pages, read from ``sites.toml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

import msgspec
from lxml import etree

from tingbao.tables import Table, read_table


class _Site(Table, frozen=True):
    """One publishing system; see ``sites.toml`` for what each field means."""

    name: str
    text: tuple[str, ...] = ()
    heads: Mapping[str, int] = msgspec.field(default_factory=dict)
    kicker: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    subhead: tuple[str, ...] = ()


class _Sites(Table, frozen=True):
    site: tuple[_Site, ...]


@dataclass(frozen=True, slots=True)
class Selector:
    """Elements by tag, by class or id, or by both."""

    tags: frozenset[str]
    names: re.Pattern[str]
    pairs: frozenset[tuple[str, str]]

    def matches(self, element: etree._Element) -> bool:
        """Whether it means this element."""
        if element.tag in self.tags:
            return True
        named = classes(element)
        return bool(self.names.search(named)) or any(
            element.tag == tag and f" {name} " in named for tag, name in self.pairs
        )


@dataclass(frozen=True, slots=True)
class Templates:
    """The parts of a page as all sites call them.

    Attributes:
        text_tags, text_ids: of the element around an article's text.
        head_tags: the level of a line over a text by its tag, 1 the largest.
        heads: other lines over a text, each with its level.
        fields: the tags of elements made for one line of a headline, with the name of the line.
        credit, listing, label, caption: see ``sites.toml``.
        page_name, article_name: whole names of files.
        notice: what a site says of itself.
        story, around: whole names of elements of a web page.
        over, author, note, end, aside, rule, titled, site_name, subhead: see ``sites.toml``.
    """

    text_tags: tuple[str, ...]
    text_ids: tuple[str, ...]
    head_tags: Mapping[str, int]
    heads: tuple[tuple[Selector, int], ...]
    fields: Mapping[str, str]
    credit: Selector
    listing: Selector
    label: Selector
    caption: Selector
    page_name: re.Pattern[str]
    article_name: re.Pattern[str]
    notice: re.Pattern[str]
    story: re.Pattern[str]
    around: re.Pattern[str]
    over: re.Pattern[str]
    author: re.Pattern[str]
    note: re.Pattern[str]
    end: re.Pattern[str]
    aside: re.Pattern[str]
    rule: re.Pattern[str]
    titled: re.Pattern[str]
    site_name: re.Pattern[str]
    subhead: re.Pattern[str]

    def level_of(self, element: etree._Element) -> int | None:
        """The level of a line over a text; None where the element is none."""
        named = (level for selector, level in self.heads if selector.matches(element))
        return self.head_tags.get(element.tag) or next(named, None)


@functools.cache
def templates() -> Templates:
    """Those of all sites together."""
    path = resources.files(__package__) / "sites.toml"
    sites = read_table(path, _Sites, "list of e-paper sites").site

    def all_of(part: Callable[[_Site], Iterable[str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for site in sites for name in part(site)))

    text = all_of(lambda site: site.text)
    heads = [head for site in sites for head in site.heads.items()]
    fields = {tag: line for site in sites for line, tags in _lines(site) for tag in _tags(tags)}
    return Templates(
        text_tags=tuple(_tags(text)),
        text_ids=tuple(name for name in text if not name.startswith("<")),
        head_tags={tag: level for name, level in heads for tag in _tags([name])},
        heads=tuple((_selector([name]), level) for name, level in heads if name[0] != "<"),
        fields=fields,
        credit=_selector(all_of(lambda site: site.credit)),
        listing=_selector(all_of(lambda site: site.list)),
        label=_selector(all_of(lambda site: site.label)),
        caption=_selector(all_of(lambda site: site.caption)),
        page_name=_file_name(all_of(lambda site: site.pages)),
        article_name=_file_name(all_of(lambda site: site.articles)),
        notice=re.compile("|".join(map(re.escape, all_of(lambda site: site.notices)))),
        story=_any_of(all_of(lambda site: site.story)),
        around=_any_of(all_of(lambda site: site.around)),
        over=_any_of(all_of(lambda site: site.over)),
        author=_any_of(all_of(lambda site: site.author)),
        note=_any_of(all_of(lambda site: site.notes)),
        end=_any_of(all_of(lambda site: site.ends)),
        aside=_any_of(all_of(lambda site: site.asides)),
        rule=_any_of(all_of(lambda site: site.rules)),
        site_name=_any_of(all_of(lambda site: site.site_names)),
        titled=_any_of(all_of(lambda site: site.titled)),
        subhead=_any_of(all_of(lambda site: site.subhead)),
    )


def classes(element: etree._Element) -> str:
    """The class and id of an element, in lower case with a space around each."""
    return f" {element.get('class', '')} {element.get('id', '')} ".lower()


def _lines(site: _Site) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lines of a headline, each with the elements made for it."""
    return (
        ("kicker", site.kicker),
        ("title", site.title),
        ("subtitle", site.subtitle),
        ("byline", site.byline),
    )


def _tags(names: Iterable[str]) -> Iterator[str]:
    return (name[1:-1] for name in names if name.startswith("<"))


def _selector(names: Iterable[str]) -> Selector:
    names = list(names)
    plain = [name for name in names if not name.startswith("<") and "." not in name]
    pattern = "|".join(re.escape(name).replace(r"\*", r"[\w-]*") for name in plain) or "(?!)"
    pairs = (name.split(".") for name in names if "." in name)
    return Selector(
        frozenset(_tags(names)),
        re.compile(rf"(?<=\s)(?:{pattern})(?=\s)"),
        frozenset((tag, name) for tag, name in pairs),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")


def _file_name(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})\.s?html?$", re.IGNORECASE)
