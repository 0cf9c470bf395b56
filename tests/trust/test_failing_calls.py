"""Whatever the system refuses: our own error in a line or two, and old or new but never half."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from boundary import Boundary, failing
from rounds import CORRECTED, PAGE, Told, built, side_by_side, temporaries, visible

from tingbao.publish import verify

pytestmark = pytest.mark.slow

STEP = int(os.environ.get("TINGBAO_TRUST_STEP", "8"))
"""Every how manyth call is refused; else each of a correction and each twentieth of a first."""

REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EINTR)
NEXT = 9
"""After every how manyth call the next build must find its way; each costs a whole one."""


@dataclass(frozen=True)
class _Start:
    """A folder to begin from, and the library as an undisturbed build would leave it."""

    folder: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]


def _empty(folder: Path) -> _Start:
    """Nothing was built yet, nothing is in the cache."""
    start, whole = folder / "empty", folder / "first"
    start.mkdir()
    whole.mkdir()
    built(whole, CORRECTED)
    return _Start(start, {}, visible(whole))


def _published(folder: Path) -> _Start:
    """The edition is published; its correction was spoken already."""
    start = folder / "published"
    start.mkdir()
    built(start, PAGE)
    shutil.copytree(start / "output", folder / "kept")
    built(start, CORRECTED)
    new = visible(start)
    shutil.rmtree(start / "output")
    (folder / "kept").rename(start / "output")
    return _Start(start, visible(start), new)


def _refused(here: Path, at: int, reason: int) -> tuple[Told, str]:
    lasting = reason == errno.ENOSPC
    told = built(here, CORRECTED, Boundary(here, at, failing(reason), lasting=lasting))
    return told, f"{errno.errorcode[reason]} at call {at} ({told.met})"


def _faults(here: Path, start: _Start, told: Told) -> Iterator[str]:
    lines = told.said.splitlines()
    if told.code not in {0, 1, 2} or len(lines) > 2:
        yield f"ends with {told.code}: {told.said}"
    if told.code == 0 and (visible(here) != start.new or temporaries(here)):
        yield "ends well, but not with the library of an undisturbed build"
    if told.code != 0 and told.said == "":
        # Some items could not be made: such an edition is another one, but whole as it stands.
        yield from (f"incomplete, and {problem}" for problem in verify(here / "output"))
        return
    for name, data in visible(here).items():
        if data not in {start.old.get(name), start.new.get(name)}:
            yield f"{name} is neither old nor new ({told.said})"


def _next_faults(here: Path, start: _Start) -> Iterator[str]:
    told = built(here, CORRECTED)
    if told.code != 0 or visible(here) != start.new or temporaries(here):
        yield f"the next build ends with {told.code} {told.said} {temporaries(here)}"


def _refuse(folder: Path, begin: str, first: int, step: int) -> str:
    """Refuse the calls numbered ``first``, ``first + step``, … until a build meets none."""
    room = folder / f"{begin}-{first}"
    room.mkdir()
    start = {"empty": _empty, "published": _published}[begin](room)
    faults: list[str] = []
    at, is_met, reasons = first, True, itertools.cycle(REASONS)
    while is_met:
        here = room / f"at-{at}"
        shutil.copytree(start.folder, here)
        told, named = _refused(here, at, next(reasons))
        found = [*_faults(here, start, told)]
        if told.code and at % NEXT == 0:
            found += _next_faults(here, start)
        faults += [f"{named}: {fault}" for fault in found]
        is_met = told.met is not None
        shutil.rmtree(here)
        at += step
    return "\n".join(faults)


def _refuse_all(folder: Path, begin: str, step: int) -> list[str]:
    """Refuse every ``step``-th call, on two processors in turn."""
    rows = [(folder, begin, first, 2 * step) for first in (1, 1 + step)]
    return side_by_side(_refuse, rows)


def test_a_correction_meets_every_refusal_of_the_system_with_our_own_error_and_whole_files(
    tmp_path: Path,
) -> None:
    assert _refuse_all(tmp_path, "published", STEP) == ["", ""]


def test_a_first_build_meets_every_refusal_of_the_system_with_our_own_error_and_whole_files(
    tmp_path: Path,
) -> None:
    assert _refuse_all(tmp_path, "empty", 20 * STEP) == ["", ""]
