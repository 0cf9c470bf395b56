"""One edition into its library: left as it stands where nothing has changed, else made.

What parses and speaks is imported only where something is to be made: it takes a second.
"""

from __future__ import annotations

from pathlib import Path

from tingbao import files
from tingbao.edition.caching import sweep_stores
from tingbao.edition.doubts import doubts_of
from tingbao.edition.events import Listener, Noticed, Published, ignore
from tingbao.edition.pictures import LibraryCover, cover_of_library
from tingbao.edition.request import BuildRequest, check_request
from tingbao.edition.result import BuildResult
from tingbao.edition.shelving import settle, take_in
from tingbao.edition.unchanged import (
    UnchangedEdition,
    find_unchanged,
    note_made,
    tell_unchanged,
)
from tingbao.edition.voice import Studio
from tingbao.publish import keep_newest
from tingbao.synthesis import Runner


def produce(
    request: BuildRequest, listener: Listener = ignore, *, studio: Studio = Runner.open
) -> BuildResult:
    """Build one edition into its library.

    Raises:
        UnusableError: input, options, output or voice cannot be used; nothing was changed.
        SynthesisError: no item could be spoken whole; nothing was published.
    """
    check_request(request)
    unchanged = find_unchanged(request, studio)
    if unchanged is not None:
        result = _left(unchanged, request, listener)
    else:
        result = _made(request, listener, studio)
    _tell_published(result, request.output / result.manifest.id, listener)
    _retire(request, listener)
    return result


def _left(edition: UnchangedEdition, request: BuildRequest, listener: Listener) -> BuildResult:
    """Only what is about all editions is looked at: others may have come or gone since."""
    tell_unchanged(edition, listener)
    with files.locked(request.output):
        info = edition.shelf.info
        take_in(request.output, info, (), _library_cover(request, info.paper))
    return BuildResult(edition.manifest, ())


def _made(request: BuildRequest, listener: Listener, studio: Studio) -> BuildResult:
    from tingbao.edition.plan import plan_checked  # noqa: PLC0415  - half of a second build's time
    from tingbao.edition.preparation import prepare  # noqa: PLC0415  - as above
    from tingbao.edition.production import produce_apart  # noqa: PLC0415  - as above

    plan = plan_checked(request)
    for line in plan.notes:
        listener(Noticed(line))
    with files.locked(request.output):
        work = prepare(plan, request, listener)
        sweep_stores(request.cache)
        cover = _library_cover(request, work.shelf.info.paper)
        result = produce_apart(work, request, listener, studio=studio)
        take_in(request.output, work.shelf.info, [result.manifest.id], cover)
        settle(work.shelf.folder, result.manifest)
        told = (*plan.notes, *doubts_of(work.script))
        note_made(request, plan.reads, result, told)
    return result


def _library_cover(request: BuildRequest, paper: str) -> LibraryCover:
    return cover_of_library(request.output, paper, request.settings.library.cover_path)


def _tell_published(result: BuildResult, folder: Path, listener: Listener) -> None:
    manifest, seconds = result.manifest, result.manifest.edition.duration_ms / 1000
    listener(Published(folder, len(manifest.articles), len(result.incomplete), seconds))


def _retire(request: BuildRequest, listener: Listener) -> None:
    """Let the editions go that the settings no longer keep."""
    keep = request.settings.library.keep
    if keep is not None:
        for name in keep_newest(request.output, keep):
            listener(Noticed(f"removed edition {name}: [library] keep = {keep}"))
