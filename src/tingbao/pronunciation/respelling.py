"""The same sounds in commoner characters, for voices that take no pinyin: 单县 → 善县.

A character is taken as the stand-in for a syllable only if every word of the dictionary reads it
in that one way; the commonest such character is the one that a machine knows best. The whole is
read again afterwards: a stand-in that changes its sound beside its new neighbours is not used.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from tingbao.models import Reading
from tingbao.pronunciation.dictionary import read_plainly, readings_in_words
from tingbao.pronunciation.reader import name_readings, pronounce
from tingbao.pronunciation.segmentation import characters, frequency

_UNFIT = frozenset("死屎尸奸贼鬼妓奴痔粪逼操尿屁")
"""Right in sound, but nothing to put into somebody's name."""


def respelled(spoken: str, readings: Sequence[Reading] = ()) -> str:
    """``spoken`` with other characters where its usual reading is not the wanted one.

    Wanted are ``readings``, and those of names with a rare reading that the built-in lexicon
    knows. The result has as many characters as ``spoken``, so times of the one are times of the
    other; a syllable without a stand-in stays as it is.
    """
    result = spoken
    for reading in (*readings, *name_readings(spoken, readings)):
        syllables = reading.pinyin.split()
        if len(syllables) == reading.end - reading.start:
            result = _with_reading(result, reading.start, syllables)
    return result


def _with_reading(text: str, start: int, syllables: Sequence[str]) -> str:
    usual = read_plainly(text[start : start + len(syllables)])
    for at, (wanted, said) in enumerate(zip(syllables, usual, strict=True), start=start):
        stand_in = _stand_ins().get(wanted)
        if wanted != said and stand_in:
            tried = f"{text[:at]}{stand_in}{text[at + 1 :]}"
            text = tried if _reads(tried, at) == wanted else text
    return text


def _reads(text: str, at: int) -> str | None:
    """The syllable of the character at ``at``, before sandhi."""
    syllables = (one for word in pronounce(text, sandhi=False) for one in word.syllables)
    return next((one.pinyin for one in syllables if one.start == at), None)


@functools.cache
def _stand_ins() -> Mapping[str, str]:
    """The commonest character of each syllable that every word reads in that one way."""
    used = readings_in_words()
    fit = [one for one in characters() if frequency(one) >= _COMMON and one not in _UNFIT]
    return {next(iter(used[one])): one for one in reversed(fit) if len(used.get(one, ())) == 1}


_COMMON = 200
"""Of 60 million characters counted: the first three thousand or so, that everybody can read."""
