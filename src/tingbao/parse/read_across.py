"""Lines that an OCR engine read straight across columns, so that texts are mixed up.

Gaps in the lines may show it. Where none does, the words do: of the pairs of characters that meet
at the break of a line a good third stands elsewhere on the page too, but of pairs from two texts
next to none. So lines that go on with the next but one, or with their other half in the next line,
show that two columns alternate.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tingbao.parse.blocks import Block, BlockKind
from tingbao.parse.text_cues import ends_sentence
from tingbao.text.han import HAN

_FEWEST_PARTED = 5
"""So many lines in a row show that columns were read across; fewer may be a list or a table."""

_SHORTEST_PIECE = 8
_GAP = re.compile(r"[ ]{2,}|\u3000+|\t")
_INNER_MARK = re.compile(rf"[{HAN}][，。、；：“”《》,;:「」][{HAN}“《「]")
_PAIR = re.compile(rf"(?=([{HAN}]{{2}}))")

_FEWEST_LINES = 10
_FEWEST_SEAMS = 5
"""How many breaks must be known from elsewhere on the page to go on in another line."""

_MOST_NEXT = 0.2
"""How many breaks may go on in the next line for each that goes on in another."""

_LEAST_SHARE = 0.1
"""The share of the breaks that must be known; it is a sixth to a half of them in running text."""

_NEAR = 5
_MOST_COLUMNS = 4
_LONGEST_LINE = 90
_SHORTEST_HALF = 6


def lines_read_across(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """First and last line of each stretch in which an OCR read straight across columns."""
    return _with_gaps(blocks) or _without_gaps(blocks)


def _with_gaps(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Stretches of running text in cells of what looks like a table, or in lines with gaps."""
    found = []
    for parted, run in itertools.groupby(blocks, _is_parted):
        stretch = list(run)
        rows = sum(len(block.rows) or 1 for block in stretch)
        lines = [block.line for block in stretch if block.line is not None]
        if parted and rows >= _FEWEST_PARTED and lines:
            found.append((lines[0], lines[0] + rows - 1))
    return found


def _is_parted(block: Block) -> bool:
    if block.kind is BlockKind.TABLE:
        return _runs_on([cell for row in block.rows for cell in row])
    cells = _GAP.split(block.text.strip()) if block.kind is BlockKind.TEXT else []
    return len(cells) > 1 and _runs_on(cells)


def _runs_on(cells: Sequence[str]) -> bool:
    """Whether cells are pieces of running text: long, with marks inside, without an end."""
    texts = [cell for cell in cells if cell.strip()]
    long = sum(len(text) >= _SHORTEST_PIECE for text in texts)
    if len(texts) < 2 or long * 4 < len(texts) * 3:
        return False
    marked = sum(bool(_INNER_MARK.search(text)) for text in texts)
    ended = sum(ends_sentence(text) for text in texts)
    return marked * 3 >= len(texts) and ended * 3 <= len(texts)


def _without_gaps(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Stretches of lines that go on in another line than the next."""
    lines = [block for block in blocks if _is_line(block)]
    if len(lines) < _FEWEST_LINES or 2 * sum(map(_is_open, lines)) < len(lines):
        return []
    texts = [line.text for line in lines]
    known = Counter(pair for text in texts for pair in _PAIR.findall(text))
    found = (_stretch(seams) for seams in _ways(texts, known))
    best = max((one for one in found if one), key=lambda one: one.known, default=None)
    if best is None:
        return []
    first, last = lines[best.first].line or 0, lines[best.last].line or 0
    return [(first, last)]


def _is_line(block: Block) -> bool:
    is_text = block.kind is BlockKind.TEXT and block.role is None and block.line is not None
    return is_text and not block.bold and _SHORTEST_HALF <= len(block.text) <= _LONGEST_LINE


def _is_open(block: Block) -> bool:
    return bool(re.search(f"[{HAN}]$", block.text))


@dataclass(frozen=True, slots=True)
class _Seam:
    """How many of a line's breaks go on elsewhere as far as the page knows, how many as set."""

    here: int
    following: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: int
    last: int
    known: int


def _ways(texts: Sequence[str], known: Counter[str]) -> Iterator[list[_Seam]]:
    """The seams of each way in which columns may have been mixed up."""
    for step in range(2, _MOST_COLUMNS + 1):
        yield [
            _Seam(int(known[text[-1] + other[0]] > 0), int(known[text[-1] + following[0]] > 0))
            for text, following, other in zip(texts, texts[1:], texts[step:], strict=False)
        ]
    shortest = sorted(map(len, texts))[len(texts) // 4]
    for half in range(_SHORTEST_HALF, shortest - _SHORTEST_HALF + 1):
        yield [
            _seam_of_halves(text, following, half, known)
            for text, following in itertools.pairwise(texts)
        ]


def _seam_of_halves(text: str, following: str, half: int, known: Counter[str]) -> _Seam:
    """What is known of both halves of a line, each of which ends before the same in the next."""
    if min(len(text), len(following)) <= half:
        return _Seam(0, 0)
    return _Seam(
        (known[text[half - 1] + following[0]] > 0) + (known[text[-1] + following[half]] > 0),
        (known[text[half - 1 : half + 1]] > 1) + (known[text[-1] + following[0]] > 0),
    )


def _stretch(seams: Sequence[_Seam]) -> _Stretch | None:
    """The lines among which most breaks go on elsewhere; None where too few do, or too many not."""
    best, start, total, top = (0, 0), 0, 0, 0
    for at, seam in enumerate(seams):
        total += seam.here - seam.following
        if total <= 0:
            start, total = at + 1, 0
        elif total > top:
            best, top = (start, at), total
    first, last = best
    within = seams[first : last + 1]
    here, following = (sum(getattr(one, name) for one in within) for name in ("here", "following"))
    enough = here >= max(_FEWEST_SEAMS, _LEAST_SHARE * len(within))
    if not enough or len(within) < _FEWEST_LINES - 2 or following > _MOST_NEXT * here:
        return None
    while first and not _is_plain_text(seams[max(0, first - _NEAR) : first]):
        first -= 1
    while last + 1 < len(seams) and not _is_plain_text(seams[last + 1 : last + 1 + _NEAR]):
        last += 1
    return _Stretch(first, min(last + 2, len(seams)), here)


def _is_plain_text(seams: Sequence[_Seam]) -> bool:
    """Whether lines go on in the next one: more than one break shows it, one may by chance."""
    return sum(seam.following > 0 for seam in seams) > 1
