"""The pauses that rules made, settled among the marks that were printed.

A pause beside a printed mark, another pause or an end of the line is not heard on its own. Marks
that were printed stay as they are.
"""

from __future__ import annotations

import re

from tingbao.script.reading.ones import MARK
from tingbao.script.reading.rules import PAUSE
from tingbao.text.han import BASIC_HAN

_MARKS = "，。！？；：、"
_RUN = re.compile(f"[ {PAUSE}]*{PAUSE}[ {PAUSE}]*")
_UNHEARD = re.compile(f"(?:^|(?<=[{_MARKS}“‘《〈]))[ {PAUSE}]+|[ {PAUSE}]+(?=[{_MARKS}”’》〉]|$)")
_BETWEEN_WORDS = re.compile(rf"(?<=[{MARK}{BASIC_HAN}]) +(?=[{BASIC_HAN}])")
_SPACES = re.compile(" {2,}")


def settle(spoken: str) -> str:
    """Return ``spoken`` with ， for each pause that is heard, and single spaces beside letters."""
    text = _RUN.sub("，", _UNHEARD.sub("", spoken))
    return _SPACES.sub(" ", _BETWEEN_WORDS.sub("，", text))
