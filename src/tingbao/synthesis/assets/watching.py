"""Running a downloader as a child process: watched, bounded, and never left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.2
REPORT_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a child may take: altogether, until the first byte, and without a further one."""

    total_seconds: float = 3600.0
    first_seconds: float = 45.0
    silent_seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class Errand:
    """A command without a shell, the folder it works in, and the folder where its bytes arrive."""

    command: Sequence[str]
    folder: Path
    arrivals: Path
    environment: Mapping[str, str]
    limits: Limits = Limits()


class ChildFailedError(Exception):
    """The child ended with an error or was ended by us; ``report`` is what it printed."""

    def __init__(self, message: str, report: str = "") -> None:
        super().__init__(message)
        self.report = report


def run_errand(errand: Errand, on_bytes: Callable[[int], None]) -> None:
    """Run the command to its end and tell how many bytes have arrived so far.

    The child and its own children are ended on any error, Ctrl-C included.

    Raises:
        ChildFailedError: it failed, could not be started, or took longer than its limits.
    """
    report = errand.folder / "report.txt"
    with report.open("wb") as sink:
        process = _started(errand, sink.fileno())
        try:
            _watch(process, errand, on_bytes)
        finally:
            _end(process)
    if process.returncode != 0:
        printed = report.read_bytes()[-REPORT_BYTES:].decode("utf-8", "replace")
        raise ChildFailedError(f"exit status {process.returncode}", printed)


def _started(errand: Errand, sink: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed command, no shell, names from a profile
            errand.command,
            cwd=errand.folder,
            env={**os.environ, **errand.environment},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # one group, so that its children end with it
        )
    except OSError as error:
        raise ChildFailedError(f"cannot be started ({error.strerror or error})") from error


def _watch(
    process: subprocess.Popen[bytes], errand: Errand, on_bytes: Callable[[int], None]
) -> None:
    begun = last_arrival = time.monotonic()
    most = 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(POLL_SECONDS)
            return
        now, arrived = time.monotonic(), _bytes_below(errand.arrivals)
        if arrived > most:
            most, last_arrival = arrived, now
            on_bytes(most)
        patience = errand.limits.silent_seconds if most else errand.limits.first_seconds
        if now - last_arrival > patience:
            raise ChildFailedError(f"nothing arrived for {patience:.0f} s")
        if now - begun > errand.limits.total_seconds:
            raise ChildFailedError(f"not done after {errand.limits.total_seconds:.0f} s")


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
