"""Where a text too long for one utterance is cut.

At the end of a sentence where there is one, else at the best pause; never inside a number, a
word in Latin letters, a name with a dot or the title of a work; inside quotation marks only
where nothing outside them offers itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

__all__ = ["cut"]

_PAIRS = {
    "《": "》", "〈": "〉", "“": "”", "‘": "’", "「": "」", "『": "』",
    "（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕",
}  # fmt: skip
_TITLE_MARKS = "《〈"
_OPENERS = frozenset(_PAIRS)
_CLOSERS = "".join(_PAIRS.values()) + '"'
_NEVER_FIRST = frozenset("。！？!?；;：:，,、…—～~·％%‰" + _CLOSERS)

# Numbers, codes, addresses and names with a dot, with what binds their parts.
_TOKEN = re.compile(
    r"[A-Za-z0-9零〇一二三四五六七八九十百千万亿点两]"
    r"(?:[A-Za-z0-9零〇一二三四五六七八九十百千万亿点两.,:：/%％‰@_+\-–—~～×∶°℃²³年月日时]*"
    r"[A-Za-z0-9零〇一二三四五六七八九十百千万亿点两%％‰°℃²³年月日时])"
    r"|[\u4e00-\u9fffA-Za-z]{1,8}(?:[·•‧][\u4e00-\u9fffA-Za-z]{1,8})+"
)
_AFTER_WORD = frozenset("的了着过地得")
_BEFORE_WORD = frozenset("和与及或并而在从对将把被由于以为是")
_NUMERIC = re.compile(r"[A-Za-z0-9零〇一二三四五六七八九十百千万亿点]")
_MARKS = re.compile(r"[\W_]+")
_WINDOW = 48
"""How far on either side of a cut a reading rule may look."""
_LONGEST_TITLE = 120
"""Title marks farther apart enclose no title: the print lost the ones between."""
_DEPTH = 16
"""How many brackets may stand open inside each other."""


class _Strength(IntEnum):
    """How well a place takes a cut; the least is the best."""

    SENTENCE = 0
    CLAUSE = 1
    COMMA = 2
    ITEM = 3
    QUOTED_CLAUSE = 4
    QUOTED_COMMA = 5
    WORD = 6
    ANYWHERE = 7


_OF_MARK = {
    **dict.fromkeys("。！？!?", _Strength.SENTENCE),
    **dict.fromkeys("；;：…—", _Strength.CLAUSE),
    **dict.fromkeys("，,", _Strength.COMMA),
    **dict.fromkeys("、 \u3000\n", _Strength.ITEM),
}
_ASKING = frozenset("！？!?")
_QUOTED = {
    _Strength.SENTENCE: _Strength.CLAUSE,
    _Strength.CLAUSE: _Strength.QUOTED_CLAUSE,
    _Strength.COMMA: _Strength.QUOTED_COMMA,
    _Strength.ITEM: _Strength.QUOTED_COMMA,
}


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    strength: _Strength


def cut(text: str, spoken_of: Callable[[str], str], limit: int) -> tuple[str, ...]:
    """Cut ``text`` into pieces that are at most ``limit`` characters long when spoken.

    The pieces joined are ``text``, and what is spoken of them joined is what is spoken of it.
    A stretch that offers no place at all, such as a number longer than the limit, is halved.
    """
    if len(text) < 2 or len(spoken_of(text)) <= limit:
        return (text,)
    at = _best_place(text, spoken_of)
    return (*cut(text[:at], spoken_of, limit), *cut(text[at:], spoken_of, limit))


def _best_place(text: str, spoken_of: Callable[[str], str]) -> int:
    """The strongest place nearest to the middle at which both sides read as they do together."""
    places = sorted(_places(text), key=lambda place: _badness(place, len(text)))
    composing = (place.at for place in places if _composes(text, place.at, spoken_of))
    return next(composing, places[0].at if places else len(text) // 2)


def _badness(place: _Place, length: int) -> tuple[bool, int, float]:
    distance = abs(place.at - length / 2)
    # The end of a sentence is right wherever it stands; a pause near an end gains nothing.
    lopsided = place.strength is not _Strength.SENTENCE and distance > length * 3 / 8
    return (lopsided, place.strength, distance)


def _composes(text: str, at: int, spoken_of: Callable[[str], str]) -> bool:
    left, right = text[max(0, at - _WINDOW) : at], text[at : at + _WINDOW]
    apart = spoken_of(left) + spoken_of(right)
    return _MARKS.sub("", apart) == _MARKS.sub("", spoken_of(left + right))


def _places(text: str) -> Iterator[_Place]:
    titles, quotes = _enclosed(text)
    bound = _bound(text)
    for at in range(1, len(text)):
        closed = text[at] in _NEVER_FIRST or text[at - 1] in _OPENERS
        if not (closed or titles[at] or bound[at]):
            yield _Place(at, _strength(text, at, quoted=quotes[at] > 0))


def _strength(text: str, at: int, *, quoted: bool) -> _Strength:
    tail = text[max(0, at - 6) : at].rstrip(" ")
    inner = tail.rstrip(_CLOSERS)
    strength = _OF_MARK.get(inner[-1:])
    if strength is None:
        strength = _OF_MARK.get(text[at - 1], _between_words(text, at))
    # After “真的？” the sentence that holds the question may go on.
    if inner != tail and inner[-1:] in _ASKING:
        strength = _Strength.CLAUSE
    return _QUOTED.get(strength, _Strength.ANYWHERE) if quoted else strength


def _between_words(text: str, at: int) -> _Strength:
    between = text[at - 1] in _AFTER_WORD or text[at] in _BEFORE_WORD
    return _Strength.WORD if between else _Strength.ANYWHERE


def _enclosed(text: str) -> tuple[list[int], list[int]]:
    """For each place, how many titles of works and how many other brackets stand open there.

    Only pairs count: a mark whose partner the print lost encloses nothing.
    """
    titles = [0] * (len(text) + 1)
    quotes = [0] * (len(text) + 1)
    for start, end in _pairs(text):
        is_title = text[start] in _TITLE_MARKS and end - start <= _LONGEST_TITLE
        steps = titles if is_title else quotes
        steps[start + 1] += 1
        steps[end + 1] -= 1
    return _running(titles), _running(quotes)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    open_at: list[int] = []
    for at, sign in enumerate(text):
        if sign in _OPENERS:
            open_at.append(at)
        elif sign in _CLOSERS:
            near = reversed(open_at[-_DEPTH:])
            partner = next((place for place in near if _PAIRS[text[place]] == sign), None)
            if partner is not None:
                del open_at[open_at.index(partner) :]
                yield partner, at


def _running(steps: list[int]) -> list[int]:
    total = 0
    sums = []
    for step in steps:
        total += step
        sums.append(total)
    return sums


def _bound(text: str) -> list[bool]:
    """For each place, whether it is inside a number, a code or a name, or beside a digit."""
    bound = [False] * (len(text) + 1)
    for token in _TOKEN.finditer(text):
        for at in range(token.start() + 1, token.end()):
            bound[at] = True
    for at in range(1, len(text)):
        number_meets_word = bool(_NUMERIC.match(text[at - 1])) and text[at].isalnum()
        word_meets_number = text[at - 1].isalnum() and bool(_NUMERIC.match(text[at]))
        bound[at] = bound[at] or number_meets_word or word_meets_number
    return bound
