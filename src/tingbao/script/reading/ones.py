"""The ones that keep their own tone: a 一 that came from a figure and counts by itself.

Before 比, 至, 加 and the like a figure one stays yi1 (一比零, 一至九月), while the same characters
in running text change their tone (一比高下). Only the reader knows which is which, so it marks the
ones it made and tells the pronunciation step about them.
"""

from __future__ import annotations

import re

from tingbao.models import Reading
from tingbao.text.traced import TracedText

MARK = "\ue000"
"""A private-use character behind a 一 that came from a figure; folding removes it from input."""

_NUMERAL = "十百千万亿点零一二三四五六七八九"
_FLAT = re.compile(
    rf"(?<![{_NUMERAL}{MARK}])一{MARK}(?=[至比加乘杠型版])|(?<=[比加乘])一{MARK}(?![{_NUMERAL}个])"
)
_MARKS = re.compile(MARK)


def mark(spoken: str) -> str:
    """Mark the ones of text that was made from figures."""
    return spoken.replace("一", f"一{MARK}")


def release(marked: TracedText) -> tuple[Reading, ...]:
    """Remove the marks; return the readings of the ones that keep their tone."""
    readings: list[Reading] = []
    marks = counted = 0
    for found in _FLAT.finditer(marked.text):
        marks += marked.text.count(MARK, counted, found.start())
        counted = found.start()
        readings.append(Reading(counted - marks, counted - marks + 1, "yi1"))
    marked.replace(_MARKS, "")
    return tuple(readings)
