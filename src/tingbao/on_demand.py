"""Packages whose parts are imported when they are first asked for (PEP 562).

A command that uses one part of a room does not wait for the others: all rules of reading and
segmentation take a second to load.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping


def parts_of(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A module ``__getattr__`` for ``package``: ``homes`` names the module of each public name.

    Raises (when called):
        AttributeError: the package has no such name.
    """

    def part(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return part
