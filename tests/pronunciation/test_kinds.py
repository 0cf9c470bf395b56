"""Readings by position and by pattern: sentences of each kind, with those that look like them.

In ``data/kinds.tsv`` a target stands as ``{characters|their syllables}``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tingbao.pronunciation import pinyin_line

_LINES = (Path(__file__).parent / "data" / "kinds.tsv").read_text("utf-8").splitlines()
_TARGET = re.compile(r"\{(?P<text>[^|]+)\|(?P<pinyin>[^}]+)\}")


@pytest.mark.parametrize("line", [line.split("\t")[1] for line in _LINES])
def test_targets_are_read_as_their_places_want(line: str) -> None:
    text = _TARGET.sub(lambda found: found["text"], line)
    han = [at for at, sign in enumerate(text) if sign.isalpha()]
    read = dict(zip(han, pinyin_line(text).split(), strict=True))
    removed = 0
    for target in _TARGET.finditer(line):
        start = target.start() - removed
        removed += len(target[0]) - len(target["text"])
        said = [read[start + offset] for offset in range(len(target["text"]))]
        assert said == target["pinyin"].split(), text
