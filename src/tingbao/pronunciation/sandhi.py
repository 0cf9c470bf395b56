"""Tone sandhi: 一, 不, runs of third tones; and the joining of 儿 to its syllable."""

from __future__ import annotations

from tingbao.pronunciation.words import Word

__all__ = ["change_tones", "merge_erhua"]


def change_tones(text: str, words: tuple[Word, ...], *, fixed: frozenset[int]) -> tuple[Word, ...]:
    """``words`` as a news reader says them."""
    return words


def merge_erhua(text: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Join 儿 without a tone of its own to the syllable before it."""
    return words
