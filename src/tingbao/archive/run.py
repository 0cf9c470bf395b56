"""One run over an archive: what is asked for, and the library while it grows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tingbao import __version__, files
from tingbao.archive.crew import Call, Crew
from tingbao.archive.discovery import Find, discover
from tingbao.archive.driver import Driver
from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Found,
    LibraryUpdated,
    Listener,
    Noticed,
    ignore,
)
from tingbao.archive.executors import check_executor, open_crew
from tingbao.archive.tasks import Job, PaperTask, Planned, Printed
from tingbao.archive.working import work_on
from tingbao.build.caching import sweep_stores
from tingbao.build.events import Event, WeightsFetched
from tingbao.build.plan import DEFAULT_PAPER
from tingbao.build.request import BuildRequest, check_request
from tingbao.build.shelving import settle, take_in
from tingbao.build.voice import VoiceChoice, choose_voice
from tingbao.errors import OptionError, TingbaoError
from tingbao.publish import (
    LibraryInfo,
    edition_folders,
    keep_newest,
    open_library,
    read_library,
    read_manifest,
    write_library,
)
from tingbao.settings import Settings
from tingbao.synthesis.profiles import load_profile

__all__ = ["ArchiveRequest", "ArchiveResult", "run_archive"]

OFFLINE = "kokoro"
ONLINE = "edge"

PAPER_TRIES = 10
"""So many editions are asked for the paper's name, of which each is to have its masthead."""

FEWEST_NEW = 8
NEW_SHARE = 10
"""Feeds are made again for every tenth of what there is: all of them together cost the same."""


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """What the user asked for; None means that settings or pages decide.

    ``executor`` and ``workers``: as :func:`open_crew`.
    """

    roots: tuple[Path, ...]
    output: Path
    cache: Path
    settings: Settings
    executor: str = "local"
    workers: int | None = None
    voice: str = "auto"
    paper: str | None = None
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """How many editions were made or found unchanged, and which are not whole, with the reason."""

    made: int
    unchanged: int
    incomplete: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]


Opener = Callable[[str, int | None, Callable[[Noticed], None]], Crew]


def run_archive(
    request: ArchiveRequest,
    listener: Listener = ignore,
    *,
    crew: Opener = open_crew,
    call: Call = work_on,
) -> ArchiveResult:
    """Make all editions below the roots that are not made yet.

    Raises:
        UnusableError: input, options, output, voice or workers cannot be used.
        WorkersLostError: the workers are gone; what is done is kept.
        LibraryError: a file of the library is damaged.
    """
    _check(request)
    found, aside = discover(request.roots, [request.output, request.cache])
    finds = _wanted(found, request.settings.library.keep, listener)
    tally = _Tally(listener)
    listener(Found(len(finds) + len(aside), sum(len(find.inputs) for find in finds)))
    for one in aside:
        tally(EditionEnded(one.name, "failed", 0, 0, 0.0, 0.0, reason=one.reason))
    with files.locked(request.output):
        job = _job(request, listener)
        workers = crew(request.executor, request.workers, listener)
        try:
            _run(job, finds, workers, call, tally)
        finally:
            workers.close()
            files.remove_tree(job.notes)
    _retire(request, listener)
    return tally.result


def _wanted(finds: Sequence[Find], keep: int | None, listener: Listener) -> Sequence[Find]:
    """What is to be kept: editions that would go at once are not made."""
    dated = [find for find in finds if find.date is not None]
    old = {find.name for find in dated[:-keep]} if keep is not None else set()
    if not old:
        return finds
    listener(Noticed(f"{len(old)} older editions are not made: [library] keep = {keep}"))
    return [find for find in finds if find.name not in old]


def _check(request: ArchiveRequest) -> None:
    voice = OFFLINE if request.voice == "auto" else request.voice
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


def _job(request: ArchiveRequest, listener: Listener) -> Job:
    """What all tasks share; from here on workers may be anywhere, so paths are absolute."""
    named = OFFLINE if request.voice == "auto" else request.voice
    chosen = choose_voice(VoiceChoice(named), request.cache, _Fetching(listener))
    if chosen.absence is not None:
        raise chosen.absence
    output, cache = request.output.absolute(), request.cache.absolute()
    sweep_stores(cache)
    notes = cache / "notes" / hashlib.sha256(str(output).encode()).hexdigest()[:16]
    files.remove_tree(notes)
    files.write(notes / "driver", "Deaths of workers are counted here while an archive runs.\n")
    return Job(
        output=output,
        cache=cache,
        notes=notes,
        settings=request.settings,
        voice=str(Path(named).absolute()) if named.endswith(".toml") else named,
        profile=chosen.profile,
        base_url=request.base_url,
        version=__version__,
        paper=request.paper or "",
        paper_is_given=request.paper is not None,
    )


