"""What turns printed text into utterances: read, cut, ended, with the pauses of its role."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tingbao.models import Pauses, Role, Utterance, is_speakable
from tingbao.script.lexicon import Lexicon
from tingbao.script.reading import Spoken, read
from tingbao.text.cut import cut_for_speech

_ENDED = re.compile(r"[。！？；：…，、][”’》]*$")
_UNFINISHED = re.compile(r"[，、；,;]\s*$")

Shape = Callable[[str], str] | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes the utterances of one reader; what no reading rule knew gathers in ``unread``."""

    pauses: Pauses
    max_characters: int
    lexicon: Lexicon = field(default_factory=Lexicon)
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
        shape: Shape = None,
    ) -> tuple[Utterance, ...]:
        """Say printed ``text``; ``wording`` is how it is put for the ear, before it is read.

        ``shape`` is the last touch on the spoken words. A text that is too long for one utterance
        is cut; where it is put differently for the ear, the first piece carries all that is
        printed. Nothing to say makes no utterance; signs that no rule knew are in ``unread`` then.
        """
        said = text if wording is None else wording

        @functools.cache  # cutting asks for the very pieces that are said in the end
        def words(piece: str) -> Spoken:
            return self._words(piece, shape)

        pieces = cut_for_speech(said, lambda piece: words(piece).spoken, self.max_characters)
        printed = pieces if said == text else (text, *[""] * (len(pieces) - 1))
        pairs = zip(printed, map(words, pieces), strict=True)
        made = [self._utterance(role, *pair) for pair in pairs]
        return self.paused(role, [utterance for utterance in made if utterance is not None])

    def paused(self, role: Role, said: Sequence[Utterance]) -> tuple[Utterance, ...]:
        """Return what belongs together: a short pause after each, the role's after the last."""
        pauses = [self._between(utterance.spoken) for utterance in said[:-1]]
        pauses.append(self.pauses.by_role[role])
        pairs = zip(said, pauses, strict=False)
        return tuple(replace(utterance, pause_ms=pause) for utterance, pause in pairs)

    def _between(self, spoken: str) -> int:
        """The pause of a sentence; half of it where a sentence had to be cut."""
        return self.pauses.sentence // (2 if _UNFINISHED.search(spoken) else 1)

    def _utterance(self, role: Role, text: str, said: Spoken) -> Utterance | None:
        self.unread.update(dict.fromkeys(said.unread))
        if not is_speakable(said.spoken):
            return None
        return Utterance(role, text.strip(), said.spoken, self.reader, said.readings)

    def _words(self, piece: str, shape: Shape) -> Spoken:
        said = read(self.lexicon.respell(piece))
        # A forced reading is told by its place, so these words stay as they are.
        shaped = said.spoken if shape is None or said.readings else shape(said.spoken)
        return self.lexicon.force(replace(said, spoken=_ended(shaped, piece)))


def _ended(spoken: str, piece: str) -> str:
    """Give the voice a mark to end on: a headline has none, and a cut at a comma lost its own."""
    if _ENDED.search(spoken):
        return spoken
    return spoken + ("，" if _UNFINISHED.search(piece) else "。")
