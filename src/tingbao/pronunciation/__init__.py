"""Pronunciation: spoken text to words, syllables and pauses."""

from tingbao.pronunciation.lexicon import UserLexicon, load_lexicon
from tingbao.pronunciation.reader import (
    VERSION,
    name_readings,
    pinyin_line,
    pronounce,
    spoken_pinyin_line,
    unreadable,
)
from tingbao.pronunciation.respelling import respelled
from tingbao.pronunciation.words import Syllable, Word

__all__ = [
    "VERSION",
    "Syllable",
    "UserLexicon",
    "Word",
    "load_lexicon",
    "name_readings",
    "pinyin_line",
    "pronounce",
    "respelled",
    "spoken_pinyin_line",
    "unreadable",
]
