"""Where one edition of an archive stands, from the moment it is opened to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tingbao.archive.discovery import Find
from tingbao.archive.events import EditionEnded, Outcome
from tingbao.archive.tasks import (
    Cost,
    Job,
    Joined,
    JoinTask,
    Planned,
    PlanTask,
    Refused,
    SpeakTask,
    Spoken,
)


@dataclass(slots=True)
class Opened:
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
        planned = self._known
        refused = tuple(self.refused)
        return JoinTask(self.job, self.find, planned.reads, planned.edition, refused)

    def speak(self) -> Iterator[SpeakTask]:
        """The tasks between: each of what is missing."""
        planned = self._known
        self.speaking = len(planned.speeches)
        for speech in planned.speeches:
            yield SpeakTask(self.job, self.find, planned.reads, speech)

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
