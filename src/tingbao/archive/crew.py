"""The one seam to those who do the work: tasks in, futures out, and what a failure means."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from typing import Protocol

from tingbao.archive.tasks import Done, Task

Call = Callable[[Task], Done]
"""What workers do; it is pickled on its way to them."""


class Fate(Enum):
    """Why a task ended without an answer of ours."""

    DIED = "its worker died"
    LOST = "the scheduler was lost"


class Crew(Protocol):
    """Some workers."""

    @property
    def size(self) -> int:
        """How many tasks are done at the same time, as far as is known now; at least 1."""
        ...

    def submit(self, call: Call, task: Task) -> Future[Done]:
        """Have a task done.

        Raises:
            WorkersLostError: nobody takes it; :meth:`renew` may help.
        """
        ...

    def fate_of(self, error: BaseException) -> Fate | None:
        """What it means that a future ended with ``error``; None: the task itself raised it."""
        ...

    def is_lost(self) -> bool:
        """Whether what was submitted will never end; asked when nothing has for a while."""
        ...

    def renew(self) -> None:
        """Find workers again, with patience; what was submitted before is lost.

        Raises:
            WorkersLostError: there are none.
        """
        ...

    def close(self) -> None:
        """Give up what is not done; nothing of ours is left running."""
        ...
