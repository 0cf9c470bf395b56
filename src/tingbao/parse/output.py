"""An edition in the JSON shape of ``inspect --json``, which other programs rely on."""

from __future__ import annotations

from typing import Any

from tingbao.models import Article, Edition, Page, Skip


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """The contract's JSON shape."""
    return {
        "pages": [_page(page) for page in edition.pages],
        "articles": [_article(article) for article in edition.articles],
        "skipped": [_skip(skip) for skip in edition.skipped],
        "warnings": [
            {"message": warning.message, "page": warning.page, "line": warning.line}
            for warning in edition.warnings
        ],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "label": page.label,
        "section": page.section,
        "source": page.source,
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "kind": article.kind.value,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "dateline": article.dateline,
        "pages": list(article.pages),
        "continued_to": article.continued_to,
        "continued_from": article.continued_from,
        "paragraphs": [
            {"kind": paragraph.kind.value, "text": paragraph.text}
            for paragraph in article.paragraphs
        ],
    }


def _skip(skip: Skip) -> dict[str, Any]:
    return {
        "reason": skip.reason.value,
        "text": skip.text,
        "page": skip.page,
        "line": skip.line,
    }
