"""Captions: what is on the screen at once. At most two lines of about twenty Han characters.

Sources for the measures: Netflix, "Simplified Chinese Timed Text Style Guide" (two lines);
Podcast namespace, ``transcript`` (lines of at most 65 letters, which a width of 20 stays under).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.models import Cue, Manifest, ManifestArticle, Role
from tingbao.publish.wording import clean
from tingbao.text.cut import cut_evenly, width_of

LINE_WIDTH = 20
"""In Han characters; a Latin letter is half as wide."""
LINES = 2


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
    pieces = cut_evenly(clean(cue.text), LINE_WIDTH * LINES)
    shares = list(itertools.accumulate(map(width_of, pieces), initial=0.0))
    length = end_ms - cue.start_ms
    times = [cue.start_ms + round(length * share / (shares[-1] or 1)) for share in shares]
    for piece, (start, end) in zip(pieces, itertools.pairwise(times), strict=True):
        yield Caption(start, max(end, start + 1), tuple(cut_evenly(piece, LINE_WIDTH)), cue.role)


def _is_word_break(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before + after).strip(" ") == before + after
