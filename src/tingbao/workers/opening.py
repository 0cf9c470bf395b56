"""From ``--executor`` to workers."""

from __future__ import annotations

import importlib.util
import os
import re
from typing import Any

from tingbao.errors import OptionError
from tingbao.workers.executor import Executor, Notice
from tingbao.workers.pool import ProcessPool

_REMOTE = "dask://"
_SCHEDULER = re.compile(r"dask://[^/\s]+:\d{1,5}")


def usable_cores() -> int:
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_executor(named: str, workers: int | None) -> None:
    """Refuse what names no workers.

    Raises:
        OptionError: there is no such executor, Dask is not installed, or the number of workers
            is the scheduler's to decide.
    """
    if named not in ("local", "dask") and not _SCHEDULER.fullmatch(named):
        raise OptionError(f"--executor must be local, dask or dask://HOST:PORT, not {named!r}")
    if named.startswith(_REMOTE) and workers is not None:
        raise OptionError("--workers: a scheduler has the workers that were begun for it")
    if named != "local" and importlib.util.find_spec("distributed") is None:
        raise OptionError(
            f"--executor {named} needs Dask, which is not installed; "
            "install it with: pip install 'tingbao[cluster]'"
        )


def open_executor(named: str, workers: int | None, notice: Notice) -> Executor[Any, Any]:
    """The workers: ``local``, ``dask`` (on this machine) or ``dask://HOST:PORT``.

    ``workers``: how many processes (None: one a core).

    Raises:
        OptionError: as :func:`check_executor`; or the scheduler does not answer.
    """
    check_executor(named, workers)
    if named == "local":
        return ProcessPool(workers or usable_cores(), notice=notice)
    # Dask brings an event loop and 70 MB: only for those who use it.
    from tingbao.workers.cluster import connected, own_cluster  # noqa: PLC0415

    if named == "dask":
        return own_cluster(workers or usable_cores(), notice)
    return connected(named.removeprefix(_REMOTE), notice)
