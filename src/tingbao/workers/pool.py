"""Worker processes on this machine: a dead one is replaced, a hanging one is ended.

``ProcessPoolExecutor`` gives up all its tasks when one process dies; here only the task in hand
fails, and whoever submitted it decides whether it is tried again.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from tingbao.errors import TingbaoError, WorkersLostError
from tingbao.workers.attempts import TRIES
from tingbao.workers.executor import FailureKind, Notice

_PATIENCE_SECONDS = 5.0

_spawn = multiprocessing.get_context("spawn")

_TaskT = TypeVar("_TaskT")
_AnswerT = TypeVar("_AnswerT")

_Answer = tuple[bool, Any]
"""Whether a task was done, and what came of it: its answer, or an error of ours."""


@dataclass(slots=True)
class _Order:
    """A pickled task that may take ``seconds`` (None: any time), and who waits for its answer."""

    payload: bytes
    seconds: float | None
    future: Future[Any] = field(default_factory=Future)


class ProcessPool:
    """Up to ``size`` processes, each begun when there is work for it.

    Each process calls ``start``, which must be found by name as every ``call`` must, before its
    first task. An error of ours that it raises fails every task that waits.

    One thread of the pool has the processes in hand, so answers come however busy the caller is.
    """

    def __init__(
        self,
        size: int,
        start: Callable[[], object] | None = None,
        notice: Notice = lambda _line: None,
    ) -> None:
        self._size = size
        self._start = start
        self._notice = notice
        self._waiting: deque[_Order] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._is_closed = False
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._bell, self._ringer = _spawn.Pipe(duplex=False)
        self._ringing = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="process pool", daemon=True)

    @property
    def size(self) -> int:
        """How many processes there are at most."""
        return self._size

    @property
    def busy(self) -> int:
        """How many processes have something in hand at this moment."""
        return sum(bool(worker.orders) for worker in tuple(self._workers))

    def submit(
        self,
        call: Callable[[_TaskT], _AnswerT],
        task: _TaskT,
        *,
        seconds: float | None = None,
        first: bool = False,
    ) -> Future[_AnswerT]:
        """Have ``call(task)`` done by the next process that is free.

        ``seconds``: its process is ended if it takes longer. ``first``: before all that wait.
        """
        order = _Order(bytes(ForkingPickler.dumps((call, task))), seconds)
        self._command(lambda: (self._waiting.appendleft if first else self._waiting.append)(order))
        return order.future

    def failure_of(self, error: BaseException) -> FailureKind | None:
        """A broken process is a death; a process that was ended for its time hung."""
        if isinstance(error, BrokenProcessPool):
            return FailureKind.DIED
        return FailureKind.HUNG if isinstance(error, TimeoutError) else None

    def is_lost(self) -> bool:
        """A process that ends is replaced at once."""
        return False

    def reconnect(self) -> None:
        """There is nothing to find again."""

    def abandon(self) -> None:
        """Give up all that was submitted: what waits is cancelled, busy processes are ended."""
        self._command(self._abandon, wait=True)

    def close(self) -> None:
        """As :meth:`abandon`, and idle processes leave by themselves."""
        if not self._is_closed:
            self._command(self._close, wait=True)
            self._thread.join()

    # --- in the pool's own thread ----------------------------------------------------------

    def _command(self, command: Callable[[], object], *, wait: bool = False) -> None:
        done = threading.Event()

        def obeyed() -> None:
            command()
            done.set()

        with self._ringing:
            if self._is_closed:
                raise RuntimeError("the pool is closed")
            if self._thread.ident is None:
                self._thread.start()
            self._commands.put(obeyed)
            self._ringer.send_bytes(b"!")
        if wait:
            done.wait()

    def _serve(self) -> None:
        try:
            while not self._is_closed:
                self._grow()
                self._hand_out()
                for line in self._awaited():
                    if line is self._bell:
                        self._obey()
                    else:
                        self._take(line)
                    self._hand_out()
        except BaseException:
            # Whatever it is, nobody may wait for answers that never come.
            self._close()
            raise

    def _obey(self) -> None:
        self._bell.recv_bytes()
        self._commands.get()()

    def _awaited(self) -> list[Any]:
        """The lines of processes that answered or ended; those that hang are ended first."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.deadline is not None and worker.deadline <= now:
                worker.kill()
        deadlines = [one.deadline for one in self._workers if one.deadline is not None]
        patience = max(min(deadlines) - now, 0.0) if deadlines else None
        return connection.wait([self._bell, *(one.line for one in self._workers)], patience)

    def _grow(self) -> None:
        outstanding = len(self._waiting) + sum(len(one.orders) for one in self._workers)
        while len(self._workers) < min(self._size, outstanding):
            try:
                worker = _Worker(self._next_name(), self._start)
            except OSError as error:
                self._take_failed_start(f"{error}")
            else:
                self._workers.append(worker)

    def _next_name(self) -> str:
        """Names are those of places: what takes the place of a dead worker has its name."""
        taken = {worker.name for worker in self._workers}
        return next(name for name in map(str, itertools.count(1)) if name not in taken)

    def _hand_out(self) -> None:
        """Give each process a task, and one more for as long as there are enough of them.

        Then it has something to do while we are busy.
        """
        for depth in (1, 2):
            for worker in self._workers:
                enough = len(self._waiting) >= (len(self._workers) if depth > 1 else 1)
                if enough and worker.is_ready and len(worker.orders) < depth:
                    self._give(worker, self._waiting.popleft())

    def _give(self, worker: _Worker, order: _Order) -> None:
        if order.future.running() or order.future.set_running_or_notify_cancel():
            worker.give(order)

    def _take(self, line: Connection) -> None:
        worker = next((one for one in self._workers if one.line is line), None)
        if worker is None:
            return  # it was ended by a command that came at the same time
        try:
            said: _Answer | None = line.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if said is None:
            worker.is_ready, self._failed_starts = True, 0
        elif worker.is_ready:
            _settle(worker.answered(), *said)
        else:
            self._stop(worker)
            self._fail_waiting(said[1])

    def _bury(self, worker: _Worker) -> None:
        """Only the task in hand fails; what its process had not begun waits for another."""
        self._stop(worker)
        if worker.orders:
            order = worker.orders.popleft()
            ended = f"worker {worker.name} ended ({worker.end})"
            error = TimeoutError if worker.is_overdue else BrokenProcessPool
            order.future.set_exception(error(ended))
        self._waiting.extendleft(reversed(worker.orders))
        if not worker.is_ready:
            self._take_failed_start(worker.end)

    def _take_failed_start(self, end: str) -> None:
        if self._workers:
            # One more may be more than the memory holds: those that are here go on.
            self._size = len(self._workers)
            self._notice(f"one more worker cannot start ({end}); {self._size} go on")
            return
        self._failed_starts += 1
        if self._failed_starts >= TRIES:
            self._failed_starts = 0
            message = f"its process ended {TRIES} times ({end}); is there enough memory?"
            self._fail_waiting(WorkersLostError(f"no worker can start: {message}"))

    def _fail_waiting(self, error: BaseException) -> None:
        while self._waiting:
            _settle(self._waiting.popleft(), False, error)  # noqa: FBT003  - the form of answers

    def _stop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.stop()

    def _abandon(self) -> None:
        for worker in [one for one in self._workers if one.orders]:
            self._stop(worker)
            self._waiting.extend(worker.orders)
        while self._waiting:
            order = self._waiting.popleft()
            if order.future.running():
                order.future.set_exception(BrokenProcessPool("it was given up"))
            else:
                order.future.cancel()

    def _close(self) -> None:
        self._abandon()
        while self._workers:
            self._stop(self._workers[0])
        self._is_closed = True


