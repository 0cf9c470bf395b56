"""The work itself, as pure functions on frozen values, done in whatever process is at hand.

An edition is planned (its pages are read and compared with what is published), its items are
spoken into the clip store, and it is joined: its folder is made from the clips.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tingbao import __version__, files
from tingbao.archive.discovery import Find
from tingbao.archive.tasks import (
    Answer,
    Cost,
    Done,
    Job,
    Joined,
    JoinTask,
    MissingSpeech,
    PackedPlan,
    PaperTask,
    Planned,
    PlanTask,
    Printed,
    Refused,
    SpeakTask,
    Spoken,
    Task,
    note_of,
    this_process,
)
from tingbao.archive.voice import OpenVoice, OwnSpeakers, ProcessVoice, open_voice
from tingbao.edition import BuildRequest, Plan
from tingbao.edition.events import ClipFinished, Event, Noticed, ignore
from tingbao.edition.fingerprint import fingerprint_of
from tingbao.edition.library import is_begun
from tingbao.edition.make import make_edition
from tingbao.edition.plan import Work, prepare
from tingbao.edition.speaking import speaking_order, speech_of
from tingbao.edition.unread import warnings_of
from tingbao.edition.voice import ChosenVoice
from tingbao.errors import (
    InputError,
    LibraryError,
    OptionError,
    OutputError,
    SynthesisError,
    TingbaoError,
)
from tingbao.models import EditionInfo, Manifest
from tingbao.parse import SourceFiles, follow_links, parse_pages, read_files
from tingbao.publish import open_library, read_manifest, render_edition
from tingbao.publish.inventory import media_of
from tingbao.synthesis import ClipStore, Runner
from tingbao.synthesis.work import Task as Clip
from tingbao.workers import AttemptLog, TimeLimits, Watchdog, worker_name

HELD_SECONDS = 60.0
"""So long at most a worker of a run that was killed goes on with what it had in hand."""

TIME_LIMITS = TimeLimits()

_alone = threading.Lock()
"""An engine is used in one thread; a worker with several threads does one task after another."""


def work_on(task: Task, opener: OpenVoice = open_voice, limits: TimeLimits = TIME_LIMITS) -> Done:
    """Do a task; ``opener`` loads the voice if something has to be spoken.

    A process that does tasks for another is ended when a step takes longer than its ``limits``.

    Raises:
        InputError: its pages cannot be used.
        OptionError, OutputError, VoiceUnavailableError: no task can be done by this worker.
        SynthesisError: no item of the edition could be spoken, or too many workers died of it.
        TingbaoError: anything else that keeps this edition from being made.
    """
    with _alone:
        wall, cpu = time.perf_counter(), time.process_time()
        _check_surroundings(task.job)
        voice = ProcessVoice(task.job.profile, task.job.cache, opener)
        awake = task.job.driver != this_process()
        try:
            answer = _watched(task, voice, Watchdog(note_of(task), limits, awake=awake))
        except (TingbaoError, MemoryError):
            raise
        except Exception as error:
            # One odd edition of thousands must not end the run: it is set aside under its name.
            raise SynthesisError(f"defect: {type(error).__name__}: {error}") from error
        name = worker_name() or this_process()
        return Done(answer, Cost(name, time.perf_counter() - wall, time.process_time() - cpu))


def _watched(task: Task, voice: ProcessVoice, watchdog: Watchdog) -> Answer:
    log = AttemptLog(note_of(task))
    watchdog.step()
    try:
        answer = _answered(task, voice, log, watchdog)
    finally:
        watchdog.rest()
    log.clear()
    return answer


def _answered(task: Task, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Answer:
    match task:
        case PaperTask():
            return _paper(task)
        case PlanTask():
            log.begin_unless_deadly("read")
            return _plan(task, voice)
        case SpeakTask():
            return _speak(task, voice, log, watchdog)
        case JoinTask():
            return _join(task, voice, log, watchdog)


def _check_surroundings(job: Job) -> None:
    if job.version != __version__:
        raise OptionError(
            f"a worker on {socket.gethostname()} has Tingbao {__version__}, this is "
            f"{job.version}; install the same version everywhere"
        )
    if not job.notes.is_dir():
        raise OutputError(
            f"a worker on {socket.gethostname()} does not see {job.notes}: cache and library must "
            "lie in a folder that all machines share under the same path"
        )


def _paper(task: PaperTask) -> Printed:
    return Printed(parse_pages(task.find.inputs, protect=task.job.settings.parse.protect).paper)


# --- planning ------------------------------------------------------------------------------


def _plan(task: PlanTask, voice: ProcessVoice) -> Planned:
    """See what is published, what the pages would give, and what is to be spoken for it.

    Raises:
        InputError: the pages cannot be used.
        OptionError, OutputError: settings or library cannot be used.
    """
    job, find = task.job, task.find
    files = read_files(find.inputs)
    if find.date is not None:
        known = _published(job, voice, find.date.isoformat(), files.digest)
        if known is not None:
            return known
    plan = _parsed(job, find, files)
    known = _published(job, voice, plan.info.id, plan.reads)
    if known is not None:
        return known
    work = prepare(plan, _request_of(job), ignore, ChosenVoice(job.voice, job.profile))
    return Planned(
        edition=plan.info.id,
        pages=len(plan.edition.pages),
        items=len(plan.edition.articles),
        warnings=(*plan.notes, *warnings_of(work.script, work.plan.edition.pages)),
        plan=PackedPlan.of(plan),
        missing=_missing(job, work, voice.identity),
        is_begun=is_begun(work.paths.folder),
    )


def _published(job: Job, voice: ProcessVoice, edition: str, reads: str) -> Planned | None:
    """The edition, if what is published is what these pages would give."""
    folder = job.output / edition
    try:
        manifest = read_manifest(folder)
    except LibraryError:
        return None  # it is damaged, and made again
    if manifest is None or not _is_whole(job.output, manifest):
        return None
    if manifest.made_from != _origin(job, voice, manifest, reads):
        return None
    return Planned(
        edition=manifest.id,
        pages=len(manifest.pages),
        items=len(manifest.articles),
        is_begun=is_begun(folder),
        audio_seconds=manifest.edition.duration_ms / 1000,
    )


def _is_whole(library: Path, manifest: Manifest) -> bool:
    if not all(article.complete for article in manifest.articles):
        return False
    return all(_has(library / name, size) for name, size in media_of(manifest).items())


def _has(path: Path, size: int | None) -> bool:
    try:
        return size in (None, path.stat().st_size)
    except OSError:
        return False


def _origin(job: Job, voice: ProcessVoice, manifest: Manifest, reads: str) -> str:
    """What the pages would be made from under the name of what is published."""
    info = EditionInfo(manifest.id, manifest.date, job.paper, selection=False)
    spoken_by = job.profile, voice.identity
    base_url = open_library(job.output, job.paper, job.settings.feed.given, job.base_url).base_url
    return fingerprint_of(reads, info, job.settings, spoken_by, base_url)


def _missing(job: Job, work: Work, identity: str) -> tuple[MissingSpeech, ...]:
    """What is to be spoken, each clip once, the longest first: so none runs on alone at the end."""
    store = ClipStore(job.cache / "clips")
    seen: set[str] = set()
    items: dict[str | None, list[Clip]] = {}
    for segment in speaking_order(work.script).values():
        for utterance in segment.utterances:
            speech = speech_of(utterance, job.profile)
            key = store.key_of(speech, identity)
            if key not in seen and not store.holds(key):
                items.setdefault(segment.article, []).append(Clip(key, speech))
            seen.add(key)
    found = [MissingSpeech(item, tuple(clips)) for item, clips in items.items()]
    return tuple(sorted(found, key=lambda one: one.characters, reverse=True))


def _parsed(job: Job, find: Find, files: SourceFiles) -> Plan:
    """Parse the pages of an edition; ``files`` are its page files as they are now.

    Raises:
        InputError: they cannot be used, have no date, or are of another paper.
    """
    files = follow_links(files)
    edition = parse_pages(files, protect=job.settings.parse.protect)
    date = edition.date or find.date
    if date is None:
        message = "no date is printed, and none is in the names of its files and folders"
        raise InputError(message, find.inputs[0])
    if edition.paper not in (None, job.paper) and not job.paper_is_given:
        message = f"these are pages of {edition.paper}, not {job.paper}; --paper takes them for it"
        raise InputError(message, find.inputs[0])
    info = EditionInfo(date.isoformat(), date, job.paper, selection=False)
    return Plan(edition, info, reads=files.digest)


def _request_of(job: Job) -> BuildRequest:
    """What a build of one edition would be asked for."""
    return BuildRequest(
        inputs=(),
        output=job.output,
        cache=job.cache,
        settings=job.settings,
        paper=job.paper,
        voice=job.voice,
        base_url=job.base_url,
        jobs=1,
    )


# --- speaking and joining ------------------------------------------------------------------


def _speak(task: SpeakTask, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Spoken:
    """Speak what is missing still; what fails here is tried again and named by the join.

    Raises:
        VoiceUnavailableError, OutputError: the voice or the store cannot be used.
    """
    job = task.job
    store = ClipStore(job.cache / "clips")
    missing = {one.key: one for one in task.missing.clips if not store.holds(one.key)}
    speakers = OwnSpeakers(voice, job.cache, log, watchdog)
    made = [one for one in speakers.speak_all([*missing.values()]) if one.error is None]
    endings = {key: speakers.ending_over(key) for key in missing}
    return Spoken(
        audio_seconds=sum((one.seconds for one in made), 0.0),
        characters=sum(len(missing[one.key].speech.spoken) for one in made),
        refused=tuple(Refused(key, how) for key, how in endings.items() if how is not None),
    )


def _join(task: JoinTask, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Joined:
    """Make the folder of an edition, as a build does; its web pages too, but nothing beyond it.

    Raises:
        SynthesisError: no item can be spoken whole, or too many workers died of it.
        OutputError: the library cannot be written.
    """
    job = task.job
    plan = task.plan.unpacked()
    events = _BuildEvents(watchdog)
    folder = job.output / plan.info.id
    with _locked(folder):
        # Files that are new since the last try show that it did not die of the same thing.
        log.begin_unless_deadly(f"join-{sum(1 for _ in folder.rglob('*'))}")
        work = prepare(plan, _request_of(job), ignore, ChosenVoice(job.voice, job.profile))
        result = make_edition(
            work, _request_of(job), events, open_runner=lambda *_: _runner(task, voice, log, events)
        )
        render_edition(job.output, work.paths.info, result.manifest)
    return Joined(
        audio_seconds=result.manifest.edition.duration_ms / 1000,
        spoken_seconds=sum((clip.audio_seconds for clip in events.clips), 0.0),
        spoken_characters=sum(clip.characters for clip in events.clips),
        incomplete=result.incomplete,
        reasons=result.reasons,
        notices=tuple(events.notices),
    )


def _runner(task: JoinTask, voice: ProcessVoice, log: AttemptLog, events: _BuildEvents) -> Runner:
    job = task.job
    speakers = OwnSpeakers(voice, job.cache, log, events.watchdog, task.refused)
    store = ClipStore(job.cache / "clips")
    return Runner(speakers, store, lambda message: events(Noticed(message)))


@dataclass(frozen=True, slots=True)
class _BuildEvents:
    """What a build reported: clips that were spoken for it, and notices; each event is a step."""

    watchdog: Watchdog
    clips: list[ClipFinished] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.watchdog.step()
        match event:
            case ClipFinished(reused=False, audio_seconds=seconds) if seconds:
                self.clips.append(event)
            case Noticed(message):
                self.notices.append(message)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock an edition's folder; a worker of a run that was killed may have it for a moment."""
    until = time.monotonic() + HELD_SECONDS
    while files.holder_of(folder) is not None and time.monotonic() < until:
        time.sleep(0.1)
    with files.locked(folder):
        yield
