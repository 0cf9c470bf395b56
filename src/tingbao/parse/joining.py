"""Halves of items joined across pages by their jump notices.

Best key first: both notices name each other's page; titles are equal, or one holds the other;
a numbered series goes on; the sentence fits. Where two candidates remain nothing is joined.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tingbao.models import ParseWarning, SkipReason
from tingbao.parse.bylines import split_lead
from tingbao.parse.characters import ends_sentence, squash
from tingbao.parse.numerals import fold_label
from tingbao.parse.outline import outline_mark
from tingbao.parse.pieces import Draft, Piece

__all__ = ["join"]

_NOT_TITLE = re.compile(r"[^\w]|_")
_ALIKE = 0.6
_MOST_PAIRS = 10_000
"""More candidates than any edition has are left unjoined rather than compared for hours."""


@dataclass(frozen=True, slots=True)
class _Half:
    """One end of a broken item: its place among the drafts, its page, the page it names."""

    draft: Draft
    index: int
    page: int
    own: str
    named: str | None
    title: str
    notice: Piece | None


def join(
    drafts: Sequence[Draft], labels: Mapping[int, str]
) -> tuple[list[Draft], list[ParseWarning]]:
    """The drafts with matching halves joined, and a warning for each that stayed ambiguous.

    ``labels`` gives the printed label of each page by its number.
    """
    firsts = [half for half in _halves(drafts, labels, out=True) if half is not None]
    seconds = [half for half in _halves(drafts, labels, out=False) if half is not None]
    pairs, warnings = _match(firsts, seconds)
    return _joined(drafts, pairs), warnings


def _halves(drafts: Sequence[Draft], labels: Mapping[int, str], *, out: bool) -> list[_Half]:
    found = []
    for index, draft in enumerate(drafts):
        notice = draft.jump_out if out else draft.jump_in
        if notice is None or notice.jump is None:
            continue
        title = notice.jump.title if not draft.title and notice.jump.title else None
        found.append(
            _Half(
                draft, index, notice.page, fold_label(labels[notice.page]), notice.jump.label,
                _fold(title or " ".join(piece.text for piece in draft.title)), notice,
            )
        )  # fmt: skip
    return found


def _match(firsts: list[_Half], seconds: list[_Half]) -> tuple[dict[int, int], list[ParseWarning]]:
    """Pairs of draft indexes, first half to second; sure pairs leave fewer for the others."""
    pairs = _same_titles(firsts, seconds)
    while True:
        firsts = [half for half in firsts if half.index not in pairs]
        taken = set(pairs.values())
        seconds = [half for half in seconds if half.index not in taken]
        if len(firsts) * len(seconds) > _MOST_PAIRS:
            return pairs, []
        found = _sure(firsts, seconds)
        if found is None:
            return pairs, _ambiguous(firsts, seconds)
        pairs[found[0].index] = found[1].index


def _same_titles(firsts: list[_Half], seconds: list[_Half]) -> dict[int, int]:
    """The pairs that one title tells, found without comparing each with each."""
    by_title = _unique(firsts)
    pairs = {}
    for title, second in _unique(seconds).items():
        first = by_title.get(title)
        if first is not None and _may_join(first, second):
            pairs[first.index] = second.index
    return pairs


def _unique(halves: list[_Half]) -> dict[str, _Half]:
    counts = Counter(half.title for half in halves)
    return {half.title: half for half in halves if half.title and counts[half.title] == 1}


def _sure(firsts: list[_Half], seconds: list[_Half]) -> tuple[_Half, _Half] | None:
    """The best pair of halves each of which has no other partner as good."""
    best: tuple[tuple[int, ...], _Half, _Half] | None = None
    for second in seconds:
        rated = [(_rate(first, second), first) for first in firsts if _may_join(first, second)]
        rated.sort(key=lambda pair: pair[0], reverse=True)
        if not rated or (len(rated) > 1 and rated[0][0] == rated[1][0]):
            continue
        rate, first = rated[0]
        if not _has_rival(first, second, seconds, rate) and (best is None or rate > best[0]):
            best = rate, first, second
    return best[1:] if best else None


def _has_rival(first: _Half, second: _Half, seconds: list[_Half], rate: tuple[int, ...]) -> bool:
    return any(
        other.index != second.index and _may_join(first, other) and _rate(first, other) >= rate
        for other in seconds
    )


def _may_join(first: _Half, second: _Half) -> bool:
    """Whether the notices allow the pair: each names the other's page or lost the number."""
    if first.index == second.index or first.page >= second.page:
        return False
    forward = first.named is None or _same_page(first.named, second.own)
    backward = second.named is None or _same_page(second.named, first.own)
    return forward and backward