def _settle(order: _Order, is_done: bool, result: Any) -> None:  # noqa: ANN401, FBT001  - of any call
    if is_done:
        order.future.set_result(result)
    elif order.future.running() or order.future.set_running_or_notify_cancel():
        order.future.set_exception(result)


class _Worker:
    """One process and the line to it; it does the first of its ``orders``."""

    def __init__(self, name: str, start: Callable[[], object] | None) -> None:
        self.name = name
        self.line, theirs = _spawn.Pipe()
        self.orders: deque[_Order] = deque()
        self.is_ready = False
        self.is_overdue = False
        self.deadline: float | None = None
        self.end = ""
        self._process = _spawn.Process(target=_work, args=(theirs, name, start), daemon=True)
        with interrupts_held():
            self._process.start()
        theirs.close()  # with our copy closed, its death shows as the end of the line

    def give(self, order: _Order) -> None:
        """Send it a task; if it is dead the end of the line will show it."""
        self.orders.append(order)
        if len(self.orders) == 1:
            self._begin()
        with contextlib.suppress(OSError):
            self.line.send_bytes(order.payload)

    def answered(self) -> _Order:
        """The order in hand is done; the next one is begun."""
        order = self.orders.popleft()
        self._begin()
        return order

    def _begin(self) -> None:
        seconds = self.orders[0].seconds if self.orders else None
        self.deadline = None if seconds is None else time.monotonic() + seconds

    def kill(self) -> None:
        """What it has in hand hangs."""
        self.is_overdue, self.deadline = True, None
        self._process.kill()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.line.close()
        if self.orders or not self.is_ready:
            self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self.end = f"signal {-code}" if code is not None and code < 0 else f"exit {code}"
        self._process.close()


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C reaches the whole group: a child that is still coming up would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Begun by the first child, the tracker of its resources would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in a worker process -------------------------------------------------------------------

_name = ""


def worker_name() -> str:
    """What its pool calls this process; empty in others."""
    return _name


def _work(line: Connection, name: str, start: Callable[[], object] | None) -> None:
    """The whole life of a worker process.

    It sends None once it is ready, then what came of each task; in place of None, the error that
    keeps it from starting.
    """
    global _name  # noqa: PLW0603  - set once, when the process is begun
    _name = name
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops us
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):  # the parent has closed the line
        try:
            if start is not None:
                start()
        except TingbaoError as error:
            line.send((False, error))
            return
        line.send(None)
        payloads: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=_receive, args=(line, payloads), daemon=True).start()
        while (payload := payloads.get()) is not None:
            line.send(_answer(*pickle.loads(payload)))  # noqa: S301  - our own parent's


def _receive(line: Connection, payloads: queue.SimpleQueue[bytes | None]) -> None:
    """Take tasks off the line at once, so that whoever sends a large one never has to wait."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            payloads.put(line.recv_bytes())
    payloads.put(None)


def _answer(call: Callable[[Any], object], task: Any) -> _Answer:  # noqa: ANN401  - of any call
    try:
        return True, call(task)
    except (TingbaoError, MemoryError) as error:
        return False, error


def _leave_with_parent() -> None:
    """Wait for the end of the parent process, then end this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
