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
    def next_two(self) -> tuple[str, str]:
        """The two words after this one."""
        return self._beside(self.index + 1), self._beside(self.index + 2)

    @property
    def earlier(self) -> list[str]:
        """The words back to the last pause, nearest first; 、 and brackets are none."""
        found: list[str] = []
        for word in reversed(self.words[: self.index]):
            if word.mark and word.mark not in "、（）":
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
    name = surname(place.text, word.start, place.here, place.before, place.next_two)
    if name:
        return _read_as(word, 0, name)
    whole = _beside(place.text, word.start, place.here) if len(place.here) > 1 else None
    if whole:
        return _read_whole(word, whole)
    for at in loose_places(place.here) if word.syllables else ():
        reading = _reading_at(place, at)
        word = _read_as(word, at, reading) if reading else word
    return word


def _reading_at(place: _Place, at: int) -> str | None:
    rule = _RULES.get(place.here)
    return rule(place) if rule else _beside(place.text, place.words[place.index].start + at)


def _beside(text: str, at: int, what: str = "") -> str | None:
    """The reading whose pattern fits the text round the character, or the word, at ``at``."""
    for reading, pattern in lexicon().contexts.get(what or text[at], ()):
        if pattern.match(text, at):
            return reading
    return None


def _read_whole(word: Word, reading: str) -> Word:
    pairs = zip(word.syllables, reading.split(), strict=True)
    return replace(word, syllables=tuple(replace(old, pinyin=new) for old, new in pairs))


def _read_as(word: Word, at: int, reading: str) -> Word:
    changed = replace(word.syllables[at], pinyin=reading)
    return replace(word, syllables=(*word.syllables[:at], changed, *word.syllables[at + 1 :]))


# --- 为 -------------------------------------------------------------------------------------

_FIGURE = re.compile(
    r"(?:约|近|超|负|零下)?(?:\d|百分之|[〇零一二三四五六七八九两][〇零一二三四五六七八九十百千万亿点]"
    r"|[一二三四五六七八九十两][个名项家人倍元吨米级等届轮年月天时种类]|晴|多云|阴|[小中大暴阵]雨|雨|雪)"
)
_PEOPLE = re.compile(
    r"[〇零一二三四五六七八九十百千万亿多余几名位0-9]+(?:各族|中国)?(?:人民|同胞|儿女|百姓|群众)"
)
_CHARACTER = re.compile(
    "人(?:正直|处世|师表|忠厚|谦|低调|善良|诚|处事|坦|随和|热情|厚道|和善|老实|父|母|妻|师|子)"
)
_BENEFIT = re.compile(
    "献[礼上]|贡献|服务|提供|注入|奠定|创[造收]|营造|增添|筑牢|保驾|护航|打下|[谋赢争]|赋能|助[力威]|保[障持]|"
    "[做作找]出|带来|添|增[光进]|办|送|讲|介绍|颁|授|举行|开|搭|解|把[脉关]|加油|点赞|喝彩|鼓掌|着想|考虑|"
    "操心|准备|安[排置装]|设[立计]|定制|量身|撑腰|减[负免]|松绑|插上|铺|指明|提振|立[传碑]|画|[代发]言|辩护|"
    "牺牲|奋斗|捐|募|筹|免费|义诊|治[疗病]|诊|体检|[理发]发|垫付|购|买|配|[寻找]到|取得|拓展|构建|建立|发放|"
    "补贴|报销|输[送血]|培[养训]|辅导|照亮|敲响|付出|感到|欢呼|祈|骄傲|高兴|担心|捏|负责|说话|代[劳办缴]|"
    "题[词写]|作序|拍摄|制|挡|打|写|做|修|织|包|发[射来]|表演|演[奏出]|唱|张罗|谋取|批|夺|摘得|鸣|树立|苦战|"
    "主持|策划|咨询|答疑|协调|联系|维权|讨|追回|挽|节[约省]|供应|换|检修|清理|打扫|喂|运|抢|救|手术|接种|"
    "减轻|奔波|让路|开路|盘活|出[资版]|奔走|披|题签|带路|交纳|申请|评价|测量|按摩|庆生|祝|揭[牌幕]|剪彩|[饯送壮]行|呐喊|平反|正名|撰|编|命名|取名|生产|规范|获得|交涉|形成"
)


def _wei(place: _Place) -> str | None:
    """``wei2`` (to be, to become, 以…为…) or ``wei4`` (for)."""
    known = lexicon()
    if place.after == "" or place.before in known.words("wei2_after") or _is_named(place):
        return "wei2"
    if place.after in known.words("wei2_opening") or _CHARACTER.match(place.rest):
        return "wei2"
    if _PASSIVE.match(place.rest):
        return "wei2"
    if place.after in known.words("wei4_before") or _PEOPLE.match(place.rest):
        return "wei4"
    return _wei_of_figure(place) or _wei_of_pair(place) or _wei_of_clause(place)


