"""Letters, digits and symbols that the script left in the text, said with Chinese syllables.

Letters: Jia Baoshu (贾宝书), 关于给字母词注音问题的一点思考, 语言文字应用 2000(3), which notes
how Chinese news readers say GDP or WTO. Three of its spellings are no syllables of the standard
language and are replaced by the nearest one: C sēi by xi1, Q kiù by kou4, R ár by a4 er5.
Greek letters have their Chinese names, Cyrillic ones are said as the Latin letter beside them,
kana as the nearest syllable (の as 的, as it is used in Chinese print). A stretch in any other
script is said as 外文, foreign text: an article must not fail on it, nor the listener miss it.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

FOREIGN = ("wai4", "wen2")
"""What is said for a stretch of letters that have no reading."""

_LETTERS = MappingProxyType(
    {
        "A": ("ei1",), "B": ("bi4",), "C": ("xi1",), "D": ("di4",), "E": ("yi4",),
        "F": ("ai2", "fu5"), "G": ("ji4",), "H": ("ai2", "chi5"), "I": ("ai4",), "J": ("zhei4",),
        "K": ("kei4",), "L": ("ai2", "lou5"), "M": ("ai2", "mu5"), "N": ("en1",), "O": ("ou1",),
        "P": ("pi4",), "Q": ("kou4",), "R": ("a4", "er5"), "S": ("ai2", "si5"), "T": ("ti4",),
        "U": ("you1",), "V": ("wei1",), "W": ("da2", "bu5", "liu5"), "X": ("ai2", "ke4", "si5"),
        "Y": ("wai4",), "Z": ("zei4",),
    }
)  # fmt: skip

_GREEK = MappingProxyType(
    {
        "Α": "a1 er3 fa3", "Β": "bei4 ta3", "Γ": "ga1 ma3", "Δ": "de2 er3 ta3",
        "Ε": "ai1 pu3 xi1 long2", "Ζ": "zei1 ta3", "Η": "yi1 ta3", "Θ": "xi1 ta3",
        "Ι": "yue1 ta3", "Κ": "ka3 pa4", "Λ": "lan2 mu3 da2", "Μ": "miu4", "Ν": "niu3",
        "Ξ": "ke4 xi1", "Ο": "ou1 mi3 ke4 rong2", "Π": "pai4", "Ρ": "rou4", "Σ": "xi1 ge2 ma3",
        "Τ": "tao4", "Υ": "yu3 pu3 xi1 long2", "Φ": "fei3", "Χ": "xi1", "Ψ": "pu3 xi1",
        "Ω": "ou1 mi3 ga1",
    }
)  # fmt: skip

_KANA = MappingProxyType(
    {
        "あ": "a1", "い": "yi1", "う": "wu1", "え": "ai1", "お": "ou1",
        "か": "ka1", "き": "ji1", "く": "ku1", "け": "kai1", "こ": "kou1",
        "が": "ga1", "ぎ": "ji1", "ぐ": "gu1", "げ": "gai1", "ご": "gou1",
        "さ": "sa1", "し": "xi1", "す": "si1", "せ": "sai1", "そ": "suo1",
        "ざ": "za1", "じ": "ji1", "ず": "zi1", "ぜ": "zai1", "ぞ": "zuo1",
        "た": "ta1", "ち": "qi1", "つ": "ci1", "て": "tai1", "と": "tuo1",
        "だ": "da1", "ぢ": "ji1", "づ": "zi1", "で": "dai1", "ど": "duo1",
        "な": "na4", "に": "ni2", "ぬ": "nu2", "ね": "nei4", "の": "de5",
        "は": "ha1", "ひ": "xi1", "ふ": "fu1", "へ": "hei1", "ほ": "huo1",
        "ば": "ba1", "び": "bi1", "ぶ": "bu1", "べ": "bei1", "ぼ": "bo1",
        "ぱ": "pa1", "ぴ": "pi1", "ぷ": "pu1", "ぺ": "pei1", "ぽ": "po1",
        "ま": "ma1", "み": "mi1", "む": "mu2", "め": "mei2", "も": "mo1",
        "や": "ya1", "ゆ": "you1", "よ": "yao1",
        "ら": "la1", "り": "li2", "る": "lu2", "れ": "lei2", "ろ": "luo2",
        "わ": "wa1", "を": "ou1", "ん": "en1", "ゔ": "wu1",
        "ゃ": "ya5", "ゅ": "you5", "ょ": "yao5", "っ": "",
        "ぁ": "a5", "ぃ": "yi5", "ぅ": "wu5", "ぇ": "ai5", "ぉ": "ou5",
    }
)  # fmt: skip
_KATAKANA = range(0x30A1, 0x30F5)
_TO_HIRAGANA = 0x60

_CYRILLIC = dict(
    zip("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЇҐ", "ABVGDEJZIYKLMNOPRSTUFHCQXXYYYEUYEIYG", strict=True)
)
_LATIN = MappingProxyType(
    {**_CYRILLIC, "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "T", "Æ": "AE", "Œ": "OE", "Ħ": "H"}
)

_DIGITS = MappingProxyType(
    dict(
        zip(
            "0123456789",
            ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"),
            strict=True,
        )
    )
)

_SYMBOLS = MappingProxyType(
    {
        "+": "jia1", "=": "deng3 yu2", "×": "cheng2", "÷": "chu2",
        "%": "bai3 fen1 hao4", "‰": "qian1 fen1 hao4", "±": "zheng4 fu4",
        "℃": "she4 shi4 du4", "°": "du4", "&": "he2", "@": "ai4 te4",
        "<": "xiao3 yu2", ">": "da4 yu2", "$": "mei3 yuan2", "¥": "yuan2",
        "€": "ou1 yuan2", "£": "ying1 bang4", "№": "hao4", "²": "ping2 fang1",
        "³": "li4 fang1", "√": "gen1 hao4", "∶": "bi3", "≥": "da4 yu2 deng3 yu2",
        "≤": "xiao3 yu2 deng3 yu2",
    }
)  # fmt: skip
"""Signs with a spoken name. Any other sign is typography and is silent."""


def sounds(character: str) -> tuple[str, ...]:
    """The syllables of one character that is no Han character; () where it is silent."""
    if character in _SYMBOLS:
        return tuple(_SYMBOLS[character].split())
    kana = _as_hiragana(character)
    if kana in _KANA:
        return tuple(_KANA[kana].split())
    return tuple(pinyin for sign in _plain(character) for pinyin in _sounds_of_plain(sign))


def is_foreign(character: str) -> bool:
    """Whether it is a letter without a reading of its own: Hangul, Arabic, Thai and so on."""
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lo"} and not (
        sounds(character) or _as_hiragana(character) in _KANA
    )


def _as_hiragana(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and ord(folded) in _KATAKANA:
        return chr(ord(folded) - _TO_HIRAGANA)
    return folded


def _plain(character: str) -> str:
    """No width, accent or case in a letter, no circle round a digit: ``Ａ é ⑤`` → ``A E 5``."""
    upper = character.upper()
    if upper in _LATIN:
        return _LATIN[upper]
    folded = unicodedata.normalize("NFKD", character).upper()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _sounds_of_plain(sign: str) -> tuple[str, ...]:
    if sign in _DIGITS:
        return (_DIGITS[sign],)
    if sign in _GREEK:
        return tuple(_GREEK[sign].split())
    if sign in _SYMBOLS:
        return tuple(_SYMBOLS[sign].split())
    return _LETTERS.get(sign, ())
