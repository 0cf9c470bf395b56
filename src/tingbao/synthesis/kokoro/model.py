"""The network in ONNX Runtime: tokens to a wave, and how long each token takes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.errors import EngineDownError, SynthesisError
from tingbao.synthesis.embedded import Wave

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOP_SAMPLES = 600
"""Samples of one frame of a token's duration: durations times this are the wave, exactly."""

DURATIONS = "/encoder/Cast_output_0"
STYLES, STYLE_SIZE = 510, 256

ERRORS_ONLY = 3
"""The runtime writes warnings about the machine to standard error, which carries our messages."""

INT64 = 7
_MODEL_GRAPH, _GRAPH_OUTPUT, _VALUE_NAME, _VALUE_TYPE = 7, 12, 1, 2
_TYPE_TENSOR, _TENSOR_ELEMENT = 1, 1
"""Field numbers of ONNX's protobuf messages (``onnx.proto3``)."""


def with_output(model: bytes, name: str) -> bytes:
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
        with _mapped(EngineDownError, "cannot be loaded"):
            self._session = onnxruntime.InferenceSession(
                with_output(path.read_bytes(), DURATIONS),
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
        with _mapped(SynthesisError, "cannot speak this"):
            wave, durations = self._session.run(["waveform", DURATIONS], inputs)
        return Wave(wave.reshape(-1), tuple(int(one) for one in durations.reshape(-1)))


def load_style(path: Path) -> NDArray[np.float32]:
    """A voice's styles, one of 256 numbers for each number of tokens from 0 to 509.

    Raises:
        EngineDownError: the file is missing or of another size.
    """
    import numpy as np  # noqa: PLC0415  - heavy, and only for speaking

    with _mapped(EngineDownError, f"have no {path.name}"):
        styles: NDArray[np.float32] = np.fromfile(path, "<f4").reshape(STYLES, STYLE_SIZE)
    return styles


@contextlib.contextmanager
def _mapped(kind: type[SynthesisError], what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the runtime's own errors share no base but this one
        reason = " ".join(str(error).split())
        raise kind(f"the kokoro voices {what}: {reason}") from error
