"""TOML files read into frozen tables, and TSV rows; a mistake in TOML names file, line and cure.

Profiles, settings, phrases and lexicons all come through here, so that an unknown key, a wrong
type or broken TOML is reported in the same way everywhere.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from tingbao.errors import InputError

_T = TypeVar("_T")

_CHECKOUT = Path(__file__).parents[2]

_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=""")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PATH = re.compile(r" - at (?:`key` in )?`\$(.*)`$")
_BAD_KEY = re.compile(r"Invalid enum value '(.+?)' - at `key`")
_UNKNOWN = re.compile(r"unknown field `(.+?)`")


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML table: an unknown key is an error, never ignored."""


def shipped(name: str) -> Traversable:
    """A file or folder that stands at the top of a checkout, and in a wheel inside the package."""
    packaged = resources.files("tingbao") / name
    return packaged if packaged.is_dir() or packaged.is_file() else _CHECKOUT / name


def read_table(path: Path | Traversable, kind: type[_T], what: str, shown: str = "") -> _T:
    """Read the TOML file at ``path`` as ``kind``; ``what`` names it for the user.

    Raises:
        InputError: the file cannot be read, is not UTF-8, not TOML, or not of this shape.
    """
    shown = shown or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read the {what}: {error.strerror}", shown) from error
    except UnicodeDecodeError as error:
        raise InputError(f"the {what} is not UTF-8; save it as UTF-8", shown) from error
    return _parse_table(text, kind, what, shown)


def _parse_table(text: str, kind: type[_T], what: str, shown: str) -> _T:
    """Parse TOML ``text`` as ``kind``.

    Raises:
        InputError: it is not TOML, or not of this shape.
    """
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else None
        reason = _TOML_LINE.sub("", str(error)).strip()
        raise InputError(f"cannot read the {what} as TOML: {reason}", shown, line) from error
    except msgspec.ValidationError as error:
        reason, keys = _explain(str(error))
        raise InputError(f"{what}: {reason}", shown, _line_of(text, keys)) from error


def _explain(message: str) -> tuple[str, list[str]]:
    """The message of msgspec in the user's words, and the keys that lead to the place it names."""
    found = _PATH.search(message)
    keys = re.findall(r"[^.\[\]]+", found.group(1)) if found else []
    reason = _PATH.sub("", message)
    unknown = _UNKNOWN.search(reason) or _BAD_KEY.search(message)
    if unknown:
        keys.append(unknown.group(1))
        reason = f"unknown key {unknown.group(1)!r}"
    where = ".".join(key for key in keys if not key.isdigit() and key != "...")
    return (f"{where}: {reason}" if where and not unknown else reason), keys


def _line_of(text: str, keys: list[str]) -> int | None:
    """The line of the deepest of ``keys`` that stands in ``text``; arrays of tables count."""
    wanted = [key for key in keys if not key.isdigit() and key != "..."]
    index = next((int(key) for key in keys if key.isdigit()), 0)
    best: int | None = None
    matched = 0
    inside: list[str] = []
    seen = 0
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            inside = [part.strip(" \"'") for part in header.group(1).split(".")]
            seen += inside == wanted[: len(inside)]
            here = inside
        elif key := _KEY.match(line):
            here = [*inside, key.group(1) or key.group(2) or key.group(3)]
        else:
            continue
        reached = len(here) if here == wanted[: len(here)] else 0
        if reached > matched or (reached == matched and header and seen == index + 1):
            best, matched = number, reached
    return best


def read_rows(path: Path | Traversable) -> list[list[str]]:
    """The rows of a TSV file of the package; empty lines and those with # in front are left out."""
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
