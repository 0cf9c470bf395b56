"""Range headers (RFC 9110, section 14): which bytes of a file a client asks for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

MOST_RANGES = 16
"""More of them than any player asks for; beyond, the whole file is cheaper than its pieces."""

_HEADER = re.compile(r"bytes=(?P<specs>[0-9,\- \t]+)", re.IGNORECASE)
_SPEC = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})")


def ranges_of(header: str, size: int) -> tuple[range, ...] | None:
    """The pieces of a file of ``size`` bytes that the header asks for, those that overlap as one.

    None when it is to be ignored; empty when none of its ranges can be satisfied (416).
    """
    found = _HEADER.fullmatch(header.strip())
    if found is None:
        return None
    specs = [spec.strip() for spec in found["specs"].split(",") if spec.strip()]
    matches = [_SPEC.fullmatch(spec) for spec in specs]
    if not matches or len(matches) > MOST_RANGES or not all(map(_is_valid, matches)):
        return None
    pieces = [_piece(match, size) for match in matches if match]
    return tuple(_apart(piece for piece in pieces if piece))


def _is_valid(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    first, last = match[1], match[2]
    return not (first and last) or int(first) <= int(last)


def _piece(match: re.Match[str], size: int) -> range:
    """The bytes meant, empty where the file has none of them."""
    if match[3]:
        return range(max(0, size - int(match[3])), size)
    last = int(match[2]) if match[2] else size
    return range(min(int(match[1]), size), min(last + 1, size))


def _apart(pieces: Iterable[range]) -> Iterator[range]:
    """The pieces as asked for; once any two overlap, in their order and grown together.

    Else a few bytes of a request would ask for the whole file many times.
    """
    asked = list(pieces)
    ordered = sorted(asked, key=lambda piece: piece.start)
    if all(one.stop <= other.start for one, other in itertools.pairwise(ordered)):
        yield from asked
        return
    grown = ordered[0]
    for piece in ordered[1:]:
        if piece.start > grown.stop:
            yield grown
            grown = piece
        grown = range(grown.start, max(grown.stop, piece.stop))
    yield grown
