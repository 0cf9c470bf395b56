"""Whether the library in the output folder is as it was published."""

from __future__ import annotations

from pathlib import Path

from tingbao import files
from tingbao.doctor.findings import Finding, fault, note, ok, one_line
from tingbao.errors import LibraryError
from tingbao.publish import read_library, verify

NAME = "library"
CURE = "run tingbao verify, which names each with its cure"


def check_library(folder: Path) -> Finding:
    """Whether every file of the library is what its manifests say; none at all is no fault."""
    try:
        info = read_library(folder)
        problems = verify(folder) if info is not None else ()
    except LibraryError as error:
        return fault(NAME, one_line(error), CURE)
    if info is None:
        return note(NAME, f"there is none in {folder} yet", "tingbao build makes it")
    holder = files.holder_of(folder)
    if holder is not None:
        return note(NAME, f"{folder} is being changed by {holder}", "look again after that")
    if problems:
        told = f"{len(problems)} things are wrong in {folder}, the first: {problems[0]}"
        return fault(NAME, told, CURE)
    if info.base_url is None:
        told = f"{folder} is as it was published, for listeners on this machine"
        return note(NAME, told, "for others, tingbao feed --base-url URL")
    return ok(NAME, f"{folder} is as it was published, for {info.base_url}")
