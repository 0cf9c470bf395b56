"""One call's worth of requests in an event loop: in order, N at a time, repeated by one policy.

A job is a task on its way; a request is one attempt at one part of it.
"""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tingbao.errors import (
    EngineDownError,
    IncompleteClipError,
    SynthesisError,
    TransientSynthesisError,
)
from tingbao.models import Clip
from tingbao.pronunciation import respelled
from tingbao.synthesis.edge.answers import AnswerCache
from tingbao.synthesis.edge.client import ask
from tingbao.synthesis.edge.parts import PartClip, TextPart, decode_part, joined, parts_of, silence
from tingbao.synthesis.edge.policy import CircuitBreaker, SessionOptions
from tingbao.synthesis.edge.proof import (
    Answer,
    BoundaryMode,
    Question,
    TailDetector,
    Verdict,
    prove,
)
from tingbao.synthesis.edge.service import require_offered
from tingbao.synthesis.engine import Speech, VoiceSettings
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Settled, Task, balanced, excerpt
from tingbao.workers import Notice

R = TypeVar("R")


class Session:
    """Speaks ``tasks``; each that is settled is passed to ``say``."""

    def __init__(
        self,
        tasks: Sequence[Task],
        store: ClipStore,
        options: SessionOptions,
        notice: Notice,
        say: Callable[[Settled], None],
    ) -> None:
        self._jobs = _jobs_of(tasks, options.jobs)
        self._store = store
        self._options = options
        self._notice = notice
        self._say = say
        self._tails = TailDetector()
        self._mode = BoundaryMode()
        self._answers = AnswerCache(store.folder)
        self._undecided: list[tuple[Request, PartClip]] = []
        self._missing = sum(len(job.parts) for job in self._jobs)
        self._left = len(self._jobs)
        self._in_flight = 0
        self._serial = itertools.count()
        self._queue: asyncio.PriorityQueue[tuple[float, int, Request | None]]
        self._group: asyncio.TaskGroup

    async def run(self) -> None:
        """Settle every task.

        Raises:
            VoiceUnavailableError: the service no longer offers the voice.
            OutputError: the store cannot be written.
        """
        self._queue = asyncio.PriorityQueue()
        clock = asyncio.get_running_loop().time
        self._breaker = CircuitBreaker(self._options.policy, clock, self._notice)
        for request in itertools.chain.from_iterable(job.requests for job in self._jobs):
            self._line_up(request)
        failures: Sequence[Exception] = ()
        try:
            async with asyncio.TaskGroup() as self._group:
                for _ in range(self._options.jobs):
                    self._group.create_task(self._work())
                await self._settle_silent()
        except ExceptionGroup as group:
            failures = group.exceptions
        if failures:
            raise failures[0]

    def _line_up(self, request: Request) -> None:
        """What is asked for again keeps its place, so that articles are finished in order."""
        self._queue.put_nowait((request.job.place, next(self._serial), request))

    async def _settle_silent(self) -> None:
        """A text of marks alone becomes a short silence: the service would send no sound."""
        for job in self._jobs:
            if not job.parts:
                await self._finish(job)

    async def _work(self) -> None:
        while self._left:
            _, _, request = await self._queue.get()
            if request is not None and not request.job.is_settled:
                await self._try(request)

    async def _try(self, request: Request) -> None:
        job = request.job
        try:
            answer = self._answers.find(request.part.text, request.voice)
            if answer is None:
                async with self._breaker.passing(request.part.text):
                    answer = await self._asked(request)
        except EngineDownError as error:
            await require_offered(request.voice.voice)
            self._settle(job, Settled(job.task.key, error=error, retries=job.retries))
        except (TransientSynthesisError, IncompleteClipError) as error:
            self._failed(request, error)
        except SynthesisError as error:
            self._give_up(job, error, f"{error}")
        else:
            # The next request need not wait until this answer is decoded and stored.
            self._group.create_task(self._take_in(request, answer))

    async def _asked(self, request: Request) -> Answer:
        text, voice = request.part.text, request.voice
        timeouts = self._options.policy.timeouts(text, request.attempt, voice.rate)
        question = Question(text, voice, self._mode.for_text(text))
        self._in_flight += 1
        try:
            answer = await ask(question, timeouts)
        finally:
            self._in_flight -= 1
        with self._mode.learning(question, answer):
            prove(text, answer, voice.rate)
        return answer

    async def _take_in(self, request: Request, answer: Answer) -> None:
        job, part = request.job, request.part
        try:
            clip = await self._aside(job, lambda: decode_part(part, answer))
        except IncompleteClipError as error:
            self._failed(request, error)
            return
        if clip.tail is not None:
            self._tails.note(part.text, clip.tail)
        if self._waits(request, clip):
            await self._aside(job, lambda: self._answers.keep(part.text, request.voice, answer))
        self._undecided.append((request, clip))
        await self._decide()

    def _waits(self, request: Request, clip: PartClip) -> bool:
        """Whether the sound of a part is not yet a clip, and would be lost if we were killed."""
        is_alone = len(request.job.parts) == 1
        return not is_alone or self._verdict(request, clip) is Verdict.UNKNOWN

    async def _decide(self) -> None:
        """Accept or refuse what has come, as far as the service's endings are known."""
        complete = self._decided()
        if self._undecided and len(self._undecided) == self._missing:
            complete += self._decided()
        for job in complete:
            await self._finish(job)

    def _decided(self) -> list[Job]:
        """Judge all parts that are undecided; returns the jobs that are complete with them.

        An uncertain one waits until others show how the service ends; the last ones are accepted.
        """
        undecided = [each for each in self._undecided if not each[0].job.is_settled]
        self._undecided = []
        is_last = len(undecided) == self._missing
        complete: list[Job] = []
        for request, clip in undecided:
            verdict = self._verdict(request, clip)
            if request.job.is_settled:  # another of its parts was given up just now
                continue
            if verdict is Verdict.SHORT:
                self._failed(request, IncompleteClipError("speech ends before the last word"))
            elif verdict is Verdict.UNKNOWN and not is_last:
                self._undecided.append((request, clip))
            else:
                request.job.clips[request.number] = clip
                self._missing -= 1
                complete += [request.job] if request.job.is_complete else []
        return complete

    def _verdict(self, request: Request, clip: PartClip) -> Verdict:
        if clip.tail is None:
            return Verdict.WHOLE
        return self._tails.verdict(request.part.text, clip.tail)

    def _failed(self, request: Request, error: SynthesisError) -> None:
        self._answers.drop(request.part.text, request.voice)
        again = request.again
        if again.attempt >= self._options.policy.attempts:
            self._give_up(request.job, error, f"{error}, after {again.attempt} attempts")
            return
        request.job.retries += 1
        delay = self._options.policy.delay(request.attempt, self._options.chance())
        asyncio.get_running_loop().call_later(delay, self._line_up, again)

    async def _finish(self, job: Job) -> None:
        clips = [job.clips[number] for number in range(len(job.parts))]
        clip = joined(clips, self._options.gap_ms) if clips else silence()
        await self._aside(job, lambda: self._put(job, clip))
        settled = Settled(job.task.key, clip.seconds, job.cpu_seconds, retries=job.retries)
        self._settle(job, settled)

    def _put(self, job: Job, clip: Clip) -> None:
        self._store.put(job.task.key, clip)
        for part in job.parts:
            self._answers.drop(part.text, job.task.speech.voice)

    def _give_up(self, job: Job, error: SynthesisError, reason: str) -> None:
        named = type(error)(f"{excerpt(job.task.speech.spoken)}: {reason}")
        self._settle(job, Settled(job.task.key, error=named, retries=job.retries))

    def _settle(self, job: Job, settled: Settled) -> None:
        if job.is_settled:
            return
        job.is_settled = True
        self._missing -= len(job.parts) - len(job.clips)
        job.clips.clear()
        self._left -= 1
        self._say(replace(settled, in_flight=self._in_flight))
        if not self._left:
            for _ in range(self._options.jobs):
                self._queue.put_nowait((math.inf, next(self._serial), None))
        elif settled.error is not None and self._undecided:
            self._group.create_task(self._decide())

    async def _aside(self, job: Job, work: Callable[[], R]) -> R:
        """Do heavy work in a thread, so that the other requests are listened to meanwhile."""

        def timed() -> R:
            began = time.thread_time()
            try:
                return work()
            finally:
                job.cpu_seconds += time.thread_time() - began

        return await asyncio.to_thread(timed)


