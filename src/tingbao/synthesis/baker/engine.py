"""The engine: text to words, words to pieces, pieces to takes, takes to one clip."""

from __future__ import annotations

from pathlib import Path

from tingbao.errors import SynthesisError
from tingbao.models import Clip
from tingbao.pronunciation import pronounce
from tingbao.synthesis.baker.model import HOP_SAMPLES, BakerModel
from tingbao.synthesis.baker.tokens import load_mapper, tokens_of
from tingbao.synthesis.embedded import (
    Piece,
    PieceRules,
    Sound,
    Take,
    check_ready,
    check_settings,
    identity_of,
    joined,
    pieces_of,
    take_of,
)
from tingbao.synthesis.engine import Speech
from tingbao.synthesis.profiles import Profile

__all__ = ["BakerEngine", "identity", "open_engine"]

ENGINE = "baker"
VOICE = "baker"
ACOUSTIC_FILE = "fastspeech2_quan.tflite"
VOCODER_FILE = "mb_melgan.tflite"
MAPPER_FILE = "baker_mapper.json"

MOST_SYLLABLES = 32
"""FastSpeech 2 was trained on sentences of some ten seconds. Measured on the sample page, the
spectrogram of a syllable stays the same whether its clause is spoken alone or inside a sentence
up to about the 30th syllable (distance 0.3), and goes its own way beyond the 40th (0.8); beyond
2,047 frames the model refuses."""

CUT_GAPS_MS = (250, 180, 80)
"""What the voice itself leaves at a comma inside a piece (262 ms of the mark ``#3``, of which 85
are still speech), more and less of it."""
WORD_GAP_MS = 30

SOUND = Sound(
    name=ENGINE,
    hop_samples=HOP_SAMPLES,
    silence_level=0.004,  # -48 dB: its own silence is below -70 dB, its softest consonant above
    seconds_per_syllable=(0.1, 0.6),
)


def identity(profile: Profile) -> str:
    """Engine, its code and libraries, the rules of pronunciation, and the pinned weights.

    It is known without the model: what is in the clip store already needs none.
    """
    return identity_of(profile, __package__, ("ai-edge-litert",))


def open_engine(profile: Profile, assets: Path) -> BakerEngine:
    """Load the voice from its fetched weights.

    Raises:
        VoiceUnavailableError: a file is not in ``assets``.
        InputError: the profile asks for what this voice cannot do.
        EngineDownError: a file is not what this voice needs.
    """
    wanted = (ACOUSTIC_FILE, VOCODER_FILE, MAPPER_FILE)
    check_ready(profile, assets, wanted)
    return BakerEngine(profile, assets)


class BakerEngine:
    """The baker voice: one female Mandarin reader; one thread, and the same bytes every time."""

    def __init__(self, profile: Profile, assets: Path) -> None:
        self._mapper = load_mapper(assets / MAPPER_FILE)
        self._model = BakerModel(assets / ACOUSTIC_FILE, assets / VOCODER_FILE)
        self._rules = PieceRules(MOST_SYLLABLES, profile.sentence_pause, CUT_GAPS_MS, WORD_GAP_MS)
        self._identity = identity(profile)

    @property
    def identity(self) -> str:
        """Engine, its code and libraries, the rules of pronunciation, and the pinned weights."""
        return self._identity

    def speak(self, speech: Speech) -> Clip:
        """Speak the whole text: mono 24 kHz, each character timed, silent edges cut to 20 ms.

        Raises:
            SynthesisError: a sound, rate or pitch that the voice does not have.
            IncompleteClipError: a part of the text got no sound, or too little or much time.
        """
        check_settings(speech.voice, ENGINE)
        if speech.voice.voice != VOICE:
            raise SynthesisError(f"baker has one voice, {VOICE!r}, and no {speech.voice.voice!r}")
        words = pronounce(speech.spoken, speech.readings)
        pieces = pieces_of(words, self._rules)
        takes = [self._take(piece, speech.voice.rate) for piece in pieces]
        return joined(takes, [piece.gap_ms for piece in pieces])

    def close(self) -> None:
        """Free both models."""
        del self._model

    def _take(self, piece: Piece, rate: float) -> Take:
        tokens = tokens_of(piece.words, self._mapper)
        return take_of(self._model.speak(tokens.ids, 1.0 / rate), tokens, SOUND, rate)
