"""How long to wait, how often to ask, when to give up: one policy for everything that fails."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

PARALLEL = 4
"""More at once is rude to a service that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
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

    A request waits for the first of its answer, which hangs on the length of its text, then for
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

    def limits(self, text: str, attempt: int, rate: float) -> Limits:
        """How patient attempt ``attempt`` (from 0) at ``text`` is.

        The whole may take as long as it takes to listen to it, and a little longer.
        """
        patience = 2.0**attempt
        first = (self.first + self.first_per_character * len(text)) * patience
        whole = self.all + self.all_per_character * len(text) / rate
        return Limits(
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
