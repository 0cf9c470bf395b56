"""A real server on loopback for the tests."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tingbao.serve.connections import Limits
from tingbao.serve.server import listen, server_of


@contextlib.contextmanager
def running(
    library: Path, tell: Callable[[str], None] = print, limits: Limits | None = None
) -> Iterator[str]:
    """Serve a library on a free port of this machine; yields its address with a slash."""
    with listen("127.0.0.1", 0) as listener:
        server = server_of(library, tell, limits)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 300
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join(300)
