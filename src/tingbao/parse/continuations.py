"""Articles that continue on another page, joined by their jump notices.

Best key first: both notices name each other's page; titles are equal, or one holds the other;
a numbered series goes on; the sentence fits. Where two candidates remain nothing is joined.
Where one notice was lost, an equal title or the only text without one stands in for it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tingbao.models import ParseWarning, SkipReason
from tingbao.parse.blocks import Draft, Piece
from tingbao.parse.credits import split_lead
from tingbao.parse.text_cues import ends_sentence, outline_mark
from tingbao.text.han import fold_text, squash
from tingbao.text.labels import read_label

_ALIKE = 0.6


def join_items(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, an untitled one joined to that of its item where the form knows their items.

    What was a notice of the jump then points nowhere and is no more than a line left out.
    """
    places: dict[str, int] = {}
    result: list[Draft] = []
    for draft in drafts:
        item = _item_of(draft)
        at = places.setdefault(item, len(result)) if item is not None else len(result)
        if at < len(result) and not draft.title and _page_of(result[at]) != _page_of(draft):
            result[at] = _with_continuation(_without_jumps(result[at]), _without_jumps(draft))
        else:
            result.append(draft)
    return result


def _item_of(draft: Draft) -> str | None:
    printed = (piece for piece in draft.pieces() if piece.skip is None)
    return next((piece.block.item for piece in printed), None)


def _without_jumps(draft: Draft) -> Draft:
    body = tuple(replace(piece, jump=None) for piece in draft.body)
    jump_in = [replace(draft.jump_in, jump=None)] if draft.jump_in is not None else []
    return replace(draft, body=(*jump_in, *body), jump_in=None)


@dataclass(frozen=True, slots=True)
class _Fragment:
    """One end of an article: its place among the drafts, its page, the page that its notice names.

    ``own`` and ``named`` are folded labels; ``notice`` is None where none is printed.
    """

    draft: Draft
    index: int
    page: int
    own: str
    named: str | None
    title: str
    notice: Piece | None

    @property
    def name(self) -> str:
        """What a person knows it by: its title, else its first words."""
        title = " ".join(piece.text for piece in self.draft.title)
        return title or next((text[:12] + "…" for text in _texts(self.draft)), "…")


def _fragments_of(
    drafts: Sequence[Draft], labels: Mapping[int, str], *, out: bool
) -> Iterator[_Fragment]:
    """The drafts as first parts (``out``) or as second ones, with or without a notice."""
    for index, draft in enumerate(drafts):
        notice = draft.jump_out if out else draft.jump_in
        jump = notice.jump if notice is not None else None
        page = notice.page if notice is not None else _page_of(draft)
        if page is None:
            continue
        title = " ".join(piece.text for piece in draft.title)
        if not title and jump is not None and jump.title:
            title = jump.title
        named = jump.label.text if jump is not None and jump.label is not None else None
        own = read_label(labels[page]).text
        yield _Fragment(draft, index, page, own, named, fold_text(title), notice)


def _may_join(first: _Fragment, second: _Fragment) -> bool:
    """Whether the notices allow the pair: each names the other's page or lost the number."""
    if first.index == second.index or first.page >= second.page:
        return False
    forward = first.named is None or _same_page(first.named, second.own)
    backward = second.named is None or _same_page(second.named, first.own)
    return forward and backward


def rate(first: _Fragment, second: _Fragment) -> tuple[int, ...]:
    """How well the fragments fit: title, pages named, numbered series, sentence; best key first."""
    return (
        _title_fit(first.title, second.title),
        int(first.named is not None) + int(second.named is not None),
        _series_fit(first, second),
        _sentence_fit(first, second),
    )


def _title_fit(first: str, second: str) -> int:
    """4 for equal folded titles, 3 where one holds the other, 2 for alike, 1 unknown, 0 unlike."""
    if not first or not second:
        return 1
    if first == second:
        return 4
    if second in first or first in second:
        return 3
    alike = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
    return 2 if alike >= _ALIKE else 0


def _is_cut_off(fragment: _Fragment) -> bool:
    """Whether its text ends in the middle of a sentence."""
    last = next((p.text for p in reversed(fragment.draft.body) if p.skip is None and p.text), "")
    return bool(last) and not ends_sentence(last)


def _texts(draft: Draft) -> Iterator[str]:
    return (piece.text for piece in draft.body if piece.skip is None and piece.text)


def _page_of(draft: Draft) -> int | None:
    return next((piece.page for piece in draft.pieces() if piece.skip is None), None)


