"""From what the user names to files with their bytes: existence, size, order, names."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tingbao.errors import InputError
from tingbao.parse.blocks import SourceFile

__all__ = ["LARGEST_BYTES", "date_of_name", "find_files", "label_of_name"]

LARGEST_BYTES = 64 << 20
"""Larger files are refused unread: a newspaper page holds some 20 kB of text."""

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<mark>[-_./年]?)(?P<month>\d{1,2})(?P<second>[-_./月]?)"
    r"(?P<day>\d{1,2})日?(?!\d)"
)
_LABEL = re.compile(
    r"(?:^|[^0-9A-Za-z])(?:第|page|p)?[-_ ]?(?P<label>[A-Z]{0,2}\d{1,3})版?$", re.IGNORECASE
)


def date_of_name(path: Path) -> dt.date | None:
    """The date in a file's name, else in the nearest folder's name that has one.

    ``2026-03-15``, ``20260315``, ``2026_3_15``, ``2026年3月15日`` and ``2026/03/15`` are read.
    """
    names = [path.stem, *(folder.name for folder in path.parents)]
    for name in names:
        if found := _date_in(name):
            return found
    return _date_in("/".join(reversed(names[1:4]))) or _date_in("/".join(reversed(names[:3])))


def label_of_name(path: Path) -> str | None:
    """The page label in a file's name (``A02.txt``, ``01.md``, ``2026-03-15-03.md``), if any."""
    stem = _DATE.sub(" ", path.stem)
    found = _LABEL.search(stem.strip())
    return found["label"].upper() if found else None


def find_files(inputs: Sequence[Path], suffixes: tuple[str, ...]) -> list[SourceFile]:
    """The files that ``inputs`` stand for, read.

    Raises:
        InputError: a file or folder is missing, unreadable, empty or too large, or a folder
            holds no page file.
    """
    paths = [path for given in inputs for path in _expand(given, suffixes)]
    return [SourceFile(path, _bytes_of(path)) for path in paths]


def _date_in(name: str) -> dt.date | None:
    for found in _DATE.finditer(name):
        marks = found["mark"], found["second"]
        if not all(marks) and (any(marks) or len(found["month"] + found["day"]) != len("0315")):
            continue
        try:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
    return None


def _expand(given: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    try:
        names = sorted(os.listdir(given), key=_natural)
    except OSError as error:
        raise InputError(f"cannot read the folder: {error.strerror}", given) from error
    pages = [
        given / name
        for name in names
        if name.lower().endswith(suffixes) and not name.startswith((".", "README"))
    ]
    if not pages:
        raise InputError(f"the folder holds no page file ({', '.join(suffixes)})", given)
    yield from pages


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts ``2.md`` before ``10.md`` and ``A2`` before ``B1``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.lower())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise InputError(
                f"{size / (1 << 20):,.0f} MB is more than a page can hold "
                f"(limit {LARGEST_BYTES >> 20} MB)",
                path,
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("no such file", path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read: {reason}", path) from error
    if not data.strip():
        raise InputError("the file is empty", path)
    return data
