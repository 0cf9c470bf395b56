"""Readings that depend on the neighbours: family names, 为, 地, 得 and their like.

The word lists stand in ``lexicon.toml``. They were filled from newspaper sentences: counted in a
month of a daily, 为 is read right nine times in ten, 地 and 得 nineteen times in twenty. What the
rules cannot know (a name with a rare reading) is what forced readings are for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from tingbao.pronunciation.dictionary import loose_places
from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import frequency, is_word
from tingbao.pronunciation.words import Place, Word
from tingbao.text.han import BASIC_HAN


def decide(
    text: str, words: tuple[Word, ...], *, fixed: frozenset[int] = frozenset()
) -> tuple[Word, ...]:
    """``words`` with the readings that their neighbours decide; words at ``fixed`` places stay."""
    return tuple(
        word if word.start in fixed else _decided(Place(text, words, index))
        for index, word in enumerate(words)
    )


def _decided(place: Place) -> Word:
    word = place.words[place.index]
    name = _surname(place.text, word.start, place.here, place.before, place.next_two)
    if name:
        return _read_as(word, 0, name)
    if _is_length(place):
        return _read_as(word, len(place.here) - 1, "chang2")
    whole = _beside(place.text, word.start, place.here) if len(place.here) > 1 else None
    if whole:
        return _read_whole(word, whole)
    for at in loose_places(place.here) if word.syllables else ():
        reading = _reading_at(place, at)
        word = _read_as(word, at, reading) if reading else word
    return word


def _is_length(place: Place) -> bool:
    """The 长 of 村道|长三公里 and 全市|长期, which the words 道长 and 市长 have drawn to them."""
    word = place.words[place.index]
    drawn = len(place.here) > 1 and place.here[-1] == "长" and word.syllables
    return bool(drawn and _LENGTH.match(place.text, word.end))


_LENGTH = re.compile(
    r"[约近达逾超仅共总]?[〇零一二三四五六七八九十百千万两几数半\d点]{1,10}[多余]?"
    "(?:公里|厘米|毫米|千米|海里|英里|米|里)"
    "|久(?=以来|的|稳|坚|发展)|期(?=以来|从事|坚持|致力|处于|存在|稳定|形成|扎根|工作在|关注|被|保持|受)"
)
"""A figure and a unit, or what else makes 长 a length."""


def _reading_at(place: Place, at: int) -> str | None:
    rule = _RULES.get(place.here)
    return rule(place) if rule else _beside(place.text, place.words[place.index].start + at)


def _beside(text: str, at: int, what: str = "") -> str | None:
    """The reading with a pattern that fits the text round the character, or the word, at ``at``."""
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


# --- family names: 记者曾强, 单教授, 任某 -----------------------------------------------------

_BRACKETED = re.compile(rf"(?<=[（(])[{BASIC_HAN}]{{2,3}}[）)、 ]")
"""Who wrote it, alone in brackets: （任文）."""

_LONGEST_LIST = 40
"""As far back as the title of a list of names is looked for, in characters."""


def _surname(text: str, at: int, word: str, before: str, after: tuple[str, str]) -> str | None:
    """The reading of the family name that begins at ``text[at]`` with ``word``, if it is one.

    ``before`` is the word before it, ``after`` are the two words after it.
    """
    reading = lexicon().surnames.get(word[:1])
    if reading is None or len(word) > 3:
        return None
    if text[at - 1 : at] == "姓" and not is_word(text[at : at + 2]):
        return None if text[at - 2 : at] == "百姓" else reading
    if _is_common(text, at) and not _is_familiar_speaker(text, at):
        return None
    named = (
        _after_title(text, at)
        or _BRACKETED.match(text, at) is not None
        or _before_honour(text, at)
        or _speaks(text, at)
        or _at_its_word(text, at)
        or _is_in_list(text, at)
        or (len(word) == 1 and _is_given_name(before, word, after))
    )
    return reading if named else None


def _after_title(text: str, at: int) -> bool:
    """Directly after a title, or further on in its list of names: 记者 曾强 单伟、查进."""
    titled = _titled().search(text, max(0, at - _LONGEST_LIST), at)
    if titled is None:
        return False
    if text[at] == "曾" and is_word(text[at + 1 : at + 3]):
        return text[at + 3 : at + 4] in _ENDS_NAME
    sure = titled.group("office") and text[at] != "曾"
    return bool(sure) or _followed().match(text, at) is not None


_ENDS_NAME = frozenset(["", *" 　，、。；：）)"])


@functools.cache
def _followed() -> re.Pattern[str]:
    """What stands after a name, and hardly ever after a verb with its object."""
    marks = "$|[ 　，、。；：）)/(（]"
    return re.compile(rf"[{BASIC_HAN}]{{2,3}}(?:{marks}|{_any_of('speaking', 'after_name')})")


@functools.cache
def _titled() -> re.Pattern[str]:
    name = rf"[{BASIC_HAN}·]{{2,4}}"
    who = f"(?P<office>{_any_of('titles')})|{_any_of('callings')}"
    return re.compile(f"(?:{who})[ 　：:]*(?:{name}[ 　、和与及]+)*$")


def _before_honour(text: str, at: int) -> bool:
    """任女士, 单教授, 仇局长; 任教授 may be somebody who became one, 区长 is no name."""
    if _HONOURED.match(text, at) and text[at] != "区":
        return True
    honour = _pattern("honours").match(text, at + 1)
    if honour and _INDEFINITE.match(text, at + 1):
        return False
    if honour is None:
        families = lexicon().words("officer_families")
        return text[at] in families and _pattern("titles").match(text, at + 1) is not None
    opens = at == 0 or text[at - 1] in _BEFORE_NAME
    return text[at] != "任" or opens or honour.group() in lexicon().words("no_office")


_HONOURED = re.compile(rf"[{BASIC_HAN}]{{2,3}}(?:同志|先生|女士|院士)")
"""A whole name and how its bearer is called: 单伟同志."""

_INDEFINITE = re.compile("某(?=[些种一项个事地时日年月天处类段位方国])")
_BEFORE_NAME = frozenset("，。；：、“（ 　的和与对向请跟找老小")


def _at_its_word(text: str, at: int) -> bool:
    """一名曾姓男子, 老任，; not 小区, 老任务."""
    before = text[max(0, at - 2) : at]
    if text.startswith("姓", at + 1):
        return before[-1:] in _MEASURES or _pattern("bearers").match(text, at + 2) is not None
    familiar = before[-1:] in {"老", "小"} and not is_word(text[at - 1 : at + 1])
    return familiar and before not in _SIZES and _alone().match(text, at + 1) is not None


_MEASURES = frozenset("名位个户")
_SIZES = frozenset({"大小", "从小", "最小", "弱小", "缩小", "古老"})


def _is_familiar_speaker(text: str, at: int) -> bool:
    """老单说：, 小曾来接, 老仇的; not 单说, 曾来, 仇的."""
    if text[at - 1 : at] in {"老", "小"} and text.startswith("的", at + 1):
        return True
    if text[at] == "曾" and text[at - 1 : at] in {"小", "老"}:
        return text[max(0, at - 2) : at] not in _SIZES
    return text[at - 1 : at] in {"老", "小"} and _says().match(text, at + 1) is not None


@functools.cache
def _says() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of('speaking')})[，：“]")


@functools.cache
def _alone() -> re.Pattern[str]:
    """What stands after a name that is only a family name."""
    return re.compile(
        f"$|[，。、；：！？”）]|{_any_of('speaking', 'after_name', 'after_familiar')}"
    )


def _is_in_list(text: str, at: int) -> bool:
    """李明、乐小红、葛峰: an item of a list that has a name with a common family name."""
    item = _ITEM.match(text, at)
    if item is None or text[at - 1 : at] not in _BEFORE_ITEM:
        return False
    start, end = text.rfind("，", 0, at) + 1, text.find("，", item.end())
    items = _BETWEEN.split(text[start : end if end > 0 else len(text)])
    families = lexicon().words("families")
    return any(
        _NAME.fullmatch(name) and name[0] in families and not is_word(name)
        for name in items
        if name != item[0]
    )


_BEFORE_ITEM = frozenset("、：有是和")
_BETWEEN = re.compile("[、和有是：；。（）]|等")
_NAME = re.compile(rf"[{BASIC_HAN}]{{2,3}}")
_ITEM = re.compile(rf"{_NAME.pattern}(?=[、，。；）等和的两三四五六七八九十]|$)")


def _speaks(text: str, at: int) -> bool:
    """A name of three characters followed by what a person does: 曾春蕾说, 曾庆国出席."""
    given = text[at + 1 : at + 3]
    return _speaker().match(text, at) is not None and not is_word(given)


@functools.cache
def _speaker() -> re.Pattern[str]:
    deeds = (word for word in lexicon().words("after_name") if len(word) > 1)
    return re.compile(rf"[{BASIC_HAN}]{{3}}(?:{_any_of('speaking')}|{'|'.join(sorted(deeds))})")


def _is_given_name(before: str, family: str, after: tuple[str, str]) -> bool:
    """Two single characters that are rare as words, with no such before: 曾 启 亮."""
    known = lexicon()
    plain = known.words("plain_characters")
    if (
        family not in known.words("free_standing")
        or before in known.words("serving")
        or (len(before) == 1 and before not in plain)
    ):
        return False
    if any(_HAN.fullmatch(word) is None or word in plain for word in after):
        return False
    return min(map(frequency, after)) < _RARE


_HAN = re.compile(f"[{BASIC_HAN}]")
_RARE = 2000
"""Counted in January 1998 of a daily: below it four of five such pairs were given names."""


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    """Any word of a list of the lexicon, the longest first."""
    return re.compile(_any_of(name))


def _any_of(*names: str) -> str:
    words = frozenset[str]().union(*map(lexicon().words, names))
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _is_common(text: str, at: int) -> bool:
    """任务, 查看, 黑龙江, 曾获: an ordinary word begins here, not a name."""
    words = (text[at : at + length] for length in (2, 3, 4))
    return any(map(is_word, words)) or _ordinary().match(text, at) is not None


@functools.cache
def _ordinary() -> re.Pattern[str]:
    once = f"曾(?:{_any_of('after_once')}|[一二两三几数][次度])"
    offices = _any_of("offices_held", "titles")
    office = f"任[上期内中满教职]|任[^，。、；：（）() ]{{0,10}}(?:{offices})"
    return re.compile(f"{once}|.[了过着到的出上住完]|..了|{office}")


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


def _wei(place: Place) -> str:
    """``wei2`` (to be, to become, 以…为…) or ``wei4`` (for)."""
    known = lexicon()
    if place.after == "" or _becomes(place) or _is_named(place):
        return "wei2"
    if place.after in known.words("wei2_opening") or _CHARACTER.match(place.rest):
        return "wei2"
    if _PASSIVE.match(place.rest) or ("以" in place.earlier and _role().match(place.rest)):
        return "wei2"
    if place.after in known.words("wei4_before") or _PEOPLE.match(place.rest):
        return "wei4"
    if "以" not in place.earlier and _PURPOSE.match(place.rest):
        return "wei4"
    return _wei_of_figure(place) or _wei_of_pair(place) or _wei_of_clause(place)


def _becomes(place: Place) -> bool:
    """A verb that 为 completes (提升为) or a subject (工期为).

    Not 技术的提升为建设奠定基础, 共为用户做了三百个信箱.
    """
    if place.before not in lexicon().words("wei2_after"):
        return False
    open_end = place.earlier[1:2] == ["的"] or place.before in _ADVERBS
    return not (open_end and _is_done_for(place))


_ADVERBS = frozenset({"共", "分别", "均", "仅", "多", "最", "主要", "建成"})

_PASSIVE = re.compile(
    rf"[^，。；、]{{0,9}}[^，。；、全一二三四五六七八九十两几多每各该本这那出究易务守待场]所(?!有|必|以|在|谓|需|长|学|属|得税"
    rf"|(?:[做作]出?|付出|采取|尽|进行|建立|取得|开展)的)[{BASIC_HAN}]"
)
"""为…所…: done by, always wei2; 为…所作的努力 is something done for it."""

_PURPOSE = re.compile("[^，。；]{1,24}(?<!时)而(?![且已后言是非今]|不是|[来至]|出的)")
"""为…而…: in order to."""


@functools.cache
def _role() -> re.Pattern[str]:
    """What something is taken for, behind 以…为: 服务主体, 重要特征之一."""
    roles = sorted(lexicon().words("wei2_before"), key=lambda word: (-len(word), word))
    long = "|".join(word for word in roles if len(word) > 1)
    ends = "(?:之一|的|[，。、；”]|$)"
    return re.compile(rf"(?:[{BASIC_HAN}]{{0,4}}(?:{long}|领导|工具)|{'|'.join(roles)}){ends}")


def _is_done_for(place: Place) -> bool:
    """Something is done for somebody before the next pause: 为村民送药, 为…埋了单."""
    if "了" in place.rest[2:-1] or _pattern("benefits").search(place.rest):
        return True
    return _GIVEN.search(place.clause) is not None


_GIVEN = re.compile(
    "[作做][出了]|提供|创造|奠定|打下|注入|带来|付出|服务(?=[，。]|$)|贡献|献[身礼]"
)
"""What is done for a list of things, as far as the list goes: 为发展、进步作出贡献."""


def _is_named(place: Place) -> bool:
    """A quoted name follows (主题为“…”), and nothing is done for its owner."""
    quoted = place.text[place.words[place.index].end :][:1] in {"“", "《", "「", "『"}
    return quoted and not _is_done_for(place)


def _wei_of_figure(place: Place) -> str | None:
    """A figure or an office is what something is: 为三亿元, 为市政协主席."""
    if _BENEFICIARIES.match(place.rest) and _is_done_for(place):
        return "wei4"
    figure = _FIGURE.match(place.rest) or place.rest.endswith(_office_names())
    if figure and (place.before or place.earlier):
        return "wei2"
    return "wei2" if _RANK.search(place.rest) else None


@functools.cache
def _office_names() -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("titles")))


_BENEFICIARIES = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两几数多余\d]+(?:[名位户家所](?!次)"
    "|个(?:国家|地区|项目|单位|村|企业|家庭|城市|省|县|市|乡镇|社区|学校|孩子))"
)
_RANK = re.compile(
    r"年来|以来|同期|之[一最首]$|首位|首[个例]|百分之|倍$"
    "|第.{1,3}[大批位个]|最[高低大小多少新]|近.{1,3}年最"
)


def _wei_of_pair(place: Place) -> str | None:
    """以…为…, 变…为…: the verb before decides, unless what follows is done for somebody."""
    pairs = _pairs()
    opened = next((word for word in place.earlier if word in pairs or word == "为"), "为")
    if opened == "为":
        return None
    if place.after in lexicon().words("wei2_before") or opened in lexicon().words("changed_into"):
        return "wei2"
    return "wei4" if _is_done_for(place) else "wei2"


@functools.cache
def _pairs() -> frozenset[str]:
    known = lexicon()
    return known.words("changed_into") | known.words("appointed") | {"以", "以此"}


def _wei_of_clause(place: Place) -> str:
    """Beginning a clause, 为 is for; after a subject it is the copula where nothing is done."""
    agent = place.before == "" or place.before in lexicon().words("wei4_after")
    if agent or _is_done_for(place):
        return "wei4"
    return "wei2" if len(place.rest) <= _LONGEST_PREDICATE else "wei4"


_LONGEST_PREDICATE = 15
"""A noun after the copula is shorter, in characters, than a purpose with what is done for it."""


# --- 地, 得 ----------------------------------------------------------------------------------


def _de_of_manner(place: Place) -> str:
    """``de5`` between how and what is done; ``di4`` for places."""
    if _is_repeated(place) or len(place.before) == _IDIOM or _is_more(place):
        return "de5"
    if place.after == "":
        return "de5" if place.before in _RELATIONS or _is_listed(place) else "di4"
    return "de5" if _may_be_manner(place, place.before) else "di4"


def _is_more(place: Place) -> bool:
    """过多地, 尽可能多地: to a degree; not 多地, several places."""
    start = place.words[place.index].start
    return _MANY.search(place.text, max(0, start - 4), start) is not None


_MANY = re.compile("(?:[过更较最太愈]|尽可能|尽量|越来越)多$")
_IDIOM = 4
"""A phrase of four characters says how: 一如既往地."""


def _is_listed(place: Place) -> bool:
    """科学地、历史地、辩证地: one manner after the other."""
    if place.before in lexicon().words("di4_after"):
        return False
    return _LISTED.match(place.text, place.words[place.index].end) is not None


_LISTED = re.compile(
    "[、，][^，。；、]{1,4}地(?![、，。；])|[、，][^，。；、]{1,4}地、[^，。；、]{1,4}地"
)
_RELATIONS = frozenset({"相应", "同样", "相反", "相对"})


def _is_repeated(place: Place) -> bool:
    """渐渐地, 一件件地, 一个又一个地, 厚厚实实地."""
    start = place.words[place.index].start
    before = place.text[max(0, start - 6) : start]
    return _REPEATED.search(before) is not None


_REPEATED = re.compile(rf"([{BASIC_HAN}]{{1,3}})(?:又|接着?|连着?|挨着?)?\1$|(.)\2(.)\3$")


def _may_be_manner(place: Place, manner: str) -> bool:
    if place.after in lexicon().words("di4_before"):
        return False
    if (
        len(manner) == 1
        and len(place.earlier) > 1
        and place.earlier[1] in lexicon().words("degrees")
    ):
        return True
    return manner not in lexicon().words("di4_after") and (
        manner in {"更多", "过多", "较多"} or manner[-1:] not in {"", *"等各两三多"}
    )


def _de_of_degree(place: Place) -> str:
    """``de5`` after a verb before its complement, ``dei3`` for must, else ``de2`` (to get)."""
    known = lexicon()
    if _is_possible(place):
        return "de5"
    if _is_gained(place):
        return "de2"
    if place.before in known.words("obliged") or _is_urgent(place):
        return "dei3"
    if place.rest.startswith(("很", "不行", "要命")):
        return "de5"
    return _must(place) or "de5"


def _must(place: Place) -> str | None:
    """Whether somebody must do something, or gets it, where no verb stands before 得."""
    acts = place.after[:1] in lexicon().words("actions")
    if place.before == "了" or (acts and place.before in lexicon().words("obliged_times")):
        return "dei3"
    if place.before and not _is_person(place.before):
        return None
    return "dei3" if acts or (place.before and not _GAINED.match(place.rest)) else "de2"


def _is_gained(place: Place) -> bool:
    known = lexicon()
    if place.before in known.words("de2_after") or place.after in known.words("gains"):
        return True
    figure = place.rest[:1].isdigit() or _SCORED.match(place.rest)
    return place.after == "" or bool(figure)


def _is_possible(place: Place) -> bool:
    """What can be done, 搬得出, 猜得到, and how somebody lives: 人活得自在, not 这活得慢慢干."""
    if place.before == "活":
        return place.text[place.words[place.index].start - 2] not in _WORK
    done = place.after in _RESULTS and len(place.before) == 1
    verbs = lexicon().words("de2_after") | lexicon().words("obliged")
    return done and place.before not in verbs


_WORK = frozenset("这那农木些重细粗轻脏累好")
_RESULTS = frozenset({"出", "到", "起", "住", "动", "开", "清", "下"})

_SCORED = re.compile(
    r"了(?:[\d一二三四五六七八九十百两几满零〇]|[冠亚季]军|第|奖|病|[金银铜]牌|分)"
)
"""得了八十九分, 得了第一."""

_GAINED = re.compile(
    "[了过着]|[^，。；]{0,6}[病症癌炎瘤冒奖分票冠牌名财利益便惠宜手逞罪知悉救胜助解放益果福道心势宠]"
)
"""What somebody has got: 得肺炎, 得实惠."""


def _is_urgent(place: Place) -> bool:
    """得立即…, 家长得多陪…: what must be done soon, or more; not 好得多."""
    if place.after in lexicon().words("urgent"):
        return True
    return len(place.before) > 1 and _MORE.match(place.rest) is not None


_MORE = re.compile("多(?=[陪问看听想学练走穿加做注留关体吃喝])")


def _is_person(word: str) -> bool:
    """Who must: they, 病人, 运动员; no word of those kinds has a complement."""
    known = lexicon().words("obliged_persons")
    return (
        word in known
        or word in lexicon().words("things")
        or (len(word) > 1 and word[-1] in "们员者民师")
    )


_RULES: MappingProxyType[str, Callable[[Place], str]] = MappingProxyType(
    {"为": _wei, "地": _de_of_manner, "得": _de_of_degree}
)
