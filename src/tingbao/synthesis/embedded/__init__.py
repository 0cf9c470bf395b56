"""What the embedded voices share: cutting a text, proving and joining what was spoken."""

from tingbao.synthesis.embedded.engine import EmbeddedEngine
from tingbao.synthesis.embedded.identity import identity_of
from tingbao.synthesis.embedded.pieces import Piece, PieceRules, pieces_of
from tingbao.synthesis.embedded.readiness import check_ready, check_settings
from tingbao.synthesis.embedded.takes import (
    SAMPLE_RATE_HZ,
    Sound,
    Span,
    Take,
    Tokens,
    Wave,
    joined,
    take_of,
)

__all__ = [
    "SAMPLE_RATE_HZ",
    "EmbeddedEngine",
    "Piece",
    "PieceRules",
    "Sound",
    "Span",
    "Take",
    "Tokens",
    "Wave",
    "check_ready",
    "check_settings",
    "identity_of",
    "joined",
    "pieces_of",
    "take_of",
]
