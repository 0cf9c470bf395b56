"""From clips to the edition's MP3 files: parts, chapters, tags, pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tingbao.audio import (
    ChapterExtra,
    ChimeKind,
    Mastering,
    Mp3File,
    Part,
    PartClip,
    Tags,
    aigc_label,
    chime,
    chime_part,
    find_part,
    make_part,
    user_chime,
    write_mp3,
)
from tingbao.edition.events import Listener, Noticed
from tingbao.edition.library import EditionPaths
from tingbao.edition.pictures import chapter_card
from tingbao.edition.plan import Work
from tingbao.edition.request import BuildRequest
from tingbao.edition.voice import RunnerFactory
from tingbao.errors import StoreError
from tingbao.models import Chapter, Clip, EditionInfo, Segment, SegmentKind, Utterance
from tingbao.settings import AudioSettings
from tingbao.synthesis import Runner

GENERATOR = "Tingbao"
SYNTHETIC = "本节目由人工智能语音合成。"
"""The metadata's disclosure; the spoken one is the script's."""


def _mastering_of(audio: AudioSettings) -> Mastering:
    """The audio settings as the audio room takes them."""
    return Mastering(
        sample_rate_hz=audio.sample_rate_hz,
        bitrate_bps=audio.bitrate_kbps * 1000,
        loudness_lufs=audio.loudness_lufs,
        true_peak_dbtp=audio.true_peak_dbtp,
    )


@dataclass(frozen=True, slots=True)
class Track:
    """A track of sound in playing order: a segment of the programme, or a chime without one."""

    part: Part
    segment: Segment | None = None

    @property
    def kind(self) -> SegmentKind | None:
        """What the segment is."""
        return self.segment.kind if self.segment else None


@dataclass(frozen=True, slots=True)
class AudioAssembler:
    """Makes the audio files of one edition; parts that were made before are taken as they are."""

    paths: EditionPaths
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

    def chimed(self, tracks: Sequence[Track], audio: AudioSettings) -> Sequence[Track]:
        """The tracks with a chime before each page and each further item of a page.

        Raises:
            InputError: the user's own chime cannot be used.
        """
        if audio.chime == "none":
            return tracks
        chimes = {kind: self._chime(kind, audio.chime) for kind in ChimeKind}
        woven: list[Track] = []
        before: SegmentKind | None = None
        for one in tracks:
            if one.kind is SegmentKind.SECTION:
                woven.append(chimes[ChimeKind.PAGE])
            elif one.kind is SegmentKind.ARTICLE and before is SegmentKind.ARTICLE:
                woven.append(chimes[ChimeKind.ITEM])
            woven.append(one)
            before = one.kind
        return woven

    def _chime(self, kind: ChimeKind, named: str) -> Track:
        sound = chime(kind=kind) if named == "bell" else user_chime(Path(named))
        return Track(chime_part(sound, self.mastering, self.parts))

    def article(self, name: str, title: str, order: int, parts: Sequence[Part]) -> Mp3File:
        """Write an item's own file, with its card: its disclosure, then its frames."""
        card = chapter_card(title, self.edition)
        tags = self._tags(title, f"{self.edition.id}-{name}", track=order, cover=card)
        return write_mp3(self.paths.folder / "articles" / f"{name}.mp3", parts, tags)

    def whole(self, parts: Sequence[Part], chapters: Sequence[Chapter], cover: bytes) -> Mp3File:
        """Write the edition's file: all parts in playing order, with chapters and cover."""
        title = f"{self.edition.paper} {self.edition.date.isoformat()}"
        tags = self._tags(title, self.edition.id, cover=cover)
        path = self.paths.folder / "edition.mp3"
        return write_mp3(path, parts, tags, chapters, self._extras(chapters))

    def digest(
        self, name: str, title: str, parts: Sequence[Part], chapters: Sequence[Chapter]
    ) -> Mp3File:
        """Write the headlines as a file of their own."""
        tags = self._tags(title, f"{self.edition.id}-digest")
        return write_mp3(self.paths.folder / name, parts, tags, chapters)

    def _extras(self, chapters: Sequence[Chapter]) -> Mapping[str, ChapterExtra]:
        """What an item's chapter shows: its card, and its page where that has an address."""
        return {
            one.article: ChapterExtra(
                self._page(one.article), chapter_card(one.title, self.edition)
            )
            for one in chapters
            if one.article is not None
        }

    def _page(self, item: str) -> str | None:
        info = self.paths.info
        if info.base_url is None:
            return None
        return info.addresses.of(self.edition.id, f"articles/{item}.html")

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


@contextlib.contextmanager
def open_assembler(
    work: Work, request: BuildRequest, listener: Listener, open_runner: RunnerFactory
) -> Iterator[tuple[Runner, AudioAssembler]]:
    """The voice at work, and the assembler for what it speaks."""

    def notice(message: str) -> None:
        listener(Noticed(message))

    with open_runner(work.profile, request.cache, request.jobs, notice) as runner:
        yield (
            runner,
            AudioAssembler(
                paths=work.paths,
                edition=work.plan.info,
                parts=request.cache / "parts",
                mastering=_mastering_of(request.settings.audio),
                voice_title=work.profile.title,
                clip=runner.clip,
                notice=notice,
            ),
        )


def _loader(load: Callable[[str], Clip], key: str) -> Callable[[], Clip]:
    return lambda: load(key)
