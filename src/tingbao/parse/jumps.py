"""Jump notices: 下转第二版, 上接A01版 and their many printed forms.

In running text 下转 and 上接 are ordinary words, so a notice counts only at the start or the end
of a block, or alone in one, and a pointer to more (全文见第三版) is no jump: nothing is missing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tingbao.parse.blocks import Jump
from tingbao.text.labels import read_label
from tingbao.text.numerals import HAN_NUMERALS

_OPEN = r"[（(【\[〔「『<《]"
_SHUT = r"[）)】\]〕」』>》]"
_ARROW = r"[▶▷►▸→>◀◁◄◂←<▲△▼▽■□●○◎◆◇★☆☞☜※*·—\-=…✦➤➔↓↑⇨⇦\s]"
_WAY = (
    r"(?P<way>(?:未完\s*[，、,]?\s*)?(?:[上下文余全]\s?文?\s?)?(?:紧\s?)?(?:[上下]\s?)?"
    r"[转接续承](?:\s?[接转至自到])?)"
)
_SURE_WAY = r"(?P<way>(?:[上下文]\s?紧?|紧)\s?[转接续](?:\s?[至自])?)"
_NUMBER = rf"(?P<label>[A-Za-z]{{0,2}}\s?\d{{1,3}}|[{HAN_NUMERALS}]{{1,4}}|头|首)"
_LOST = r"第\s*[_＿xX×]*\s*[版页]"
_BARE = rf"(?P<bare>[A-Za-z]{{1,2}}\s?\d{{1,3}}|\d{{1,2}}(?=\s*(?:{_SHUT}|$)))"
_PAGE = rf"\s*(?:(?:第\s*)?{_NUMBER}\s*[版页]|{_LOST}|{_BARE})"
_TITLE = r"(?:[\s:：、,，—\-·]*(?P<title>[《“「【]?[^（）()。；\n]{2,60}?[》”」】]?))?"
_LEFT = rf"{_ARROW}*(?:[（(]\s*(?:未完|待续|未完待续)\s*[）)]\s*)?"

_SHORT_TITLE = _TITLE.replace("。；", "。；，")

_BRACKETED = rf"{_OPEN}{_ARROW}*{_WAY}{_PAGE}{_TITLE}{_ARROW}*{_SHUT}{_ARROW}*"
_ALONE = (
    re.compile(rf"{_LEFT}{_BRACKETED}$"),
    re.compile(rf"{_LEFT}{_WAY}{_PAGE}{_SHORT_TITLE}{_ARROW}*$"),
    re.compile(rf"{_LEFT}{_OPEN}\s*(?P<way>[上下]\s?紧?\s?[转接])\s*{_SHUT}{_ARROW}*$"),
    re.compile(
        rf"{_LEFT}{_OPEN}?\s*(?P<way>未完\s*[，、,]?\s*待续|未完|待续|下期待续)\s*{_SHUT}?{_ARROW}*$"
    ),
)
_AT_END = (
    re.compile(rf"{_LEFT}{_BRACKETED}$"),
    re.compile(rf"(?<=[。！？”」）)…▶►→>◀]){_ARROW}*{_SURE_WAY}{_PAGE}{_ARROW}*$"),
    re.compile(rf"\s[\s▶►→>]*{_SURE_WAY}{_PAGE}{_ARROW}*$"),
)
_AT_START = (
    re.compile(rf"{_ARROW}*{_BRACKETED}"),
    re.compile(rf"{_ARROW}*{_SURE_WAY}{_PAGE}(?:{_ARROW}+|(?=[《“【]))"),
)
_SEAM = re.compile(rf"{_OPEN}{_WAY}{_PAGE}{_ARROW}*{_SHUT}")
_BROKEN = re.compile(r"[（(【\[〔][^）)】\]〕]*$")
_LONGEST_BROKEN = 14
_HINT = re.compile(r"[转接续承]|未完")
_LONGEST = 90


def split_jumps(text: str) -> list[str | Jump]:
    """The text cut at its notices, in order; a text without one comes back as it is."""
    if not _HINT.search(text[:_LONGEST]) and not _HINT.search(text[-_LONGEST:]):
        return [text]
    if len(text) <= _LONGEST and (alone := _first_match(_ALONE, text)):
        return [_jump(alone)]
    first: list[str | Jump] = []
    last: list[str | Jump] = []
    if found := _first_match(_AT_START, text[:_LONGEST]):
        first, text = [_placed(_jump(found), at_end=False)], text[found.end() :]
    for pattern in _AT_END:
        if found := pattern.search(text, max(0, len(text) - _LONGEST)):
            last, text = [_placed(_jump(found), at_end=True)], text[: found.start()]
            break
    return [*first, *([text] if text.strip() else []), *last]


def broken_notice(line: str, following: str) -> int:
    """How many characters of the line after it are the rest of a notice broken at its end; or 0."""
    if not _BROKEN.search(line[-_LONGEST_BROKEN:]):
        return 0
    at = min(len(line), _LONGEST_BROKEN)
    seam = line[-at:] + following[:_LONGEST_BROKEN]
    found = _SEAM.search(seam)
    return found.end() - at if found and found.start() < at < found.end() else 0


def with_direction(jump: Jump, page: str) -> Jump:
    """The notice pointing as the order of the pages says: it stands on the one labelled so."""
    there, here = jump.label.number if jump.label else None, read_label(page).number
    if not jump.undirected or there is None or here is None:
        return jump
    return replace(jump, out=there > here, undirected=False)


def _placed(jump: Jump, *, at_end: bool) -> Jump:
    """The notice pointing as the text says that it stands before or after."""
    return replace(jump, out=at_end, undirected=False) if jump.undirected else jump


def _first_match(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(text))), None)


def _jump(found: re.Match[str]) -> Jump:
    groups = found.groupdict()
    label = groups.get("label") or groups.get("bare")
    title = (groups.get("title") or "").strip(" \u3000《》“”「」【】")
    return Jump(
        found[0].strip(),
        _is_out(groups["way"]),
        read_label(label) if label else None,
        title or None,
        not re.search("[上下余文转全]|未完|待续", groups["way"]),
    )


def _is_out(way: str) -> bool:
    if "上" in way:
        return False
    return any(mark in way for mark in "下转余") or "未完" in way or "待续" in way
