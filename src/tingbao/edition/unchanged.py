"""Is an edition still what its pages would give? Then nothing is parsed, spoken or joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tingbao.edition.events import ArticleFinished, Listener, Noticed
from tingbao.edition.library import EditionPaths, begun_with, is_begun, open_edition
from tingbao.edition.provenance import made_from
from tingbao.edition.receipts import (
    Receipt,
    as_it_stands,
    keep_receipt,
    read_receipt,
    receipt_key,
)
from tingbao.edition.request import BuildRequest, BuildResult
from tingbao.edition.voice import RunnerFactory, VoiceChoice, announce_voice, settled_voice
from tingbao.models import EditionInfo, Manifest
from tingbao.parse import SourceFiles
from tingbao.synthesis.profiles import Profile, load_profile


@dataclass(frozen=True, slots=True)
class UnchangedEdition:
    """An edition that stands in its library just as it would be made.

    ``reason``: why it has this voice. ``told``: what a person was told of its pages and words.
    """

    paths: EditionPaths
    manifest: Manifest
    profile: Profile
    reason: str
    told: tuple[str, ...]


def find_unchanged(
    request: BuildRequest, files: SourceFiles, open_runner: RunnerFactory
) -> UnchangedEdition | None:
    """The edition that was asked for, if all of it is there byte by byte.

    ``files`` are the page files of the request as they are now.

    Raises:
        UnusableError: input or library cannot be used.
    """
    if request.articles or request.fallback:
        return None
    reads = files.digest
    receipt = read_receipt(request.cache, receipt_key(request, reads))
    if receipt is None:
        return None
    paths = open_edition(receipt.info, request)
    settled = settled_voice(VoiceChoice(request.voice, begun_with=begun_with(paths)))
    if paths.manifest is None or settled is None or is_begun(paths.folder):
        return None
    profile, reason = load_profile(settled[0]), settled[1]
    identity = _identity(profile, request, open_runner)
    voice, base_url = (profile, identity), paths.info.base_url
    if made_from(reads, receipt.info, request.settings, voice, base_url) != receipt.origin:
        return None
    if as_it_stands(request.output, paths.manifest) != receipt.files:
        return None
    return UnchangedEdition(paths, paths.manifest, profile, reason, receipt.told)


def _identity(profile: Profile, request: BuildRequest, open_runner: RunnerFactory) -> str:
    with open_runner(profile, request.cache, request.jobs, _unheard) as runner:
        return runner.identity


def _unheard(_line: str) -> None:
    """Nothing is spoken here that could give cause for a notice."""


def note_made(request: BuildRequest, reads: str, result: BuildResult, told: Sequence[str]) -> None:
    """Keep a receipt of a build that has come to its end, with what a person was told.

    A selection, a script's wording and an edition that lacks an item are made again each time.

    Raises:
        OutputError: the cache cannot be written.
    """
    manifest = result.manifest
    if request.script or manifest.selection or result.incomplete:
        return
    info = EditionInfo(manifest.id, manifest.date, manifest.paper)
    made = as_it_stands(request.output, manifest)
    receipt = Receipt(info, manifest.made_from, tuple(told), made)
    keep_receipt(request.cache, receipt_key(request, reads), receipt)


def report_unchanged(edition: UnchangedEdition, listener: Listener) -> None:
    """Say what a build would have said, but for the work."""
    manifest, profile = edition.manifest, edition.profile
    for line in edition.told:
        listener(Noticed(line))
    announce_voice(profile, edition.reason, listener)
    items = len(manifest.articles)
    listener(Noticed(f"edition {manifest.id}: {items} items, all as they were made before"))
    for each in manifest.articles:
        path, seconds = edition.paths.folder / each.file, each.duration_ms / 1000
        listener(ArticleFinished(each.id, each.title, path, seconds))
