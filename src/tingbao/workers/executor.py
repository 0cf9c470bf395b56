"""The interface to those who do the work: tasks in, futures out, and what a failure means."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from typing import Protocol, TypeVar

_TaskT = TypeVar("_TaskT")
_AnswerT = TypeVar("_AnswerT")

Notice = Callable[[str], None]
"""Takes one line that the user should know."""


class FailureKind(Enum):
    """Why a task ended without an answer, though it raised no error itself."""

    DIED = "its worker died"
    HUNG = "its worker hung"
    LOST = "the scheduler was lost"


class Executor(Protocol[_TaskT, _AnswerT]):
    """Some workers."""

    @property
    def size(self) -> int:
        """How many tasks are done at the same time, as far as is known now; at least 1."""
        ...

    def submit(self, call: Callable[[_TaskT], _AnswerT], task: _TaskT) -> Future[_AnswerT]:
        """Have ``call(task)`` done by a worker; both are pickled on their way.

        Raises:
            WorkersLostError: nobody takes it; :meth:`reconnect` may help.
        """
        ...

    def failure_of(self, error: BaseException) -> FailureKind | None:
        """What it means that a future ended with ``error``; None: the task itself raised it."""
        ...

    def is_lost(self) -> bool:
        """Whether what was submitted will never end; asked when nothing has for a while."""
        ...

    def reconnect(self) -> None:
        """Find workers again, with patience; what was submitted before is lost.

        Raises:
            WorkersLostError: there are none.
        """
        ...

    def close(self) -> None:
        """Give up what is not done; nothing of ours is left running."""
        ...
