"""Articles are found whatever convention people keep them in: files, pages, copies, old papers.

The floors lie in ``tests/corpus/conventions/floors.json``, with the figures that each lot gave
when it was scored for the first time, before a rule was written for it.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from conventions import CONVENTIONS, Tally, items_of, tally
from scoring import CORPUS

FLOORS: dict[str, Any] = json.loads((CORPUS / "conventions" / "floors.json").read_text("utf-8"))
for lot in FLOORS:
    importlib.import_module(f"conventions_{lot}")


@pytest.mark.parametrize("lot", FLOORS)
def test_no_lot_sinks_below_its_floor(lot: str, tmp_path: Path) -> None:
    total = Tally()
    for name, printed in CONVENTIONS[int(lot)].items():
        folder = tmp_path / name
        folder.mkdir()
        total += tally(printed(items_of(int(lot))), folder)
    floor = FLOORS[lot]["floor"]
    assert total.wanted == FLOORS[lot]["articles"]
    assert total.exact >= floor["exact"] * total.wanted, total.misses
    assert total.strict >= floor["strict"] * total.wanted, total.misses
    assert total.extra <= floor["extra"]


@pytest.mark.parametrize("lot", FLOORS)
def test_every_lot_has_many_conventions(lot: str) -> None:
    assert len(CONVENTIONS[int(lot)]) >= 12
