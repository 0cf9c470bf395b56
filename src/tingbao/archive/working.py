"""The work itself, as pure functions on frozen values, done in whatever process is at hand."""

from __future__ import annotations

import os
import socket
import threading
import time

from tingbao import __version__
from tingbao.archive.making import join, speak
from tingbao.archive.planning import plan
from tingbao.archive.speakers import OpenVoice, ProcessVoice, open_voice
from tingbao.archive.tasks import (
    Answer,
    Cost,
    Done,
    Job,
    JoinTask,
    PaperTask,
    PlanTask,
    Printed,
    SpeakTask,
    Task,
    note_of,
)
from tingbao.errors import OptionError, OutputError, SynthesisError, TingbaoError
from tingbao.parse import parse_pages
from tingbao.workers import AttemptLog, TimeLimits, Watchdog, worker_name

TIME_LIMITS = TimeLimits()

_alone = threading.Lock()
"""An engine is used in one thread; a worker with several threads does one task after another."""


def this_process() -> str:
    """What no other process is called."""
    return f"{socket.gethostname()}:{os.getpid()}"


def work_on(task: Task, opener: OpenVoice = open_voice, limits: TimeLimits = TIME_LIMITS) -> Done:
    """Do a task; ``opener`` loads the voice if something has to be spoken.

    A process that does tasks for another is ended when a step takes longer than its ``limits``.

    Raises:
        InputError: its pages cannot be used.
        OptionError, OutputError, VoiceUnavailableError: no task can be done by this worker.
        SynthesisError: no item of the edition could be spoken, or too many workers died of it.
        TingbaoError: anything else that keeps this edition from being made.
    """
    with _alone:
        wall, cpu = time.perf_counter(), time.process_time()
        _check_surroundings(task.job)
        voice = ProcessVoice(task.job.profile, task.job.cache, opener)
        awake = task.job.driver != this_process()
        try:
            answer = _watched(task, voice, Watchdog(note_of(task), limits, awake=awake))
        except (TingbaoError, MemoryError):
            raise
        except Exception as error:
            # One odd edition of thousands must not end the run: it is set aside under its name.
            raise SynthesisError(f"defect: {type(error).__name__}: {error}") from error
        name = worker_name() or this_process()
        return Done(answer, Cost(name, time.perf_counter() - wall, time.process_time() - cpu))


def _watched(task: Task, voice: ProcessVoice, watchdog: Watchdog) -> Answer:
    log = AttemptLog(note_of(task))
    watchdog.step()
    try:
        answer = _answered(task, voice, log, watchdog)
    finally:
        watchdog.rest()
    log.clear()
    return answer


def _answered(task: Task, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Answer:
    match task:
        case PaperTask():
            return _paper(task)
        case PlanTask():
            log.begin_unless_deadly("read")
            return plan(task, voice)
        case SpeakTask():
            return speak(task, voice, log, watchdog)
        case JoinTask():
            return join(task, voice, log, watchdog)


def _check_surroundings(job: Job) -> None:
    if job.version != __version__:
        raise OptionError(
            f"a worker on {socket.gethostname()} has Tingbao {__version__}, this is "
            f"{job.version}; install the same version everywhere"
        )
    if not job.notes.is_dir():
        raise OutputError(
            f"a worker on {socket.gethostname()} does not see {job.notes}: cache and library must "
            "lie in a folder that all machines share under the same path"
        )


def _paper(task: PaperTask) -> Printed:
    return Printed(parse_pages(task.find.inputs, protect=task.job.settings.parse.protect).paper)
