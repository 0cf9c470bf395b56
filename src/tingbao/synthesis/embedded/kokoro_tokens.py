"""Words to the voice's tokens: phonemes and tones of each syllable, spaces, and marks.

``kokoro_vocabulary.json`` is the model's own table of symbols. A syllable's phonemes are those of
``misaki``, which the model was trained with; words are separated by a space, marks follow their
word and are followed by one, as in the training text.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import resources
from types import MappingProxyType

import msgspec

from tingbao.errors import SynthesisError
from tingbao.pronunciation import Syllable, Word
from tingbao.synthesis.embedded.sound import Tokens, TokenSpan

MOST_TOKENS = 510
"""What the model takes, without the padding at both ends."""

PAD = 0
ERHUA = "ɚ"
SPACE = " "
OPENING = "（"

_SIGNS = MappingProxyType(
    {
        "，": ",", "、": ",", "。": ".", "！": "!", "？": "?", "；": ";", "：": ":",
        "…": "…", "—": "—", "（": " (", "）": ")",
    }
)  # fmt: skip

_CLOSING = frozenset(",.!?;:…—)")

# The order counts: the marks of a rising or falling tone contain that of the level one. The
# sign of a non-syllabic vowel (U+032F) is not in the vocabulary.
_SYMBOLS = (
    ("˧˩˧", "↓"),
    ("˧˥", "↗"),
    ("˥˩", "↘"),
    ("˥", "→"),
    ("\u027b\u0329", "ɨ"),
    ("\u0279\u0329", "ɨ"),
    ("\u032f", ""),
)

RING_FRAMES = 2
"""A word rings on into the space or mark after it for up to 50 ms; the rest is a pause."""


@functools.cache
def phonemes(pinyin: str) -> str:
    """The model's symbols for a tone-numbered syllable.

    Raises:
        SynthesisError: it is not a syllable.
    """
    from misaki.transcription import pinyin_to_ipa  # noqa: PLC0415  - half a second, to speak only

    try:
        written = "".join(pinyin_to_ipa(pinyin)[0])
    except ValueError as error:
        raise SynthesisError(f"the kokoro voices have no sound for {pinyin!r}") from error
    for theirs, ours in _SYMBOLS:
        written = written.replace(theirs, ours)
    return written


def tokens_of(words: Sequence[Word], *, is_last: bool, closing: str = "") -> Tokens:
    """The tokens of one chunk of speech, padded at both ends; it has at least one syllable.

    A chunk without a mark at its end gets one, a full stop where it ``is_last`` of its text: the
    model knows only closed sentences, and makes noise of 是 alone. ``closing`` takes the place of
    the mark at the end.

    Raises:
        SynthesisError: a syllable has no sound, or the chunk is too long for the model.
    """
    written = ""
    spans: list[TokenSpan] = []
    for word in words:
        if word.mark:
            written = written.rstrip(SPACE) + _SIGNS[word.mark]
        for syllable in word.syllables:
            # The padding before the text shifts every place by one.
            first = len(written) + 1
            written += _sound(syllable)
            spans.append(TokenSpan(syllable, first, len(written) + 1, _ring(syllable, word)))
        written += SPACE if word.syllables or word.mark != OPENING else ""
    written = written.rstrip(SPACE)
    if closing:
        written = written.rstrip("".join(_CLOSING)) + closing
    if written[-1] not in _CLOSING:
        written += "." if is_last else ","
    if len(written) > MOST_TOKENS:
        raise SynthesisError(f"{len(written)} sounds at once; kokoro can say {MOST_TOKENS}")
    return Tokens((PAD, *(_vocabulary()[sign] for sign in written), PAD), tuple(spans))


def _sound(syllable: Syllable) -> str:
    return phonemes(syllable.pinyin) + (ERHUA if syllable.erhua else "")


def _ring(syllable: Syllable, word: Word) -> int:
    return RING_FRAMES if syllable is word.syllables[-1] else 0


@functools.cache
def _vocabulary() -> dict[str, int]:
    table = resources.files(__package__) / "kokoro_vocabulary.json"
    return msgspec.json.decode(table.read_bytes(), type=dict[str, int])
