"""The engine: a piece of speech to tokens, tokens to a take."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.errors import IncompleteClipError, SynthesisError
from tingbao.synthesis.embedded import (
    EmbeddedEngine,
    Piece,
    PieceRules,
    Sound,
    Take,
    Tokens,
    check_ready,
    identity_of,
    take_of,
)
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.kokoro.model import HOP_SAMPLES, STYLES, KokoroModel, load_style
from tingbao.synthesis.kokoro.tokens import tokens_of
from tingbao.synthesis.profiles import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENGINE = "kokoro"

VERSION = 1
"""Goes up when the same words become other tokens, other pieces or other sound; all clips of the
engine are then spoken again. A change of readings raises ``pronunciation.VERSION`` instead."""

MODEL_FILE = "kokoro-quantized.onnx"

MOST_SYLLABLES = 40
"""Far below what the model takes (some 100 syllables): the longer the piece, the faster it is
read. Measured on the sample page with zm_yunyang, a syllable takes 0.22 s in pieces of at most 45,
0.21 at 60, 0.18 at 95, and there the last ones fall silent, the truncation this model is known
for. Up to 40 the pace is even: 0.17 to 0.19 s without the edges, from 4 syllables on."""

OTHER_CLOSINGS = (".", ",", "..", "!")
"""Of one or two syllables the model sometimes makes noise, every time the same; the same words
with another mark at their end come out right."""

CUT_GAPS_MS = (250, 150, 80)
"""At a comma inside a piece the voices leave 90 to 130 ms on average and up to 275 at times."""
WORD_GAP_MS = 30

SOUND = Sound(
    name=ENGINE,
    hop_samples=HOP_SAMPLES,
    # -48 dB: between words there is digital silence, and no syllable stays below -27 dB.
    silence_level=0.004,
    seconds_per_syllable=(0.12, 0.6),
    gain=0.7,  # peaks of 0.84 (zf_xiaobei) to 1.3 (zf_xiaoxiao) were measured
)


def identity(profile: Profile) -> str:
    """The versions of engine, pronunciation and libraries, and the pinned weights.

    It is known without the model: what is in the clip store already needs none.
    """
    return identity_of(profile, VERSION, ("misaki", "onnxruntime"))


def piece_rules(profile: Profile) -> PieceRules:
    """How a text is cut for this model."""
    return PieceRules(MOST_SYLLABLES, profile.sentence_pause, CUT_GAPS_MS, WORD_GAP_MS)


def open_engine(profile: Profile, assets: Path) -> KokoroEngine:
    """Load the model and the readers' styles from their fetched files.

    Raises:
        VoiceUnavailableError: a file is not in ``assets``.
        InputError: the profile asks for what these voices cannot do.
        EngineDownError: a file is not what is needed.
    """
    voices = sorted({reader.voice for reader in profile.readers})
    wanted = (MODEL_FILE, *map(_style_file, voices))
    check_ready(profile, assets, wanted)
    styles = {voice: load_style(assets / _style_file(voice)) for voice in voices}
    return KokoroEngine(profile, KokoroModel(assets / MODEL_FILE), styles)


class KokoroEngine(EmbeddedEngine):
    """The Mandarin voices of Kokoro."""

    def __init__(
        self, profile: Profile, model: KokoroModel, styles: dict[str, NDArray[np.float32]]
    ) -> None:
        super().__init__(ENGINE, identity(profile), piece_rules(profile))
        self._model = model
        self._styles = styles

    def close(self) -> None:
        """Free the model."""
        del self._model

    def take(self, piece: Piece, voice: VoiceSettings, *, is_last: bool) -> Take:
        """The sound of one piece; where the model makes noise of it, with another closing mark."""
        try:
            return self._spoken(tokens_of(piece.words, is_last=is_last), voice)
        except IncompleteClipError:
            for closing in OTHER_CLOSINGS:
                tokens = tokens_of(piece.words, is_last=is_last, closing=closing)
                with contextlib.suppress(IncompleteClipError):
                    return self._spoken(tokens, voice)
            raise

    def _spoken(self, tokens: Tokens, voice: VoiceSettings) -> Take:
        style = self._style(voice.voice, len(tokens.ids) - 2)
        return take_of(self._model.speak(tokens.ids, style, voice.rate), tokens, SOUND, voice.rate)

    def _style(self, voice: str, tokens: int) -> NDArray[np.float32]:
        """The style for so many tokens without padding; the last row serves the longest text."""
        if voice not in self._styles:
            raise SynthesisError(f"the voice {voice!r} is not one of the profile's readers")
        style: NDArray[np.float32] = self._styles[voice][min(tokens, STYLES - 1)]
        return style


def _style_file(voice: str) -> str:
    return f"{voice}.bin"
