"""Tone sandhi as in read news: 一, 不, runs of third tones; and 儿 joined to its syllable.

Third tones follow the words (Duanmu, The Phonology of Standard Chinese, ch. 11; Lin, The Sounds
of Chinese, ch. 9): first inside the smallest words, then where words meet, up to the next pause.
展览馆 is 2-2-3, 党小组 3-2-3.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tingbao.pronunciation.dictionary import read_word
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import parts
from tingbao.pronunciation.tones import with_tone
from tingbao.pronunciation.words import Syllable, Word

_FIGURES = frozenset("〇零一二三四五六七八九")


def change_tones(text: str, words: tuple[Word, ...], *, fixed: frozenset[int]) -> tuple[Word, ...]:
    """``words`` as a news reader says them; 一 and 不 at the places ``fixed`` keep their tone."""
    changed: list[Word] = []
    for phrase in _phrases(text, words):
        lightly = _change_one_and_not(text, phrase, fixed)
        changed += _change_thirds(text, lightly)
    return tuple(changed)


def merge_erhua(text: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Join 儿 in the neutral tone to the syllable before it."""
    return tuple(replace(word, syllables=tuple(_merged(text, word.syllables))) for word in words)


def _merged(text: str, syllables: Sequence[Syllable]) -> Iterator[Syllable]:
    rest = list(syllables)
    while rest:
        first, *rest = rest
        if rest and rest[0].pinyin == "er5" and text[rest[0].start : rest[0].end] == "儿":
            first = replace(first, end=rest[0].end, erhua=True)
            rest = rest[1:]
        yield first


