"""Editions and scripts for tests, with only what a test cares about."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tingbao.models import (
    Article,
    ArticleKind,
    Edition,
    EditionInfo,
    Origin,
    Page,
    Paragraph,
    ParagraphKind,
    Pauses,
    Role,
    Script,
    SegmentKind,
    Skip,
    SkipReason,
    Table,
    Utterance,
)
from tingbao.parse.reflow import table_of
from tingbao.script import build_script, load_phrases
from tingbao.text.credits import caption_credit, read_credit
from tingbao.text.labels import read_label

__all__ = [
    "INFO",
    "article",
    "edition",
    "edition_of_gold",
    "paragraph",
    "script",
    "spoken_of",
    "utterances_of",
]

INFO = EditionInfo("2026-03-14", dt.date(2026, 3, 14), "试报")


def paragraph(text: str, kind: ParagraphKind = ParagraphKind.TEXT) -> Paragraph:
    """One paragraph of page 1."""
    credit = caption_credit(text) if kind is ParagraphKind.CAPTION else None
    return Paragraph(kind, text, (Origin(1, None),), _table(kind, text), credit)


def _table(kind: ParagraphKind, text: str) -> Table | None:
    """The cells of a table that is written a row a line, cells parted by tabs."""
    rows = (line.split("\t") for line in text.split("\n"))
    return table_of(rows) if kind is ParagraphKind.TABLE else None


def article(*paragraphs: str | Paragraph, **fields: Any) -> Article:
    """One item of page 1 with the id 01 and the title 标题, unless ``fields`` say otherwise."""
    body = tuple(paragraph(one) if isinstance(one, str) else one for one in paragraphs)
    usual = {"id": "01", "kind": ArticleKind.ARTICLE, "title": "标题", "pages": (1,)}
    labels = {
        name: read_label(label)
        for name in ("continued_to", "continued_from")
        if isinstance(label := fields.get(name), str)
    }
    byline = fields.get("byline")
    credit = {"byline": read_credit(byline)} if isinstance(byline, str) else {}
    return Article(**{**usual, "paragraphs": body, **fields, **labels, **credit})


def edition(
    *articles: Article, pages: tuple[Page, ...] = (), skips: tuple[Skip, ...] = ()
) -> Edition:
    """An edition of these items; without pages of its own it has the one page 1."""
    return Edition(pages or (Page(1, read_label("1"), None, "01.md"),), articles, skips)


def script(*articles: Article, **options: Any) -> Script:
    """The script of an edition of these items, with the usual pauses and phrases."""
    of = {name: options.pop(name) for name in ("pages", "skips") if name in options}
    usual = {"pauses": Pauses(), "max_characters": 300, "phrases": load_phrases(None)}
    info = options.pop("info", INFO)
    return build_script(edition(*articles, **of), info, **{**usual, **options})


def spoken_of(made: Script, kind: SegmentKind = SegmentKind.ARTICLE) -> list[tuple[Role, str]]:
    """Role and spoken words of every utterance in the chapters of this kind."""
    return [(one.role, one.spoken) for one in utterances_of(made, kind)]


def utterances_of(made: Script, kind: SegmentKind = SegmentKind.ARTICLE) -> list[Utterance]:
    """Every utterance in the chapters of this kind."""
    return [one for segment in made.segments if segment.kind is kind for one in segment.utterances]


def edition_of_gold(path: Path) -> Edition:
    """The edition that a file of gold in the shape of ``inspect --json`` describes.

    That shape does not say where a piece that was left out had stood: a table of contents is
    taken to have stood at the head of the last item of its page.
    """
    gold = json.loads(path.read_text("utf-8"))
    articles = tuple(map(_article_of_gold, gold["articles"]))
    skips = tuple(_skip_of_gold(one, articles) for one in gold["skipped"])
    return Edition(tuple(_page_of_gold(one) for one in gold["pages"]), articles, skips)


def _page_of_gold(gold: Mapping[str, Any]) -> Page:
    return Page(**{**gold, "label": read_label(gold["label"])})


def _article_of_gold(gold: Mapping[str, Any]) -> Article:
    paragraphs = tuple(
        replace(
            paragraph(one["text"], ParagraphKind(one["kind"])),
            origins=(Origin(gold["pages"][0], None),),
        )
        for one in gold["paragraphs"]
    )
    fields = {**gold, "kind": ArticleKind(gold["kind"]), "pages": tuple(gold["pages"])}
    return article(**{**fields, "paragraphs": paragraphs})


def _skip_of_gold(gold: Mapping[str, Any], articles: tuple[Article, ...]) -> Skip:
    reason = SkipReason(gold["reason"])
    stood = articles[-1].id if reason is SkipReason.TOC else None
    before = 0 if stood else None
    return Skip(reason, gold["text"], gold["page"], gold["line"], stood, before)
