"""Starting and stopping the server."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tingbao.errors import OptionError
from tingbao.publish import required_library
from tingbao.serve.announcement import announcement, lan_addresses
from tingbao.serve.app import application
from tingbao.serve.connections import BACKLOG, Limits, affordable, guarded

SEND_BYTES = 256 << 10
"""What the system keeps for a client: else it is megabytes for each who takes nothing."""
GOODBYE_SECONDS = 1
"""How long a listener's download may hold up the end; players ask again where they were."""


def serve(folder: Path, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the library in ``folder`` until Ctrl-C; ``announce`` gets lines for the user.

    Port 0 takes any free one.

    Raises:
        OutputError: there is no library.
        LibraryError: it cannot be used.
        OptionError: host or port cannot be listened on.
    """
    required_library(folder)
    with listen(host, port) as listener:
        for line in announcement(host, listener.getsockname()[1], lan_addresses()):
            announce(line)
        with contextlib.suppress(KeyboardInterrupt):  # the usual end of serving, and no failure
            server_of(folder, announce).run(sockets=[listener])


def server_of(
    folder: Path, tell: Callable[[str], None] = print, limits: Limits | None = None
) -> uvicorn.Server:
    """A server, not yet running, for the library in ``folder``; ``tell`` gets its troubles."""
    return uvicorn.Server(
        uvicorn.Config(
            application(folder, tell),
            http=guarded(limits or affordable()),
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="error",  # strangers who speak no HTTP are none of the user's business
            backlog=BACKLOG,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on ``host`` and ``port``.

    Raises:
        OptionError: there is no such address here, or the port is taken or not allowed.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError) as error:
        raise OptionError(f"--host {host!r} is no address of this machine") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        listener.bind(address)
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _unusable(host, port, error) from error
    return listener


def _unusable(host: str, port: int, error: Exception) -> OptionError:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return OptionError(f"port {port} is in use; stop the other program or give another --port")
    if number == errno.EACCES:
        return OptionError(f"port {port} is not allowed for this user; give --port 1024 or higher")
    if number == errno.EADDRNOTAVAIL:
        return OptionError(f"--host {host!r} is no address of this machine")
    return OptionError(f"cannot listen on {host} port {port}: {error}")
