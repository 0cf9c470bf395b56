"""The text of a request: what is sent of it, where it is cut, and how texts are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tingbao.models import is_speakable
from tingbao.text.cut import end_of_request

MOST_CHARACTERS = 1200
"""The service cuts its audio at about ten minutes: this is half of that."""

MOST_BYTES = 4000
"""The client cuts what is longer than 4096 bytes, escaped, where it likes."""

_UNSENDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that goes out as one request; ``start`` is its place in the text."""

    start: int
    text: str


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a text into requests, at sentence ends where there are any; marks alone are left out.

    Characters that cannot be sent become spaces, so that every place stays the same.
    """
    sendable = _UNSENDABLE.sub(" ", text)
    pieces: list[Piece] = []
    start = 0
    while start < len(sendable):
        end = start + _length(sendable[start : start + MOST_CHARACTERS], len(sendable) - start)
        pieces.append(Piece(start, sendable[start:end]))
        start = end
    return tuple(piece for piece in pieces if is_speakable(piece.text))


def _length(window: str, left: int) -> int:
    """How much of ``window`` goes into one request."""
    fitting = _fitting(window)
    if fitting == left:
        return fitting
    return end_of_request(window[:fitting], is_speakable)


def _fitting(window: str) -> int:
    size = 0
    for place, sign in enumerate(window):
        size += len(escape(sign).encode())
        if size > MOST_BYTES:
            return place
    return len(window)
