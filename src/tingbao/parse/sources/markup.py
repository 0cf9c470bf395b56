"""Marks in lines of text: inline marks of Markdown, HTML and LaTeX, and tables of four kinds."""

from __future__ import annotations

import html
import html.parser
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tingbao.text.han import has_han

BREAK = "\n"
"""What a ``<br>`` becomes."""

_ANY = re.compile(r"[<&$*_`~\[\\^]")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>\n]*>|<!--.*?-->", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\n]*)\]\((?:https?:|www\.|#|mailto:|\.{0,2}/)[^)\s]*\)")
_BR = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|strong|i|em|u|s|sup|sub|center|font|small|big|h[1-6]|a|html|body|"
    r"figure|figcaption|section|article|header|footer|blockquote|ul|ol|li|mark|del|ins)(?:\s[^<>\n]*|/)?>",
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
_UPRIGHT = re.compile(r"\\(?:mathrm|mathbf|mathit|mathsf|bm|rm|bf)\s*\{([^{}\\]*)\}")
"""Letters of a formula, between which space has no sense: \\mathrm { 3 5 0 k m }."""

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
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SCRIPT = re.compile(r"(?<=[\w)）\]])\s*([\^_])\s*(?:\{\s*([\d+-][\d+\s-]{0,7}|n\s*)\}|(\d))")
"""An exponent or index of digits, which has signs of its own."""

_SCRIPT_TAG = re.compile(r"(?<=[\w)）\]])<(su[pb])>\s*([\d+-]{1,4})\s*</\1>", re.IGNORECASE)
_BRACES = str.maketrans("", "", "{}")
_STRAY = re.compile(r"<!(?!--|doctype)", re.IGNORECASE)
"""The start of no comment: the parser of the standard library fails on most of what follows it."""

_GAP = re.compile(r"(?:[ \u3000]{3,}|\u3000{2,})")
_PIPE = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HEAD_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
"""The line under a table's heads, of single dashes even: below it rows need no outer pipes."""
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_SERIAL = re.compile(r"第[一二三四五六七八九十百零〇\d]+[篇编章节]")
_FEWEST_GAPPED_LINES = 3
_LONGEST_HTML_LINES = 500
_WIDEST_SPAN = 60
_MOST_CELLS = 20_000
"""Of more cells than these, those over several rows and columns counted in each, spans are lies."""
_LONGEST_REPEATED = 12


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


def upright(text: str) -> str:
    """The text on one line, if it is set from top to bottom, one character a line."""
    lines = [line.strip() for line in text.split("\n")]
    is_upright = len(lines) > 2 and all(len(line) == 1 and has_han(line) for line in lines)
    return "".join(lines) if is_upright else text


def _unwrap(found: re.Match[str]) -> str:
    inner = found[1] or found[2]
    if "\\" not in inner and has_han(inner):  # two prices in one sentence, not a formula
        return found[0]
    return _formula(inner)


def _script(found: re.Match[str]) -> str:
    """The digits of an exponent or index as characters: 10^{3} and m<sup>2</sup> keep their sense.

    What follows no digit but a sign alone, as in Ca^{2+}, is left as a raised sign too.
    """
    raised = found[1].lower() in {"^", "sup"}
    digits = re.sub(r"\s", "", found[found.lastindex or 0])
    return digits.translate(_RAISED if raised else _LOWERED)