def _same_page(named: str, own: str) -> bool:
    if named == own:
        return True
    bare = named.isdecimal() or own.isdecimal()
    return bare and re.sub(r"\D", "", named) == re.sub(r"\D", "", own)


def _series_fit(first: _Fragment, second: _Fragment) -> int:
    """Whether a numbered series goes on: (五) in the first part, (六) begins the second."""
    ends = dict(mark for text in _texts(first.draft) if (mark := outline_mark(text)))
    start = next((mark for text in _texts(second.draft) if (mark := outline_mark(text))), None)
    return int(start is not None and ends.get(start[0]) == start[1] - 1)


def _sentence_fit(first: _Fragment, second: _Fragment) -> int:
    start = next(_texts(second.draft), "")
    fresh = split_lead(start) is not None or outline_mark(start) is not None
    return 2 - fresh if _is_cut_off(first) else 1 + fresh


_MOST_PAIRS = 10_000
"""More candidates than any edition has are left unjoined rather than compared for hours."""

_SHORTEST_TITLE = 4
"""A shorter title may stand over two articles; it joins nothing without a notice."""


def join(
    drafts: Sequence[Draft], labels: Mapping[int, str]
) -> tuple[list[Draft], list[ParseWarning]]:
    """The drafts with matching fragments joined, and a warning for each that stayed ambiguous.

    ``labels`` gives the printed label of each page by its number.
    """
    firsts = list(_fragments_of(drafts, labels, out=True))
    seconds = list(_fragments_of(drafts, labels, out=False))
    pairs, warnings = _match(_announced(firsts), _announced(seconds))
    _join_silent(firsts, seconds, pairs)
    return _joined(drafts, pairs), warnings


def _announced(fragments: list[_Fragment]) -> list[_Fragment]:
    return [one for one in fragments if one.notice is not None]


# --- fragments that both have a notice ------------------------------------------------------


def _match(
    firsts: list[_Fragment], seconds: list[_Fragment]
) -> tuple[dict[int, int], list[ParseWarning]]:
    """Pairs of draft indexes, first part to second; sure pairs leave fewer for the others."""
    pairs = _same_titles(firsts, seconds)
    while True:
        firsts = [one for one in firsts if one.index not in pairs]
        taken = set(pairs.values())
        seconds = [one for one in seconds if one.index not in taken]
        if len(firsts) * len(seconds) > _MOST_PAIRS:
            return pairs, []
        found = _sure(firsts, seconds)
        if found is None:
            return pairs, _ambiguous(firsts, seconds)
        pairs[found[0].index] = found[1].index


def _same_titles(firsts: list[_Fragment], seconds: list[_Fragment]) -> dict[int, int]:
    """The pairs that share a title, found without comparing each with each."""
    by_title = _unique(firsts)
    pairs = {}
    for title, second in _unique(seconds).items():
        first = by_title.get(title)
        if first is not None and _may_join(first, second):
            pairs[first.index] = second.index
    return pairs


def _unique(fragments: list[_Fragment]) -> dict[str, _Fragment]:
    counts = Counter(one.title for one in fragments)
    return {one.title: one for one in fragments if one.title and counts[one.title] == 1}


def _sure(firsts: list[_Fragment], seconds: list[_Fragment]) -> tuple[_Fragment, _Fragment] | None:
    """The best pair of fragments each of which has no other partner as good."""
    best: tuple[tuple[int, ...], _Fragment, _Fragment] | None = None
    for second in seconds:
        rated = [(rate(first, second), first) for first in firsts if _may_join(first, second)]
        rated.sort(key=lambda pair: pair[0], reverse=True)
        if not rated or (len(rated) > 1 and rated[0][0] == rated[1][0]):
            continue
        fit, first = rated[0]
        if not _has_rival(first, second, seconds, fit) and (best is None or fit > best[0]):
            best = fit, first, second
    return best[1:] if best else None


def _has_rival(
    first: _Fragment, second: _Fragment, seconds: list[_Fragment], fit: tuple[int, ...]
) -> bool:
    return any(
        other.index != second.index and _may_join(first, other) and rate(first, other) >= fit
        for other in seconds
    )


def _ambiguous(firsts: list[_Fragment], seconds: list[_Fragment]) -> list[ParseWarning]:
    """A warning for each fragment with several candidates, which it names."""
    warnings = []
    named: set[int] = set()
    for second in seconds:
        rivals = [first for first in firsts if _may_join(first, second)]
        if len(rivals) > 1:
            warnings.append(_warning(second, "may continue", rivals))
            named.update(one.index for one in rivals)
    for first in firsts:
        rivals = [second for second in seconds if _may_join(first, second)]
        if len(rivals) > 1 and first.index not in named:
            warnings.append(_warning(first, "may go on at", rivals))
    return warnings


