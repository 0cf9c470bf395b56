"""What the embedded voices share: cutting a text into pieces, and making a clip of their waves."""

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
    "joined",
    "pieces_of",
    "take_of",
]
