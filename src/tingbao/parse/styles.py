"""How a page marks its headlines, and which of them are alike as the parts of one item are."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tingbao.parse.cues import tells_news
from tingbao.parse.groups import PLAIN_RANK, Group

_LONGEST_LABEL = 6
_SERIAL = "“：？"
_SHORTEST_TEXT = 20
"""From how many characters on a text under a label is more than a verse or an entry."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a page marks its headlines: how often each rank is used, and followed by a byline.

    ``top`` is the rank of titles; ``layered`` says that marks of several ranks are used.
    """

    used: Counter[int]
    strong: Counter[int]
    top: int
    layered: bool
    groups: tuple[Group, ...]

    @property
    def marked(self) -> bool:
        """Whether any headline of the page has a mark."""
        return self.top < PLAIN_RANK

    def parallel(self, group: Group) -> float:
        """How much the headlines next to this one look like parts of one item with it."""
        at = bisect.bisect_left(self.groups, group.start, key=lambda other: other.start)
        after = at + (at < len(self.groups) and self.groups[at].start == group.start)
        left = [] if self.ends_series(group) else list(self.groups[max(0, at - 2) : at])
        right = self.groups[after : after + 2]
        beside = [
            *itertools.takewhile(_is_weak, reversed(left)),
            *itertools.takewhile(_is_weak, right),
        ]
        return 0.0 if group.strong else sum(_likeness(group, other) for other in beside)

    def ends_series(self, group: Group) -> bool:
        """Whether the heads before have a form of their own that this one has not: 街道：…."""
        at = bisect.bisect_left(self.groups, group.start, key=lambda other: other.start)
        left = self.groups[max(0, at - 2) : at]
        if len(left) < 2 or not all(map(_is_weak, left)) or left[0].rank != left[1].rank:
            return False
        first, second = (_forms(other.main.text) for other in left)
        return group.rank <= left[0].rank and bool((first & second) - _forms(group.main.text))

    def in_series(self, group: Group) -> bool:
        """Whether the group is one of several short labels of one form: 控制湿度, 清除病残."""
        at = bisect.bisect_left(self.groups, group.start, key=lambda other: other.start)
        beside = [*self.groups[max(0, at - 1) : at], *self.groups[at + 1 : at + 2]]
        return _is_label(group) and any(_is_label(o) and _is_peer(group, o) for o in beside)

    def share(self, rank: int) -> float:
        """The part of the headlines of this rank that a byline or the like follows."""
        return self.strong[rank] / self.used[rank] if self.used[rank] else 0.0


def style_of(groups: Sequence[Group]) -> Style:
    """The style of a page with these headline groups, in their order."""
    used = Counter(group.rank for group in groups)
    strong = Counter(group.rank for group in groups if group.strong)
    marked = sorted(rank for rank in used if rank < PLAIN_RANK)
    top = marked[0] if marked else PLAIN_RANK
    if len(marked) > 1 and used[top] == 1 and not strong[top] and strong[marked[1]]:
        top = marked[1]
    return Style(used, strong, top, len(marked) > 1, tuple(groups))


def _is_weak(group: Group) -> bool:
    return not group.strong


def _is_label(group: Group) -> bool:
    """Whether a headline is too short for news and heads a text that tells none."""
    if group.strong or group.follower is None or len(group.lines) > 1:
        return False
    text = group.follower.text
    short = len(group.main.text) <= _LONGEST_LABEL
    return short and len(text) >= _SHORTEST_TEXT and not tells_news(text)


def _is_peer(group: Group, other: Group) -> bool:
    return other.rank == group.rank and abs(len(group.main.text) - len(other.main.text)) <= 1


def _forms(text: str) -> frozenset[str]:
    """The marks that heads of one series share: quotes, a colon, a question."""
    return frozenset(mark for mark in _SERIAL if mark in text)


def _likeness(group: Group, other: Group) -> float:
    """Headings of parts are alike: rank, length, often the first character and the quotes."""
    if other.rank != group.rank:
        return 0.0
    mine, theirs = group.main.text, other.main.text
    alike = 1.5 * (abs(len(mine) - len(theirs)) <= 1) + 1.5 * (mine[0] == theirs[0])
    alike += 1.5 * ("？" in mine and "？" in theirs)
    return alike + 1.0 * (mine.count("“") == theirs.count("“") > 0)
