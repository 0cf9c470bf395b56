"""The one seam to every voice: an utterance in, PCM and timings out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tingbao.models import Clip, Reading


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Which voice speaks and how: ``rate`` 1.0 is the voice's own pace, ``pitch_hz`` an offset."""

    voice: str
    rate: float = 1.0
    pitch_hz: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine is asked to say: the text as read, forced readings, and the voice."""

    spoken: str
    voice: VoiceSettings
    readings: tuple[Reading, ...] = ()


SAMPLE_RATE_HZ = 24000
"""Of every voice."""

MARGIN_SAMPLES = SAMPLE_RATE_HZ * 20 // 1000
"""What is left of the silence at both edges of what a voice gave."""


def milliseconds(samples: int) -> int:
    """The whole milliseconds that so many samples last, the unit of timings."""
    return samples * 1000 // SAMPLE_RATE_HZ


class Engine(Protocol):
    """A voice engine. It is built and used in one thread of one process.

    ``identity`` names everything beyond the speech that changes the audio: engine, its version,
    the hash of its model, the version of the pronunciation. It is part of the clip store's key.
    """

    @property
    def identity(self) -> str:
        """What made the audio, for the clip store's key."""
        ...

    def speak(self, speech: Speech) -> Clip:
        """Speak the whole text.

        Raises:
            TransientSynthesisError: another attempt may help.
            IncompleteClipError: audio came that does not hold the whole text.
            EngineDownError: nothing can be spoken now.
            SynthesisError: this text cannot be spoken.
        """
        ...

    def close(self) -> None:
        """Free what the engine holds; it is not used again."""
        ...
