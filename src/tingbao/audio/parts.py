"""Parts: separately encoded stretches of sound, kept as bare MP3 frames under a content key.

A stored part is a text line with the SHA-256 of all that follows it, a line of JSON with what is
known of the part, and its frames. It is verified whenever it is read.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tingbao import files
from tingbao.audio.frames import FrameHeader, version_of, walk_frames
from tingbao.errors import MediaError, StoreError
from tingbao.models import Clip, DurationMs, Timing

if TYPE_CHECKING:
    from tingbao.audio.mastering import Assembly, EncodedTrack

_FORMAT = 1
"""Goes up when a stored part, or the sound made from the same clips, changes."""

_CHUNK_BYTES = 1 << 18
_DIGEST_LINE_BYTES = 2 * 32 + 1


_CODEC_DELAY_SAMPLES = 576 + 529
"""Silence before the first sample of every LAME run: LAME's own delay and that of any decoder."""


@dataclass(frozen=True, slots=True)
class Mastering:
    """How a part is made loud, safe and small.

    ``loudness_lufs`` is as heard on two channels: a meter shows 3 LU less on the mono file.
    ``fade_ms`` is the ramp at both ends of a clip that keeps its cut from clicking.
    """

    sample_rate_hz: int = 44100
    bitrate_bps: int = 64000
    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    fade_ms: int = 5


@dataclass(frozen=True, slots=True)
class PartClip:
    """One utterance of a part: the clip's content key, how to get it, the silence after it."""

    key: str
    load: Callable[[], Clip]
    pause_ms: int = 0


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What is known of a part besides its frames; all times are from the part's first frame.

    ``starts_ms`` and ``ends_ms`` hold one entry a clip, its pause not included; ``timings`` the
    clips' own timings, moved to the part. Loudness is as heard on two channels, measured after
    encoding (-70 and below means silence).
    """

    frames: int
    bytes: int
    samples_per_frame: int
    sample_rate_hz: int
    bitrate_bps: int
    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]
    timings: tuple[tuple[Timing, ...], ...]
    loudness_lufs: float
    true_peak_dbtp: float

    @property
    def samples(self) -> int:
        """The number of samples that the frames decode to."""
        return self.frames * self.samples_per_frame

    @property
    def duration_ms(self) -> DurationMs:
        """The length of the frames, to the nearest millisecond."""
        return DurationMs(round(1000 * self.samples / self.sample_rate_hz))


@dataclass(frozen=True, slots=True)
class Part(PartFacts):
    """One encoder run in the store; ``sha256`` is that of its entry, checked when it is copied."""

    path: Path
    sha256: str


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The JSON line of a stored part."""

    key: str
    facts: PartFacts


def _part_key(keys: Sequence[str], pauses_ms: Sequence[int], mastering: Mastering) -> str:
    """The content key of a part: SHA-256 over its clips' keys, pauses, mastering and encoder."""
    made_of = [_FORMAT, _encoder(), asdict(mastering), [*zip(keys, pauses_ms, strict=True)]]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def find_part(
    keys: Sequence[str], pauses_ms: Sequence[int], mastering: Mastering, store: Path
) -> Part | None:
    """The stored part of these clips, verified, or None when there is none.

    Raises:
        StoreError: the entry is damaged or cannot be read; making the part again replaces it.
    """
    key = _part_key(keys, pauses_ms, mastering)
    path = _entry_path(store, key)
    try:
        with path.open("rb") as stream:
            return _verified(stream, path, key)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def make_part(clips: Sequence[PartClip], mastering: Mastering, store: Path) -> Part:
    """Assemble, master and encode the clips, and put the part into the store.

    It is always made anew, in place of a damaged entry too; :func:`find_part` finds it again.

    Raises:
        MediaError: the clips cannot be assembled or encoded.
        OutputError: the store cannot be written.
    """
    # The codecs, NumPy and pydub track a quarter of a second, and a part that is stored needs none.
    from tingbao.audio.mastering import assemble, master  # noqa: PLC0415

    keys, pauses_ms = [clip.key for clip in clips], [clip.pause_ms for clip in clips]
    loaded = [clip.load() for clip in clips]
    assembly = assemble(loaded, pauses_ms, mastering.fade_ms)
    timings = [clip.timings for clip in loaded]
    del loaded  # an hour of them has 170 MB
    track = master(assembly.pcm, mastering)
    facts = _facts(track, assembly, timings, mastering)
    return _store_part(_part_key(keys, pauses_ms, mastering), facts, track.frames, store)


