"""The embedded voice ``baker``: FastSpeech 2 and multi-band MelGAN in plain LiteRT.

A chunk of words becomes tokens (``baker_tokens``), tokens a mel spectrogram with durations, and
that a wave.

The acoustic model was exported with a dropout left on over the embeddings of pitch and energy. It
makes the voice random, and its random numbers (``FlexRandomUniform``) would need all of
TensorFlow. At inference a dropout is the identity, so its operators are cut out: the readers of
its output read its input. This takes 0.15 s, so it is done in memory, and the file stays as it was
pinned.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tingbao.errors import EngineDownError, SynthesisError
from tingbao.synthesis.embedded.baker_tokens import load_mapper, tokens_of
from tingbao.synthesis.embedded.chunks import Chunk, ChunkRules
from tingbao.synthesis.embedded.engine import (
    EmbeddedEngine,
    check_ready,
    identity_of,
    mapped_errors,
)
from tingbao.synthesis.embedded.sound import SoundFacts, SpokenChunk, Wave, spoken_chunk
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.profiles import Profile

ENGINE = "baker"

VERSION = 1
"""Goes up when the same words become other tokens, other chunks or other sound; all clips of the
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
"""What the voice itself leaves at a comma inside a chunk (262 ms of the mark ``#3``, of which 85
are still speech), more and less of it."""
WORD_GAP_MS = 30

HOP_SAMPLES = 300
"""Samples per frame of the mel spectrogram: durations times this are the wave, exactly."""

SOUND = SoundFacts(
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


def chunk_rules(profile: Profile) -> ChunkRules:
    """How a text is cut for this model."""
    return ChunkRules(MOST_SYLLABLES, profile.sentence_pause, CUT_GAPS_MS, WORD_GAP_MS)


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
        super().__init__(ENGINE, identity(profile), chunk_rules(profile))
        self._mapper = load_mapper(assets / MAPPER_FILE)
        self._model = BakerModel(assets / ACOUSTIC_FILE, assets / VOCODER_FILE)

    def close(self) -> None:
        """Free both models."""
        del self._model

    def speak_chunk(self, chunk: Chunk, voice: VoiceSettings, *, is_last: bool) -> SpokenChunk:
        """The sound of one chunk, spoken alike at the end of a text and before it."""
        del is_last
        if voice.voice != VOICE:
            raise SynthesisError(f"baker has one voice, {VOICE!r}, and no {voice.voice!r}")
        tokens = tokens_of(chunk.words, self._mapper)
        wave = self._model.speak(tokens.ids, 1.0 / voice.rate)
        return spoken_chunk(wave, tokens, SOUND, voice.rate)


SPEAKER = 0
MEL_BANDS = 80
MOST_WINDOW_FRAMES = 288
SIGHT_FRAMES = 20
"""The vocoder sees 20 frames to each side: beyond, the wave is bit-equal to that of the whole
spectrogram. So it can work in windows of one size, which take 380 MB instead of 470 for the
longest sentences; the frames that are worked through twice are 6 % of such a sentence."""

LEAST_FRAMES = 4  # the vocoder mirrors three frames at each end
MEL, DURATIONS = 1, 2
"""Places among the acoustic model's outputs: mel after the post-net, frames of each token."""


class BakerModel:
    """The acoustic model and the vocoder, on one thread: same tokens, same samples."""

    def __init__(self, acoustic: Path, vocoder: Path) -> None:
        """Load both models.

        Raises:
            EngineDownError: a file is missing or is not the model this was written for.
        """
        # The delegate announces itself on standard error when it first allocates.
        with (
            mapped_errors(EngineDownError, "the baker voice cannot be loaded"),
            _native_stderr_muted(),
        ):
            self._acoustic = _interpreter(_without_dropout(acoustic.read_bytes()), [1, 1])
            self._vocoder = _interpreter(vocoder.read_bytes(), [1, LEAST_FRAMES, MEL_BANDS])

    def speak(self, tokens: Sequence[int], speed_ratio: float) -> Wave:
        """Speak ``tokens``; ``speed_ratio`` above 1.0 makes every duration longer.

        Raises:
            SynthesisError: the models refuse the tokens.
        """
        with mapped_errors(SynthesisError, "the baker voice cannot speak this"):
            mel, durations = self._mel_of(tokens, speed_ratio)
            samples = self._wave_of(mel)
        return Wave(samples, tuple(int(one) for one in durations[0]))

    def _mel_of(self, tokens: Sequence[int], speed_ratio: float) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

        one = np.ones(1, np.float32)
        outputs = _run(
            self._acoustic,
            [
                np.array([tokens], np.int32),
                np.array([SPEAKER], np.int32),
                one * np.float32(speed_ratio),
                one,
                one,
            ],
        )
        return outputs[MEL], outputs[DURATIONS]

    def _wave_of(self, mel: Any) -> Any:  # noqa: ANN401  - arrays of one, frames, bands
        import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

        frames = mel.shape[1]
        size = math.ceil(frames / math.ceil(frames / MOST_WINDOW_FRAMES))
        parts = []
        for start in range(0, frames, size):
            first = max(0, start - SIGHT_FRAMES)
            stop = start + size
            wave = _run(self._vocoder, [mel[:, first : stop + SIGHT_FRAMES]])[0][0, :, 0]
            parts.append(wave[(start - first) * HOP_SAMPLES : (stop - first) * HOP_SAMPLES])
        return np.concatenate(parts)


def _interpreter(model: bytes, shape: Sequence[int]) -> Any:  # noqa: ANN401  - LiteRT has no types
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415  - heavy, for this voice only

    interpreter = Interpreter(model_content=model, num_threads=1)
    interpreter.resize_tensor_input(interpreter.get_input_details()[0]["index"], shape)
    interpreter.allocate_tensors()
    return interpreter


def _run(interpreter: Any, inputs: Sequence[Any]) -> list[Any]:  # noqa: ANN401  - as above
    """Resize to the first input, run, and copy all outputs."""
    details = interpreter.get_input_details()
    interpreter.resize_tensor_input(details[0]["index"], list(inputs[0].shape))
    interpreter.allocate_tensors()
    for detail, value in zip(details, inputs, strict=True):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]


