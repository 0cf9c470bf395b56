"""Whether Python and every package are what this version of Tingbao was made for."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tingbao import __version__
from tingbao.doctor.findings import Finding, fault, ok

PACKAGE = "tingbao"

VersionOf = Callable[[str], str | None]


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


def version_of(package: str) -> str | None:
    """The installed version of a package, None when it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def check_packages(wanted: Sequence[Requirement], version_of: VersionOf = version_of) -> Finding:
    """Whether each package is there, in a version that is allowed."""
    wrong = tuple(_wrong(wanted, version_of))
    if not wrong:
        return ok("packages", f"all {len(wanted)} are here in versions that are allowed")
    names = " ".join(f"'{one.name}{one.specifier}'" for one, _ in wrong)
    told = "; ".join(message for _, message in wrong)
    return fault("packages", told, f"run pip install --upgrade {names}")


def _wrong(
    wanted: Sequence[Requirement], version_of: VersionOf
) -> Iterator[tuple[Requirement, str]]:
    for one in wanted:
        version = version_of(one.name)
        if version is None:
            yield one, f"{one.name} is not installed"
        elif not one.specifier.contains(version, prereleases=True):
            yield one, f"{one.name} {version} is not {one.specifier}"
