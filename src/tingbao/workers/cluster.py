"""Workers of a Dask cluster, on this machine or on many: the extra ``tingbao[cluster]``."""

from __future__ import annotations

import contextlib
import importlib
import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from types import ModuleType
from typing import Any, TypeVar

from tingbao.errors import OptionError, WorkersLostError
from tingbao.workers.executor import FailureKind, Notice
from tingbao.workers.pool import interrupts_held

PATIENCE_SECONDS = 120.0
"""A scheduler that is begun again by a supervisor is back by then."""

CONNECT_SECONDS = 10.0

_TaskT = TypeVar("_TaskT")
_AnswerT = TypeVar("_AnswerT")


def own_cluster(size: int, notice: Notice) -> DaskExecutor:
    """A cluster of ``size`` processes on this machine, which ends with the run.

    Raises:
        OptionError: Dask is not installed.
    """
    dask, distributed = _library("dask"), _library("distributed")
    # Each death is reported to us at once, who know what was in hand; the scheduler alone does not.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    # Ctrl-C is for us, who stop the workers: they and their keepers are begun without it.
    with interrupts_held():
        cluster = distributed.LocalCluster(
            n_workers=size,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            # Without one, its web server warns where another cluster holds the usual port.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs=logging.CRITICAL,  # deaths are reported by us, in one line each
        )
    return DaskExecutor(cluster.scheduler_address, notice, cluster.close)


def connected(
    address: str, notice: Notice, patience_seconds: float = PATIENCE_SECONDS
) -> DaskExecutor:
    """The workers of the scheduler at ``HOST:PORT``, which go on after the run.

    Raises:
        OptionError: Dask is not installed, or no scheduler answers.
    """
    _library("distributed")
    return DaskExecutor(address, notice, lambda: None, patience_seconds)


class DaskExecutor:
    """The workers that a scheduler has at the moment."""

    def __init__(
        self,
        address: str,
        notice: Notice,
        end: Callable[[], object],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._address = address
        self._notice = notice
        self._end = end
        self._patience_seconds = patience_seconds
        self._distributed = _library("distributed")
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._threads: dict[str, int] | None = None
        try:
            self._client = self._connected()
        except OSError as error:
            raise OptionError(
                f"no Dask scheduler answers at {address}; begin one with: dask scheduler"
            ) from error
        self._executor = self._client.get_executor(pure=False)
        self._look()

    @property
    def size(self) -> int:
        """How many workers there were when they were last counted."""
        return max(1, len(self._threads or ()))

    def submit(self, call: Callable[[_TaskT], _AnswerT], task: _TaskT) -> Future[_AnswerT]:
        """Have a task done by any worker."""
        try:
            future: Future[_AnswerT] = self._executor.submit(call, task)
        except Exception as error:
            # A client whose scheduler has gone raises whatever its parts raise.
            raise WorkersLostError(f"the scheduler at {self._address} is gone: {error}") from error
        return future

    def failure_of(self, error: BaseException) -> FailureKind | None:
        """The scheduler reports deaths; when it is gone itself, all futures are cancelled."""
        if isinstance(error, self._distributed.KilledWorker) or _is_torn(error):
            return FailureKind.DIED
        lost = (CancelledError, OSError, self._distributed.comm.CommClosedError)
        return FailureKind.LOST if isinstance(error, lost) else None

    def is_lost(self) -> bool:
        """Whether the scheduler answers no more."""
        try:
            self._look()
        except Exception:  # noqa: BLE001  - whatever a client without a scheduler raises
            return True
        return False

    def reconnect(self) -> None:
        """Connect again, with growing waits."""
        until, wait = time.monotonic() + self._patience_seconds, 0.25
        self._drop()
        while True:
            try:
                self._client = self._connected()
                self._executor = self._client.get_executor(pure=False)
                self._look()
            except OSError as error:
                if time.monotonic() + wait > until:
                    raise WorkersLostError(
                        f"the scheduler at {self._address} is gone; what is done is kept: "
                        "run the same command again to go on"
                    ) from error
                time.sleep(wait)
                wait *= 2
            else:
                return

    def close(self) -> None:
        """Cancel what is not done and leave; a cluster of our own ends."""
        with contextlib.suppress(Exception):  # a scheduler that has gone needs no goodbye
            self._executor.shutdown(wait=False)
        self._drop()
        self._end()

    def _connected(self) -> Any:  # noqa: ANN401  - Dask ships no types
        timeout = min(CONNECT_SECONDS, max(self._patience_seconds, 1.0))
        return self._distributed.Client(self._address, timeout=timeout, set_as_default=False)

    def _drop(self) -> None:
        with contextlib.suppress(Exception):  # as above
            self._client.close(timeout=1)

    def _look(self) -> None:
        """Count the workers, and say what is wrong with them."""
        before, self._threads = self._threads, dict(self._client.nthreads())
        if not self._threads and before != {}:
            self._notice(f"the scheduler at {self._address} has no workers; waiting")
        many = [name for name, threads in self._threads.items() if threads > 1]
        if many and not before:
            self._notice(
                f"{len(many)} of the workers have several threads, of which one is used; "
                "begin them with: dask worker --nthreads 1"
            )


def _is_torn(error: BaseException) -> bool:
    """Whether the worker that held an answer died while Dask's executor handed it over.

    The executor asks for the answer and then for its state; where the state has changed in
    between, it takes the answer apart as if it were an error, and stumbles.
    """
    if not isinstance(error, TypeError):
        return False
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(frames) and frames[-1].f_globals.get("__name__") == "distributed.cfexecutor"


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise OptionError(
            f"Dask cannot be loaded ({error}); "
            "install it again with: pip install 'tingbao[cluster]'"
        ) from error
