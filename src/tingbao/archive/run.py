"""One run over an archive, from its roots to the library and what listeners hear of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock

from tingbao import files
from tingbao.archive.discovery import Find, discover
from tingbao.archive.driver import Driver
from tingbao.archive.events import ArchiveEvent, EditionEnded, Found, Listener, ignore
from tingbao.archive.library import LibraryUpdater
from tingbao.archive.request import ArchiveRequest, ArchiveResult, job_of, paper_of
from tingbao.archive.tasks import Call, Job, Workers
from tingbao.archive.work import work_on
from tingbao.edition.events import Noticed
from tingbao.edition.request import BuildRequest, check_request
from tingbao.errors import OptionError
from tingbao.publish import keep_newest
from tingbao.synthesis.profiles import load_profile
from tingbao.workers import Notice, check_executor, open_executor

ONLINE = "edge"

Opener = Callable[[str, int | None, Notice], Workers]


def run_archive(
    request: ArchiveRequest,
    listener: Listener = ignore,
    *,
    executor: Opener = open_executor,
    call: Call = work_on,
) -> ArchiveResult:
    """Make all editions below the roots that are not made yet.

    Raises:
        UnusableError: input, options, output, voice or workers cannot be used.
        WorkersLostError: the workers are gone; what is done is kept.
        LibraryError: a file of the library is damaged.
    """
    _check(request)
    found, aside = discover(request.roots, [request.output, request.cache, *request.leave_out])
    finds = _wanted(found, request.settings.library.keep, listener)
    counts = _Counts(listener)
    listener(Found(len(finds) + len(aside), sum(len(find.inputs) for find in finds)))
    for one in aside:
        counts(EditionEnded(one.name, "failed", 0, 0, 0.0, 0.0, reason=one.reason))
    with files.locked(request.output):
        job = job_of(request, listener)
        workers = executor(request.executor, request.workers, lambda line: counts(Noticed(line)))
        try:
            _run(job, finds, workers, call, counts)
        finally:
            workers.close()
            files.remove_tree(job.notes)
    _retire(request, listener)
    return counts.result


def _wanted(finds: Sequence[Find], keep: int | None, listener: Listener) -> Sequence[Find]:
    """What is to be kept: editions that would go at once are not made."""
    dated = [find for find in finds if find.date is not None]
    old = {find.name for find in dated[:-keep]} if keep is not None else set()
    if not old:
        return finds
    listener(Noticed(f"{len(old)} older editions are not made: [library] keep = {keep}"))
    return [find for find in finds if find.name not in old]


def _check(request: ArchiveRequest) -> None:
    voice = request.voice_name
    if load_profile(voice).engine == ONLINE:
        raise OptionError(
            f"--voice {voice} asks an online service, which is not there for archives; "
            "name an embedded voice, such as kokoro"
        )
    check_executor(request.executor, request.workers)
    check_request(
        BuildRequest(
            inputs=request.roots,
            output=request.output,
            cache=request.cache,
            settings=request.settings,
            voice=voice,
            base_url=request.base_url,
        )
    )


def _run(job: Job, finds: Sequence[Find], workers: Workers, call: Call, counts: _Counts) -> None:
    finds = [replace(one, inputs=tuple(path.absolute() for path in one.inputs)) for one in finds]
    if not job.paper:
        job = replace(job, paper=paper_of(job, finds, workers, call))
    updater = LibraryUpdater(job, counts)
    updater.begin()
    Driver(job, workers, call, counts, updater.take).run(finds)
    updater.finish()


def _retire(request: ArchiveRequest, listener: Listener) -> None:
    keep = request.settings.library.keep
    if keep is not None:
        for name in keep_newest(request.output, keep):
            listener(Noticed(f"removed edition {name}: [library] keep = {keep}"))


@dataclass(slots=True)
class _Counts:
    """Counts how editions end, and passes all events on."""

    listener: Listener
    made: int = 0
    unchanged: int = 0
    incomplete: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    _one_at_a_time: RLock = field(default_factory=RLock)

    def __call__(self, event: ArchiveEvent) -> None:
        """Count, and pass on; notices about workers come from another thread."""
        with self._one_at_a_time:
            if isinstance(event, EditionEnded):
                self._count(event)
            self.listener(event)

    def _count(self, ended: EditionEnded) -> None:
        match ended.outcome:
            case "made":
                self.made += 1
            case "unchanged":
                self.unchanged += 1
            case "incomplete":
                self.incomplete.append((ended.edition, ended.reason))
            case "failed":
                self.failed.append((ended.edition, ended.reason))

    @property
    def result(self) -> ArchiveResult:
        """How the run ended."""
        return ArchiveResult(self.made, self.unchanged, tuple(self.incomplete), tuple(self.failed))
