"""What of a script is not said as a person would say it: named before anything is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tingbao.models import Script

_STRANGE = re.compile("[^\u0000-\u024f\u2000-\u206f\u2e80-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Signs that may have no Chinese name: most scripts hold none, and need no dictionary for it."""


def doubts_of(script: Script) -> Iterator[str]:
    """One line for each sign that is left as printed, or that a stand-in is said for."""
    for token in script.unread:
        yield f"no rule reads {token!r}: it is spoken as printed; correct it in the script"
    for sign in dict.fromkeys(_said_by_stand_in(script)):
        yield f"{sign!r} has no known reading: a stand-in is said; correct it in the script"


def _said_by_stand_in(script: Script) -> Iterator[str]:
    for segment in script.segments:
        for utterance in segment.utterances:
            if _STRANGE.search(utterance.spoken):
                from tingbao.pronunciation import unreadable  # noqa: PLC0415  - 80 MB, half a second

                yield from unreadable(utterance.spoken)
