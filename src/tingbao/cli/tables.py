"""Results as tables for a person: the items of an edition, the voices."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tingbao.models import Article, Edition
from tingbao.synthesis.profiles import Profile

if TYPE_CHECKING:  # who prints an edition needs no rules of reading
    from tingbao.edition.explain import ExplainedPiece

WIDEST = 1000
_SHOWN = 40
"""Characters of a skipped text that are shown."""


def print_edition(edition: Edition) -> None:
    """Print items, skips, doubtful conversions and warnings to standard output."""
    console = _console()
    console.print(_articles(edition))
    if edition.skipped:
        console.print(_skips(edition))
    if edition.conversions:
        console.print(_conversions(edition))
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
    """Print one row a piece: printed, spoken, pinyin before and after sandhi, what decided."""
    table = _table("printed", "spoken", "dictionary", "heard", "decided by")
    for piece in pieces:
        heard = "" if piece.heard == piece.dictionary else piece.heard
        table.add_row(piece.printed, piece.spoken, piece.dictionary, heard, piece.decided_by)
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


def _place(edition: Edition, page: int, line: int | None) -> str:
    source = edition.pages[page - 1].source
    return source if line is None else f"{source}:{line}"


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head == "characters" else "left", overflow="fold")
    return table
