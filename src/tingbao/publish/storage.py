"""JSON files of the library, read with suspicion and written for people to read.

Whatever is wrong with such a file becomes one :class:`LibraryError` that names it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tingbao import files
from tingbao.errors import LibraryError

_T = TypeVar("_T")

SCHEMA = 1
"""The form of library.json and manifest.json that this version writes."""


class _Versioned(msgspec.Struct, frozen=True):
    schema: int = 1


def read_json(path: Path, kind: type[_T], cure: str) -> _T | None:
    """The file as ``kind``, or None when there is none; ``cure`` says how it is made again.

    Raises:
        LibraryError: it cannot be read, is damaged, or was written by a newer Tingbao.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {error.strerror}") from error
    try:
        newer = msgspec.json.decode(raw, type=_Versioned).schema > SCHEMA
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(path, str(error), cure) from error
    if newer:
        raise LibraryError(f"{path} was written by a newer Tingbao; update this one")
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise damaged(path, str(error), cure) from error


def damaged(path: Path, reason: str, cure: str) -> LibraryError:
    """The error for a file that is not what was written there."""
    return LibraryError(f"{path} is damaged ({reason}); {cure}")


def write_json(path: Path, value: object) -> None:
    """Write ``value`` with one key a line, and one element a line where a key holds a list.

    Raises:
        OutputError: the file cannot be written.
    """
    fields: dict[str, Any] = msgspec.to_builtins(value)
    lines = ",\n".join(f"{_compact(key)}: {_laid_out(field)}" for key, field in fields.items())
    # A file name that is no Unicode may have come along: better a question mark than no manifest.
    files.write(path, f"{{\n{lines}\n}}\n".encode("utf-8", "replace"))


def _laid_out(field: object) -> str:
    if not isinstance(field, (list, tuple)) or not field:
        return _compact(field)
    return "[\n " + ",\n ".join(map(_compact, field)) + "\n]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
