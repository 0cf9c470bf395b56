"""Where the sound really ends, against where the service says that the last word does.

A part that is lost from the middle of an answer leaves whole frames, and the silence baked into
its end hides that it is short: then speech ends earlier than the boundaries tell. How closely a
service tells the end is learned from its first answers to several texts.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

SPREAD_SECONDS = 0.09
"""The last sound of a voice may die away this much before the told end of its word, or later;
a lost part of the sound is 0.12 s or more."""

DOUBTFUL_SECONDS = 0.35
"""No last sound dies away so early: what ends before that is short, however often it comes."""

REACHED_SECONDS = 0.15

TEXTS = 9
"""So many answers show a service's way; a fault seldom strikes more than half of them."""

WITNESSES, AGREED_SECONDS = 4, 0.03
"""So many equal answers to one text show that it ends like that."""


@dataclass(frozen=True, slots=True)
class Ending:
    """In seconds: where speech ends, where the last word is told to, and where the sound does."""

    speech: float
    told: float
    sound: float

    @property
    def slack(self) -> float:
        """How long after the told end speech ends; negative if before."""
        return self.speech - self.told

    @property
    def is_told_to_the_end(self) -> bool:
        """Whether the boundaries take in the silence after the last word, as some may."""
        return self.sound - self.told < REACHED_SECONDS


Measure = Callable[[Ending], float]


class Verdict(Enum):
    """What an ending shows."""

    WHOLE = auto()
    SHORT = auto()
    UNKNOWN = auto()


@dataclass(slots=True)
class Endings:
    """What is known of a service's endings."""

    _seen: dict[str, list[Ending]] = field(default_factory=dict)

    def note(self, text: str, ending: Ending) -> None:
        """Learn from one more answer to ``text``."""
        self._seen.setdefault(text, []).append(ending)

    def verdict(self, text: str, ending: Ending) -> Verdict:
        """What the noted ``ending`` of ``text`` shows, as far as the service is known by now."""
        if len(self._seen) < TEXTS:
            return _first_impression(ending)
        firsts = [seen[0] for seen in self._seen.values()]
        measure = _measure_for(firsts)
        early = statistics.median(map(measure, firsts)) - measure(ending)
        most = DOUBTFUL_SECONDS if self._is_agreed(text, measure) else SPREAD_SECONDS
        return Verdict.WHOLE if early <= most else Verdict.SHORT

    def _is_agreed(self, text: str, measure: Measure) -> bool:
        seen = [measure(ending) for ending in self._seen[text]]
        return len(seen) >= WITNESSES and max(seen) - min(seen) <= AGREED_SECONDS


def _measure_for(firsts: Sequence[Ending]) -> Measure:
    """What tells a short answer: of boundaries that take in the silence, the sound's own end."""
    if statistics.mode(first.is_told_to_the_end for first in firsts):
        return lambda ending: ending.sound - ending.told
    return lambda ending: ending.slack


def _first_impression(ending: Ending) -> Verdict:
    """What can be said of an answer of a service that is not known yet."""
    if ending.slack >= 0:
        return Verdict.WHOLE
    is_lawful = -ending.slack <= DOUBTFUL_SECONDS or ending.is_told_to_the_end
    return Verdict.UNKNOWN if is_lawful else Verdict.SHORT
