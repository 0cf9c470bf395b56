"""Pinned floors: the share of corpus targets read right must not sink.

``first`` is what the lines held out, and the sentences written last, gave when they were scored
for the first time, before any mistake found there was mended: the figure to expect of text that
nobody has seen. The sentences hold two characters each that are read in two ways.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pronunciation_corpus import (
    DATA,
    dictionary_score,
    digest,
    is_held_out,
    lines,
    sandhi_score,
)

FLOORS: dict[str, dict[str, Any]] = json.loads((DATA / "floors.json").read_text("utf-8"))
KINDS = {"dictionary": dictionary_score, "sandhi": sandhi_score}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_corpus_is_read_at_least_as_well_as_its_floor(name: str) -> None:
    score = KINDS[name.split("_", maxsplit=1)[0]](name)

    assert score.rate >= FLOORS[name]["floor"], "\n".join(score.wrong)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_corpus_is_the_one_that_the_floor_was_measured_on(name: str) -> None:
    assert digest(name) == FLOORS[name]["digest"]


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "sentences" not in name))
def test_lines_are_held_out_by_their_digest_alone(name: str) -> None:
    held = name.endswith("held_out")

    assert all(is_held_out(line["text"]) == held for line in lines(name))