_PASSIVE = re.compile(r"[^，。；、]{1,10}所(?!有|以|在|谓|需|长|学|属|得税)[\u4e00-\u9fff]")
"""为…所…: done by, always wei2."""


def _is_named(place: _Place) -> bool:
    """A quoted name follows (主题为“…”), and nothing is done for its bearer."""
    quoted = place.text[place.words[place.index].end :][:1] in {"“", "《", "「", "『"}
    return quoted and not _BENEFIT.search(place.rest)


def _wei_of_figure(place: _Place) -> str | None:
    """A figure or an office is what something is: 为三亿元, 为市政协主席."""
    figure = _FIGURE.match(place.rest) or place.rest.endswith(tuple(lexicon().words("titles")))
    if figure and (place.before or place.earlier):
        return "wei2"
    return "wei2" if _RANK.search(place.rest) else None


_RANK = re.compile(r"年来|以来|之[一最首]$|首位|首[个例]")


def _wei_of_pair(place: _Place) -> str | None:
    """以…为…, 变…为…: the verb before decides, unless what follows is done for somebody."""
    pairs = _CHANGED | lexicon().words("appointed") | {"以", "以此"}
    opened = next((word for word in place.earlier if word in pairs or word == "为"), "为")
    if opened == "为":
        return None
    if place.after in lexicon().words("wei2_before") or opened in _CHANGED:
        return "wei2"
    return "wei4" if _BENEFIT.search(place.rest) else "wei2"


_CHANGED = frozenset({"化", "变", "称", "尊", "奉", "誉", "视", "拜"})


def _wei_of_clause(place: _Place) -> str:
    """Beginning a clause, 为 is for; after a subject it is the copula where nothing is done."""
    if place.before in {"", *lexicon().words("wei4_after")} or _BENEFIT.search(place.rest):
        return "wei4"
    return "wei2" if len(place.rest) <= _LONGEST_PREDICATE else "wei4"


_LONGEST_PREDICATE = 15
"""A noun after the copula is shorter, in characters, than a purpose with what is done for it."""


# --- 地, 得 ----------------------------------------------------------------------------------


def _de_of_manner(place: _Place) -> str | None:
    """``de5`` between how and what is done; ``di4`` for places."""
    if _is_repeated(place):
        return "de5"
    if place.after == "":
        return "de5" if place.before in _RELATIONS or _is_listed(place) else "di4"
    return "de5" if _may_be_manner(place, place.before) else "di4"


def _is_listed(place: _Place) -> bool:
    """科学地、历史地、辩证地: one manner after the other."""
    if place.before in lexicon().words("di4_after"):
        return False
    return _LISTED.match(place.text, place.words[place.index].end) is not None


_LISTED = re.compile(
    "[、，][^，。；、]{1,4}地(?![、，。；])|[、，][^，。；、]{1,4}地、[^，。；、]{1,4}地"
)
_RELATIONS = frozenset({"相应", "同样", "相反", "相对"})


def _is_repeated(place: _Place) -> bool:
    """渐渐地, 一件件地, 一个又一个地."""
    start = place.words[place.index].start
    before = place.text[max(0, start - 6) : start]
    return _REPEATED.search(before) is not None


_REPEATED = re.compile(r"([\u4e00-\u9fff]{1,3})又?\1$")


def _may_be_manner(place: _Place, manner: str) -> bool:
    if place.after in lexicon().words("di4_before"):
        return False
    if len(manner) == 1 and len(place.earlier) > 1 and place.earlier[1] in _DEGREES:
        return True
    return manner not in lexicon().words("di4_after") and (
        manner in {"更多", "过多", "较多"} or manner[-1:] not in {"", *"等各两三多"}
    )


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
        "", "也", "就", "先", "再", "都", "还", "总", "必须", "只", "才", "非", "光", "又", "可",
        "便", "你", "我", "他", "她", "您", "咱", "我们", "你们", "他们", "咱们", "大家", "人",
        "干部", "谁",
    }
)  # fmt: skip
_ACTIONS = frozenset("去来靠看有要让把用先从抓下带给找想学做干管问说走跑等花按听拿交多会经往向跟")


_RULES: MappingProxyType[str, Callable[[_Place], str | None]] = MappingProxyType(
    {"为": _wei, "地": _de_of_manner, "得": _de_of_degree}
)
