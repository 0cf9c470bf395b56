"""What the embedded voices share: cutting a text, making a clip of their waves, an identity."""

from tingbao.synthesis.embedded.identity import identity_of
from tingbao.synthesis.embedded.pieces import Piece, PieceRules, pieces_of
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
    "Piece",
    "PieceRules",
    "Sound",
    "Span",
    "Take",
    "Tokens",
    "Wave",
    "identity_of",
    "joined",
    "pieces_of",
    "take_of",
]
