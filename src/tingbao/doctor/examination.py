"""An examination: its checks in order, what each of them finds, and the first few of them.

This module needs hardly a package, so that a broken installation is reported and not met.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tingbao import __version__
from tingbao.errors import TingbaoError

PACKAGE = "tingbao"


class State(StrEnum):
    """How a thing is: as it should be; worth knowing; not as it should be."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """``cure`` says what to do; only what is as it should be has none."""

    name: str
    state: State
    message: str
    cure: str = ""

    def __str__(self) -> str:
        line = f"{self.state:5} {self.name}: {self.message}"
        return f"{line}: {self.cure}" if self.cure else line


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one thing."""

    name: str
    look: Callable[[], Finding]


@dataclass(frozen=True, slots=True)
class Environment:
    """Where to look: ``voice`` is the one that is set; ``thorough`` spares no time.

    ``live``: the online service is asked for a few sentences.
    """

    cache: Path
    output: Path
    voice: str = "auto"
    thorough: bool = False
    live: bool = False


def ok(name: str, message: str) -> Finding:
    """It is as it should be."""
    return Finding(name, State.OK, message)


def note(name: str, message: str, cure: str) -> Finding:
    """It is worth knowing, and no fault."""
    return Finding(name, State.NOTE, message, cure)


def fault(name: str, message: str, cure: str) -> Finding:
    """It is not as it should be."""
    return Finding(name, State.FAULT, message, cure)


def one_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def examine(checks: Iterable[Check]) -> Iterator[Finding]:
    """What each check finds, as soon as it is known; nothing that goes wrong ends it."""
    for check in checks:
        yield _finding_of(check)


def _finding_of(check: Check) -> Finding:
    try:
        return check.look()
    except (TingbaoError, OSError) as error:
        return fault(check.name, one_line(error), "correct this, then run tingbao doctor again")
    except Exception as error:  # noqa: BLE001  - a broken installation may raise anything
        said = f"it cannot be examined: {type(error).__name__}: {one_line(error)}"
        return fault(check.name, said, "install Tingbao again; if it stays, report this line")


def usual_checks(environment: Environment) -> Iterator[Check]:
    """Every check of ``tingbao doctor``, in order."""
    yield Check("tingbao", check_tingbao)
    yield Check("python", check_python)
    yield Check("packages", lambda: check_packages(requirements()))
    try:
        from tingbao.doctor.checks import installed_checks  # noqa: PLC0415  - it needs all packages
    except ImportError as error:
        cure = "install Tingbao again, with pip install --upgrade --force-reinstall"
        yield Check("installation", partial(fault, "installation", f"{error}", cure))
        return
    yield from installed_checks(environment)


def check_tingbao() -> Finding:
    """Which version this is."""
    return ok(PACKAGE, __version__)


def check_python(version: str = platform.python_version(), allowed: str | None = None) -> Finding:
    """Whether this Python is one that Tingbao runs on; ``allowed`` as in ``>=3.11``."""
    allowed = allowed or metadata.metadata(PACKAGE)["Requires-Python"]
    if SpecifierSet(allowed).contains(version, prereleases=True):
        return ok("python", f"{version} on {platform.system()} {platform.machine()}")
    return fault("python", f"{version} is not {allowed}", "install Tingbao with another Python")


def requirements() -> tuple[Requirement, ...]:
    """What the installed Tingbao needs here; what only its developers need is left out."""
    wanted = map(Requirement, metadata.requires(PACKAGE) or ())
    return tuple(one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""}))


def _version_of(package: str) -> str | None:
    """The installed version of a package, None when it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def check_packages(
    wanted: Sequence[Requirement], version_of: Callable[[str], str | None] = _version_of
) -> Finding:
    """Whether each package is there, in a version that is allowed."""
    wrong = tuple(_wrong(wanted, version_of))
    if not wrong:
        return ok("packages", f"all {len(wanted)} are here in versions that are allowed")
    names = " ".join(f"'{one.name}{one.specifier}'" for one, _ in wrong)
    message = "; ".join(message for _, message in wrong)
    return fault("packages", message, f"run pip install --upgrade {names}")


def _wrong(
    wanted: Sequence[Requirement], version_of: Callable[[str], str | None]
) -> Iterator[tuple[Requirement, str]]:
    for one in wanted:
        version = version_of(one.name)
        if version is None:
            yield one, f"{one.name} is not installed"
        elif not one.specifier.contains(version, prereleases=True):
            yield one, f"{one.name} {version} is not {one.specifier}"
