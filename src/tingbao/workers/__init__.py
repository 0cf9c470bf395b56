"""Worker processes on this machine or on a cluster, what ended them, and how far they are."""

from tingbao.workers.attempts import TRIES, AttemptLog, Ending, TimeLimits, Watchdog, ending_word
from tingbao.workers.executor import Executor, FailureKind, Notice
from tingbao.workers.opening import check_executor, open_executor, usable_cores
from tingbao.workers.pool import ProcessPool, interrupts_held, worker_name
from tingbao.workers.progress import ProgressSnapshot, ProgressTracker

__all__ = [
    "TRIES",
    "AttemptLog",
    "Ending",
    "Executor",
    "FailureKind",
    "Notice",
    "ProcessPool",
    "ProgressSnapshot",
    "ProgressTracker",
    "TimeLimits",
    "Watchdog",
    "check_executor",
    "ending_word",
    "interrupts_held",
    "open_executor",
    "usable_cores",
    "worker_name",
]
