"""The circuit breaker: every request goes through this gate, and none while the service refuses."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from tingbao.errors import EngineDownError, SynthesisError
from tingbao.synthesis.edge.client import BusyError, NoSoundError, RefusedError
from tingbao.synthesis.edge.policy import Policy
from tingbao.synthesis.work import Notice

ADVICE = "try again later (what was spoken is kept), or use --voice kokoro"


class Gate:
    """Open, half open (one request at a time, after a rest) or shut, as the policy says.

    It lives in one event loop, whose time ``clock`` tells.
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
        """Wait until a request for ``text`` may go out; the gate learns from how it ends.

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
            self._shut(f"{error}, like {self._failures} answers in a row")

    def _heed(self, error: BusyError, retry_after: float) -> None:
        if retry_after > self._policy.most_rest:
            self._shut(f"{error} and asks to wait {retry_after:.0f} s")
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
            self._shut(f"{error}, {len(self._refused)} times in a row")

    def _rest(self, seconds: float) -> None:
        self._rests_until = max(self._rests_until, self._clock() + seconds)

    def _shut(self, reason: str) -> None:
        self._down = self._down or EngineDownError(f"the online voice is down: {reason}; {ADVICE}")
