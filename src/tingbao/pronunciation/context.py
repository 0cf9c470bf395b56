"""Readings that hang on the neighbours: 为, 地, 得 and their like, and family names.

Each rule looks at one word among its neighbours and returns its reading, or None to leave it
as the dictionary has it. They were written for newspaper sentences; what they cannot know (a
name with a rare reading) is what forced readings are for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from tingbao.pronunciation.dictionary import loose_places
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.names import surname
from tingbao.pronunciation.words import Word

__all__ = ["decide"]


@dataclass(frozen=True, slots=True)
class _Place:
    """One word among its neighbours; ``before`` and ``after`` are empty at a pause."""

    text: str
    words: tuple[Word, ...]
    index: int

    @property
    def here(self) -> str:
        return self._text_of(self.words[self.index])

    @property
    def before(self) -> str:
        return self._beside(self.index - 1)

    @property
    def after(self) -> str:
        return self._beside(self.index + 1)

    @property
    def earlier(self) -> list[str]:
        """The words back to the last pause, nearest first; an enumeration comma is none."""
        found: list[str] = []
        for word in reversed(self.words[: self.index]):
            if word.mark and word.mark != "、":
                break
            found.append(self._text_of(word))
        return found

    @property
    def rest(self) -> str:
        """The text from the end of this word to the next pause."""
        start = self.words[self.index].end
        stops = (word.start for word in self.words[self.index :] if word.mark)
        return self.text[start : next(stops, len(self.text))]

    def _beside(self, index: int) -> str:
        if not 0 <= index < len(self.words) or self.words[index].mark:
            return ""
        return self._text_of(self.words[index])

    def _text_of(self, word: Word) -> str:
        return self.text[word.start : word.end]


def decide(
    text: str, words: tuple[Word, ...], *, fixed: frozenset[int] = frozenset()
) -> tuple[Word, ...]:
    """``words`` with the readings that their neighbours decide; words at ``fixed`` places stay."""
    return tuple(
        word if word.start in fixed else _decided(_Place(text, words, index))
        for index, word in enumerate(words)
    )


def _decided(place: _Place) -> Word:
    word = place.words[place.index]
    name = surname(place.text, word.start, place.here)
    if name:
        return _read_as(word, 0, name)
    for at in loose_places(place.here) if word.syllables else ():
        reading = _reading_at(place, at)
        word = _read_as(word, at, reading) if reading else word
    return word


def _reading_at(place: _Place, at: int) -> str | None:
    rule = _RULES.get(place.here)
    return rule(place) if rule else _beside(place.text, place.words[place.index].start + at)


def _beside(text: str, at: int) -> str | None:
    """The reading whose pattern in the lexicon fits the text round the character at ``at``."""
    for reading, pattern in lexicon().contexts.get(text[at], ()):
        if pattern.match(text, at):
            return reading
    return None


def _read_as(word: Word, at: int, reading: str) -> Word:
    changed = replace(word.syllables[at], pinyin=reading)
    return replace(word, syllables=(*word.syllables[:at], changed, *word.syllables[at + 1 :]))


# --- 为 -------------------------------------------------------------------------------------

_FIGURE = re.compile(
    r"(?:约|近|超|负|零下)?(?:[0-9]|百分之|[〇零一二三四五六七八九两][〇零一二三四五六七八九十百千万亿点]"
    r"|[一二三四五六七八九十两][个名项家人倍元吨米级等届轮年月天时种类])"
)
_PEOPLE = re.compile(
    r"[〇零一二三四五六七八九十百千万亿多余几名位0-9]+(?:各族|中国)?(?:人民|同胞|儿女|百姓|群众)"
)
_BENEFIT = re.compile(
    "献礼|贡献|服务|提供|注入|奠定|创造|营造|增添|筑牢|保驾护航|打下|谋|赋能|助力|保障"
)


def _wei(place: _Place) -> str | None:
    """``wei2`` (to be, to become, 以…为…) or ``wei4`` (for)."""
    after, known = place.after, lexicon()
    if after == "" or place.before in known.words("wei2_after"):
        return "wei2"
    if _PEOPLE.match(place.rest):
        return "wei4"
    if _FIGURE.match(place.rest):
        return "wei2"
    return _wei_of_pair(place)


def _wei_of_pair(place: _Place) -> str:
    opened = next((word for word in place.earlier if word in _PAIRED or word == "为"), "为")
    if opened == "为":
        return "wei4"
    if place.after in lexicon().words("wei2_before"):
        return "wei2"
    return "wei4" if opened == "以" and _BENEFIT.search(place.rest) else "wei2"


_PAIRED = frozenset({"以", "化", "变", "转", "聘", "选", "称", "尊", "奉", "誉", "视", "引", "拜"})


# --- 地, 得 ----------------------------------------------------------------------------------


def _de_of_manner(place: _Place) -> str | None:
    """``de5`` between how and what is done; ``di4`` for places."""
    manner = place.before
    if place.after == "" or not _may_be_manner(place, manner):
        return "di4"
    return "de5"


def _may_be_manner(place: _Place, manner: str) -> bool:
    if manner in lexicon().words("di4_after") or place.after in lexicon().words("di4_before"):
        return False
    if len(manner) >= 2:
        return manner[-1] not in "等各两三多"
    return len(place.earlier) > 1 and place.earlier[1] in _DEGREES


_DEGREES = frozenset({"更", "更加", "很", "最", "极", "较", "非常", "十分", "越来越", "如此", "地"})


def _de_of_degree(place: _Place) -> str | None:
    """``de5`` after a verb before its complement, ``dei3`` for must, else ``de2`` (to get)."""
    if place.before in {"", "不", "难", "可", "已", "将", "所", "并", "也", "就", "共", "先", "再"}:
        return "dei3" if place.after in _ACTIONS else "de2"
    if place.after in lexicon().words("gains"):
        return "de2"
    return "de5"


_ACTIONS = frozenset({"去", "来", "靠", "看", "有", "要", "让", "把", "用", "先", "从", "抓", "下"})


_RULES: MappingProxyType[str, Callable[[_Place], str | None]] = MappingProxyType(
    {"为": _wei, "地": _de_of_manner, "得": _de_of_degree}
)
