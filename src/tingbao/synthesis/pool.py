"""Worker processes, one a core: a dead one is replaced and its work repeated."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection, resource_tracker

from tingbao.errors import SynthesisError, TingbaoError, VoiceUnavailableError
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Notice, Settled, Task, balanced, excerpt
from tingbao.synthesis.worker import OpenEngine, serve

TRIES = 3
"""A text during which this many workers died is given up: it kills them."""

PATIENCE_SECONDS = 5.0

_spawn = multiprocessing.get_context("spawn")


def usable_cores() -> int:
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class EmbeddedVoice:
    """How a worker loads the engine, and the identity that the engine will have."""

    open_engine: OpenEngine
    identity: str


class WorkerPool:
    """Up to ``jobs`` processes with an engine each; none is started before it is needed."""

    def __init__(self, voice: EmbeddedVoice, store: ClipStore, jobs: int, notice: Notice) -> None:
        self._voice = voice
        self._store = store
        self._jobs = jobs
        self._notice = notice
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def identity(self) -> str:
        """What the engine is; no worker is needed to tell."""
        return self._voice.identity

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        queue, deaths = deque(balanced(tasks, self._jobs)), Counter[str]()
        try:
            while queue or self._busy:
                self._grow(min(self._jobs, len(queue) + len(self._busy)))
                self._hand_out(queue)
                for worker in self._awaited():
                    settled = self._take(worker) or self._repeat(worker, queue, deaths)
                    self._hand_out(queue)
                    if settled is not None:
                        yield replace(settled, in_flight=len(self._busy))
        finally:
            for worker in self._busy:
                self._dismiss(worker)

    def close(self) -> None:
        """Stop all workers: idle ones leave by themselves, busy ones are ended."""
        while self._workers:
            self._dismiss(self._workers[0])

    @property
    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.tasks]

    def _grow(self, wanted: int) -> None:
        while len(self._workers) < wanted:
            self._workers.append(_Worker(self._voice.open_engine, self._store))

    def _hand_out(self, queue: deque[Task]) -> None:
        """Give each worker a text, and one more for as long as there are enough of them.

        Then it has something to do while those who take our results are busy with them.
        """
        for depth in (1, 2):
            for worker in self._workers:
                enough = len(queue) >= (len(self._workers) if depth > 1 else 1)
                if enough and worker.is_loaded and len(worker.tasks) < depth:
                    worker.give(queue.popleft())

    def _awaited(self) -> list[_Worker]:
        """Wait until at least one worker has something to say, or has died."""
        speaking = set(connection.wait([worker.line for worker in self._workers]))
        return [worker for worker in self._workers if worker.line in speaking]

    def _take(self, worker: _Worker) -> Settled | None:
        """What a worker says; None when it only came up, or died."""
        try:
            said = worker.line.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return None
        if isinstance(said, TingbaoError):
            self._dismiss(worker)
            raise said
        if isinstance(said, Settled):
            worker.tasks.popleft()
            return said
        worker.is_loaded, self._failed_starts = True, 0
        return None

    def _bury(self, worker: _Worker) -> None:
        self._dismiss(worker)
        if worker.is_loaded:
            return
        if self._workers:
            # One more model may be more than the memory holds: those that are here go on.
            self._jobs = len(self._workers)
            self._notice(f"one more worker cannot start ({worker.end}); {self._jobs} go on")
            return
        self._failed_starts += 1
        if self._failed_starts >= TRIES:
            raise VoiceUnavailableError(
                f"the voice cannot be loaded: its process ended {TRIES} times "
                f"({worker.end}); is there enough memory?"
            )

    def _repeat(self, worker: _Worker, queue: deque[Task], deaths: Counter[str]) -> Settled | None:
        """Put what a dead worker had in hand back into the queue, unless it keeps killing them."""
        if worker in self._workers or not worker.tasks:
            return None
        task = worker.tasks.popleft()
        queue.extendleft(reversed(worker.tasks))
        deaths[task.key] += 1
        named = excerpt(task.speech.spoken)
        if deaths[task.key] >= TRIES:
            error = SynthesisError(f"{named}: {TRIES} workers died speaking it; it is given up")
            return Settled(task.key, error=error, retries=TRIES - 1)
        self._notice(f"a worker died while speaking {named}; another takes its place")
        queue.appendleft(task)
        return None

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.stop()


class _Worker:
    """One process and the line to it; it speaks the first of its ``tasks``."""

    def __init__(self, open_engine: OpenEngine, store: ClipStore) -> None:
        self.line, theirs = _spawn.Pipe()
        self.tasks: deque[Task] = deque()
        self.is_loaded = False
        self.end = ""
        self._process = _spawn.Process(
            target=serve, args=(theirs, open_engine, store.folder), daemon=True
        )
        with interrupts_held():
            self._process.start()
        # With our copy of its end closed, its death shows as the end of the line.
        theirs.close()

    def give(self, task: Task) -> None:
        """Send it a task; if it is dead the end of the line will tell."""
        self.tasks.append(task)
        with contextlib.suppress(OSError):
            self.line.send(task)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.line.close()
        if self.tasks or not self.is_loaded:
            self._process.terminate()
        self._process.join(PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.end = _end_of(self._process.exitcode)
        self._process.close()


def _end_of(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"signal {-exit_code}"
    return f"exit {exit_code}"


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
