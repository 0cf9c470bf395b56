"""Run all benchmarks, or those named: ``python -m benchmarks join parse``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator

import benchmarks
from benchmarks.measuring import Row

NO_BENCHMARK = {"__main__", "measuring"}


def main(wanted: list[str]) -> None:
    names = [one.name for one in pkgutil.iter_modules(benchmarks.__path__)]
    print(f"{'what':32} {'size':>16} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}  ratio")
    for name in names:
        if name not in NO_BENCHMARK and (not wanted or name in wanted):
            for row in _rows(name):
                cost = row.cost
                print(
                    f"{row.what:32} {row.size:>16} {cost.cpu_seconds:8.2f} "
                    f"{cost.wall_seconds:8.2f} {cost.peak_mb:8.0f}  {row.ratio}",
                    flush=True,
                )


def _rows(name: str) -> Iterator[Row]:
    yield from importlib.import_module(f"benchmarks.{name}").rows()


main(sys.argv[1:])
