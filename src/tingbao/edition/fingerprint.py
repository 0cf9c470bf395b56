"""Is an edition still what its pages would give? One fingerprint answers.

The fingerprint of an edition is a digest of all that its files follow from: a correction, another
setting, another voice or a new version of a rule makes exactly its editions again. It stands in
the manifest as ``made_from``.

A receipt lies in the cache under a digest of what was asked for. It names the edition that came of
it, with its fingerprint and the SHA-256 of each of its files, so that nothing needs to be parsed to
know an unchanged edition. It is only ever a reason to do less: without one, or where a byte
differs, the edition is made as if it had never been.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

import msgspec

from tingbao import files
from tingbao.edition.events import ArticleFinished, Listener, Noticed
from tingbao.edition.library import EditionPaths, begun_with, is_begun, open_edition
from tingbao.edition.request import BuildRequest, BuildResult
from tingbao.edition.voice import RunnerFactory, VoiceChoice, announce_voice, settled_voice
from tingbao.errors import InputError
from tingbao.models import EditionInfo, Manifest
from tingbao.parse import SourceFiles
from tingbao.publish.inventory import edition_orphans, own_files
from tingbao.settings import BUILT_IN_CHIMES, Settings
from tingbao.synthesis.profiles import Profile, load_profile

FORMAT = 2
"""Goes up when a fingerprint or a receipt counts something else."""

VERSIONS: Mapping[str, int] = MappingProxyType(
    {"parse": 3, "script": 3, "audio": 1, "artwork": 1, "edition": 2, "publish": 3}
)
"""A room's number goes up when the same input gives another result there: editions that were made
with the old one are then made again. Moving or renaming code does not count.
``tests/edition/test_edition_versions.py`` notices a changed result under the same version."""

LIBRARIES = ("av", "opencc-python-reimplemented", "pillow", "pydub", "pylopdf-fonts-zh-cn")
"""What else decides on sound, pictures and characters."""

RECEIPTS = "receipts"


def fingerprint_of(
    reads: str,
    edition: EditionInfo,
    settings: Settings,
    voice: tuple[Profile, str],
    base_url: str | None,
) -> str:
    """SHA-256 in hex over everything that the files of this edition follow from.

    ``reads`` is the digest of its page files, ``voice`` the profile and the identity of its
    engine. An edition with unknown pages, or of which only a selection is made, has none ("").

    Raises:
        InputError: a file that the settings name cannot be read.
    """
    if not reads or edition.selection:
        return ""
    profile, identity = voice
    rooms = {room: version for room, version in VERSIONS.items() if room != "publish"}
    facts = [FORMAT, rooms, _installed(LIBRARIES), reads, edition.id, edition.paper, base_url]
    facts += [identity, *map(_plain, (profile, settings.parse, settings.audio))]
    return _digest([*facts, *_named_files(settings)])


def _plain(value: msgspec.Struct) -> object:
    plain: object = msgspec.to_builtins(value)
    if isinstance(plain, dict):
        plain.pop("chime", None)  # it may be a path, and is counted by its bytes
    return plain


def _named_files(settings: Settings) -> Iterator[str]:
    """What the files hold that the settings name; where they lie is no part of it."""
    chime = settings.audio.chime
    yield chime if chime in BUILT_IN_CHIMES else _sha256_of(Path(chime))
    for path in (
        settings.script.phrases_path,
        settings.script.lexicon_path,
        settings.library.cover_path,
    ):
        yield _sha256_of(path) if path else ""


def _sha256_of(path: Path) -> str:
    try:
        return files.sha256(path)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path) from error


def _installed(libraries: Sequence[str]) -> Sequence[str]:
    return [f"{name}={metadata.version(name)}" for name in libraries]


def _digest(facts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


class Receipt(msgspec.Struct, frozen=True):
    """``info`` is the edition that was made, with its ``fingerprint``.

    ``warnings`` are the lines that were shown of its pages and words, ``files`` the SHA-256 of
    each of its files by path in the library.
    """

    info: EditionInfo
    fingerprint: str
    warnings: tuple[str, ...]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnchangedEdition:
    """An edition that stands in its library just as it would be made.

    ``reason``: why it has this voice. ``warnings``: what was shown of its pages and words.
    """

    paths: EditionPaths
    manifest: Manifest
    profile: Profile
    reason: str
    warnings: tuple[str, ...]


def find_unchanged(
    request: BuildRequest, pages: SourceFiles, open_runner: RunnerFactory
) -> UnchangedEdition | None:
    """The edition that was asked for, if all of it is there byte by byte.

    ``pages`` are the page files of the request as they are now.

    Raises:
        UnusableError: input or library cannot be used.
    """
    if request.articles or request.fallback:
        return None
    receipt = _read_receipt(_receipt_path(request, pages.digest))
    if receipt is None:
        return None
    paths = open_edition(receipt.info, request)
    settled = settled_voice(VoiceChoice(request.voice, begun_with=begun_with(paths)))
    if paths.manifest is None or settled is None or is_begun(paths.folder):
        return None
    profile, reason = load_profile(settled[0]), settled[1]
    voice = profile, _identity(profile, request, open_runner)
    base_url = paths.info.base_url
    now = fingerprint_of(pages.digest, receipt.info, request.settings, voice, base_url)
    if now != receipt.fingerprint or _files_of(paths.manifest, request.output) != receipt.files:
        return None
    return UnchangedEdition(paths, paths.manifest, profile, reason, receipt.warnings)


def report_unchanged(edition: UnchangedEdition, listener: Listener) -> None:
    """Say what a build would have said, but for the work."""
    manifest, profile = edition.manifest, edition.profile
    for line in edition.warnings:
        listener(Noticed(line))
    announce_voice(profile, edition.reason, listener)
    items = len(manifest.articles)
    listener(Noticed(f"edition {manifest.id}: {items} items, all as they were made before"))
    for each in manifest.articles:
        path, seconds = edition.paths.folder / each.file, each.duration_ms / 1000
        listener(ArticleFinished(each.id, each.title, path, seconds))


def keep_receipt(
    request: BuildRequest, reads: str, result: BuildResult, warnings: Sequence[str]
) -> None:
    """Keep a receipt of a build that has come to its end, with the warnings that were shown.

    A selection, a script's wording and an edition that lacks an item are made again each time.

    Raises:
        OutputError: the cache cannot be written.
    """
    manifest = result.manifest
    if request.script or manifest.selection or result.incomplete:
        return
    info = EditionInfo(manifest.id, manifest.date, manifest.paper)
    made = _files_of(manifest, request.output)
    receipt = Receipt(info, manifest.made_from, tuple(warnings), made)
    files.write(_receipt_path(request, reads), msgspec.json.encode(receipt))


def _receipt_path(request: BuildRequest, reads: str) -> Path:
    """Under a digest of what was asked for; ``reads`` is that of the page files.

    The names of the inputs are part of it, for they may give the date and the order of pages; so
    is what makes the edition's pages, which the fingerprint leaves out.
    """
    named = [str(path) for path in request.inputs]
    pages = VERSIONS["publish"], _installed(["jinja2"])
    key = _digest([FORMAT, reads, named, request.date, request.paper, pages])
    return request.cache / RECEIPTS / f"{key}.json"


def _read_receipt(path: Path) -> Receipt | None:
    """The receipt of an earlier build, if there is one that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Receipt)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _files_of(manifest: Manifest, library: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of an edition; one that is missing, or too many, has none."""
    digests = dict.fromkeys(edition_orphans(library, manifest), "")
    for name in own_files(manifest):
        try:
            digests[name] = files.sha256(library / name)
        except OSError:
            digests[name] = ""
    return digests


def _identity(profile: Profile, request: BuildRequest, open_runner: RunnerFactory) -> str:
    def ignore_notice(_line: str) -> None:
        """Nothing is spoken here that could give cause for a notice."""

    with open_runner(profile, request.cache, request.jobs, ignore_notice) as runner:
        return runner.identity
