"""The reader: walks a folded line once and asks, at each place, the rules for what stands there.

Two private-use characters stand in what was said until it is settled. PAUSE is a pause that a rule
made: beside a printed mark, another pause or an end of the line it is not heard on its own. ONE
stands behind a 一 that came from a figure: before 比, 至, 加 and the like it keeps its tone yi1
(一比零, 一至九月), while the same characters in running text change theirs (一比高下).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise

from tingbao.models import Handling, Reading, Span, SpokenSpan, Unread, UnreadKind

# These modules make their readers known to the inventory.
from tingbao.script.reading import codes, contacts, numbers, times  # noqa: F401
from tingbao.script.reading.folding import fold
from tingbao.script.reading.inventory import PAUSE, matches_at
from tingbao.script.reading.signs import counts_a_point, speak_marks
from tingbao.script.reading.unread import kind_of
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import HAN_DIGITS
from tingbao.text.traced import TracedText

_PLAIN_TEXT = re.compile(rf"[{PAUSE}{BASIC_HAN}，。！？；：、“”‘’《》〈〉\U00020000-\U0003ffff]+")

_ONLY_WORDS = re.compile(
    rf"[{BASIC_HAN}“‘《〈](?:[{BASIC_HAN}，！？；：、“”‘’《》〈〉]|(?<!。)。)*"
)
"""What folding leaves as it is, and no rule is asked about."""

_STRANGE = re.compile(rf"[^\W\d_{BASIC_HAN}]{{1,64}}|.")
"""What no rule knows is reported a word or a sign at a time."""

_ENDS_NUMERAL = frozenset(HAN_DIGITS + "十百千万亿")
_BEGINS_NUMERAL = frozenset(HAN_DIGITS[1:] + "两")

_MARKS = "，。！？；：、"
_ONE = "\ue000"
_PAUSES = re.compile(f"[ {PAUSE}]*{PAUSE}[ {PAUSE}]*")
_UNHEARD = re.compile(f"(?:^|(?<=[{_MARKS}“‘《〈]))[ {PAUSE}]+|[ {PAUSE}]+(?=[{_MARKS}”’》〉]|$)")
_BETWEEN_WORDS = re.compile(rf"(?<=[{_ONE}{BASIC_HAN}]) +(?=[{BASIC_HAN}])")
_SPACES = re.compile(" {2,}")

_NUMERAL = "十百千万亿点零一二三四五六七八九"
_FLAT = re.compile(
    rf"(?<![{_NUMERAL}{_ONE}])一{_ONE}(?=[至比加乘杠型版])|(?<=[比加乘])一{_ONE}(?![{_NUMERAL}个])"
)
_ONES = re.compile(_ONE)

_AS_PRINTED = ""
_SPELLING = "spelling"
_NO_RULE = "no rule"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as it is spoken.

    ``unread`` lists, in order, what no rule knew, with its places in the text as it was given.
    ``readings`` are the places of ``spoken`` whose pronunciation the reading forces.
    ``spans`` say which characters of the text as it was given are heard where in ``spoken``. They
    cover both texts wholly, in order, without gap or overlap. Words that are spoken as printed
    have spans of their own, with the same characters on both sides. ``rules`` names for each span
    the rule that decided: of the inventory, "spelling" where only the typing was made uniform, "no
    rule", or nothing for words that are spoken as printed.
    """

    spoken: str
    unread: tuple[Unread, ...] = ()
    readings: tuple[Reading, ...] = ()
    spans: tuple[SpokenSpan, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is said of ``line[start:end]``, and the rule that says so."""

    spoken: str
    start: int
    end: int
    rule: str = _AS_PRINTED
    known: bool = True


def read(text: str) -> Spoken:
    """Return simplified Chinese ``text`` as a news reader says it. Never raises."""
    if _ONLY_WORDS.fullmatch(text) and not counts_a_point(text):
        whole = Span(0, len(text))
        return Spoken(text, spans=(SpokenSpan(whole, whole),), rules=(_AS_PRINTED,))
    line = fold(text)
    speak_marks(line)
    pieces = list(_pieces(line.text))
    said = [_said(piece, line.text) for piece in pieces]
    heard = TracedText("".join(said))
    _settle(heard)
    readings = tuple(_readings(heard.text))
    heard.replace(_ONES, "")
    ends = accumulate(map(len, said))
    spans, rules = _spans(_cuts(text, line, heard, zip(pieces, ends, strict=True)))
    unread = tuple(_unread(text, line, (piece for piece in pieces if not piece.known)))
    return Spoken(heard.text, unread, readings, spans, rules)


def _unread(text: str, line: TracedText, unknown: Iterable[_Piece]) -> Iterator[Unread]:
    """What the pieces stand for; signs of one kind side by side are one, but figures are not."""
    held: Unread | None = None
    for piece in unknown:
        start, end = line.source_of(piece.start), line.source_of(piece.end)
        typed = line.text[piece.start : piece.end]
        done = _handling(piece.spoken, typed)
        shown = typed if done is Handling.KEPT else text[start:end]
        one = Unread(shown, kind_of(typed), done, start, end)
        if held and _go_on(held, one):
            held = replace(held, text=held.text + shown, end=end)
        else:
            yield from (held,) if held else ()
            held = one
    yield from (held,) if held else ()


def _handling(spoken: str, typed: str) -> Handling:
    if spoken == typed:
        return Handling.KEPT
    return Handling.STAND_IN if spoken else Handling.LEFT_OUT


def _go_on(one: Unread, other: Unread) -> bool:
    alike = one.kind is other.kind is not UnreadKind.FIGURES and one.done is other.done
    return alike and one.end == other.start


def _said(piece: _Piece, line: str) -> str:
    if piece.rule == _AS_PRINTED:
        return piece.spoken
    pause = PAUSE if _runs_into_numeral(piece, line) else ""
    return piece.spoken.replace("一", f"一{_ONE}") + pause


def _settle(spoken: TracedText) -> None:
    """Put ， for each pause that is heard, and single spaces beside letters."""
    spoken.replace(_UNHEARD, "")
    spoken.replace(_PAUSES, "，")
    spoken.replace(_BETWEEN_WORDS, "，")
    spoken.replace(_SPACES, " ")


def _readings(marked: str) -> Iterator[Reading]:
    """The readings of the ones that keep their tone, at their places once no one is marked."""
    marks = counted = 0
    for found in _FLAT.finditer(marked):
        marks += marked.count(_ONE, counted, found.start())
        counted = found.start()
        yield Reading(counted - marks, counted - marks + 1, "yi1")


def _spans(
    cuts: Iterable[tuple[int, int, str]],
) -> tuple[tuple[SpokenSpan, ...], tuple[str, ...]]:
    """The spans between places that belong together in the printed and the spoken text."""
    spans: list[SpokenSpan] = []
    rules: list[str] = []
    for before, (printed, spoken, rule) in pairwise(chain([(0, 0, "")], cuts)):
        if printed > before[0] or spoken > before[1]:
            spans.append(SpokenSpan(Span(before[0], printed), Span(before[1], spoken)))
            rules.append(rule)
    return tuple(spans), tuple(rules)


def _cuts(
    text: str, line: TracedText, heard: TracedText, pieces: Iterable[tuple[_Piece, int]]
) -> Iterator[tuple[int, int, str]]:
    """The end of each piece in ``text`` and in what is heard, and the rule of the piece.

    With each piece comes its end in what was said before pauses were settled.
    """
    yield line.source_of(0), 0, _SPELLING
    for piece, end in pieces:
        source, source_to = line.source_of(piece.start), line.source_of(piece.end)
        if piece.rule == _AS_PRINTED and text[source:source_to] != piece.spoken:
            yield from _cuts_inside(text, line, heard, piece, end)
        else:
            yield source_to, heard.place_of(end), piece.rule
    yield len(text), len(heard.text), _SPELLING


def _cuts_inside(
    text: str, line: TracedText, heard: TracedText, piece: _Piece, end: int
) -> Iterator[tuple[int, int, str]]:
    """The places inside of printed text where folding changed, added or removed a character."""
    goes_on = False
    place = end - piece.end
    for at in range(piece.start, piece.end):
        source, source_to = line.source_of(at), line.source_of(at + 1)
        kept = source < source_to and text[source] == line.text[at]
        if goes_on and not kept:
            yield source, heard.place_of(place + at), _AS_PRINTED
        goes_on = kept and source_to == source + 1
        if goes_on:
            continue
        if kept:
            yield source + 1, heard.place_of(place + at + 1), _AS_PRINTED
        yield source_to, heard.place_of(place + at + 1), _SPELLING
    if goes_on:
        yield line.source_of(piece.end), heard.place_of(end), _AS_PRINTED


def _runs_into_numeral(piece: _Piece, line: str) -> bool:
    """Whether a printed numeral stands right behind figures, as in U12三个组别."""
    return piece.spoken[-1:] in _ENDS_NUMERAL and line[piece.end : piece.end + 1] in _BEGINS_NUMERAL


def _pieces(line: str) -> Iterator[_Piece]:
    at = 0
    while at < len(line):
        plain = _PLAIN_TEXT.match(line, at)
        piece = _Piece(plain.group(), at, plain.end()) if plain else _read_at(line, at)
        yield piece
        at = piece.end


def _read_at(line: str, at: int) -> _Piece:
    for rule, match in matches_at(line, at):
        spoken = rule.read(match)
        if spoken is not None:
            return _Piece(spoken, at, match.end(), rule.name, rule.known)
    strange = _STRANGE.match(line, at)
    assert strange is not None
    return _Piece(strange.group(), at, strange.end(), _NO_RULE, known=False)
