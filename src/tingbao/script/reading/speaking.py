"""The reader: walks a folded line once and asks, at each place, the rules for what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from tingbao.models import Reading
from tingbao.models.spans import Span, SpokenSpan
from tingbao.script.reading import (
    clocks,
    codes,
    contacts,
    dashes,
    dates,
    enumerations,
    letters,
    money,
    quantities,
    scores,
    symbols,
)
from tingbao.script.reading.enumerations import speak_marks
from tingbao.script.reading.folding import fold
from tingbao.script.reading.ones import mark, release
from tingbao.script.reading.pauses import settle
from tingbao.script.reading.rules import PAUSE, Rule
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import HAN_DIGITS
from tingbao.text.traced import TracedText

_PLAIN_TEXT = re.compile(rf"[{PAUSE}{BASIC_HAN}，。！？；：、“”‘’《》〈〉々\U00020000-\U0003ffff]+")

_STRANGE = re.compile(rf"[^\W\d_{BASIC_HAN}]{{1,64}}|.")
"""What no rule knows is reported a word or a sign at a time."""

_AT_DIGIT: tuple[Rule, ...] = (
    *quantities.BITE_RULES,
    *contacts.ADDRESS_RULES,
    *codes.LABELLED_CODE_RULES,
    *contacts.TELEPHONE_RULES,
    *clocks.RACE_RULES,
    *scores.SCORE_RULES,
    *clocks.CLOCK_RULES,
    *dates.DATE_RULES,
    *codes.NUMBER_CODE_RULES,
    *quantities.QUANTITY_RULES,
    *letters.DIGIT_LETTER_RULES,
    quantities.LONE_RULE,
    codes.TANGLE_RULE,
    *quantities.PLAIN_RULES,
)
_AT_LETTER: tuple[Rule, ...] = (
    *contacts.ADDRESS_RULES,
    *codes.LABELLED_CODE_RULES,
    *letters.LETTER_RULES,
)
_AT_OPENING: tuple[Rule, ...] = (
    *contacts.TELEPHONE_RULES,
    *codes.BRACKET_CODE_RULES,
    *enumerations.BRACKET_RULES,
    *symbols.SYMBOL_RULES,
)
_AT_DASH: tuple[Rule, ...] = (
    *dashes.JOIN_RULES,
    *dashes.SIGN_RULES,
    *symbols.SYMBOL_RULES,
)
_AT_CURRENCY: tuple[Rule, ...] = (*money.MONEY_RULES, *symbols.SYMBOL_RULES)
_AT_SIGN: tuple[Rule, ...] = (
    *enumerations.CIRCLE_RULES,
    letters.ROMAN_RULE,
    *symbols.SYMBOL_RULES,
    *letters.LETTER_RULES,
)
_BY_SIGN = {
    **dict.fromkeys("0123456789", _AT_DIGIT),
    **dict.fromkeys("([〔【〈+", _AT_OPENING),
    **dict.fromkeys("-—–−~～", _AT_DASH),
    **dict.fromkeys("¥$€£", _AT_CURRENCY),
    " ": symbols.SPACE_RULES,
}


_ENDS_NUMERAL = frozenset(HAN_DIGITS + "十百千万亿")
_BEGINS_NUMERAL = frozenset(HAN_DIGITS[1:] + "两")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as it is spoken.

    ``unread`` lists, in order, what no rule knew and what was left in ``spoken`` as printed.
    ``readings`` are the places of ``spoken`` whose pronunciation the reading forces.
    ``spans`` say which characters of the text as it was given are heard where in ``spoken``. They
    cover both texts wholly, in order, without gap or overlap. Words that are spoken as printed
    have spans of their own, with the same characters on both sides.
    """

    spoken: str
    unread: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    spans: tuple[SpokenSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is said of ``line[start:end]``; ``printed`` text is said as it stands."""

    spoken: str
    start: int
    end: int
    known: bool = True
    printed: bool = False


def read(text: str) -> Spoken:
    """Return simplified Chinese ``text`` as a news reader says it. Never raises."""
    line = fold(text)
    speak_marks(line)
    pieces = list(_pieces(line.text))
    said = [_said(piece, line.text) for piece in pieces]
    heard = TracedText("".join(said))
    settle(heard)
    readings = release(heard)
    ends = accumulate(map(len, said))
    spans = _spans(_cuts(text, line, heard, zip(pieces, ends, strict=True)))
    unread = tuple(piece.spoken for piece in pieces if not piece.known)
    return Spoken(heard.text, unread, readings, tuple(spans))


def _said(piece: _Piece, line: str) -> str:
    if piece.printed:
        return piece.spoken
    return mark(piece.spoken) + (PAUSE if _runs_into_numeral(piece, line) else "")


def _spans(cuts: Iterable[tuple[int, int]]) -> Iterator[SpokenSpan]:
    """The spans between places that belong together in the printed and the spoken text."""
    for (printed, spoken), (printed_to, spoken_to) in pairwise(chain([(0, 0)], cuts)):
        if printed_to > printed or spoken_to > spoken:
            yield SpokenSpan(Span(printed, printed_to), Span(spoken, spoken_to))


def _cuts(
    text: str, line: TracedText, heard: TracedText, pieces: Iterable[tuple[_Piece, int]]
) -> Iterator[tuple[int, int]]:
    """The end of each piece in ``text`` and in what is heard.

    With each piece comes its end in what was said before pauses were settled.
    """
    yield line.source_of(0), 0
    for piece, end in pieces:
        source, source_to = line.source_of(piece.start), line.source_of(piece.end)
        if piece.printed and text[source:source_to] != piece.spoken:
            yield from _cuts_inside(text, line, heard, piece, end)
        yield source_to, heard.place_of(end)
    yield len(text), len(heard.text)


def _cuts_inside(
    text: str, line: TracedText, heard: TracedText, piece: _Piece, end: int
) -> Iterator[tuple[int, int]]:
    """The places inside of printed text where folding changed, added or removed a character."""
    goes_on = False
    for at in range(piece.start, piece.end):
        source, source_to = line.source_of(at), line.source_of(at + 1)
        place = end - piece.end + at
        kept = source < source_to and text[source] == line.text[at]
        if not (kept and goes_on):
            yield source, heard.place_of(place)
        goes_on = kept and source_to == source + 1
        if kept and not goes_on:
            yield source + 1, heard.place_of(place + 1)


def _runs_into_numeral(piece: _Piece, line: str) -> bool:
    """Whether a printed numeral stands right behind figures, as in U12三个组别."""
    figures = not piece.printed and piece.spoken[-1:] in _ENDS_NUMERAL
    return figures and line[piece.end : piece.end + 1] in _BEGINS_NUMERAL


def _pieces(line: str) -> Iterator[_Piece]:
    at = 0
    while at < len(line):
        plain = _PLAIN_TEXT.match(line, at)
        if plain:
            piece = _Piece(plain.group(), at, plain.end(), printed=True)
        else:
            piece = _read_at(line, at)
        yield piece
        at = piece.end


def _read_at(line: str, at: int) -> _Piece:
    for rule in _rules_at(line[at]):
        match = rule.pattern.match(line, at)
        spoken = rule.read(match) if match else None
        if match and spoken is not None:
            return _Piece(spoken, at, match.end(), rule.known)
    strange = _STRANGE.match(line, at)
    assert strange is not None
    return _Piece(strange.group(), at, strange.end(), known=False)


def _rules_at(sign: str) -> tuple[Rule, ...]:
    return _BY_SIGN.get(sign) or (_AT_LETTER if sign.isascii() and sign.isalpha() else _AT_SIGN)
