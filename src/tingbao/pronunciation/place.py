"""A word among its neighbours, as the rules for readings see it."""

from __future__ import annotations

from dataclasses import dataclass

from tingbao.pronunciation.words import Word


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
        start = self.words[self.index].end
        stops = (word.start for word in self.words[self.index :] if word.mark)
        return self.text[start : next(stops, len(self.text))]

    def _beside(self, index: int) -> str:
        if not 0 <= index < len(self.words) or self.words[index].mark:
            return ""
        return self._text_of(self.words[index])

    def _text_of(self, word: Word) -> str:
        return self.text[word.start : word.end]
