"""Readings by position and by pattern: sentences of each kind, with those that look like them.

In ``data/kinds.tsv`` a target stands as ``{characters|their syllables}``. ``data/lots.tsv`` has
the lots of sentences that were written without a look at the rules, each scored once before
anything was changed for it (``FIRST``); more than one reading may be right there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tingbao.pronunciation import pinyin_line

_DATA = Path(__file__).parent / "data"
_LINES = (_DATA / "kinds.tsv").read_text("utf-8").splitlines()
_LOTS = (_DATA / "lots.tsv").read_text("utf-8").splitlines()
_TARGET = re.compile(r"\{(?P<text>[^|]+)\|(?P<pinyin>[^}]+)\}")
FIRST = {"fourth": 0.949, "fifth": 0.981}
FLOORS = {"fourth": 0.995, "fifth": 1.0}


def targets(line: str) -> Iterator[tuple[str, list[str], str]]:
    """Each target of a line: the whole text, what is said there, and what should be."""
    text = _TARGET.sub(lambda found: found["text"], line)
    han = [at for at, sign in enumerate(text) if sign.isalpha()]
    read = dict(zip(han, pinyin_line(text).split(), strict=True))
    removed = 0
    for target in _TARGET.finditer(line):
        start = target.start() - removed
        removed += len(target[0]) - len(target["text"])
        said = [read[start + offset] for offset in range(len(target["text"]))]
        yield text, said, target["pinyin"]


@pytest.mark.parametrize("line", [line.split("\t")[1] for line in _LINES])
def test_targets_are_read_as_their_places_want(line: str) -> None:
    for text, said, wanted in targets(line):
        assert said == wanted.split(), text


@pytest.mark.parametrize("lot", ["fourth", "fifth"])
def test_a_lot_is_read_at_least_as_well_as_its_floor(lot: str) -> None:
    rows = [line.split("\t")[1] for line in _LOTS if line.startswith(f"{lot}\t")]
    right = [said[0] in wanted.split("|") for row in rows for _, said, wanted in targets(row)]
    assert sum(right) / len(right) >= FLOORS[lot] >= FIRST[lot]
