"""One request through the client: all that comes, in bounded time, and our errors only."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import aiohttp
import edge_tts
from edge_tts.exceptions import NoAudioReceived, SkewAdjustmentError
from edge_tts.typing import TTSChunk

from tingbao.errors import IncompleteClipError, SynthesisError, TransientSynthesisError
from tingbao.synthesis.edge.policy import BusyError, NoSoundError, RefusedError, Timeouts
from tingbao.synthesis.edge.proof import Answer, Boundary, BoundaryKind, Question, audio_seconds

TICKS_PER_SECOND = 10_000_000
"""Boundaries are given in units of 100 ns."""

OVERFLOW_TICKS = 2**32
"""The service counts in 32 bits: after 215 s its offsets start again from below."""

CUT_OFF_SECONDS = 0.1
FORBIDDEN, SERVER_ERROR = 403, 500
FORBIDDEN_ADVICE = "the service refuses (HTTP 403: it may need a newer edge-tts)"
"""Each time it began to refuse everybody, a new release of the client was the cure."""


@dataclass(slots=True)
class _Received:
    """What has come so far."""

    timeouts: Timeouts
    clock: Callable[[], float]
    began: float
    last: float | None = None
    audio: bytearray = field(default_factory=bytearray)
    boundaries: list[Boundary] = field(default_factory=list)

    def add(self, chunk: TTSChunk) -> None:
        self.last = self.clock()
        if chunk["type"] == "audio":
            self.audio += chunk["data"]
            if audio_seconds(self.audio) > self.timeouts.sound:
                raise IncompleteClipError("the sound does not end")

    @property
    def answer(self) -> Answer:
        return Answer(bytes(self.audio), tuple(self.boundaries))

    @property
    def deadline(self) -> float:
        """When the patience with what comes next ends."""
        total = self.began + self.timeouts.all
        if self.last is None:
            return min(total, self.began + self.timeouts.first)
        return min(total, self.last + self.timeouts.more)


class _Client(edge_tts.Communicate):
    """The client, made to keep every boundary that a frame of metadata holds.

    Its own reading returns the first one alone, and fails at a frame that holds none. A
    release that renames this private method falls back to that.
    """

    boundaries: list[Boundary]
    _last_ticks: float = 0.0

    def _Communicate__parse_metadata(self, data: bytes) -> TTSChunk:  # noqa: N802 - see above
        for entry in json.loads(data)["Metadata"]:
            if entry["Type"] in ("WordBoundary", "SentenceBoundary"):
                self.boundaries.append(self._boundary(entry["Type"], entry["Data"]))
        return {"type": "WordBoundary", "offset": 0, "duration": 0, "text": ""}

    def _boundary(self, kind: BoundaryKind, given: dict[str, object]) -> Boundary:
        offset, duration, text = given["Offset"], given["Duration"], given["text"]
        assert isinstance(offset, int | float)
        assert isinstance(duration, int | float)
        assert isinstance(text, dict)
        offset += OVERFLOW_TICKS * round((self._last_ticks - offset) / OVERFLOW_TICKS)
        end = offset + duration
        if not 0 <= offset <= end < math.inf:
            raise ValueError(f"a boundary from {offset} to {end}")
        self._last_ticks = offset
        return Boundary(kind, str(text["Text"]), offset / TICKS_PER_SECOND, end / TICKS_PER_SECOND)


async def ask(question: Question, timeouts: Timeouts) -> Answer:
    """Ask for one piece of text and take what comes; whether it is complete is not known yet.

    The client cannot distinguish a cut answer from a complete one, so one that falls silent
    after its first sound is returned as well: only the proof decides.

    Raises:
        BusyError: the service cannot answer now, or refuses.
        NoSoundError: the answer holds no sound.
        TransientSynthesisError: the answer broke off, or did not come.
        IncompleteClipError: it does not end.
        SynthesisError: the voice settings are not such as the service takes.
    """
    clock = asyncio.get_running_loop().time
    received = _Received(timeouts, clock, clock())
    task = asyncio.create_task(_listen(_client_for(question), received))
    try:
        while not task.done() and received.deadline > clock():
            await asyncio.wait({task}, timeout=received.deadline - clock())
        if task.done():
            await task
        elif not received.audio:
            raise TransientSynthesisError(f"no answer came in {clock() - received.began:.0f} s")
    finally:
        await _cut_off(task)
    return received.answer


async def _listen(client: _Client, received: _Received) -> None:
    client.boundaries = received.boundaries
    with _our_errors():
        async with contextlib.aclosing(client.stream()) as stream:
            async for chunk in stream:
                received.add(chunk)


def _client_for(question: Question) -> _Client:
    """The client that sends ``question``; it has not connected yet.

    Raises:
        SynthesisError: the voice settings are not such as the service takes.
    """
    voice = question.voice
    try:
        return _Client(
            question.text,
            voice.voice,
            rate=f"{round(100 * voice.rate) - 100:+d}%",
            pitch=f"{voice.pitch_hz:+d}Hz",
            boundary=question.boundary,
        )
    except (TypeError, ValueError) as error:
        raise SynthesisError(f"the service has no such voice: {error}") from error


async def _cut_off(task: asyncio.Task[None]) -> None:
    """End a request for certain.

    The first cancellation closes the socket politely, which waits ten seconds for a service that
    says nothing; the second ends that.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=CUT_OFF_SECONDS)
    if not task.cancelled():
        # Nobody waits for the error of a request that failed while it was stopped: the loop would
        # print it.
        task.exception()


@contextlib.contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except IncompleteClipError:
        raise
    except aiohttp.ClientResponseError as error:
        raise _http_error(error) from error
    except SkewAdjustmentError as error:
        raise RefusedError(FORBIDDEN_ADVICE) from error
    except aiohttp.ClientConnectorError as error:
        raise TransientSynthesisError(f"cannot reach the service ({error.strerror})") from error
    except NoAudioReceived as error:
        raise NoSoundError("the answer holds no sound") from error
    except Exception as error:
        # Malformed frames leave the client as ValueError, KeyError, TypeError and others.
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise TransientSynthesisError(f"the answer broke off ({said})") from error


def _http_error(error: aiohttp.ClientResponseError) -> BusyError:
    if error.status >= SERVER_ERROR:
        return BusyError(f"the service is busy (HTTP {error.status})", _retry_after(error))
    plain = f"the service refuses (HTTP {error.status})"
    said = FORBIDDEN_ADVICE if error.status == FORBIDDEN else plain
    return RefusedError(said, _retry_after(error))


def _retry_after(error: aiohttp.ClientResponseError) -> float | None:
    """Seconds to wait, given as such or as a date (RFC 9110, 10.2.3)."""
    given = (error.headers.get("Retry-After", "") if error.headers else "").strip()
    if given.isascii() and given.isdigit():
        return float(given)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
