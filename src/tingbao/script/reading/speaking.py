"""The reader: walks a folded line once and asks, at each place, the rules for what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tingbao.models import Reading
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
    """

    spoken: str
    unread: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    spoken: str
    end: int
    known: bool = True
    printed: bool = False


def read(text: str) -> Spoken:
    """Return simplified Chinese ``text`` as a news reader says it. Never raises."""
    line = speak_marks(fold(text))
    spoken: list[str] = []
    unread: list[str] = []
    for piece in _pieces(line):
        spoken.append(piece.spoken if piece.printed else mark(piece.spoken))
        if _runs_into_numeral(piece, line):
            spoken.append(PAUSE)
        if not piece.known:
            unread.append(piece.spoken)
    text, readings = release(settle("".join(spoken)))
    return Spoken(text, tuple(unread), readings)


def _runs_into_numeral(piece: _Piece, line: str) -> bool:
    """Whether a printed numeral stands right behind figures, as in U12三个组别."""
    figures = not piece.printed and piece.spoken[-1:] in _ENDS_NUMERAL
    return figures and line[piece.end : piece.end + 1] in _BEGINS_NUMERAL


def _pieces(line: str) -> Iterator[_Piece]:
    at = 0
    while at < len(line):
        plain = _PLAIN_TEXT.match(line, at)
        piece = _Piece(plain.group(), plain.end(), printed=True) if plain else _read_at(line, at)
        yield piece
        at = piece.end


def _read_at(line: str, at: int) -> _Piece:
    for rule in _rules_at(line[at]):
        match = rule.pattern.match(line, at)
        spoken = rule.read(match) if match else None
        if match and spoken is not None:
            return _Piece(spoken, match.end(), rule.known)
    strange = _STRANGE.match(line, at)
    assert strange is not None
    return _Piece(strange.group(), strange.end(), known=False)


def _rules_at(sign: str) -> tuple[Rule, ...]:
    return _BY_SIGN.get(sign) or (_AT_LETTER if sign.isascii() and sign.isalpha() else _AT_SIGN)
