"""What every embedded engine does alike: words to pieces, pieces to takes, takes to one clip."""

from __future__ import annotations

from abc import ABC, abstractmethod

from tingbao.models import Clip
from tingbao.pronunciation import pronounce
from tingbao.synthesis.embedded.pieces import Piece, PieceRules, pieces_of
from tingbao.synthesis.embedded.readiness import check_settings
from tingbao.synthesis.embedded.takes import Take, joined
from tingbao.synthesis.engine import Speech, VoiceSettings


class EmbeddedEngine(ABC):
    """An engine whose model runs here, on one thread: the same speech gives the same bytes.

    ``name`` is what it is called in messages; ``identity`` is known without the model.
    """

    def __init__(self, name: str, identity: str, rules: PieceRules) -> None:
        self._name = name
        self._identity = identity
        self._rules = rules

    @property
    def identity(self) -> str:
        """What made the audio, for the clip store's key."""
        return self._identity

    def speak(self, speech: Speech) -> Clip:
        """Speak the whole text: mono 24 kHz, each character timed, silent edges cut to 20 ms.

        Raises:
            SynthesisError: a sound, voice, rate or pitch that is not to be had.
            IncompleteClipError: a part of the text got no sound, or too little or much time.
        """
        check_settings(speech.voice, self._name)
        pieces = pieces_of(pronounce(speech.spoken, speech.readings), self._rules)
        takes = [self.take(piece, speech.voice, is_last=piece is pieces[-1]) for piece in pieces]
        return joined(takes, [piece.gap_ms for piece in pieces])

    @abstractmethod
    def take(self, piece: Piece, voice: VoiceSettings, *, is_last: bool) -> Take:
        """The sound of one piece; ``is_last`` of the text.

        Raises:
            SynthesisError, IncompleteClipError: as :meth:`speak`.
        """

    @abstractmethod
    def close(self) -> None:
        """Free the model; the engine is not used again."""
