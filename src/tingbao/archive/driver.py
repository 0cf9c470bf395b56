"""From finds to finished editions: which task comes next, and what its end means.

Only a window of tasks is in flight, and an edition is opened when there is nothing else to hand
out, so that ten thousand editions take no more memory than ten.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from tingbao.archive.discovery import Find
from tingbao.archive.events import EditionEnded, Listener, Outcome, TaskEnded, TaskRepeated
from tingbao.archive.tasks import (
    Call,
    Cost,
    Done,
    Job,
    Joined,
    JoinTask,
    Planned,
    PlanTask,
    Printed,
    Refused,
    SpeakTask,
    Spoken,
    Task,
    Workers,
    item_of,
    kind_of,
)
from tingbao.edition.events import Noticed
from tingbao.errors import InputError, TingbaoError, UnusableError, WorkersLostError
from tingbao.workers import FailureKind

WINDOW_PER_WORKER = 4
"""So many tasks wait at most for each worker: none is idle while we are busy."""

DEATHS_PER_TASK = 3
"""When so many deaths follow each other for each task in flight, the workers cannot live here."""

QUIET_SECONDS = 2.0
"""After so long without news, those who were to bring it are looked after."""


@dataclass(slots=True)
class OpenEdition:
    """An edition in hand; the only state that is kept for it, and it goes when the edition ends."""

    job: Job
    find: Find
    planned: Planned | None = None
    speaking: int = 0
    refused: list[Refused] = field(default_factory=list)
    cpu_seconds: float = 0.0
    has_ended: bool = False

    @property
    def plan(self) -> PlanTask:
        """The first task."""
        return PlanTask(self.job, self.find)

    @property
    def join(self) -> JoinTask:
        """The last task."""
        plan = self._known.plan
        assert plan is not None
        return JoinTask(self.job, self.find.name, plan, tuple(self.refused))

    def speak(self) -> Iterator[SpeakTask]:
        """The tasks between: each of what is missing."""
        missing = self._known.missing
        self.speaking = len(missing)
        for each in missing:
            yield SpeakTask(self.job, self.find.name, each)

    def take(self, spoken: Spoken | None) -> bool:
        """One speak task is at its end; returns whether it was the last."""
        self.speaking -= 1
        if spoken is not None:
            self.refused += spoken.refused
        return not self.speaking

    def spend(self, cost: Cost) -> None:
        """Add up what was spent on the edition."""
        self.cpu_seconds += cost.cpu_seconds

    def joined(self, joined: Joined) -> EditionEnded:
        """The edition is in its folder."""
        outcome: Outcome = "incomplete" if joined.incomplete else "made"
        return self._ended(outcome, joined.audio_seconds, "; ".join(joined.reasons))

    def unchanged(self) -> EditionEnded:
        """There was nothing to do."""
        return self._ended("unchanged", self._known.audio_seconds)

    def failed(self, reason: str) -> EditionEnded:
        """It is set aside."""
        return self._ended("failed", 0.0, reason)

    def _ended(self, outcome: Outcome, audio_seconds: float, reason: str = "") -> EditionEnded:
        self.has_ended = True
        planned = self.planned
        return EditionEnded(
            edition=self.find.name,
            outcome=outcome,
            pages=planned.pages if planned else 0,
            items=planned.items if planned else 0,
            audio_seconds=audio_seconds,
            cpu_seconds=self.cpu_seconds,
            warnings=planned.warnings if planned else (),
            reason=reason,
        )

    @property
    def _known(self) -> Planned:
        assert self.planned is not None
        return self.planned


@dataclass(frozen=True, slots=True)
class _Order:
    """A task on its way, and the edition that it is for."""

    task: Task
    opened: OpenEdition


@dataclass(slots=True)
class Driver:
    """The run over all finds; ``settle`` hears of each edition that the library is to know."""

    job: Job
    executor: Workers
    call: Call
    listener: Listener
    settle: Callable[[EditionEnded, Planned], None]
    _opened: deque[OpenEdition] = field(default_factory=deque)
    _ready: deque[_Order] = field(default_factory=deque)
    _in_flight: dict[Future[Done], _Order] = field(default_factory=dict)
    _news: queue.SimpleQueue[Future[Done]] = field(default_factory=queue.SimpleQueue)
    _taken: dict[str, str] = field(default_factory=dict)
    _deaths: int = 0

    def run(self, finds: Iterable[Find]) -> None:
        """Make all editions.

        Raises:
            UnusableError: no edition can be made with these options, folders or workers.
            WorkersLostError: the workers are gone; what is done is kept.
        """
        left = iter(finds)
        while self._hand_out(left):
            for future in self._ended():
                order = self._in_flight.pop(future, None)
                if order is not None:  # else it was submitted to a scheduler that has gone
                    self._take(order, future)

    # --- handing out -----------------------------------------------------------------------

    def _hand_out(self, left: Iterator[Find]) -> bool:
        """Fill the window; returns whether anything is in flight."""
        while len(self._in_flight) < self._window and (self._ready or self._open_next(left)):
            order = self._ready.popleft()
            if not order.opened.has_ended:
                self._submit(order)
        return bool(self._in_flight)

    @property
    def _window(self) -> int:
        return WINDOW_PER_WORKER * self.executor.size

    def _open_next(self, left: Iterator[Find]) -> bool:
        if len(self._opened) >= self._window:
            return False  # one that takes long holds up the others, which must not pile up
        find = next(left, None)
        if find is None:
            return False
        opened = OpenEdition(self.job, find)
        self._opened.append(opened)
        self._ready.append(_Order(opened.plan, opened))
        return True

    def _submit(self, order: _Order) -> None:
        try:
            future = self.executor.submit(self.call, order.task)
        except WorkersLostError as error:
            self._ready.appendleft(order)
            self._reconnect(f"{error}")
            return
        self._in_flight[future] = order
        future.add_done_callback(self._news.put)

    # --- taking in -------------------------------------------------------------------------

    def _ended(self) -> Sequence[Future[Done]]:
        """Wait for the next future to end."""
        try:
            return [self._news.get(timeout=QUIET_SECONDS)]
        except queue.Empty:
            if self.executor.is_lost():
                self._reconnect(FailureKind.LOST.value)
            return []

    def _take(self, order: _Order, future: Future[Done]) -> None:
        try:
            done = future.result()
        except BaseException as error:
            failure = self.executor.failure_of(error)
            if failure is None and not isinstance(error, (TingbaoError, MemoryError)):
                raise
            self._take_failure(order, failure, error)
            return
        self._deaths = 0
        self._report_ended(order, done)
        order.opened.spend(done.cost)
        if not order.opened.has_ended:
            self._take_answer(order, done)

    def _take_failure(
        self, order: _Order, failure: FailureKind | None, error: BaseException
    ) -> None:
        match failure:
            case FailureKind.DIED | FailureKind.HUNG:
                self._repeat(order, error)
            case FailureKind.LOST:
                self._ready.appendleft(order)
                self._report_repeated(order, failure.value)
                self._reconnect(failure.value)
            case None:
                self._fail(order, error)

    def _take_answer(self, order: _Order, done: Done) -> None:
        match done.answer:
            case Planned() as planned:
                order.opened.planned = planned
                self._admit()
            case Spoken() as spoken:
                self._join_after(order.opened, spoken)
            case Joined() as joined:
                self._take_joined(order.opened, joined)
            case Printed():
                pass

    def _admit(self) -> None:
        """Go on with planned editions in the order of the finds: of two of a day, the first."""
        while self._opened and (self._opened[0].planned or self._opened[0].has_ended):
            opened = self._opened.popleft()
            if opened.planned is not None and not opened.has_ended:
                self._begin(opened, opened.planned)

    def _begin(self, opened: OpenEdition, planned: Planned) -> None:
        first = self._taken.setdefault(planned.edition, opened.find.name)
        if first != opened.find.name:
            reason = f"its pages are of {planned.edition}, and so are those of {first}"
            self._end(opened, opened.failed(f"{reason}, which are taken; leave one of them out"))
        elif planned.plan is None:
            self._end(opened, opened.unchanged())
        else:
            self._ready += [_Order(task, opened) for task in opened.speak()]
            if not opened.speaking:
                self._ready.append(_Order(opened.join, opened))

    def _join_after(self, opened: OpenEdition, spoken: Spoken | None) -> None:
        if opened.take(spoken):
            self._ready.appendleft(_Order(opened.join, opened))

    def _take_joined(self, opened: OpenEdition, joined: Joined) -> None:
        planned = opened.planned
        known = planned.warnings if planned else ()
        for line in joined.notices:
            if line not in known and not line.startswith("incomplete: "):
                self.listener(Noticed(f"{opened.find.name}: {line}"))
        self._end(opened, opened.joined(joined))

    def _end(self, opened: OpenEdition, ended: EditionEnded) -> None:
        self.listener(ended)
        if opened.planned is not None:
            self.settle(ended, opened.planned)

    # --- what went wrong -------------------------------------------------------------------

    def _fail(self, order: _Order, error: BaseException) -> None:
        """A task raised an error of ours: its edition is set aside, unless none can be made."""
        if isinstance(error, UnusableError) and not isinstance(error, InputError):
            raise error
        if order.opened.has_ended:
            return
        if kind_of(order.task) == "speak":
            self._join_after(order.opened, None)  # the join meets the same, and names it
            return
        self._end(order.opened, order.opened.failed(f"{error}" or type(error).__name__))
        self._admit()

    def _repeat(self, order: _Order, error: BaseException) -> None:
        """The worker notes what it begins, so that whoever tries again knows what has killed."""
        self._deaths += 1
        if self._deaths > DEATHS_PER_TASK * self._window:
            raise WorkersLostError(
                f"workers die before they have done anything ({error}); is there enough memory? "
                "What is done is kept: run again with fewer --workers"
            ) from error
        self._report_repeated(order, f"{error}")
        self._ready.appendleft(order)

    def _reconnect(self, reason: str) -> None:
        """Nothing that was in flight will come back."""
        for order in reversed(self._in_flight.values()):
            self._report_repeated(order, reason)
            self._ready.appendleft(order)
        self._in_flight.clear()
        self.executor.reconnect()

    # --- reporting -------------------------------------------------------------------------

    def _report_ended(self, order: _Order, done: Done) -> None:
        seconds, characters = _spoken_in(done)
        cost: Cost = done.cost
        self.listener(
            TaskEnded(
                kind=kind_of(order.task),
                edition=order.opened.find.name,
                item=item_of(order.task),
                worker=cost.worker,
                wall_seconds=cost.wall_seconds,
                cpu_seconds=cost.cpu_seconds,
                audio_seconds=seconds,
                characters=characters,
            )
        )

    def _report_repeated(self, order: _Order, reason: str) -> None:
        task = order.task
        named = order.opened.find.name
        self.listener(TaskRepeated(kind_of(task), named, item_of(task), reason))


def _spoken_in(done: Done) -> tuple[float, int]:
    match done.answer:
        case Spoken(audio_seconds=seconds, characters=characters):
            return seconds, characters
        case Joined(spoken_seconds=seconds, spoken_characters=characters):
            return seconds, characters
        case _:
            return 0.0, 0
