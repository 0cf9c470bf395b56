"""Family names with a reading of their own: 记者曾强, 单教授, 任某."""

from __future__ import annotations

import functools
import re

from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import frequency, is_word
from tingbao.text.han import BASIC_HAN

_LONGEST_LIST = 40
"""As far back as the title of a list of names is looked for, in characters."""


def surname(text: str, at: int, word: str, before: str, after: tuple[str, str]) -> str | None:
    """The reading of the family name that begins at ``text[at]`` with ``word``, if it is one.

    ``before`` is the word before it, ``after`` are the two words after it.
    """
    reading = lexicon().surnames.get(word[:1])
    if reading is None or len(word) > 3 or _is_common(text, at):
        return None
    named = (
        _after_title(text, at)
        or _before_honour(text, at)
        or _speaks(text, at)
        or (len(word) == 1 and _is_given_name(before, word, after))
    )
    return reading if named else None


def _after_title(text: str, at: int) -> bool:
    """Directly after a title, or further on in its list of names: 记者 曾强 单伟、查进."""
    titled = _titled().search(text, max(0, at - _LONGEST_LIST), at)
    if titled is None:
        return False
    sure = titled.group("office") and text[at] != "曾"
    return bool(sure) or _followed().match(text, at) is not None


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
    honour = _honoured().match(text, at + 1)
    if honour is None:
        families = lexicon().words("officer_families")
        return text[at] in families and _offices().match(text, at + 1) is not None
    return text[at] != "任" or honour.group() in lexicon().words("no_office")


@functools.cache
def _offices() -> re.Pattern[str]:
    return re.compile(_any_of("titles"))


@functools.cache
def _honoured() -> re.Pattern[str]:
    return re.compile(_any_of("honours"))


def _speaks(text: str, at: int) -> bool:
    """A name of three characters followed by what a person does: 曾春蕾说."""
    given = text[at + 1 : at + 3]
    return _speaker().match(text, at) is not None and not is_word(given)


@functools.cache
def _speaker() -> re.Pattern[str]:
    return re.compile(rf"[{BASIC_HAN}]{{3}}(?:{_any_of('speaking')})")


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
    if any(len(word) != 1 or word in plain for word in after):
        return False
    return min(map(frequency, after)) < _RARE


_RARE = 2000
"""Counted in January 1998 of a daily: below it four of five such pairs were given names."""


def _any_of(*names: str) -> str:
    words = frozenset[str]().union(*map(lexicon().words, names))
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _is_common(text: str, at: int) -> bool:
    """任务, 查看, 曾获: an ordinary word begins here, not a name."""
    return is_word(text[at : at + 2]) or _ordinary().match(text, at) is not None


@functools.cache
def _ordinary() -> re.Pattern[str]:
    once = f"曾(?:{_any_of('after_once')}|[一二两三几数][次度])"
    office = f"任[上期内中满教职]|任[^，。]{{0,3}}(?:{_any_of('offices_held')})"
    return re.compile(f"{once}|.[了过着到的出]|{office}")
