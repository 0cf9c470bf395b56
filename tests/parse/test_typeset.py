"""PDFs of newspaper pages that Chromium set from articles of the corpus.

What is printed changes with the corpus, so that the floors leave room for a few items.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typeset_scoring import typeset_score
from typesetting import Paper, print_pdf, styles

from tingbao.parse import edition_as_json, parse_pages

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def scored(folder: Path, names: list[str]) -> dict[str, float]:
    print_pdf((Paper(one) for one in styles() if one.name in names), folder)
    pairs = []
    for name in names:
        gold = json.loads((folder / f"{name}.json").read_text("utf-8"))
        pairs.append((edition_as_json(parse_pages([folder / f"{name}.pdf"])), gold))
    return typeset_score(pairs)


def test_columns_boxes_and_upright_headlines_are_told_apart(tmp_path: Path) -> None:
    rates = scored(tmp_path, ["evening-boxes", "tabloid-plain"])
    assert rates["exact"] >= 0.9
    assert min(rates["boundary_f1"], rates["order"]) >= 0.98


@pytest.mark.long
def test_pages_of_all_styles_reach_their_floors(tmp_path: Path) -> None:
    known = scored(tmp_path, [one.name for one in styles(kept_aside=False)])
    assert known["exact"] >= 0.9
    assert known["boundary_f1"] >= 0.98
    aside = scored(tmp_path, [one.name for one in styles(kept_aside=True)])
    assert aside["exact"] >= 0.85
    assert aside["boundary_f1"] >= 0.97
    assert min(known["order"], aside["order"]) >= 0.99
