"""Pages and feeds of a library, from 10 editions to 10,000 with 12 items each.

The pages of the editions themselves are made once with each edition and cost the same in any
library; here it is what shows the library as a whole, and what one more edition does to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, cheapest, measured

SIZES = (10, 100, 1_000, 10_000)


def prepare(library: str, editions: int) -> None:
    """Write the manifests."""
    from benchmarks.shelves import fill

    fill(Path(library), editions)


def imports(_library: str, _editions: int) -> None:
    """What all others cost before they begin."""
    from benchmarks import shelves

    assert shelves


def all_pages(library: str, _editions: int) -> None:
    """Make the list of editions, both feeds and their archives from nothing."""
    from benchmarks.shelves import INFO
    from tingbao.publish import update

    update(Path(library), INFO, [], repair=False)


def unchanged(library: str, _editions: int) -> None:
    """Look whether there is anything to be done."""
    from benchmarks.shelves import INFO
    from tingbao.publish import update

    update(Path(library), INFO, [])


def one_more(library: str, editions: int) -> None:
    """Take in the edition of the next day, its own pages included."""
    from benchmarks.shelves import INFO, put
    from tingbao.publish import update

    update(Path(library), INFO, [put(Path(library), editions)])


def corrected(library: str, editions: int) -> None:
    """Take in a correction of an edition from the middle, its own pages included."""
    from benchmarks.shelves import INFO, put
    from tingbao.publish import update

    update(Path(library), INFO, [put(Path(library), editions // 2, title="更正")])


def removed(library: str, editions: int) -> None:
    """Take an edition out of the middle."""
    from benchmarks.shelves import day
    from tingbao.publish import remove

    remove(Path(library), day(editions // 2).isoformat())


def oldest_dropped(library: str, editions: int) -> None:
    """Let the oldest edition go, as a limit on what is kept does each day."""
    from tingbao.publish import keep_newest

    keep_newest(Path(library), editions - 1)


STEPS = {
    "library pages, all": all_pages,
    "library pages, nothing new": unchanged,
    "library pages, one more edition": one_more,
    "library pages, a correction": corrected,
    "library pages, a removal": removed,
    "library pages, oldest dropped": oldest_dropped,
}


def rows(*, small: bool) -> Iterator[Row]:
    """Each step on a library of each size, one after the other."""
    for editions in SIZES[:1] if small else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measured("benchmarks.feeds:prepare", folder, editions)
            base = cheapest("benchmarks.feeds:imports", folder, editions)
            for what, step in STEPS.items():
                cost = measured(f"benchmarks.feeds:{step.__name__}", folder, editions).above(base)
                each_ms = 1000 * cost.cpu_seconds / editions
                ratio = f"{each_ms:.2f} CPU-ms an edition, {cost.peak_mb:.0f} MB above imports"
                yield Row(what, f"{editions} editions", cost, ratio)
