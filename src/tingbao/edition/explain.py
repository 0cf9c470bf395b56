"""Why a text is said as it is: piece by piece, with the rule or the lexicon that decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tingbao.edition.unread import handling
from tingbao.models import Handling, Reading, Span, Unread, UnreadKind
from tingbao.pronunciation import UserLexicon, Word, name_readings, pronounce, unreadable
from tingbao.script import normalize
from tingbao.script.speaker import Lexicon

YOUR_LEXICON = "your lexicon"
NAME = "names of the built-in lexicon"
WORDS = "dictionary and context"
RARE = f"{UnreadKind.CHARACTER}, {Handling.STAND_IN}"


@dataclass(frozen=True, slots=True)
class ExplainedPiece:
    """A piece as printed and as spoken, its pinyin before and after sandhi, and what decided.

    ``decided_by`` is the name of a rule of reading, or which lexicon the pinyin is from.
    ``unread`` says what kind of sign was not understood in it, and what is done; else it is empty.
    """

    printed: str
    spoken: str
    dictionary: str
    heard: str
    decided_by: str
    unread: str = ""


def explain(text: str, lexicon: UserLexicon) -> tuple[ExplainedPiece, ...]:
    """The pieces of simplified ``text`` in order; words that are said as printed one by one.

    Raises:
        SynthesisError: the user's lexicon forces a reading that cannot be said.
    """
    pieces: list[ExplainedPiece] = []
    at = 0
    for found in _printed_words(lexicon).finditer(text):
        pieces += _explained(text[at : found.start()], lexicon)
        pieces.append(_respelled(found.group(), lexicon))
        at = found.end()
    return (*pieces, *_explained(text[at:], lexicon))


def _printed_words(lexicon: UserLexicon) -> re.Pattern[str]:
    words = sorted(lexicon.spoken, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _respelled(word: str, lexicon: UserLexicon) -> ExplainedPiece:
    spoken = lexicon.spoken[word]
    whole = Span(0, len(spoken))
    before, after = pronounce(spoken, sandhi=False), pronounce(spoken)
    return ExplainedPiece(word, spoken, _pinyin(before, whole), _pinyin(after, whole), YOUR_LEXICON)


def _explained(text: str, lexicon: UserLexicon) -> Iterator[ExplainedPiece]:
    said = Lexicon(pinyin=lexicon.pinyin).force(normalize(text))
    before = pronounce(said.spoken, said.readings, sandhi=False)
    after = pronounce(said.spoken, said.readings)
    names = name_readings(said.spoken, said.readings)
    for span, rule in zip(said.spans, said.rules, strict=True):
        printed = text[span.printed.start : span.printed.end]
        if rule:
            spoken = said.spoken[span.spoken.start : span.spoken.end]
            pinyin = _pinyin(before, span.spoken), _pinyin(after, span.spoken)
            yield ExplainedPiece(printed, spoken, *pinyin, rule, _unread(span.printed, said.unread))
            continue
        for word in _within(before, span.spoken):
            place = Span(max(word.start, span.spoken.start), min(word.end, span.spoken.end))
            shown = said.spoken[place.start : place.end]
            source = _source(word, said.readings, names)
            pinyin = _pinyin(before, place), _pinyin(after, place)
            rare = RARE if source == WORDS and unreadable(shown) else ""
            yield ExplainedPiece(shown, shown, *pinyin, source, rare)


def _unread(printed: Span, unread: Sequence[Unread]) -> str:
    found = (one for one in unread if one.start < printed.end and printed.start < one.end)
    return "; ".join(f"{one.kind}, {handling(one)}" for one in found)


def _within(words: Sequence[Word], span: Span) -> Iterator[Word]:
    return (word for word in words if word.start < span.end and word.end > span.start)


def _source(word: Word, forced: Sequence[Reading], names: Sequence[Reading]) -> str:
    if word.mark:
        return "pause"
    for readings, source in ((forced, YOUR_LEXICON), (names, NAME)):
        if any(one.start < word.end and one.end > word.start for one in readings):
            return source
    return WORDS


def _pinyin(words: Sequence[Word], span: Span) -> str:
    return " ".join(
        syllable.pinyin
        for word in words
        for syllable in word.syllables
        if span.start <= syllable.start < span.end
    )
