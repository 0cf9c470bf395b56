"""The real ``tingbao serve`` in a process of its own, and bytes straight on its wire."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from libraries import manifest, shelve
from tingbao.publish import render

__all__ = ["Served", "exchanged", "request", "served", "stocked"]

PROGRAM = """
import pathlib, sys
from tingbao.serve import serve
serve(pathlib.Path(sys.argv[1]), "127.0.0.1", 0, lambda line: print(line, flush=True))
"""
PATIENCE_SECONDS = 300
"""Only a server that hangs takes so long."""


@dataclass(frozen=True)
class Served:
    """A server: its process, its port, and the file of what it complained of."""

    process: int
    port: int
    complaints: Path

    def connected(self) -> socket.socket:
        """A connection of a client's own."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def memory_kb(self) -> int:
        """What it holds in memory at this moment."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024

    def open_files(self) -> int:
        """How many files and connections it holds open."""
        return len(list(Path(f"/proc/{self.process}/fd").iterdir()))

    def complained(self) -> str:
        """All that it wrote on standard error."""
        return self.complaints.read_text()


def stocked(folder: Path, sound: bytes) -> Path:
    """A library of one edition in ``folder``, with ``sound`` in its file ``large.mp3``."""
    library = shelve(folder / "library", manifest())
    render(library)
    (library / "large.mp3").write_bytes(sound)
    return library


@contextlib.contextmanager
def served(library: Path, folder: Path, program: str = PROGRAM) -> Iterator[Served]:
    """Serve a library until the end of the block."""
    complaints = folder / "complaints.log"
    with (
        complaints.open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", program, str(library)], stdout=subprocess.PIPE, stderr=log
        ) as process,
    ):
        try:
            assert process.stdout is not None
            first = process.stdout.readline().decode().strip()
            port = int(first.rstrip("/").rpartition(":")[2])
            server = Served(process.pid, port, complaints)
            exchanged(server, request("/"))  # from the first answer on, all its own files are open
            yield server
        finally:
            process.kill()


def request(path: str, *headers: str, method: str = "GET") -> bytes:
    """A request after which the server closes the connection."""
    lines = (f"{method} {path} HTTP/1.1", "Host: a", "Connection: close", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def exchanged(server: Served, sent: bytes) -> bytes:
    """All that the server answers to these bytes, after which we say no more.

    A server that cuts us off while we still speak has answered too: with nothing.
    """
    with server.connected() as line:
        heard = b""
        with contextlib.suppress(OSError):
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            while block := line.recv(1 << 16):
                heard += block
        return heard
