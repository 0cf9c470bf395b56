"""Range headers (RFC 9110, section 14) brought into the form that Starlette answers rightly.

Starlette says 400 to a malformed header and 416 when only one of several ranges is out of
reach; the RFC has the first ignored and the second left out.
"""

from __future__ import annotations

import re

__all__ = ["usable_range"]

MOST_RANGES = 16
"""More of them than any player asks for; beyond, the whole file is cheaper than its pieces."""

_HEADER = re.compile(r"bytes=(?P<specs>[0-9,\- \t]+)", re.IGNORECASE)
_SPEC = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})")


def usable_range(header: str, size: int) -> str | None:
    """The header with those of its ranges that a file of ``size`` bytes can satisfy.

    None when it is to be ignored. When no range can be satisfied, one such is kept: it gets the
    answer that it deserves.
    """
    found = _HEADER.fullmatch(header.strip())
    if found is None:
        return None
    specs = [spec.strip() for spec in found["specs"].split(",") if spec.strip()]
    matches = [_SPEC.fullmatch(spec) for spec in specs]
    if not matches or len(matches) > MOST_RANGES or not all(map(_is_valid, matches)):
        return None
    kept = [match[0] for match in matches if match and _is_satisfiable(match, size)]
    return "bytes=" + ",".join(kept or specs[:1])


def _is_valid(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    first, last = match[1], match[2]
    return not (first and last) or int(first) <= int(last)


def _is_satisfiable(match: re.Match[str], size: int) -> bool:
    return int(match[1]) < size if match[1] else int(match[3]) > 0 and size > 0
