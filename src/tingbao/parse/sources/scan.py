"""Scans and photographs of pages: lines are recognised, then put in order by where they stand.

The one seam to RapidOCR (the extra ``tingbao[ocr]``): it finds lines of text as quadrilaterals
and says what they are, each with a score. Skew is taken out of the places of the lines, not out
of the picture; a page that lies on its side or stands on its head is turned once.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import io
import itertools
import logging
import math
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from tingbao import files as disk
from tingbao.errors import InputError, OutputError
from tingbao.models import Box
from tingbao.parse.blocks import PagePicture, SourceFile, SourcePage
from tingbao.parse.geometry import PageGeometry, TextLine, arrange, with_weight
from tingbao.parse.sources.inputs import label_of_name
from tingbao.settings import cache_folder
from tingbao.text.han import count_han

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """Rows of grey values, or of colours."""

    Quad = NDArray[np.float32]
    """The corners of a line from where it begins, clockwise: 4 rows of x and y."""

FORMAT = 1
"""Goes up when other lines come of the same picture; it is part of every key of the cache."""

LARGEST_PIXELS = 170_000_000
"""More than a broadsheet at 600 dpi has; a picture is refused before it is unpacked, as Pillow
does with somewhat larger ones."""

WORKED_PX = 5200
"""The longer side that is worked on: a broadsheet at 240 dpi, whose type is 30 pixels high."""

SEEN_PX, MOST_SEEN_PX = 1600, 2400
"""The longer side in which lines are looked for, and where type is too small in that."""

_SMALL_LINE, _USUAL_LINE = 13.0, 18.0
"""Heights of a line found (half as high again as its type) below which some are missed, and at
which none were on typeset pages of 3 to 8 columns."""

_DOUBTFUL, _UNREADABLE = 0.8, 0.5
"""Mean scores of a line: below the first it is named, below the second it is no text."""

_OPENING, _CLOSING = tuple("“‘（《〈「『【"), tuple("”’）》〉」』】：，。！？、")
_ALIKE, _MARK_GAP = 1.3, 0.95
_MARK = re.compile(
    r"[(](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[)]"
    r"|(?<=[\u3400-\u9fff”）])[,:;?!](?=[\u3400-\u9fff“（]|$)"
)
_FULL_WIDTH = str.maketrans("(),:;?!", "（），：；？！")
"""Marks between Han characters, which print has in full width and the recogniser gives in half."""

_NAMED = 8
_BATCH = 6
_READERS = 2
"""Threads that recognise; each batch is the same however many there are."""

_ALOFT = 1.5
"""So many times higher than wide is a line that runs down the page, as RapidOCR has it."""

_SAMPLE = 12
_GLYPH = 0.72
"""Of the height of a line as found, its type: what is found is widened on all sides."""

_FEW = 3
_FACE = 0.92
"""How much of its square a Han character fills."""

_SNAP, _SNAP_SHORT = 0.12, 0.4
"""By which part of itself type is larger or smaller than most and still the same; what is found
of a line of a few characters is widened more, and one of figures shows no Han character's size."""
_KINDS = (
    (b"\x89PNG", "a PNG"), (b"\xff\xd8\xff", "a JPEG"), (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
)  # fmt: skip
_TOO_LARGE = "this picture has too many pixels; save it as a page has them at 300 dpi"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as it was recognised: boxes are in pixels of the picture once it is straight.

    That takes ``turns`` quarter turns to the left, then one by ``angle``, in radians.
    """

    geometry: PageGeometry
    turns: int
    angle: float

    def straight(self, grey: Pixels) -> PagePicture:
        """The picture that was recognised, as the boxes see it."""
        upright = Image.fromarray(np.rot90(grey, self.turns))
        angle, smooth = math.degrees(self.angle), Image.Resampling.BICUBIC
        return PagePicture(upright.rotate(angle, smooth, center=(0, 0), fillcolor=255), 1.0)


def read_scans(files: Sequence[SourceFile]) -> list[SourcePage]:
    """The pages of pictures, a frame each.

    Raises:
        InputError: a picture is damaged or too large, or the extra ``ocr`` is not installed.
    """
    return [page for place, file in enumerate(files, 1) for page in _pages(file, place, len(files))]


def _pages(file: SourceFile, place: int, count: int) -> Iterator[SourcePage]:
    with _opened(file) as picture:
        frames = getattr(picture, "n_frames", 1)
    label = label_of_name(file.path) if frames == 1 else None
    for frame in range(frames):
        shown = f"{file.path.name}, {place} of {count}"
        if frames > 1:
            shown += f", page {frame + 1} of {frames}"
        page = recognised_page(functools.partial(_frame, file, frame), file.path, shown)
        yield replace(page, label=label)


def _frame(file: SourceFile, frame: int) -> Pixels:
    with _opened(file) as picture:
        picture.seek(frame)
        return grey_of(picture)


def recognised_page(look: Callable[[], Pixels], path: Path, shown: str) -> SourcePage:
    """A page of ``path`` as it is recognised, or was before; ``shown`` names it meanwhile.

    ``look`` gives what :func:`grey_of` makes of its picture, the same each time.

    Raises:
        InputError: the extra ``ocr`` is not installed, or the picture cannot be used.
    """
    if not is_installed():
        raise InputError(
            "this is a picture of a page; `pip install 'tingbao[ocr]'` brings what reads it", path
        )
    found = _recognised(look(), shown)
    lines = _as_printed(found.geometry.lines)
    return SourcePage(
        path.name,
        arrange(replace(found.geometry, lines=tuple(lines))),
        whole=True,
        notes=tuple(_notes(lines)),
        picture=lambda: found.straight(look()),
    )


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return importlib.util.find_spec("rapidocr") is not None


def _recognised(grey: Pixels, shown: str) -> Recognised:
    """What is on the page, from the cache where it was recognised before."""
    facts = f"{FORMAT} {importlib.metadata.version('rapidocr')} {grey.shape}".encode()
    key = hashlib.sha256(facts + grey.tobytes()).hexdigest()
    stored = cache_folder() / "scans" / key[:2] / f"{key}.json"
    if (known := _stored(stored)) is not None:
        return known
    _log.info("recognising %s", shown)
    found = _Recognition(grey).result()
    with contextlib.suppress(OutputError):  # a cache that cannot be written to costs time alone
        disk.write(stored, msgspec.json.encode(found))
    return found


def _stored(path: Path) -> Recognised | None:
    """What was recognised before; None where there is nothing, or where it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Recognised)
    except (OSError, msgspec.DecodeError):
        return None


