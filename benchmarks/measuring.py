"""Measuring a function in a process of its own: CPU seconds, wall seconds, peak memory."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

KILOBYTES_PER_MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024


@dataclass(frozen=True)
class Cost:
    """What one call cost, its imports included; children of the process count too."""

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float

    def above(self, base: Cost) -> Cost:
        """The cost without that of ``base``, which did the imports only."""
        return Cost(
            self.cpu_seconds - base.cpu_seconds,
            self.wall_seconds - base.wall_seconds,
            self.peak_mb - base.peak_mb,
        )


@dataclass(frozen=True)
class Row:
    """One line of the table: ``ratio`` says what the figure means to a user."""

    what: str
    size: str
    cost: Cost
    ratio: str

    def __str__(self) -> str:
        cost = self.cost
        figures = f"{cost.cpu_seconds:8.2f} {cost.wall_seconds:8.2f} {cost.peak_mb:8.0f}"
        return f"{self.what:34} {self.size:>22} {figures}  {self.ratio}"


def cheapest(call: str, *arguments: object, times: int = 3) -> Cost:
    """The cheapest of some runs: what is taken off others must not hold a cold start."""
    return min((measured(call, *arguments) for _ in range(times)), key=lambda c: c.cpu_seconds)


def measured(call: str, *arguments: object) -> Cost:
    """Run ``module:function`` with ``arguments`` in a fresh interpreter.

    Raises:
        RuntimeError: it failed.
    """
    module, function = call.split(":")
    program = f"from {module} import {function}; {function}(*{arguments!r})"
    began = time.monotonic()
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{call}{arguments} failed with status {status}")
    return Cost(
        usage.ru_utime + usage.ru_stime,
        time.monotonic() - began,
        usage.ru_maxrss / KILOBYTES_PER_MEGABYTE,
    )
