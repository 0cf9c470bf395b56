"""Where a sentence ends, and the helpers of Han text that the parser uses."""

from __future__ import annotations

import re

_CLOSERS = "”’」』）)】》〉\\]\"'"
_END = re.compile(
    rf"[。！？!?…][{_CLOSERS}]*$|[.](?:[”\"])?$|[。！？!?][{_CLOSERS}]*\s*[（(][^（()）]{{1,60}}[）)]$"
)


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends here; a closing quote alone ends none."""
    return bool(_END.search(text[-80:].rstrip()))