def _as_printed(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with marks as print has them, and whole where white beside a mark parted them."""
    joined: list[TextLine] = []
    for line in sorted(lines, key=lambda one: one.box.left):
        text = _MARK.sub(lambda mark: mark[0].translate(_FULL_WIDTH), line.text)
        line = replace(line, text=text)  # noqa: PLW2901
        before = next((n for n, one in enumerate(joined) if _parted(one, line)), None)
        if before is None:
            joined.append(line)
        else:
            joined[before] = _whole(joined[before], line)
    return joined


def _parted(left: TextLine, right: TextLine) -> bool:
    """Whether these are parts of one line: a quotation mark has half a character's white."""
    small, large = sorted((left.size, right.size))
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    gap = right.box.left - left.box.right
    return (
        not (left.vertical or right.vertical)
        and (left.text.endswith(_CLOSING) or right.text.startswith(_OPENING))
        and large < _ALIKE * small
        and shared > 0.6 * small
        and -small < gap < _MARK_GAP * small
    )


def _whole(left: TextLine, right: TextLine) -> TextLine:
    one, other = left.box, right.box
    box = Box(one.left, min(one.top, other.top), other.right, max(one.bottom, other.bottom))
    longer = max(left, right, key=lambda line: len(line.text))
    score = min(left.score or 0.0, right.score or 0.0)
    return replace(longer, text=left.text + right.text, box=box, score=score)


def _notes(lines: Sequence[TextLine]) -> Iterator[str]:
    """The lines that a person should compare with the page."""
    doubtful = [line.text for line in lines if line.score is not None and line.score < _DOUBTFUL]
    if doubtful:
        shown = "".join(f"“{text}” " for text in doubtful[:_NAMED]).strip()
        more = f" and {len(doubtful) - _NAMED} more" if len(doubtful) > _NAMED else ""
        lines_were = "1 line was" if len(doubtful) == 1 else f"{len(doubtful)} lines were"
        yield f"{lines_were} hard to recognise, compare with the page: {shown}{more}"


# --- pictures -----------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(file: SourceFile) -> Iterator[Image.Image]:
    """The picture in a file; what goes wrong while it is unpacked is said of the file.

    Raises:
        InputError: the picture is damaged or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes and damaged metadata: we look at both
            with Image.open(io.BytesIO(file.data)) as picture:
                if picture.width * picture.height > LARGEST_PIXELS:
                    raise InputError(_TOO_LARGE, file.path)
                yield picture
    except Image.DecompressionBombError as error:
        raise InputError(_TOO_LARGE, file.path) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        kind = next((name for start, name in _KINDS if file.data.startswith(start)), "a")
        raise InputError(
            f"this is {kind} picture that is damaged and cannot be read", file.path
        ) from error


def grey_of(picture: Image.Image) -> Pixels:
    """The picture upright, as its camera says, grey on white, and no larger than is worked on."""
    picture.draft("L", (WORKED_PX, WORKED_PX))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        values = np.asarray(upright, dtype=np.float32)
        upright = Image.fromarray((values / max(float(values.max()), 1) * 255).astype(np.uint8))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        upright = Image.new("RGBA", layered.size, "white")
        upright.alpha_composite(layered)
    upright = upright.convert("L")
    upright.thumbnail((WORKED_PX, WORKED_PX), Image.Resampling.BOX)
    return np.asarray(upright)


# --- recognition --------------------------------------------------------------------------------


@functools.cache
def _engine(threads: int) -> Any:  # noqa: ANN401  - RapidOCR's types are no promise
    """RapidOCR with its own models; one for finding lines, one that several threads may ask."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rapidocr = importlib.import_module("rapidocr")
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": MOST_SEEN_PX,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(threads, os.cpu_count() or 1),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": _BATCH,
        }
    )


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    score: float


