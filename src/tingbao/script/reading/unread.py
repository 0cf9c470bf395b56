"""What a sign is that no rule knows: by what Unicode says of it, and by what print means by it."""

from __future__ import annotations

import re
import unicodedata

from tingbao.models import UnreadKind
from tingbao.text.han import HAN

_KINDS = (
    (re.compile(r"\\[A-Za-z]"), UnreadKind.FORMULA),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"), UnreadKind.PRIVATE),
    (re.compile("[\ufffd〓□▯◻▢]"), UnreadKind.MISSING),
    (re.compile(f"[⿰-⿻{HAN}]"), UnreadKind.CHARACTER),
    (re.compile(r"\d"), UnreadKind.FIGURES),
    (re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"), UnreadKind.EMOJI),
)
"""The first that is found anywhere in a text decides."""

_BY_CATEGORY = {
    "L": UnreadKind.LETTERS,
    "M": UnreadKind.LETTERS,
    "N": UnreadKind.FIGURES,
    "Cn": UnreadKind.MISSING,
    "Cs": UnreadKind.MISSING,
}
"""By the general category of the first character, or its first letter."""


def kind_of(text: str) -> UnreadKind:
    """Return what kind of sign, or of signs side by side, ``text`` is."""
    for pattern, kind in _KINDS:
        if pattern.search(text):
            return kind
    category = unicodedata.category(text[0])
    return _BY_CATEGORY.get(category) or _BY_CATEGORY.get(category[0], UnreadKind.SIGN)
