"""PDFs with a text layer: the characters of each page with their places, put into lines.

The order of a PDF's text is that in which a program drew it, which need not be the one in which
it is read: only what is drawn next to each other on one line is taken from the file, all else
from where it stands (``parse.geometry``).
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
from pypdfium2 import raw

from tingbao.errors import InputError
from tingbao.models import Box
from tingbao.parse.blocks import PagePicture, SourceFile, SourcePage
from tingbao.parse.geometry import PageGeometry, TextLine, arrange, with_weight
from tingbao.parse.sources.inputs import label_of_name
from tingbao.parse.sources.scan import WORKED_PX, grey_of, is_installed, recognised_page

if TYPE_CHECKING:
    from tingbao.parse.sources.scan import Pixels

_ASCENT, _DESCENT = 0.86, 0.14
"""How a Han character's square stands on its base line."""

_STROKED, _INVISIBLE = 2, 3
"""Text render modes: filled and stroked, as programs make type bold; neither, as OCR lays text
over a scan."""

_PIXELS, _MOST_PIXELS = 10, 4000
"""How high the usual line is, and the page at most, in the picture that shows bold type."""

_SAME_LINE = 0.3
_WIDEST_GAP = 0.7
_LATIN_SPACE, _DIGIT_SPACE = 0.18, 0.4
_TRIMMED = 0.7
"""How far marks that follow each other are set closer: half of the first, and what is kerned."""

_DOUBLED = 0.15
"""How far apart, in its size, a character is drawn twice to look bold."""

_THIN = 3.0
_LONG = 14.0
"""In points: what is thinner and longer is a printed rule."""

_LEAST_PICTURE = 24.0
_WHOLE = 0.8
_MOST_OBJECTS = 20_000
_DEEPEST = 4
_DRAWN = frozenset({raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING})
_WHITE = 235
"""From which value of its darkest colour on a surface is as good as white, of 255."""

_UNREADABLE = 0.3
_BROKEN = "\ufffd"
_PAPER = 250
"""From which value of its darkest colour on type is as white as paper, of 255."""

_WIDE, _WIDER = "—…", 1.6
_SPACE, _BREAKS = 32, frozenset({10, 13})
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF

_LABEL = re.compile(r"[A-Z]{1,2}\d{1,3}|\d{2,3}版?|第?.{1,3}版")


_PAGES_AT_ONCE = 8
"""How many pages are read before their fonts and pictures are let go."""

_SCAN_DPI = 200
"""What a page without text is drawn at to be recognised: type of 9 points is 25 pixels high."""

_SHOWN_DPI = 120
_EMPTY = "the page is a picture in which no text is found"
_NO_TEXT = "the page is a picture without text; `pip install 'tingbao[ocr]'` reads such pages"