class _Recognition:
    """One page being recognised."""

    def __init__(self, grey: Pixels) -> None:
        self.cv2 = importlib.import_module("cv2")
        self.grey = grey

    def result(self) -> Recognised:
        """Everything that is found, the page turned once if it must be."""
        quads = self._found()
        turns = self._quarter_turns(quads)
        if turns:
            self.grey = np.ascontiguousarray(np.rot90(self.grey, turns))
            quads = self._found()
        crops = self._crops(quads)
        angle = _skew(quads)
        found = [
            _Line(quad, read.text, read.score, *_inked(crop))
            for quad, crop, read in zip(quads, crops, self._read(crops), strict=True)
            if read.score >= _UNREADABLE and read.text.strip()
        ]
        drawn = _Drawn(self.cv2, self.grey, angle)
        lines = with_weight(_lines(found, angle), drawn.light, drawn.scale)
        rules, pictures = drawn.found([line.box for line in lines])
        height, width = self.grey.shape
        geometry = PageGeometry(tuple(lines), tuple(rules), tuple(pictures), width, height)
        return Recognised(geometry, turns, angle)

    def _found(self) -> list[Quad]:
        """The lines of the page; looked for again where they are small."""
        longest = max(self.grey.shape)
        scale = min(1.0, SEEN_PX / longest)
        quads = self._seen(scale)
        if quads and scale < 1:
            usual = median(map(_thickness, quads)) * scale
            if usual < _SMALL_LINE:
                closer = min(1.0, MOST_SEEN_PX / longest, scale * _USUAL_LINE / usual)
                quads = self._seen(closer)
        return quads

    def _seen(self, scale: float) -> list[Quad]:
        high, wide = (max(32, round(side * scale)) for side in self.grey.shape)
        small = self.cv2.resize(self.grey, (wide, high), interpolation=self.cv2.INTER_AREA)
        colours = self.cv2.cvtColor(small, self.cv2.COLOR_GRAY2BGR)
        found = _engine(_READERS)(colours, use_det=True, use_cls=False, use_rec=False)
        boxes = found.boxes if found.boxes is not None else ()
        ratio = (self.grey.shape[1] / wide, self.grey.shape[0] / high)
        return [np.asarray(box, np.float32) * np.asarray(ratio, np.float32) for box in boxes]

    def _crops(self, quads: Sequence[Quad]) -> list[Pixels]:
        colours = self.cv2.cvtColor(self.grey, self.cv2.COLOR_GRAY2BGR)
        crops: list[Pixels] = _engine(1).crop_text_regions(colours, quads)
        return crops

    def _read(self, crops: Sequence[Pixels]) -> list[_Read]:
        """What each line says; lines of about one length are read together."""
        order = sorted(range(len(crops)), key=lambda n: crops[n].shape[1] / crops[n].shape[0])
        batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
        engine = _engine(1)
        with contextlib.suppress(AttributeError):
            engine._load_rec_model()  # noqa: SLF001 - else two threads would load it at once
        reads: dict[int, _Read] = {}

        def read(batch: list[int]) -> Any:  # noqa: ANN401  - as above
            return engine.recognize_txt([crops[n] for n in batch])

        with ThreadPoolExecutor(_READERS) as readers:
            for batch, found in zip(batches, readers.map(read, batches), strict=True):
                both = zip(batch, found.txts, found.scores, strict=True)
                reads |= {n: _Read(text, float(score)) for n, text, score in both}
        return [reads[n] for n in range(len(crops))]

    # --- which way up ---------------------------------------------------------------------------

    def _quarter_turns(self, quads: Sequence[Quad]) -> int:
        """How often the page is to be turned to the left: its longest lines say it.

        Lines that run down the page are those of a page that lies on its side, or of vertical
        print; of that the characters can be read when they are put side by side.
        """
        sample = sorted(quads, key=_length)[-_SAMPLE:]
        if not sample:
            return 0
        down = sum(_length(quad) for quad in quads if _is_aloft(quad))
        lies = down > sum(map(_length, quads)) / 2
        crops = self._crops([quad for quad in sample if _is_aloft(quad) is lies] or sample)
        upright = self._score(crops)
        if not lies and upright > _DOUBTFUL:
            return 0
        turned = self._score([np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops])
        if not lies:
            return 2 if turned > upright else 0
        if self._score([self._side_by_side(crop) for crop in crops]) > max(upright, turned) - 0.05:
            return 0
        return 1 if upright > turned else 3

    def _score(self, crops: Sequence[Pixels]) -> float:
        return fmean(read.score * bool(read.text) for read in self._read(crops))

    def _side_by_side(self, crop: Pixels) -> Pixels:
        """A vertical line, which lies here, with its characters upright in a row."""
        side, length = crop.shape[:2]
        count = max(1, round(length / (side * _GLYPH)))
        edges = [round(length * place / count) for place in range(count + 1)]
        cells = [np.rot90(crop[:, a:b], 3) for a, b in itertools.pairwise(edges)]
        wide = round(side * _GLYPH)
        cells = [self.cv2.resize(np.ascontiguousarray(one), (wide, wide)) for one in cells]
        return np.ascontiguousarray(np.hstack(cells))


