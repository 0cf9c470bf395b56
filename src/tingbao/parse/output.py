"""What ``inspect`` prints: the JSON shape, which other programs rely on, and the signs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from tingbao.models import Article, Edition, Page, Skip
from tingbao.parse.boundaries import Boundary, Sign, score


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


def boundaries_as_text(pages: Iterable[tuple[Page, Iterable[Boundary]]]) -> str:
    """Each boundary with its place, its text, the decision and the signs behind it."""
    return "\n\n".join(
        "\n".join(_boundary(page, boundary))
        for page, boundaries in pages
        for boundary in boundaries
    )


def _boundary(page: Page, boundary: Boundary) -> Iterator[str]:
    line = boundary.origin.line
    place = f"{page.source}, page {page.number}" if line is None else f"{page.source}:{line}"
    total = score(boundary.signs)
    shown = f" (score {total:+.1f})" if math.isfinite(total) else ""
    yield f"{place}: {boundary.decision}{shown}: {' '.join(boundary.text.split())}"
    yield from map(_sign, boundary.signs)
    if boundary.part is not None:
        yield f"    {'part':>7}  {boundary.part.name} ({boundary.part.where})"


def _sign(sign: Sign) -> str:
    alone = "for" if sign.weight > 0 else "against"
    weight = f"{sign.weight:+.1f}" if math.isfinite(sign.weight) else alone
    return f"    {weight:>7}  {sign.name} ({sign.where})"
