"""Libraries of many editions without sound: manifests with the text of the sample page."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from tingbao import __version__
from tingbao.models import (
    ArticleKind,
    Chapter,
    Cue,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    ManifestPage,
    Role,
)
from tingbao.publish import LibraryInfo, write_library

__all__ = ["INFO", "day", "fill", "put"]

PAGE = Path(__file__).parents[1] / "examples" / "front-page.md"
INFO = LibraryInfo(
    paper="试报",
    title="试报·听报",
    description="《试报》的有声版，由人工智能语音合成。",
    author="试报",
    rendered_by=__version__,
)
FIRST = dt.date(1990, 1, 1)
ANY_DATE = dt.date(1000, 1, 1)
"""Stands in the text of a manifest wherever the edition's date goes."""
ITEMS, PHRASES, PHRASE_MS = 12, 25, 3000


def day(number: int) -> dt.date:
    """The date of the edition of this number, counted from 0."""
    return FIRST + dt.timedelta(days=number)


def fill(library: Path, count: int) -> None:
    """Write a library of so many editions, as if the pages of each had been made before."""
    text = _template()
    library.mkdir(parents=True, exist_ok=True)
    write_library(library, INFO)
    for number in range(count):
        _write(library, day(number), text)


def put(library: Path, number: int, *, title: str = "") -> str:
    """Write one more edition, or another one in its place with ``title`` for its first item."""
    _write(library, day(number), _template(title))
    return day(number).isoformat()


def _write(library: Path, date: dt.date, text: str) -> None:
    folder = library / date.isoformat()
    folder.mkdir(exist_ok=True)
    manifest = text.replace(ANY_DATE.isoformat(), date.isoformat())
    (folder / "manifest.json").write_text(manifest, "utf-8")
    (folder / "index.html").touch()


def _template(title: str = "") -> str:
    """The manifest of any date."""
    phrases = itertools.cycle(re.findall(r"[^，。；\s]+[，。；]", PAGE.read_text("utf-8")))
    cues = [cue for item in range(ITEMS) for cue in _cues(item, phrases)]
    firsts = [cue for cue in cues if cue.role is Role.HEADLINE]
    articles = [_article(number, cue.text) for number, cue in enumerate(firsts)]
    if title:
        articles[0] = replace(articles[0], title=title)
    end_ms = ITEMS * PHRASES * PHRASE_MS
    name = ANY_DATE.isoformat()
    made = Manifest(
        id=name,
        date=ANY_DATE,
        paper=INFO.paper,
        voice="kokoro",
        engine="kokoro",
        licence="Apache-2.0",
        selection=False,
        pages=(ManifestPage(1, "1", "要闻", "01.md"),),
        articles=tuple(articles),
        edition=ManifestEdition("edition.mp3", f"urn:edition:{name}", 8 * end_ms, end_ms, ""),
        chapters=tuple(Chapter(a.start_ms, a.end_ms, a.title, a.id) for a in articles),
        cues=tuple(cues),
        cover="cover-0123456789.jpg",
    )
    return msgspec.json.encode(made).decode()


def _cues(item: int, phrases: Iterator[str]) -> Iterator[Cue]:
    for place in range(PHRASES):
        start_ms = (item * PHRASES + place) * PHRASE_MS
        role = Role.BODY if place else Role.HEADLINE
        yield Cue(start_ms, start_ms + PHRASE_MS, next(phrases), role, f"{item + 1:02}")


def _article(item: int, title: str) -> ManifestArticle:
    name, length_ms = f"{item + 1:02}", PHRASES * PHRASE_MS
    return ManifestArticle(
        id=name,
        order=item + 1,
        title=title,
        kind=ArticleKind.ARTICLE,
        pages=(1,),
        file=f"articles/{name}.mp3",
        guid=f"urn:article:{ANY_DATE.isoformat()}:{name}",
        text_sha256="",
        complete=True,
        start_ms=item * length_ms,
        end_ms=(item + 1) * length_ms,
        duration_ms=length_ms,
        bytes=8 * length_ms,
    )
