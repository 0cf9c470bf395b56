"""Starting and stopping the server, and what it announces: addresses, feeds, a code for a phone."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import segno
import uvicorn

from tingbao.errors import OptionError
from tingbao.publish import ARTICLES_FEED, EDITIONS_FEED, required_library
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
    folder: Path, report: Callable[[str], None] = print, limits: Limits | None = None
) -> uvicorn.Server:
    """A server, not yet running, for the library in ``folder``; ``report`` gets its troubles."""
    return uvicorn.Server(
        uvicorn.Config(
            application(folder, report),
            http=guarded(limits or affordable()),
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="error",  # clients that speak no HTTP do not concern the user
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


QUIET_ZONE = 2
"""Light modules around the code; cameras find it with fewer than the four of the standard."""
_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Two modules above each other, dark or not, on a dark terminal."""


def announcement(host: str, port: int, lan: Sequence[str]) -> Iterator[str]:
    """The lines to show for a server on ``host``; ``lan`` are this machine's other addresses."""
    everywhere = _is_unspecified(host)
    here = _authority("127.0.0.1" if everywhere else host, port)
    yield f"listening page: http://{here}/"
    if not everywhere:
        yield from _feeds(here)
        return
    if not lan:
        yield "this machine has no other address: it is in no network"
        return
    for address in lan:
        there = _authority(address, port)
        yield f"in this network: http://{there}/"
        yield from _feeds(there)
    first = f"http://{_authority(lan[0], port)}/{EDITIONS_FEED}"
    yield f"for a phone in the same network, the feed {first}"
    yield qr_code(first)


def lan_addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this machine that others in its network reach, the usual one first."""
    found = [*_outgoing(), *_of_name()]
    usable = [address for address in found if not ipaddress.ip_address(address).is_loopback]
    return tuple(dict.fromkeys(usable))


def qr_code(text: str) -> str:
    """A QR code in half blocks, without control codes; light on dark as terminals are."""
    code = segno.make(text, error="m", micro=False)
    rows = [[bool(dark) for dark in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(_BLOCKS[both] for both in zip(*pair, strict=True)) for pair in pairs)


def _feeds(authority: str) -> Iterator[str]:
    for name, file in (("editions", EDITIONS_FEED), ("articles", ARTICLES_FEED)):
        yield f"  {name}: podcast://{authority}/{file} or feed://{authority}/{file}"


def _authority(address: str, port: int) -> str:
    name = f"[{address}]" if ":" in address else address
    return name if port == 80 else f"{name}:{port}"


def _is_unspecified(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _outgoing() -> Iterator[str]:
    """The address that packets to elsewhere would leave from; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
            yield str(probe.getsockname()[0])
        except OSError:
            return


def _of_name() -> Iterator[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return
    yield from (str(entry[4][0]) for entry in found)
