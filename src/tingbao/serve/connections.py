"""The connections of clients, good and bad: none may keep the others from being served.

When there are as many as we hold, one that has been of no use for longest makes room for the
next, so that somebody new is always heard. Else a client is given up when for a while it has
neither sent a whole request nor taken anything of an answer.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

if sys.platform != "win32":
    import resource

BACKLOG = 128
"""How many clients wait to be let in; so many come in at once, before any makes room."""
MOST_CONNECTIONS = 256
MOST_AHEAD_BYTES = 256 << 10
"""What a client may send ahead of the answer that it is getting."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``connections`` held at once; ``patience_seconds`` with one that does nothing.

    A minute is what web servers usually wait; a player that had paused asks again for what it
    still needs.
    """

    connections: int = MOST_CONNECTIONS
    patience_seconds: float = 60.0


def affordable() -> Limits:
    """Limits by what the system allows: a quarter of the files that a process may hold open.

    Each connection takes two at most, its own and that of what it is sent; the rest is for those
    who wait to be let in, and for us.
    """
    if sys.platform == "win32":
        return Limits()
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = allowed == resource.RLIM_INFINITY
    return Limits() if unlimited else Limits(min(MOST_CONNECTIONS, allowed // 4))


def guarded(limits: Limits) -> type[asyncio.Protocol]:
    """What uvicorn is to make for each client, held to ``limits``."""
    return cast("type[asyncio.Protocol]", partial(_Connection, limits))


class _Connection(H11Protocol):
    """One client's connection; ``useful_at`` is when it last did what clients come for."""

    def __init__(
        self,
        limits: Limits,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limits = limits
        self.useful_at = self.loop.time()
        self.has_said_all = False

    @property
    def is_answering(self) -> bool:
        """Whether an answer is under way."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let a client in; if need be another one goes."""
        super().connection_made(transport)
        self._watch()
        others = [one for one in self.connections if isinstance(one, _Connection)]
        _make_room(others, self.limits.connections)

    def data_received(self, data: bytes) -> None:
        """Take what a client sends, unless it is far ahead of what we answer."""
        asked = self.cycle
        super().data_received(data)
        if self.cycle is not asked:
            self.useful_at = self.loop.time()
        if len(self.conn.trailing_data[0]) > MOST_AHEAD_BYTES:
            self.transport.abort()

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client says no more; whether the connection stays open for what it asked for."""
        self.has_said_all = True
        return self.is_answering

    def resume_writing(self) -> None:
        """The client has taken what was waiting for it."""
        super().resume_writing()
        self.useful_at = self.loop.time()

    def on_response_complete(self) -> None:
        """Go on to the next request, if there may be one."""
        self.useful_at = self.loop.time()
        super().on_response_complete()
        if self.has_said_all and not self.is_answering:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no HTTP, if an answer can still be given."""
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:  # one is under way, or was the last
            self.transport.close()

    def _watch(self) -> None:
        left = self.useful_at + self.limits.patience_seconds - self.loop.time()
        if self.transport.is_closing():
            return
        if left <= 0:
            self.transport.abort()
            return
        self.loop.call_later(left, self._watch)


def _make_room(connections: Sequence[_Connection], most: int) -> None:
    """End the connections that have been of no use for longest, until at most ``most`` remain.

    Those that are being answered and those that still have to ask each have half of the room, so
    that neither a crowd of the ones nor of the others drives all of the rest out.
    """
    excess = len(connections) - most
    if excess <= 0:
        return
    answered = [one for one in connections if one.is_answering]
    asking = [one for one in connections if not one.is_answering]
    group = answered if len(answered) > most // 2 else asking
    for one in sorted(group, key=lambda one: one.useful_at)[:excess]:
        one.transport.abort()
