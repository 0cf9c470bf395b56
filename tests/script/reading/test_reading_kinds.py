"""Sentences for each kind of figure and sign, with counter-examples: reading-kinds.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tingbao.script.reading import read

TABLE = Path(__file__).parents[1] / "data/reading-kinds.tsv"
LINES = TABLE.read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def words_of(spoken: str) -> str:
    return re.sub(r"[\s，、,]", "", spoken)


@pytest.mark.parametrize(("kind", "printed", "said"), ROWS)
def test_a_sentence_of_a_kind_is_read_as_a_person_reads_it(
    kind: str, printed: str, said: str
) -> None:
    assert words_of(read(printed).spoken) == words_of(said), kind
