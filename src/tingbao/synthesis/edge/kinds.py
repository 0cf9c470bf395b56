"""Whether to ask for word or for sentence boundaries: words are finer, sentences are surer."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tingbao.synthesis.edge.client import Question
from tingbao.synthesis.edge.proof import Answer, BoundaryKind, UntoldError

DOUBTS = 2
"""Words that do not add up this often are asked for as sentences: a fault seldom strikes twice."""

TEXTS = 3
"""Once the sentences of so many texts add up where their words do not, all are asked for so."""


@dataclass(slots=True)
class Kinds:
    """What is known of a service's boundaries."""

    usual: BoundaryKind = "WordBoundary"
    _doubts: Counter[str] = field(default_factory=Counter)
    _rescued: int = 0

    def for_text(self, text: str) -> BoundaryKind:
        """What to ask for with this text."""
        return "SentenceBoundary" if self._doubts[text] >= DOUBTS else self.usual

    @contextlib.contextmanager
    def learning(self, question: Question, answer: Answer) -> Iterator[None]:
        """Learn from how the proof of this answer, inside, ends."""
        try:
            yield
        except UntoldError:
            self._doubts[question.text] += 1 if answer.boundaries else DOUBTS
            raise
        if question.boundary != self.usual:
            self._rescued += 1
            if self._rescued >= TEXTS:
                self.usual = "SentenceBoundary"