def read_pdfs(files: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of PDFs, page by page, so that no more than one is held open.

    Raises:
        InputError: a file is damaged or encrypted, or holds pictures of pages alone, and what
            recognises those is not installed.
    """
    return [page for file in files for page in _pages(file)]


def _pages(file: SourceFile) -> list[SourcePage]:
    with _opened(file) as document:
        count = len(document)
    if not count:
        raise InputError("this PDF holds no page", file.path)
    pages: list[SourcePage] = []
    for start in range(0, count, _PAGES_AT_ONCE):
        with _opened(file) as document:
            numbers = range(start, min(count, start + _PAGES_AT_ONCE))
            pages += [_page(document, number, file) for number in numbers]
    if not any(page.blocks for page in pages):
        raise InputError(f"this PDF has no text that can be read: {pages[0].notes[0]}", file.path)
    return pages


@contextlib.contextmanager
def _opened(file: SourceFile) -> Iterator[pdfium.PdfDocument]:
    """The file as a document, which keeps the fonts of all its pages until it is closed."""
    try:
        document = pdfium.PdfDocument(file.data)
    except pdfium.PdfiumError as error:
        raise InputError(_why_closed(error), file.path) from error
    try:
        yield document
    finally:
        document.close()


def _why_closed(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return "this is a PDF that is encrypted; save a copy without a password"
    return "this is a PDF, but a damaged one: it cannot be opened"


def _page(document: pdfium.PdfDocument, number: int, file: SourceFile) -> SourcePage:
    path, alone = file.path, len(document) == 1
    label = label_of_name(path) if alone else _printed_label(document, number)
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return SourcePage(path.name, (), label=label, notes=(f"page {number + 1} is damaged",))
    try:
        layer = _Layer(page)
        blocks = arrange(layer.geometry())
        if not blocks and is_installed():
            shown = f"{path.name}, page {number + 1} of {len(document)}"
            look = functools.partial(_scanned, file.data, number)
            seen = replace(recognised_page(look, path, shown), label=label)
            if seen.blocks:
                return seen
    finally:
        page.close()
    nothing = _EMPTY if is_installed() else _NO_TEXT
    notes = layer.notes if blocks or layer.notes else [nothing]
    picture = functools.partial(_drawn, file.data, number)
    return SourcePage(
        path.name, blocks, label=label, whole=True, notes=tuple(notes), picture=picture
    )


def _drawn(data: bytes, number: int) -> PagePicture:
    """The page as it looks, for people."""
    with pdfium.PdfDocument(data) as document:
        scale = min(_SHOWN_DPI, 72 * WORKED_PX / max(document[number].get_size())) / 72
        return PagePicture(document[number].render(scale=scale).to_pil(), scale)


def _scanned(data: bytes, number: int) -> Pixels:
    """The page as a scanner would give it."""
    with pdfium.PdfDocument(data) as document:
        scale = min(_SCAN_DPI, 72 * WORKED_PX / max(document[number].get_size())) / 72
        return grey_of(document[number].render(scale=scale, grayscale=True).to_pil())


def _printed_label(document: pdfium.PdfDocument, number: int) -> str | None:
    """The label that the file gives a page, where it looks like one of a newspaper."""
    label = document.get_page_label(number).strip()
    return label if _LABEL.fullmatch(label) else None


@dataclass(frozen=True, slots=True)
class _Character:
    """A drawn character; ``x`` to ``right`` on the base line ``y``, downwards, before any turn."""

    text: str
    x: float
    right: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """How a character is set; ``quarter`` counts the quarter turns of its line."""

    size: float
    quarter: int
    bold: bool
    invisible: bool
    white: bool


class _StyleReader:
    """How the characters of a text page are set; ``turn`` is that of the page in degrees."""

    def __init__(self, text_page: ctypes.c_void_p, turn: int) -> None:
        self.text_page = text_page
        self.turn = turn
        self.matrix = raw.FS_MATRIX()
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self.known: dict[tuple[float, ...], _Style] = {}

    def __call__(self, index: int) -> _Style:
        """The style of the character with this number."""
        page, m = self.text_page, self.matrix
        raw.FPDFText_GetMatrix(page, index, m)
        raw.FPDFText_GetFillColor(page, index, *self.colour)
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(page, index))
        size = raw.FPDFText_GetFontSize(page, index)
        shade = [part.value for part in self.colour]
        key = (size, m.a, m.b, m.c, m.d, mode, *shade)
        if key not in self.known:
            angle = math.degrees(math.atan2(-m.b, m.a)) + self.turn
            self.known[key] = _Style(
                abs(size * math.hypot(m.c, m.d)),
                round(angle / 90) % 4,
                mode == _STROKED,
                mode == _INVISIBLE or not shade[3],
                min(shade[:3]) > _PAPER,
            )
        return self.known[key]


class _Layer:
    """The text layer of one page with what is drawn around it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.width, self.height = page.get_size()
        self.turn = page.get_rotation()
        self.crop = page.get_bbox()
        self.notes: list[str] = []

    def geometry(self) -> PageGeometry:
        """Its lines, rules and pictures, from the top left corner of what is shown, in points."""
        rules, pictures, dark = self._drawn()
        by_quarter = self._characters(dark)
        lines: list[TextLine] = []
        for quarter, characters in by_quarter.items():
            lines += [_turned(line, quarter) for line in _lines(_single(characters))]
        lines = self._weighed(lines)
        return PageGeometry(tuple(lines), tuple(rules), tuple(pictures), self.width, self.height)

    def _weighed(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """The lines with their weight, from a small picture of the page."""
        usual = median(line.size for line in lines) if lines else 1.0
        scale = min(_PIXELS / usual, _MOST_PIXELS / max(self.width, self.height, 1.0))
        drawn = self.page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
        return with_weight(lines, drawn.reshape(drawn.shape[:2]), scale)

    # --- characters -------------------------------------------------------------------------

    def _characters(self, dark: Sequence[Box]) -> dict[int, list[_Character]]:
        """The visible characters by the quarter turns in which they are set."""
        text_page = self.page.get_textpage()
        try:
            drawn = list(self._read(text_page.raw))
        finally:
            text_page.close()
        shown = [style for style, _ in drawn if not style.invisible]
        layered = len(shown) * 10 < len(drawn)  # text that OCR laid over a scan
        hidden = broken = 0
        found: dict[int, list[_Character]] = {}
        for style, character in drawn:
            if (style.invisible and not layered) or (style.white and not _on(character, dark)):
                hidden += 1
                continue
            broken += character.text == _BROKEN
            found.setdefault(style.quarter, []).append(character)
        self._note(len(drawn), hidden, broken)
        return {} if broken > _UNREADABLE * len(drawn) else found

    def _note(self, total: int, hidden: int, broken: int) -> None:
        if broken > _UNREADABLE * total:
            self.notes.append("its fonts do not say which characters they draw; it is not read")
        elif broken:
            self.notes.append(f"{broken} characters of fonts that do not say them are left out")
        if hidden:
            self.notes.append(f"{hidden} characters that are not visible are left out")

    def _read(self, text_page: ctypes.c_void_p) -> Iterator[tuple[_Style, _Character]]:
        x, y = ctypes.c_double(), ctypes.c_double()
        read_style = _StyleReader(text_page, self.turn)
        for index in range(raw.FPDFText_CountChars(text_page)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in _BREAKS or (code == _SPACE and raw.FPDFText_IsGenerated(text_page, index)):
                continue
            raw.FPDFText_GetCharOrigin(text_page, index, x, y)
            across, down = self._place(x.value, y.value)
            style = read_style(index)
            if not style.size or not (0 <= across <= self.width and 0 <= down <= self.height):
                continue
            start, base = _along(style.quarter, across, down)
            end = start + style.size
            if not _FIRST_HAN <= code <= _LAST_HAN:
                end = self._end(text_page, index, style.quarter)
            text = _text_of(code)
            if text in _WIDE and end - start > _WIDER * style.size:
                text *= 2  # a dash or dots, two characters that are drawn as one
            yield style, _Character(text, start, end, base, style.size, style.bold)

    def _end(self, text_page: ctypes.c_void_p, index: int, quarter: int) -> float:
        """Where a character ends on its line; a Han character fills a square, no box says so."""
        rect = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text_page, index, rect)
        corners = ((rect.left, rect.bottom), (rect.right, rect.top))
        return max(_along(quarter, *self._place(x, y))[0] for x, y in corners)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is once the page is turned, from its top left corner."""
        left, bottom, right, top = self.crop
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        if self.turn == 270:
            return top - y, right - x
        return x - left, top - y

    def _is_outside(self, box: Box) -> bool:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return not (0 <= x <= self.width and 0 <= y <= self.height)

    # --- what is drawn ----------------------------------------------------------------------

    def _drawn(self) -> tuple[list[Box], list[Box], list[Box]]:
        """Printed rules, pictures, and what white text may stand on."""
        rules: list[Box] = []
        pictures: list[Box] = []
        dark: list[Box] = []
        for count, (kind, box, filled) in enumerate(self._objects()):
            if count > _MOST_OBJECTS:
                break
            wide, high = box.right - box.left, box.bottom - box.top
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                dark.append(box)
                if min(wide, high) >= _LEAST_PICTURE and not self._is_whole(box):
                    pictures.append(box)
            elif min(wide, high) <= _THIN:
                if max(wide, high) >= _LONG:
                    rules.append(box)
            elif min(wide, high) >= _LONG and not self._is_whole(box):
                rules += _edges(box)
            if filled:
                dark.append(box)
        return rules, pictures, dark

    def _is_whole(self, box: Box) -> bool:
        area = (box.right - box.left) * (box.bottom - box.top)
        return bool(area > _WHOLE * self.width * self.height)

    def _objects(self) -> Iterator[tuple[int, Box, bool]]:
        """Kind, box and whether it is filled with other than white, of all pictures and paths."""
        for kind, one, corners in _objects_of(self.page.raw, ()):
            xs, ys = zip(*(self._place(x, y) for x, y in corners), strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            if not self._is_outside(box):
                yield kind, box, _is_filled(kind, one)


def _objects_of(
    parent: ctypes.c_void_p, matrices: tuple[raw.FS_MATRIX, ...]
) -> Iterator[tuple[int, ctypes.c_void_p, list[tuple[float, float]]]]:
    """Pictures and paths of a page, or of a form in it, with two corners of each on the page.

    ``matrices`` turn places in the form into places on the page, one after the other.
    """
    count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    if matrices:
        count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(count(parent)):
        one = get(parent, index)
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_FORM and len(matrices) < _DEEPEST:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(one, matrix)
            yield from _objects_of(one, (matrix, *matrices))
        elif kind in _DRAWN and raw.FPDFPageObj_GetBounds(one, *sides):
            left, bottom, right, top = (side.value for side in sides)
            corners = [(left, bottom), (right, top)]
            for m in matrices:
                corners = [(m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f) for x, y in corners]
            yield kind, one, corners


def _is_filled(kind: int, one: ctypes.c_void_p) -> bool:
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha) or not alpha.value:
        return False
    return bool(min(red.value, green.value, blue.value) < _WHITE)


def _edges(box: Box) -> list[Box]:
    """The four sides of a frame as rules."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return [
        Box(left, top, right, top + 1),
        Box(left, bottom - 1, right, bottom),
        Box(left, top, left + 1, bottom),
        Box(right - 1, top, right, bottom),
    ]


def _on(character: _Character, dark: Sequence[Box]) -> bool:
    x, y = (character.x + character.right) / 2, character.y - character.size / 3
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in dark)


