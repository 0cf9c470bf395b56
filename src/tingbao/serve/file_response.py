"""One open file as an answer, whole or in pieces (RFC 9110, section 14).

The file stays open from the moment its length and validators are known until the last byte is
sent: a build that puts another one in its place meanwhile changes nothing of the answer.
Starlette's own class opens it later, answers ranges that make no sense with 400, and knows them for
HEAD.
"""

from __future__ import annotations

import asyncio
import email.utils
import itertools
import os
import re
import secrets
import stat
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

BLOCK_BYTES = 64 << 10

# A named pipe would keep us waiting for whoever writes it; Windows has no such flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is held open, with its length and validators."""

    stream: BinaryIO
    size: int
    etag: str
    last_modified: str


def opened(path: Path) -> OpenFile | None:
    """The file at ``path``; None where there is nothing, or no file.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        stream = os.fdopen(os.open(path, _FLAGS), "rb")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    facts = os.fstat(stream.fileno())
    if not stat.S_ISREG(facts.st_mode):
        stream.close()
        return None
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    changed = email.utils.formatdate(facts.st_mtime, usegmt=True)
    return OpenFile(stream, facts.st_size, etag, changed)


class FileResponse(Response):
    """All of a file (``pieces`` is None), one piece of it, or several parts (RFC 9110, 14.6).

    Without any piece none could be had, which is 416. It closes the file when it is sent, or
    when its client has gone.
    """

    def __init__(
        self,
        file: OpenFile,
        pieces: Sequence[range] | None,
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(status_code=200, media_type=media_type, headers=headers)
        self._file = file
        self._parts: list[bytes | range] = [range(file.size)]
        self.headers["accept-ranges"] = "bytes"
        if pieces is not None:
            self._ask_for(pieces)
        self.headers["content-length"] = str(sum(map(len, self._parts)))

    def close(self) -> None:
        """Close the file: another answer is sent in place of this one."""
        self._file.stream.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, block by block as fast as the client takes them."""
        head = {"type": "http.response.start", "status": self.status_code}
        with self._file.stream:
            await send({**head, "headers": self.raw_headers})
            if scope["method"] != "HEAD" and not await self._is_sent(receive, send):
                return  # without its last message the connection is cut: the client must know
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _ask_for(self, pieces: Sequence[range]) -> None:
        if not pieces:
            self.status_code, self._parts = 416, []
            self.headers["content-range"] = f"bytes */{self._file.size}"
            return
        self.status_code = 206
        if len(pieces) == 1:
            self._parts = [*pieces]
            self.headers["content-range"] = self._named(pieces[0])
            return
        boundary, kind = secrets.token_hex(16), self.headers["content-type"]
        self.headers["content-type"] = f"multipart/byteranges; boundary={boundary}"
        self._parts = []
        for piece in pieces:
            head = f"Content-Type: {kind}\r\nContent-Range: {self._named(piece)}"
            self._parts += [f"\r\n--{boundary}\r\n{head}\r\n\r\n".encode(), piece]
        self._parts.append(f"\r\n--{boundary}--\r\n".encode())

    def _named(self, piece: range) -> str:
        return f"bytes {piece.start}-{piece.stop - 1}/{self._file.size}"

    async def _is_sent(self, receive: Receive, send: Send) -> bool:
        """Send the body; whether all of it could be read and somebody was there to take it."""
        gone = asyncio.ensure_future(_end_of(receive))
        wanted = sum(map(len, self._parts))
        try:
            async for block in self._blocks():
                if gone.done():
                    return False
                wanted -= len(block)
                await send({"type": "http.response.body", "body": block, "more_body": True})
        finally:
            gone.cancel()
        return wanted == 0

    async def _blocks(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
                continue
            for at in range(part.start, part.stop, BLOCK_BYTES):
                yield await run_in_threadpool(self._read, at, min(at + BLOCK_BYTES, part.stop))

    def _read(self, start: int, stop: int) -> bytes:
        self._file.stream.seek(start)
        return self._file.stream.read(stop - start)


async def _end_of(receive: Receive) -> None:
    """Wait until the client has gone; what it still sends is not asked for."""
    while (await receive())["type"] != "http.disconnect":
        pass


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
