"""Whatever bytes a stranger sends to ``serve``: it answers the next good request as before."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator

import pytest
from wire import Served, exchanged, request, served, stocked

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("TINGBAO_TRUST_REQUESTS", "200"))

SECRET = b"what no stranger may read"
SOUND = random.Random(5).randbytes(2_000_000)
GOOD = request("/feed.xml")
SEEDS = (
    GOOD,
    request("/large.mp3", "Range: bytes=0-99,500-", 'If-Range: "x"'),
    request("/2026-03-14/", 'If-None-Match: W/"a", *', "If-Modified-Since: 1 Jan 2026 00:00:00"),
    request("/2026-03-14/chapters.json", "Origin: http://b", method="OPTIONS"),
    request("/%2e%2e/secret.txt", "X-Forwarded-Proto: https", "X-Forwarded-For: ::1"),
    request("/", "Content-Length: 3", method="POST") + b"abc",
    request("/", "Transfer-Encoding: chunked") + b"3\r\nabc\r\n0\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
)
PIECES = (
    *(b"\0", b"\r\n", b"\r", b"\n", b"\r\n\r\n", b" ", b"\t", b":", b"%", b"%00", b"%2e%2e%2f"),
    *(b"../", b"..\\", b"//", b"http://b/", b"?", b"#", b"\xff", b"\xc0\xae", b"-1", b"9" * 40),
    *(b"HTTP/2.0", b"HTTP/1.1", b"bytes=", b"0-,-1", b"chunked", b"\x16\x03\x01", b"a" * 9000),
)

ODD = {
    "nothing": b"",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
    "a line without end": b"GET /" + b"a" * 500_000,
    "a header without end": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 500_000,
    "twenty thousand headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "a proxy's request": b"CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n",
    "any server": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "two hosts": b"GET /feed.xml HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "no length": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
    "more than it sends": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nabc",
    "no chunks": b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n",
    "no chunks of a request that was answered": request("/", "Transfer-Encoding: chunked")
    + b"0\r\nX\r\n\r\n",
    "another protocol": request("/", "Upgrade: websocket", "Sec-WebSocket-Key: a"),
    "a year beyond all": request("/feed.xml", f"If-Modified-Since: 1 Jan {'9' * 20} 00:00:00 GMT"),
    "a zone beyond all": request(
        "/2026-03-14/", f"If-Modified-Since: Mon, 01 Jan 2001 00:00:00 +{'9' * 30}"
    ),
    "many ranges": request("/large.mp3", "Range: bytes=" + ",".join(["0-"] * 16)),
    "many tags": request("/feed.xml", "If-None-Match: " + ",".join(f'"{n}"' for n in range(5000))),
    "deep folders": request("/a" * 20_000),
    "nonsense after a good one": GOOD.replace(b"Connection: close\r\n", b"") + b"\0\0\0\r\n\r\n",
    "nonsense behind a long answer": b"GET /large.mp3 HTTP/1.1\r\nHost: a\r\n\r\n\0\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    room = tmp_path_factory.mktemp("hostile")
    library = stocked(room, SOUND)
    (room / "secret.txt").write_bytes(SECRET)
    (library / "out.txt").symlink_to(room / "secret.txt")
    (library / "out").symlink_to(room)
    (library / ".hidden.txt").write_bytes(SECRET)
    os.mkfifo(library / "pipe.mp3")
    with served(library, room) as one:
        exchanged(one, GOOD)
        yield one


def is_well(server: Served) -> bool:
    """Whether it answers a good request, and had nothing to complain of."""
    return exchanged(server, GOOD).startswith(b"HTTP/1.1 200 ") and server.complained() == ""


def mutated(rounds: int) -> Iterator[bytes]:
    """Good and odd requests, spoilt at up to five places, the same ones each time."""
    chance = random.Random(11)
    for _ in range(rounds):
        raw = b"".join(chance.choices(SEEDS, k=chance.choice((1, 1, 1, 2, 3))))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(raw) + 1)
            raw = raw[:at] + chance.choice((*PIECES, chance.randbytes(3))) + raw[at:]
            at = chance.randrange(len(raw) + 1)
            raw = raw[:at] + raw[at + chance.choice((0, 0, 1, 7)) :]
        yield raw[: chance.choice((len(raw), chance.randrange(len(raw) + 1)))]


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_request_is_answered_or_cut_off_and_the_next_is_served(
    server: Served, kind: str
) -> None:
    heard = exchanged(server, ODD[kind])
    assert not heard or heard.startswith(b"HTTP/1.1 "), heard[:99]
    assert b" 500 " not in heard[:20]
    assert is_well(server), server.complained()


def test_spoilt_requests_neither_end_the_server_nor_grow_it_nor_open_what_is_outside(
    server: Served,
) -> None:
    for raw in mutated(ROUNDS // 8):
        exchanged(server, raw)
    before, files = server.memory_kb(), server.open_files()
    for raw in mutated(ROUNDS):
        heard = exchanged(server, raw)
        assert SECRET not in heard, raw
        assert not heard or heard.startswith(b"HTTP/1.1 "), raw
        assert b"HTTP/1.1 500 " not in heard, raw
    assert is_well(server), server.complained()
    assert server.memory_kb() - before < 20_000
    assert server.open_files() <= files + 1


@pytest.mark.parametrize(
    "path",
    [
        *("/out.txt", "/out/secret.txt", "/out", "/.hidden.txt", "/../secret.txt", "/pipe.mp3"),
        *("/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%5csecret.txt", "/..;/secret.txt"),
        *("/2026-03-14/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/./../secret.txt"),
        *("http://a/../secret.txt", "HTTP://b/out.txt", "file:///etc/passwd", "//secret.txt"),
        *("/%c0%ae%c0%ae/secret.txt", "/%uff0e%uff0e/secret.txt", "/%252e%252e/secret.txt"),
        *(
            "/feed.xml%00.txt",
            "/feed.xml::$DATA",
            "/FEED~1.XML",
            "/con",
            "/NUL.mp3",
            "/C:/boot.ini",
        ),
        *("/" + "../" * 2000 + "secret.txt", "/" + "%2e%2e%2f" * 2000 + "secret.txt"),
    ],
)
def test_no_path_leads_out_of_the_library(server: Served, path: str) -> None:
    heard = exchanged(server, request(path))
    assert heard.startswith(b"HTTP/1.1 404 "), heard[:99]
    assert SECRET not in heard


def test_a_whole_address_is_answered_like_its_path(server: Served) -> None:
    heard = exchanged(server, request("http://a/2026-03-14/transcript.txt"))
    assert heard.startswith(b"HTTP/1.1 200 ")
    assert heard == exchanged(server, request("/2026-03-14/transcript.txt"))


def test_a_client_of_the_first_version_gets_its_file_too(server: Served) -> None:
    heard = exchanged(server, b"GET /large.mp3 HTTP/1.0\r\n\r\n")
    assert heard.endswith(SOUND)


def test_requests_in_a_row_are_answered_in_their_order(server: Served) -> None:
    asked = [b"GET /large.mp3 HTTP/1.1\r\nHost: a\r\nRange: bytes=%d-%d\r\n\r\n" % (at, at + 3)
             for at in range(0, 200, 4)]  # fmt: skip
    heard = exchanged(server, b"".join(asked) + GOOD)
    told = [int(one) for one in re.findall(rb"content-range: bytes (\d+)-", heard)]
    assert told == [*range(0, 200, 4)]


def test_overlapping_ranges_ask_for_no_byte_twice(server: Served) -> None:
    heard = exchanged(server, request("/large.mp3", "Range: bytes=" + ",".join(["0-"] * 16)))
    assert heard.endswith(SOUND)
    assert len(heard) < len(SOUND) + 1000


def test_a_client_that_sends_without_listening_does_not_fill_the_memory(server: Served) -> None:
    before = server.memory_kb()
    asked = b"GET /2026-03-14/transcript.txt HTTP/1.1\r\nHost: a\r\n\r\n" * 1000
    with server.connected() as line:
        line.settimeout(1)
        try:
            for _ in range(1000):
                line.sendall(asked)
        except (TimeoutError, ConnectionError):
            pass
        assert is_well(server)
    assert server.memory_kb() - before < 20_000
