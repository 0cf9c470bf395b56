"""The embedded voices of ``kokoro``: Kokoro-82M v1.0, quantised, in ONNX Runtime."""

from tingbao.synthesis.kokoro.engine import KokoroEngine, identity, open_engine

__all__ = ["KokoroEngine", "identity", "open_engine"]
