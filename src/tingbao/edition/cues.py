"""The transcript's cues: each phrase as printed, with the time at which its first word is heard.

An engine tells when the characters of the *spoken* text are heard; a reader wants the *printed*
one. The two share most characters (only figures and signs are read differently), so the printed
text is aligned with the spoken one, cut at its punctuation, and each piece takes the time of the
spoken character that its first one stands for.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from tingbao.audio import Part
from tingbao.edition.halves import Turn
from tingbao.models import Cue, Segment, Timing, Utterance
from tingbao.text.cut import cut_at_clauses

MOST_CHARACTERS = 40
"""Two lines of twenty: what a caption holds."""


def cues_of(
    segment: Segment,
    part: Part,
    start_ms: int,
    sentence_pause_ms: int,
    turns: Sequence[Turn] = (),
) -> Iterator[Cue]:
    """The cues of one segment, whose sound begins at ``start_ms`` of the edition.

    ``sentence_pause_ms`` tells the utterances of one paragraph from those of the next;
    ``turns`` are the places at which a joined item goes on on another page.
    """
    spans = zip(segment.utterances, part.starts_ms, part.ends_ms, part.timings, strict=True)
    opens = _openings(segment.utterances, sentence_pause_ms)
    for number, (utterance, begin, end, timings) in enumerate(spans):
        pages = {turn.offset: turn.page for turn in turns if turn.place == number}
        offsets = list(_offsets(utterance.text, pages))
        pieces = [utterance.text[one:to] for one, to in itertools.pairwise(offsets)]
        heard = _heard(utterance, pieces, timings, begin, end)
        for offset, piece, (from_ms, to_ms) in zip(offsets, pieces, heard, strict=False):
            yield Cue(
                start_ms + from_ms,
                start_ms + to_ms,
                piece,
                utterance.role,
                segment.article,
                opens_paragraph=opens[number] and offset == 0,
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


def _openings(utterances: Sequence[Utterance], sentence_pause_ms: int) -> list[bool]:
    """Whether each utterance begins a printed paragraph: a cut one goes on after a short pause."""
    pairs = itertools.pairwise(utterances)
    goes_on = [a.role is b.role and a.pause_ms == sentence_pause_ms for a, b in pairs]
    return [True, *(not one for one in goes_on)][: len(utterances)]


def _heard(
    utterance: Utterance, pieces: Sequence[str], timings: Sequence[Timing], begin: int, end: int
) -> list[tuple[int, int]]:
    """From when to when each piece is heard: it ends where the next one begins."""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    spoken_at = _spoken_offsets(utterance.text, utterance.spoken, offsets[:-1])
    starts = [begin, *(_time_of(at, timings, utterance, begin, end) for at in spoken_at[1:]), end]
    for place in range(1, len(starts)):
        starts[place] = min(max(starts[place], starts[place - 1]), end)
    return list(itertools.pairwise(starts))


def _spoken_offsets(text: str, spoken: str, offsets: Sequence[int]) -> list[int]:
    """Where in ``spoken`` the characters at ``offsets`` of ``text`` are said."""
    if text == spoken or len(offsets) < 2:
        return [min(offset, len(spoken)) for offset in offsets]
    blocks = SequenceMatcher(None, text, spoken, autojunk=False).get_matching_blocks()
    return [_spoken_offset(offset, blocks) for offset in offsets]


def _spoken_offset(offset: int, blocks: Sequence[tuple[int, int, int]]) -> int:
    place = bisect.bisect_right([block[0] for block in blocks], offset) - 1
    if place >= 0:
        printed, said, size = blocks[place]
        if offset < printed + size:
            return said + offset - printed
    # Between two shared stretches something is read differently: it is heard from the end of
    # the stretch before it on.
    return blocks[place][1] + blocks[place][2] if place >= 0 else 0


def _time_of(at: int, timings: Sequence[Timing], utterance: Utterance, begin: int, end: int) -> int:
    """When ``spoken[at]`` is heard: as timed, or by its share where an engine times nothing."""
    if not timings:
        return begin + round((end - begin) * at / max(len(utterance.spoken), 1))
    place = bisect.bisect_left([timing.end for timing in timings], at + 1)
    return timings[place].start_ms if place < len(timings) else end
