"""How long to wait, how often to ask, when to stop asking: one policy for everything that fails.

Every request goes through the :class:`CircuitBreaker`, and none while the service refuses.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from tingbao.errors import EngineDownError, SynthesisError, TransientSynthesisError
from tingbao.workers import Notice

PARALLEL = 4
"""More at once is rude to a service that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: for the first of an answer, for more of it, for all of it.

    ``sound`` is the longest audio that is taken.
    """

    first: float
    more: float
    all: float
    sound: float


@dataclass(frozen=True, slots=True)
class Policy:
    """All times are in seconds.

    A request waits for the first of its answer, which depends on the length of its text, then for
    each further part. Each attempt at the same text is twice as patient as the one before, so
    that a stalled one costs little and a slow service is waited for all the same.

    After ``refusals`` in a row nothing is asked for ``rest``, then one request alone is the
    probe; after ``probes`` that fail too the service counts as down, as it does after
    ``failures`` of any kind in a row. A service that asks for more than ``most_rest`` is down.
    """

    attempts: int = 5
    first: float = 5.0
    first_per_character: float = 0.02
    more: float = 5.0
    most_patience: float = 60.0
    all: float = 20.0
    all_per_character: float = 0.35
    backoff: float = 1.0
    most_backoff: float = 60.0
    refusals: int = 3
    failures: int = 12
    probes: int = 2
    rest: float = 2.0
    most_rest: float = 300.0

    def timeouts(self, text: str, attempt: int, rate: float) -> Timeouts:
        """How patient attempt ``attempt`` (from 0) at ``text`` is.

        The whole may take as long as it takes to listen to it, and a little longer.
        """
        patience = 2.0**attempt
        first = (self.first + self.first_per_character * len(text)) * patience
        whole = self.all + self.all_per_character * len(text) / rate
        return Timeouts(
            first=min(first, self.most_patience),
            more=min(self.more * patience, self.most_patience),
            all=max(whole, first),
            sound=10.0 + 2.0 * len(text) / rate,
        )

    def delay(self, attempt: int, chance: float) -> float:
        """How long to wait after attempt ``attempt`` (from 0) failed: 1, 2, 4 …, at most 60.

        ``chance`` (0 to 1) takes up to a half off.
        """
        longest = min(self.backoff * 2.0**attempt, self.most_backoff)
        return longest * (1 - chance / 2)


USUAL = Policy()
"""For the real service."""


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """``gap_ms`` of silence between the pieces of a long text, ``jobs`` requests at a time.

    ``chance`` (0 to 1) spreads repeated requests, so that they do not all come back at once.
    """

    gap_ms: int = 300
    jobs: int = PARALLEL
    policy: Policy = USUAL
    chance: Callable[[], float] = random.random


class BusyError(TransientSynthesisError):
    """The service cannot answer now; ``retry_after`` is how many seconds it asks to wait."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class RefusedError(BusyError):
    """The service does not want to answer us, whatever the text is."""


class NoSoundError(TransientSynthesisError):
    """The service answered without sound: it refuses, or the text does not suit it."""


ADVICE = "try again later (what was spoken is kept), or use --voice kokoro"


class CircuitBreaker:
    """Closed (requests pass), half open (one at a time, after a rest) or open (none pass).

    It lives in one event loop, with its time in ``clock``.
    """

    def __init__(self, policy: Policy, clock: Callable[[], float], notice: Notice) -> None:
        self._policy = policy
        self._clock = clock
        self._notice = notice
        self._refused: set[object] = set()
        self._failures = 0
        self._failed_probes = 0
        self._no_probe = asyncio.Event()
        self._no_probe.set()
        self._rests_until = 0.0
        self._down: EngineDownError | None = None

    @contextlib.asynccontextmanager
    async def passing(self, text: str) -> AsyncIterator[None]:
        """Wait until a request for ``text`` may go out; the breaker learns from how it ends.

        Raises:
            EngineDownError: nothing may go out any more.
        """
        is_probe = await self._enter()
        try:
            yield
            self._worked()
        except SynthesisError as error:
            self._failed(error, text, is_probe=is_probe)
            raise
        finally:
            if is_probe:
                self._no_probe.set()

    async def _enter(self) -> bool:
        """Returns whether this request is the probe."""
        while True:
            if self._down is not None:
                raise self._down
            rest = self._rests_until - self._clock()
            if rest > 0:
                await asyncio.sleep(rest)
            elif not self._is_half_open:
                return False
            elif self._no_probe.is_set():
                self._no_probe.clear()
                return True
            else:
                await self._no_probe.wait()

    @property
    def _is_half_open(self) -> bool:
        return len(self._refused) >= self._policy.refusals

    def _worked(self) -> None:
        self._refused.clear()
        self._failures = self._failed_probes = 0

    def _failed(self, error: SynthesisError, text: str, *, is_probe: bool) -> None:
        self._failures += 1
        if isinstance(error, BusyError) and error.retry_after:
            self._heed(error, error.retry_after)
        if isinstance(error, RefusedError | NoSoundError):
            self._count_refusal(error, text, is_probe=is_probe)
        if self._failures >= self._policy.failures:
            self._open(f"{error}, like {self._failures} answers in a row")

    def _heed(self, error: BusyError, retry_after: float) -> None:
        if retry_after > self._policy.most_rest:
            self._open(f"{error} and asks to wait {retry_after:.0f} s")
        self._rest(retry_after)

    def _count_refusal(self, error: SynthesisError, text: str, *, is_probe: bool) -> None:
        was_half_open = self._is_half_open
        # An answer without sound may be the text's own fault: the same text counts once.
        self._refused.add(text if isinstance(error, NoSoundError) else object())
        if is_probe:
            self._failed_probes += 1
            self._rest(self._policy.rest * 2.0**self._failed_probes)
        elif self._is_half_open and not was_half_open:
            self._notice(f"{error}; waiting before one more request")
            self._rest(self._policy.rest)
        if self._failed_probes >= self._policy.probes:
            self._open(f"{error}, {len(self._refused)} times in a row")

    def _rest(self, seconds: float) -> None:
        self._rests_until = max(self._rests_until, self._clock() + seconds)

    def _open(self, reason: str) -> None:
        self._down = self._down or EngineDownError(f"the online voice is down: {reason}; {ADVICE}")
