"""From ``--executor`` to workers."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

from tingbao.archive.crew import Crew
from tingbao.archive.local import LocalCrew
from tingbao.edition.events import Noticed
from tingbao.errors import OptionError
from tingbao.synthesis.pool import usable_cores

REMOTE = "dask://"
_SCHEDULER = re.compile(r"dask://[^/\s]+:\d{1,5}")


def check_executor(named: str, workers: int | None) -> None:
    """Refuse what names no workers.

    Raises:
        OptionError: there is no such executor, Dask is not installed, or the workers are not
            ours to number.
    """
    if named not in ("local", "dask") and not _SCHEDULER.fullmatch(named):
        raise OptionError(f"--executor must be local, dask or dask://HOST:PORT, not {named!r}")
    if named.startswith(REMOTE) and workers is not None:
        raise OptionError("--workers: a scheduler has the workers that were begun for it")
    if named != "local" and importlib.util.find_spec("distributed") is None:
        raise OptionError(
            f"--executor {named} needs Dask, which is not installed; "
            "install it with: pip install 'tingbao[cluster]'"
        )


def open_crew(named: str, workers: int | None, tell: Callable[[Noticed], None]) -> Crew:
    """The workers: ``local``, ``dask`` (on this machine) or ``dask://HOST:PORT``.

    ``workers``: how many processes (None: one a core).

    Raises:
        OptionError: as :func:`check_executor`; or the scheduler does not answer.
    """
    check_executor(named, workers)
    if named == "local":
        return LocalCrew(workers or usable_cores())
    # Dask brings an event loop and 70 MB: only for those who use it.
    from tingbao.archive.cluster import connected, own_cluster  # noqa: PLC0415

    if named == "dask":
        return own_cluster(workers or usable_cores(), tell)
    return connected(named.removeprefix(REMOTE), tell)
