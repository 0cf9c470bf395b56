"""Clients who say nothing, half of something, or take nothing: the others are served meanwhile."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from wire import Served, exchanged, request, served, stocked

from libraries import manifest, shelve
from tingbao.serve.connections import MOST_CONNECTIONS

pytestmark = pytest.mark.slow

MANY = MOST_CONNECTIONS + 150
"""More than a server holds at once."""
SOUND = random.Random(5).randbytes(8_000_000)
LONG = request("/large.mp3")
SLOW = {
    "say nothing": b"",
    "send half a request": b"GET / HTTP/1.1\r\nHost: a\r\n",
    "ask, and take nothing": LONG,
    "ask without end, and take nothing": LONG.replace(b"Connection: close\r\n", b"") * 200,
    "promise a body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
}

IMPATIENT = """
import pathlib, sys
from tingbao.serve.connections import Limits
from tingbao.serve.server import listen, server_of
listener = listen("127.0.0.1", 0)
server = server_of(pathlib.Path(sys.argv[1]), limits=Limits(patience_seconds=0.1))
print(f"at :{listener.getsockname()[1]}", flush=True)
server.run(sockets=[listener])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    room = tmp_path_factory.mktemp("slow")
    with served(stocked(room, SOUND), room) as one:
        yield one


@contextlib.contextmanager
def crowd(server: Served, said: bytes) -> Iterator[list[socket.socket]]:
    """Many clients, each of which says this and nothing more."""
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(server.connected()) for _ in range(MANY)]
        for line in lines:
            with contextlib.suppress(ConnectionError):  # it has been cut off already
                line.sendall(said)
        yield lines


@pytest.mark.parametrize("kind", SLOW)
def test_many_clients_who_are_slow_do_not_keep_one_who_listens_waiting(
    server: Served, kind: str
) -> None:
    before = server.memory_kb()
    with crowd(server, SLOW[kind]):
        for _ in range(3):
            assert exchanged(server, LONG).endswith(SOUND)
            assert exchanged(server, request("/feed.xml")).startswith(b"HTTP/1.1 200 ")
        assert server.open_files() <= 2 * MOST_CONNECTIONS + 50
        assert server.memory_kb() - before < 120_000
    assert server.complained() == ""


def test_one_who_listens_goes_on_while_a_crowd_comes(server: Served) -> None:
    with server.connected() as line:
        line.sendall(LONG)
        heard = line.recv(1 << 16)
        with crowd(server, b"G"):
            while block := line.recv(1 << 16):
                heard += block
    assert heard.endswith(SOUND)


def test_those_who_do_nothing_for_long_are_given_up(tmp_path: Path) -> None:
    library = shelve(tmp_path / "library", manifest())
    (library / "large.mp3").write_bytes(SOUND)
    with served(library, tmp_path, IMPATIENT) as server, contextlib.ExitStack() as stack:
        before = server.open_files()
        for said in SLOW.values():
            line = stack.enter_context(server.connected())
            with contextlib.suppress(OSError):
                line.sendall(said)
        deadline = time.monotonic() + 300
        while server.open_files() > before and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.open_files() <= before
