"""From clips to the edition's MP3 files: parts, chapters, tags, pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.audio import (
    Mastering,
    Mp3File,
    Part,
    PartClip,
    Tags,
    aigc_label,
    edition_cover,
    find_part,
    make_part,
    write_mp3,
)
from tingbao.build.library import Shelf
from tingbao.errors import StoreError
from tingbao.models import Chapter, Clip, EditionInfo, Utterance
from tingbao.settings import AudioSettings

__all__ = ["Press", "mastering_of"]

GENERATOR = "Tingbao"
SYNTHETIC = "本节目由人工智能语音合成。"
"""The metadata's disclosure; the spoken one is the script's."""


def mastering_of(audio: AudioSettings) -> Mastering:
    """The audio settings as the audio room takes them."""
    return Mastering(
        sample_rate_hz=audio.sample_rate_hz,
        bitrate_bps=audio.bitrate_kbps * 1000,
        loudness_lufs=audio.loudness_lufs,
        true_peak_dbtp=audio.true_peak_dbtp,
    )


@dataclass(frozen=True, slots=True)
class Press:
    """Makes the audio files of one edition; parts that were made before are taken as they are."""

    shelf: Shelf
    edition: EditionInfo
    parts: Path
    mastering: Mastering
    voice_title: str
    clip: Callable[[str], Clip]
    notice: Callable[[str], None]

    def part(self, keys: Sequence[str], utterances: Sequence[Utterance]) -> Part:
        """The stored part of these clips, made where it is missing or damaged.

        Raises:
            MediaError: the clips cannot be joined or encoded.
            StoreError: a clip is damaged.
        """
        pauses = [utterance.pause_ms for utterance in utterances]
        try:
            found = find_part(keys, pauses, self.mastering, self.parts)
        except StoreError as error:
            self.notice(str(error))
            found = None
        if found is not None:
            return found
        clips = [
            PartClip(key, _loader(self.clip, key), pause)
            for key, pause in zip(keys, pauses, strict=True)
        ]
        return make_part(clips, self.mastering, self.parts)

    def article(self, name: str, title: str, order: int, parts: Sequence[Part]) -> Mp3File:
        """Write an item's own file: its disclosure, then its frames."""
        tags = self._tags(title, f"{self.edition.id}-{name}", track=order)
        return write_mp3(self.shelf.folder / "articles" / f"{name}.mp3", parts, tags)

    def whole(self, parts: Sequence[Part], chapters: Sequence[Chapter], cover: bytes) -> Mp3File:
        """Write the edition's file: all parts in playing order, with chapters and cover."""
        title = f"{self.edition.paper} {self.edition.date.isoformat()}"
        tags = self._tags(title, self.edition.id, cover=cover)
        return write_mp3(self.shelf.folder / "edition.mp3", parts, tags, chapters)

    def digest(
        self, name: str, title: str, parts: Sequence[Part], chapters: Sequence[Chapter]
    ) -> Mp3File:
        """Write the headlines as a file of their own."""
        tags = self._tags(title, f"{self.edition.id}-digest")
        return write_mp3(self.shelf.folder / name, parts, tags, chapters)

    def cover(self, items: int) -> tuple[str, bytes]:
        """Draw and write the cover; a new picture gets a new name, as podcast apps need it."""
        picture = edition_cover(self.edition.paper, self.edition.date, items)
        name = f"cover-{hashlib.sha256(picture).hexdigest()[:10]}.jpg"
        files.write(self.shelf.folder / name, picture)
        return name, picture

    def _tags(
        self, title: str, produce_id: str, *, track: int | None = None, cover: bytes | None = None
    ) -> Tags:
        return Tags(
            title=title,
            album=f"{self.edition.paper} {self.edition.date.isoformat()}",
            artist=self.edition.paper,
            date=self.edition.date,
            comment=f"{SYNTHETIC}语音：{self.voice_title}。",
            track=track,
            cover=cover,
            aigc=aigc_label(GENERATOR, produce_id),
        )


def _loader(load: Callable[[str], Clip], key: str) -> Callable[[], Clip]:
    return lambda: load(key)
