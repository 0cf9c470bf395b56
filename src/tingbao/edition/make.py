"""Speak and write sound: an edition's folder, its digest alone, or one text as a trial.

Each finished article is playable at once. All that was spoken and assembled lies in the
content-addressed stores of the cache folder, so that a run after a kill, a correction or no
change at all does only what is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tingbao import files
from tingbao.audio import (
    Mastering,
    Mp3File,
    Part,
    PartClip,
    Tags,
    aigc_label,
    chapter_times,
    make_part,
    write_mp3,
)
from tingbao.edition.assembly import AudioAssembler, Track, open_assembler
from tingbao.edition.cache import sweep_stores
from tingbao.edition.events import ArticleFinished, Listener, Noticed, Planned, ignore
from tingbao.edition.fingerprint import fingerprint_of
from tingbao.edition.library import remember_voice
from tingbao.edition.plan import Work, plan_edition, prepare
from tingbao.edition.publication import FinishedAudio, publish
from tingbao.edition.request import BuildRequest, BuildResult
from tingbao.edition.speaking import (
    DISCLOSURE,
    SynthesizedSegment,
    require_voice,
    speaking_order,
    synthesize_all,
)
from tingbao.edition.unread import warnings_of
from tingbao.edition.voice import RunnerFactory, VoiceChoice, choose_voice
from tingbao.errors import MediaError, OptionError, StoreError, SynthesisError
from tingbao.models import Script, Segment, SegmentKind, is_speakable
from tingbao.parse import simplify
from tingbao.publish import DIGEST_FILE
from tingbao.script import digest_script, load_phrases, missing_segment, normalize
from tingbao.synthesis import Runner, Speech
from tingbao.synthesis.profiles import Profile


def make_edition(
    work: Work,
    request: BuildRequest,
    listener: Listener = ignore,
    *,
    open_runner: RunnerFactory = Runner.open,
) -> BuildResult:
    """Make the folder of one edition, and touch nothing of its library beyond it.

    What the edition had before lies there still: the library's feeds may lead to it.

    Raises:
        UnusableError: output or voice cannot be used; nothing was changed.
        SynthesisError: no item could be spoken whole; nothing was published.
    """
    with open_assembler(work, request, listener, open_runner) as (runner, assembler):
        return _Production(work, request, runner, assembler, listener).run()


@dataclass(slots=True)
class _Production:
    """The segments of one edition as they come in; the only state that changes while it is made."""

    work: Work
    request: BuildRequest
    runner: Runner
    assembler: AudioAssembler
    listener: Listener
    parts: dict[int, Part] = field(default_factory=dict)
    files: dict[str, Mp3File] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

    def run(self) -> BuildResult:
        """Speak, assemble and publish."""
        segments = speaking_order(self.work.script)
        require_voice(self.work.voice, segments, self.runner)
        # Only from here on is anything in the library touched.
        remember_voice(self.work.paths, self.work.voice.name)
        self._tell_plan(segments)
        for spoken in synthesize_all(segments, self.work.profile, self.runner, self.listener):
            self._assemble(spoken)
        if not self.files:
            raise SynthesisError(f"no item could be spoken whole: {self._first_reason()}")
        made = FinishedAudio(self._tracks(), self.files, self.parts[DISCLOSURE].duration_ms)
        own_cover = self.request.settings.library.cover_path
        manifest = publish(self.work, self.assembler, made, own_cover, self._fingerprint())
        return BuildResult(manifest, tuple(self._incomplete()), tuple(self._reasons()))

    def _fingerprint(self) -> str:
        """An edited script is another wording of the pages that the edition was made from."""
        plan, paths = self.work.plan, self.work.paths
        if plan.script is not None:
            return paths.manifest.made_from if paths.manifest else ""
        voice = self.work.profile, self.runner.identity
        settings, base_url = self.request.settings, paths.info.base_url
        return fingerprint_of(plan.reads, plan.info, settings, voice, base_url)

    def _tell_plan(self, segments: Mapping[int, Segment]) -> None:
        utterances = [one for segment in segments.values() for one in segment.utterances]
        items = sum(segment.article is not None for segment in segments.values())
        characters = sum(len(one.spoken) for one in utterances)
        edition = self.work.plan.info.id
        self.listener(Planned(edition, items, len(utterances), characters))
        for line in warnings_of(self.work.script, self.work.plan.edition.pages):
            self.listener(Noticed(line))

    def _assemble(self, spoken: SynthesizedSegment) -> None:
        """Make the part of a segment, and each item's file as soon as all of it is there."""
        if spoken.error is not None:
            self._fail(spoken, spoken.error)
            return
        try:
            self.parts[spoken.index] = self.assembler.part(spoken.keys, spoken.segment.utterances)
        except (MediaError, StoreError) as error:
            self._fail(spoken, error)
            return
        for place in self._writable(spoken):
            self._write_article(place)

    def _writable(self, spoken: SynthesizedSegment) -> Iterator[int]:
        if spoken.segment.article is not None:
            yield from (spoken.index,) if DISCLOSURE in self.parts else ()
        elif spoken.index == DISCLOSURE:
            segments = self.work.script.segments
            yield from (place for place in self.parts if place >= 0 and segments[place].article)

    def _write_article(self, place: int) -> None:
        segment = self.work.script.segments[place]
        name = str(segment.article)
        parts = [self.parts[DISCLOSURE], self.parts[place]]
        written = self.assembler.article(name, segment.title, self.work.orders[name], parts)
        self.files[name] = written
        seconds = written.duration_ms / 1000
        self.listener(ArticleFinished(name, segment.title, written.path, seconds))

    def _fail(self, spoken: SynthesizedSegment, error: Exception) -> None:
        self.failed[spoken.index] = str(error)
        self.listener(Noticed(f"incomplete: {_named(spoken.segment)}: {error}"))

    def _first_reason(self) -> str:
        return next(iter(self.failed.values()), "nothing was to be spoken")

    def _incomplete(self) -> Iterator[str]:
        """Items that were not made whole, then what else of the programme was not."""
        segments = self.work.script.segments
        for place in sorted(self.failed):
            if place >= 0:
                yield segments[place].article or segments[place].kind.value

    def _reasons(self) -> Iterator[str]:
        segments = self.work.script.segments
        for place in sorted(self.failed):
            if place >= 0:
                yield f"{_named(segments[place])}: {self.failed[place]}"

    def _tracks(self) -> Sequence[Track]:
        """What was made, in playing order, with one spoken line on what was not."""
        made = [
            Track(self.parts[place], segment)
            for place, segment in enumerate(self.work.script.segments)
            if place in self.parts and (segment.article is None or segment.article in self.files)
        ]
        missing = self._missing()
        if missing is not None:
            closers = [one for one in made if one.kind is SegmentKind.CLOSER]
            place = made.index(closers[0]) if closers else len(made)
            made.insert(place, missing)
        return self.assembler.chimed(made, self.request.settings.audio)

    def _missing(self) -> Track | None:
        lost = [
            segment
            for place, segment in enumerate(self.work.script.segments)
            if place in self.failed and segment.article is not None
        ]
        if not lost:
            return None
        settings = self.request.settings
        segment = missing_segment(
            self.work.script,
            [one.title for one in lost],
            pauses=self.work.profile.pause_plan,
            phrases=load_phrases(settings.script.phrases_path),
        )
        for spoken in synthesize_all(
            {DISCLOSURE: segment}, self.work.profile, self.runner, self.listener
        ):
            if spoken.error is None:
                return Track(self.assembler.part(spoken.keys, segment.utterances), segment)
            self._tell_unsaid(spoken)
        return None

    def _tell_unsaid(self, spoken: SynthesizedSegment) -> None:
        message = f"the line that names the missing items could not be spoken: {spoken.error}"
        self.listener(Noticed(message))


