"""``manifest.json``: all that is known of one published edition."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tingbao import files
from tingbao.errors import LibraryError, OptionError
from tingbao.models import Chapter, Manifest, ManifestArticle, ManifestEdition, ManifestPage

_T = TypeVar("_T")

SCHEMA = 1
"""The form of library.json and manifest.json that this version writes."""

FILE_NAME = "manifest.json"
_CURE = "build this edition again"

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_FILE = re.compile(r"(?:articles/)?[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.[a-z0-9]{1,8}")
_SHA256 = re.compile(r"[0-9a-f]{64}|")
_GUID = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a file was written, and how long it is."""

    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class _Outline:
    """The fields of a manifest without what was said, which is most of it."""

    id: str
    date: dt.date
    paper: str
    voice: str
    engine: str
    licence: str
    selection: bool
    pages: tuple[ManifestPage, ...]
    articles: tuple[ManifestArticle, ...]
    edition: ManifestEdition
    chapters: tuple[Chapter, ...]
    cover: str
    cover_px: int = 0
    card_px: int = 0


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the edition in ``folder``, or None when nothing is published there.

    Raises:
        LibraryError: it is damaged, hostile or from a newer Tingbao; names the file.
    """
    return _checked(folder, read_json(folder / FILE_NAME, Manifest, _CURE))


def read_outline(folder: Path) -> Manifest | None:
    """The manifest without its cues: all that lists of editions and files are made from.

    Raises:
        LibraryError: as :func:`read_manifest`.
    """
    outline = read_json(folder / FILE_NAME, _Outline, _CURE)
    if outline is None:
        return None
    known = {field.name: getattr(outline, field.name) for field in fields(outline)}
    return _checked(folder, Manifest(**known, cues=()))


def _checked(folder: Path, manifest: Manifest | None) -> Manifest | None:
    if manifest is not None:
        for reason in _faults(manifest, folder.name):
            raise damaged(folder / FILE_NAME, reason, _CURE)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of the edition in ``folder``.

    Raises:
        OutputError: it cannot be written.
    """
    write_json(folder / FILE_NAME, manifest)


def edition_folders(library: Path) -> tuple[Path, ...]:
    """The folders of published editions, by id.

    Raises:
        LibraryError: the library's folder cannot be read.
    """
    return tuple(library / name for name in stamps(library))


def edition_folder(library: Path, edition_id: str) -> Path:
    """The folder of one published edition.

    Raises:
        LibraryError: the library's folder cannot be read.
        OptionError: there is no such edition.
    """
    there = list(stamps(library))
    if edition_id not in there:
        newest = ", ".join(there[-5:]) or "none"
        raise OptionError(f"{library} has no edition {edition_id!r}; it has: {newest}")
    return library / edition_id


def stamps(library: Path, file: str = FILE_NAME) -> dict[str, Stamp]:
    """The ids of the editions that have this file, in order, each with the file's stamp.

    Raises:
        LibraryError: the library's folder cannot be read.
    """
    try:
        with os.scandir(library) as entries:
            names = sorted(entry.name for entry in entries if _ID.fullmatch(entry.name))
    except OSError as error:
        raise LibraryError(f"cannot read the library in {library}: {error.strerror}") from error
    found = ((name, _stamp(f"{library}/{name}/{file}")) for name in names)
    return {name: stamp for name, stamp in found if stamp is not None}


def digest(folder: Path) -> tuple[int, str]:
    """Length and SHA-256 of the manifest of the edition in ``folder``.

    Raises:
        LibraryError: it cannot be read.
    """
    path = folder / FILE_NAME
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {error.strerror}") from error
    return len(raw), hashlib.sha256(raw).hexdigest()


def _stamp(path: str) -> Stamp | None:
    """The stamp of a file; None where there is none. Called once an edition: it is kept cheap."""
    try:
        facts = os.stat(path)  # noqa: PTH116  - a Path for each edition costs twice the call
    except OSError:
        return None
    return Stamp(facts.st_mtime_ns, facts.st_size) if stat.S_ISREG(facts.st_mode) else None