def _same_page(named: str, own: str) -> bool:
    if named == own:
        return True
    bare = named.isdecimal() or own.isdecimal()
    return bare and re.sub(r"\D", "", named) == re.sub(r"\D", "", own)


def _rate(first: _Half, second: _Half) -> tuple[int, ...]:
    """How well the halves fit, in the order of the keys."""
    return (
        _title_fit(first.title, second.title),
        int(first.named is not None) + int(second.named is not None),
        _series_fit(first, second),
        _sentence_fit(first, second),
    )


def _title_fit(first: str, second: str) -> int:
    if not first or not second:
        return 1
    if first == second:
        return 4
    if second in first or first in second:
        return 3
    alike = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
    return 2 if alike >= _ALIKE else 0


def _series_fit(first: _Half, second: _Half) -> int:
    ends = [mark for piece in first.draft.body if (mark := outline_mark(piece.text))]
    starts = next((mark for p in second.draft.body if (mark := outline_mark(p.text))), None)
    if not ends or starts is None:
        return 0
    kinds = dict(ends)
    return int(kinds.get(starts[0]) == starts[1] - 1)


def _sentence_fit(first: _Half, second: _Half) -> int:
    last = next((p.text for p in reversed(first.draft.body) if p.skip is None and p.text), "")
    start = next((p.text for p in second.draft.body if p.skip is None and p.text), "")
    broken = not ends_sentence(last)
    fresh = split_lead(start) is not None or outline_mark(start) is not None
    return 2 - fresh if broken else 1 + fresh


def _ambiguous(firsts: list[_Half], seconds: list[_Half]) -> list[ParseWarning]:
    warnings = []
    for second in seconds:
        rivals = [first for first in firsts if _may_join(first, second)]
        if len(rivals) > 1:
            warnings.append(_warning(second, rivals))
    return warnings


def _warning(second: _Half, rivals: list[_Half]) -> ParseWarning:
    assert second.notice is not None
    names = " and ".join(f"“{_name(half)}” {_notice(half)}" for half in rivals)
    return ParseWarning(
        f"not joined: {_notice(second)} may continue {names}", second.page, second.notice.block.line
    )


def _notice(half: _Half) -> str:
    assert half.notice is not None
    return half.notice.text


def _name(half: _Half) -> str:
    return " ".join(piece.text for piece in half.draft.title) or "an item without title"


def _joined(drafts: Sequence[Draft], pairs: Mapping[int, int]) -> list[Draft]:
    absorbed = set(pairs.values())
    result = []
    for index, draft in enumerate(drafts):
        if index in absorbed:
            continue
        at = index
        while at in pairs:
            at = pairs[at]
            _absorb(draft, drafts[at])
        result.append(draft)
    return result


def _absorb(first: Draft, second: Draft) -> None:
    """Put the second half's pieces at the end of the first.

    Its headline is a repetition, or, where it says something else, heads what follows it.
    """
    zone = [*second.kicker, *second.title, *second.subtitle]
    if second.jump_in is not None:
        first.body.append(second.jump_in)
    if first.title and _is_repeated(first, second):
        first.body.extend(replace(piece, skip=SkipReason.DUPLICATE) for piece in zone)
    elif first.title:
        first.body.extend(replace(p, block=replace(p.block, bold=True)) for p in zone)
    else:
        first.kicker, first.title, first.subtitle = second.kicker, second.title, second.subtitle
    _absorb_credits(first, second)
    first.body.extend(second.body)


def _is_repeated(first: Draft, second: Draft) -> bool:
    """Whether the second half's headline says again what the first's says."""
    known = _fold("".join(p.text for p in (*first.kicker, *first.title, *first.subtitle)))
    return _title_fit(known, _fold("".join(piece.text for piece in second.title))) > 0


def _absorb_credits(first: Draft, second: Draft) -> None:
    known = squash("".join(piece.text for piece in (*first.byline, *first.dateline)))
    for name in ("byline", "dateline"):
        for piece in getattr(second, name):
            if known and squash(piece.text) in known:
                first.body.append(replace(piece, skip=SkipReason.DUPLICATE))
            else:
                getattr(first, name).append(piece)


def _fold(title: str) -> str:
    return _NOT_TITLE.sub("", title).lower()
