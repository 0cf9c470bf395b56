"""Ends of broken items, and how well two of them fit together."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tingbao.parse.bylines import split_lead
from tingbao.parse.characters import ends_sentence
from tingbao.parse.labels import fold_label
from tingbao.parse.outline import outline_mark
from tingbao.parse.pieces import Draft, Piece
from tingbao.text.han import fold_text

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Half:
    """One end of an item: its place among the drafts, its page, the page that its notice names.

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


def halves_of(drafts: Sequence[Draft], labels: Mapping[int, str], *, out: bool) -> Iterator[Half]:
    """The drafts as first halves (``out``) or as second ones, with or without a notice."""
    for index, draft in enumerate(drafts):
        notice = draft.jump_out if out else draft.jump_in
        jump = notice.jump if notice is not None else None
        page = notice.page if notice is not None else _page_of(draft)
        if page is None:
            continue
        title = " ".join(piece.text for piece in draft.title)
        if not title and jump is not None and jump.title:
            title = jump.title
        named = jump.label if jump is not None else None
        own = fold_label(labels[page])
        yield Half(draft, index, page, own, named, fold_text(title), notice)


def may_join(first: Half, second: Half) -> bool:
    """Whether the notices allow the pair: each names the other's page or lost the number."""
    if first.index == second.index or first.page >= second.page:
        return False
    forward = first.named is None or _same_page(first.named, second.own)
    backward = second.named is None or _same_page(second.named, first.own)
    return forward and backward


def rate(first: Half, second: Half) -> tuple[int, ...]:
    """How well the halves fit: title, pages named, numbered series, sentence; best key first."""
    return (
        title_fit(first.title, second.title),
        int(first.named is not None) + int(second.named is not None),
        _series_fit(first, second),
        _sentence_fit(first, second),
    )


def title_fit(first: str, second: str) -> int:
    """4 for equal folded titles, 3 where one holds the other, 2 for alike, 1 unknown, 0 unlike."""
    if not first or not second:
        return 1
    if first == second:
        return 4
    if second in first or first in second:
        return 3
    alike = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
    return 2 if alike >= _ALIKE else 0


def is_cut_off(half: Half) -> bool:
    """Whether its text ends in the middle of a sentence."""
    last = next((p.text for p in reversed(half.draft.body) if p.skip is None and p.text), "")
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


def _series_fit(first: Half, second: Half) -> int:
    """Whether a numbered series goes on: (五) in the first half, (六) begins the second."""
    ends = dict(mark for text in _texts(first.draft) if (mark := outline_mark(text)))
    start = next((mark for text in _texts(second.draft) if (mark := outline_mark(text))), None)
    return int(start is not None and ends.get(start[0]) == start[1] - 1)


def _sentence_fit(first: Half, second: Half) -> int:
    start = next(_texts(second.draft), "")
    fresh = split_lead(start) is not None or outline_mark(start) is not None
    return 2 - fresh if is_cut_off(first) else 1 + fresh
