"""The embedded voices ``kokoro``: Kokoro-82M v1.0, quantised, in ONNX Runtime.

A chunk of words becomes tokens (``kokoro_tokens``), tokens a wave and how long each token takes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.errors import EngineDownError, IncompleteClipError, SynthesisError
from tingbao.synthesis.embedded.chunks import Chunk, ChunkRules
from tingbao.synthesis.embedded.engine import (
    EmbeddedEngine,
    check_ready,
    identity_of,
    mapped_errors,
)
from tingbao.synthesis.embedded.kokoro_tokens import tokens_of
from tingbao.synthesis.embedded.sound import SoundFacts, SpokenChunk, Tokens, Wave, spoken_chunk
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.profiles import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


ENGINE = "kokoro"

VERSION = 1
"""Goes up when the same words become other tokens, other chunks or other sound; all clips of the
engine are then spoken again. A change of readings raises ``pronunciation.VERSION`` instead."""

MODEL_FILE = "kokoro-quantized.onnx"

MOST_SYLLABLES = 40
"""Far below what the model takes (some 100 syllables): the longer the chunk, the faster it is
read. Measured on the sample page with zm_yunyang, a syllable takes 0.22 s in chunks of at most 45,
0.21 at 60, 0.18 at 95, and there the last ones fall silent, the truncation this model is known
for. Up to 40 the pace is even: 0.17 to 0.19 s without the edges, from 4 syllables on."""

OTHER_CLOSINGS = (".", ",", "..", "!")
"""Of one or two syllables the model sometimes makes noise, every time the same; the same words
with another mark at their end come out right."""

CUT_GAPS_MS = (250, 150, 80)
"""At a comma inside a chunk the voices leave 90 to 130 ms on average and up to 275 at times."""
WORD_GAP_MS = 30

HOP_SAMPLES = 600
"""Samples of one frame of a token's duration: durations times this are the wave, exactly."""

SOUND = SoundFacts(
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


def chunk_rules(profile: Profile) -> ChunkRules:
    """How a text is cut for this model."""
    return ChunkRules(MOST_SYLLABLES, profile.sentence_pause, CUT_GAPS_MS, WORD_GAP_MS)


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
    styles = {voice: _load_style(assets / _style_file(voice)) for voice in voices}
    return KokoroEngine(profile, KokoroModel(assets / MODEL_FILE), styles)


class KokoroEngine(EmbeddedEngine):
    """The Mandarin voices of Kokoro."""

    def __init__(
        self, profile: Profile, model: KokoroModel, styles: dict[str, NDArray[np.float32]]
    ) -> None:
        super().__init__(ENGINE, identity(profile), chunk_rules(profile))
        self._model = model
        self._styles = styles

    def close(self) -> None:
        """Free the model."""
        del self._model

    def speak_chunk(self, chunk: Chunk, voice: VoiceSettings, *, is_last: bool) -> SpokenChunk:
        """The sound of one chunk; where the model makes noise of it, with another closing mark."""
        try:
            return self._spoken(tokens_of(chunk.words, is_last=is_last), voice)
        except IncompleteClipError:
            for closing in OTHER_CLOSINGS:
                tokens = tokens_of(chunk.words, is_last=is_last, closing=closing)
                with contextlib.suppress(IncompleteClipError):
                    return self._spoken(tokens, voice)
            raise

    def _spoken(self, tokens: Tokens, voice: VoiceSettings) -> SpokenChunk:
        style = self._style(voice.voice, len(tokens.ids) - 2)
        return spoken_chunk(
            self._model.speak(tokens.ids, style, voice.rate), tokens, SOUND, voice.rate
        )

    def _style(self, voice: str, tokens: int) -> NDArray[np.float32]:
        """The style for so many tokens without padding; the last row serves the longest text."""
        if voice not in self._styles:
            raise SynthesisError(f"the voice {voice!r} is not one of the profile's readers")
        style: NDArray[np.float32] = self._styles[voice][min(tokens, STYLES - 1)]
        return style


def _style_file(voice: str) -> str:
    return f"{voice}.bin"


DURATIONS = "/encoder/Cast_output_0"
STYLES, STYLE_SIZE = 510, 256

ERRORS_ONLY = 3
"""The runtime writes warnings about the machine to standard error, which carries our messages."""

INT64 = 7
_MODEL_GRAPH, _GRAPH_OUTPUT, _VALUE_NAME, _VALUE_TYPE = 7, 12, 1, 2
_TYPE_TENSOR, _TENSOR_ELEMENT = 1, 1
"""Field numbers of ONNX's protobuf messages (``onnx.proto3``)."""


def _with_output(model: bytes, name: str) -> bytes:
    """The same ONNX model with the inner 64-bit integer tensor ``name`` as one more output.

    A protobuf reader merges a message that comes twice, so one more graph with nothing but an
    output is appended: the network itself is not touched.
    """
    tensor = bytes([_TENSOR_ELEMENT << 3, INT64])
    kind = _message(_VALUE_TYPE, _message(_TYPE_TENSOR, tensor))
    value = _message(_VALUE_NAME, name.encode()) + kind
    return model + _message(_MODEL_GRAPH, _message(_GRAPH_OUTPUT, value))


def _message(number: int, body: bytes) -> bytes:
    assert len(body) < 1 << 7, "a length of one byte"
    return bytes([number << 3 | 2, len(body)]) + body


class KokoroModel:
    """The network on one thread: same tokens, style and speed, same samples."""

    def __init__(self, path: Path) -> None:
        """Load it.

        Raises:
            EngineDownError: the file is missing or is not the model this was written for.
        """
        import onnxruntime  # noqa: PLC0415  - heavy, for this voice only

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = ERRORS_ONLY
        with mapped_errors(EngineDownError, "the kokoro voices cannot be loaded"):
            self._session = onnxruntime.InferenceSession(
                _with_output(path.read_bytes(), DURATIONS),
                options,
                providers=["CPUExecutionProvider"],
            )

    def speak(self, tokens: Sequence[int], style: NDArray[np.float32], speed: float) -> Wave:
        """Speak padded ``tokens``; ``style`` are 256 numbers, ``speed`` 2.0 is twice as fast.

        Raises:
            SynthesisError: the model refuses the tokens.
        """
        import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

        inputs = {
            "input_ids": np.array([tokens], np.int64),
            "style": style.reshape(1, STYLE_SIZE),
            "speed": np.array([speed], np.float32),
        }
        with mapped_errors(SynthesisError, "the kokoro voices cannot speak this"):
            wave, durations = self._session.run(["waveform", DURATIONS], inputs)
        return Wave(wave.reshape(-1), tuple(int(one) for one in durations.reshape(-1)))


def _load_style(path: Path) -> NDArray[np.float32]:
    """A voice's styles, one of 256 numbers for each number of tokens from 0 to 509.

    Raises:
        EngineDownError: the file is missing or of another size.
    """
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    with mapped_errors(EngineDownError, f"the kokoro voices have no {path.name}"):
        styles: NDArray[np.float32] = np.fromfile(path, "<f4").reshape(STYLES, STYLE_SIZE)
    return styles
