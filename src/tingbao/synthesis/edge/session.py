"""One call's worth of requests in an event loop: in order, N at a time, retried by one policy."""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from tingbao.errors import (
    EngineDownError,
    IncompleteClipError,
    SynthesisError,
    TransientSynthesisError,
)
from tingbao.models import Clip
from tingbao.synthesis.edge.availability import require_offered
from tingbao.synthesis.edge.client import Question, ask
from tingbao.synthesis.edge.endings import Endings, Verdict
from tingbao.synthesis.edge.gate import Gate
from tingbao.synthesis.edge.jobs import Job, Request, jobs_of
from tingbao.synthesis.edge.kept import KeptAnswers
from tingbao.synthesis.edge.kinds import Kinds
from tingbao.synthesis.edge.policy import SessionOptions
from tingbao.synthesis.edge.proof import Answer, prove
from tingbao.synthesis.edge.sound import Take, joined, silence, take_of
from tingbao.synthesis.store import ClipStore
from tingbao.synthesis.work import Notice, Settled, Task, excerpt

R = TypeVar("R")


class Session:
    """Speaks ``tasks``; each that is settled is told to ``say``."""

    def __init__(
        self,
        tasks: Sequence[Task],
        store: ClipStore,
        options: SessionOptions,
        notice: Notice,
        say: Callable[[Settled], None],
    ) -> None:
        self._jobs = jobs_of(tasks, options.jobs)
        self._store = store
        self._options = options
        self._notice = notice
        self._say = say
        self._endings = Endings()
        self._kinds = Kinds()
        self._kept = KeptAnswers(store.folder)
        self._doubted: list[tuple[Request, Take]] = []
        self._missing = sum(len(job.pieces) for job in self._jobs)
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
        self._gate = Gate(self._options.policy, clock, self._notice)
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
        """A text of marks alone is a breath of silence: the service would answer with nothing."""
        for job in self._jobs:
            if not job.pieces:
                await self._finish(job)

    async def _work(self) -> None:
        while self._left:
            _, _, request = await self._queue.get()
            if request is not None and not request.job.is_settled:
                await self._try(request)

    async def _try(self, request: Request) -> None:
        job = request.job
        try:
            answer = self._kept.find(request.piece.text, request.voice)
            if answer is None:
                async with self._gate.passing(request.piece.text):
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
        text, voice = request.piece.text, request.voice
        limits = self._options.policy.limits(text, request.attempt, voice.rate)
        question = Question(text, voice, self._kinds.for_text(text))
        self._in_flight += 1
        try:
            answer = await ask(question, limits)
        finally:
            self._in_flight -= 1
        with self._kinds.learning(question, answer):
            prove(text, answer, voice.rate)
        return answer

    async def _take_in(self, request: Request, answer: Answer) -> None:
        job, piece = request.job, request.piece
        try:
            take = await self._aside(job, lambda: take_of(piece, answer))
        except IncompleteClipError as error:
            self._failed(request, error)
            return
        if take.ending is not None:
            self._endings.note(piece.text, take.ending)
        if self._waits(request, take):
            await self._aside(job, lambda: self._kept.keep(piece.text, request.voice, answer))
        self._doubted.append((request, take))
        await self._weigh()

    def _waits(self, request: Request, take: Take) -> bool:
        """Whether a take cannot become a clip at once, and would be lost if we were killed."""
        is_alone = len(request.job.pieces) == 1
        return not is_alone or self._verdict(request, take) is Verdict.UNKNOWN

    async def _weigh(self) -> None:
        """Accept or refuse what has come, as far as the service's endings are known."""
        complete = self._weighed()
        if self._doubted and len(self._doubted) == self._missing:
            complete += self._weighed()
        for job in complete:
            await self._finish(job)

    def _weighed(self) -> list[Job]:
        """Weigh all takes that are in doubt; returns the jobs that are complete with them.

        A doubtful one waits for others to show its way; when nothing else comes it is believed.
        """
        doubted = [each for each in self._doubted if not each[0].job.is_settled]
        self._doubted = []
        is_last = len(doubted) == self._missing
        complete: list[Job] = []
        for request, take in doubted:
            verdict = self._verdict(request, take)
            if request.job.is_settled:  # another of its pieces was given up just now
                continue
            if verdict is Verdict.SHORT:
                self._failed(request, IncompleteClipError("speech ends before the last word"))
            elif verdict is Verdict.UNKNOWN and not is_last:
                self._doubted.append((request, take))
            else:
                request.job.takes[request.number] = take
                self._missing -= 1
                complete += [request.job] if request.job.is_complete else []
        return complete

    def _verdict(self, request: Request, take: Take) -> Verdict:
        if take.ending is None:
            return Verdict.WHOLE
        return self._endings.verdict(request.piece.text, take.ending)

    def _failed(self, request: Request, error: SynthesisError) -> None:
        self._kept.drop(request.piece.text, request.voice)
        again = request.again
        if again.attempt >= self._options.policy.attempts:
            self._give_up(request.job, error, f"{error}, after {again.attempt} attempts")
            return
        request.job.retries += 1
        delay = self._options.policy.delay(request.attempt, self._options.chance())
        asyncio.get_running_loop().call_later(delay, self._line_up, again)

    async def _finish(self, job: Job) -> None:
        takes = [job.takes[number] for number in range(len(job.pieces))]
        clip = joined(takes, self._options.gap_ms) if takes else silence()
        await self._aside(job, lambda: self._put(job, clip))
        settled = Settled(job.task.key, clip.seconds, job.cpu_seconds, retries=job.retries)
        self._settle(job, settled)

    def _put(self, job: Job, clip: Clip) -> None:
        self._store.put(job.task.key, clip)
        for piece in job.pieces:
            self._kept.drop(piece.text, job.task.speech.voice)

    def _give_up(self, job: Job, error: SynthesisError, reason: str) -> None:
        named = type(error)(f"{excerpt(job.task.speech.spoken)}: {reason}")
        self._settle(job, Settled(job.task.key, error=named, retries=job.retries))

    def _settle(self, job: Job, settled: Settled) -> None:
        if job.is_settled:
            return
        job.is_settled = True
        self._missing -= len(job.pieces) - len(job.takes)
        job.takes.clear()
        self._left -= 1
        self._say(replace(settled, in_flight=self._in_flight))
        if not self._left:
            for _ in range(self._options.jobs):
                self._queue.put_nowait((math.inf, next(self._serial), None))
        elif settled.error is not None and self._doubted:
            self._group.create_task(self._weigh())

    async def _aside(self, job: Job, work: Callable[[], R]) -> R:
        """Do heavy work in a thread, so that the other requests are listened to meanwhile."""

        def timed() -> R:
            began = time.thread_time()
            try:
                return work()
            finally:
                job.cpu_seconds += time.thread_time() - began

        return await asyncio.to_thread(timed)
