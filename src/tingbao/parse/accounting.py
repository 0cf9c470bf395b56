"""Every Han character of the input is in exactly one article or skip, or nothing is returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tingbao.errors import AccountingError
from tingbao.models import Article, Skip
from tingbao.parse.blocks import Block
from tingbao.text.han import count_han


def check_accounts(
    blocks: Iterable[Block], articles: Iterable[Article], skips: Iterable[Skip]
) -> None:
    """Compare the characters of the blocks with those of what was made of them.

    Raises:
        AccountingError: a character occurs more or less often than it was printed.
    """
    printed = Counter("".join(_of_blocks(blocks)))
    kept = Counter("".join(_of_results(articles, skips)))
    if printed == kept:
        return
    wrong = [c for c in printed.keys() | kept.keys() if printed[c] != kept[c] and count_han(c)]
    if wrong:
        shown = "".join(sorted(wrong)[:12])
        raise AccountingError(
            f"the parser lost or repeated characters ({shown}); nothing was built. "
            "Please report this page"
        )


def _of_blocks(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        yield block.text
        for row in block.rows:
            yield from row


def _of_results(articles: Iterable[Article], skips: Iterable[Skip]) -> Iterable[str]:
    for article in articles:
        credit = article.byline.text if article.byline else None
        heads = (article.kicker, article.title, article.subtitle, credit, article.dateline)
        yield from filter(None, heads)
        yield from (paragraph.text for paragraph in article.paragraphs)
    yield from (skip.text for skip in skips)
