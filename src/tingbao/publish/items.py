"""Feed items: an edition as one episode with chapters, an article as one without."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tingbao.models import Chapter, Cue, Manifest, ManifestArticle, Role
from tingbao.publish.addresses import Addresses
from tingbao.publish.chapters import CHAPTERS_FILE, CHAPTERS_TYPE, article_page
from tingbao.publish.library import LibraryInfo
from tingbao.publish.transcripts import TRANSCRIPT_TYPES
from tingbao.publish.wording import (
    DISCLOSURE,
    clean,
    clock,
    edition_title,
    fitted,
    long_date,
    pages_of,
    spoken_length,
)

MAX_DESCRIPTION_BYTES = 4000
"""Apple's limit, in bytes of UTF-8."""

MIN_LISTED_CHAPTERS = 3
"""Fewer time stamps are not taken for a list of chapters."""
SUMMARY_BYTES = 450
SHORTEST_TITLE_BYTES = 24


@dataclass(frozen=True, slots=True)
class Element:
    """One XML element; ``name`` has the usual prefix of its namespace, as in ``itunes:author``.

    Text that ``is_html`` is marked as such (CDATA).
    """

    name: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[Element] = ()
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One episode of a feed; ``elements`` are those of the itunes and podcast namespaces."""

    title: str
    guid: str
    link: str
    published: dt.datetime
    audio_url: str
    audio_bytes: int
    description: str
    elements: tuple[Element, ...]


def without_text(manifest: Manifest) -> Manifest:
    """The manifest with as much of each article's text as feeds and lists show.

    A library is as long as its paper's life; its whole text need not be in memory at once.
    """
    # One byte more than is shown, so that it shows when something is left out.
    room = {article.id: SUMMARY_BYTES + 1 for article in manifest.articles}
    kept = []
    for cue in manifest.cues:
        if cue.role in {Role.BODY, Role.CAPTION} and room.get(cue.article or "", 0) > 0:
            room[cue.article or ""] -= len(cue.text.encode())
            kept.append(cue)
    return replace(manifest, cues=tuple(kept))


def edition_item(info: LibraryInfo, manifest: Manifest) -> Item:
    """The edition as one episode."""
    at, edition = info.addresses, manifest.edition
    chapters = Element(
        "podcast:chapters",
        None,
        {"url": at.of(manifest.id, CHAPTERS_FILE), "type": CHAPTERS_TYPE},
    )
    day = manifest.date.timetuple().tm_yday
    return Item(
        title=clean(edition_title(manifest)),
        guid=edition.guid,
        link=at.of(manifest.id, "index.html"),
        published=info.published(manifest.date),
        audio_url=at.of(manifest.id, edition.file),
        audio_bytes=edition.bytes,
        description=_edition_description(manifest),
        elements=(
            *_common(info, manifest, edition.duration_ms, manifest.cover),
            Element("itunes:season", str(manifest.date.year)),
            Element("itunes:episode", str(day)),
            chapters,
            *_transcript_elements(at, manifest, "transcript"),
        ),
    )


def article_items(info: LibraryInfo, manifest: Manifest) -> Iterable[Item]:
    """The complete articles of an edition in print order, one second apart."""
    latest = info.published(manifest.date)
    for place, article in enumerate(manifest.articles):
        if article.complete:
            yield _article_item(info, manifest, article, latest - dt.timedelta(seconds=place))


def _article_item(
    info: LibraryInfo, manifest: Manifest, article: ManifestArticle, published: dt.datetime
) -> Item:
    at, page = info.addresses, article_page(manifest, article.file)
    season = manifest.date.strftime("%Y%m%d")
    name = {"name": fitted(long_date(manifest.date), 128)}
    return Item(
        title=clean(article.title) or f"第{article.order}条",
        guid=article.guid,
        link=at.of(page),
        published=published,
        audio_url=at.of(manifest.id, article.file),
        audio_bytes=article.bytes,
        description=_article_description(manifest, article, at.of(page)),
        elements=(
            *_common(info, manifest, article.duration_ms, article.cover or manifest.cover),
            Element("itunes:season", season),
            Element("itunes:episode", str(article.order)),
            Element("podcast:season", season, name),
            *_transcript_elements(at, manifest, article.file.rsplit(".", 1)[0]),
        ),
    )


def _common(
    info: LibraryInfo, manifest: Manifest, duration_ms: int, cover: str
) -> tuple[Element, ...]:
    voice = clean(f"合成语音 {manifest.voice}")
    return (
        Element("itunes:duration", str(max(round(duration_ms / 1000), 1))),
        Element("itunes:explicit", "false"),
        Element("itunes:episodeType", "full"),
        Element("itunes:author", clean(info.author)),
        Element("itunes:image", None, {"href": info.addresses.of(manifest.id, cover)}),
        Element("podcast:person", voice, {"role": "Narrator", "group": "Cast"}),
        Element("podcast:txt", "true", {"purpose": "ai-content"}),
    )


def _transcript_elements(at: Addresses, manifest: Manifest, stem: str) -> tuple[Element, ...]:
    return tuple(
        Element(
            "podcast:transcript",
            None,
            {"url": at.of(manifest.id, stem + suffix), "type": kind, "language": "zh-CN"},
        )
        for suffix, kind in TRANSCRIPT_TYPES.items()
    )


def _edition_description(manifest: Manifest) -> str:
    items = sum(article.complete for article in manifest.articles)
    length = spoken_length(manifest.edition.duration_ms)
    head = f"《{clean(manifest.paper)}》{long_date(manifest.date)}，共{items}条，全长{length}。"
    tail = _missing(manifest) + _paragraph(DISCLOSURE)
    room = MAX_DESCRIPTION_BYTES - len((_paragraph(head) + tail).encode())
    return _paragraph(head) + _time_stamps(manifest.chapters, room) + tail


def _missing(manifest: Manifest) -> str:
    titles = [clean(article.title) for article in manifest.articles if not article.complete]
    return _paragraph(fitted(f"本期未能完整播读：{'；'.join(titles)}。", 300)) if titles else ""


def _time_stamps(chapters: Sequence[Chapter], room: int) -> str:
    """``00:00:00 Title`` for each chapter; titles give way before any chapter does."""
    if len(chapters) < MIN_LISTED_CHAPTERS:
        return ""
    for title_bytes in range(200, SHORTEST_TITLE_BYTES - 1, -8):
        lines = [_time_stamp(chapter, title_bytes) for chapter in chapters]
        if len("".join(lines).encode()) <= room:
            return "".join(lines)
    more = _paragraph("……其余章节见播放器。")
    return _whole_lines(lines, room - len(more.encode())) + more


def _time_stamp(chapter: Chapter, title_bytes: int) -> str:
    return _paragraph(f"{clock(chapter.start_ms)} {fitted(clean(chapter.title), title_bytes)}")


def _whole_lines(lines: Sequence[str], room: int) -> str:
    text = ""
    for line in lines:
        if len((text + line).encode()) > room:
            break
        text += line
    return text


def _article_description(manifest: Manifest, article: ManifestArticle, page: str) -> str:
    body = "".join(clean(cue.text) for cue in manifest.cues if _tells_of(article, cue))
    where = clean(f"《{manifest.paper}》{long_date(manifest.date)} {pages_of(article, manifest)}")
    credit = clean(article.byline or "")
    link = f'<p><a href="{html.escape(page)}">阅读全文</a></p>'
    return (
        _paragraph(fitted(where, 400))
        + (_paragraph(fitted(credit, 300)) if credit else "")
        + (_paragraph(fitted(body, SUMMARY_BYTES)) if body else "")
        + link
        + _paragraph(DISCLOSURE)
    )


def _tells_of(article: ManifestArticle, cue: Cue) -> bool:
    return cue.article == article.id and cue.role in {Role.BODY, Role.CAPTION}


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"
