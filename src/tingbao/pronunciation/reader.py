"""From spoken text to words and syllables: the one way in for every engine that needs pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from tingbao.errors import SynthesisError
from tingbao.models import Reading
from tingbao.pronunciation.context import decide
from tingbao.pronunciation.dictionary import is_known, read_word
from tingbao.pronunciation.foreign import FOREIGN, is_foreign, sounds
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.sandhi import change_tones, merge_erhua
from tingbao.pronunciation.segmentation import cut
from tingbao.pronunciation.tones import check
from tingbao.pronunciation.words import Syllable, Word
from tingbao.text.han import HAN, fold_radicals

VERSION = 2
"""Goes up when the same text gets other words, syllables or marks: all clips of the embedded voices
are then spoken again. Moving or renaming code does not count."""

_HAN = re.compile(rf"[{HAN}\u2f00-\u2fd5]+")
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
    words are said one by one (:mod:`tingbao.pronunciation.foreign`); :func:`unreadable` names
    what has no reading and is said by a stand-in. ``readings`` replace the dictionary: a reading
    of as many syllables as characters goes character by character, and 一 and 不 in it keep the
    tone given.

    Raises:
        SynthesisError: a forced reading is not pinyin, or lies outside the text.
    """
    return merge_erhua(spoken, _said(spoken, readings, sandhi=sandhi))


def pinyin_line(text: str, readings: Sequence[Reading] = ()) -> str:
    """Dictionary tones before sandhi: one tone-numbered syllable per Han character of ``text``."""
    return " ".join(
        syllable.pinyin
        for word in _said(text, readings, sandhi=False)
        for syllable in word.syllables
        if _HAN.match(text, syllable.start)
    )


def spoken_pinyin_line(spoken: str, readings: Sequence[Reading] = ()) -> str:
    """What is heard, after sandhi: every syllable of ``spoken``, letters and figures included."""
    words = _said(spoken, readings, sandhi=True)
    return " ".join(syllable.pinyin for word in words for syllable in word.syllables)


def unreadable(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that are said by a stand-in, each once, in order.

    They are Han characters without a known reading (said as 某), and letters of scripts that
    have no Chinese names (a stretch of them is said as 外文).
    """
    return tuple(dict.fromkeys(sign for sign in fold_radicals(text) if not _is_readable(sign)))


def name_readings(spoken: str, readings: Sequence[Reading] = ()) -> tuple[Reading, ...]:
    """The names in ``spoken`` that the built-in lexicon reads, outside the given ``readings``."""
    taken = _positions(readings)
    return tuple(
        Reading(word.start, word.end, " ".join(syllable.pinyin for syllable in word.syllables))
        for word in _said(spoken, readings, sandhi=False)
        if word.start not in taken and _is_name(spoken, word)
    )


def _is_name(spoken: str, word: Word) -> bool:
    text = spoken[word.start : word.end]
    if text in lexicon().names:
        return True
    surname = lexicon().surnames.get(text[:1])
    return surname is not None and word.syllables[0].pinyin == surname != read_word(text)[0]


def _is_readable(sign: str) -> bool:
    return is_known(sign) if _HAN.match(sign) else not is_foreign(sign)


def _said(spoken: str, readings: Sequence[Reading], *, sandhi: bool) -> tuple[Word, ...]:
    text = fold_radicals(spoken)
    words = _dictionary_words(text, readings)
    return change_tones(text, words, fixed=_positions(readings)) if sandhi else words


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
            word = _mark(spoken, at, end) or _foreign_word(spoken, at, end)
            if word:
                yield word
            at = word.end if word else at + 1


def _han_words(run: str, at: int) -> Iterator[Word]:
    for text in cut(run):
        spans = enumerate(read_word(text), start=at)
        yield Word(at, at + len(text), tuple(Syllable(p, i, i + 1) for i, p in spans))
        at += len(text)


def _mark(spoken: str, at: int, end: int) -> Word | None:
    """The punctuation mark at ``at``, repeated ones taken together."""
    if spoken[at] not in _MARKS or _POINT.match(spoken, at):
        return None
    same = _SAME_MARK.match(spoken, at, end)
    assert same is not None
    return Word(at, same.end(), mark=_MARKS[spoken[at]])


def _foreign_word(spoken: str, at: int, end: int) -> Word | None:
    """The run of letters and figures that begins at ``at``; None where it is silent."""
    if is_foreign(spoken[at]):
        stop = next((i for i in range(at, end) if not _is_foreign_letter(spoken[i])), end)
        return Word(at, stop, tuple(Syllable(pinyin, at, stop) for pinyin in FOREIGN))
    syllables: list[Syllable] = []
    stop = at
    while stop < end and (said := _sounds(spoken, stop)):
        syllables += (Syllable(pinyin, stop, stop + 1) for pinyin in said)
        stop += 1
    return Word(at, stop, tuple(syllables)) if syllables else None


def _is_foreign_letter(sign: str) -> bool:
    return is_foreign(sign) and not _HAN.match(sign)


def _sounds(spoken: str, at: int) -> tuple[str, ...]:
    if _POINT.match(spoken, at):
        return ("dian3",)
    if spoken[at] in _MARKS or _HAN.match(spoken, at):
        return ()
    return sounds(spoken[at])
