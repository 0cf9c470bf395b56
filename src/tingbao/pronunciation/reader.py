"""From spoken text to words and syllables: the one way in for every engine that needs pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from tingbao.errors import SynthesisError
from tingbao.models import Reading
from tingbao.pronunciation.context import decide
from tingbao.pronunciation.dictionary import read_word
from tingbao.pronunciation.foreign import DIGITS, LETTERS, SYMBOLS, is_letter, plain
from tingbao.pronunciation.sandhi import change_tones, merge_erhua
from tingbao.pronunciation.segmentation import cut
from tingbao.pronunciation.tones import check
from tingbao.pronunciation.words import Syllable, Word

__all__ = ["pinyin_line", "pronounce"]

_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_POINT = re.compile(r"(?<=[0-9A-Za-z])[.．](?=[0-9A-Za-z])")
_SAME_MARK = re.compile(r"(.)\1*")

_MARKS = MappingProxyType(
    {
        sign: mark
        for mark, signs in {
            "，": "，,﹐", "。": "。.．｡", "！": "！!", "？": "？?", "；": "；;", "：": "：:",
            "、": "、､", "…": "…⋯", "—": "—–―─", "（": "（(〔［[【", "）": "）)〕］]】",
        }.items()
        for sign in signs
    }
)  # fmt: skip


def pronounce(
    spoken: str, readings: Sequence[Reading] = (), *, sandhi: bool = True
) -> tuple[Word, ...]:
    """The words of ``spoken`` with their syllables, and its punctuation marks, in order.

    Every character is inside a word, or is white space or typography without a sound (quotes,
    book-title marks, bullets). Letters, figures and signs that the script did not turn into
    words are said one by one (:mod:`tingbao.pronunciation.foreign`). ``readings`` replace the
    dictionary: a reading of as many syllables as characters goes character by character, and 一
    and 不 in it keep the tone given.

    Raises:
        SynthesisError: a character has no known reading, or a forced reading is not pinyin.
    """
    words = _dictionary_words(spoken, readings)
    if sandhi:
        words = change_tones(spoken, words, fixed=_positions(readings))
    return merge_erhua(spoken, words)


def pinyin_line(text: str) -> str:
    """Dictionary tones before sandhi: one tone-numbered syllable per Han character of ``text``.

    Raises:
        SynthesisError: a character has no known reading.
    """
    words = (word for run in _HAN.finditer(text) for word in _han_words(run.group(), run.start()))
    decided = decide(text, tuple(words))
    return " ".join(syllable.pinyin for word in decided for syllable in word.syllables)


def _dictionary_words(spoken: str, readings: Sequence[Reading]) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for reading in sorted(readings, key=lambda reading: reading.start):
        if not at <= reading.start < reading.end <= len(spoken):
            raise SynthesisError(
                f"the reading {reading.pinyin!r} of characters {reading.start} to {reading.end} "
                "lies outside the text or over another reading"
            )
        words += _free_words(spoken, at, reading.start)
        words.append(_forced_word(spoken, reading))
        at = reading.end
    words += _free_words(spoken, at, len(spoken))
    return decide(spoken, tuple(words), fixed=_positions(readings))


def _positions(readings: Sequence[Reading]) -> frozenset[int]:
    return frozenset(at for reading in readings for at in range(reading.start, reading.end))


def _forced_word(spoken: str, reading: Reading) -> Word:
    text = spoken[reading.start : reading.end]
    pinyin = [check(syllable, text) for syllable in reading.pinyin.split()]
    if not pinyin:
        raise SynthesisError(f"the reading of {text!r} is empty")
    whole = (reading.start, reading.end)
    each = len(pinyin) == len(text)
    spans = [(at, at + 1) for at in range(*whole)] if each else [whole] * len(pinyin)
    syllables = (Syllable(one, *span) for one, span in zip(pinyin, spans, strict=True))
    return Word(*whole, tuple(syllables))


def _free_words(spoken: str, start: int, end: int) -> Iterator[Word]:
    at = start
    while at < end:
        run = _HAN.match(spoken, at, end)
        if run:
            yield from _han_words(run.group(), at)
            at = run.end()
        else:
            word = _foreign_word(spoken, at, end)
            if word:
                yield word
            at = word.end if word else at + 1


def _han_words(run: str, at: int) -> Iterator[Word]:
    for text in cut(run):
        spans = enumerate(read_word(text), start=at)
        yield Word(at, at + len(text), tuple(Syllable(p, i, i + 1) for i, p in spans))
        at += len(text)


def _foreign_word(spoken: str, at: int, end: int) -> Word | None:
    """The mark, or the run of letters and figures, that begins at ``at``; None where it is silent.

    Raises:
        SynthesisError: a letter that has no name in Chinese.
    """
    sign = spoken[at]
    if sign in _MARKS and not _POINT.match(spoken, at):
        same = _SAME_MARK.match(spoken, at, end)
        return Word(at, same.end() if same else at + 1, mark=_MARKS[sign])
    syllables: list[Syllable] = []
    stop = at
    while stop < end and (sounds := _sounds(spoken, stop)):
        syllables += (Syllable(pinyin, stop, stop + 1) for pinyin in sounds)
        stop += 1
    return Word(at, stop, tuple(syllables)) if syllables else None


def _sounds(spoken: str, at: int) -> tuple[str, ...]:
    if _POINT.match(spoken, at):
        return ("dian3",)
    if spoken[at] in _MARKS or _HAN.match(spoken, at):
        return ()
    return tuple(pinyin for sign in plain(spoken[at]) for pinyin in _sounds_of(sign, spoken[at]))


def _sounds_of(sign: str, printed: str) -> tuple[str, ...]:
    if sign in DIGITS:
        return (DIGITS[sign],)
    sounds = LETTERS.get(sign) or SYMBOLS.get(sign) or ()
    if not sounds and is_letter(sign):
        raise SynthesisError(
            f"{printed!r} (U+{ord(printed):04X}) has no reading in Chinese; "
            "write it in Chinese in the script"
        )
    return sounds
