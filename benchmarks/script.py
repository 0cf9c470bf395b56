"""Writing the script: what is said, with every number and mark read out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from benchmarks.measuring import Row, cheapest, measured

PAGES = 100


def script(pages: int) -> None:
    """Parse the sample once, and write its script so many times."""
    from benchmarks.sample import DATE, PAGE, PAPER
    from tingbao.models import EditionInfo
    from tingbao.parse import parse_pages
    from tingbao.script import build_script, load_phrases
    from tingbao.synthesis import load_profile

    profile, phrases = load_profile("kokoro"), load_phrases(None)
    edition = parse_pages([PAGE])
    info = EditionInfo(DATE, dt.date.fromisoformat(DATE), PAPER)
    for _ in range(pages):
        build_script(
            edition,
            info,
            pauses=profile.pause_plan,
            max_characters=profile.max_characters,
            phrases=phrases,
        )


def rows(*, small: bool) -> Iterator[Row]:
    """The script of the sample, many times over."""
    pages = 2 if small else PAGES
    base = cheapest("benchmarks.script:script", 1)
    cost = measured("benchmarks.script:script", 1 + pages).above(base)
    ratio = f"{1000 * cost.cpu_seconds / pages:.1f} CPU-ms a page"
    yield Row("script", f"{pages} pages", cost, ratio)
