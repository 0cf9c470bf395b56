"""A worker process: it loads the model once, speaks what it is sent, and stores it itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from tingbao.errors import (
    SynthesisError,
    TingbaoError,
    TransientSynthesisError,
    VoiceUnavailableError,
)
from tingbao.models import Clip
from tingbao.synthesis.engine import Engine, Speech
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Settled, Task, excerpt

OpenEngine = Callable[[], Engine]
"""Loads an engine; it is pickled on its way to a worker."""

ATTEMPTS = 3
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def perform(engine: Engine, store: ClipStore, task: Task) -> Settled:
    """Speak one task into the store.

    Raises:
        OutputError: the store cannot be written.
    """
    began = time.process_time()
    for attempt in range(ATTEMPTS):
        try:
            clip = _spoken(engine, task.speech)
        except SynthesisError as error:
            if isinstance(error, TransientSynthesisError) and attempt + 1 < ATTEMPTS:
                continue
            named = type(error)(f"{excerpt(task.speech.spoken)}: {error}")
            return Settled(task.key, error=named, retries=attempt)
        break
    store.put(task.key, clip)
    return Settled(task.key, clip.seconds, time.process_time() - began, retries=attempt)


def serve(line: Connection, open_engine: OpenEngine, folder: Path) -> None:
    """The whole life of a worker process.

    It sends None once the engine is loaded, then a :class:`Settled` for each :class:`Task`. An
    error that ends its work is sent in their place.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops us
    threading.Thread(target=leave_with_parent, daemon=True).start()
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))  # one process a core does the rest
    try:
        engine = opened(open_engine)
        line.send(None)
        _serve_tasks(line, engine, ClipStore(folder))
    except TingbaoError as error:
        with contextlib.suppress(OSError):
            line.send(error)
    except (EOFError, OSError):  # the parent has closed the line
        pass


def _serve_tasks(line: Connection, engine: Engine, store: ClipStore) -> None:
    try:
        while True:
            line.send(perform(engine, store, line.recv()))
    finally:
        engine.close()


def opened(open_engine: OpenEngine) -> Engine:
    """The loaded engine.

    Raises:
        VoiceUnavailableError: it cannot be loaded, whatever the reason.
    """
    try:
        return open_engine()
    except TingbaoError:
        raise
    except Exception as error:
        raise VoiceUnavailableError(f"the voice cannot be loaded: {_said(error)}") from error


def _spoken(engine: Engine, speech: Speech) -> Clip:
    try:
        return engine.speak(speech)
    except TingbaoError:
        raise
    except Exception as error:
        # A model's runtime may raise anything for one odd text; the others are to go on.
        raise SynthesisError(f"the engine failed: {_said(error)}") from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def leave_with_parent() -> None:
    """Wait for the end of the parent process, then end this one; for a thread of its own."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
