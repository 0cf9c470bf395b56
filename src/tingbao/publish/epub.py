"""An edition as a book: EPUB 3 whose text follows the voice, for reading systems.

Sources: W3C, "EPUB 3.3" (section 9, media overlays) and "EPUB Accessibility 1.1". The book holds
the edition's own sound; its times are those of the manifest, so nothing is measured again.
"""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.errors import LibraryError
from tingbao.models import Manifest, Role
from tingbao.publish.addresses import media_type
from tingbao.publish.library import LibraryInfo, required_library
from tingbao.publish.manifests import edition_folder, read_manifest
from tingbao.publish.site import ProgrammeRow, TimedParagraph, asset, rows_of, templates
from tingbao.publish.wording import DISCLOSURE, clean

MIMETYPE = "application/epub+zip"
FOLDER = "EPUB"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a ZIP archive knows: the same edition makes the same book."""


@dataclass(frozen=True, slots=True)
class _SyncedText:
    """A phrase with its mark in its document, and its stretch of the edition's sound.

    Stretches leave no gap, so that a reading system keeps the pauses between sentences.
    """

    id: str
    text: str
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class _SyncedParagraph:
    """A paragraph; ``page`` names the printed page that begins with it, if one does."""

    role: str
    spoken: tuple[_SyncedText, ...]
    page: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _ChapterDocument:
    """One chapter of the programme as a document of the book; ``heading`` is its spoken title."""

    name: str
    title: str
    role: str
    heading: tuple[_SyncedText, ...]
    blocks: tuple[_SyncedParagraph, ...]
    pages: str = ""
    is_item: bool = False

    @property
    def voiced(self) -> tuple[_SyncedText, ...]:
        """All phrases that are heard, in order."""
        said = itertools.chain(self.heading, *(block.spoken for block in self.blocks))
        return tuple(one for one in said if one.end_ms > one.begin_ms)

    @property
    def duration_ms(self) -> int:
        """How long its sound is; 0 where nothing of it is heard."""
        return sum(one.end_ms - one.begin_ms for one in self.voiced)


def write_book(library: Path, edition_id: str, target: Path) -> None:
    """Write an edition of the library as an EPUB file. Holds the library while it runs.

    Raises:
        OptionError: there is no such edition.
        LibraryError: a file of the library is damaged or missing.
        OutputError: there is no library, or the book cannot be written.
    """
    info = required_library(library)
    with files.locked(library):
        manifest = _edition(library, edition_id)
        folder = library / manifest.id
        sound = folder / manifest.edition.file
        try:
            cover = (folder / manifest.cover).read_bytes()
            is_whole = sound.stat().st_size == manifest.edition.bytes
        except OSError as error:
            raise LibraryError(f"{error.filename}: {error.strerror}; {_see(library)}") from error
        if not is_whole:
            raise LibraryError(f"{sound} is not whole; {_see(library)}")
        parts = {**_parts(info, manifest), f"{FOLDER}/{manifest.cover}": cover}
        _pack(target, parts, sound)


def _edition(library: Path, edition_id: str) -> Manifest:
    manifest = read_manifest(edition_folder(library, edition_id))
    if manifest is None:
        raise LibraryError(f"edition {edition_id} went away meanwhile; {_see(library)}")
    return manifest


def _see(library: Path) -> str:
    return f"see tingbao verify {library}"


def _pack(target: Path, parts: dict[str, bytes], sound: Path) -> None:
    """Everything is stored as it is: sound is not made smaller, and no version of zlib shows."""
    entry = _entry(f"{FOLDER}/{sound.name}")
    entry.file_size = sound.stat().st_size
    with (
        sound.open("rb") as source,
        files.writing(target) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as book,
    ):
        for name, data in parts.items():
            book.writestr(_entry(name), data)
        with book.open(entry, "w") as member:
            shutil.copyfileobj(source, member)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _parts(info: LibraryInfo, manifest: Manifest) -> dict[str, bytes]:
    """All of the book but its sound and its cover, the mark of its kind first."""
    documents = tuple(_documents(manifest))
    shown = {
        "info": info,
        "manifest": manifest,
        "documents": documents,
        "contents": _contents(documents),
        "narrator": clean(f"合成语音 {manifest.voice}"),
        "disclosure": DISCLOSURE,
        "modified": info.published(manifest.date).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    made = {
        "mimetype": MIMETYPE.encode(),
        "META-INF/container.xml": _rendered("container.xml"),
        f"{FOLDER}/package.opf": _rendered("package.opf", **shown),
        f"{FOLDER}/nav.xhtml": _rendered("nav.xhtml", **shown),
        f"{FOLDER}/book.css": asset("book.css"),
    }
    for one in documents:
        made[f"{FOLDER}/{one.name}.xhtml"] = _rendered("chapter.xhtml", one=one)
        if one.duration_ms:
            overlay = _rendered("chapter.smil", one=one, sound=manifest.edition.file)
            made[f"{FOLDER}/{one.name}.smil"] = overlay
    return made


def _rendered(template: str, **shown: object) -> bytes:
    made = templates().get_template(f"epub/{template}")
    return made.render(**shown, seconds=_seconds, media_type=media_type).encode()


def _seconds(milliseconds: int) -> str:
    """A clock value of SMIL: ``61.500s``."""
    return f"{milliseconds / 1000:.3f}s"


def _documents(manifest: Manifest) -> Iterator[_ChapterDocument]:
    for number, row in enumerate(rows_of(manifest), start=1):
        yield _document(f"c{number:03}", row)


def _document(name: str, row: ProgrammeRow) -> _ChapterDocument:
    said = _said(row)
    heading = tuple(itertools.islice(said, len(row.title)))
    blocks = tuple(_block(passage, said) for passage in row.passages)
    if row.role == Role.SECTION.value:
        heading, blocks = tuple(one for block in blocks for one in block.spoken), ()
    return _ChapterDocument(
        name=name,
        title=clean(row.chapter.title),
        role="item" if row.article else row.role,
        heading=heading,
        blocks=blocks,
        pages=row.pages,
        is_item=row.article is not None,
    )


def _said(row: ProgrammeRow) -> Iterator[_SyncedText]:
    """The phrases of a chapter in order; the first begins with it, the last ends with it."""
    phrases = [*row.title, *(phrase for passage in row.passages for phrase in passage.phrases)]
    inner = [round(1000 * phrase.start_s) for phrase in phrases[1:]]
    times = [row.chapter.start_ms, *inner, row.chapter.end_ms]
    for number, (phrase, span) in enumerate(
        zip(phrases, itertools.pairwise(times), strict=False), start=1
    ):
        yield _SyncedText(f"s{number}", phrase.text, *span)


def _block(passage: TimedParagraph, said: Iterator[_SyncedText]) -> _SyncedParagraph:
    spoken = tuple(itertools.islice(said, len(passage.phrases)))
    page = passage.turn.after.page if passage.turn else ""
    return _SyncedParagraph(passage.role, spoken, page, passage.goes_on)


def _contents(documents: Sequence[_ChapterDocument]) -> list[list[_ChapterDocument]]:
    """The table of contents: what frames the programme, and each page with its items."""
    pages: list[list[_ChapterDocument]] = []
    for one in documents:
        if pages and one.is_item and pages[-1][0].role == Role.SECTION.value:
            pages[-1].append(one)
        else:
            pages.append([one])
    return pages
