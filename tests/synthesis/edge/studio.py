"""A runner of the online voice on a loopback service, with a policy fit for tests."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from edge_service import EdgeService
from edge_sound import CHARACTER_SECONDS
from tingbao.models import Clip
from tingbao.synthesis import ClipStore, Outcome, Runner, Speech, VoiceSettings
from tingbao.synthesis.edge.policy import Policy, SessionOptions
from tingbao.synthesis.edge.speakers import EdgeSpeakers

__all__ = ["HASTY", "PATIENT", "VOICE", "Studio", "running", "spoken_seconds"]

VOICE = VoiceSettings("zh-CN-XiaoxiaoNeural")

PATIENT = Policy(first=60, more=60, backoff=0.01, rest=0.05)
"""For services that answer: a loaded machine changes nothing."""

HASTY = dataclasses.replace(PATIENT, first=0.8, first_per_character=0, more=0.8)
"""For services that fall silent."""


def spoken_seconds(text: str) -> float:
    """How long the loopback service speaks for ``text``, silent edges not counted."""
    return CHARACTER_SECONDS * sum(sign.isalnum() for sign in text)


class Studio:
    """Speaks into a store of its own; what the user would be told is in ``told``."""

    def __init__(self, service: EdgeService, folder: Path, policy: Policy = PATIENT) -> None:
        self.service = service
        self.store = ClipStore(folder / "clips")
        self.policy = policy
        self.told: list[str] = []

    def speak(self, *texts: str, voice: VoiceSettings = VOICE) -> list[Outcome]:
        """The outcomes in the order of the texts."""
        options = SessionOptions(policy=self.policy, chance=lambda: 0.5)
        speakers = EdgeSpeakers(options, self.store, self.told.append)
        with Runner(speakers, self.store, self.told.append) as runner:
            outcomes = list(runner([Speech(text, voice) for text in texts]))
        assert sorted(outcome.index for outcome in outcomes) == list(range(len(texts)))
        return sorted(outcomes, key=lambda outcome: outcome.index)

    def clip(self, outcome: Outcome) -> Clip:
        """The stored clip of a text that was spoken."""
        assert outcome.error is None
        assert outcome.key is not None
        clip = self.store.get(outcome.key)
        assert clip is not None
        return clip

    def short_clips(self, texts: Sequence[str], outcomes: Sequence[Outcome]) -> list[str]:
        """The texts whose stored clip is not as long as the service speaks for them."""
        return [
            text
            for text, outcome in zip(texts, outcomes, strict=True)
            if not outcome.error
            and abs(self.clip(outcome).seconds - spoken_seconds(text) - 0.04) > 0.06
        ]


@contextlib.contextmanager
def running(service: EdgeService) -> Iterator[EdgeService]:
    """The service, with the setting that points to it."""
    with service, pytest.MonkeyPatch.context() as environment:
        environment.setenv("TINGBAO_EDGE_ENDPOINT", service.endpoint)
        yield service
