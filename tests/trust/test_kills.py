"""A build may be killed at any moment: what is seen is whole, and the next run goes on."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boundary import Boundary, dying
from rounds import CORRECTED, KILLED, PAGE, apart, built, temporaries, visible

KILLS = int(os.environ.get("TINGBAO_TRUST_KILLS", "40"))
"""How often a build is killed here; a long run asks for thousands."""

CALLS = 520
"""About as many calls as a build makes at the border to the file system."""


@dataclass(frozen=True)
class _Whole:
    """The library as uninterrupted builds leave it, before and after the correction."""

    folder: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]


def _uninterrupted(folder: Path) -> _Whole:
    folder.mkdir()
    built(folder, PAGE)
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    built(folder, CORRECTED)
    return _Whole(before, visible(before), visible(folder))


def _stored(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("cache/clips/??/[!.]*.clip")}


def _chain(here: Path, whole: _Whole, chance: random.Random) -> Iterator[str | None]:
    """Kill a build and run it again until one comes to its end: None for each kill, or a fault."""
    is_first = chance.random() < 0.5
    if is_first:
        here.mkdir()
    else:
        shutil.copytree(whole.folder, here)
    code = KILLED
    while code == KILLED:
        at, stored = chance.randrange(1, CALLS), _stored(here)
        told = built(here, CORRECTED, Boundary(here, at, dying))
        code = told.code
        yield from (f"{at}: spoken again: {key}" for key in sorted({*told.spoken} & stored))
        for name, data in visible(here).items():
            if data != whole.new.get(name) and (is_first or data != whole.old.get(name)):
                yield f"killed at call {at}: {name} is neither old nor new"
        if code == KILLED:
            yield None
        elif code != 0:
            yield f"after a kill the build failed: {told.said}"
    if visible(here) != whole.new:
        yield "the finished library is not that of an uninterrupted build"
    yield from (f"a temporary is left: {name}" for name in temporaries(here))


def _kill(folder: Path, seed: int, kills: int) -> str:
    chance, whole = random.Random(seed), _uninterrupted(folder / "whole")
    faults: list[str] = []
    done = chain = 0
    while done < kills:
        chain += 1
        here = folder / f"chain-{chain}"
        for fault in _chain(here, whole, chance):
            if fault is None:
                done += 1
            else:
                faults.append(f"chain {chain}: {fault}")
        shutil.rmtree(here)
    return "\n".join(faults)


def test_a_build_killed_at_any_moment_goes_on_to_the_same_library_and_asks_for_nothing_twice(
    tmp_path: Path,
) -> None:
    assert apart(_kill, tmp_path, 7, KILLS) == ""
