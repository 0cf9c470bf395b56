"""Newspaper pages set from articles of the corpus: what is printed is known, and so is the gold.

A style (``typeset_styles.toml``) draws pages as bands of slots; an item is set into its slot line
by line, every line at a known place, and gets further paragraphs of the corpus until the slot is
full. Chromium prints the pages to PDF, with the fonts that Tingbao's covers use.

``python tests/parse/typesetting.py FOLDER [STYLE …]`` prints ``STYLE.pdf`` and ``STYLE.json``, the
gold in the shape of ``inspect --json`` with the printed lines beside it; with a name of ``SCANS``
among the styles (``150``), it makes pictures of what lies there, ``STYLE.150/1.jpg`` and so on.
"""

from __future__ import annotations

import base64
import html
import io
import json
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from tingbao.artwork.drawing import length_em, wrapped

CORPUS = Path(__file__).parents[1] / "corpus"
STYLES = Path(__file__).with_name("typeset_styles.toml")
POINTS_PER_MM = 72 / 25.4
RUN_IN = re.compile(r"本报讯|本报.*日电|新华社.*电|【本报.*讯】")
USUAL_CREDIT = re.compile(r"本报(?:讯（|记者)|新华社.*电|记者|[□■]|通讯员|\w{2,3}$")
NEWS_START = re.compile(
    r"本报|新华社|[【（(\[]|(?:\d+月)?\d+日|图[为片]|[□■●▲★◆]|[一二三四五六七八九十\d]+[、.．]"
    r"|第.{1,3}条|[问答]：|时间：|\w{2,3}，[男女]，"
)

Json = dict[str, Any]


# --- what is printed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A printed line; points from the page's top left corner. ``item`` counts in the gold.

    A line with ``width`` is justified to it; a ``vertical`` one runs down from its top.
    """

    text: str
    left: float
    top: float
    size: float
    width: float | None = None
    bold: bool = False
    font: str = "serif"
    vertical: bool = False
    item: int | None = None

    @property
    def length(self) -> float:
        return self.width or length_em(self.text, 0) * self.size

    @property
    def box(self) -> list[float]:
        across, down = (self.size, self.length) if self.vertical else (self.length, self.size)
        return [round(v, 1) for v in (self.left, self.top, self.left + across, self.top + down)]


@dataclass(frozen=True)
class Rect:
    """A picture (``seed``), a filled rule, or a frame around something (``hollow``)."""

    left: float
    top: float
    width: float
    height: float
    hollow: bool = False
    seed: int | None = None


@dataclass
class Sheet:
    """One page: text frames, each a run of lines in reading order, and what is drawn."""

    frames: list[list[Line]] = field(default_factory=list)
    drawn: list[Rect] = field(default_factory=list)


@dataclass(frozen=True)
class Slot:
    """A place for an item: ``columns`` columns wide; ``flags`` as in the table of styles."""

    left: float
    top: float
    height: float
    columns: int
    flags: str


@dataclass(frozen=True)
class Style:
    """How a paper looks; see ``typeset_styles.toml``."""

    name: str
    width_mm: float
    height_mm: float
    columns: int
    body_pt: float
    pages: list[list[str]]
    gutter_em: float = 1.5
    leading: float = 1.35
    title_font: str = "sans"
    title_scale: float = 1.0
    centred: bool = True
    column_rules: bool = False
    item_rules: bool = False
    shuffled: bool = False
    kept_aside: bool = False
    margin_mm: float = 14
    masthead: bool = True

    @property
    def seed(self) -> int:
        return sum(map(ord, self.name))

    @property
    def gutter(self) -> float:
        return self.gutter_em * self.body_pt

    @property
    def step(self) -> float:
        return self.leading * self.body_pt

    @property
    def column_width(self) -> float:
        inner = (self.width_mm - 2 * self.margin_mm) * POINTS_PER_MM
        return (inner - (self.columns - 1) * self.gutter) / self.columns

    def span(self, columns: int) -> float:
        return columns * self.column_width + (columns - 1) * self.gutter


def styles(*, kept_aside: bool | None = None) -> list[Style]:
    """The styles in the table; those kept aside are scored once, and never looked at before."""
    table = tomllib.loads(STYLES.read_text("utf-8"))
    found = [Style(name=name, **values) for name, values in table.items()]
    return [one for one in found if kept_aside in {None, one.kept_aside}]


# --- what is set ----------------------------------------------------------------------------------


class Copy:
    """Stories of the corpus in a random order, each given out once."""

    def __init__(self, chance: random.Random) -> None:
        golds = [json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.glob("*/gold.json"))]
        articles = _articles(gold for gold in golds if not gold.get("held_out"))
        skips = [one for gold in golds for one in gold["skipped"]]
        self.stories = [one for one in articles if _can_be_set(one)]
        self.photos = [one for one in articles if one["kind"] == "photo"]
        self.captions = list(_captions(articles))
        self.adverts = [one["text"] for one in skips if one["reason"] == "advert"]
        for several in (self.stories, self.photos, self.captions, self.adverts):
            chance.shuffle(several)
        texts = (p["text"] for one in _articles(golds) for p in one["paragraphs"])
        self.filler = list(dict.fromkeys(text for text in texts if _is_filler(text)))
        chance.shuffle(self.filler)
        self.chance = chance

    def paragraph(self) -> list[str]:
        """One to three paragraphs of the corpus, together about as long as a paper's are."""
        return [self.filler.pop() for _ in range(self.chance.randint(1, 3))]

    def stories_for(self, slot: Slot) -> list[Json]:
        """Stories for a slot; with a short title where that stands upright."""
        return [
            one for one in self.stories
            if "v" not in slot.flags
            or (len(one["title"]) <= 14 and not one["kicker"] and not one["subtitle"])
        ]  # fmt: skip

    def give_out(self, story: Json) -> None:
        self.stories.remove(story)
        taken = {paragraph["text"] for paragraph in story["paragraphs"]}
        self.filler = [text for text in self.filler if text not in taken]


