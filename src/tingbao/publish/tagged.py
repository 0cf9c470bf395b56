"""Reading back the chapters that an MP3 file carries, to hold them against the manifest.

Source: "ID3v2 Chapter Frame Addendum" (2005), in tags of version 2.3 as this program writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tingbao.audio import walk_frames
from tingbao.errors import MediaError

HEADER_BYTES = 10
MOST_TAG_BYTES = 1 << 24
"""More than chapters and a cover take; a tag that tells of more is not read."""


def tagged_chapters_ms(path: Path) -> tuple[tuple[int, int], ...]:
    """Start and end of each chapter in an MP3 file, in milliseconds, in the file's order.

    Raises:
        MediaError: its tag is damaged.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        header = stream.read(HEADER_BYTES)
        if header[:3] != b"ID3":
            return ()
        body = stream.read(min(_syncsafe(header[6:]), MOST_TAG_BYTES))
    return tuple(_times_ms(frame) for name, frame in _frames(body) if name == b"CHAP")


def length_ms(path: Path) -> int:
    """The length of an MP3 file's sound, counted in its frames.

    Raises:
        MediaError: it holds something else than frames.
        OSError: the file cannot be read.
    """
    samples, rate_hz = 0, 1
    with path.open("rb") as stream:
        for frame in walk_frames(stream):
            samples += frame.header.samples
            rate_hz = frame.header.sample_rate_hz
    return round(1000 * samples / rate_hz)


def _frames(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + HEADER_BYTES <= len(body) and body[place]:
        size = int.from_bytes(body[place + 4 : place + 8])
        start = place + HEADER_BYTES
        if start + size > len(body):
            raise MediaError("its tag ends inside a frame")
        yield body[place : place + 4], body[start : start + size]
        place = start + size


def _times_ms(chapter: bytes) -> tuple[int, int]:
    _, _, rest = chapter.partition(b"\0")
    if len(rest) < 16:
        raise MediaError("its tag holds a chapter without times")
    return int.from_bytes(rest[:4]), int.from_bytes(rest[4:8])


def _syncsafe(raw: bytes) -> int:
    size = 0
    for byte in raw:
        size = size << 7 | byte & 0x7F
    return size
