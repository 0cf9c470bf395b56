"""A text and what became of it, piece by piece: how spoken words keep the place of printed ones."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tingbao.models import Span, SpokenSpan

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pairs of a piece of one text and the piece of another that stands for it, in order.

    The first parts joined are ``source``, the second parts ``result``; either part may be empty.
    A pair of equal parts is a copy, character by character.
    """

    pairs: tuple[_Pair, ...]

    @classmethod
    def copy(cls, text: str) -> Aligned:
        """Return a text that stays as it is."""
        return cls(((text, text),))

    @classmethod
    def substituted(
        cls, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str
    ) -> Aligned:
        """Return what ``pattern.sub(replacement, text)`` makes of a text."""
        if not pattern.search(text):
            return cls.copy(text)
        return cls(tuple(_substituted(pattern, replacement, text)))

    @classmethod
    def of_spans(cls, source: str, result: str, spans: Iterable[SpokenSpan]) -> Aligned:
        """Return the two texts in the pieces that ``spans`` name."""
        pairs = ((one.printed, one.spoken) for one in spans)
        return cls(tuple((source[p.start : p.end], result[s.start : s.end]) for p, s in pairs))

    @classmethod
    def edited(cls, before: str, after: str) -> Aligned:
        """Return a text as somebody changed it: what it begins and ends with alike is a copy."""
        head = _shared(before, after)
        tail = _shared(before[head:][::-1], after[head:][::-1])
        ends = len(before) - tail, len(after) - tail
        changed = before[head : ends[0]], after[head : ends[1]]
        return cls(((before[:head], before[:head]), changed, (before[ends[0] :], after[ends[1] :])))

    @property
    def source(self) -> str:
        """The text that it began with."""
        return "".join(source for source, _ in self.pairs)

    @property
    def result(self) -> str:
        """The text that became of it."""
        return "".join(result for _, result in self.pairs)

    @property
    def spans(self) -> tuple[SpokenSpan, ...]:
        """Where each piece stands in the two texts; copies side by side are one span."""
        return tuple(_spans(_merged(self.pairs)))

    def source_of(self, start: int, end: int) -> Span:
        """Return the stretch of the source that ``result[start:end]`` stands for."""
        places = [place for place in self.spans if _meet(place.spoken, start, end)]
        if not places:
            return Span(len(self.source), len(self.source))
        first, last = places[0], places[-1]
        copied = [_length(place.printed) == _length(place.spoken) for place in (first, last)]
        from_first = max(start - first.spoken.start, 0) if copied[0] else 0
        to_last = max(last.spoken.end - end, 0) if copied[1] else 0
        return Span(first.printed.start + from_first, last.printed.end - to_last)

    def then(self, after: Aligned) -> Aligned:
        """Return the way from this source to the result of ``after``, which begins here."""
        if self._is_copy():
            return after
        if after._is_copy():
            return self
        return Aligned(tuple(_composed(deque(self.pairs), deque(after.pairs))))

    def _is_copy(self) -> bool:
        return len(self.pairs) == 1 and self.pairs[0][0] == self.pairs[0][1]

    def between(self, before: str, behind: str) -> Aligned:
        """Return the same between words of the result that stand for nothing in the source."""
        return Aligned((("", before), *self.pairs, ("", behind)))

    def stripped(self) -> Aligned:
        """Return the same for a source without white space at either end."""
        source = self.source
        inner = source.strip()
        if inner == source:
            return self
        lead = len(source) - len(source.lstrip())
        spaces = ("", source[:lead]), ("", source[lead + len(inner) :])
        return Aligned((spaces[0], (inner, inner), spaces[1])).then(self)

    def parted(self, lengths: Iterable[int]) -> Iterator[Aligned]:
        """Cut the result into pieces of these lengths, each with its part of the source.

        A piece of the source is not divided: all of it is in the piece where its words begin.
        """
        left = deque(self.pairs)
        for length in lengths:
            yield Aligned(tuple(_taken(left, length)))


def _meet(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _length(span: Span) -> int:
    return span.end - span.start


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _substituted(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str
) -> Iterator[_Pair]:
    at = 0
    for found in pattern.finditer(text):
        between = text[at : found.start()]
        yield between, between
        yield found.group(), replacement(found)
        at = found.end()
    yield text[at:], text[at:]


def _composed(left: deque[_Pair], right: deque[_Pair]) -> Iterator[_Pair]:
    """The outer texts, in pieces as fine as the text between has bounds in both."""
    while left or right:
        if left and not left[0][1]:
            yield left.popleft()
        elif right and not right[0][0]:
            yield right.popleft()
        else:
            yield _met(left, right)


def _met(left: deque[_Pair], right: deque[_Pair]) -> _Pair:
    """Take from both sides until they end at the same place of the text between them."""
    source, inner = _pulled(left, len(right[0][0]))
    reached, result = _pulled(right, len(inner))
    while len(inner) != len(reached):
        if len(inner) < len(reached):
            pair = _pulled(left, len(reached) - len(inner))
            source, inner = source + pair[0], inner + pair[1]
        else:
            pair = _pulled(right, len(inner) - len(reached))
            reached, result = reached + pair[0], result + pair[1]
    return source, result


def _pulled(queue: deque[_Pair], most: int) -> _Pair:
    """The next pair, or the first characters of it where it is a copy that is longer."""
    source, result = queue.popleft()
    if source != result or len(source) <= most:
        return source, result
    queue.appendleft((source[most:], source[most:]))
    return source[:most], source[:most]


def _taken(left: deque[_Pair], length: int) -> Iterator[_Pair]:
    while length > 0:
        source, result = _pulled(left, length)
        if len(result) > length:
            left.appendleft(("", result[length:]))
        yield source, result[:length]
        length -= len(result)


def _merged(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    held = ("", "")
    for pair in pairs:
        if held[0] == held[1] and pair[0] == pair[1]:
            held = held[0] + pair[0], held[1] + pair[1]
        else:
            yield held
            held = pair
    yield held


def _spans(pairs: Iterable[_Pair]) -> Iterator[SpokenSpan]:
    printed = spoken = 0
    for source, result in pairs:
        after = printed + len(source), spoken + len(result)
        if source or result:
            yield SpokenSpan(Span(printed, after[0]), Span(spoken, after[1]))
        printed, spoken = after
