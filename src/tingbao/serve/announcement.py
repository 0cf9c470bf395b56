"""What is told when the server starts: addresses, feeds, and a code for a phone's camera."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator, Sequence

import segno

from tingbao.publish import ARTICLES_FEED, EDITIONS_FEED

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
