"""The pauses that rules made, settled among the marks that were printed.

A pause beside a printed mark, another pause or an end of the line is not heard on its own. Marks
that were printed stay as they are.
"""

from __future__ import annotations

import re

from tingbao.script.reading.ones import MARK
from tingbao.script.reading.rules import PAUSE
from tingbao.text.han import BASIC_HAN
from tingbao.text.traced import TracedText

_MARKS = "，。！？；：、"
_RUN = re.compile(f"[ {PAUSE}]*{PAUSE}[ {PAUSE}]*")
_UNHEARD = re.compile(f"(?:^|(?<=[{_MARKS}“‘《〈]))[ {PAUSE}]+|[ {PAUSE}]+(?=[{_MARKS}”’》〉]|$)")
_BETWEEN_WORDS = re.compile(rf"(?<=[{MARK}{BASIC_HAN}]) +(?=[{BASIC_HAN}])")
_SPACES = re.compile(" {2,}")


def settle(spoken: TracedText) -> None:
    """Put ， for each pause that is heard, and single spaces beside letters."""
    spoken.replace(_UNHEARD, "")
    spoken.replace(_RUN, "，")
    spoken.replace(_BETWEEN_WORDS, "，")
    spoken.replace(_SPACES, " ")
