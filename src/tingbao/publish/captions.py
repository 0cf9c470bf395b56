"""Captions: what is on the screen at once. At most two lines of about twenty Han characters.

Sources for the measures: Netflix, "Simplified Chinese Timed Text Style Guide" (two lines);
Podcast namespace, ``transcript`` (lines of at most 65 letters, which a width of 20 stays under).
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.models import Cue, Manifest, ManifestArticle, Role
from tingbao.publish.wording import clean

LINE_WIDTH = 20
"""In Han characters; a Latin letter is half as wide."""
LINES = 2

# What a cut at this place costs, in characters away from where the cut should be.
_AFTER_SENTENCE, _AFTER_CLAUSE, _AFTER_OTHER, _INSIDE, _NEVER = 0.0, 1.0, 3.0, 6.0, 1000.0
_SENTENCE_ENDS = "。！？!?…；;"
_CLAUSE_ENDS = "，、：,:—"


@dataclass(frozen=True, slots=True)
class Caption:
    """One screen: its lines, from when to when, and whose words they are."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    role: Role

    @property
    def text(self) -> str:
        """The words in one line."""
        gap = " " if _is_word_break(self.lines[0][-1:], self.lines[-1][:1]) else ""
        return gap.join(self.lines)


def captions_of(cues: Sequence[Cue]) -> Iterator[Caption]:
    """The captions of a transcript, in order and never overlapping; no character is lost."""
    for cue, following in itertools.zip_longest(cues, cues[1:]):
        latest = cue.end_ms if following is None else min(cue.end_ms, following.start_ms)
        yield from _captions(cue, max(latest, cue.start_ms + 1))


def cues_of_article(manifest: Manifest, article: ManifestArticle) -> tuple[Cue, ...]:
    """The cues of one item, in milliseconds of its own file; its disclosure comes first."""
    shift = article.lead_ms - article.start_ms
    own = (cue for cue in manifest.cues if cue.article == article.id)
    moved = tuple(_moved(cue, shift, article.duration_ms) for cue in own)
    if not manifest.disclosure or not article.lead_ms:
        return moved
    return (Cue(0, article.lead_ms, manifest.disclosure, Role.NOTICE, article.id), *moved)


def _moved(cue: Cue, shift_ms: int, longest_ms: int) -> Cue:
    start, end = (min(max(at + shift_ms, 0), longest_ms) for at in (cue.start_ms, cue.end_ms))
    return replace(cue, start_ms=start, end_ms=end)


def _captions(cue: Cue, end_ms: int) -> Iterator[Caption]:
    pieces = _pieces(clean(cue.text), LINE_WIDTH * LINES)
    shares = list(itertools.accumulate(map(_width, pieces), initial=0.0))
    length = end_ms - cue.start_ms
    times = [cue.start_ms + round(length * share / (shares[-1] or 1)) for share in shares]
    for piece, (start, end) in zip(pieces, itertools.pairwise(times), strict=True):
        yield Caption(start, max(end, start + 1), tuple(_pieces(piece, LINE_WIDTH)), cue.role)


def _pieces(text: str, most: float) -> list[str]:
    """``text`` in as few pieces of at most ``most`` width as there can be, cut where one pauses."""
    wide = _width(text)
    if wide <= most:
        return [text] if text else []
    count = math.ceil(wide / most)
    left = count // 2
    place = _cut(text, wide / count * left, most * left, wide - most * (count - left))
    return _pieces(text[:place].strip(), most) + _pieces(text[place:].strip(), most)


def _cut(text: str, ideal: float, most_left: float, least_left: float) -> int:
    """Where to cut: near ``ideal``, after punctuation, with room on both sides if there is any."""
    best, best_cost, left = 1, math.inf, 0.0
    for place in range(1, len(text)):
        left += _width(text[place - 1])
        cost = abs(left - ideal) + _cost(text[place - 1], text[place])
        if not least_left <= left <= most_left:
            cost += _NEVER
        if cost < best_cost:
            best, best_cost = place, cost
    return best


def _cost(before: str, after: str) -> float:
    if before in _SENTENCE_ENDS and not _closes(after):
        return _AFTER_SENTENCE
    if before in _CLAUSE_ENDS and not _closes(after):
        return _AFTER_CLAUSE
    if _closes(after) or _opens(before) or _is_joined(before, after):
        return _NEVER
    if before.isspace() or after.isspace() or _closes(before) or _opens(after):
        return _AFTER_OTHER
    return _INSIDE


def _closes(character: str) -> bool:
    """Whether it may not begin a line."""
    return unicodedata.category(character) in {"Pe", "Pf", "Po"} or character in "%％°℃·"


def _opens(character: str) -> bool:
    """Whether it may not end a line."""
    return unicodedata.category(character) in {"Ps", "Pi"} or character in "$￥¥《"


def _is_joined(before: str, after: str) -> bool:
    """Whether both stand in one word or number of letters and digits."""
    return all(each.isascii() and not each.isspace() for each in (before, after))


def _is_word_break(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before + after).strip(" ") == before + after


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.5 for each in text)
