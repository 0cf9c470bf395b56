"""Words to the voice's tokens: initial, final with tone, and prosody marks between syllables.

The alphabet is that of the Baker corpus (``baker_mapper.json``): ``#0`` inside a prosodic word,
``#1`` between prosodic words, ``#2`` and ``#3`` for a short and a long pause, ``sil`` at both
ends, ``^`` where a syllable has no initial, ``er5`` after the final of an erhua syllable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from tingbao.errors import EngineDownError, SynthesisError
from tingbao.pronunciation import Syllable, Word
from tingbao.synthesis.embedded.sound import Tokens, TokenSpan

ERHUA = "er5"
NO_INITIAL = "^"
PAUSES = frozenset({"#2", "#3", "sil"})
SHORT_PAUSE_MARKS = frozenset("、（）")
PROSODIC_WORD_SYLLABLES = 3
PAUSE_VOICED_FRAMES = 7
"""A syllable rings on into the mark after it; of a pause only this much (85 ms) is speech."""

# Spellings that pinyin shortens after an initial: 顿 dun is d + uen.
_WRITTEN_OUT = MappingProxyType({"un": "uen", "ui": "uei", "iu": "iou"})


class Mapper(msgspec.Struct, frozen=True):
    """The voice's alphabet: token numbers, and the tokens of each syllable without its tone."""

    symbol_to_id: dict[str, int]
    pinyin_dict: dict[str, tuple[str, str]]

    def sounds(self, syllable: Syllable) -> tuple[str, ...]:
        """The tokens of a syllable.

        Raises:
            SynthesisError: the voice has no such sound.
        """
        letters, tone = syllable.pinyin[:-1], syllable.pinyin[-1]
        initial, final = self.pinyin_dict.get(letters) or self._taken_apart(letters)
        tail = (ERHUA,) if syllable.erhua and final != "er" else ()
        sounds = (initial, f"{final}{tone}", *tail)
        if any(sound not in self.symbol_to_id for sound in sounds):
            raise SynthesisError(f"the baker voice has no sound for the syllable {syllable.pinyin}")
        return sounds

    def _taken_apart(self, letters: str) -> tuple[str, str]:
        """Initial and final of a rare syllable (din, len, biang) that the table leaves out."""
        for size in (2, 1):
            initial, rest = letters[:size], letters[size:]
            if initial in self.symbol_to_id:
                return initial, _WRITTEN_OUT.get(rest, rest)
        return NO_INITIAL, letters.removeprefix("w")


def load_mapper(path: Path) -> Mapper:
    """Read ``baker_mapper.json``.

    Raises:
        EngineDownError: the file is missing or is not such a table.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mapper)
    except (OSError, msgspec.DecodeError) as error:
        raise EngineDownError(f"the baker voice cannot be loaded: {path}: {error}") from error


def tokens_of(words: Sequence[Word], mapper: Mapper) -> Tokens:
    """The tokens of one chunk of speech; it has at least one syllable.

    Raises:
        SynthesisError: the voice has no sound for a syllable.
    """
    symbols = ["sil"]
    spans: list[TokenSpan] = []
    for syllable, mark in _marks_after(words):
        first = len(symbols)
        symbols += mapper.sounds(syllable)
        spans.append(_span(syllable, first, len(symbols), mark))
        symbols.append(mark)
    symbols[-1] = "sil"
    symbols.append("eos")
    return Tokens(tuple(mapper.symbol_to_id[symbol] for symbol in symbols), tuple(spans))


def _span(syllable: Syllable, first: int, mark_at: int, mark: str) -> TokenSpan:
    """A mark without a pause belongs to its syllable; into a pause it only rings on."""
    if mark in PAUSES:
        return TokenSpan(syllable, first, mark_at, PAUSE_VOICED_FRAMES)
    return TokenSpan(syllable, first, mark_at + 1)


def _marks_after(words: Sequence[Word]) -> Iterator[tuple[Syllable, str]]:
    """Every syllable with the prosody mark that follows it."""
    grouped = 0
    for place, word in enumerate(words):
        if not word.syllables:
            continue
        grouped += len(word.syllables)
        for syllable in word.syllables[:-1]:
            yield syllable, "#0"
        mark = _mark_between(word, words[place + 1 :], grouped)
        yield word.syllables[-1], mark
        grouped = grouped if mark == "#0" else 0


def _mark_between(word: Word, rest: Sequence[Word], grouped: int) -> str:
    pauses: list[str] = []
    for other in rest:
        if other.syllables:
            return max(pauses) if pauses else _boundary(word, other, grouped)
        pauses.append("#2" if other.mark in SHORT_PAUSE_MARKS else "#3")
    return "sil"


def _boundary(word: Word, other: Word, grouped: int) -> str:
    """A single syllable leans on its neighbour: together they are one prosodic word (我的)."""
    leans = len(word.syllables) == 1 or len(other.syllables) == 1
    fits = grouped + len(other.syllables) <= PROSODIC_WORD_SYLLABLES
    return "#0" if leans and fits else "#1"