def _phrases(text: str, words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Stretches without a pause: they end at a mark and at white space."""
    phrase: list[Word] = []
    for word in words:
        spaced = phrase and text[phrase[-1].end : word.start].strip("“”‘’「」『』《》〈〉") != ""
        if phrase and (spaced or word.mark or phrase[-1].mark):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


# --- 一 and 不 -------------------------------------------------------------------------------


def _change_one_and_not(text: str, phrase: list[Word], fixed: frozenset[int]) -> list[Word]:
    following = [syllable for word in phrase for syllable in word.syllables][1:]
    nexts: Iterator[Syllable | None] = iter([*following, None])
    return [
        replace(
            word,
            syllables=tuple(
                syllable if syllable.start in fixed else _light(text, word, syllable, after)
                for syllable, after in zip(word.syllables, nexts, strict=False)
            ),
        )
        for word in phrase
    ]


def _light(text: str, word: Word, syllable: Syllable, after: Syllable | None) -> Syllable:
    character = text[syllable.start : syllable.end]
    if character not in {"一", "不"} or syllable.tone == 5 or after is None:
        return syllable
    if character == "一" and _stays_one(text, word, syllable.start):
        return syllable
    if _stands_between_twins(text, syllable.start) or _is_potential(text, word, syllable.start):
        return replace(syllable, pinyin=with_tone(syllable.pinyin, 5))
    falling = _full_tone(text, after) == 4
    usual = 4 if character == "不" or not falling else 2
    return replace(syllable, pinyin=with_tone(syllable.pinyin, 2 if falling else usual))


def _stands_between_twins(text: str, at: int) -> bool:
    """看一看, 是不是: the middle is light."""
    return 0 < at < len(text) - 1 and text[at - 1] == text[at + 1] and text[at - 1] not in _FIGURES


def _is_potential(text: str, word: Word, at: int) -> bool:
    """对不起, 离不开: 不 between a verb and what comes of it is light."""
    inside = word.end - word.start == 3 and at == word.start + 1
    return inside and text[at + 1] in lexicon().words("outcomes")


def _full_tone(text: str, syllable: Syllable) -> int:
    """The tone, or the one a neutral syllable has when it is stressed: 个 of 一个 is falling."""
    if syllable.tone != 5:
        return syllable.tone
    character = text[syllable.start]
    return int(lexicon().stressed.get(character) or read_word(character)[0][-1])


def _stays_one(text: str, word: Word, at: int) -> bool:
    """Whether 一 is a figure, an ordinal or the end of a word such as 统一."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before in _FIGURES or after in _FIGURES or before in {"第", "十"}:
        return True
    if _is_in_score(text, at) or (before.isascii() and before.isalpha()):
        return True
    if _is_in_decimal(text, word, at):
        return True
    if after == "十":
        return before in {"百", "千", "万", "亿"}
    return _ends_in_one(text, word, at) or _is_ordinal(text, at)


def _is_in_decimal(text: str, word: Word, at: int) -> bool:
    """一点五, 零点一; not 一点三十分, 三点一刻, nor the word 一点一滴."""
    if at + 2 >= word.end and text[at + 1 : at + 2] == "点":
        return text[at + 2 : at + 3] in _FIGURES and text[at + 3 : at + 4] != "十"
    figures = at - 2 < word.start and text[at - 1 : at] == "点" and at >= 2
    return figures and text[at - 2] in _FIGURES | {"十"} and text[at + 1 : at + 2] != "刻"


def _is_in_score(text: str, at: int) -> bool:
    """一比零, 三比一; not 一比就知道, 比一比."""
    opens = text[at + 1 : at + 2] == "比" and text[at + 2 : at + 3] in _FIGURES
    closes = text[at - 1 : at] == "比" and at >= 2 and text[at - 2] in _FIGURES | {"十"}
    return opens or closes


def _ends_in_one(text: str, word: Word, at: int) -> bool:
    """统一, also inside 统一战线; but 同一天 is 同 and 一天."""
    ending, known = text[word.start : at + 1], lexicon().words("ends_in_one")
    if at != word.end - 1:
        known -= {"同一"}
    return any(ending[start:] in known for start in range(len(ending) - 1))


def _is_ordinal(text: str, at: int) -> bool:
    if text.startswith("一日", at):
        return text[at - 1 : at] == "月"
    return any(text.startswith(word, at) for word in lexicon().words("ordinal_one"))


# --- third tones ----------------------------------------------------------------------------


def _change_thirds(text: str, phrase: list[Word]) -> list[Word]:
    tones = [syllable.tone for word in phrase for syllable in word.syllables]
    at = 0
    starts = []
    for word in phrase:
        starts.append(at)
        if _one_per_character(word):
            _raise_inside(text[word.start : word.end], tones, at)
        at += len(word.syllables)
    for start in starts[1:]:
        _raise_where_two_meet(tones, start)
    return _with_tones(phrase, tones)


def _one_per_character(word: Word) -> bool:
    return len(word.syllables) == word.end - word.start


def _raise_inside(word: str, tones: list[int], at: int) -> None:
    """Change the tones of ``word``, which begin at ``tones[at]``, from its smallest parts up."""
    if len(word) == 2:
        _raise_where_two_meet(tones, at + 1)
        _raise_before_lightened(word, tones, at)
    if len(word) <= 2:
        return
    pieces = parts(word)
    starts = [at + offset for offset in itertools.accumulate(map(len, pieces), initial=0)]
    for piece, start in zip(pieces, starts, strict=False):
        _raise_inside(piece, tones, start)
    for start in starts[1:-1]:
        _raise_where_two_meet(tones, start)


def _raise_where_two_meet(tones: list[int], at: int) -> None:
    if 0 < at < len(tones) and tones[at - 1] == tones[at] == 3:
        tones[at - 1] = 2


def _raise_before_lightened(word: str, tones: list[int], at: int) -> None:
    """小姐, 想想: the second syllable is light, yet the first is said as before a third tone."""
    if word in lexicon().words("lifted"):
        tones[at] = 2


def _with_tones(phrase: list[Word], tones: list[int]) -> list[Word]:
    supply = iter(tones)
    return [
        replace(
            word,
            syllables=tuple(
                replace(syllable, pinyin=with_tone(syllable.pinyin, next(supply)))
                for syllable in word.syllables
            ),
        )
        for word in phrase
    ]
