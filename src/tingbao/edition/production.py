"""The folder of one edition: speak, assemble, join, publish.

Each finished article is playable at once. All that was spoken and assembled lies in the
content-addressed stores of the cache folder, so that a run after a kill, a correction or no
change at all does only what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tingbao.audio import Mp3File, Part
from tingbao.edition.doubts import doubts_of
from tingbao.edition.events import ArticleFinished, Listener, Noticed, Planned, ignore
from tingbao.edition.library import remember_voice
from tingbao.edition.preparation import Work, open_studio
from tingbao.edition.press import Press, Stretch
from tingbao.edition.provenance import made_from
from tingbao.edition.publication import Made, publish
from tingbao.edition.request import BuildRequest
from tingbao.edition.result import BuildResult
from tingbao.edition.speaking import Take, require_voice, take_all
from tingbao.edition.voice import Studio
from tingbao.errors import MediaError, StoreError, SynthesisError
from tingbao.models import Script, Segment, SegmentKind
from tingbao.script import load_phrases, missing_segment
from tingbao.synthesis import Runner

DISCLOSURE = -1
"""The place of the disclosure among the takes: it is spoken first, before every segment."""


def produce_apart(
    work: Work, request: BuildRequest, listener: Listener = ignore, *, studio: Studio = Runner.open
) -> BuildResult:
    """Make the folder of one edition, and touch nothing of its library beyond it.

    What the edition had before lies there still: the library's feeds may lead to it.

    Raises:
        UnusableError: output or voice cannot be used; nothing was changed.
        SynthesisError: no item could be spoken whole; nothing was published.
    """
    with open_studio(work, request, listener, studio) as (runner, press):
        return _Production(work, request, runner, press, listener).run()


def speaking_order(script: Script) -> Mapping[int, Segment]:
    """The disclosure and the frame first, so that every item can be finished when it comes."""
    lead = Segment(SegmentKind.OPENER, "单条开头", (script.disclosure,))
    numbered = dict(enumerate(script.segments))
    frame = {place: one for place, one in numbered.items() if one.article is None}
    return {DISCLOSURE: lead, **frame, **numbered}


@dataclass(slots=True)
class _Production:
    """The takes of one edition as they come in; the only state that changes while it is made."""

    work: Work
    request: BuildRequest
    runner: Runner
    press: Press
    listener: Listener
    parts: dict[int, Part] = field(default_factory=dict)
    files: dict[str, Mp3File] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

    def run(self) -> BuildResult:
        """Speak, press and publish."""
        segments = speaking_order(self.work.script)
        require_voice(self.work.voice, segments, self.runner)
        # Only from here on is anything in the library touched.
        remember_voice(self.work.shelf, self.work.voice.name)
        self._tell_plan(segments)
        for take in take_all(segments, self.work.profile, self.runner, self.listener):
            self._press(take)
        if not self.files:
            raise SynthesisError(f"no item could be spoken whole: {self._first_reason()}")
        made = Made(self._stretches(), self.files, self.parts[DISCLOSURE].duration_ms)
        own_cover = self.request.settings.library.cover_path
        manifest = publish(self.work, self.press, made, own_cover, self._origin())
        return BuildResult(manifest, tuple(self._incomplete()), tuple(self._reasons()))

    def _origin(self) -> str:
        """An edited script is another wording of the pages that the edition was made from."""
        plan, shelf = self.work.plan, self.work.shelf
        if plan.script is not None:
            return shelf.manifest.made_from if shelf.manifest else ""
        voice = self.work.profile, self.runner.identity
        settings, base_url = self.request.settings, shelf.info.base_url
        return made_from(plan.reads, plan.info, settings, voice, base_url)

    def _tell_plan(self, segments: Mapping[int, Segment]) -> None:
        utterances = [one for segment in segments.values() for one in segment.utterances]
        items = sum(segment.article is not None for segment in segments.values())
        characters = sum(len(one.spoken) for one in utterances)
        edition = self.work.plan.info.id
        self.listener(Planned(edition, items, len(utterances), characters))
        for line in doubts_of(self.work.script):
            self.listener(Noticed(line))

    def _press(self, take: Take) -> None:
        """Make the part of a take, and each item's file as soon as all of it is there."""
        if take.error is not None:
            self._fail(take, take.error)
            return
        try:
            self.parts[take.index] = self.press.part(take.keys, take.segment.utterances)
        except (MediaError, StoreError) as error:
            self._fail(take, error)
            return
        for place in self._writable(take):
            self._write_article(place)

    def _writable(self, take: Take) -> Iterator[int]:
        if take.segment.article is not None:
            yield from (take.index,) if DISCLOSURE in self.parts else ()
        elif take.index == DISCLOSURE:
            segments = self.work.script.segments
            yield from (place for place in self.parts if place >= 0 and segments[place].article)

    def _write_article(self, place: int) -> None:
        segment = self.work.script.segments[place]
        name = str(segment.article)
        parts = [self.parts[DISCLOSURE], self.parts[place]]
        written = self.press.article(name, segment.title, self.work.orders[name], parts)
        self.files[name] = written
        seconds = written.duration_ms / 1000
        self.listener(ArticleFinished(name, segment.title, written.path, seconds))

    def _fail(self, take: Take, error: Exception) -> None:
        self.failed[take.index] = str(error)
        self.listener(Noticed(f"incomplete: {_named(take.segment)}: {error}"))

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

    def _stretches(self) -> Sequence[Stretch]:
        """What was made, in playing order, with one spoken line on what was not."""
        made = [
            Stretch(self.parts[place], segment)
            for place, segment in enumerate(self.work.script.segments)
            if place in self.parts and (segment.article is None or segment.article in self.files)
        ]
        missing = self._missing()
        if missing is not None:
            closers = [one for one in made if one.kind is SegmentKind.CLOSER]
            place = made.index(closers[0]) if closers else len(made)
            made.insert(place, missing)
        return self.press.chimed(made, self.request.settings.audio)

    def _missing(self) -> Stretch | None:
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
        for take in take_all({DISCLOSURE: segment}, self.work.profile, self.runner, self.listener):
            if take.error is None:
                return Stretch(self.press.part(take.keys, segment.utterances), segment)
            self._tell_unsaid(take)
        return None

    def _tell_unsaid(self, take: Take) -> None:
        message = f"the line that names the missing items could not be spoken: {take.error}"
        self.listener(Noticed(message))


def _named(segment: Segment) -> str:
    kind = f"item {segment.article}" if segment.article else segment.kind.value
    return f"{kind} {segment.title}"
