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
    LACKING_TEXTS,
    REPEATED,
    Answer,
    BoundaryMismatchError,
    BoundaryMode,
    Question,
    Repeats,
    TailDetector,
    Verdict,
    prove,
    with_last_word,
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
        self._repeats = Repeats()
        self._lacking: dict[str, None] = {}
        self._answers = AnswerCache(store.folder)
        self._undecided: list[_Candidate] = []
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
        self._report_doubts()

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
            if answer is not None:
                times = self._repeats.note(request.part.text, answer)
            else:
                async with self._breaker.passing(request.part.text):
                    answer, times = await self._asked(request)
        except EngineDownError as error:
            await require_offered(request.voice.voice)
            self._settle(job, Settled(job.task.key, error=error, retries=job.retries))
        except (TransientSynthesisError, IncompleteClipError) as error:
            self._failed(request, error)
        except SynthesisError as error:
            self._give_up(job, error, f"{error}")
        else:
            # The next request need not wait until this answer is decoded and stored.
            self._group.create_task(self._take_in(request, answer, times))

    async def _asked(self, request: Request) -> tuple[Answer, int]:
        """A proved answer, and how often it came byte by byte."""
        text, voice = request.part.text, request.voice
        timeouts = self._options.policy.timeouts(text, request.attempt, voice.rate)
        question = Question(text, voice, self._mode.for_text(text))
        self._in_flight += 1
        try:
            answer = await ask(question, timeouts)
        finally:
            self._in_flight -= 1
        times = self._repeats.note(text, answer)
        try:
            with self._mode.learning(question, answer):
                prove(text, answer, voice.rate)
        except BoundaryMismatchError:
            whole = with_last_word(question, answer)
            if whole is None or (times < REPEATED and len(self._lacking) < LACKING_TEXTS):
                raise
            prove(text, whole, voice.rate)
            self._lacking[text] = None
            answer = whole
        return answer, times

    async def _take_in(self, request: Request, answer: Answer, times: int) -> None:
        job, part = request.job, request.part
        try:
            clip = await self._aside(job, lambda: decode_part(part, answer))
        except IncompleteClipError as error:
            self._failed(request, error)
            return
        if clip.tail is not None:
            self._tails.note(part.text, clip.tail)
        candidate = _Candidate(request, clip, times)
        if self._waits(candidate):
            await self._aside(job, lambda: self._answers.keep(part.text, request.voice, answer))
        self._undecided.append(candidate)
        await self._decide()

    def _waits(self, candidate: _Candidate) -> bool:
        """Whether the sound of a part is not yet a clip, and would be lost if we were killed."""
        is_alone = len(candidate.request.job.parts) == 1
        return not is_alone or self._verdict(candidate) in {Verdict.UNKNOWN, Verdict.UNLIKELY}

    async def _decide(self) -> None:
        """Accept or refuse what has come, as far as the service's endings are known."""
        complete = self._decided()
        if self._undecided and len(self._undecided) == self._missing:
            complete += self._decided()
        for job in complete:
            await self._finish(job)

    def _decided(self) -> list[Job]:
        """Judge all parts that are undecided; returns the jobs that are complete with them.

        An uncertain one waits until others show how the service ends. Of the last ones, those that
        may be whole are accepted, and the others asked for again.
        """
        undecided = [each for each in self._undecided if not each.request.job.is_settled]
        self._undecided = []
        is_last = len(undecided) == self._missing
        complete: list[Job] = []
        for candidate in undecided:
            request, verdict = candidate.request, self._verdict(candidate)
            if request.job.is_settled:  # another of its parts was given up just now
                continue
            if verdict in {Verdict.UNKNOWN, Verdict.UNLIKELY} and not is_last:
                self._undecided.append(candidate)
            elif verdict in {Verdict.SHORT, Verdict.UNLIKELY}:
                self._failed(request, IncompleteClipError("speech ends before the last word"))
            else:
                if verdict is Verdict.REPEATED:
                    self._tails.repeated[request.part.text] = None
                request.job.clips[request.number] = candidate.clip
                self._missing -= 1
                complete += [request.job] if request.job.is_complete else []
        return complete

    def _verdict(self, candidate: _Candidate) -> Verdict:
        if candidate.clip.tail is None:
            return Verdict.WHOLE
        request = candidate.request
        is_last = request.again.attempt >= self._options.policy.attempts
        tail = candidate.clip.tail
        return self._tails.verdict(request.part.text, tail, candidate.times, is_last=is_last)

    def _report_doubts(self) -> None:
        """One line for what was taken because the service says the same again."""
        doubtful = list(self._tails.repeated | self._lacking)
        if doubtful:
            self._notice(
                "the online voice ends otherwise than it says, alike in each attempt, in texts "
                f"that were taken so ({len(doubtful)}); listen to the end of {excerpt(doubtful[0])}"
            )

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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The sound of a part that came ``times`` byte by byte, and is still to be judged."""

    request: Request
    clip: PartClip
    times: int


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
