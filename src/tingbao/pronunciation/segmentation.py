"""Cutting a run of Han characters into words: the likeliest cut under word frequencies.

Viterbi over a unigram model, as jieba does it, with jieba's frequencies (``frequencies.txt``,
MIT) joined by the phrases of pypinyin and our own lexicon, so that every word with a known
reading can be found as a word.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterable, Mapping
from importlib import resources

from tingbao.pronunciation.lexicon import lexicon

_PHRASE_FREQUENCY = 10
"""Phrases of pypinyin outside the list: rarer than its last entry (81)."""

_LEXICON_FREQUENCY = 4000
"""Our own words are there because their reading matters: they win over a chance neighbour."""

_TITLE_FREQUENCY = 20000
"""A title is followed by a name, which no list has: 局长 宁志刚, not 局 长宁 志刚."""

_MAX_LENGTH = 8


def cut(run: str) -> list[str]:
    """The words of a run of Han characters, in order; joined again they are the run."""
    return _best(run, longest=_MAX_LENGTH)


@functools.lru_cache(maxsize=4096)
def parts(word: str) -> tuple[str, ...]:
    """The smaller words that a word is made of: 展览馆 is 展览, 馆."""
    return tuple(_best(word, longest=len(word) - 1)) if len(word) > 1 else (word,)


def frequency(word: str) -> int:
    """How often ``word`` occurs in the list; 0 if it is not there."""
    return _frequencies().get(word, 0)


def characters() -> tuple[str, ...]:
    """The single characters of the list, the commonest first."""
    return tuple(word for word in _frequencies() if len(word) == 1)


def is_word(text: str) -> bool:
    """Whether ``text`` is a known word of more than one character."""
    return len(text) > 1 and text in _costs()


def _best(run: str, *, longest: int) -> list[str]:
    costs = _costs()
    unknown = math.log(_total())
    best = [0.0] * (len(run) + 1)
    start_of = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        best[end] = math.inf
        for start in range(max(0, end - longest), end):
            cost = costs.get(run[start:end], unknown if end - start == 1 else math.inf)
            if best[start] + cost < best[end]:
                best[end], start_of[end] = best[start] + cost, start
    return list(_walk(run, start_of))


def _walk(run: str, start_of: list[int]) -> Iterable[str]:
    ends = [len(run)]
    while ends[-1] > 0:
        ends.append(start_of[ends[-1]])
    ends.reverse()
    return (run[start:end] for start, end in itertools.pairwise(ends))


@functools.cache
def _costs() -> Mapping[str, float]:
    counts = dict.fromkeys(_phrases(), _PHRASE_FREQUENCY)
    counts.update((word, n) for word, n in _frequencies().items() if _is_one_word(word))
    for word in lexicon().known_words:
        counts[word] = max(counts.get(word, 0), _LEXICON_FREQUENCY)
    for word in lexicon().words("titles"):
        counts[word] = max(counts.get(word, 0), _TITLE_FREQUENCY)
    for word in lexicon().words("no_words"):
        counts.pop(word, None)
    total = _total()
    return {word: math.log(total / count) for word, count in counts.items()}


def _is_one_word(word: str) -> bool:
    """Not 为民 or 听得: 为 and 得 are words of their own unless the word's reading is known."""
    return len(word) == 1 or not _FUNCTION & set(word) or word in _phrases()


_FUNCTION = frozenset("为得")


@functools.cache
def _total() -> int:
    return sum(_frequencies().values())


def _phrases() -> Mapping[str, object]:
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  - 100 ms that only speech needs

    return PHRASES_DICT


@functools.cache
def _frequencies() -> Mapping[str, int]:
    text = (resources.files(__package__) / "frequencies.txt").read_text("utf-8")
    pairs = (line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    return {word: int(count) for word, count in pairs}