def _text_of(code: int) -> str:
    """The character of a code; :data:`_BROKEN` for what says nothing outside its font."""
    private = 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF
    return _BROKEN if code < ord(" ") or private else chr(code)


def _along(quarter: int, x: float, y: float) -> tuple[float, float]:
    """A place on the page as one on a line that runs from left to right: along it, and down."""
    if quarter == 1:
        return y, -x
    if quarter == 2:
        return -x, -y
    return (-y, x) if quarter == 3 else (x, y)


def _turned(line: TextLine, quarter: int) -> TextLine:
    """A line at its place on the page again; one that was set sideways runs up or down."""
    box = line.box
    if quarter == 0:
        return line
    if quarter == 1:
        return replace(line, box=Box(-box.bottom, box.left, -box.top, box.right), vertical=True)
    if quarter == 2:
        return replace(line, box=Box(-box.right, -box.bottom, -box.left, -box.top))
    return replace(line, box=Box(box.top, -box.right, box.bottom, -box.left), vertical=True)


# --- lines ----------------------------------------------------------------------------------


def _single(characters: Sequence[_Character]) -> list[_Character]:
    """The characters without those that are drawn again over themselves, which are bold."""
    places: dict[tuple[str, int, int], int] = {}
    kept: list[_Character] = []
    for one in characters:
        step = max(one.size, 1.0)
        within = _DOUBLED * step
        columns = {int((one.x - within) / step), int((one.x + within) / step)}
        rows = {int((one.y - within) / step), int((one.y + within) / step)}
        cells = [(one.text, column, row) for column in columns for row in rows]
        known = next((places[cell] for cell in cells if cell in places), None)
        if known is None or not _is_same(kept[known], one):
            places[one.text, int(one.x / step), int(one.y / step)] = len(kept)
            kept.append(one)
        elif one.text.strip():
            kept[known] = replace(kept[known], bold=True)
    return kept


