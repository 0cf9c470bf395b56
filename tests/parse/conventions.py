"""Invented articles printed in the conventions in which people keep newspaper text.

Each convention is a function from articles to files, so that what must be found is known by
construction. Those of one lot share the articles of ``tests/corpus/conventions/lotN.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opencc import OpenCC
from scoring import CORPUS

from tingbao.errors import InputError
from tingbao.models import Article
from tingbao.parse import parse_pages, simplify

_DAY = "2026年03月14日"
_PAPER = "清江日报"
IDEOGRAPHIC = "\u3000\u3000"


@dataclass(frozen=True)
class Item:
    """An article as it must be found; a part's heading is a paragraph that begins with ``# ``."""

    title: str
    text: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    runs_in: bool = False
    """Whether the credit opens the first paragraph: 本报讯（记者…）."""

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs as printed, a credit that runs in before the first."""
        first, *others = (one.removeprefix("# ") for one in self.text)
        return [self.byline * self.runs_in + first, *others]

    @property
    def head(self) -> list[str]:
        """The lines of the headline that there are."""
        return list(filter(None, (self.kicker, self.title, self.subtitle)))

    @property
    def line(self) -> str:
        """The credit where it is a line of its own."""
        return "" if self.runs_in else self.byline

    def flat(self) -> Item:
        """The article without kicker and subtitle, where a convention has no place for them."""
        return replace(self, kicker="", subtitle="")

    def unsigned(self) -> Item:
        """The article without a line for its writer."""
        return self if self.runs_in else replace(self, byline="")


Files = dict[str, str]
Printed = tuple[Files, list[Item]]
Convention = Callable[[Sequence[Item]], Printed]
CONVENTIONS: dict[int, dict[str, Convention]] = {}


def convention(lot: int) -> Callable[[Convention], Convention]:
    """Register a convention of a lot."""

    def register(printed: Convention) -> Convention:
        CONVENTIONS.setdefault(lot, {})[printed.__name__] = printed
        return printed

    return register


@functools.cache
def items_of(lot: int) -> tuple[Item, ...]:
    """The articles of a lot; those of all before it where it has none of its own."""
    if not (CORPUS / "conventions" / f"lot{lot}.toml").exists():
        return tuple(one for before in range(1, lot) for one in items_of(before))
    data = tomllib.loads((CORPUS / "conventions" / f"lot{lot}.toml").read_text("utf-8"))
    return tuple(map(_item, data["news"]))


def _item(data: dict[str, Any]) -> Item:
    lead = data.get("lead", "")
    runs_in = bool(lead) and not re.match(r"\W*(?:本报)?记者", lead)
    return Item(
        data["title"],
        tuple(data["text"].strip().split("\n")),
        data.get("kicker", ""),
        data.get("subtitle", ""),
        lead or data.get("writer", ""),
        runs_in,
    )


@dataclass
class Tally:
    """How many articles were found, with how much of their headlines."""

    wanted: int = 0
    exact: int = 0
    strict: int = 0
    extra: int = 0
    """What was found besides, of which nothing like it was printed."""
    misses: list[str] | None = None

    def __add__(self, other: Tally) -> Tally:
        misses = (self.misses or []) + (other.misses or [])
        return Tally(
            self.wanted + other.wanted,
            self.exact + other.exact,
            self.strict + other.strict,
            self.extra + other.extra,
            misses,
        )


def tally(printed: Printed, folder: Path) -> Tally:
    """Parse the files of a convention and compare what is found with what was printed."""
    files, wanted = printed
    found = [one for name, text in files.items() for one in _articles(folder / name, text)]
    loosely = [_loosely_found(one) for one in found]
    strict = Counter(map(_found, found))
    misses = [item.title for item in wanted if not strict[_wanted(item)]]
    exact = sum(any(_is_exact(item, *one) for one in loosely) for item in wanted)
    extra = max(0, len(found) - len(wanted))
    return Tally(len(wanted), exact, len(wanted) - len(misses), extra, misses)


def _articles(path: Path, text: str) -> Sequence[Article]:
    """What is found in one file by itself: other files of the day say nothing of it."""
    path.write_bytes(text.encode("utf-8"))
    try:
        return parse_pages([path]).articles
    except InputError:
        return ()


def fold(text: str | None) -> str:
    """Letters and figures alone, whatever the width and the marks."""
    folded = unicodedata.normalize("NFKC", simplify(text or ""))
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def _is_exact(item: Item, title: str, whole: str) -> bool:
    """Whether an article has all of the text, and the title, be other lines glued to it."""
    kicker, name, subtitle = map(fold, (item.kicker, item.title, item.subtitle))
    titles = {name, kicker + name, name + subtitle, kicker + name + subtitle}
    text = "".join((*item.head, item.byline, *(one.removeprefix("# ") for one in item.text)))
    return title in titles and whole == "".join(sorted(fold(text)))


def _loosely_found(article: Article) -> tuple[str, str]:
    """The title, and all characters of the article in the order of their codes."""
    byline = article.byline.text if article.byline else ""
    head = (article.kicker, article.title, article.subtitle, byline, article.dateline)
    whole = "".join((*map(fold, head), *(fold(p.text) for p in article.paragraphs)))
    return fold(article.title), "".join(sorted(whole))


def _wanted(item: Item) -> tuple[str, ...]:
    head = (item.kicker, item.title, item.subtitle, item.byline)
    return tuple(map(fold, (*head, *(one.removeprefix("# ") for one in item.text))))


def _found(article: Article) -> tuple[str, ...]:
    byline = article.byline.text if article.byline else ""
    head = (article.kicker, article.title, article.subtitle, byline)
    return tuple(map(fold, (*head, *(one.text for one in article.paragraphs))))


def wrapped(text: str, width: int, indent: str = IDEOGRAPHIC) -> str:
    """A paragraph with its indent, broken at the width of a column."""
    text = indent + text
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def traditional(text: str) -> str:
    """The text in traditional script, with the quotation marks that go with it."""
    converted: str = OpenCC("s2t").convert(text)
    return converted.translate(str.maketrans("“”‘’", "「」『』"))


def one_each(items: Sequence[Item], print_one: Callable[[Item], str], name: str) -> Files:
    """One file an article; ``{n}`` in the name is its number."""
    return {name.format(n=n): print_one(item) for n, item in enumerate(items, 1)}


def pages(items: Sequence[Item], each: int = 4) -> list[tuple[Item, ...]]:
    """The articles on pages, so many on each."""
    return [tuple(items[at : at + each]) for at in range(0, len(items), each)]


def spaced(*parts: str) -> str:
    """The parts that are there, each after a blank line."""
    return "\n\n".join(filter(None, parts)) + "\n"


def lines(*parts: str | Sequence[str]) -> str:
    """The lines that there are."""
    flat = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    return "\n".join(filter(None, flat)) + "\n"
