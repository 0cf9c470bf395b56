"""The work itself, as pure functions on frozen values, done in whatever process is at hand."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tingbao import __version__, files
from tingbao.archive.discovery import Find
from tingbao.archive.speakers import OpenVoice, OwnSpeakers, ProcessVoice, open_voice
from tingbao.archive.tally import TRIES, Tally
from tingbao.archive.tasks import (
    Cost,
    Done,
    Job,
    Joined,
    JoinTask,
    PaperTask,
    Planned,
    PlanTask,
    Printed,
    SpeakTask,
    Speech,
    Spoken,
    Task,
    note_of,
)
from tingbao.build.doubts import doubts_of
from tingbao.build.events import ClipFinished, Event, Noticed, ignore
from tingbao.build.library import is_begun
from tingbao.build.plan import BuildRequest, Plan, script_of
from tingbao.build.preparation import Work, prepare
from tingbao.build.production import produce_apart, speaking_order
from tingbao.build.provenance import made_from
from tingbao.build.speaking import speech_of
from tingbao.build.voice import Chosen
from tingbao.errors import (
    InputError,
    LibraryError,
    OptionError,
    OutputError,
    SynthesisError,
    TingbaoError,
)
from tingbao.models import EditionInfo, Manifest, Script
from tingbao.parse import input_digest, noted_reads, parse_pages
from tingbao.publish import open_library, read_manifest, render_edition
from tingbao.publish.inventory import media_of
from tingbao.synthesis import ClipStore, Runner
from tingbao.synthesis.engine import Speech as Wanted
from tingbao.synthesis.work import Task as Clip

__all__ = ["name_worker", "work_on"]

KEPT_EDITIONS = 4
"""Tasks of one edition come close together: it is parsed once a process, not once a task."""

HELD_SECONDS = 60.0
"""So long at most a worker of a run that was killed goes on with what it had in hand."""

_alone = threading.Lock()
"""An engine is used in one thread; a worker with several threads does one task after another."""

_name = ""


def name_worker(name: str) -> None:
    """What this process is called in events."""
    global _name  # noqa: PLW0603  - set once, when the process is begun
    _name = name


def work_on(task: Task, opener: OpenVoice = open_voice) -> Done:
    """Do a task; ``opener`` loads the voice if something has to be spoken.

    Raises:
        InputError: its pages cannot be used.
        OptionError, OutputError, VoiceUnavailableError: no task can be done by this worker.
        SynthesisError: no item of the edition could be spoken, or too many workers died of it.
        TingbaoError: anything else that keeps this edition from being made.
    """
    with _alone:
        wall, cpu = time.perf_counter(), time.process_time()
        _check_surroundings(task.job)
        try:
            answer = _answered(task, ProcessVoice(task.job.profile, task.job.cache, opener))
        except (TingbaoError, MemoryError):
            raise
        except Exception as error:
            # One odd edition of thousands must not end the run: it is set aside under its name.
            raise SynthesisError(f"defect: {type(error).__name__}: {error}") from error
        name = _name or f"{socket.gethostname()}:{os.getpid()}"
        return Done(answer, Cost(name, time.perf_counter() - wall, time.process_time() - cpu))


def _answered(task: Task, voice: ProcessVoice) -> Printed | Planned | Spoken | Joined:
    tally = Tally(note_of(task))
    match task:
        case PaperTask():
            answer: Printed | Planned | Spoken | Joined = _paper(task)
        case PlanTask():
            _begin(tally, "read")
            answer = _planned(task, voice)
        case SpeakTask():
            answer = _spoken(task, voice, tally)
        case JoinTask():
            answer = _joined(task, voice, tally)
    tally.clear()
    return answer


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


def _begin(tally: Tally, what: str) -> None:
    if tally.has_killed(what):
        raise SynthesisError(f"{TRIES} workers died of it; it is set aside")
    tally.begin(what)


# --- reading -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An edition as parsed, with its script under the ids of this parse."""

    plan: Plan
    script: Script


_recent: dict[tuple[object, ...], _Parsed] = {}


def _as_planned(task: SpeakTask | JoinTask) -> _Parsed:
    """The edition as it was planned, if this process still has it, else as it is now."""
    found = _recent.get(_place(task.job, task.find, task.reads))
    return found or _read(task.job, task.find)


def _read(job: Job, find: Find) -> _Parsed:
    with noted_reads() as reads:
        edition = parse_pages(find.inputs, protect=job.settings.parse.protect)
    date = edition.date or find.date
    if date is None:
        message = "no date is printed, and none is in the names of its files and folders"
        raise InputError(message, find.inputs[0])
    if edition.paper not in (None, job.paper) and not job.paper_is_given:
        message = f"these are pages of {edition.paper}, not {job.paper}; --paper takes them for it"
        raise InputError(message, find.inputs[0])
    info = EditionInfo(date.isoformat(), date, job.paper, selection=False)
    plan = Plan(edition, info, reads=reads.digest)
    parsed = _Parsed(plan, script_of(plan, job.profile, job.settings))
    _recent[_place(job, find, plan.reads)] = parsed
    while len(_recent) > KEPT_EDITIONS:
        del _recent[next(iter(_recent))]
    return parsed


def _place(job: Job, find: Find, reads: str) -> tuple[object, ...]:
    settings = msgspec.json.encode((job.profile, job.settings))
    return find, job.paper, job.paper_is_given, settings, reads


def _paper(task: PaperTask) -> Printed:
    return Printed(parse_pages(task.find.inputs, protect=task.job.settings.parse.protect).paper)


# --- planning ------------------------------------------------------------------------------