def _articles(golds: Iterable[Json]) -> list[Json]:
    return [article for gold in golds for article in gold["articles"]]


def _can_be_set(article: Json) -> bool:
    kinds = {paragraph["kind"] for paragraph in article["paragraphs"]}
    texts = [paragraph["text"] for paragraph in article["paragraphs"]]
    return (
        article["kind"] == "article"
        and bool(article["title"])
        and article["dateline"] is None
        and article["continued_to"] is article["continued_from"] is None
        and kinds <= {"text", "heading"}
        and texts[0][-1:] in "。！？”"
        and all("\n" not in text and len(text) > 7 for text in texts)
        and (not article["byline"] or bool(USUAL_CREDIT.match(article["byline"])))
    )


def _is_filler(text: str) -> bool:
    return 30 <= len(text) <= 260 and text.endswith("。") and not NEWS_START.match(text)


def _captions(articles: Iterable[Json]) -> Iterator[str]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["text"]
            if article["kind"] != "photo" and paragraph["kind"] == "caption" and len(text) < 60:
                yield text


# --- setting --------------------------------------------------------------------------------------


@dataclass
class _Column:
    left: float
    top: float
    bottom: float
    width: float


@dataclass(frozen=True)
class _BodyLine:
    text: str
    paragraph: int
    indent: float = 0
    justified: bool = True
    bold: bool = False
    to_the_right: bool = False


@dataclass
class _Setting:
    """An item in its slot; ``left_over`` are the body lines for which there was no room."""

    frames: list[list[Line]]
    drawn: list[Rect]
    left_over: list[_BodyLine]


