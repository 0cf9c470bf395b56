"""Readings that hang on the neighbours: 为, 地, 得 and their like, and family names."""

from __future__ import annotations

from tingbao.pronunciation.words import Word

__all__ = ["decide"]


def decide(
    text: str, words: tuple[Word, ...], *, fixed: frozenset[int] = frozenset()
) -> tuple[Word, ...]:
    """``words`` with the readings of single characters decided; ``fixed`` places stay."""
    return words
