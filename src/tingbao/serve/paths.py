"""From the path of a request to a file of the library, or to nothing.

Names in a library are ASCII and come from ids, so what is allowed is listed, not what is not:
no hidden file, no ``..``, no drive, no device, no NUL, however it was escaped.
"""

from __future__ import annotations

import re
from pathlib import Path

INDEX = "index.html"

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,120}[A-Za-z0-9_-])?")
# On Windows these name devices, in any folder and with any suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def locate(root: Path, path: str) -> Path | None:
    """The file or folder below ``root`` that ``path`` (unescaped, with its slash) asks for.

    A path that ends in a slash asks for the index of its folder. None when there is no such
    file, or when it would lie outside of ``root``.
    """
    if not path.startswith("/"):
        return None
    *folders, name = path[1:].split("/")
    parts = [*folders, name or INDEX]
    if not all(_is_allowed(part) for part in parts):
        return None
    found = root.joinpath(*parts)
    try:
        real = found.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None
    return real if real.is_relative_to(root.resolve()) else None


def _is_allowed(part: str) -> bool:
    return bool(_NAME.fullmatch(part)) and not _DEVICE.fullmatch(part)