# --- places -------------------------------------------------------------------------------------


def _length(quad: Quad) -> float:
    return max(_width(quad), _height(quad))


def _thickness(quad: Quad) -> float:
    return min(_width(quad), _height(quad))


def _width(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2


def _height(quad: Quad) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2


def _is_aloft(quad: Quad) -> bool:
    return _height(quad) >= _ALOFT * _width(quad)


def _skew(quads: Sequence[Quad]) -> float:
    """By how much the lines of the page fall to the right, in radians: what half of them do."""
    wide = [quad for quad in quads if _width(quad) > 4 * _height(quad)]
    angles = []
    for quad in wide:
        (x, y) = (quad[1] - quad[0]) + (quad[2] - quad[3])
        angles.append(math.atan2(float(y), float(x)))
    return median(angles) if angles else 0.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was found and read, with the shares of its quadrilateral that hold its ink.

    ``start`` and ``end`` go along the line, ``top`` and ``bottom`` across it.
    """

    quad: Quad
    text: str
    score: float
    start: float
    end: float
    top: float
    bottom: float

    @property
    def aloft(self) -> bool:
        return _is_aloft(self.quad)

    @property
    def size(self) -> float:
        """The size of its type, in pixels."""
        thickness = _thickness(self.quad)
        inked = (self.bottom - self.top) / _FACE
        return thickness * (inked if count_han(self.text) > _FEW and inked > 0.5 else _GLYPH)

    def box(self, size: float, angle: float) -> Box:
        """Where its type stands once the page is straight."""
        cos, sin = math.cos(-angle), math.sin(-angle)
        x, y = (float(value) for value in self.quad.mean(axis=0))
        x, y = x * cos - y * sin, x * sin + y * cos
        length, thickness = _length(self.quad), _thickness(self.quad)
        along = ((self.start + self.end) / 2 - 0.5) * length
        across = ((self.top + self.bottom) / 2 - 0.5) * thickness
        length = max((self.end - self.start) * length, size)
        if self.aloft:
            x, y, wide, high = x - across, y + along, size, length
        else:
            x, y, wide, high = x + along, y + across, length, size
        sides = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        return Box(*(round(side, 1) for side in sides))


def _inked(crop: Pixels) -> tuple[float, float, float, float]:
    """From which part of a lying line to which there is ink: along it, then across it."""
    grey = crop[:, :, 0]
    dark, light = np.percentile(grey, (3, 90))
    ink = grey < (float(dark) + float(light)) / 2
    if ink.mean() > 0.5:  # white on black
        ink = ~ink
    high, wide = ink.shape
    rows = ink.mean(axis=1) > 0.03
    top, bottom = _run(rows, high // 2)
    # A rule beside the line runs through all of its height, and no character does.
    columns = ink[top:bottom].any(axis=0) & (ink.mean(axis=0) < 0.95)
    inked = np.flatnonzero(columns)
    if not inked.size:
        return 0.0, 1.0, 0.0, 1.0
    return float(inked[0]) / wide, float(inked[-1] + 1) / wide, top / high, bottom / high


def _run(rows: NDArray[np.bool_], middle: int) -> tuple[int, int]:
    """The stretch round the middle in which no row is empty; all, where the middle is empty."""
    empty = np.flatnonzero(~rows)
    top = int(empty[empty < middle].max(initial=-1)) + 1
    bottom = int(empty[empty >= middle].min(initial=rows.size))
    return (top, bottom) if bottom > top else (0, rows.size)


def _lines(found: Sequence[_Line], angle: float) -> list[TextLine]:
    """The lines with boxes that stand straight, all that is about as large as most of one size."""
    usual = median(line.size for line in found) if found else 0.0
    lines = []
    for line in found:
        near = _SNAP if count_han(line.text) > _FEW else _SNAP_SHORT
        size = usual if abs(line.size - usual) < near * usual else line.size
        vertical = line.aloft and count_han(line.text) > 1
        box, score = line.box(size, angle), round(line.score, 3)
        lines.append(TextLine(line.text, box, round(size, 1), score, vertical=vertical))
    return lines


# --- rules and pictures -------------------------------------------------------------------------


_FAINT = 205
"""A hair line of which a scan, or its reduced copy, has left a shade, of 255."""


class _Drawn:
    """What is printed on a page besides lines of text, looked for in a reduced, straight copy."""

    def __init__(self, cv2: Any, grey: Pixels, angle: float) -> None:  # noqa: ANN401
        self.cv2 = cv2
        self.scale = min(1.0, SEEN_PX / max(grey.shape))
        high, wide = (round(side * self.scale) for side in grey.shape)
        small = cv2.resize(grey, (wide, high), interpolation=cv2.INTER_AREA)
        turn = cv2.getRotationMatrix2D((0, 0), math.degrees(angle), 1)
        straight = cv2.warpAffine(small, turn, (wide, high), borderValue=255)
        # Paper is as light as the lightest near by: a photograph is not lit evenly.
        reach = max(3, max(wide, high) // 8) | 1
        paper = cv2.blur(cv2.dilate(straight, np.ones((reach, reach), np.uint8)), (reach, reach))
        self.light = cv2.divide(straight, paper, scale=255)

    def found(self, lines: Sequence[Box]) -> tuple[list[Box], list[Box]]:
        """Printed rules and pictures."""
        pictures = self._pictures(lines)
        ink = np.where(self.light < _FAINT, 255, 0).astype(np.uint8)
        rules = [rule for flat in (True, False) for rule in self._rules(ink, flat=flat)]
        others = [*pictures, *lines]  # strokes of large type are long and thin too
        return [rule for rule in rules if not any(_within(rule, one) for one in others)], pictures

    def _rules(self, ink: Pixels, *, flat: bool) -> Iterator[Box]:
        """Runs of ink that are long and thin, such as no stroke of body type is."""
        long = max(ink.shape) // 32
        shape = np.ones((1, long) if flat else (long, 1), np.uint8)
        for left, top, wide, high in self._boxes(self.cv2.morphologyEx(ink, 2, shape)):
            thick, length = sorted((wide, high))
            if thick <= max(ink.shape) / 250 and length >= long:
                yield self._box(left, top, wide, high)

    def _pictures(self, lines: Sequence[Box]) -> list[Box]:
        grey = self.light.copy()
        for line in lines:
            sides = (line.left, line.top, line.right, line.bottom)
            left, top, right, bottom = (max(0, round(side * self.scale)) for side in sides)
            grey[top:bottom, left:right] = 255
        coarse = self.cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=3)
        dark = np.where(coarse < 205, 255, 0).astype(np.uint8)
        dark = self.cv2.morphologyEx(dark, 3, np.ones((3, 3), np.uint8))
        dark = self.cv2.morphologyEx(dark, 2, np.ones((3, 3), np.uint8))
        least = 0.04 * max(coarse.shape)
        return [
            self._box(*(8 * side for side in box))
            for box in self._boxes(dark)
            if min(box[2:]) >= least
        ]

    def _boxes(self, mask: Pixels) -> Iterator[tuple[int, int, int, int]]:
        """Left, top, width and height of each connected patch."""
        _, _, stats, _ = self.cv2.connectedComponentsWithStats(mask)
        for left, top, wide, high, _ in stats[1:].tolist():
            yield left, top, wide, high

    def _box(self, left: float, top: float, wide: float, high: float) -> Box:
        sides = (left, top, left + wide, top + high)
        return Box(*(round(side / self.scale, 1) for side in sides))


def _within(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
