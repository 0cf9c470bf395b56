"""What the pronunciation returns: words made of syllables and pauses, and a word's neighbours."""

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


@dataclass(frozen=True, slots=True)
class Place:
    """One word among its neighbours; ``before`` and ``after`` are empty at a pause."""

    text: str
    words: tuple[Word, ...]
    index: int

    @property
    def here(self) -> str:
        """The word itself."""
        return self._text_of(self.words[self.index])

    @property
    def before(self) -> str:
        """The word before it."""
        return self._beside(self.index - 1)

    @property
    def after(self) -> str:
        """The word after it."""
        return self._beside(self.index + 1)

    @property
    def next_two(self) -> tuple[str, str]:
        """The two words after this one."""
        return self._beside(self.index + 1), self._beside(self.index + 2)

    @property
    def earlier(self) -> list[str]:
        """The words back to the last pause, nearest first; 、 and brackets are none."""
        found: list[str] = []
        for word in reversed(self.words[: self.index]):
            if word.mark and word.mark not in "、（）":
                break
            found.append(self._text_of(word))
        return found

    @property
    def rest(self) -> str:
        """The text from the end of this word to the next pause."""
        return self._ahead("")

    @property
    def clause(self) -> str:
        """The text from the end of this word to the next pause; 、 and brackets are none."""
        return self._ahead("、（）")

    def _ahead(self, passed: str) -> str:
        start = self.words[self.index].end
        marked = (word for word in self.words[self.index :] if word.mark)
        stops = (word.start for word in marked if word.mark and word.mark not in passed)
        return self.text[start : next(stops, len(self.text))]

    def _beside(self, index: int) -> str:
        if not 0 <= index < len(self.words) or self.words[index].mark:
            return ""
        return self._text_of(self.words[index])

    def _text_of(self, word: Word) -> str:
        return self.text[word.start : word.end]