def _is_same(one: _Character, other: _Character) -> bool:
    within = _DOUBLED * one.size
    return abs(one.x - other.x) < within and abs(one.y - other.y) < within


def _lines(characters: Sequence[_Character]) -> list[TextLine]:
    """Characters that are drawn one after the other on one line, together."""
    runs: list[list[_Character]] = []
    for one in characters:
        if runs and _follows(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    lines = (_line(run) for run in runs)
    return [line for line in lines if line is not None]


def _follows(before: _Character, one: _Character) -> bool:
    size = max(before.size, one.size)
    gap = one.x - before.right
    return (
        abs(before.y - one.y) < _SAME_LINE * size
        and -_TRIMMED * size < gap < _WIDEST_GAP * size
        and one.x > before.x - 0.1 * size
        and size < 1.35 * min(before.size, one.size)
    )


def _line(run: Sequence[_Character]) -> TextLine | None:
    text = run[0].text
    gaps = [one.x - before.right for before, one in pairwise(run)]
    usual = max(0.0, median(gaps)) if gaps else 0.0  # letters of a full line are spread evenly
    for (before, one), gap in zip(pairwise(run), gaps, strict=True):
        latin = before.text.isascii() and one.text.isascii() and one.text.isalnum()
        least = _LATIN_SPACE if latin else _WIDEST_GAP
        if before.text.isdigit() and one.text.isdigit():
            least = _DIGIT_SPACE
        apart = gap - usual > least * one.size
        text += f" {one.text}" if apart and text[-1:] != " " else one.text
    inked = [one for one in run if not one.text.isspace()]
    if not inked:
        return None
    size = median(one.size for one in inked)
    base = median(one.y for one in inked)
    box = Box(inked[0].x, base - _ASCENT * size, inked[-1].right, base + _DESCENT * size)
    bold = sum(one.bold for one in inked) * 2 > len(inked)
    return TextLine(text.strip(), box, size, bold=bold)