def _facts(
    track: EncodedTrack,
    assembly: Assembly,
    timings: Sequence[tuple[Timing, ...]],
    mastering: Mastering,
) -> PartFacts:
    header = mono_header(mastering.sample_rate_hz, mastering.bitrate_bps)
    delay_ms = 1000 * _CODEC_DELAY_SAMPLES / mastering.sample_rate_hz
    to_ms = 1000 / assembly.pcm.sample_rate_hz
    starts = [delay_ms + start * to_ms for start, _ in assembly.spans]
    ends = [delay_ms + end * to_ms for _, end in assembly.spans]
    return PartFacts(
        frames=_count(track.frames, header),
        bytes=len(track.frames),
        samples_per_frame=header.samples,
        sample_rate_hz=header.sample_rate_hz,
        bitrate_bps=header.bitrate_bps,
        starts_ms=tuple(map(round, starts)),
        ends_ms=tuple(map(round, ends)),
        timings=tuple(map(_moved, timings, starts)),
        loudness_lufs=track.loudness_lufs,
        true_peak_dbtp=track.true_peak_dbtp,
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


def _store_part(key: str, facts: PartFacts, frames: bytes, store: Path) -> Part:
    """Put a part into the store, in place of what is there under its key.

    Raises:
        OutputError: the store cannot be written.
    """
    path = _entry_path(store, key)
    body = msgspec.json.encode(_Entry(key, facts)) + b"\n" + frames
    digest = hashlib.sha256(body).hexdigest()
    with files.writing(path) as stream:
        stream.write(digest.encode("ascii") + b"\n")
        stream.write(body)
    return _part(facts, path, digest)


def read_frames(part: Part) -> Iterator[bytes]:
    """Yield a part's frames in chunks, checking that they are still the ones stored.

    Raises:
        StoreError: they are not, or cannot be read; what was yielded must be thrown away.
    """
    try:
        with part.path.open("rb") as stream:
            stream.seek(_DIGEST_LINE_BYTES)
            digest = hashlib.sha256(stream.readline())
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
                yield chunk
    except OSError as error:
        raise _unreadable(part.path, error) from error
    if digest.hexdigest() != part.sha256:
        raise _damaged(part.path)


def mono_header(sample_rate_hz: int, bitrate_bps: int) -> FrameHeader:
    """The header that all frames of a part share, but for padding.

    Raises:
        MediaError: MP3 has no such sample rate.
    """
    return FrameHeader(
        version=version_of(sample_rate_hz),
        bitrate_bps=bitrate_bps,
        sample_rate_hz=sample_rate_hz,
        channels=1,
        protected=False,
        padded=False,
    )


def _encoder() -> str:
    # The wheel brings its own libmp3lame; other processors round its floats differently.
    return f"av {metadata.version('av')} {platform.machine()}"


def _entry_path(store: Path, key: str) -> Path:
    return store / key[:2] / f"{key}.part"


def _verified(stream: io.BufferedReader, path: Path, key: str) -> Part:
    written = stream.read(_DIGEST_LINE_BYTES).rstrip(b"\n").decode("ascii", "replace")
    if hashlib.file_digest(stream, "sha256").hexdigest() != written:
        raise _damaged(path)
    stream.seek(_DIGEST_LINE_BYTES)
    try:
        entry = msgspec.json.decode(stream.readline(), type=_Entry)
    except msgspec.DecodeError as error:
        raise _damaged(path) from error
    if entry.key != key:
        raise _damaged(path)
    return _part(entry.facts, path, written)


def _part(facts: PartFacts, path: Path, sha256: str) -> Part:
    known = {field.name: getattr(facts, field.name) for field in fields(PartFacts)}
    return Part(**known, path=path, sha256=sha256)


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"cannot read the stored part {path}: {error.strerror}; build again")


def _damaged(path: Path) -> StoreError:
    return StoreError(f"the stored part {path} is not what was put there; it will be made again")