class _Fetching:
    """Says once of each file that it is fetched."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._told = ""

    def __call__(self, event: Event) -> None:
        match event:
            case WeightsFetched(file, source) if file != self._told:
                self._told = file
                self._listener(Noticed(f"fetching {file} from {source}"))
            case Noticed():
                self._listener(event)


def _run(job: Job, finds: Sequence[Find], workers: Crew, call: Call, tally: _Tally) -> None:
    finds = [replace(one, inputs=tuple(path.absolute() for path in one.inputs)) for one in finds]
    if not job.paper:
        job = replace(job, paper=_paper(job, finds, workers, call))
    growth = _Growth(job, tally.listener)
    growth.begin()
    Driver(job, workers, call, tally, growth.take).run(finds)
    growth.finish()


def _paper(job: Job, finds: Sequence[Find], workers: Crew, call: Call) -> str:
    """The library's paper, else the first that is printed; one library holds one paper."""
    library = read_library(job.output)
    if library is not None:
        return library.paper
    printed = _printed(job, finds[:PAPER_TRIES], workers, call)
    return next(filter(None, printed), DEFAULT_PAPER)


def _printed(job: Job, finds: Sequence[Find], workers: Crew, call: Call) -> Iterator[str | None]:
    for find in finds:
        future = workers.submit(call, PaperTask(job, find))
        try:
            answer = future.result().answer
        except Exception as error:
            if workers.fate_of(error) is None and not isinstance(error, TingbaoError):
                raise
            continue  # what is wrong with it is told when it is planned
        yield answer.paper if isinstance(answer, Printed) else None


def _retire(request: ArchiveRequest, listener: Listener) -> None:
    keep = request.settings.library.keep
    if keep is not None:
        for name in keep_newest(request.output, keep):
            listener(Noticed(f"removed edition {name}: [library] keep = {keep}"))


@dataclass(slots=True)
class _Growth:
    """The library's own pages and feeds, made again when enough has come in."""

    job: Job
    listener: Listener
    known: int = 0
    new: list[str] = field(default_factory=list)
    info: LibraryInfo | None = None
    is_changed: bool = False

    def begin(self) -> None:
        """Open the library; a new one is written at once, so that it can be served meanwhile."""
        job = self.job
        self.info = open_library(job.output, job.paper, job.settings.feed, job.base_url)
        old = read_library(job.output)
        if old is None:
            write_library(job.output, replace(self.info, rendered_by=__version__))
        else:
            same = replace(self.info, rendered_by=__version__)
            self.is_changed = replace(old, cover=same.cover) != same
        self.known = len(edition_folders(job.output))

    def take(self, ended: EditionEnded, planned: Planned) -> None:
        """An edition has ended; those that the library does not know all of yet are taken in."""
        if ended.outcome == "failed" or (ended.outcome == "unchanged" and not planned.is_begun):
            return
        self.new.append(planned.edition)
        # With other settings all editions are made again, which is done once, at the end.
        if not self.is_changed and len(self.new) >= max(FEWEST_NEW, self.known // NEW_SHARE):
            self._update(mend=False)

    def finish(self) -> None:
        """All that was made, and what an earlier run left half done."""
        if edition_folders(self.job.output) and (self.new or self.is_changed or self._is_bare):
            self._update(mend=True)

    @property
    def _is_bare(self) -> bool:
        return not (self.job.output / "feed.xml").exists()

    def _update(self, *, mend: bool) -> None:
        assert self.info is not None
        library = self.job.output
        take_in(library, self.info, (), self.job.settings.library.cover_path, mend=mend)
        for name in self.new:
            manifest = read_manifest(library / name)
            if manifest is not None:
                settle(library / name, manifest)
        self.new.clear()
        self.known = len(edition_folders(library))
        self.listener(LibraryUpdated(self.known))


@dataclass(slots=True)
class _Tally:
    """Counts how editions end, and passes all events on."""

    listener: Listener
    made: int = 0
    unchanged: int = 0
    incomplete: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, event: ArchiveEvent) -> None:
        """Count, and pass on."""
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
