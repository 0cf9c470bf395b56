"""The real command, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["begun", "hidden_from_network", "ran"]

COMMAND = "import sys; from tingbao.cli import main; sys.exit(main())"


def begun(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> subprocess.Popen[bytes]:
    """Start ``tingbao`` in ``folder``, with its cache in ``folder/cache``."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=folder,
        env={**environment, "TINGBAO_CACHE": str(folder / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> tuple[int, str, str]:
    """Run ``tingbao`` to its end: exit code, standard output, standard error."""
    with begun(folder, arguments, environment) as process:
        out, err = process.communicate()
    return process.returncode, out.decode(), err.decode()


WATCHER = """
import os, sys

FORBIDDEN = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}

def watch(event, arguments):
    if event in FORBIDDEN:
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments[-1]}\\n")
        raise PermissionError(f"no network here: {event}")

sys.addaudithook(watch)
"""


def hidden_from_network(folder: Path) -> tuple[dict[str, str], Path]:
    """An environment in which no Python process reaches a network, and the log of who tried.

    The interpreter itself tells of every connection (audit events, PEP 578), in workers too.
    """
    site, log = folder / "site", folder / "network.log"
    site.mkdir()
    (site / "sitecustomize.py").write_text(WATCHER)
    paths = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "NETWORK_LOG": str(log)}, log
