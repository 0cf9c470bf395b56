"""An item's clips into the store, and an edition's folder from the clips."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tingbao import files
from tingbao.archive.parsing import as_planned, request_of
from tingbao.archive.speakers import OwnSpeakers, ProcessVoice
from tingbao.archive.tasks import Joined, JoinTask, Refused, SpeakTask, Spoken
from tingbao.edition.events import ClipFinished, Event, Noticed, ignore
from tingbao.edition.make import make_edition
from tingbao.edition.plan import prepare
from tingbao.edition.speaking import speaking_order, speech_of
from tingbao.edition.voice import ChosenVoice
from tingbao.errors import InputError
from tingbao.publish import render_edition
from tingbao.synthesis import ClipStore, Runner, Speech
from tingbao.synthesis.work import Task as Clip
from tingbao.workers import AttemptLog, Watchdog

HELD_SECONDS = 60.0
"""So long at most a worker of a run that was killed goes on with what it had in hand."""


def speak(task: SpeakTask, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Spoken:
    """Speak what is missing still; what fails here is tried again and named by the join.

    Raises:
        InputError: the pages cannot be used any more.
        VoiceUnavailableError, OutputError: the voice or the store cannot be used.
    """
    job = task.job
    wanted = _wanted(task, voice.identity)
    store = ClipStore(job.cache / "clips")
    missing = [Clip(key, wanted[key]) for key in task.speech.keys
               if key in wanted and not store.holds(key)]  # fmt: skip
    speakers = OwnSpeakers(voice, job.cache, log, watchdog)
    made = [one for one in speakers.speak_all(missing) if one.error is None]
    endings = {one.key: speakers.ending_over(one.key) for one in missing}
    return Spoken(
        audio_seconds=sum((one.seconds for one in made), 0.0),
        characters=sum(len(wanted[one.key].spoken) for one in made),
        refused=tuple(Refused(key, how) for key, how in endings.items() if how is not None),
    )


def _wanted(task: SpeakTask, identity: str) -> Mapping[str, Speech]:
    """The words of the clips; of pages that were edited since they were planned, what is left."""
    job = task.job
    segments = speaking_order(as_planned(task).script)
    speeches = [
        speech_of(utterance, job.profile)
        for place in task.speech.places
        if place in segments
        for utterance in segments[place].utterances
    ]
    return {ClipStore.key_of(speech, identity): speech for speech in speeches}


def join(task: JoinTask, voice: ProcessVoice, log: AttemptLog, watchdog: Watchdog) -> Joined:
    """Make the folder of an edition, as a build does; its pages too, but nothing beyond it.

    Raises:
        InputError: the pages cannot be used any more.
        SynthesisError: no item can be spoken whole, or too many workers died of it.
        OutputError: the library cannot be written.
    """
    job = task.job
    plan = as_planned(task).plan
    if plan.info.id != task.edition:
        message = "the pages were changed while they were read; run again"
        raise InputError(message, task.find.inputs[0])
    heard = _Heard(watchdog)
    folder = job.output / task.edition
    with _held(folder):
        # Files that are new since the last try tell that it did not die of the same thing.
        log.begin_unless_deadly(f"join-{sum(1 for _ in folder.rglob('*'))}")
        work = prepare(plan, request_of(job), ignore, ChosenVoice(job.voice, job.profile))
        result = make_edition(
            work, request_of(job), heard, open_runner=lambda *_: _runner(task, voice, log, heard)
        )
        render_edition(job.output, work.paths.info, result.manifest)
    return Joined(
        audio_seconds=result.manifest.edition.duration_ms / 1000,
        spoken_seconds=sum((clip.audio_seconds for clip in heard.clips), 0.0),
        spoken_characters=sum(clip.characters for clip in heard.clips),
        incomplete=result.incomplete,
        reasons=result.reasons,
        notices=tuple(heard.notices),
    )


def _runner(task: JoinTask, voice: ProcessVoice, log: AttemptLog, heard: _Heard) -> Runner:
    job = task.job
    speakers = OwnSpeakers(voice, job.cache, log, heard.watchdog, task.refused)
    store = ClipStore(job.cache / "clips")
    return Runner(speakers, store, lambda message: heard(Noticed(message)))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a build told: clips that were spoken for it, and notices; all it tells are steps."""

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
def _held(folder: Path) -> Iterator[None]:
    """Hold an edition's folder; a worker whose run was killed may still have it for a moment."""
    until = time.monotonic() + HELD_SECONDS
    while files.holder_of(folder) is not None and time.monotonic() < until:
        time.sleep(0.1)
    with files.locked(folder):
        yield
