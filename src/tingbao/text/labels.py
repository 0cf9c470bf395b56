"""What a page is called: 第01版, A02, 头版. The one grammar of labels that stand alone.

Where a label is looked for in a line that says more, ``parse/labels.py`` finds it.
"""

from __future__ import annotations

import re

from tingbao.models import PageLabel
from tingbao.text.numerals import number_of

_LABEL = re.compile(r"([A-Za-z]{0,2})\s*(\d+)")
_FRONT = frozenset({"头", "首"})


def read_label(printed: str) -> PageLabel:
    """Take a label apart: 第二版, 02 and 二版 are page 2; A02 is page 2 of part A; 头版 is page 1.

    A name, such as 封面, is all letters.
    """
    text = printed.strip().strip("第版页").strip()
    if text in _FRONT:
        return PageLabel(printed, number=1)
    if found := _LABEL.fullmatch(text):
        return PageLabel(printed, found[1].upper(), int(found[2]))
    number = number_of(text)
    return PageLabel(printed, text.upper() if number is None else "", number)
