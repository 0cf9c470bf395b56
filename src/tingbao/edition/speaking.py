"""Segments in, spoken segments out: every utterance in the clip store, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tingbao.edition.events import ClipFinished, Listener
from tingbao.edition.voice import ChosenVoice
from tingbao.errors import SynthesisError
from tingbao.models import Script, Segment, SegmentKind, Utterance
from tingbao.synthesis import Outcome, Runner, Speech
from tingbao.synthesis.profiles import Profile

DISCLOSURE = -1
"""The place of the disclosure among the segments: it is spoken first, before every segment."""


@dataclass(frozen=True, slots=True)
class SynthesizedSegment:
    """A segment with all its utterances tried: ``keys`` in the clip store, or an ``error``.

    ``index`` is the key under which the segment was given.
    """

    index: int
    segment: Segment
    keys: tuple[str, ...]
    error: SynthesisError | None


@dataclass(slots=True)
class _Pending:
    """A segment on its way; the only state that changes while speaking."""

    index: int
    segment: Segment
    keys: list[str | None]
    left: int
    errors: list[SynthesisError] = field(default_factory=list)

    def settle(self, place: int, outcome: Outcome) -> None:
        self.left -= 1
        self.keys[place] = outcome.key
        if outcome.error is not None:
            self.errors.append(outcome.error)

    @property
    def spoken(self) -> SynthesizedSegment:
        keys = tuple(key for key in self.keys if key is not None)
        return SynthesizedSegment(
            self.index, self.segment, keys, self.errors[0] if self.errors else None
        )


def speaking_order(script: Script) -> Mapping[int, Segment]:
    """The disclosure and the frame first, so that every item can be finished when it comes."""
    lead = Segment(SegmentKind.OPENER, "单条开头", (script.disclosure,))
    numbered = dict(enumerate(script.segments))
    frame = {place: one for place, one in numbered.items() if one.article is None}
    return {DISCLOSURE: lead, **frame, **numbered}


def synthesize_all(
    segments: Mapping[int, Segment], profile: Profile, runner: Runner, listener: Listener
) -> Iterator[SynthesizedSegment]:
    """Speak all segments, in the mapping's order; each is yielded as soon as it is settled."""
    pending = [
        _Pending(index, segment, [None] * len(segment.utterances), len(segment.utterances))
        for index, segment in segments.items()
    ]
    places = [(item, place) for item in pending for place in range(item.left)]
    speeches = [speech_of(item.segment.utterances[place], profile) for item, place in places]
    for outcome in runner(speeches):
        item, place = places[outcome.index]
        item.settle(place, outcome)
        listener(_told(item, place, outcome))
        if not item.left:
            yield item.spoken


def require_voice(voice: ChosenVoice, segments: Mapping[int, Segment], runner: Runner) -> None:
    """Nothing is asked of a voice, were it away or not, if all was spoken before.

    Raises:
        VoiceUnavailableError: the voice is away, and something is still to be spoken.
    """
    if voice.absence is None and voice.check is None:
        return
    utterances = [one for segment in segments.values() for one in segment.utterances]
    if runner.lacks([speech_of(one, voice.profile) for one in utterances]):
        voice.require()


def speech_of(utterance: Utterance, profile: Profile) -> Speech:
    """What the engine is asked for: the words as read, in the voice of their reader."""
    return Speech(utterance.spoken, profile.reader(utterance.reader), utterance.readings)


def _told(item: _Pending, place: int, outcome: Outcome) -> ClipFinished:
    utterances = item.segment.utterances
    return ClipFinished(
        title=item.segment.title,
        characters=len(utterances[place].spoken),
        audio_seconds=outcome.seconds,
        cpu_seconds=outcome.cpu_seconds,
        reused=outcome.reused,
        retries=outcome.retries,
        in_flight=outcome.in_flight,
        done=len(utterances) - item.left,
        of=len(utterances),
    )
