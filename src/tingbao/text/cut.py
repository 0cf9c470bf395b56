"""Where a text is cut that is too long for one utterance, request, cue or line.

The four ways differ on purpose. For speech (:func:`cut_for_speech`) the parts must be read as the
whole would be, so a cut looks for the best place near the middle. A request to a voice
(:func:`end_of_request`) is filled as far as it goes. A cue (:func:`cut_at_clauses`) ends with each
sentence, for it carries a time. A caption (:func:`cut_evenly`) has lines of even width. The
embedded voices cut words, not characters (``synthesis/embedded``).
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from enum import IntEnum

from tingbao.text.han import BASIC_HAN

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
    rf"|[{BASIC_HAN}A-Za-z]{{1,8}}(?:[·•‧][{BASIC_HAN}A-Za-z]{{1,8}})+"
)
_AFTER_WORD = frozenset("的了着过地得")
_BEFORE_WORD = frozenset("和与及或并而在从对将把被由于以为是")
_NUMERIC = frozenset(string.ascii_letters + string.digits + "零〇一二三四五六七八九十百千万亿点")
_MARKS = re.compile(r"[\W_]+")
_WINDOW = 48
"""How far on either side of a cut a reading rule may look."""
_LONGEST_TITLE = 120
"""Title marks farther apart enclose no title: the print lost the ones between."""
_NEVER_SHRINKS = 8
"""A text this many times longer than the limit is cut without being read first."""
_TRIES = 16
"""How many places are tried before one is taken at which the two sides read otherwise."""
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
_MARKED = frozenset(_OF_MARK) | frozenset(_CLOSERS)
_ASKING = frozenset("！？!?")
_QUOTED = {
    _Strength.SENTENCE: _Strength.CLAUSE,
    _Strength.CLAUSE: _Strength.QUOTED_CLAUSE,
    _Strength.COMMA: _Strength.QUOTED_COMMA,
    _Strength.ITEM: _Strength.QUOTED_COMMA,
}


def cut_for_speech(text: str, spoken_of: Callable[[str], str], limit: int) -> tuple[str, ...]:
    """Cut ``text`` into pieces that are at most ``limit`` characters long when spoken.

    At the end of a sentence where there is one, else at the best pause; never inside a number, a
    word in Latin letters, a name with a dot or the title of a work; inside quotation marks only
    where nothing outside them offers itself.

    The pieces joined are ``text``, and what is spoken of them joined is what is spoken of it.
    A stretch that offers no place at all, such as a number longer than the limit, is halved.
    """
    if len(text) <= limit * _NEVER_SHRINKS and len(spoken_of(text)) <= limit:
        return (text,)
    return tuple(_Cutter(text, spoken_of, limit).pieces(0, len(text)))


class _Cutter:
    """Halves a text at its best places until every piece is short enough."""

    def __init__(self, text: str, spoken_of: Callable[[str], str], limit: int) -> None:
        self._text = text
        self._spoken_of = spoken_of
        self._limit = limit
        self._places = _places(text)

    def pieces(self, start: int, end: int) -> Iterator[str]:
        """The pieces of ``text[start:end]``."""
        text = self._text[start:end]
        may_fit = len(text) <= self._limit * _NEVER_SHRINKS
        if len(text) < 2 or (may_fit and len(self._spoken_of(text)) <= self._limit):
            yield text
        else:
            at = self._best_place(start, end)
            yield from self.pieces(start, at)
            yield from self.pieces(at, end)

    def _best_place(self, start: int, end: int) -> int:
        """The strongest place nearest to the middle at which both sides read as together."""
        tried = list(itertools.islice(self._candidates(start, end), _TRIES))
        composing = (at for at in tried if self._composes(start, at, end))
        return next(composing, tried[0] if tried else (start + end) // 2)

    def _candidates(self, start: int, end: int) -> Iterator[int]:
        """All places between, the best first.

        The end of a sentence is right wherever it stands; a pause near an end gains nothing.
        """
        middle, reach = (start + end) / 2, (end - start) * 3 / 8
        sentences, *pauses = self._places
        yield from _nearest(sentences, middle, start, end)
        for places in pauses:
            yield from _nearest(places, middle, middle - reach, middle + reach)
        for places in pauses:
            yield from _nearest(places, middle, start, end)

    def _composes(self, start: int, at: int, end: int) -> bool:
        left = self._text[max(start, at - _WINDOW) : at]
        right = self._text[at : min(end, at + _WINDOW)]
        apart = self._spoken_of(left) + self._spoken_of(right)
        return _MARKS.sub("", apart) == _MARKS.sub("", self._spoken_of(left + right))


def _nearest(places: list[int], middle: float, low: float, high: float) -> Iterator[int]:
    """The places strictly between ``low`` and ``high``, those nearest to ``middle`` first."""
    right = bisect.bisect_left(places, middle)
    left = right - 1
    while True:
        before = places[left] if left >= 0 and places[left] > low else None
        behind = places[right] if right < len(places) and places[right] < high else None
        if before is None and behind is None:
            return
        if behind is None or (before is not None and middle - before <= behind - middle):
            yield places[left]
            left -= 1
        else:
            yield places[right]
            right += 1


def _places(text: str) -> tuple[list[int], ...]:
    """Where ``text`` may be cut, in order, for each strength from the best on."""
    titles, quotes = _enclosed(text)
    bound = _bound(text)
    places: tuple[list[int], ...] = tuple([] for _ in _Strength)
    for at in range(1, len(text)):
        closed = text[at] in _NEVER_FIRST or text[at - 1] in _OPENERS
        if not (closed or titles[at] or bound[at]):
            places[_strength(text, at, quoted=quotes[at] > 0)].append(at)
    return places


def _strength(text: str, at: int, *, quoted: bool) -> _Strength:
    of = _strength_of_mark if text[at - 1] in _MARKED else _between_words
    strength = of(text, at)
    return _QUOTED.get(strength, _Strength.ANYWHERE) if quoted else strength


def _strength_of_mark(text: str, at: int) -> _Strength:
    tail = text[max(0, at - 6) : at].rstrip(" ")
    inner = tail.rstrip(_CLOSERS)
    # After “真的？” the sentence that holds the question may go on.
    if inner != tail and inner[-1:] in _ASKING:
        return _Strength.CLAUSE
    usual = _OF_MARK.get(text[at - 1], _between_words(text, at))
    return _OF_MARK.get(inner[-1:], usual)


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
        bound[token.start() + 1 : token.end()] = [True] * (len(token.group()) - 1)
    numeric = [sign in _NUMERIC for sign in text]
    word = [sign.isalnum() for sign in text]
    for at in range(1, len(text)):
        if (numeric[at - 1] and word[at]) or (word[at - 1] and numeric[at]):
            bound[at] = True
    return bound


# --- for a request to a voice ---------------------------------------------------------------

_REQUEST_ENDS = (r"[。！？!?…][”’」』）)]*", r"[；;：:\n][”’」』）)]*", r"[，、,\s]")
"""After what a request may end, the best place first."""


def end_of_request(window: str, is_enough: Callable[[str], bool]) -> int:
    """How much of ``window``, the most that fits into a request, goes into it.

    Up to the last end of a sentence, else of a clause, else to the last comma or space, where
    ``is_enough`` accepts what stands before it; else all.
    """
    for ends in _REQUEST_ENDS:
        places = [found.end() for found in re.finditer(ends, window)]
        if places and is_enough(window[: places[-1]]):
            return places[-1]
    return len(window)


# --- for a cue ------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]*[”’」』）)》]*")
_CLAUSE = re.compile(r"[^，、；：,;:—]*[，、；：,;:—]*[”’」』）)》]*")


def cut_at_clauses(text: str, most: int) -> Iterator[str]:
    """Cut ``text`` into clauses, joined up to ``most`` characters but never beyond a sentence.

    The pieces joined are ``text``; a clause that is longer is cut anywhere.
    """
    held = ""
    for clause in _clauses(text):
        if held and (len(held) + len(clause) > most or held[-1] in "。！？!?"):
            yield held
            held = ""
        held += clause
        while len(held) > most:
            yield held[:most]
            held = held[most:]
    if held:
        yield held


def _clauses(text: str) -> Iterator[str]:
    for sentence in filter(None, _SENTENCE.findall(text)):
        yield from filter(None, _CLAUSE.findall(sentence))


# --- for a caption --------------------------------------------------------------------------

# What a cut at this place costs, in characters away from where the cut should be.
_AFTER_SENTENCE, _AFTER_CLAUSE, _AFTER_OTHER, _INSIDE, _NEVER = 0.0, 1.0, 3.0, 6.0, 1000.0
_SENTENCE_ENDS = "。！？!?…；;"
_CLAUSE_ENDS = "，、：,:—"


def cut_evenly(text: str, most: float) -> list[str]:
    """Cut ``text`` into as few pieces of at most ``most`` width as there can be, where one pauses.

    White space at the edges of the pieces is left out; see :func:`width_of` for the unit.
    """
    wide = width_of(text)
    if wide <= most:
        return [text] if text else []
    count = math.ceil(wide / most)
    left = count // 2
    place = _even_place(text, wide / count * left, most * left, wide - most * (count - left))
    return cut_evenly(text[:place].strip(), most) + cut_evenly(text[place:].strip(), most)


def _even_place(text: str, ideal: float, most_left: float, least_left: float) -> int:
    """Where to cut: near ``ideal``, after punctuation, with room on both sides if there is any."""
    best, best_cost, left = 1, math.inf, 0.0
    for place in range(1, len(text)):
        left += width_of(text[place - 1])
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


def width_of(text: str) -> float:
    """The width of ``text`` on a line, in Han characters; a Latin letter is half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.5 for each in text)