def _planned(task: PlanTask, voice: ProcessVoice) -> Planned:
    job, find = task.job, task.find
    if find.date is not None:
        known = _published(job, voice, find.date.isoformat(), input_digest(find.inputs))
        if known is not None:
            return known
    plan = _read(job, find).plan
    known = _published(job, voice, plan.info.id, plan.reads)
    if known is not None:
        return known
    work = prepare(plan, _request(job), ignore, Chosen(job.voice, job.profile))
    return Planned(
        edition=plan.info.id,
        reads=plan.reads,
        pages=len(plan.edition.pages),
        items=len(plan.edition.articles),
        warnings=(*plan.notes, *doubts_of(work.script)),
        speeches=_missing(job, work, voice.identity),
        is_begun=is_begun(work.shelf.folder),
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
        reads=reads,
        pages=len(manifest.pages),
        items=len(manifest.articles),
        is_unchanged=True,
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
    base_url = open_library(job.output, job.paper, job.settings.feed, job.base_url).base_url
    return made_from(reads, info, job.settings, spoken_by, base_url)


def _missing(job: Job, work: Work, identity: str) -> tuple[Speech, ...]:
    """What is to be spoken, each clip once, the longest first: so none runs on alone at the end."""
    store = ClipStore(job.cache / "clips")
    seen: set[str] = set()
    groups: dict[str | None, dict[int, dict[str, int]]] = {}
    for place, segment in speaking_order(work.script).items():
        for utterance in segment.utterances:
            key = store.key_of(speech_of(utterance, job.profile), identity)
            if key not in seen and not store.holds(key):
                lacks = groups.setdefault(segment.article, {}).setdefault(place, {})
                lacks[key] = len(utterance.spoken)
            seen.add(key)
    found = [_speech(item, lacks) for item, lacks in groups.items()]
    return tuple(sorted(found, key=lambda one: one.characters, reverse=True))


def _speech(item: str | None, lacks: Mapping[int, Mapping[str, int]]) -> Speech:
    keys = tuple(key for each in lacks.values() for key in each)
    characters = sum(sum(each.values()) for each in lacks.values())
    return Speech(item, tuple(lacks), keys, characters)


def _request(job: Job) -> BuildRequest:
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


# --- speaking ------------------------------------------------------------------------------


def _spoken(task: SpeakTask, voice: ProcessVoice, tally: Tally) -> Spoken:
    """Speak what is missing still; what fails here is tried again and named by the join."""
    job = task.job
    wanted = _wanted(task, voice.identity)
    store = ClipStore(job.cache / "clips")
    missing = [Clip(key, wanted[key]) for key in task.speech.keys
               if key in wanted and not store.holds(key)]  # fmt: skip
    speakers = OwnSpeakers(voice, job.cache, tally)
    made = [one for one in speakers.speak_all(missing) if one.error is None]
    return Spoken(
        audio_seconds=sum((one.seconds for one in made), 0.0),
        characters=sum(len(wanted[one.key].spoken) for one in made),
        refused=tuple(filter(speakers.refuses, (one.key for one in missing))),
    )


def _wanted(task: SpeakTask, identity: str) -> Mapping[str, Wanted]:
    """The words of the clips; of pages that were edited since they were planned, what is left."""
    job = task.job
    segments = speaking_order(_as_planned(task).script)
    speeches = [
        speech_of(utterance, job.profile)
        for place in task.speech.places
        if place in segments
        for utterance in segments[place].utterances
    ]
    return {ClipStore.key_of(speech, identity): speech for speech in speeches}


# --- joining -------------------------------------------------------------------------------


def _joined(task: JoinTask, voice: ProcessVoice, tally: Tally) -> Joined:
    job = task.job
    plan = _as_planned(task).plan
    if plan.info.id != task.edition:
        message = "the pages were changed while they were read; run again"
        raise InputError(message, task.find.inputs[0])
    heard = _Heard([], [])
    folder = job.output / task.edition
    with _held(folder):
        # Files that are new since the last try tell that it did not die of the same thing.
        _begin(tally, f"join-{sum(1 for _ in folder.rglob('*'))}")
        work = prepare(plan, _request(job), ignore, Chosen(job.voice, job.profile))
        result = produce_apart(
            work, _request(job), heard, studio=lambda *_: _studio(task, voice, tally, heard)
        )
        render_edition(job.output, work.shelf.info, result.manifest)
    return Joined(
        audio_seconds=result.manifest.edition.duration_ms / 1000,
        spoken_seconds=sum((clip.audio_seconds for clip in heard.clips), 0.0),
        spoken_characters=sum(clip.characters for clip in heard.clips),
        incomplete=result.incomplete,
        reasons=result.reasons,
        notices=tuple(heard.notices),
    )


def _studio(task: JoinTask, voice: ProcessVoice, tally: Tally, heard: _Heard) -> Runner:
    job = task.job
    speakers = OwnSpeakers(voice, job.cache, tally, task.refused)
    store = ClipStore(job.cache / "clips")
    return Runner(speakers, store, lambda message: heard(Noticed(message)))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a build told: clips that were spoken for it, and notices."""

    clips: list[ClipFinished]
    notices: list[str]

    def __call__(self, event: Event) -> None:
        match event:
            case ClipFinished(reused=False, audio_seconds=seconds) if seconds:
                self.clips.append(event)
            case Noticed(message):
                self.notices.append(message)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold an edition's folder; a worker whose run was killed may still have it for a moment."""
    until = time.monotonic() + HELD_SECONDS
    while files.holder_of(folder) is not None and time.monotonic() < until:
        time.sleep(0.1)
    with files.locked(folder):
        yield
