"""The same page gives the same items however its file was saved: line ends, blanks, script, width.

Each change is applied to every page of text in ``tests/corpus``; how many editions keep all of
their items is counted, and never sinks below what is pinned here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conventions import fold, traditional
from scoring import CORPUS, inputs_of

from tingbao.models import Article, Edition
from tingbao.parse import parse_pages
from tingbao.parse.sources.inputs import decode
from tingbao.parse.text_cues import ends_sentence

EDITIONS = [
    path.parent.name
    for path in sorted(CORPUS.glob("*/gold.json"))
    if all(one.suffix in {".md", ".txt"} for one in inputs_of(path.parent.name))
]
HEADER = "清江日报　2026年3月14日　星期六\n\n"
INDENT = re.compile(r"^(?:\u3000\u3000|\t| {2,4})(?=\S)", re.MULTILINE)
MARKED = re.compile(r"[#|>\-*+!<]|\s*$")
HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")


def _gaps_closed(text: str) -> str:
    """Without the blank lines between two plain paragraphs."""
    lines = text.split("\n")
    kept = [
        line
        for at, line in enumerate(lines)
        if line.strip()
        or not (0 < at < len(lines) - 1 and _is_long(lines[at - 1]) and _is_long(lines[at + 1]))
    ]
    return "\n".join(kept)


def _is_long(line: str) -> bool:
    return (
        len(line) >= 30
        and line.rstrip().endswith(("。", "！", "？", "”"))
        and not MARKED.match(line)
    )


def _wrapped(width: int) -> Callable[[str], str]:
    """Plain lines broken at so many characters, as an editor does."""

    def wrap(text: str) -> str:
        long = [line for line in text.split("\n") if len(line) >= 15 and not MARKED.match(line)]
        if sum(map(ends_sentence, long)) * 4 < len(long) * 3:
            return text  # broken already, at another width
        lines = []
        for line in text.split("\n"):
            whole = MARKED.match(line) or "**" in line or "\t" in line.strip()
            step = len(line) or 1 if whole else width
            lines += [line[at : at + step] for at in range(0, len(line) or 1, step)]
        return "\n".join(lines)

    return wrap


CHANGES: dict[str, tuple[Callable[[str], str], float]] = {
    "line ends of Windows": (lambda text: text.replace("\n", "\r\n"), 1.0),
    "a byte order mark": (lambda text: "\ufeff" + text, 1.0),
    "a space at the end of lines": (lambda text: re.sub(r"(?<=\S)\n", " \n", text), 1.0),
    "ideographic blank lines": (lambda text: re.sub(r"\n\n", "\n\u3000\u3000\n", text), 1.0),
    "tabs for indents": (lambda text: INDENT.sub("\t", text), 1.0),
    "narrow spaces for indents": (lambda text: INDENT.sub("    ", text), 1.0),
    "blank lines doubled": (lambda text: text.replace("\n\n", "\n\n\n"), 1.0),
    "blank lines between paragraphs left out": (_gaps_closed, 1.0),
    "half-width marks": (lambda text: text.translate(HALF_WIDTH), 0.99),
    "traditional script": (traditional, 0.94),
    "lines broken at 20": (_wrapped(20), 0.955),
    "lines broken at 40": (_wrapped(40), 0.99),
    "lines broken at 80": (_wrapped(80), 1.0),
    "a header above": (lambda text: HEADER + text, 1.0),
}


def _items(edition: Edition) -> list[tuple[str, ...]]:
    return [_item(article) for article in edition.articles]


def _item(article: Article) -> tuple[str, ...]:
    byline = article.byline.text if article.byline else ""
    head = (article.kicker, article.title, article.subtitle, byline, article.dateline)
    return tuple(map(fold, (*head, *(one.text for one in article.paragraphs))))


@functools.cache
def _as_saved(name: str) -> list[tuple[str, ...]]:
    return _items(parse_pages(inputs_of(name)))


def changed(name: str, change: Callable[[str], str], folder: Path) -> bool:
    """Whether an edition has other items when its pages are changed."""
    after = []
    for path in inputs_of(name):
        after.append(folder / path.name)
        after[-1].write_bytes(change(decode(path.read_bytes(), path)).encode("utf-8"))
    return _items(parse_pages(after)) != _as_saved(name)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHANGES)
def test_a_harmless_change_leaves_the_items_as_they_are(kind: str, tmp_path: Path) -> None:
    change, floor = CHANGES[kind]
    moved = [name for name in EDITIONS if changed(name, change, tmp_path)]
    assert 1 - len(moved) / len(EDITIONS) >= floor, moved