@contextlib.contextmanager
def _native_stderr_muted() -> Iterator[None]:
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program has no standard error
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


DROPOUTS = ("dropout_55", "dropout_56")
FILE_IDENTIFIER = b"TFL3"


class UnknownModelError(Exception):
    """The model has no such dropouts: it is not the one this surgery is for."""


def _without_dropout(model: bytes) -> bytes:
    """The same TFLite model without its two dropouts.

    Raises:
        UnknownModelError: the model is not built as expected.
    """
    from ai_edge_litert import schema_py_generated as schema  # noqa: PLC0415  - heavy, rarely used

    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    for name in DROPOUTS:
        _bypass(tree.subgraphs[0], name)
    builder = schema.flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), FILE_IDENTIFIER)
    return bytes(builder.Output())


def _bypass(graph: Any, dropout: str) -> None:  # noqa: ANN401  - LiteRT's schema has no types
    inside = {_output_name(graph, one): one for one in graph.operators}
    inside = {name: one for name, one in inside.items() if name.startswith(f"{dropout}/")}
    try:
        source = inside[f"{dropout}/dropout/Mul"].inputs[0]
        result = inside[f"{dropout}/dropout/Mul_1"].outputs[0]
    except KeyError as error:
        raise UnknownModelError(f"the model has no operator {error}") from error
    gone = {id(one) for one in inside.values()}
    graph.operators = [one for one in graph.operators if id(one) not in gone]
    for one in graph.operators:
        one.inputs = [source if tensor == result else tensor for tensor in one.inputs]


def _output_name(graph: Any, operator: Any) -> str:  # noqa: ANN401  - as above
    return str(graph.tensors[operator.outputs[0]].name, "utf-8")
