"""Where the sound really ends, against where the service says that the last word does.

A part that is lost from the middle of an answer leaves whole frames, and the silence baked into
its end hides that it is short: then speech ends earlier than the boundaries tell. How closely a
service tells the end is learned from its first answers to each text.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from tingbao.errors import IncompleteClipError

__all__ = ["EarlyEndError", "Endings"]

CODEC_DELAY_SECONDS = 0.046
"""LAME's delay and a decoder's, 1105 samples at 24 kHz: by so much speech comes late."""

SPREAD_SECONDS = 0.09
"""The last sound of a voice may die away this much before the told end of its word, or later;
a lost part of the sound is 0.12 s or more."""

TEXTS = 5
"""So many answers show a service's way; a fault seldom strikes more than half of them."""

WITNESSES, AGREED_SECONDS = 4, 0.03
"""So many equal answers to one text show that it ends like that."""

DOUBTFUL_SECONDS = 0.35
"""No last sound dies away so early: what ends before that is short, however often it comes."""


class EarlyEndError(IncompleteClipError):
    """Speech ends before the last word should: a part of the sound may be missing."""


@dataclass(slots=True)
class Endings:
    """What is known of a service's endings."""

    _slacks: dict[str, list[float]] = field(default_factory=dict)

    def check(self, text: str, speech_end: float, told_end: float) -> None:
        """Check where the speech of ``text`` ends, in seconds, against what was told.

        Raises:
            EarlyEndError: it ends earlier than this service's answers do.
        """
        slack = speech_end - told_end
        seen = self._slacks.setdefault(text, [])
        seen.append(slack)
        early = self._usual - slack
        agreed = len(seen) >= WITNESSES and max(seen) - min(seen) <= AGREED_SECONDS
        if early > (DOUBTFUL_SECONDS if agreed else SPREAD_SECONDS):
            raise EarlyEndError(f"speech ends {early:.2f} s before the last word")

    @property
    def _usual(self) -> float:
        if len(self._slacks) < TEXTS:
            return CODEC_DELAY_SECONDS
        return statistics.median(seen[0] for seen in self._slacks.values())