class Paper:
    """The pages of one style, with their gold."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.chance = random.Random(style.seed)
        self.copy = Copy(self.chance)
        self.items: list[Json] = []
        self.sheets: list[Sheet] = []
        self.going_on: list[tuple[int, list[_BodyLine]]] = []
        for bands in style.pages:
            self._set_page(bands)

    @property
    def gold(self) -> Json:
        pages = [
            {"number": number, "label": str(number), "section": None, "source": self.style.name}
            for number in range(1, len(self.sheets) + 1)
        ]
        lines = [
            {"page": number, "item": line.item, "text": line.text, "box": line.box}
            for number, sheet in enumerate(self.sheets, 1)
            for frame in sheet.frames
            for line in frame
        ]
        size = [self.style.width_mm * POINTS_PER_MM, self.style.height_mm * POINTS_PER_MM]
        return {"pages": pages, "articles": self.items, "size": size, "lines": lines}

    def _set_page(self, bands: Sequence[str]) -> None:
        style, number = self.style, len(self.sheets) + 1
        sheet = Sheet()
        self.sheets.append(sheet)
        margin = style.margin_mm * POINTS_PER_MM
        top = self._set_page_head(sheet, number, margin)
        room = style.height_mm * POINTS_PER_MM - margin - top
        for band in bands:
            share, *slots = band.split()
            height = room * int(share) / 100
            column = 0
            for words in slots:
                stack = words.split("/")
                columns = int(re.match(r"\d", stack[0]).group())  # type: ignore[union-attr]
                left = margin + column * (style.column_width + style.gutter)
                for place, word in enumerate(stack):
                    part = height / len(stack)
                    flags = word.lstrip("0123456789")
                    slot = Slot(left, top + place * part, part - style.step, columns, flags)
                    self._set_slot(sheet, slot, number)
                column += columns
            top += height
            if style.item_rules:
                sheet.drawn.append(
                    Rect(margin, top - style.step * 0.6, style.span(style.columns), 0.5)
                )
        if style.shuffled:
            self.chance.shuffle(sheet.drawn)

    def _set_page_head(self, sheet: Sheet, number: int, top: float) -> float:
        """The running head, on the first page the paper's name; returns where the body begins."""
        style = self.style
        left, width, body = top, style.span(style.columns), style.body_pt
        head: list[Line] = []
        if number == 1 and style.masthead:
            size = body * 5
            head.append(Line("江州日报", left, top, size, bold=True))
            top += size * 1.2
        words = (f"第{number:02}版 要闻", "2026年3月15日 星期日", "责任编辑：马骏 版式设计：韩雪")
        for place, text in enumerate(words):
            room = width - length_em(text, 0) * body
            head.append(Line(text, left + room * place / 2, top, body, font="sans"))
        sheet.frames.extend([line] for line in head)
        sheet.drawn.append(Rect(left, top + body * 1.3, width, 0.7))
        return top + body * 2.6

    def _set_slot(self, sheet: Sheet, slot: Slot, number: int) -> None:
        if "a" in slot.flags:
            self._set_advert(sheet, slot)
        elif "h" in slot.flags:
            self._set_photo(sheet, slot, number)
        else:
            self._set_story(sheet, slot, number)

    def _set_advert(self, sheet: Sheet, slot: Slot) -> None:
        style, width = self.style, self.style.span(slot.columns)
        sheet.drawn.append(Rect(slot.left, slot.top, width, slot.height, hollow=True))
        head, *rest = self.copy.adverts.pop().split("\n")
        size, inner = style.body_pt * 1.6, width - 2 * style.body_pt
        frame = [_centred(Line(head, slot.left, slot.top + size * 0.5, size, bold=True), width)]
        top = slot.top + size * 2.2
        for text in rest:
            for line in wrapped(text, inner / style.body_pt, 0):
                frame.append(Line(line, slot.left + style.body_pt, top, style.body_pt, font="sans"))
                top += style.step
        sheet.frames.append(frame)

    def _set_photo(self, sheet: Sheet, slot: Slot, number: int) -> None:
        style, width = self.style, self.style.span(slot.columns)
        photo = self.copy.photos.pop()
        captions = [paragraph["text"] for paragraph in photo["paragraphs"]]
        lines = [line for text in captions for line in wrapped(text, width / style.body_pt, 0)]
        item, size = self._add_item(photo, number), style.body_pt * 1.7
        under = slot.top + slot.height - len(lines) * style.step - size * 1.4
        picture = Rect(slot.left, slot.top, width, under - slot.top - style.body_pt, seed=item)
        sheet.drawn.append(picture)
        title = Line(photo["title"], slot.left, under, size, font=style.title_font, item=item)
        frame = [_centred(title, width)]
        top = under + size * 1.4
        for line in lines:
            frame.append(Line(line, slot.left, top, style.body_pt, font="sans", item=item))
            top += style.step
        sheet.frames.append(frame)

    def _add_item(self, article: Json, number: int) -> int:
        self.items.append(article | {"id": f"{len(self.items) + 1:02}", "pages": [number]})
        return len(self.items) - 1

    def _set_story(self, sheet: Sheet, slot: Slot, number: int) -> None:
        """Set the first story for which there is room, and lengthen it until there is none."""
        caption = self.copy.captions.pop() if set("pq") & set(slot.flags) else None
        if "<" in slot.flags:
            item, left_over = self.going_on.pop(0)
            story = self.items[item]
            story["pages"].append(number)
            paragraphs = _joined_lines(left_over)
            setting = self._setting(story, slot, item, paragraphs, caption)
        else:
            item = len(self.items)
            for given in self.copy.stories_for(slot):
                paragraphs = _printed_paragraphs(given)
                story = given | {"id": f"{item + 1:02}", "pages": [number]}
                setting = self._setting(story, slot, item, paragraphs, caption)
                if not setting.left_over:
                    break
            self.copy.give_out(given)
            self.items.append(story)
        goes_on, misses = ">" in slot.flags, 0
        while misses < 12 and not (goes_on and len(setting.left_over) > 9):
            pieces = self.copy.paragraph()
            text = "".join(pieces)
            longer = self._setting(story, slot, item, [*paragraphs, ("text", text)], caption)
            if longer.left_over and not goes_on:
                self.copy.filler[:0] = pieces
                misses += 1
                continue
            setting = longer
            paragraphs.append(("text", text))
            story["paragraphs"] = [*story["paragraphs"], {"kind": "text", "text": text}]
        if caption:
            story["paragraphs"] = [*story["paragraphs"], {"kind": "caption", "text": caption}]
        if goes_on:
            self.going_on.append((item, self._cut(setting, slot, item, number)))
        elif setting.left_over:
            raise ValueError(f"{self.style.name}: {story['title']} is too long for {slot}")
        sheet.frames.extend(frame for frame in setting.frames if frame)
        sheet.drawn.extend(setting.drawn)

    def _cut(self, setting: _Setting, slot: Slot, item: int, number: int) -> list[_BodyLine]:
        """Put the notice of a jump in place of the last line; returns what goes on elsewhere."""
        last = setting.frames[-1].pop()
        notice = f"（下转第{number + 1}版）"
        left = _column_left(self.style, slot, last)
        room = self.style.column_width - length_em(notice, 0) * last.size
        setting.frames[-1].append(Line(notice, left + room, last.top, last.size))
        first = setting.left_over[0].paragraph
        begun = self.items[item]["paragraphs"][first]["text"]
        paragraph = first if last.text in begun else first - 1
        return [_BodyLine(last.text, paragraph, last.left - left), *setting.left_over]

    def _setting(
        self,
        story: Json,
        slot: Slot,
        item: int,
        paragraphs: Sequence[tuple[str, str]],
        caption: str | None,
    ) -> _Setting:
        style = self.style
        setting = _Setting([], [], [])
        padding = style.body_pt if "b" in slot.flags else 0
        if padding:
            outer = Rect(slot.left, slot.top, style.span(slot.columns), slot.height, hollow=True)
            setting.drawn.append(outer)
        width = style.span(slot.columns) - 2 * padding - (slot.columns - 1) * style.gutter
        width /= slot.columns
        columns = [
            _Column(
                slot.left + padding + place * (width + style.gutter),
                slot.top + padding,
                slot.top + slot.height - padding,
                width,
            )
            for place in range(slot.columns)
        ]
        if "v" in slot.flags:
            setting.frames.append(self._upright_head(story, slot, columns, item))
        else:
            setting.frames.append(self._head(story, slot, columns, item))
        if caption:
            self._picture(setting, slot, columns, item, caption)
        if style.column_rules:
            setting.drawn.extend(
                Rect(c.left - style.gutter / 2, c.top, 0.4, c.bottom - c.top) for c in columns[1:]
            )
        body = list(self._body(paragraphs, width))
        if "<" in slot.flags:
            body.insert(0, _BodyLine(f"（上接第{story['pages'][0]}版）", -1, justified=False))
        self._flow(setting, body, columns, item)
        return setting

    def _head(
        self,
        story: Json,
        slot: Slot,
        columns: list[_Column],
        item: int,
    ) -> list[Line]:
        """The head over all columns of the slot, or (``t``) over the first of them."""
        style, body, width = self.style, self.style.body_pt, columns[0].width
        short = "<" in slot.flags
        across = max(1, len(columns) - 1 - len(columns) // 4) if "t" in slot.flags else len(columns)
        room = across * width + (across - 1) * style.gutter
        size = body * (1.5 if short else 1.25 + 0.42 * across) * style.title_scale
        parts = [(story["kicker"], size * 0.6, False), (story["title"], size, True)]
        parts += [(story["subtitle"], size * 0.6, False)]
        parts = [part for part in parts if part[0] and not (short and part[0] != story["title"])]
        top, lines = columns[0].top, []
        for text, points, bold in parts:
            for line in _evenly(text, room / points):
                made = Line(line, columns[0].left, top, points, bold=bold, item=item,
                            font=style.title_font)  # fmt: skip
                lines.append(_centred(made, room) if style.centred else made)
                top += points * 1.3
        byline = story["byline"]
        if byline and not RUN_IN.match(byline) and not short:
            made = Line(byline, columns[0].left, top, body, font="sans", item=item)
            lines.append(_centred(made, room) if style.centred else made)
            top += style.step * 1.1
        for column in columns[:across]:
            column.top = top + body * 0.4
        return lines

    def _upright_head(
        self, story: Json, slot: Slot, columns: list[_Column], item: int
    ) -> list[Line]:
        """The head set vertically in one column: ``v`` at the left, ``vr`` right, ``vm`` middle."""
        style, body, width = self.style, self.style.body_pt, columns[0].width
        places = {"r": len(columns) - 1, "m": len(columns) // 2}
        column = columns[next((places[flag] for flag in slot.flags if flag in places), 0)]
        room = column.bottom - column.top
        size = min(body * 2.4 * style.title_scale, width / 1.5, room / len(story["title"]))
        left = column.left + (width - size) / 2
        lines = [Line(story["title"], left, column.top, size, bold=True, vertical=True,
                      font=style.title_font, item=item)]  # fmt: skip
        top = column.top + len(story["title"]) * size + body * 0.8
        byline = story["byline"]
        if byline and not RUN_IN.match(byline):
            for line in wrapped(byline, width / body, 0):
                lines.append(
                    _centred(Line(line, column.left, top, body, font="sans", item=item), width)
                )
                top += style.step
        column.top = top + body * 0.5
        return lines

    def _picture(
        self, setting: _Setting, slot: Slot, columns: list[_Column], item: int,
        caption: str,
    ) -> None:  # fmt: skip
        """``p``: over the last columns; ``q``: under the first. The caption stands below it."""
        style, points, width = self.style, self.style.body_pt * 0.95, columns[0].width
        across = max(1, len(columns) // 2)
        chosen = columns[-across:] if "p" in slot.flags else columns[:across]
        room = across * width + (across - 1) * style.gutter
        lines = list(wrapped(caption, room / points, 0))
        height = room * 0.62 + style.body_pt * 0.5
        whole = height + (len(lines) + 0.7) * style.step
        top = max(column.top for column in chosen)
        if "q" in slot.flags:
            top = chosen[0].bottom - whole + style.step * 0.7
            for column in chosen:
                column.bottom = top - style.body_pt * 0.7
        else:
            for column in chosen:
                column.top = top + whole
        setting.drawn.append(Rect(chosen[0].left, top, room, room * 0.62, seed=item))
        setting.frames.append(
            [
                Line(text, chosen[0].left, top + height + place * style.step, points,
                     font="sans", item=item)
                for place, text in enumerate(lines)
            ]
        )  # fmt: skip

    def _body(self, paragraphs: Sequence[tuple[str, str]], width: float) -> Iterator[_BodyLine]:
        body = self.style.body_pt
        for number, (kind, text) in enumerate(paragraphs):
            if kind == "heading":
                for line in wrapped(text, width / body - 2, 0):
                    yield _BodyLine(line, number, 2 * body, justified=False, bold=True)
                continue
            indented = kind == "text"
            # Two signs hold the place of the indent while lines are broken.
            lines = list(wrapped("国国" * indented + text, width / body, 0))
            for place, line in enumerate(lines):
                whole = place < len(lines) - 1
                if indented and place == 0:
                    yield _BodyLine(line[2:], number, 2 * body, justified=whole)
                else:
                    yield _BodyLine(line, number, justified=whole)

    def _flow(
        self, setting: _Setting, body: list[_BodyLine], columns: list[_Column], item: int
    ) -> None:
        style, points = self.style, self.style.body_pt
        rest = list(body)
        for column in columns:
            frame: list[Line] = []
            top = column.top
            while rest and top + points <= column.bottom:
                line = rest.pop(0)
                room = column.width - line.indent if line.justified else None
                frame.append(Line(line.text, column.left + line.indent, top, points, room,
                                  bold=line.bold, item=item))  # fmt: skip
                top += style.step
            setting.frames.append(frame)
        setting.left_over = rest
        while not setting.frames[-1]:
            setting.frames.pop()


def _printed_paragraphs(story: Json) -> list[tuple[str, str]]:
    """The paragraphs, a credit of the kind that is run in before the first."""
    printed = [(one["kind"], one["text"]) for one in story["paragraphs"]]
    byline = story["byline"]
    if byline and RUN_IN.match(byline):
        printed[0] = (printed[0][0], byline + printed[0][1])
    return printed


def _column_left(style: Style, slot: Slot, line: Line) -> float:
    step = style.column_width + style.gutter
    return slot.left + step * int((line.left - slot.left + 0.1) // step)


def _joined_lines(lines: Sequence[_BodyLine]) -> list[tuple[str, str]]:
    """The paragraphs that these lines are the rest of; the first may have begun elsewhere."""
    texts: dict[int, str] = {}
    for line in lines:
        texts[line.paragraph] = texts.get(line.paragraph, "") + line.text
    kinds = ["text" if lines[0].indent else "rest"] + ["text"] * len(texts)
    return list(zip(kinds, texts.values(), strict=False))


def _evenly(text: str, width_em: float) -> list[str]:
    """The lines of a head, about equally long."""
    lines = list(wrapped(text, width_em, 0.03))
    if len(lines) < 2:
        return lines
    even = list(wrapped(text, length_em(text, 0.03) / len(lines) + 1, 0.03))
    return even if len(even) == len(lines) else lines


def _centred(line: Line, width: float) -> Line:
    return replace(line, left=line.left + max(0, width - line.length) / 2)


# --- printing -------------------------------------------------------------------------------------


def as_html(paper: Paper) -> str:
    """The pages as one HTML file, which finds its fonts on this machine."""
    style = paper.style
    width, height = (side * POINTS_PER_MM for side in (style.width_mm, style.height_mm))
    chance = random.Random(style.seed)
    pages = []
    for sheet in paper.sheets:
        frames = list(sheet.frames)
        if style.shuffled:
            chance.shuffle(frames)
        inner = [_drawn(rect) for rect in sheet.drawn]
        inner += [_line(line) for frame in frames for line in frame]
        pages.append(f'<div class="page">{"".join(inner)}</div>')
    return f"""<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>
@font-face {{ font-family: serif-sc; src: url("{serif_path().as_uri()}"); }}
@font-face {{ font-family: sans-sc; src: url("{sans_path().as_uri()}"); }}
@page {{ size: {width}pt {height}pt; margin: 0; }}
body {{ margin: 0; font-kerning: none; text-spacing-trim: space-all; }}
.page {{ position: relative; width: {width}pt; height: {height - 1}pt; overflow: hidden;
  break-after: page; }}
.page > * {{ position: absolute; white-space: pre; line-height: 1; }}
</style><body>{"".join(pages)}</body></html>"""


def _line(line: Line) -> str:
    look = f"left:{line.left:.2f}pt;top:{line.top:.2f}pt;font:{line.size:.2f}pt {line.font}-sc"
    if line.bold:
        look += ";font-weight:bold"
    if line.vertical:
        look += ";writing-mode:vertical-rl"
    if line.width and len(line.text) > 1:
        spare = line.width - length_em(line.text, 0) * line.size
        look += f";letter-spacing:{spare / (len(line.text) - 1):.4f}pt"
    return f'<div style="{look}">{html.escape(line.text)}</div>'


def _drawn(rect: Rect) -> str:
    look = (
        f"left:{rect.left:.2f}pt;top:{rect.top:.2f}pt;"
        f"width:{rect.width:.2f}pt;height:{rect.height:.2f}pt"
    )
    if rect.seed is not None:
        return f'<img style="{look}" src="data:image/png;base64,{_photograph(rect.seed)}">'
    if rect.hollow:
        return f'<div style="{look};box-sizing:border-box;border:0.7pt solid black"></div>'
    return f'<div style="{look};background:black"></div>'


def _photograph(seed: int) -> str:
    """Soft patches of grey, as no letter has."""
    grains = np.random.default_rng(seed).integers(40, 220, (5, 8), dtype=np.uint8)
    sink = io.BytesIO()
    Image.fromarray(grains).resize((320, 200), Image.Resampling.BICUBIC).save(sink, "PNG")
    return base64.b64encode(sink.getvalue()).decode()


def print_pdf(papers: Iterable[Paper], folder: Path) -> None:
    """``STYLE.pdf`` and ``STYLE.json`` of each paper."""
    from chromium import chromium

    with tempfile.TemporaryDirectory() as work, chromium(Path(work) / "profile") as browser:
        for paper in papers:
            source = Path(work) / f"{paper.style.name}.html"
            source.write_text(as_html(paper), "utf-8")
            with browser.page() as page:
                page.open(source.as_uri())
                page.do("document.fonts.ready.then(() => 0)")
                printed = page.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
            (folder / f"{paper.style.name}.pdf").write_bytes(base64.b64decode(printed["data"]))
            gold = json.dumps(paper.gold, ensure_ascii=False, indent=1)
            (folder / f"{paper.style.name}.json").write_text(gold, "utf-8")


# --- scanning -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scan:
    """How a printed page becomes a picture: skewed by degrees, noise in grey levels of 255.

    A ``photograph`` is lit from one side, and the camera lay on its side (EXIF says so).
    """

    dpi: int
    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 85
    photograph: bool = False


SCANS = {
    "150": Scan(150, skew=0.4, noise=4, quality=75),
    "200": Scan(200, skew=-1.2, noise=8, blur=0.6, quality=80),
    "300": Scan(300, skew=0.8, noise=6, blur=0.8, quality=70),
    "photograph": Scan(200, skew=1.7, noise=6, blur=0.8, quality=85, photograph=True),
}


def scanned(pdf: Path, page: int, how: Scan) -> bytes:
    """One page of a PDF, counted from 0, as a JPEG."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=how.dpi / 72).to_pil()
    return degraded(picture, how, page)


def drawn(paper: Paper, page: int, dpi: int) -> Image.Image:
    """A page, counted from 0, drawn without a browser; for tests that need no more than a few."""
    style, scale = paper.style, dpi / 72
    sides = (style.width_mm * POINTS_PER_MM * scale, style.height_mm * POINTS_PER_MM * scale)
    image = Image.new("L", (round(sides[0]), round(sides[1])), "white")
    pen = ImageDraw.Draw(image)
    for rect in paper.sheets[page].drawn:
        right, bottom = rect.left + rect.width, rect.top + rect.height
        box = [side * scale for side in (rect.left, rect.top, right, bottom)]
        fill = "grey" if rect.seed is not None else None if rect.hollow else "black"
        pen.rectangle(box, fill=fill, outline="black", width=max(1, round(scale * 0.7)))
    for line in (line for frame in paper.sheets[page].frames for line in frame):
        font = ImageFont.truetype(
            str(serif_path() if line.font == "serif" else sans_path()), round(line.size * scale)
        )
        spare = line.length - length_em(line.text, 0) * line.size
        x, y, heavy = line.left, line.top, round(line.size * scale / 40) if line.bold else 0
        for sign in line.text:
            place = (x * scale, y * scale - font.getmetrics()[1] * 0.6)
            pen.text(place, sign, "black", font, stroke_width=heavy)
            if line.vertical:
                y += line.size
            else:
                gaps = max(1, len(line.text) - 1)
                x += length_em(sign, 0) * line.size + (spare / gaps if line.width else 0)
    return image


def degraded(picture: Image.Image, how: Scan, seed: int) -> bytes:
    """A clean picture as a scanner or a camera gives it: a JPEG."""
    picture = picture.convert("L")
    if how.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(how.blur))
    picture = picture.rotate(how.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
    grey = np.asarray(picture, dtype=np.float32) * 0.88 + 15
    if how.photograph:
        grey *= np.linspace(1, 0.62, grey.shape[1], dtype=np.float32)
    grain = np.random.default_rng(seed).standard_normal(grey.shape, dtype=np.float32)
    grey = np.clip(grey + how.noise * grain, 0, 255)
    picture, exif = Image.fromarray(grey.astype(np.uint8)), Image.Exif()
    if how.photograph:
        picture, exif[ExifTags.Base.Orientation] = picture.rotate(90, expand=True), 6
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=how.quality, exif=exif, dpi=(how.dpi, how.dpi))
    return sink.getvalue()


def scan_pages(pdf: Path, name: str) -> None:
    """A picture of each page, beside the PDF."""
    folder = pdf.with_suffix(f".{name}")
    folder.mkdir(exist_ok=True)
    pages = json.loads(pdf.with_suffix(".json").read_text("utf-8"))["pages"]
    for page in pages:
        picture = scanned(pdf, page["number"] - 1, SCANS[name])
        (folder / f"{page['number']}.jpg").write_bytes(picture)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    target, names = Path(sys.argv[1]), sys.argv[2:]
    target.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in names if one not in SCANS]
    chosen = [
        one for one in styles(kept_aside=None if wanted else False)
        if not wanted or one.name in wanted
    ]  # fmt: skip
    if wanted == names:
        print_pdf(map(Paper, chosen), target)
    for how in names:
        for style in chosen if how in SCANS else ():
            scan_pages(target / f"{style.name}.pdf", how)
