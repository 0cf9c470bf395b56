"""Captions of pictures: 图为…, …（张三 摄）, ▲…."""

from __future__ import annotations

import re

from tingbao.parse.words import any_of

_LONGEST = 260
_TAIL = 60
"""How many characters at the end of a block may hold the photographer's credit."""

_MARK = r"[▲△▼▽■□●○◆◇◎★☆►▶◀↑↓←→⬆⬇\s]*"
_START = re.compile(
    rf"{_MARK}[（(]?\s*"
    + any_of(
        r"图为 图片为 图\s?[①-⑨\d一二三四五六][为：:\s、，] [上下左右题]图(?:为|[:：]) 图片说明",
        "图说[:：] 照片为 资料图[:：] 图： 图/",
    )
)
_TRIANGLE = re.compile(r"[▲△▼▽◀▶►↑↓⬆⬇]\s*\S")
_BRACKETED = any_of(
    "摄 供图 摄影报道 资料图片? 资料照片? (?:图|照片)[^（()）。]{0,10}提供 翻摄 摄影 网图 制图",
    "图片 /图 /摄",
)
_ARCHIVES = any_of("视觉中国 影像中国 人民视觉 本报资料 资料")
_END = re.compile(
    any_of(
        r"[^，。；！？]{0,24}(?:\s摄|[者员]\s?\S{1,8}\s?摄|摄影报道|\s?供图|\s摄影) 新华社发",
        rf"[（(〔【][^（）()〔〕【】。]{{0,40}}{_BRACKETED}\s*[）)〕】]",
        rf"{_ARCHIVES}(?:图片|供图|照片)?",
        r"新华社(?:记者)?\S{0,16}摄 [图摄][／/:：][^，。；]{1,20} [^，。]{1,12}[／/][图摄]",
        r"(?:^|[。！？”\u3000\x20者员])[^，。；\s]{2,4}\s?摄影?(?:[（(／/][^）)]{1,14}[）)]?)?",
        r"(?:^|[。！？”\u3000\x20])[^，。；\s]{2,4}\s?发[（(／/][^）)]{1,14}[）)]?",
        r"图片来源[:：]\S{1,20} (?:新华社|中新社)[／/](?:美联|法新|路透|欧新|中新)(?:社|图片)?",
    )
    + r"\s*[）)】]?。?\s*$"
)
_HINT = re.compile(r"[摄图片照▲△▼▽◀▶►↑↓⬆⬇]|新华社发|提供|社[／/]")


_PHOTOGRAPHED = re.compile(r"[摄图影]")
_PHOTOGRAPHER = re.compile(r"[（(]?[^文，。；]*(?:摄|供图)[）)]?$")
_LONGEST_LEGEND = 40


def is_photographer(text: str) -> bool:
    """Whether the line only says who took a picture: 本报记者 张远 摄; no writer's credit."""
    return len(text) <= _LONGEST_LEGEND and bool(_PHOTOGRAPHER.match(text))


def is_legend(text: str, credit: str) -> bool:
    """Whether a short line under the writers' credit says what their picture shows.

    A credit that names a picture (文/图, 摄影报道) is printed beside it, so its legend follows.
    """
    return len(text) <= _LONGEST_LEGEND and bool(_PHOTOGRAPHED.search(credit))


def is_caption(text: str) -> bool:
    """Whether the block is the caption of a picture."""
    if len(text) > _LONGEST or not _HINT.search(text):
        return False
    return bool(_START.match(text) or _TRIANGLE.match(text) or _END.search(text[-_TAIL:]))
