"""``verify``: whether a library is what its manifests say, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tingbao import files
from tingbao.audio import length_ms, tagged_chapters_ms
from tingbao.errors import LibraryError, MediaError
from tingbao.models import Manifest
from tingbao.publish.index import scan_library
from tingbao.publish.inventory import (
    edition_orphans,
    library_names,
    library_orphans,
    media_of,
    unfinished,
)
from tingbao.publish.library import LibraryInfo, required_library
from tingbao.publish.manifests import edition_folders, read_manifest
from tingbao.publish.rendering import edition_files, library_files

_FRAME_MS = 27
"""An MP3 frame at 44.1 kHz; a length may be off by less than one."""
_BUILD, _FEED = "build this edition again", "run tingbao feed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``path`` is relative to the library."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def verify(library: Path) -> tuple[Problem, ...]:
    """Check every file's length and hash, chapters, feeds, pages and orphans.

    Raises:
        OutputError: there is no library.
        LibraryError: its ``library.json`` is damaged.
    """
    check = _Check(library, required_library(library))
    for folder in edition_folders(library):
        check.edition(folder)
    check.whole()
    return tuple(check.problems)


@dataclass(slots=True)
class _Check:
    """What was found so far; of the editions nothing else is kept."""

    library: Path
    info: LibraryInfo
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False

    def edition(self, folder: Path) -> None:
        """Check one edition."""
        try:
            manifest = read_manifest(folder)
        except LibraryError as error:
            self.problems.append(Problem(f"{folder.name}/manifest.json", str(error)))
            self.broken = True
            return
        if manifest is not None:
            made = edition_files(self.info, manifest)
            self.problems += _media_problems(self.library, manifest)
            self.problems += _time_problems(manifest)
            self.problems += _rendered_problems(self.library, made.items())
            self._orphans(edition_orphans(self.library, manifest))

    def whole(self) -> None:
        """Check what belongs to no single edition; with a broken one nothing of it can be right."""
        for name in unfinished(self.library):
            message = "is an unfinished edition; build it again, or remove the folder"
            self.problems.append(Problem(name, message))
        if self.info.cover and not (self.library / self.info.cover).is_file():
            self.problems.append(Problem(self.info.cover, "is missing; build an edition again"))
        if self.broken:
            return
        scan = scan_library(self.library)
        self.problems += _rendered_problems(self.library, library_files(self.info, scan))
        known = {*library_names(self.info, scan), self.info.cover}
        self._orphans(library_orphans(self.library, known))

    def _orphans(self, names: Iterable[str]) -> None:
        for name in names:
            message = "belongs to no edition; remove it, or run tingbao feed"
            self.problems.append(Problem(name, message))


def _media_problems(library: Path, manifest: Manifest) -> Iterator[Problem]:
    yield from _sound_problems(library, manifest)
    for name, size in media_of(manifest).items():
        if size is None and not (library / name).is_file():
            yield Problem(name, f"is missing; {_BUILD}")


@dataclass(frozen=True, slots=True)
class _Sound:
    """An audio file as the manifest knows it; chapters are None where a file has none."""

    name: str
    bytes: int
    sha256: str
    duration_ms: int
    chapters_ms: Sequence[tuple[int, int]]


def _sounds(manifest: Manifest) -> Iterator[_Sound]:
    chapters = tuple((chapter.start_ms, chapter.end_ms) for chapter in manifest.chapters)
    whole = manifest.edition
    yield _Sound(whole.file, whole.bytes, whole.sha256, whole.duration_ms, chapters)
    for one in manifest.articles:
        if one.complete:
            yield _Sound(one.file, one.bytes, one.sha256, one.duration_ms, ())


def _sound_problems(library: Path, manifest: Manifest) -> Iterator[Problem]:
    for sound in _sounds(manifest):
        try:
            message = _fault(library / manifest.id / sound.name, sound)
        except FileNotFoundError:
            message = "is missing"
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
        if message:
            yield Problem(f"{manifest.id}/{sound.name}", f"{message}; {_BUILD}")


def _fault(path: Path, sound: _Sound) -> str | None:
    size = path.stat().st_size
    if size != sound.bytes:
        return f"has {size} bytes, not {sound.bytes}"
    if files.sha256(path) != sound.sha256:
        return "is not the file that was published: its SHA-256 is another"
    try:
        length, chapters = length_ms(path), tagged_chapters_ms(path)
    except MediaError as error:
        return f"is no whole MP3 file: {error}"
    if abs(length - sound.duration_ms) > _FRAME_MS:
        return f"is {length} ms long, not {sound.duration_ms}"
    if sound.chapters_ms and chapters != tuple(sound.chapters_ms):
        return f"has {len(chapters)} chapters that are not those of the manifest"
    return None


def _time_problems(manifest: Manifest) -> Iterator[Problem]:
    length = manifest.edition.duration_ms
    ends: Mapping[str, Sequence[int]] = {
        "a chapter": [chapter.end_ms for chapter in manifest.chapters],
        "a cue": [cue.end_ms for cue in manifest.cues],
        "an item": [article.end_ms for article in manifest.articles],
    }
    for what, each in ends.items():
        if max(each, default=0) > length + _FRAME_MS:
            message = f"{what} ends at {max(each)} ms, after the sound ({length} ms); {_BUILD}"
            yield Problem(f"{manifest.id}/manifest.json", message)


def _rendered_problems(library: Path, made: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    for name, data in made:
        try:
            same = (library / name).read_bytes() == data
        except OSError:
            yield Problem(name, f"is missing; {_FEED}")
            continue
        if not same:
            yield Problem(name, f"is not what the manifests make of it; {_FEED}")
