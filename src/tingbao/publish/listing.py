"""The library's list of editions for people: its newest on ``index.html``, and a page a month."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tingbao.models import Manifest
from tingbao.publish.leaves import Leaf
from tingbao.publish.library import LibraryInfo
from tingbao.publish.pages import page


def list_page(info: LibraryInfo, leaf: Leaf, manifests: Sequence[Manifest]) -> bytes:
    """One page of the list; ``manifests`` are those of the leaf's entries, and need no cues."""
    return page("library.html", leaf.name, info, leaf=leaf, manifests=manifests, years=_years(leaf))


def _years(leaf: Leaf) -> list[tuple[str, list[tuple[int, str]]]]:
    """The months that have pages, by year: each with its number and its page."""
    by_year = itertools.groupby(leaf.months, key=lambda month: month[:4])
    return [
        (year, [(int(month[5:]), f"index-{month}.html") for month in months])
        for year, months in by_year
    ]
