"""Parts in, one MP3 file out: tag, one fresh Info frame, then the parts' frames as they are."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.audio.frames import FrameHeader, info_frame
from tingbao.audio.id3 import NO_EXTRAS, ChapterExtra, Tags, id3_tag
from tingbao.audio.parts import Part, mono_header, read_frames
from tingbao.errors import MediaError
from tingbao.models import Chapter, DurationMs


@dataclass(frozen=True, slots=True)
class Mp3File:
    """A written file: ``frames`` and ``duration_ms`` are of its sound, ``bytes`` of all of it."""

    path: Path
    bytes: int
    frames: int
    duration_ms: DurationMs
    sha256: str


def boundaries_ms(parts: Sequence[Part]) -> tuple[int, ...]:
    """Where each part starts when they follow one another, then where the last one ends.

    Counted in samples of whole frames and rounded once, so that nothing drifts.

    Raises:
        MediaError: the parts differ in rate, bit rate or version.
    """
    if not parts:
        return (0,)
    rate = _common_header(parts).sample_rate_hz
    samples = itertools.accumulate((part.samples for part in parts), initial=0)
    return tuple(round(1000 * count / rate) for count in samples)


def chapter_times(
    parts: Sequence[Part], titles: Sequence[str | None], articles: Sequence[str | None]
) -> tuple[Chapter, ...]:
    """One chapter a part, without gaps; ``articles`` holds item ids, None for other stretches.

    A part without a title (a chime) opens the chapter of the part after it; at the very end it
    closes the last one.

    Raises:
        MediaError: as :func:`boundaries_ms`.
    """
    chapters: list[Chapter] = []
    opened_ms = 0
    ends_ms = boundaries_ms(parts)[1:]
    for end_ms, title, article in zip(ends_ms, titles, articles, strict=True):
        if title is not None:
            chapters.append(Chapter(opened_ms, end_ms, title, article))
            opened_ms = end_ms
    if chapters:
        chapters[-1] = dataclasses.replace(chapters[-1], end_ms=ends_ms[-1])
    return tuple(chapters)


def write_mp3(
    path: Path,
    parts: Sequence[Part],
    tags: Tags,
    chapters: Sequence[Chapter] = (),
    extras: Mapping[str, ChapterExtra] = NO_EXTRAS,
) -> Mp3File:
    """Join whole parts into one file, atomically and in memory that does not grow with them.

    ``extras`` are links and pictures of chapters, by the chapter's item.

    Raises:
        MediaError: no parts, parts of different formats, or chapters that do not fit the sound.
        StoreError: a part is not what was stored.
        OutputError: the file cannot be written.
    """
    frames, audio_bytes = sum(part.frames for part in parts), sum(part.bytes for part in parts)
    info = info_frame(_common_header(parts), frames, audio_bytes)
    length = boundaries_ms(parts)[-1]
    _check_end(chapters, length)
    head = id3_tag(tags, chapters, extras) + info
    digest = _held_digest(path, _chunks(head, parts)) or _written_digest(path, _chunks(head, parts))
    return Mp3File(path, len(head) + audio_bytes, frames, DurationMs(length), digest)


def _chunks(head: bytes, parts: Sequence[Part]) -> Iterator[bytes]:
    yield head
    for part in parts:
        yield from read_frames(part)


def _held_digest(path: Path, chunks: Iterable[bytes]) -> str | None:
    """The SHA-256 of a file that holds just these chunks: reading costs less than a flushed write.

    It is read no further than to the first difference.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            for chunk in chunks:
                if stream.read(len(chunk)) != chunk:
                    return None
                digest.update(chunk)
            return None if stream.read(1) else digest.hexdigest()
    except OSError:
        return None


def _written_digest(path: Path, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with files.writing(path) as stream:
        for chunk in chunks:
            stream.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


def _common_header(parts: Sequence[Part]) -> FrameHeader:
    headers = {mono_header(part.sample_rate_hz, part.bitrate_bps) for part in parts}
    if len(headers) != 1:
        what = "there is nothing to join" if not headers else "their formats differ"
        raise MediaError(f"cannot make one MP3 file of {len(parts)} parts: {what}")
    return headers.pop()


def _check_end(chapters: Sequence[Chapter], length_ms: int) -> None:
    for chapter in chapters:
        if chapter.end_ms > length_ms:
            raise MediaError(
                f"the chapter {chapter.title!r} ends at {chapter.end_ms} ms,"
                f" after the sound ({length_ms} ms)"
            )
