"""Pronunciation: spoken text to words, syllables and pauses."""

from tingbao.pronunciation.reader import pinyin_line, pronounce, spoken_pinyin_line, unreadable
from tingbao.pronunciation.respelling import respell, respelled
from tingbao.pronunciation.user_lexicon import UserLexicon, load_lexicon, readings_for
from tingbao.pronunciation.words import Syllable, Word

__all__ = [
    "Syllable",
    "UserLexicon",
    "Word",
    "load_lexicon",
    "pinyin_line",
    "pronounce",
    "readings_for",
    "respell",
    "respelled",
    "spoken_pinyin_line",
    "unreadable",
]
