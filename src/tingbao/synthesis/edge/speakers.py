"""Speaks many texts at once through the service, from an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import Any

from tingbao.synthesis.edge.policy import SessionOptions
from tingbao.synthesis.edge.service import loopback_endpoint, point_client
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Settled, Task
from tingbao.workers import Notice

VERSION = 1
"""Goes up when the same text is sent otherwise (respelled names too) or its answer becomes other
sound: all clips are then asked for again. The client's version changes neither."""

CANCEL_SECONDS = 0.5
GOODBYE_SECONDS = 0.01


class EdgeSpeakers:
    """Several requests at once; each clip is proved complete before it is stored.

    Raises:
        OptionError: the endpoint that is set cannot be used.
    """

    def __init__(self, options: SessionOptions, store: ClipStore, notice: Notice) -> None:
        loopback_endpoint()
        self._options = options
        self._store = store
        self._notice = notice

    def identity(self) -> str:
        """The engine and the pause between the pieces of a long text."""
        return f"edge {VERSION} gap_ms={self._options.gap_ms}"

    def speak_all(self, tasks: Sequence[Task]) -> Generator[Settled]:
        """As :meth:`tingbao.synthesis.work.Speakers.speak_all`."""
        # The client's event loop, HTTP and TLS: only for those who go online.
        from tingbao.synthesis.edge.session import Session  # noqa: PLC0415

        point_client()
        background = _Background()
        session = Session(tasks, self._store, self._options, self._notice, background.say)
        background.start(session.run)
        try:
            while (said := background.next()) is not None:
                yield said
        finally:
            background.stop()

    def close(self) -> None:
        """Nothing is left between two calls."""


class _Background:
    """An event loop in a thread: requests go on while their results are worked with."""

    def __init__(self) -> None:
        self._said: queue.SimpleQueue[Settled | BaseException | None] = queue.SimpleQueue()
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._thread = threading.Thread(target=self._run, name="edge", daemon=True)
        self._is_over = False

    def start(self, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run ``main`` in the thread."""
        self._main = main
        self._thread.start()

    def say(self, settled: Settled) -> None:
        """Report a settled task, from within the thread."""
        self._said.put(settled)

    def next(self) -> Settled | None:
        """The next task that is settled; None when all are.

        Raises:
            UnusableError: the session ended with it.
        """
        said = self._said.get()
        if isinstance(said, BaseException):
            raise said
        return said

    def stop(self) -> None:
        """End whatever is under way.

        A request that is just being closed may swallow a cancellation, and its worker would then
        wait forever for work that nobody queues: so it is repeated until all have ended.
        """
        while self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop is closed already
                self._loop.call_soon_threadsafe(self._cancel)
            self._thread.join(CANCEL_SECONDS)

    def _run(self) -> None:
        try:
            with self._runner:
                self._run_main()
        except asyncio.CancelledError:
            self._said.put(None)
        except BaseException as error:  # noqa: BLE001  - it is raised again in the other thread
            self._said.put(error)
        else:
            self._said.put(None)

    def _run_main(self) -> None:
        try:
            self._runner.run(self._main())
        finally:
            self._is_over = True
            # Connections that are being closed need a few turns of the loop for it.
            self._runner.run(asyncio.sleep(GOODBYE_SECONDS))

    def _cancel(self) -> None:
        if self._is_over:  # the loop is being closed, and that must come to its end
            return
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
