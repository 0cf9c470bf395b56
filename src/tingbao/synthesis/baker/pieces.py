"""Cutting a text into pieces short enough for the voice.

FastSpeech 2 was trained on sentences of some ten seconds. Measured on the sample page, the
spectrogram of a syllable stays the same whether its clause is spoken alone or inside a sentence
up to about the 30th syllable (distance 0.3), and goes its own way beyond the 40th (0.8); beyond
2,047 frames the model refuses. So no piece has more than 32 syllables.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.pronunciation import Word

__all__ = ["MOST_SYLLABLES", "Piece", "pieces_of"]

MOST_SYLLABLES = 32

SENTENCE_ENDS = frozenset("。！？…")
CUTS = (frozenset("；：—"), frozenset("，"), frozenset("、（）"))
"""Where a long sentence is cut, the best place first; after them between words."""

GAPS_MS = (250, 180, 80)
"""The silence that a cut gets, for each of ``CUTS``: what the voice itself leaves at a comma
inside a piece (262 ms of the mark ``#3``, of which 85 are still speech), more and less of it."""
WORD_GAP_MS = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """Words spoken in one go, with at least one syllable, and the silence before the next."""

    words: tuple[Word, ...]
    gap_ms: int


def pieces_of(words: Sequence[Word], sentence_gap_ms: int) -> tuple[Piece, ...]:
    """All words in order, in pieces of at most ``MOST_SYLLABLES``; the last one's gap is 0.

    Marks before the first or after the last syllable of a piece stay with it.
    """
    pieces: list[Piece] = []
    for sentence in _split(words, SENTENCE_ENDS):
        pieces += (
            Piece(tuple(part), _gap_after(part, sentence_gap_ms))
            for part in _shortened(sentence, 0)
            if _count(part)
        )
    return (*pieces[:-1], *(replace(piece, gap_ms=0) for piece in pieces[-1:]))


def _shortened(words: Sequence[Word], level: int) -> Iterator[Sequence[Word]]:
    if _count(words) <= MOST_SYLLABLES:
        yield words
    elif level < len(CUTS):
        for joined in _joined(_split(words, CUTS[level]), _count(words)):
            yield from _shortened(joined, level + 1)
    else:
        yield from _joined([[word] for long in words for word in _halved(long)], _count(words))


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


def _joined(parts: Sequence[Sequence[Word]], total: int) -> Iterator[list[Word]]:
    """Neighbours put together again as far as they fit, in groups of about one size."""
    fair = total / math.ceil(total / MOST_SYLLABLES)
    group: list[Word] = []
    for part in parts:
        held = _count(group)
        if held and (held >= fair or held + _count(part) > MOST_SYLLABLES) and _count(part):
            yield group
            group = []
        group.extend(part)
    if group:
        yield group


def _halved(word: Word) -> Iterator[Word]:
    """A word of more syllables than a piece may have (a long number): by syllables."""
    if len(word.syllables) <= MOST_SYLLABLES:
        yield word
        return
    for at in range(0, len(word.syllables), MOST_SYLLABLES // 2):
        syllables = word.syllables[at : at + MOST_SYLLABLES // 2]
        yield Word(syllables[0].start, syllables[-1].end, syllables)


def _gap_after(words: Sequence[Word], sentence_gap_ms: int) -> int:
    gaps = [WORD_GAP_MS]
    for word in _trailing_marks(words):
        gaps += [sentence_gap_ms] if word.mark in SENTENCE_ENDS else []
        gaps += [gap for marks, gap in zip(CUTS, GAPS_MS, strict=True) if word.mark in marks]
    return max(gaps)


def _count(words: Sequence[Word]) -> int:
    return sum(len(word.syllables) for word in words)
