"""Run all benchmarks, or those named: ``python -m benchmarks [--small] [join parse …]``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator

import benchmarks
from benchmarks.measuring import Row

HELPERS = {"__main__", "measuring", "sample", "shelves"}
NAMES = [one.name for one in pkgutil.iter_modules(benchmarks.__path__) if one.name not in HELPERS]


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--small", action="store_true", help="only see that they run")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    print(f"{'what':34} {'size':>22} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}  ratio")
    for name in NAMES:
        if not options.names or name in options.names:
            for row in _rows(name, small=options.small):
                print(row, flush=True)


def _rows(name: str, *, small: bool) -> Iterator[Row]:
    yield from importlib.import_module(f"benchmarks.{name}").rows(small=small)


main()
