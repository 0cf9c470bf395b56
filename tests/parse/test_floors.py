"""The quality of segmentation on the corpus never sinks below its pinned floors.

``floors.json`` holds the floors and the digest of the corpus they were measured on. When pages
or golds change, measure again and pin both. The parts held out were never looked at while rules
were written; they were scored once, at the end. ``first`` is what the pages written later gave
when they were scored for the first time: the figure to expect of pages that nobody has seen.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from scoring import CORPUS, digest_of, editions, score

FLOORS: dict[str, Any] = json.loads((CORPUS / "floors.json").read_text("utf-8"))
PARTS = {name: (part["held_out"], part.get("lot", 1)) for name, part in FLOORS.items()}
CEILINGS = {"characters_lost", "characters_invented"}


def names_of(part: str) -> list[str]:
    held_out, lot = PARTS[part]
    return editions(held_out=held_out, lot=lot)


@pytest.mark.parametrize("part", PARTS)
def test_the_floors_belong_to_this_corpus(part: str) -> None:
    assert digest_of(names_of(part)) == FLOORS[part]["digest"]


@pytest.mark.parametrize("part", PARTS)
def test_no_measure_sinks_below_its_floor(part: str) -> None:
    rates = score(names_of(part)).rates()
    for name, floor in FLOORS[part]["floors"].items():
        worse = rates[name] > floor if name in CEILINGS else rates[name] < floor
        assert not worse, f"{name} is {rates[name]:.4f}, floor {floor:.4f}"


def test_a_third_of_the_corpus_is_held_out() -> None:
    tuned, held_out = (
        sum(len(names_of(part)) for part, (kept_aside, _) in PARTS.items() if kept_aside is held)
        for held in (False, True)
    )
    assert tuned + held_out >= 20
    assert held_out * 3 >= tuned + held_out - 2
