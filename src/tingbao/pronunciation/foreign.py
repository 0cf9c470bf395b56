"""Letters, digits and symbols that the script left in the text, said with Chinese syllables.

Letters: Jia Baoshu (贾宝书), 关于给字母词注音问题的一点思考, 语言文字应用 2000(3), which writes down how
Chinese news readers say GDP or WTO. Three of its spellings are no syllables of the standard
language and are replaced by the nearest one: C sēi by xi1, Q kiù by kou4, R ár by a4 er5.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

__all__ = ["DIGITS", "LETTERS", "SYMBOLS", "is_letter", "plain"]

LETTERS = MappingProxyType(
    {
        "A": ("ei1",), "B": ("bi4",), "C": ("xi1",), "D": ("di4",), "E": ("yi4",),
        "F": ("ai2", "fu5"), "G": ("ji4",), "H": ("ai2", "chi5"), "I": ("ai4",), "J": ("zhei4",),
        "K": ("kei4",), "L": ("ai2", "lou5"), "M": ("ai2", "mu5"), "N": ("en1",), "O": ("ou1",),
        "P": ("pi4",), "Q": ("kou4",), "R": ("a4", "er5"), "S": ("ai2", "si5"), "T": ("ti4",),
        "U": ("you1",), "V": ("wei1",), "W": ("da2", "bu5", "liu5"), "X": ("ai2", "ke4", "si5"),
        "Y": ("wai4",), "Z": ("zei4",),
        "Α": ("a1", "er3", "fa3"), "Β": ("bei4", "ta3"), "Γ": ("ga1", "ma3"),
        "Δ": ("de2", "er3", "ta3"), "Μ": ("miu4",), "Π": ("pai4",), "Σ": ("xi1", "ge2", "ma3"),
        "Ω": ("ou1", "mi3", "ga1"),
    }
)  # fmt: skip
"""Capital letters to syllables; Greek ones by their Chinese names."""

DIGITS = MappingProxyType(
    dict(
        zip(
            "0123456789",
            ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"),
            strict=True,
        )
    )
)

SYMBOLS = MappingProxyType(
    {
        "+": ("jia1",), "=": ("deng3", "yu2"), "×": ("cheng2",), "÷": ("chu2",),
        "%": ("bai3", "fen1", "hao4"), "‰": ("qian1", "fen1", "hao4"), "±": ("zheng4", "fu4"),
        "℃": ("she4", "shi4", "du4"), "°": ("du4",), "&": ("he2",), "@": ("ai4", "te4"),
        "<": ("xiao3", "yu2"), ">": ("da4", "yu2"), "$": ("mei3", "yuan2"), "¥": ("yuan2",),
        "€": ("ou1", "yuan2"), "£": ("ying1", "bang4"), "№": ("hao4",), "²": ("ping2", "fang1"),
        "³": ("li4", "fang1"), "√": ("gen1", "hao4"), "∶": ("bi3",), "≥": ("da4", "yu2", "deng3", "yu2"),
        "≤": ("xiao3", "yu2", "deng3", "yu2"),
    }
)  # fmt: skip
"""Signs with a spoken name. Any other sign is typography and is silent."""


def plain(character: str) -> str:
    """A letter without width, accent or case; a digit without its circle: ``Ａ é ⑤`` → ``A E 5``."""
    if character in SYMBOLS:
        return character
    folded = unicodedata.normalize("NFKD", character).upper()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def is_letter(character: str) -> bool:
    """Whether it is a letter of some script, which must not be passed over in silence."""
    return unicodedata.category(character)[0] == "L"
