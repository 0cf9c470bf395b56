"""Family names with a reading of their own: 记者曾强, 单教授, 任某."""

from __future__ import annotations

import functools
import re

from tingbao.pronunciation.lexicon import lexicon
from tingbao.pronunciation.segmentation import frequency, is_word
from tingbao.text.han import BASIC_HAN

_LONGEST_LIST = 40
"""As far back as the title of a list of names is looked for, in characters."""

_SPEAKS = "说|表示|介绍|认为|告诉|坦言|回忆|透露|解释|补充|感慨|笑着|直言|指着|摄|文并摄|供图|报道"


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
    return bool(sure) or _FOLLOWED.match(text, at) is not None


_FOLLOWED = re.compile(
    rf"[{BASIC_HAN}]{{2,3}}(?:$|[ 　，、。；：）)/(（]|{_SPEAKS}|"
    "等|和|在|的|从|被|向|把|对|是|为|自|因|将|已|与|作为|率|出席|参加|受邀|当选|亮相|饰演|主演|主持|致辞|前往|赶赴|夺|荣获)"
)
"""What stands after a name, and hardly ever after a verb with its object."""


@functools.cache
def _titled() -> re.Pattern[str]:
    name = rf"[{BASIC_HAN}·]{{2,4}}"
    who = f"(?P<office>{_any_of('titles')})|{_any_of('callings')}"
    return re.compile(f"(?:{who})[ 　：:]*(?:{name}[ 　、和与及]+)*$")


def _before_honour(text: str, at: int) -> bool:
    """任女士, 单教授, 仇局长; 任教授 may be somebody who became one, 区长 is no name."""
    honour = _honoured().match(text, at + 1)
    if honour is None:
        return text[at] in _FAMILIES_OF_OFFICERS and _offices().match(text, at + 1) is not None
    return text[at] != "任" or honour.group() in _NO_OFFICE


_FAMILIES_OF_OFFICERS = frozenset("曾单仇解葛缪乐朴盖华翟")


@functools.cache
def _offices() -> re.Pattern[str]:
    return re.compile(_any_of("titles"))


_NO_OFFICE = frozenset(
    {"先生", "女士", "师傅", "大夫", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "某"}
)


@functools.cache
def _honoured() -> re.Pattern[str]:
    return re.compile(_any_of("honours"))


def _speaks(text: str, at: int) -> bool:
    """A name of three characters whose bearer says something: 曾春蕾说."""
    given = text[at + 1 : at + 3]
    return _SPEAKER.match(text, at) is not None and not is_word(given)


_SPEAKER = re.compile(rf"[{BASIC_HAN}]{{3}}(?:{_SPEAKS})")


def _is_given_name(before: str, family: str, after: tuple[str, str]) -> bool:
    """Two single characters that are rare as words, with no such before: 曾 启 亮."""
    plain = lexicon().words("plain_characters")
    if (
        family not in _FREE_STANDING
        or before in _SERVING
        or (len(before) == 1 and before not in plain)
    ):
        return False
    if any(len(word) != 1 or word in plain for word in after):
        return False
    return min(map(frequency, after)) < _RARE


_SERVING = frozenset({"先后", "历", "现", "时", "兼", "曾"})
"""Before 任 that means to hold an office."""
_FREE_STANDING = frozenset("曾任单仇华葛翟缪覃")
"""Family names that are seldom the end of a word or the beginning of a foreign name."""

_RARE = 2000
"""Counted in January 1998 of a daily: below it four of five such pairs were given names."""


def _any_of(name: str) -> str:
    return "|".join(sorted(lexicon().words(name), key=lambda word: (-len(word), word)))


def _is_common(text: str, at: int) -> bool:
    """任务, 查看, 曾获: an ordinary word begins here, not a name."""
    return is_word(text[at : at + 2]) or _ORDINARY.match(text, at) is not None


_CEREMONIAL = (
    "表示|担任|获|任|在|是|于|对|为|有|来|去|到|说|被|因|与|就|向|参|多次|[一二两三几数][次度]|经|先后|"
    "长期|连续|明确|公开|发|做|作|当|带|率|写|用|接受|称|遭|受|采访|报道|见|想|让|亲|组织|负责|代表|"
    "入选|强调|指出|要求|介绍|透露|回忆|给|以|从|把|主|赴"
)
_OFFICES = "书记|主任|部长|局长|市长|县长|组长|院长|校长|主席|委员|代表|教授|教练|经理"
_ORDINARY = re.compile(
    f"曾(?:{_CEREMONIAL})|.[了过着到的出]|任[上期内中满教职]|任[^，。]{{0,3}}(?:{_OFFICES})"
)
