"""What synthesis/ returns: spoken utterances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

DurationMs = NewType("DurationMs", int)


@dataclass(frozen=True, slots=True)
class Timing:
    """``spoken[start:end]`` is heard from ``start_ms`` to ``end_ms`` of its clip."""

    start: int
    end: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance spoken: mono signed 16-bit little-endian PCM and when each part is heard."""

    pcm: bytes
    sample_rate_hz: int
    timings: tuple[Timing, ...] = ()

    @property
    def samples(self) -> int:
        """The number of samples."""
        return len(self.pcm) // 2

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return self.samples / self.sample_rate_hz
