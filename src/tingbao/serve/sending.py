"""One open file as an answer, whole or in pieces.

The file stays open from the moment its length and validators are told until the last byte is
sent: a build that puts another one in its place meanwhile changes nothing of the answer.
"""

from __future__ import annotations

import asyncio
import email.utils
import os
import secrets
import stat
from collections.abc import AsyncIterator, Mapping, Sequence
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
    """A file that is held, and what is told of it."""

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


class FileAnswer(Response):
    """All of a file (``pieces`` is None), one piece of it, or several parts (RFC 9110, 14.6).

    Without any piece none could be had, which is told. It closes the file when it is sent, or
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
            told = f"Content-Type: {kind}\r\nContent-Range: {self._named(piece)}"
            self._parts += [f"\r\n--{boundary}\r\n{told}\r\n\r\n".encode(), piece]
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
