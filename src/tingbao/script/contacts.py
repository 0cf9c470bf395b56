"""Telephone numbers and addresses of public notices: said slowly, and once more."""

from __future__ import annotations

import itertools
import re

from tingbao.script.aligned import Aligned
from tingbao.text.han import BASIC_HAN

_MAIL = r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_TELEPHONE = (
    r"(?<!\d)(?:\+?86[- ]?)?(?:[（(]?0\d{2,3}[）)]?[-—－–\s]{0,2}\d{7,8}|"
    r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)"
)
_LABELLED = (
    r"\d{5}(?=[”\"]?(?:\w{0,6}热线|专线))|"
    r"(?:电话|热线|手机|传真|拨打|致电|邮箱|信箱)[^。！？；，\d]{0,12}"
    r"\d{3,4}[-—－–\s]?\d{0,8}(?!\d)"
)
_CONTACT = re.compile(f"{_MAIL}|{_TELEPHONE}|{_LABELLED}")
_BARE = re.compile(r"\s*\d[\d\-—－–\s]{5,14}\s*")
_CLAUSE = re.compile(r"[^。！？；，,;\n]+")

_RUN = re.compile(r"[零一二三四五六七八九幺]{6,}")
_WORD = rf"[A-Za-z{BASIC_HAN}]{{1,24}}"
_SPELLED = re.compile(rf"[A-Za-z](?: {_WORD}){{0,64}} at {_WORD}(?: {_WORD}){{0,64}}")


def contact_clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a notice's line that hold a telephone number or an e-mail address."""
    found: list[str] = []
    listing = False
    for clause in _CLAUSE.findall(text):
        listing = bool(_CONTACT.search(clause) or (listing and _BARE.fullmatch(clause)))
        if listing:
            found.append(clause.strip())
    return tuple(found)


def slowly(spoken: str) -> Aligned:
    """Return words as read with pauses in what a listener writes down.

    Digits come in threes and fours; an address pauses at its figures and signs.
    """
    spelled = Aligned.substituted(_SPELLED, _at_signs, spoken)
    return spelled.then(Aligned.substituted(_RUN, _in_groups, spelled.result))


def _in_groups(match: re.Match[str]) -> str:
    """Threes first, then fours: 11 digits are 3-4-4. Every length from six on falls so."""
    digits = iter(match.group())
    length = len(match.group())
    threes = -length % 4
    sizes = [3] * threes + [4] * ((length - 3 * threes) // 4)
    return "，".join("".join(itertools.islice(digits, size)) for size in sizes)


def _at_signs(match: re.Match[str]) -> str:
    text = re.sub(r" (点|杠|下划线) ", r"，\1", match.group())
    text = re.sub(r" at ", "，at，", text)
    return re.sub(rf" (?=[{BASIC_HAN}])|(?<=[{BASIC_HAN}]) ", "，", text)
