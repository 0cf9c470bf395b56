"""How news begins: when it happened, or who told it."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"(?:近日|日前|昨日|昨天|昨晚|昨|今日|今天|今晨|当地时间|记者|连日来|"
    r"(?:\d{1,2}月)?\d{1,2}日(?:[，上下晚至起]|[^期常]))"
)
"""How a piece of news begins, and the part of a longer one seldom does."""

_DATED = re.compile(
    r"近日|日前|昨[日天晚]|今[日天晨]|[上本]周(?![边年密])|(?<![\d年])(?:\d{1,2}月)?\d{1,2}日(?![期常均])|据.{2,12}报道"
)
"""What tells a piece of news within its first clause: when it happened, or who told it."""

_FIRST_CLAUSE = 24


def tells_news(text: str) -> bool:
    """Whether a text opens as news does: when it happened, or who told it."""
    return bool(_CUE.match(text) or _DATED.search(text[:_FIRST_CLAUSE]))
