"""Clips in, one stored part out."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.audio.frames import FrameHeader, walk_frames
from tingbao.audio.parts import (
    Mastering,
    Part,
    PartFacts,
    mono_header,
    part_key,
    store_part,
)
from tingbao.errors import MediaError
from tingbao.models import Clip, Timing

if TYPE_CHECKING:
    from tingbao.audio.assembly import Assembly
    from tingbao.audio.mastering import Take

CODEC_DELAY_SAMPLES = 576 + 529
"""Silence before the first sample of every LAME run: LAME's own delay and that of any decoder."""


@dataclass(frozen=True, slots=True)
class PartClip:
    """One utterance of a part: the clip's content key, how to get it, the silence after it."""

    key: str
    load: Callable[[], Clip]
    pause_ms: int = 0


def make_part(clips: Sequence[PartClip], mastering: Mastering, store: Path) -> Part:
    """Assemble, master and encode the clips, and put the part into the store.

    It is always made anew, in place of a damaged entry too; :func:`find_part` finds it again.

    Raises:
        MediaError: the clips cannot be assembled or encoded.
        OutputError: the store cannot be written.
    """
    # The codecs, NumPy and pydub take a quarter of a second, and a part that is stored needs none.
    from tingbao.audio.assembly import assemble  # noqa: PLC0415
    from tingbao.audio.mastering import master  # noqa: PLC0415

    keys, pauses_ms = [clip.key for clip in clips], [clip.pause_ms for clip in clips]
    loaded = [clip.load() for clip in clips]
    assembly = assemble(loaded, pauses_ms, mastering.fade_ms)
    timings = [clip.timings for clip in loaded]
    del loaded  # an hour of them has 170 MB
    take = master(assembly.pcm, mastering)
    facts = _facts(take, assembly, timings, mastering)
    return store_part(part_key(keys, pauses_ms, mastering), facts, take.frames, store)


def _facts(
    take: Take,
    assembly: Assembly,
    timings: Sequence[tuple[Timing, ...]],
    mastering: Mastering,
) -> PartFacts:
    header = mono_header(mastering.sample_rate_hz, mastering.bitrate_bps)
    delay_ms = 1000 * CODEC_DELAY_SAMPLES / mastering.sample_rate_hz
    to_ms = 1000 / assembly.pcm.sample_rate_hz
    starts = [delay_ms + start * to_ms for start, _ in assembly.spans]
    ends = [delay_ms + end * to_ms for _, end in assembly.spans]
    return PartFacts(
        frames=_count(take.frames, header),
        bytes=len(take.frames),
        samples_per_frame=header.samples,
        sample_rate_hz=header.sample_rate_hz,
        bitrate_bps=header.bitrate_bps,
        starts_ms=tuple(map(round, starts)),
        ends_ms=tuple(map(round, ends)),
        timings=tuple(map(_moved, timings, starts)),
        loudness_lufs=take.loudness_lufs,
        true_peak_dbtp=take.true_peak_dbtp,
    )


def _moved(timings: Sequence[Timing], start_ms: float) -> tuple[Timing, ...]:
    return tuple(
        dataclasses.replace(
            timing,
            start_ms=round(start_ms + timing.start_ms),
            end_ms=round(start_ms + timing.end_ms),
        )
        for timing in timings
    )


def _count(frames: bytes, expected: FrameHeader) -> int:
    """The number of frames, each of which must have the format that the part will tell of."""
    lengths: list[int] = []
    for frame in walk_frames(io.BytesIO(frames)):
        if dataclasses.replace(frame.header, padded=False) != expected:
            raise MediaError(f"the encoder made a frame of another format: {frame.header}")
        lengths.append(len(frame.data))
    if sum(lengths) != len(frames):
        raise MediaError("the encoder made something else than audio frames")
    return len(lengths)
