"""The embedded voice ``baker``: FastSpeech 2 and multi-band MelGAN in plain LiteRT."""

from tingbao.synthesis.baker.engine import BakerEngine, identity, open_engine

__all__ = ["BakerEngine", "identity", "open_engine"]
