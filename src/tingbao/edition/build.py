"""One edition into its library: left as it stands where nothing has changed, else made.

What parses and speaks is imported only where something is to be made: it takes a second.

The library comes after the edition's own folder: cover, pages and feeds, then the removal of what
is no longer used. In this order a listener never sees a feed that is ahead of its files, and a
kill between two steps leaves files that the next run replaces.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from pathlib import Path

from tingbao import files
from tingbao.edition.cache import sweep_stores
from tingbao.edition.events import Listener, Noticed, Published, ignore
from tingbao.edition.fingerprint import (
    UnchangedEdition,
    find_unchanged,
    keep_receipt,
    report_unchanged,
)
from tingbao.edition.library import forget_voice
from tingbao.edition.pictures import LibraryCover, cover_of_library
from tingbao.edition.request import BuildRequest, BuildResult, check_request
from tingbao.edition.voice import RunnerFactory
from tingbao.models import Manifest
from tingbao.parse import SourceFiles, read_files
from tingbao.publish import LibraryInfo, keep_newest, update
from tingbao.synthesis import Runner


def produce(
    request: BuildRequest, listener: Listener = ignore, *, open_runner: RunnerFactory = Runner.open
) -> BuildResult:
    """Build one edition into its library.

    Raises:
        UnusableError: input, options, output or voice cannot be used; nothing was changed.
        SynthesisError: no item could be spoken whole; nothing was published.
    """
    check_request(request)
    pages = read_files(request.inputs) if request.inputs and request.script is None else None
    unchanged = find_unchanged(request, pages, open_runner) if pages is not None else None
    if unchanged is not None:
        result = _left_as_it_is(unchanged, request, listener)
    else:
        result = _made(request, pages, listener, open_runner)
    _report_published(result, request.output / result.manifest.id, listener)
    _retire(request, listener)
    return result


def _left_as_it_is(
    edition: UnchangedEdition, request: BuildRequest, listener: Listener
) -> BuildResult:
    """Only what is about all editions is looked at: others may have come or gone since."""
    report_unchanged(edition, listener)
    with files.locked(request.output):
        info = edition.paths.info
        add_to_library(request.output, info, (), _library_cover(request, info.paper))
    return BuildResult(edition.manifest, ())


def _made(
    request: BuildRequest,
    pages: SourceFiles | None,
    listener: Listener,
    open_runner: RunnerFactory,
) -> BuildResult:
    # Half of a second build's time, which needs none of them.
    from tingbao.edition.make import make_edition  # noqa: PLC0415
    from tingbao.edition.plan import plan_checked, prepare  # noqa: PLC0415
    from tingbao.edition.unread import warnings_of  # noqa: PLC0415

    plan = plan_checked(request, pages)
    for line in plan.notes:
        listener(Noticed(line))
    with files.locked(request.output):
        work = prepare(plan, request, listener)
        sweep_stores(request.cache)
        cover = _library_cover(request, work.paths.info.paper)
        result = make_edition(work, request, listener, open_runner=open_runner)
        add_to_library(request.output, work.paths.info, [result.manifest], cover)
        remove_leftovers(work.paths.folder, result.manifest)
        warnings = (*plan.notes, *warnings_of(work.script, work.plan.edition.pages))
        keep_receipt(request, plan.reads, result, warnings)
    return result


def _library_cover(request: BuildRequest, paper: str) -> LibraryCover:
    return cover_of_library(request.output, paper, request.settings.library.cover_path)


def _report_published(result: BuildResult, folder: Path, listener: Listener) -> None:
    manifest, seconds = result.manifest, result.manifest.edition.duration_ms / 1000
    listener(Published(folder, len(manifest.articles), len(result.incomplete), seconds))


def _retire(request: BuildRequest, listener: Listener) -> None:
    """Let the editions go that the settings no longer keep."""
    keep = request.settings.library.keep
    if keep is not None:
        for name in keep_newest(request.output, keep):
            listener(Noticed(f"removed edition {name}: [library] keep = {keep}"))


def add_to_library(
    library: Path,
    info: LibraryInfo,
    editions: Collection[Manifest],
    cover: LibraryCover,
    *,
    repair: bool = True,
) -> None:
    """Make the library's pages and feeds for all its editions, and the pages of ``editions``.

    ``repair``: as :func:`publish.update`.

    Raises:
        LibraryError: a file of the library is damaged.
        OutputError: a file cannot be written.
    """
    cover.put(library)
    info = replace(info, cover=cover.name, cover_px=cover.px)
    update(library, info, editions, repair=repair)
    for old in library.glob("cover-*"):
        if old.name != cover.name:
            files.remove(old)


def remove_leftovers(folder: Path, manifest: Manifest) -> None:
    """Remove what the edition had before and has no more, after the feeds have forgotten it.

    Raises:
        OutputError: a file cannot be removed.
    """
    whole = [article for article in manifest.articles if article.complete]
    kept = {folder / name for article in whole for name in (article.file, article.cover)}
    kept |= {folder / manifest.cover}
    patterns = ("articles/*.mp3", "articles/*.jpg", "cover-*")
    for found in chain.from_iterable(folder.glob(pattern) for pattern in patterns):
        if found not in kept:
            files.remove(found)
    if len(whole) == len(manifest.articles):
        forget_voice(folder)
