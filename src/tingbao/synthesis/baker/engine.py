"""The engine: a piece of speech to tokens, tokens to a take."""

from __future__ import annotations

from pathlib import Path

from tingbao.errors import SynthesisError
from tingbao.synthesis.baker.model import HOP_SAMPLES, BakerModel
from tingbao.synthesis.baker.tokens import load_mapper, tokens_of
from tingbao.synthesis.embedded import (
    EmbeddedEngine,
    Piece,
    PieceRules,
    Sound,
    Take,
    check_ready,
    identity_of,
    take_of,
)
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.profiles import Profile

ENGINE = "baker"

VERSION = 1
"""Goes up when the same words become other tokens, other pieces or other sound; all clips of the
engine are then spoken again. A change of readings raises ``pronunciation.VERSION`` instead."""

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
    """The versions of engine, pronunciation and libraries, and the pinned weights.

    It is known without the model: what is in the clip store already needs none.
    """
    return identity_of(profile, VERSION, ("ai-edge-litert",))


def piece_rules(profile: Profile) -> PieceRules:
    """How a text is cut for this model."""
    return PieceRules(MOST_SYLLABLES, profile.sentence_pause, CUT_GAPS_MS, WORD_GAP_MS)


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


class BakerEngine(EmbeddedEngine):
    """The baker voice: one female Mandarin reader."""

    def __init__(self, profile: Profile, assets: Path) -> None:
        super().__init__(ENGINE, identity(profile), piece_rules(profile))
        self._mapper = load_mapper(assets / MAPPER_FILE)
        self._model = BakerModel(assets / ACOUSTIC_FILE, assets / VOCODER_FILE)

    def close(self) -> None:
        """Free both models."""
        del self._model

    def take(self, piece: Piece, voice: VoiceSettings, *, is_last: bool) -> Take:
        """The sound of one piece, spoken alike at the end of a text and before it."""
        del is_last
        if voice.voice != VOICE:
            raise SynthesisError(f"baker has one voice, {VOICE!r}, and no {voice.voice!r}")
        tokens = tokens_of(piece.words, self._mapper)
        wave = self._model.speak(tokens.ids, 1.0 / voice.rate)
        return take_of(wave, tokens, SOUND, voice.rate)
