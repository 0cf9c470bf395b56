"""The pauses that rules made, settled among the marks that were printed.

A pause beside a printed mark, another pause or an end of the line is not heard on its own. Marks
that were printed stay as they are.
"""

from __future__ import annotations

import re

from tingbao.script.reading.rules import PAUSE

__all__ = ["settle"]

_MARKS = "，。！？；：、"
_RUN = re.compile(f"[ {PAUSE}]*{PAUSE}[ {PAUSE}]*")
_UNHEARD = re.compile(f"(?:^|(?<=[{_MARKS}“‘《〈]))[ {PAUSE}]+|[ {PAUSE}]+(?=[{_MARKS}”’》〉]|$)")
_SPACES = re.compile(" {2,}")


def settle(spoken: str) -> str:
    """Return ``spoken`` with ， for each pause that is heard, and single spaces."""
    return _SPACES.sub(" ", _RUN.sub("，", _UNHEARD.sub("", spoken)))
