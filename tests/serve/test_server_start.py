"""Starting, announcing and stopping."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from libraries import manifest, shelve
from tingbao.errors import OptionError, OutputError
from tingbao.publish import render
from tingbao.serve import serve
from tingbao.serve.server import announcement, lan_addresses, listen, qr_code

pytestmark = pytest.mark.slow

SERVE = """
import pathlib, sys
from tingbao.serve import serve
serve(pathlib.Path(sys.argv[1]), sys.argv[2], 0, lambda line: print(line, flush=True))
print("ended")
"""


def test_a_folder_without_a_library_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no library in"):
        serve(tmp_path, "127.0.0.1", 0, print)


def test_a_port_in_use_is_told_as_such(tmp_path: Path) -> None:
    shelve(tmp_path, manifest())
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OptionError, match=f"port {port} is in use; .* another --port"):
            serve(tmp_path, "127.0.0.1", port, print)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.77", "host.invalid", "\udcff", "a" * 80])
def test_a_host_that_is_not_here_is_told_as_such(host: str) -> None:
    with pytest.raises(OptionError, match="no address of this machine"):
        listen(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_it_serves_until_ctrl_c_and_ends_without_a_traceback(tmp_path: Path, host: str) -> None:
    render(shelve(tmp_path, manifest()))
    (tmp_path / "large.mp3").write_bytes(bytes(5_000_000))
    command = [sys.executable, "-c", SERVE, str(tmp_path), host]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert server.stdout is not None
    address = server.stdout.readline().decode().removeprefix("listening page: ").strip()
    for _ in range(20):
        hang_up_early(address)
    with httpx.Client(trust_env=False, timeout=300) as client:
        # A reader that stays does not hold up the end.
        assert client.get(f"{address}feed.xml").status_code == 200
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=600)
    assert out.decode().splitlines()[-1] == "ended"
    assert err == b""
    assert server.returncode == 0


def test_on_one_address_that_address_and_its_feeds_are_announced() -> None:
    assert list(announcement("127.0.0.1", 8765, ["10.0.0.5"])) == [
        "listening page: http://127.0.0.1:8765/",
        "  editions: podcast://127.0.0.1:8765/feed.xml or feed://127.0.0.1:8765/feed.xml",
        "  articles: podcast://127.0.0.1:8765/articles.xml or feed://127.0.0.1:8765/articles.xml",
    ]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_on_all_addresses_the_network_and_a_code_for_a_phone_are_announced(host: str) -> None:
    lines = list(announcement(host, 80, ["10.0.0.5", "192.168.1.2"]))
    assert lines[:2] == ["listening page: http://127.0.0.1/", "in this network: http://10.0.0.5/"]
    assert "  editions: podcast://192.168.1.2/feed.xml or feed://192.168.1.2/feed.xml" in lines
    assert lines[-1] == qr_code("http://10.0.0.5/feed.xml")


def test_without_a_network_that_is_said() -> None:
    assert "no network" in list(announcement("0.0.0.0", 8765, []))[-1]


def test_this_machines_addresses_are_no_loopback_ones() -> None:
    assert not [address for address in lan_addresses() if address.startswith("127.")]


def test_the_code_is_plain_text_with_a_quiet_zone() -> None:
    lines = qr_code("http://10.0.0.5:8765/feed.xml").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set("".join(lines)) <= set("█▀▄ ")
    assert set(lines[0]) == {"█"}
    assert all(line.startswith("██") and line.endswith("██") for line in lines)


def hang_up_early(address: str) -> None:
    """Ask for a file and leave in the middle of it, as players do on every seek."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=600) as connection:
        connection.sendall(b"GET /large.mp3 HTTP/1.1\r\nHost: x\r\nRange: bytes=1000-\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 206")
