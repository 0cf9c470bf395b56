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
_CHARACTER = re.compile(
    "人(?:正直|处世|师表|忠厚|谦|低调|善良|诚|处事|坦|随和|热情|厚道|和善|老实|父|母|妻|师|子)"
)
_BENEFIT = re.compile(
    "献礼|贡献|服务|提供|注入|奠定|创造|营造|增添|筑牢|保驾|护航|打下|[谋赢争]|赋能|助力|保障|[做作]出|"
    "带来|添|增光|办[理实好了]|送[上去来]|讲|介绍|颁|授予|举[行办]|开展|[搭修]建|解[决惑忧]|把[脉关]|加油|点赞|"
    "喝彩|鼓掌|着想|考虑|操心|准备|安排|设立|设计|定制|量身|撑腰|减负|松绑|插上|开[设辟启拓]|铺[路平]|"
    "指明|提振|立传|画像|代言|辩护|牺牲|奋斗|捐|募|筹|免费|义诊|治[疗病]|诊|体检|理发|垫付|购买|配备|"
    "安装|寻找|找到|取得|拓展|构建|建立|发放|补贴|报销|输送|培养|培训|授课|辅导|照亮|敲响|付出|"
    "感到|欢呼|祈|骄傲|高兴|担心|捏|买单|负责|说话|代劳|题词|作序|拍摄|制作|挡|开|打|写|做|买|修|织|包"
)


def _wei(place: _Place) -> str | None:
    """``wei2`` (to be, to become, 以…为…) or ``wei4`` (for)."""
    after, known = place.after, lexicon()
    if after == "" or place.before in known.words("wei2_after"):
        return "wei2"
    if after in known.words("wei2_opening") or _CHARACTER.match(place.rest):
        return "wei2"
    if after in known.words("wei4_before") or _PEOPLE.match(place.rest):
        return "wei4"
    if _FIGURE.match(place.rest):
        return "wei2"
    return _wei_of_pair(place) or _wei_of_clause(place)


def _wei_of_pair(place: _Place) -> str | None:
    """以…为…, 变…为…: the verb before decides, unless what follows is done for somebody."""
    opened = next((word for word in place.earlier if word in _PAIRED or word == "为"), "为")
    if opened == "为":
        return None
    if place.after in lexicon().words("wei2_before"):
        return "wei2"
    return "wei4" if opened == "以" and _BENEFIT.search(place.rest) else "wei2"


_PAIRED = frozenset({"以", "化", "变", "转", "聘", "选", "称", "尊", "奉", "誉", "视", "引", "拜"})


def _wei_of_clause(place: _Place) -> str:
    """At the beginning of a clause 为 is for; after a subject it is the copula if nothing is done."""
    if place.before == "" or _BENEFIT.search(place.rest):
        return "wei4"
    return "wei2" if len(place.rest) <= _LONGEST_PREDICATE else "wei4"


_LONGEST_PREDICATE = 15
"""A noun after the copula is shorter, in characters, than a purpose with what is done for it."""


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
    known = lexicon()
    if place.before in _OBLIGED:
        return "dei3" if place.after[:1] in _ACTIONS else "de2"
    if place.before in known.words("de2_after") or place.after in known.words("gains"):
        return "de2"
    return "de5" if place.after else "de2"


_OBLIGED = frozenset(
    {
        "", "也", "就", "先", "再", "都", "还", "总", "必须", "只", "才", "非", "光", "又", "可", "便",
        "你", "我", "他", "她", "您", "咱", "我们", "你们", "他们", "咱们", "大家", "人", "干部", "谁",
    }
)  # fmt: skip
_ACTIONS = frozenset("去来靠看有要让把用先从抓下带给找想学做干管问说走跑等花按听拿交到多会经往向跟")


_RULES: MappingProxyType[str, Callable[[_Place], str | None]] = MappingProxyType(
    {"为": _wei, "地": _de_of_manner, "得": _de_of_degree}
)
