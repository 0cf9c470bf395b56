"""A build may be killed at any moment: what is seen is whole, and the next run goes on."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from boundary import CHANGES, Boundary, dying
from rounds import (
    CORRECTED,
    KILLED,
    PAGE,
    Told,
    apart,
    built,
    forked,
    side_by_side,
    temporaries,
    visible,
)

from newsroom import Newsroom
from processes import is_alive
from tingbao.edition import produce
from tingbao.edition.events import ClipFinished, Event

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("TINGBAO_TRUST_KILLS", "20"))
"""How often builds are killed here; ``make test-long`` asks for 200."""

CALLS, CHANGING_CALLS, CPU_SECONDS = 650, 310, 0.8
"""About what a first build takes: calls at the border to the file system, and work."""
POOLED_KILLS = 6


@dataclass(frozen=True)
class _Whole:
    """The library as uninterrupted builds leave it, before and after the correction."""

    folder: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]


@functools.cache
def _uninterrupted(folder: Path) -> _Whole:
    folder.mkdir()
    built(folder, PAGE)
    before = folder.with_name(f"{folder.name}-before")
    shutil.copytree(folder, before)
    built(folder, CORRECTED)
    return _Whole(before, visible(before), visible(folder))


def _stored(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("cache/clips/??/[!.]*.clip")}


def _killed(here: Path, chance: random.Random) -> Told:
    """Build with a kill at some call, at some change of the disk, or after some work.

    What a fork has to do again before it goes on is half of it: a kill may not come before that
    each time, or the build would never end.
    """
    way = chance.choice(("any call", "a change", "work"))
    if way == "work":
        return built(here, CORRECTED, cpu_seconds=chance.uniform(0.001, CPU_SECONDS))
    most, kinds = (CALLS, frozenset()) if way == "any call" else (CHANGING_CALLS, CHANGES)
    at = chance.randrange(1, most)
    return built(here, CORRECTED, Boundary(here, at, dying, kinds=kinds))


def _chain(here: Path, whole: _Whole, chance: random.Random) -> Iterator[str | None]:
    """Kill a build and run it again until one comes to its end: None for each kill, or a fault."""
    is_first = chance.random() < 0.5
    if is_first:
        here.mkdir()
    else:
        shutil.copytree(whole.folder, here)
    code = KILLED
    while code == KILLED:
        stored = _stored(here)
        told = _killed(here, chance)
        code = told.code
        yield from (f"spoken again: {key}" for key in sorted({*told.spoken} & stored))
        for name, data in visible(here).items():
            if data != whole.new.get(name) and (is_first or data != whole.old.get(name)):
                yield f"{name} is neither old nor new"
        if code == KILLED:
            yield None
        elif code != 0:
            yield f"after a kill the build failed: {told.said}"
    if visible(here) != whole.new:
        yield "the finished library is not that of an uninterrupted build"
    yield from (f"a temporary is left: {name}" for name in temporaries(here))


def _kill(folder: Path, seed: int, kills: int) -> tuple[int, str]:
    chance, whole = random.Random(seed), _uninterrupted(folder / f"whole-{seed}")
    faults: list[str] = []
    done = chain = 0
    while done < kills:
        chain += 1
        here = folder / f"chain-{seed}-{chain}"
        for fault in _chain(here, whole, chance):
            if fault is None:
                done += 1
            else:
                faults.append(f"seed {seed}, chain {chain}, after {done} kills: {fault}")
        shutil.rmtree(here)
    return done, "\n".join(faults)


def test_a_build_killed_at_any_moment_goes_on_to_the_same_library_and_asks_for_nothing_twice(
    tmp_path: Path,
) -> None:
    ends = side_by_side(_kill, [(tmp_path, seed, KILLS // 2) for seed in (7, 8)])
    assert [faults for _, faults in ends] == ["", ""]
    assert sum(done for done, _ in ends) >= KILLS


def _pooled(folder: Path, events: int, log: Path) -> Told:
    """Build with worker processes, and be killed at this event."""
    told: list[Event] = []

    def hear(event: Event) -> None:
        told.append(event)
        if isinstance(event, ClipFinished) and not event.reused:
            with log.open("a") as stream:
                stream.write("spoken\n")
        if len(told) == events:
            (folder / "workers.json").write_text(json.dumps(_children(os.getpid())))
            os.kill(os.getpid(), signal.SIGKILL)

    newsroom = Newsroom(folder)
    request = newsroom.request(newsroom.page(CORRECTED))
    result = produce(dataclasses.replace(request, jobs=2), hear)
    return Told(1 if result.incomplete else 0)


def _children(parent: int) -> list[int]:
    """The processes that any thread of a process has begun, as the kernel knows them."""
    tasks = Path(f"/proc/{parent}/task").iterdir()
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def _kill_pooled(folder: Path, kills: int) -> str:
    """Kill the parent of worker processes at ever later events; each time they must go too."""
    here, log = folder / "pooled", folder / "pooled.spoken"
    here.mkdir()
    log.touch()
    whole = folder / "whole"
    whole.mkdir()
    forked(lambda: _pooled(whole, 0, folder / "whole.spoken"))
    told: dict[str, Any] | None = None
    for round_ in range(kills):
        told = forked(lambda at=3 + 4 * round_: _pooled(here, at, log))  # type: ignore[misc]
        if told is not None:
            break
        workers = json.loads((here / "workers.json").read_text())
        while any(map(is_alive, workers)):
            time.sleep(0.01)
    told = told or forked(lambda: _pooled(here, 0, log))
    faults = [] if told and told["code"] == 0 else [f"ends with {told}"]
    # A clip may be stored and its worker's word of it not heard: then it is not asked for again.
    if log.read_text().count("spoken") > len(_stored(here)):
        faults.append("a clip was spoken twice")
    if visible(here) != visible(whole):
        faults.append("the finished library is not that of an uninterrupted build")
    return "\n".join([*faults, *temporaries(here)])


def test_a_killed_build_takes_its_workers_with_it_and_the_next_goes_on_where_they_were(
    tmp_path: Path,
) -> None:
    assert apart(_kill_pooled, tmp_path, POOLED_KILLS) == ""