@dataclass(slots=True)
class Job:
    """A task on its way: its parts and what has come of them."""

    place: int
    task: Task
    parts: tuple[TextPart, ...]
    clips: dict[int, PartClip] = field(default_factory=dict)
    retries: int = 0
    cpu_seconds: float = 0.0
    is_settled: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether there is a clip of every part."""
        return len(self.clips) == len(self.parts)

    @property
    def requests(self) -> list[Request]:
        """The first try at each part."""
        return [Request(self, number) for number in range(len(self.parts))]


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt, from 0, at one part of a job."""

    job: Job
    number: int
    attempt: int = 0

    @property
    def part(self) -> TextPart:
        """What is asked for."""
        return self.job.parts[self.number]

    @property
    def voice(self) -> VoiceSettings:
        """The voice that is asked for."""
        return self.job.task.speech.voice

    @property
    def again(self) -> Request:
        """The next attempt."""
        return replace(self, attempt=self.attempt + 1)


def _jobs_of(tasks: Sequence[Task], parallel: int) -> list[Job]:
    """A job for each task, in the order in which they are asked for."""
    ordered = enumerate(balanced(tasks, parallel))
    return [Job(place, task, parts_of(_sent(task.speech))) for place, task in ordered]


def _sent(speech: Speech) -> str:
    """The text as it is sent: the service takes no pinyin, so wanted readings are respelled."""
    return respelled(speech.spoken, speech.readings) if speech.readings else speech.spoken
