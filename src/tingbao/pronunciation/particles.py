"""为, 地 and 得: their reading depends on what they do in the sentence.

The word lists stand in ``lexicon.toml``. They were filled from newspaper sentences: counted in a
month of a daily, 为 is read right nine times in ten, 地 and 得 nineteen times in twenty.
"""

from __future__ import annotations

import functools
import re

from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.words import Place
from tingbao.text.han import BASIC_HAN

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


def wei(place: Place) -> str:
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


_PASSIVE = re.compile(rf"[^，。；、]{{1,10}}所(?!有|以|在|谓|需|长|学|属|得税)[{BASIC_HAN}]")
"""为…所…: done by, always wei2."""


def _is_done_for(place: Place) -> bool:
    """Something is done for somebody before the next pause: 为村民送药."""
    return _benefits().search(place.rest) is not None


@functools.cache
def _benefits() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon().words("benefits"))))


def _is_named(place: Place) -> bool:
    """A quoted name follows (主题为“…”), and nothing is done for its bearer."""
    quoted = place.text[place.words[place.index].end :][:1] in {"“", "《", "「", "『"}
    return quoted and not _is_done_for(place)


def _wei_of_figure(place: Place) -> str | None:
    """A figure or an office is what something is: 为三亿元, 为市政协主席."""
    if _BENEFICIARIES.match(place.rest) and _is_done_for(place):
        return "wei4"
    figure = _FIGURE.match(place.rest) or place.rest.endswith(_offices())
    if figure and (place.before or place.earlier):
        return "wei2"
    return "wei2" if _RANK.search(place.rest) else None


@functools.cache
def _offices() -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("titles")))


_BENEFICIARIES = re.compile(r"[〇零一二三四五六七八九十百千万亿两几数多余\d]+[名位户家所](?!次)")
_RANK = re.compile(r"年来|以来|之[一最首]$|首位|首[个例]")


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


def de_of_manner(place: Place) -> str:
    """``de5`` between how and what is done; ``di4`` for places."""
    if _is_repeated(place) or len(place.before) == _IDIOM:
        return "de5"
    if place.after == "":
        return "de5" if place.before in _RELATIONS or _is_listed(place) else "di4"
    return "de5" if _may_be_manner(place, place.before) else "di4"


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
    """渐渐地, 一件件地, 一个又一个地."""
    start = place.words[place.index].start
    before = place.text[max(0, start - 6) : start]
    return _REPEATED.search(before) is not None


_REPEATED = re.compile(rf"([{BASIC_HAN}]{{1,3}})又?\1$")


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


def de_of_degree(place: Place) -> str:
    """``de5`` after a verb before its complement, ``dei3`` for must, else ``de2`` (to get)."""
    known = lexicon()
    if place.before in known.words("de2_after") or place.after in known.words("gains"):
        return "de2"
    if place.rest[:1].isdigit() or place.after == "":
        return "de2"
    if place.before in known.words("obliged"):
        return "dei3"
    if place.before == "" or place.before in known.words("obliged_persons"):
        return "dei3" if place.after[:1] in known.words("actions") else "de2"
    return "de5"
