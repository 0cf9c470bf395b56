"""ID3v2.3 tags with chapters, written and read by ourselves: frame order matters to players.

Sources: "ID3 tag version 2.3.0" (id3.org, 1999) and "ID3v2 Chapter Frame Addendum" (2005).
Version 2.3 because ffmpeg-based players show no chapters at all from longer v2.4 ones.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tingbao.audio.frames import ID3V2_HEADER_BYTES, id3v2_body_bytes
from tingbao.errors import MediaError
from tingbao.models import Chapter, DurationMs

MAX_TEXT_CHARACTERS = 255
MAX_COMMENT_CHARACTERS = 4000
MAX_CHILDREN = 255
"""A table of contents counts its children in one byte."""

_LATIN_1, _UTF16_WITH_BOM = b"\x00", b"\x01"
_NO_OFFSET = b"\xff" * 8  # "use the times, not byte offsets", for start and end
_ORDERED, _TOP_LEVEL = 0b01, 0b10
_FRONT_COVER = b"\x03"
_MAGIC = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True, slots=True)
class ChapterExtra:
    """What a chapter may show beside its title: the address of a page, a small JPEG or PNG."""

    link: str | None = None
    picture: bytes | None = None


NO_EXTRAS: Mapping[str, ChapterExtra] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file says of itself.

    ``language`` is an ISO 639-2 code, ``cover`` a JPEG or PNG picture, ``aigc`` the label from
    :func:`aigc_label`. Texts are made one line and cut at 255 characters (a comment: 4000).
    """

    title: str
    album: str
    artist: str
    date: dt.date
    comment: str = ""
    genre: str = "Speech"
    language: str = "zho"
    track: int | None = None
    cover: bytes | None = None
    aigc: str | None = None