def _formula(text: str) -> str:
    r"""A formula as an OCR engine writes ordinary figures: ``4+10``, ``5\%``, ``30^{\circ}C``."""
    text = _FRACTION.sub(r"\1/\2", text)
    text = _COMMAND.sub(lambda found: _SYMBOLS.get(found[1]) or found[0], text)
    text = _UPRIGHT.sub(lambda found: re.sub(r"\s", "", found[1]), text)
    text = _WRAPPER.sub(r"\1", _WRAPPER.sub(r"\1", text))
    text = _ESCAPE.sub(r"\1", text)
    text = _COMMAND.sub(lambda found: _SYMBOLS.get(found[1], found[1]), text)
    text = _SCRIPT.sub(_script, text)
    text = text.translate(_BRACES).replace("^", "").replace("_", "").replace("\\", "")
    return re.sub(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])", "", text.strip())


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, and the index of the first line after them."""

    rows: tuple[tuple[str, ...], ...]
    end: int


def grid_at(lines: list[str], index: int) -> Grid | None:
    """The table that begins at ``lines[index]``, if one does."""
    line = lines[index]
    if "<t" in line.lower():
        return _html(lines, index)
    if "|" in line:
        return _pipes(lines, index)
    if "\t" in line.strip():
        return _tabs(lines, index)
    if "   " in line or "\u3000\u3000" in line.strip():
        return _gaps(lines, index)
    return None


def _pipes(lines: list[str], index: int) -> Grid | None:
    end = index
    headed = index + 1 < len(lines) and _HEAD_RULE.match(lines[index + 1]) is not None
    while end < len(lines) and (
        (headed and "|" in lines[end]) or _PIPE.match(lines[end]) or _PIPE_RULE.match(lines[end])
    ):
        end += 1
    if end - index < 2:
        return None
    rule = index + 1 if headed else -1
    kept = [lines[at] for at in range(index, end) if at != rule and not _PIPE_RULE.match(lines[at])]
    return _grid([_UNESCAPED_PIPE.split(line.strip().strip("|")) for line in kept], end)


def _tabs(lines: list[str], index: int) -> Grid | None:
    end = index
    while end < len(lines) and (
        "\t" in lines[end].strip() or _is_last_cell(lines[end], end - index)
    ):
        end += 1
    if end - index < 2:
        return None
    return _grid([line.rstrip("\n").split("\t") for line in lines[index:end]], end)


def _is_last_cell(line: str, rows: int) -> bool:
    """The longest column of a table of contents goes on alone, without a tab."""
    return rows > 1 and bool(_SERIAL.match(line))


def _gaps(lines: list[str], index: int) -> Grid | None:
    rows: list[list[str]] = []
    for line in lines[index:]:
        cells = _GAP.split(line.strip())
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    if len(rows) < _FEWEST_GAPPED_LINES:
        return None
    return _grid(rows, index + len(rows))


def _grid(rows: list[list[str]], end: int) -> Grid:
    return Grid(tuple(tuple(cell.strip() for cell in row) for row in rows), end)


def _html(lines: list[str], index: int) -> Grid | None:
    if not re.match(
        r"\s*(?:<(?:html|body|div|center|figure)\b[^>]*>\s*)*<table\b", lines[index], re.IGNORECASE
    ):
        return None
    for end in range(index, min(len(lines), index + _LONGEST_HTML_LINES)):
        line = lines[end].lower()
        if end > index and "<table" in line:
            return None
        if "</table>" in line:
            rows = html_rows("\n".join(lines[index : end + 1]))
            return Grid(rows, end + 1) if rows else None
    return None


@dataclass(slots=True)
class Cell:
    """A cell of an HTML table, and over how many rows and columns it is printed."""

    text: str
    down: int = 1
    across: int = 1


def span(value: str | None) -> int:
    """A rowspan or colspan as written: 1 where it is none, and never more than a page can hold."""
    return min(max(int(value), 1), _WIDEST_SPAN) if value and value.strip().isdecimal() else 1


def html_rows(markup: str) -> tuple[tuple[str, ...], ...]:
    """The cells of an HTML table, row by row, each in its column; see :func:`spread`."""
    reader = _TableReader()
    reader.feed(_STRAY.sub("&lt;!", markup))
    reader.close()
    return spread(reader.rows)


def spread(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Rows with each cell in its column, without those that are empty.

    A cell over several columns is given in the first, one over several rows in the first row; the
    others are empty there. Only a short one under the heads is repeated, as each row is about it.
    """
    rows = [row for row in rows if row]
    if sum(cell.down * cell.across for row in rows for cell in row) > _MOST_CELLS:
        return tuple(
            tuple(cell.text.strip() for cell in row)
            for row in rows
            if any(cell.text.strip() for cell in row)
        )
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            text = " ".join(cell.text.split())
            repeated = text if at and len(text) <= _LONGEST_REPEATED else ""
            for below in range(at, min(at + cell.down, len(rows))):
                for beside in range(column, column + cell.across):
                    grid[below].setdefault(beside, "")
                grid[below][column] = text if below == at else repeated
            column += cell.across
    return tuple(_trimmed(row) for row in grid if any(row.values()))


def _trimmed(row: Mapping[int, str]) -> tuple[str, ...]:
    last = max(column for column, text in row.items() if text)
    return tuple(row.get(column, "") for column in range(last + 1))


class _TableReader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" or not self.rows:
            self.rows.append([])
        if tag in {"td", "th"}:
            spans = dict(attrs)
            self.rows[-1].append(Cell("", span(spans.get("rowspan")), span(spans.get("colspan"))))
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self.rows:
            self.rows.append([])
        if self.rows[-1]:
            self.rows[-1][-1].text += data
        elif data.strip():
            self.rows[-1].append(Cell(data))