def _named(segment: Segment) -> str:
    kind = f"item {segment.article}" if segment.article else segment.kind.value
    return f"{kind} {segment.title}"


TITLE = "内容提要"


def produce_digest(
    request: BuildRequest, listener: Listener = ignore, *, open_runner: RunnerFactory = Runner.open
) -> Mp3File:
    """Build ``digest.mp3`` in the edition's folder: opener, headlines, closer.

    Raises:
        UnusableError: input, options, output or voice cannot be used, or there is no headline.
        SynthesisError: not all of it could be spoken; nothing was written.
    """
    plan = plan_edition(request)
    with files.locked(request.output):
        work = prepare(plan, request, listener)
        sweep_stores(request.cache)
        named = str(request.script) if request.script else None
        script = digest_script(work.script, named)
        with open_assembler(work, request, listener, open_runner) as (runner, assembler):
            parts = _spoken(script, work, runner, assembler, listener)
            made = _written(script, parts, assembler)
    listener(ArticleFinished("digest", TITLE, made.path, made.duration_ms / 1000))
    return made


def _spoken(
    script: Script, work: Work, runner: Runner, assembler: AudioAssembler, listener: Listener
) -> list[Part]:
    segments = dict(enumerate(script.segments))
    require_voice(work.voice, segments, runner)
    utterances = [one for segment in script.segments for one in segment.utterances]
    characters = sum(len(one.spoken) for one in utterances)
    listener(Planned(script.edition.id, len(work.orders), len(utterances), characters))
    parts: dict[int, Part] = {}
    for spoken in synthesize_all(segments, work.profile, runner, listener):
        if spoken.error is not None:
            raise spoken.error
        parts[spoken.index] = assembler.part(spoken.keys, spoken.segment.utterances)
    return [parts[place] for place in segments]


def _written(script: Script, parts: list[Part], assembler: AudioAssembler) -> Mp3File:
    titles = [segment.title for segment in script.segments]
    return assembler.digest(
        DIGEST_FILE, TITLE, parts, chapter_times(parts, titles, [None] * len(parts))
    )


UNDATED = dt.date(1970, 1, 1)
"""A trial belongs to no day, and the clock would make each file another one."""


def say_text(text: str, voice: str, output: Path, cache: Path, listener: Listener) -> None:
    """Let ``voice`` say ``text``, read as in an edition, into the MP3 file ``output``.

    Raises:
        OptionError: there is no such voice, or nothing in the text can be said.
        VoiceUnavailableError: the voice cannot be had.
        SynthesisError: it cannot say this text.
        OutputError: the file cannot be written.
    """
    read = normalize(simplify(text))
    if not is_speakable(read.spoken):
        raise OptionError("there is nothing to say in the given text")
    chosen = choose_voice(VoiceChoice(voice), cache, listener)
    chosen.require()
    profile = chosen.profile
    speech = Speech(read.spoken, profile.reader(1), read.readings)
    with Runner.open(profile, cache, 1, lambda message: listener(Noticed(message))) as runner:
        (outcome,) = runner([speech])
        if outcome.key is None:
            raise outcome.error or SynthesisError("the voice said nothing")
        key = outcome.key
        part = make_part([PartClip(key, lambda: runner.clip(key))], Mastering(), cache / "parts")
    write_mp3(output, [part], _tags(text, profile))


def _tags(text: str, profile: Profile) -> Tags:
    return Tags(
        title=text,
        album="听报",
        artist=profile.title,
        date=UNDATED,
        aigc=aigc_label("Tingbao", "voice-trial"),
    )
