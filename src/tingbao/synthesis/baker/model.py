"""The two networks in LiteRT: tokens to a mel spectrogram with durations, and that to a wave."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tingbao.errors import EngineDownError, SynthesisError
from tingbao.synthesis.baker.graph import without_dropout
from tingbao.synthesis.embedded import Wave

HOP_SAMPLES = 300
"""Samples per frame of the mel spectrogram: durations times this are the wave, exactly."""

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
        with _mapped(EngineDownError, "cannot be loaded"), _native_stderr_muted():
            self._acoustic = _interpreter(without_dropout(acoustic.read_bytes()), [1, 1])
            self._vocoder = _interpreter(vocoder.read_bytes(), [1, LEAST_FRAMES, MEL_BANDS])

    def speak(self, tokens: Sequence[int], speed_ratio: float) -> Wave:
        """Speak ``tokens``; ``speed_ratio`` above 1.0 makes every duration longer.

        Raises:
            SynthesisError: the models refuse the tokens.
        """
        with _mapped(SynthesisError, "cannot speak this"):
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
def _mapped(kind: type[SynthesisError], what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # LiteRT and flatbuffers raise what they like
        reason = " ".join(str(error).split())
        raise kind(f"the baker voice {what}: {reason}") from error


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
