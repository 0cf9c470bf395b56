"""The online voice's service on loopback: its whole protocol with real MP3, and every way to fail.

A plain function says which fault the n-th connection meets. What was asked is remembered.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from edge_faults import REFUSALS, USUAL, Fault, Manner, Plan, no_fault
from edge_sound import (
    BYTES_PER_SECOND,
    Word,
    audio_of,
    chunks_of,
    sentences_of,
    whole_frames,
    words_of,
)

__all__ = ["Asked", "EdgeService"]

ROOT = "/consumer/speech/synthesize/readaloud"
KINDS = ("WordBoundary", "SentenceBoundary")
VOICES = ("zh-CN-XiaoxiaoNeural", "zh-CN-YunyangNeural")
TICKS = 10_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for speech, as the service understood it."""

    text: str
    voice: str
    rate: str
    pitch: str
    boundary: str

    @property
    def voice_name(self) -> str:
        """The short name of the voice: (zh-CN, XiaoxiaoNeural) is zh-CN-XiaoxiaoNeural."""
        found = re.search(r"\((.+), (.+)\)$", self.voice)
        return "-".join(found.groups()) if found else self.voice


@dataclass
class EdgeService:
    """Runs in a thread while the context lasts.

    The answer to the connection ``held`` (from 0) trickles until :meth:`release`.
    """

    plan: Plan = no_fault
    manner: Manner = USUAL
    voices: Sequence[str] = VOICES
    offers: Sequence[str] = KINDS
    held: int | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    listings: int = 0
    most_at_once: int = 0
    arrivals: list[float] = field(default_factory=list)
    _forbidden_next: int = 0
    _at_once: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        started: threading.Event = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()

    def release(self) -> None:
        """Let the held answer flow."""
        self._loop.call_soon_threadsafe(self.released.set)

    def close(self) -> None:
        """Stop answering; nothing listens at the endpoint any more."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    @property
    def endpoint(self) -> str:
        """What ``TINGBAO_EDGE_ENDPOINT`` is to be."""
        return f"ws://127.0.0.1:{self.port}"

    def _serve(self, started: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._main(started))

    async def _main(self, started: threading.Event) -> None:
        self._stop, self.released = asyncio.Event(), asyncio.Event()
        app = web.Application()
        app.router.add_get(f"{ROOT}/voices/list", self._list_voices)
        app.router.add_get(f"{ROOT}/edge/v1", self._speak)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        started.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _list_voices(self, _: web.Request) -> web.Response:
        self.listings += 1
        return web.json_response([{"ShortName": name, "Locale": "zh-CN"} for name in self.voices])

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        number, self.connections = self.connections, self.connections + 1
        self.arrivals.append(time.monotonic())
        fault = self.plan(number)
        if self._forbidden_next:
            self._forbidden_next -= 1
            fault = Fault.FORBIDDEN
        refusal = self._refusal(fault)
        if refusal is not None:
            return refusal
        assert re.fullmatch(r"[0-9A-Fa-f]{16,}(-[0-9A-Fa-f]{64})?", request.query["Sec-MS-GEC"])
        assert re.fullmatch(r"[0-9a-f]{32}", request.query["ConnectionId"])
        socket = web.WebSocketResponse()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await socket.prepare(request)
            await _Answer(self, socket, request, fault, number == self.held).give()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._at_once -= 1
        # Who has gone before the handshake gets no socket, and no answer either.
        return socket if socket.prepared else web.Response()

    def _refusal(self, fault: Fault | None) -> web.Response | None:
        if fault is Fault.FORBIDDEN_TWICE:
            self._forbidden_next += 1
        if fault is Fault.TOO_MANY_RETRY_AFTER:
            return web.Response(status=429, headers={"Retry-After": self.manner.retry_after})
        if fault not in REFUSALS:
            return None
        status, headers = REFUSALS[fault]
        return web.Response(status=status, headers=headers)


@dataclass
class _Answer:
    """One connection: two messages in, metadata and audio out."""

    service: EdgeService
    socket: web.WebSocketResponse
    request: web.Request
    fault: Fault | None
    is_held: bool

    async def give(self) -> None:
        asked = _understood(await self._text(), await self._text())
        self.service.asked.append(asked)
        await asyncio.sleep(self.service.manner.first_byte_seconds)
        await self._say("turn.start", {"context": {"serviceTag": "0"}})
        if self.fault is Fault.STALL_AT_START:
            await self._stall()
        await self._say("response", {"context": {"serviceTag": "0"}, "audio": {"type": "inline"}})
        if self.fault is Fault.UNKNOWN_PATH:
            await self._say("turn.middle", {})
        if self.fault is Fault.MALFORMED_BINARY:
            await self.socket.send_bytes(b"\0")
        if asked.voice_name in self.service.voices and self.fault is not Fault.NO_AUDIO:
            await self._speak(asked)
        await self._say("turn.end", {})
        if not self.service.manner.is_polite:
            await asyncio.sleep(3600)
        await self.socket.receive()

    async def _speak(self, asked: Asked) -> None:
        audio, boundaries = self._content(asked)
        if not self.service.manner.boundaries_last:
            await self._tell(boundaries)
        chunks = list(chunks_of(audio, self.service.manner.chunk_bytes))
        if self.fault is Fault.DROPPED_CHUNK:
            middle = len(chunks) // 2
            del chunks[middle : middle + max(1, len(chunks) // 4)]
        if self.fault is Fault.LOST_PART:
            del chunks[len(chunks) // 2]
        began, sent = asyncio.get_running_loop().time(), 0
        for number, chunk in enumerate(chunks):
            sent += len(chunk)
            await self._keep_pace(began, sent)
            if self.is_held:
                await self._hold_back()
            if number == len(chunks) // 2:
                await self._break_off()
            if number == len(chunks) - 1 and self.fault is Fault.EARLY_END:
                await self._say("turn.end", {})
            await self._send_audio(chunk)
        await self.socket.send_bytes(_binary(b"X-RequestId:0\r\nPath:audio\r\n", b""))
        if self.service.manner.boundaries_last:
            await self._tell(boundaries)

    def _content(self, asked: Asked) -> tuple[bytes, list[tuple[str, Word]]]:
        """Audio and boundaries, with what the fault takes away from them."""
        characters = len(re.findall(r"[^\W_]", asked.text))
        audio = audio_of(characters, self.service.manner.ending(asked.text).silence_seconds)
        told = self._boundaries(asked)
        middle = len(told) // 2
        match self.fault:
            case Fault.HALF | Fault.TRUNCATED:
                end = len(audio) // 2 if self.fault is Fault.HALF else 60 * BYTES_PER_SECOND
                audio = whole_frames(audio[:end])
                told = [each for each in told if each[1].end <= len(audio) / BYTES_PER_SECOND]
            case Fault.HALF_TOLD_WHOLE:
                audio = whole_frames(audio[: len(audio) // 2])
            case Fault.DROPPED_METADATA:
                told = told[:middle] + told[middle + 1 :]
            case Fault.TORN_FRAME:
                audio = audio[: len(audio) // 2] + audio[len(audio) // 2 + 50 :]
            case _:
                pass
        return audio, told

    async def _break_off(self) -> None:
        match self.fault:
            case Fault.CUT:
                self._transport.close()
            case Fault.RESET:
                self._transport.abort()
            case Fault.CLOSED:
                await self.socket.close(code=1011, message=b"internal error")
            case Fault.STALL_IN_AUDIO:
                await self._stall()
            case _:
                return
        raise ConnectionError

    async def _stall(self) -> None:
        """Say nothing until the other side has had enough."""
        while (await self.socket.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
            pass
        raise ConnectionError

    @property
    def _transport(self) -> asyncio.Transport:
        transport = self.request.transport
        assert isinstance(transport, asyncio.Transport)
        return transport

    async def _send_audio(self, chunk: bytes) -> None:
        headers = b"X-RequestId:0\r\nContent-Type:audio/mpeg\r\nX-StreamId:0\r\nPath:audio\r\n"
        await self.socket.send_bytes(_binary(headers, chunk))

    async def _keep_pace(self, began: float, sent_bytes: int) -> None:
        speed = self.service.manner.times_real_time
        if speed:
            due = began + sent_bytes / BYTES_PER_SECOND / speed
            await asyncio.sleep(due - asyncio.get_running_loop().time())

    async def _hold_back(self) -> None:
        """Wait until the test has seen enough, but not so long that the client loses patience."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.service.released.wait(), 1)

    def _boundaries(self, asked: Asked) -> list[tuple[str, Word]]:
        kinds = self.service.manner.kinds or (asked.boundary,)
        kinds = tuple(kind for kind in kinds if kind in self.service.offers)
        of_kind = {"WordBoundary": words_of, "SentenceBoundary": sentences_of}
        told = [(kind, word) for kind in kinds for word in of_kind[kind](asked.text)]
        if not told:
            return []
        told.sort(key=lambda each: each[1].start)
        kind, last = told[-1]
        told_seconds = self.service.manner.ending(asked.text).told_seconds
        if told_seconds is None:
            return told[:-1]
        end = last.end + self.service.manner.told_tail_seconds + told_seconds
        return [*told[:-1], (kind, Word(last.text, last.start, end))]

    async def _tell(self, boundaries: Sequence[tuple[str, Word]]) -> None:
        if self.fault is Fault.MALFORMED_JSON:
            await self._send("audio.metadata", "{")
        if self.fault is Fault.MALFORMED_METADATA:
            await self._say("audio.metadata", {"Metadata": None})
        manner = self.service.manner
        for start in range(0, len(boundaries), manner.boundaries_a_frame):
            these = boundaries[start : start + manner.boundaries_a_frame]
            entries = [*manner.extra_metadata, *(_metadata(kind, word) for kind, word in these)]
            await self._say("audio.metadata", {"Metadata": entries})

    async def _say(self, path: str, body: object) -> None:
        await self._send(path, json.dumps(body))

    async def _send(self, path: str, body: str) -> None:
        kind = "Content-Type:application/json; charset=utf-8"
        await self.socket.send_str(f"X-RequestId:0\r\n{kind}\r\nPath:{path}\r\n\r\n{body}")

    async def _text(self) -> str:
        message = await self.socket.receive()
        if message.type is not WSMsgType.TEXT:
            raise ConnectionError
        return str(message.data)


def _understood(config: str, ssml: str) -> Asked:
    assert "Path:speech.config" in config
    options = json.loads(config.partition("\r\n\r\n")[2])["context"]["synthesis"]["audio"]
    assert options["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    words = options["metadataoptions"]["wordBoundaryEnabled"] == "true"
    found = re.search(
        r"<voice name='([^']*)'><prosody pitch='([^']*)' rate='([^']*)'[^>]*>(.*)</prosody>",
        ssml,
        re.DOTALL,
    )
    assert found, ssml
    voice, pitch, rate, text = found.groups()
    boundary = "WordBoundary" if words else "SentenceBoundary"
    return Asked(html.unescape(text), voice, rate, pitch, boundary)


def _metadata(kind: str, word: Word) -> dict[str, Any]:
    return {
        "Type": kind,
        "Data": {
            "Offset": round(word.start * TICKS),
            "Duration": round((word.end - word.start) * TICKS),
            "text": {
                "Text": html.escape(word.text),
                "Length": len(word.text),
                "BoundaryType": kind,
            },
        },
    }


def _binary(headers: bytes, data: bytes) -> bytes:
    return len(headers).to_bytes(2, "big") + headers + data
