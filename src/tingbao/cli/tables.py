"""Results as tables for a person: the items of an edition, the voices."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tingbao.edition.unread import UnreadPlace, place_of
from tingbao.models import Article, Edition
from tingbao.synthesis.profiles import Profile

if TYPE_CHECKING:  # who prints an edition needs no rules of reading
    from tingbao.edition.explain import ExplainedPiece

WIDEST = 1000
_SHOWN = 40
"""Characters of a skipped text that are shown."""


def print_edition(edition: Edition, unread: Sequence[UnreadPlace]) -> None:
    """Print items, skips, doubtful conversions, what is not understood, and warnings."""
    console = _console()
    console.print(_articles(edition))
    if edition.skipped:
        console.print(_skips(edition))
    if edition.conversions:
        console.print(_conversions(edition))
    if unread:
        console.print(_unread(edition, unread))
    for warning in edition.warnings:
        console.print(f"warning: {_place(edition, warning.page, warning.line)}: {warning.message}")


def print_voices(profiles: Iterable[Profile], cache: Path) -> None:
    """Print name, engine, licence and state of each voice to standard output."""
    from tingbao.synthesis.assets import installed

    table = _table("voice", "speaks as", "engine", "licence", "state")
    for profile in profiles:
        state = "installed" if installed(profile, cache) else "not installed"
        table.add_row(
            profile.name,
            profile.title,
            profile.engine,
            profile.licence,
            state if profile.assets else "online",
        )
    _console().print(table)


def print_explanation(pieces: Iterable[ExplainedPiece]) -> None:
    """Print one row a piece: printed, spoken, pinyin before and after sandhi, what decided.

    Where something was not understood, a last column says so.
    """
    rows = tuple(pieces)
    not_read = ("not read",) if any(piece.unread for piece in rows) else ()
    table = _table("printed", "spoken", "dictionary", "heard", "decided by", *not_read)
    for one in rows:
        heard = "" if one.heard == one.dictionary else one.heard
        last = (one.unread,) if not_read else ()
        table.add_row(one.printed, one.spoken, one.dictionary, heard, one.decided_by, *last)
    _console().print(table)


def _console() -> Console:
    """Standard output; where it is no terminal, no line is broken for a width that nobody has."""
    wide = None if sys.stdout.isatty() else WIDEST
    return Console(highlight=False, markup=False, width=wide)


def _articles(edition: Edition) -> Table:
    table = _table("item", "page", "kind", "title", "characters", "joins", "jumps")
    for article in edition.articles:
        table.add_row(
            article.id,
            ", ".join(edition.pages[number - 1].label.printed for number in article.pages),
            article.kind.value,
            article.title or "–",
            f"{sum(len(paragraph.text) for paragraph in article.paragraphs):,}",
            f"{len(article.pages)} pages" if len(article.pages) > 1 else "",
            _jumps(article),
        )
    return table


def _jumps(article: Article) -> str:
    ends = []
    if article.continued_from:
        ends.append(f"from {article.continued_from.text}")
    if article.continued_to:
        ends.append(f"to {article.continued_to.text}")
    return ", ".join(ends)


def _skips(edition: Edition) -> Table:
    table = _table("skipped", "where", "text")
    for skip in edition.skipped:
        text = " ".join(skip.text.split())
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        table.add_row(skip.reason.value, _place(edition, skip.page, skip.line), shown)
    return table


def _conversions(edition: Edition) -> Table:
    table = _table("converted", "where", "in")
    for one in edition.conversions:
        place = _place(edition, one.page, one.line)
        table.add_row(f"{one.printed} → {one.became}", place, one.near)
    return table


def _unread(edition: Edition, unread: Sequence[UnreadPlace]) -> Table:
    table = _table("not read", "kind", "what is done", "where", "near")
    for place in unread:
        one = place.unread
        table.add_row(one.text, one.kind, one.done, place_of(one, edition.pages), one.near)
    return table


def _place(edition: Edition, page: int, line: int | None) -> str:
    source = edition.pages[page - 1].source
    return source if line is None else f"{source}:{line}"


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head == "characters" else "left", overflow="fold")
    return table