def aigc_label(producer: str, produce_id: str) -> str:
    """The metadata label that says "made by a machine", as JSON.

    Keys and order: GB 45438-2025, annex E; ``Label`` "1" means that the content is synthetic.
    Whoever passes the file on fills in the two keys of propagation, empty here.
    """
    label = {
        "Label": "1",
        "ContentProducer": producer,
        "ProduceID": produce_id,
        "ReservedCode1": "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }
    return json.dumps({"AIGC": label}, ensure_ascii=False, separators=(",", ":"))


def id3_tag(
    tags: Tags, chapters: Sequence[Chapter] = (), extras: Mapping[str, ChapterExtra] = NO_EXTRAS
) -> bytes:
    """The whole tag, to stand at the start of a file; ``extras`` are found by a chapter's item.

    Chapters stand in time order below one top-level, ordered table of contents. A table holds at
    most 255 children: of more chapters the first 254 stand in it directly and its last child is
    a table with the rest, and so on, so that a player which reads one level shows the first 254
    and any other shows all.

    Raises:
        MediaError: chapters overlap or do not advance, a picture is neither JPEG nor PNG, a link
            is not ASCII, or the tag is longer than a tag can be (256 MB).
    """
    cover = [] if tags.cover is None else [_picture(tags.cover, "cover")]
    body = b"".join((*_texts(tags), *_chapter_frames(tags.album, chapters, extras), *cover))
    return b"ID3\x03\x00\x00" + _syncsafe(len(body)) + body


def _texts(tags: Tags) -> Iterator[bytes]:
    yield _text("TIT2", tags.title)
    yield _text("TALB", tags.album)
    yield _text("TPE1", tags.artist)
    if tags.track is not None:
        yield _text("TRCK", str(tags.track))
    yield _text("TCON", tags.genre)
    yield _text("TLAN", tags.language)
    yield _text("TYER", f"{tags.date.year:04d}")
    yield _text("TDAT", f"{tags.date.day:02d}{tags.date.month:02d}")
    if tags.comment:
        yield _comment(tags.language, tags.comment)
    if tags.aigc is not None:
        yield _frame("TXXX", _UTF16_WITH_BOM + _utf16("AIGC") + b"\0\0" + _utf16(tags.aigc))


def _chapter_frames(
    title: str, chapters: Sequence[Chapter], extras: Mapping[str, ChapterExtra]
) -> Iterator[bytes]:
    if not chapters:
        return
    _check_times(chapters)
    ids = [f"chp{number}" for number in range(1, len(chapters) + 1)]
    yield from _contents(title, ids)
    for element, chapter in zip(ids, chapters, strict=True):
        times = chapter.start_ms.to_bytes(4) + chapter.end_ms.to_bytes(4)
        body = element.encode("ascii") + b"\0" + times + _NO_OFFSET
        shown = b"".join(_shown(chapter, extras.get(chapter.article or "", ChapterExtra())))
        yield _frame("CHAP", body + shown)


def _shown(chapter: Chapter, extra: ChapterExtra) -> Iterator[bytes]:
    yield _text("TIT2", chapter.title)
    if extra.link is not None:
        yield _link(extra.link)
    if extra.picture is not None:
        yield _picture(extra.picture, "chapter's picture")


def _check_times(chapters: Sequence[Chapter]) -> None:
    for chapter in chapters:
        if not 0 <= chapter.start_ms < chapter.end_ms <= 0xFFFF_FFFF:
            raise MediaError(f"the chapter {chapter.title!r} has no length or is out of range")
    for earlier, later in itertools.pairwise(chapters):
        if later.start_ms < earlier.end_ms:
            raise MediaError(f"the chapter {later.title!r} starts before the one before it ends")


def _contents(title: str, ids: Sequence[str]) -> Iterator[bytes]:
    flags = _ORDERED | _TOP_LEVEL
    for table in itertools.count(1):
        is_last = len(ids) <= MAX_CHILDREN
        direct = len(ids) if is_last else MAX_CHILDREN - 1
        children = [*ids[:direct], *([] if is_last else [f"toc{table + 1}"])]
        names = b"".join(child.encode("ascii") + b"\0" for child in children)
        head = f"toc{table}".encode("ascii") + b"\0" + bytes((flags, len(children)))
        yield _frame("CTOC", head + names + _text("TIT2", title))
        if is_last:
            return
        ids, flags = ids[direct:], _ORDERED


def _link(address: str) -> bytes:
    """A link of the user's own kind; the address is Latin-1 by the standard, ASCII in practice."""
    if not (address.isascii() and address.isprintable()) or " " in address:
        raise MediaError(f"the chapter link {address!r} is not a percent-encoded address")
    return _frame("WXXX", _LATIN_1 + b"chapter url\0" + address.encode("ascii"))


def _picture(data: bytes, what: str) -> bytes:
    mime = next((mime for mime, magic in _MAGIC.items() if data.startswith(magic)), None)
    if mime is None:
        raise MediaError(f"the {what} is neither a JPEG nor a PNG picture")
    return _frame("APIC", _LATIN_1 + mime.encode("ascii") + b"\0" + _FRONT_COVER + b"\0" + data)


def _comment(language: str, comment: str) -> bytes:
    lines = [_one_line(line) for line in comment.splitlines()]
    text = "\n".join(lines)[:MAX_COMMENT_CHARACTERS]
    no_description = _utf16("") + b"\0\0"
    return _frame("COMM", _UTF16_WITH_BOM + _ascii3(language) + no_description + _utf16(text))


def _text(identifier: str, text: str) -> bytes:
    return _frame(identifier, _UTF16_WITH_BOM + _utf16(_one_line(text)[:MAX_TEXT_CHARACTERS]))


def _frame(identifier: str, body: bytes) -> bytes:
    return identifier.encode("ascii") + len(body).to_bytes(4) + b"\0\0" + body


def _one_line(text: str) -> str:
    """``text`` without controls: a NUL would end the field, a line break is not allowed in it."""
    return "".join(" " if ord(each) < 0x20 else each for each in text).strip()


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le", "replace")


def _ascii3(language: str) -> bytes:
    return language.encode("ascii", "replace")[:3].ljust(3)


def _syncsafe(size: int) -> bytes:
    if size >= 1 << 28:
        raise MediaError("the tag of an MP3 file cannot be longer than 256 MB; use a smaller cover")
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


# --- reading the chapters back -------------------------------------------------------------------

_MOST_TAG_BYTES = 1 << 24
"""More than chapters and a cover take; of a longer tag only the beginning is read."""


def tagged_chapters_ms(path: Path) -> tuple[tuple[DurationMs, DurationMs], ...]:
    """Start and end of each chapter in the tag of an MP3 file, in the file's order.

    Raises:
        MediaError: its tag is damaged.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        header = stream.read(ID3V2_HEADER_BYTES)
        if header[:3] != b"ID3":
            return ()
        body = stream.read(min(id3v2_body_bytes(header), _MOST_TAG_BYTES))
    return tuple(_times_ms(frame) for name, frame in _frames(body) if name == b"CHAP")


def _frames(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + ID3V2_HEADER_BYTES <= len(body) and body[place]:
        size = int.from_bytes(body[place + 4 : place + 8])
        start = place + ID3V2_HEADER_BYTES
        if start + size > len(body):
            raise MediaError("its tag ends inside a frame")
        yield body[place : place + 4], body[start : start + size]
        place = start + size


def _times_ms(chapter: bytes) -> tuple[DurationMs, DurationMs]:
    _, _, rest = chapter.partition(b"\0")
    if len(rest) < 16:
        raise MediaError("its tag holds a chapter without times")
    return DurationMs(int.from_bytes(rest[:4])), DurationMs(int.from_bytes(rest[4:8]))
