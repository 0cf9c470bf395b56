"""What turns printed text into utterances: read, cut, ended, with the pauses of its role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from unicodedata import category

from tingbao.models import Pauses, Role, Utterance
from tingbao.script.cutting import cut
from tingbao.script.reading import Spoken, read

__all__ = ["Speaker", "is_speakable", "respelling"]

_ENDED = re.compile(r"[。！？；：…，、][”’》]*$")
_UNFINISHED = re.compile(r"[，、；,;]\s*$")

Respell = Callable[[str], str]


def respelling(words: Mapping[str, str]) -> Respell:
    """Return what puts the spoken form of each of ``words`` in its place, longest word first."""
    if not words:
        return lambda text: text
    longest_first = sorted(filter(None, words), key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(lambda match: words[match.group()], text)


def is_speakable(text: str) -> bool:
    """Whether there is anything to say in ``text``: a letter, a digit or a Han character."""
    return any(sign.isalnum() for sign in text)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes the utterances of one reader; what no reading rule knew gathers in ``unread``."""

    pauses: Pauses
    max_characters: int
    respell: Respell = field(default_factory=lambda: respelling({}))
    reader: int = 1
    unread: dict[str, None] = field(default_factory=dict)

    def as_reader(self, number: int) -> Speaker:
        """Return the same speaker with the voice of reader ``number``."""
        return replace(self, reader=number)

    def say(
        self,
        role: Role,
        text: str,
        wording: str | None = None,
        shape: Callable[[str], str] | None = None,
    ) -> tuple[Utterance, ...]:
        """Say printed ``text``; ``wording`` is how it is put for the ear, before it is read.

        ``shape`` is the last touch on the spoken words. Between the utterances of a text that is
        too long for one there is the pause of a sentence, after the last one that of its role.
        Nothing to say makes no utterance.
        """
        said = text if wording is None else wording
        pieces = cut(said, lambda piece: self._spoken(piece).spoken, self.max_characters)
        printed = pieces if wording is None else (text, *pieces[1:])
        made = [self._utterance(role, *both, shape) for both in zip(printed, pieces, strict=True)]
        return self.paused(role, [utterance for utterance in made if utterance is not None])

    def paused(self, role: Role, said: Sequence[Utterance]) -> tuple[Utterance, ...]:
        """Return what belongs together: the pause of a sentence between, the role's after."""
        pauses = [self.pauses.sentence] * (len(said) - 1) + [self.pauses.by_role[role]]
        pairs = zip(said, pauses, strict=False)
        return tuple(replace(utterance, pause_ms=pause) for utterance, pause in pairs)

    def _utterance(
        self, role: Role, text: str, piece: str, shape: Callable[[str], str] | None
    ) -> Utterance | None:
        said = self._spoken(piece)
        self.unread.update(dict.fromkeys(said.unread))
        if not is_speakable(said.spoken):
            self.unread.update(dict.fromkeys(_symbols(text)))
            return None
        spoken = said.spoken if shape is None or said.readings else shape(said.spoken)
        return Utterance(role, text.strip(), _ended(spoken, piece), self.reader, said.readings)

    def _spoken(self, piece: str) -> Spoken:
        return read(self.respell(piece))


def _ended(spoken: str, piece: str) -> str:
    """Give the voice a mark to end on: a headline has none, and a cut at a comma lost its own."""
    if _ENDED.search(spoken):
        return spoken
    return spoken + ("，" if _UNFINISHED.search(piece) else "。")


def _symbols(text: str) -> list[str]:
    """What of a text that makes no utterance is more than punctuation."""
    return [text.strip()] if any(category(sign)[0] in "SLN" for sign in text) else []
