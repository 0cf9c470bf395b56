"""Cutting a text into chunks short enough for a voice: at sentence ends, else at lesser marks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.pronunciation import Word

SENTENCE_ENDS = frozenset("。！？…")
CUTS = (frozenset("；：—"), frozenset("，"), frozenset("、（）"))
"""Where a long sentence is cut, the best place first; after them between words."""


@dataclass(frozen=True, slots=True)
class ChunkRules:
    """How long a chunk may be, and the silence in place of what the voice would do at a cut.

    ``cut_gaps_ms`` stand for the marks of ``CUTS``; ``word_gap_ms`` is between words.
    """

    most_syllables: int
    sentence_gap_ms: int
    cut_gaps_ms: tuple[int, int, int]
    word_gap_ms: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words spoken in one go, with at least one syllable, and the silence before the next."""

    words: tuple[Word, ...]
    gap_ms: int


def chunks_of(words: Sequence[Word], rules: ChunkRules) -> tuple[Chunk, ...]:
    """All words in order, in chunks of at most ``rules.most_syllables``; the last one's gap is 0.

    Marks before the first or after the last syllable of a chunk stay with it; a text of marks
    alone gives no chunk.
    """
    chunks: list[Chunk] = []
    for sentence in _split(words, SENTENCE_ENDS):
        chunks += (
            Chunk(tuple(part), _gap_after(part, rules))
            for part in _shortened(sentence, 0, rules.most_syllables)
            if _count(part)
        )
    return (*chunks[:-1], *(replace(chunk, gap_ms=0) for chunk in chunks[-1:]))


def _shortened(words: Sequence[Word], level: int, most: int) -> Iterator[Sequence[Word]]:
    if _count(words) <= most:
        yield words
    elif level < len(CUTS):
        for joined in _joined(_split(words, CUTS[level]), _count(words), most):
            yield from _shortened(joined, level + 1, most)
    else:
        parts = [[word] for long in words for word in _halved(long, most)]
        yield from _joined(parts, _count(words), most)


def _split(words: Sequence[Word], ends: frozenset[str]) -> list[list[Word]]:
    """Parts that close with a mark of ``ends``; further marks before the next word stay with it."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.syllables and _is_closed(parts[-1], ends):
            parts.append([])
        parts[-1].append(word)
    return parts


def _is_closed(part: Sequence[Word], ends: frozenset[str]) -> bool:
    return bool(_count(part)) and any(word.mark in ends for word in _trailing_marks(part))


def _trailing_marks(part: Sequence[Word]) -> Iterator[Word]:
    return itertools.takewhile(lambda word: not word.syllables, reversed(part))


def _joined(parts: Sequence[Sequence[Word]], total: int, most: int) -> Iterator[list[Word]]:
    """Neighbours put together again as far as they fit, in groups of about one size."""
    fair = total / math.ceil(total / most)
    group: list[Word] = []
    for part in parts:
        held = _count(group)
        if held and (held >= fair or held + _count(part) > most) and _count(part):
            yield group
            group = []
        group.extend(part)
    if group:
        yield group


def _halved(word: Word, most: int) -> Iterator[Word]:
    """A word of more syllables than a chunk may have (a long number): by syllables."""
    if len(word.syllables) <= most:
        yield word
        return
    for at in range(0, len(word.syllables), most // 2):
        syllables = word.syllables[at : at + most // 2]
        yield Word(syllables[0].start, syllables[-1].end, syllables)


def _gap_after(words: Sequence[Word], rules: ChunkRules) -> int:
    gaps = [rules.word_gap_ms]
    for word in _trailing_marks(words):
        gaps += [rules.sentence_gap_ms] if word.mark in SENTENCE_ENDS else []
        gaps += [
            gap for marks, gap in zip(CUTS, rules.cut_gaps_ms, strict=True) if word.mark in marks
        ]
    return max(gaps)


def _count(words: Sequence[Word]) -> int:
    return sum(len(word.syllables) for word in words)