def _faults(manifest: Manifest, folder: str) -> Iterator[str]:
    """What types cannot say: these names become paths and URLs, these times a player's."""
    if manifest.id != folder or not _ID.fullmatch(manifest.id):
        yield f"its id is {manifest.id!r}, its folder {folder!r}"
    for name in (manifest.edition.file, manifest.cover, *(a.file for a in manifest.articles)):
        if not _FILE.fullmatch(name):
            yield f"{name!r} is not a file name of an edition"
    for article in manifest.articles:
        if article.cover and not _FILE.fullmatch(article.cover):
            yield f"{article.cover!r} is not a file name of an edition"
    yield from _bad_identities(manifest)
    yield from _bad_numbers(manifest)


def _bad_identities(manifest: Manifest) -> Iterator[str]:
    articles = manifest.articles
    if not all(_ID.fullmatch(article.id) for article in articles):
        yield "an article has an id that is no id"
    guids = [manifest.edition.guid, *(article.guid for article in articles)]
    if not all(map(_GUID.fullmatch, guids)):
        yield "a guid is empty or not ASCII"
    for what, names in (
        ("id", [article.id for article in articles]),
        ("file", [manifest.edition.file, *(article.file for article in articles)]),
        ("guid", guids),
    ):
        if len(set(names)) != len(names):
            yield f"two items have the same {what}"
    hashes = [manifest.edition.sha256, *(article.sha256 for article in articles)]
    if not all(map(_SHA256.fullmatch, hashes)):
        yield "a sha256 is none"


def _bad_numbers(manifest: Manifest) -> Iterator[str]:
    edition = manifest.edition
    numbers = [edition.bytes, edition.duration_ms]
    for article in manifest.articles:
        numbers += [article.bytes, article.duration_ms, article.lead_ms]
        numbers += [article.start_ms, article.end_ms - article.start_ms]
    if min(numbers) < 0:
        yield "a length is negative"
    for name, stretches in (("chapters", manifest.chapters), ("cues", manifest.cues)):
        if not _in_order([(each.start_ms, each.end_ms) for each in stretches]):
            yield f"its {name} are not in order"


def _in_order(times_ms: Sequence[tuple[int, int]]) -> bool:
    whole = all(0 <= start <= end for start, end in times_ms)
    starts = (start for start, _ in times_ms)
    return whole and all(one <= next_one for one, next_one in itertools.pairwise(starts))


# --- JSON files of the library: read with suspicion, written for people to read ----------------


class _Versioned(msgspec.Struct, frozen=True):
    schema: int = 1


def read_json(path: Path, kind: type[_T], cure: str) -> _T | None:
    """The file as ``kind``, or None when there is none; ``cure`` says how it is made again.

    Raises:
        LibraryError: it cannot be read, is damaged, or was written by a newer Tingbao.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {error.strerror}") from error
    try:
        newer = msgspec.json.decode(raw, type=_Versioned).schema > SCHEMA
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(path, str(error), cure) from error
    if newer:
        raise LibraryError(f"{path} was written by a newer Tingbao; update this one")
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise damaged(path, str(error), cure) from error


def damaged(path: Path, reason: str, cure: str) -> LibraryError:
    """The error for a file that is not what was written there."""
    return LibraryError(f"{path} is damaged ({reason}); {cure}")


def write_json(path: Path, value: object) -> None:
    """Write ``value`` with one key a line, and one element a line where a key holds a list.

    Raises:
        OutputError: the file cannot be written.
    """
    keys: dict[str, Any] = msgspec.to_builtins(value)
    lines = ",\n".join(f"{_compact(key)}: {_laid_out(held)}" for key, held in keys.items())
    # A file name that is no Unicode may have come along: better a question mark than no manifest.
    files.write(path, f"{{\n{lines}\n}}\n".encode("utf-8", "replace"))


def _laid_out(field: object) -> str:
    if not isinstance(field, (list, tuple)) or not field:
        return _compact(field)
    return "[\n " + ",\n ".join(map(_compact, field)) + "\n]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
