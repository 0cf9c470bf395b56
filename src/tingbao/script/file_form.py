r"""The signs of a script file: how a value stands on one line, and how a forced reading is marked.

``长[chang2]`` forces the reading of one character, ``{重庆}[chong2 qing4]`` that of several.
A backslash writes what would be lost or mistaken: ``\n`` ``\t`` ``\r``, ``\s`` for a space at
either end, ``\[`` ``\]`` ``\{`` ``\}`` ``\\`` for the sign itself, ``\u{2028}`` for any other.
In printed text ``\page{3}`` marks where the third page begins.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from tingbao.models import PageBreak, Reading

FORM = 1
"""The number of this form; a file of another one is refused."""

_NAMED = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\"}
_MARKS = frozenset("[]{}")
# Invisible, but ordinary in print.
_ORDINARY = frozenset(" \u3000\u00a0")

_ESCAPE = r"\\(?:[ntrs\\\[\]{}]|u\{[0-9a-fA-F]{1,6}\})"
_PLAIN = re.compile(rf"(?:{_ESCAPE}|[^\\])*")
_ESCAPED = re.compile(_ESCAPE)
_PRINTED = re.compile(rf"\\page\{{(?P<page>[0-9]{{1,4}})\}}|{_ESCAPE}|.")
_MEANINGS = {"n": "\n", "t": "\t", "r": "\r", "s": " "}
_UNIT = re.compile(
    rf"(?:\{{(?P<group>(?:{_ESCAPE}|[^\\\[\]{{}}])+)\}}(?=\[)|(?P<sign>{_ESCAPE}|[^\\\[\]{{}}]))"
    r"(?P<reading>\[(?P<pinyin>[^\[\]]*)\])?"
)
_PINYIN = re.compile(r"[a-z]{1,6}[1-5](?: [a-z]{1,6}[1-5])*")


class FormError(ValueError):
    """A line does not follow the form; the message says how."""


def write_plain(text: str) -> str:
    """Return ``text`` so that it stands on one line and :func:`read_plain` gives it back."""
    return _guarded("".join(map(_sign, text)))


def write_spoken(spoken: str, readings: tuple[Reading, ...]) -> str:
    """Return spoken words on one line with their forced readings (in order, not overlapping)."""
    parts: list[str] = []
    at = 0
    for reading in readings:
        parts += [_spoken(spoken[at : reading.start]), _forced(spoken, reading)]
        at = reading.end
    return _guarded("".join([*parts, _spoken(spoken[at:])]))


def write_printed(text: str, pages: Sequence[PageBreak]) -> str:
    """Return printed text on one line, with a mark where each of ``pages`` begins."""
    starts = [0, *(one.offset for one in pages), len(text)]
    marks = ["", *(rf"\page{{{one.page}}}" for one in pages)]
    pieces = (text[one:to] for one, to in itertools.pairwise(starts))
    return "".join(mark + write_plain(piece) for mark, piece in zip(marks, pieces, strict=True))


def read_printed(line: str) -> tuple[str, tuple[PageBreak, ...]]:
    """Return the printed text that a line stands for, and the pages that are marked in it.

    Raises:
        FormError: a backslash stands before something that it does not mean.
    """
    text = ""
    pages: list[PageBreak] = []
    at = 0
    for found in _PRINTED.finditer(line):
        if found["page"]:
            text += read_plain(line[at : found.start()])
            pages.append(PageBreak(len(text), int(found["page"])))
            at = found.end()
    return text + read_plain(line[at:]), tuple(pages)


def read_plain(line: str) -> str:
    """Return the text that a line stands for.

    Raises:
        FormError: a backslash stands before something that it does not mean.
    """
    if not _PLAIN.fullmatch(line):
        raise FormError(r"a backslash itself is written \\")
    return _ESCAPED.sub(_meaning, line)


def read_spoken(line: str) -> tuple[str, tuple[Reading, ...]]:
    """Return the spoken words that a line stands for, and their forced readings.

    Raises:
        FormError: a reading is not closed, has nothing to stand on, or is no pinyin.
    """
    spoken = ""
    readings: list[Reading] = []
    at = 0
    while at < len(line):
        unit = _UNIT.match(line, at)
        if unit is None:
            raise FormError(_fault(line[at]))
        words = read_plain(unit["group"] or unit["sign"])
        if unit["reading"]:
            end = len(spoken) + len(words)
            readings.append(Reading(len(spoken), end, _pinyin(unit["pinyin"])))
        elif line[unit.end() : unit.end() + 1] == "[":
            raise FormError("a reading is not closed: [ without ]")
        spoken += words
        at = unit.end()
    return spoken, tuple(readings)


def _forced(spoken: str, reading: Reading) -> str:
    words = _spoken(spoken[reading.start : reading.end])
    alone = reading.end - reading.start == 1
    return f"{words if alone else f'{{{words}}}'}[{reading.pinyin}]"


def _spoken(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _MARKS else _sign(sign) for sign in text)


def _sign(sign: str) -> str:
    if sign in _NAMED:
        return _NAMED[sign]
    if sign in _ORDINARY or sign.isprintable():
        return sign
    return f"\\u{{{ord(sign):x}}}"


def _guarded(line: str) -> str:
    """Write the spaces at either end so that no editor takes them away."""
    inner = line.strip(" ")
    lead = len(line) - len(line.lstrip(" "))
    return r"\s" * lead + inner + r"\s" * (len(line) - lead - len(inner))


def _meaning(match: re.Match[str]) -> str:
    code = match.group()[1:]
    if code[0] != "u":
        return _MEANINGS.get(code, code)
    number = int(code[2:-1], 16)
    if number > 0x10FFFF:
        raise FormError(f"there is no character {match.group()}")
    return chr(number)


def _pinyin(text: str) -> str:
    if not _PINYIN.fullmatch(text):
        raise FormError(
            f"[{text}] is no pinyin: write syllables with their tone, such as [chang2] (ü is v)"
        )
    return text


def _fault(sign: str) -> str:
    if sign == "\\":
        return r"a backslash itself is written \\"
    if sign == "{":
        return r"{ needs }[pinyin] behind it; the sign itself is written \{"
    if sign == "[":
        return r"[ has no character to stand on; the sign itself is written \["
    return rf"{sign} closes nothing; the sign itself is written \{sign}"
