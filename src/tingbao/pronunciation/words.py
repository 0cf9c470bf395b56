"""What the pronunciation step returns: words made of syllables, and pauses between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable: tone-numbered ``pinyin`` (``lv4``, neutral tone 5).

    ``start`` and ``end`` are the characters of the spoken text it comes from. An ``erhua``
    syllable carries the retroflex ending: 花儿 is ``hua1`` over both characters.
    """

    pinyin: str
    start: int
    end: int
    erhua: bool = False

    @property
    def tone(self) -> int:
        """The tone, 1 to 5."""
        return int(self.pinyin[-1])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the spoken text, or a punctuation mark that is heard as a pause.

    A mark has no syllables; ``mark`` is its full-width form, one of ``，。！？；：、…—（）``.
    """

    start: int
    end: int
    syllables: tuple[Syllable, ...] = ()
    mark: str | None = None