def _warning(fragment: _Fragment, what: str, rivals: list[_Fragment]) -> ParseWarning:
    names = " and ".join(f"“{rival.name}” {_notice(rival)}" for rival in rivals)
    line = fragment.notice.block.line if fragment.notice is not None else None
    return ParseWarning(
        f"not joined: “{fragment.name}” {_notice(fragment)} {what} {names}", fragment.page, line
    )


def _notice(fragment: _Fragment) -> str:
    return fragment.notice.text if fragment.notice is not None else ""


# --- fragments without a notice -------------------------------------------------------------


def _join_silent(firsts: list[_Fragment], seconds: list[_Fragment], pairs: dict[int, int]) -> None:
    """Add to ``pairs`` those with an equal title, or the only text without a title."""
    taken = set(pairs.values())
    open_ends = [one for one in _announced(firsts) if one.index not in pairs]
    open_starts = [one for one in _announced(seconds) if one.index not in taken]
    known = {one.index for one in (*open_ends, *open_starts)}
    silent_ends = [one for one in firsts if one.index not in known | pairs.keys()]
    silent_starts = [one for one in seconds if one.index not in known | taken]
    for ends, starts in ((open_ends, silent_starts), (silent_ends, open_starts)):
        pairs.update(_same_titles(ends, [h for h in starts if len(h.title) >= _SHORTEST_TITLE]))
    _join_headless(open_ends, silent_starts, open_starts, pairs)


def _join_headless(
    ends: list[_Fragment],
    starts: list[_Fragment],
    announced: list[_Fragment],
    pairs: dict[int, int],
) -> None:
    """A text without headline goes on from the one article cut off in mid-sentence, if just one."""
    headless = [one for one in starts if not one.draft.title and not one.draft.byline]
    left = [one for one in ends if one.index not in pairs]
    naming = Counter(one.named for one in left)
    for first in left:
        if first.named is None or naming[first.named] > 1 or not _is_cut_off(first):
            continue
        texts = [one for one in headless if _may_join(first, one)]
        if len(texts) == 1 and not any(_may_join(first, one) for one in announced):
            pairs[first.index] = texts[0].index


# --- two drafts into one -------------------------------------------------------------------


def _joined(drafts: Sequence[Draft], pairs: Mapping[int, int]) -> list[Draft]:
    absorbed = set(pairs.values())
    result = []
    for index, draft in enumerate(drafts):
        if index in absorbed:
            continue
        at, whole = index, draft
        while at in pairs:
            at = pairs[at]
            whole = _with_continuation(whole, drafts[at])
        result.append(whole)
    return result


def _with_continuation(first: Draft, second: Draft) -> Draft:
    """The first part with the continuation's pieces at its end.

    The second's headline is a repetition, or, where it says something else, heads what follows it.
    """
    zone = [*second.kicker, *second.title, *second.subtitle]
    notice = [second.jump_in] if second.jump_in is not None else []
    if first.title and _is_repeated(first, second):
        notice += [replace(piece, skip=SkipReason.DUPLICATE) for piece in zone]
    elif first.title:
        notice += [replace(p, block=replace(p.block, bold=True)) for p in zone]
    else:
        first = replace(first, kicker=second.kicker, title=second.title, subtitle=second.subtitle)
    known = squash("".join(piece.text for piece in (*first.byline, *first.dateline)))
    byline, repeated = _new_credits(second.byline, known)
    dateline, again = _new_credits(second.dateline, known)
    return replace(
        first,
        byline=(*first.byline, *byline),
        dateline=(*first.dateline, *dateline),
        body=(*first.body, *notice, *repeated, *again, *second.body),
    )


def _new_credits(pieces: Sequence[Piece], known: str) -> tuple[list[Piece], list[Piece]]:
    """The credits that ``known`` does not hold, and the others as repetitions."""
    repeated = [bool(known) and squash(piece.text) in known for piece in pieces]
    marked = list(zip(pieces, repeated, strict=True))
    return (
        [piece for piece, again in marked if not again],
        [replace(piece, skip=SkipReason.DUPLICATE) for piece, again in marked if again],
    )


def _is_repeated(first: Draft, second: Draft) -> bool:
    """Whether the continuation's headline says again what the first's says."""
    known = fold_text("".join(p.text for p in (*first.kicker, *first.title, *first.subtitle)))
    return _title_fit(known, fold_text("".join(piece.text for piece in second.title))) > 0
