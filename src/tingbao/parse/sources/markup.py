"""Inline marks of Markdown, HTML and LaTeX, taken out of a line of text."""

from __future__ import annotations

import html
import re

from tingbao.text.han import HAN

BREAK = "\n"
"""What a ``<br>`` becomes."""

_ANY = re.compile(r"[<&$*_`~\[\\^]")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>\n]*>|<!--.*?-->", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\n]*)\]\((?:https?:|www\.|#|mailto:|\.{0,2}/)[^)\s]*\)")
_BR = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|strong|i|em|u|s|sup|sub|center|font|small|big|h[1-6]|a|html|body|"
    r"figure|figcaption|section|article|header|footer|blockquote|ul|ol|li|mark|del|ins)\b[^>\n]*>",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_UNDERSCORE = re.compile(r"(?<![\w])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w])", re.ASCII)
_MATH = re.compile(r"\$\$?([^$\n]{1,120}?)\$\$?|\\\((.{1,120}?)\\\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>$%&])")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_WRAPPER = re.compile(
    r"\\(?:mathrm|mathbf|mathit|text|textbf|textit|mathsf|operatorname|bm|boldsymbol|rm|bf)"
    r"\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_SYMBOLS = {
    "times": "×", "div": "÷", "pm": "±", "cdot": "·", "sim": "～", "approx": "≈", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "circ": "°", "degree": "°",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "ldots": "…", "cdots": "…", "dots": "…",
    "bullet": "•", "triangle": "△", "blacktriangle": "▲", "blacktriangleright": "▶",
    "triangleright": "▷", "triangleleft": "◁", "blacktriangleleft": "◀", "square": "□",
    "blacksquare": "■", "star": "★", "quad": " ", "qquad": " ", "mu": "μ", "alpha": "α",
    "beta": "β", "Omega": "Ω", "infty": "∞", "prime": "′", "textcircled": "", "left": "",
    "right": "", "displaystyle": "", "mathrm": "", "text": "", "mathbf": "", "rm": "",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SCRIPT = re.compile(r"(?<=[\w)）\]])\s*([\^_])\s*(?:\{\s*([\d+-]+)\s*\}|(\d))")
"""An exponent or index of digits, which has signs of its own."""

_SCRIPT_TAG = re.compile(r"(?<=[\w)）\]])<(su[pb])>\s*([\d+-]{1,4})\s*</\1>", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_BRACES = str.maketrans("", "", "{}")


def split_images(line: str) -> tuple[str, list[str]]:
    """The line without image links and comments, and those as they stood."""
    if "![" not in line and "<" not in line:
        return line, []
    found = _IMAGE.findall(line)
    return (_IMAGE.sub("", line), found) if found else (line, found)


def plain(text: str) -> str:
    r"""The text without inline marks; a ``<br>`` inside becomes ``\n``."""
    if not _ANY.search(text):
        return text.strip()
    if "<" in text or "&" in text:
        text = _SCRIPT_TAG.sub(_script, text)
        text = html.unescape(_TAG.sub("", _BR.sub(BREAK, text)))
    if "$" in text or "\\(" in text:
        text = _MATH.sub(_unwrap, text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "~~" in text or "`" in text:
        text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    if "_" in text:
        text = _UNDERSCORE.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text).strip()


def _unwrap(found: re.Match[str]) -> str:
    inner = found[1] or found[2]
    if "\\" not in inner and _HAN.search(inner):  # two prices in one sentence, not a formula
        return found[0]
    return _formula(inner)


def _script(found: re.Match[str]) -> str:
    """The digits of an exponent or index as characters: 10^{3} and m<sup>2</sup> keep their sense.

    What follows no digit but a sign alone, as in Ca^{2+}, is left as a raised sign too.
    """
    raised = found[1].lower() in {"^", "sup"}
    digits = found[found.lastindex or 0]
    return digits.translate(_RAISED if raised else _LOWERED)


def _formula(text: str) -> str:
    r"""A formula as an OCR engine writes ordinary figures: ``4+10``, ``5\%``, ``30^{\circ}C``."""
    text = _FRACTION.sub(r"\1/\2", text)
    text = _WRAPPER.sub(r"\1", _WRAPPER.sub(r"\1", text))
    text = _ESCAPE.sub(r"\1", text)
    text = _COMMAND.sub(lambda found: _SYMBOLS.get(found[1], found[1]), text)
    text = _SCRIPT.sub(_script, text)
    text = text.translate(_BRACES).replace("^", "").replace("_", "").replace("\\", "")
    return re.sub(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])", "", text.strip())
