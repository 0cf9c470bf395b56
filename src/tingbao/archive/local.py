"""Workers on this machine: some lanes of one process each, so that a death breaks one lane only.

``ProcessPoolExecutor`` gives up all its tasks when one process dies; here the lane begins another
process, and only the task in hand is told of the death.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import signal
import threading
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection

from tingbao.archive.crew import Call, Fate
from tingbao.archive.tasks import Done, Task
from tingbao.archive.working import name_worker
from tingbao.errors import TingbaoError
from tingbao.synthesis.pool import interrupts_held
from tingbao.synthesis.worker import leave_with_parent

PATIENCE_SECONDS = 5.0

_spawn = multiprocessing.get_context("spawn")

_Order = tuple[Call, Task, "Future[Done]"]


class LocalCrew:
    """``size`` processes; none is begun before it is needed."""

    def __init__(self, size: int) -> None:
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._lanes = [_Lane(f"{number}", self._orders) for number in range(1, size + 1)]

    @property
    def size(self) -> int:
        """How many processes there are at most."""
        return len(self._lanes)

    def submit(self, call: Call, task: Task) -> Future[Done]:
        """Have a task done by the next lane that is free."""
        future: Future[Done] = Future()
        self._orders.put((call, task, future))
        return future

    def fate_of(self, error: BaseException) -> Fate | None:
        """A broken process is a death."""
        return Fate.DIED if isinstance(error, BrokenProcessPool) else None

    def is_lost(self) -> bool:
        """A lane begins another process by itself."""
        return False

    def renew(self) -> None:
        """There is nothing to find again."""

    def close(self) -> None:
        """End all processes, whatever they do."""
        for lane in self._lanes:
            lane.stop()
        for _ in self._lanes:
            self._orders.put(None)
        for lane in self._lanes:
            lane.join()


class _Lane:
    """A thread that hands one task after another to its process."""

    def __init__(self, name: str, orders: queue.SimpleQueue[_Order | None]) -> None:
        self._name = name
        self._orders = orders
        self._guard = threading.Lock()
        self._process: _Process | None = None
        self._is_stopped = False
        self._thread = threading.Thread(target=self._serve, name=f"lane {name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the process; the task in hand is told that it died."""
        with self._guard:
            self._is_stopped = True
            if self._process is not None:
                self._process.stop()

    def join(self) -> None:
        self._thread.join()

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            call, task, future = order
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._done(call, task))
            except BaseException as error:  # noqa: BLE001  - it is the future's, whatever it is
                future.set_exception(error)

    def _done(self, call: Call, task: Task) -> Done:
        process = self._live()
        try:
            said = process.ask(call, task)
        except (EOFError, OSError) as error:
            process.stop()
            process.close()
            raise BrokenProcessPool(f"worker {self._name} ended ({process.end})") from error
        if isinstance(said, BaseException):
            raise said
        return said

    def _live(self) -> _Process:
        with self._guard:
            if self._is_stopped:
                raise BrokenProcessPool(f"worker {self._name} is stopped")
            if self._process is None or self._process.is_ended:
                self._process = _Process(self._name)
            return self._process


class _Process:
    """One process and the line to it."""

    def __init__(self, name: str) -> None:
        self._line, theirs = _spawn.Pipe()
        self._process = _spawn.Process(target=_work, args=(theirs, name), daemon=True)
        self._stopping = threading.Lock()
        self.end = ""
        with interrupts_held():
            self._process.start()
        theirs.close()  # with our copy closed, its death shows as the end of the line

    @property
    def is_ended(self) -> bool:
        return bool(self.end)

    def ask(self, call: Call, task: Task) -> Done | BaseException:
        """The answer to a task; EOFError or OSError when the process is dead."""
        self._line.send((call, task))
        said: Done | BaseException = self._line.recv()
        return said

    def stop(self) -> None:
        with self._stopping:
            if self.end:
                return
            self._process.terminate()
            self._process.join(PATIENCE_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            code = self._process.exitcode
            self.end = f"signal {-code}" if code is not None and code < 0 else f"exit {code}"

    def close(self) -> None:
        """Give up the line; nobody asks any more."""
        self._line.close()


def _work(line: Connection, name: str) -> None:
    """The whole life of a worker process: it answers each task with what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver, which stops us
    threading.Thread(target=leave_with_parent, daemon=True).start()
    name_worker(name)
    with contextlib.suppress(EOFError, OSError):  # the driver has closed the line
        while True:
            call, task = line.recv()
            line.send(_answer(call, task))


def _answer(call: Call, task: Task) -> Done | BaseException:
    try:
        return call(task)
    except (TingbaoError, MemoryError) as error:
        return error
