"""What the loopback service may do: lawfully (:class:`Manner`) and not (:class:`Fault`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from edge_sound import FRAME_BYTES

__all__ = ["REFUSALS", "USUAL", "Ending", "Fault", "Manner", "Plan", "no_fault"]


class Fault(StrEnum):
    """What a connection meets."""

    CUT = "the socket is closed in mid-audio"
    RESET = "the socket is reset in mid-audio"
    CLOSED = "a close frame with an error code comes in mid-audio"
    HALF = "half the audio and its boundaries, then turn.end"
    HALF_TOLD_WHOLE = "all boundaries, half the audio, then turn.end"
    STALL_AT_START = "silence after turn.start"
    STALL_IN_AUDIO = "silence in mid-audio"
    FORBIDDEN = "HTTP 403 once"
    FORBIDDEN_TWICE = "HTTP 403 twice"
    FORBIDDEN_BAD_DATE = "HTTP 403 with a date that is none"
    FORBIDDEN_WRONG_DATE = "HTTP 403 with a date years off"
    TOO_MANY = "HTTP 429"
    TOO_MANY_RETRY_AFTER = "HTTP 429 with Retry-After"
    UNAVAILABLE = "HTTP 503"
    NO_AUDIO = "turn.end without audio"
    UNKNOWN_PATH = "a frame with a path that is none"
    MALFORMED_JSON = "metadata that is not JSON"
    MALFORMED_METADATA = "metadata of another shape"
    MALFORMED_BINARY = "a binary frame of one byte"
    DROPPED_CHUNK = "a part of the audio is left out"
    LOST_PART = "0.12 s of the audio are left out"
    DROPPED_METADATA = "a boundary is left out"
    TORN_FRAME = "some bytes of the audio are left out"
    TRUNCATED = "audio and boundaries end after a minute"
    EARLY_END = "turn.end comes before the last audio"


REFUSALS = {
    Fault.FORBIDDEN: (403, {}),
    Fault.FORBIDDEN_TWICE: (403, {}),
    Fault.FORBIDDEN_BAD_DATE: (403, {"Date": "yesterday"}),
    Fault.FORBIDDEN_WRONG_DATE: (403, {"Date": "Thu, 01 Jan 2015 00:00:00 GMT"}),
    Fault.TOO_MANY: (429, {}),
    Fault.UNAVAILABLE: (503, {}),
}

Plan = Callable[[int], Fault | None]
"""Which fault the n-th connection, from 0, meets."""


def no_fault(_number: int) -> Fault | None:
    """The plan of a service that works."""
    return None


@dataclass(frozen=True, slots=True)
class Ending:
    """How the answer to a text ends: silence after speech, and where the last word is told to end.

    ``told_seconds`` after speech ends, or before; None where the last word is not told of.
    """

    silence_seconds: float = 0.8
    told_seconds: float | None = 0.0


def usual_ending(_text: str) -> Ending:
    """The ending of every answer, of a service that nobody knows to be otherwise."""
    return Ending()


@dataclass(frozen=True, slots=True)
class Manner:
    """How the service behaves where the protocol leaves it free.

    ``times_real_time``: how fast audio comes (None: at once). ``kinds``: boundaries to tell of
    (None: as asked). ``is_polite``: it answers when the client closes the socket.
    ``told_tail_seconds``: what the last boundary takes in of the silence after it. ``ending``
    is how the answer to each text ends, the same in every attempt.
    """

    first_byte_seconds: float = 0.0
    times_real_time: float | None = None
    chunk_bytes: int = 5 * FRAME_BYTES
    kinds: tuple[str, ...] | None = None
    boundaries_last: bool = False
    retry_after: str = "1"
    extra_metadata: tuple[dict[str, Any], ...] = ()
    boundaries_a_frame: int = 1
    is_polite: bool = True
    told_tail_seconds: float = 0.0
    ending: Callable[[str], Ending] = field(default=usual_ending, repr=False)


USUAL = Manner()
