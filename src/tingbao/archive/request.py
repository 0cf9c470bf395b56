"""What is asked of a run, how it ended, and what is settled before its first task."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tingbao import __version__, files
from tingbao.archive.discovery import Find
from tingbao.archive.events import Listener
from tingbao.archive.tasks import Call, Job, PaperTask, Printed, Workers, this_process
from tingbao.edition.cache import sweep_stores
from tingbao.edition.events import Event, Noticed, WeightsFetched
from tingbao.edition.plan import DEFAULT_PAPER
from tingbao.edition.voice import VoiceChoice, choose_voice
from tingbao.errors import TingbaoError
from tingbao.publish import read_library
from tingbao.settings import BUILT_IN_CHIMES, Settings

OFFLINE = "kokoro"

PAPER_TRIES = 10
"""So many editions are asked for the paper's name, of which each is to have its masthead."""


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """What the user asked for; None means that settings or pages decide.

    ``executor`` and ``workers``: as :func:`open_executor`. Folders in ``leave_out`` hold no pages,
    though they may lie below a root.
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
    leave_out: tuple[Path, ...] = ()

    @property
    def voice_name(self) -> str:
        """The voice: an online service is not asked for an archive."""
        return OFFLINE if self.voice == "auto" else self.voice


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """How many editions were made or found unchanged, and which are not whole, with the reason."""

    made: int
    unchanged: int
    incomplete: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]


def job_of(request: ArchiveRequest, listener: Listener) -> Job:
    """What all tasks share; from here on workers may be anywhere, so paths are absolute.

    The voice's weights are fetched, and what killed runs left in the cache is swept.

    Raises:
        VoiceUnavailableError: the voice cannot be had.
        OutputError: the cache cannot be written.
    """
    named = request.voice_name
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
        settings=_anywhere(request.settings),
        voice=str(Path(named).absolute()) if named.endswith(".toml") else named,
        profile=chosen.profile,
        base_url=request.base_url,
        version=__version__,
        paper=request.paper or "",
        paper_is_given=request.paper is not None,
        driver=this_process(),
    )


def _anywhere(settings: Settings) -> Settings:
    """The settings with the files that they name by paths that hold in any working folder."""

    def absolute(name: str | None) -> str | None:
        return name and str(Path(name).absolute())

    script, library, audio = settings.script, settings.library, settings.audio
    change = msgspec.structs.replace
    phrases, lexicon = absolute(script.phrases), absolute(script.lexicon)
    if audio.chime not in BUILT_IN_CHIMES:
        audio = change(audio, chime=absolute(audio.chime))
    return change(
        settings,
        script=change(script, phrases=phrases, lexicon=lexicon),
        library=change(library, cover=absolute(library.cover)),
        audio=audio,
    )


def paper_of(job: Job, finds: Sequence[Find], workers: Workers, call: Call) -> str:
    """The library's paper, else the first that is printed; one library holds one paper.

    Raises:
        LibraryError: the library is damaged.
    """
    library = read_library(job.output)
    if library is not None:
        return library.paper
    printed = _printed(job, finds[:PAPER_TRIES], workers, call)
    return next(filter(None, printed), DEFAULT_PAPER)


def _printed(job: Job, finds: Sequence[Find], workers: Workers, call: Call) -> Iterator[str | None]:
    for find in finds:
        future = workers.submit(call, PaperTask(job, find))
        try:
            answer = future.result().answer
        except Exception as error:
            if workers.failure_of(error) is None and not isinstance(error, TingbaoError):
                raise
            continue  # what is wrong with it is reported when it is planned
        yield answer.paper if isinstance(answer, Printed) else None


class _Fetching:
    """Says once of each file that it is fetched."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._last = ""

    def __call__(self, event: Event) -> None:
        match event:
            case WeightsFetched(file, source) if file != self._last:
                self._last = file
                self._listener(Noticed(f"fetching {file} from {source}"))
            case Noticed():
                self._listener(event)
