"""Pronunciation: spoken text to words, syllables and pauses."""

from tingbao.pronunciation.reader import pinyin_line, pronounce, spoken_pinyin_line, unreadable
from tingbao.pronunciation.words import Syllable, Word

__all__ = ["Syllable", "Word", "pinyin_line", "pronounce", "spoken_pinyin_line", "unreadable"]
