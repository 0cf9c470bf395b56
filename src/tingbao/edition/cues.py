"""The transcript's cues: each phrase as printed, with the time at which its first word is heard.

An engine tells when the characters of the *spoken* text are heard; a reader wants the *printed*
one. Each utterance knows which of its spoken words stand for which printed ones, so the printed
text is cut at its punctuation, and each piece takes the time of the spoken character that its
first one is heard as.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence

from tingbao.audio import Part
from tingbao.models import Cue, Segment, Timing, Utterance, page_turns
from tingbao.text.cut import cut_at_clauses

MOST_CHARACTERS = 40
"""Two lines of twenty: what a caption holds."""


def cues_of(segment: Segment, part: Part, start_ms: int) -> Iterator[Cue]:
    """The cues of one segment, whose sound begins at ``start_ms`` of the edition."""
    spans = zip(segment.utterances, part.starts_ms, part.ends_ms, part.timings, strict=True)
    for (utterance, begin, end, timings), turns in zip(spans, page_turns(segment), strict=True):
        if not utterance.text:  # words of a text that stands before, in another utterance
            continue
        pages = {turn.offset: turn.page for turn in turns}
        offsets = list(_offsets(utterance.text, pages))
        heard = _heard(utterance, offsets[:-1], timings, begin, end)
        for (offset, to), (from_ms, to_ms) in zip(itertools.pairwise(offsets), heard, strict=True):
            yield Cue(
                start_ms + from_ms,
                start_ms + to_ms,
                utterance.text[offset:to],
                utterance.role,
                segment.article,
                opens_paragraph=utterance.starts_paragraph and offset == 0,
                page=pages.get(offset),
            )


def _offsets(text: str, turns: Iterable[int]) -> Iterator[int]:
    """Where the pieces of a text begin, one of them at each turn; last, where it ends."""
    at = 0
    for start, end in itertools.pairwise(sorted({0, *turns, len(text)})):
        at = start
        for piece in cut_at_clauses(text[start:end], MOST_CHARACTERS):
            yield at
            at += len(piece)
    yield at


def _heard(
    utterance: Utterance, offsets: Sequence[int], timings: Sequence[Timing], begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """From when to when the piece at each offset is heard: it ends where the next one begins."""
    places = (_spoken_offset(utterance, offset) for offset in offsets[1:])
    times = (_time_of(at, timings, utterance, begin, end) for at in places)
    in_order = itertools.accumulate(times, max, initial=begin)
    return itertools.pairwise([*(min(time, end) for time in in_order), end])


def _spoken_offset(utterance: Utterance, offset: int) -> int:
    """Where in the spoken words the character at ``offset`` of the printed text is heard.

    Inside a span with other words than the printed ones it is heard at its share of them.
    """
    if not utterance.spans:
        return round(len(utterance.spoken) * offset / len(utterance.text))
    place = bisect.bisect_right(utterance.spans, offset, key=lambda span: span.printed.end)
    printed, spoken = utterance.spans[place].printed, utterance.spans[place].spoken
    share = (offset - printed.start) / (printed.end - printed.start)
    return spoken.start + round((spoken.end - spoken.start) * share)


def _time_of(at: int, timings: Sequence[Timing], utterance: Utterance, begin: int, end: int) -> int:
    """When ``spoken[at]`` is heard: as timed, or by its share where an engine times nothing."""
    if not timings:
        return begin + round((end - begin) * at / max(len(utterance.spoken), 1))
    place = bisect.bisect_left([timing.end for timing in timings], at + 1)
    return timings[place].start_ms if place < len(timings) else end
