"""The podcast feeds: ``feed.xml`` with the editions, ``articles.xml`` with their articles.

Each section of the paper may have a feed of its articles besides. An edition is one episode with
chapters, an article is one without. Sources: "RSS 2.0
Specification" (RSS Advisory Board); Apple, "Podcaster's guide to RSS"; Podcast namespace 1.0;
"OPML 2.0" (opml.org/spec2.opml), for the list of all feeds.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tingbao.models import Chapter, Cue, Manifest, ManifestArticle, Role
from tingbao.publish.addresses import (
    ARTICLES_FEED,
    CHAPTERS_FILE,
    CHAPTERS_TYPE,
    EDITIONS_FEED,
    FEED_TYPE,
    TRANSCRIPT_TYPES,
    Addresses,
    article_page,
    section_feed,
)
from tingbao.publish.index import FeedPage
from tingbao.publish.library import LibraryInfo, category_of
from tingbao.publish.wording import (
    DISCLOSURE,
    SUMMARY_BYTES,
    clean,
    clock,
    edition_title,
    fitted,
    long_date,
    pages_of,
    section_of,
    spoken_length,
)

_LANGUAGE = "zh-cn"
_NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
"""``fh`` is that of RFC 5005, by which a document says that it is part of an archive."""
_NO_ITEMS_DATE = dt.date(2000, 1, 1)

_MAX_DESCRIPTION_BYTES = 4000
"""Apple's limit, in bytes of UTF-8."""

_MIN_LISTED_CHAPTERS = 3
"""Fewer time stamps are not taken for a list of chapters."""
_SHORTEST_TITLE_BYTES = 24


@dataclass(frozen=True, slots=True)
class _Element:
    """One XML element; ``name`` has the usual prefix of its namespace, as in ``itunes:author``.

    Text that ``is_html`` is marked as such (CDATA).
    """

    name: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[_Element] = ()
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """One episode of a feed; ``elements`` are those of the itunes and podcast namespaces."""

    title: str
    guid: str
    link: str
    published: dt.datetime
    audio_url: str
    audio_bytes: int
    description: str
    elements: tuple[_Element, ...]


def feed_document(info: LibraryInfo, page: FeedPage, manifests: Sequence[Manifest]) -> bytes:
    """A feed, or a document of its archive (RFC 5005, section 4).

    ``manifests`` are those of the page's entries; only the feed of articles needs their cues. A
    document of the archive says nothing of newer editions: it stays as it is when they come.
    """
    archive_only = {"fh"} if page.is_first else set()
    used = {name: url for name, url in _NAMESPACES.items() if name not in archive_only}
    rss = etree.Element("rss", version="2.0", nsmap=used)
    channel = etree.SubElement(rss, "channel")
    for element in _channel(info, page, *_picture(info, page, manifests)):
        _write(element, channel)
    for item in _items(info, page, manifests):
        node = etree.SubElement(channel, "item")
        for element in _item(item):
            _write(element, node)
    written = etree.tostring(rss, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return bytes(written) + b"\n"


def _write(element: _Element, parent: Any) -> None:  # noqa: ANN401  - lxml ships no types
    prefix, _, name = element.name.rpartition(":")
    tag = f"{{{_NAMESPACES[prefix]}}}{name}" if prefix else name
    node = etree.SubElement(parent, tag, dict(element.attributes))
    node.text = etree.CDATA(element.text) if element.is_html else element.text
    for child in element.children:
        _write(child, node)


def _items(info: LibraryInfo, page: FeedPage, manifests: Sequence[Manifest]) -> Iterator[_Item]:
    if page.series == EDITIONS_FEED:
        return (_edition_item(info, each) for each in manifests)
    return itertools.chain.from_iterable(
        _article_items(info, each, page.section) for each in manifests
    )


def _title(info: LibraryInfo, series: str, section: str = "") -> str:
    if series == EDITIONS_FEED:
        return info.title
    return f"{info.title}·{section}" if section else f"{info.title}（单篇）"


def opml_document(info: LibraryInfo, page: FeedPage) -> bytes:
    """The list of all feeds: of the editions, of the articles, and of each of the sections."""
    feeds = {EDITIONS_FEED: "", ARTICLES_FEED: ""}
    feeds |= {section_feed(section): section for section in page.sections}
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = clean(info.title)
    body = etree.SubElement(opml, "body")
    for file, section in feeds.items():
        title = clean(_title(info, file, section))
        address = {"xmlUrl": info.addresses.of(file), "htmlUrl": info.addresses.of("index.html")}
        etree.SubElement(body, "outline", type="rss", text=title, title=title, **address)
    written = etree.tostring(opml, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return bytes(written)


def _picture(
    info: LibraryInfo, page: FeedPage, manifests: Sequence[Manifest]
) -> tuple[str | None, int]:
    """Address and width of a feed's picture: the library's own, else the newest edition's."""
    if page.cover:
        return info.addresses.of(page.cover), info.cover_px
    if not manifests:
        return None, 0
    newest = manifests[0]
    return info.addresses.of(newest.id, newest.cover), newest.cover_px


def _item(item: _Item) -> Iterator[_Element]:
    enclosure = {"url": item.audio_url, "length": str(item.audio_bytes), "type": "audio/mpeg"}
    yield _Element("title", item.title)
    yield _Element("link", item.link)
    yield _Element("description", item.description, is_html=True)
    yield _Element("guid", item.guid, {"isPermaLink": "false"})
    yield _Element("enclosure", None, enclosure)
    yield _Element("pubDate", email.utils.format_datetime(item.published))
    yield from item.elements


def _history(info: LibraryInfo, page: FeedPage) -> Iterator[_Element]:
    """What leads from a feed to its older items, for readers of archives and of pages alike."""
    links = {"prev-archive": page.older, "next": page.older}
    if not page.is_first:
        yield _Element("fh:archive")
        links |= {"current": page.series, "first": page.series}
    for rel, target in links.items():
        if target:
            address = info.addresses.of(target)
            yield _Element("atom:link", None, {"rel": rel, "href": address, "type": FEED_TYPE})


def _channel(info: LibraryInfo, page: FeedPage, picture: str | None, px: int) -> Iterator[_Element]:
    """All that stands before the items; no clock has a say, so that a feed is made the same."""
    built = info.published(page.entries[0].date if page.entries else _NO_ITEMS_DATE)
    title = _Element("title", clean(_title(info, page.series, page.section)))
    link = _Element("link", info.addresses.of("index.html"))
    address = {"href": info.addresses.of(page.name), "rel": "self", "type": FEED_TYPE}
    yield title
    yield link
    yield _Element("description", fitted(_description(info), _MAX_DESCRIPTION_BYTES))
    yield _Element("atom:link", None, address)
    yield _Element("copyright", _copyright(info, built))
    yield _Element("docs", "http://www.rssboard.org/rss-specification")
    yield _Element("generator", "Tingbao")
    if picture:
        yield _Element("image", children=(_Element("url", picture), title, link))
    yield _Element("language", _LANGUAGE)
    yield _Element("lastBuildDate", email.utils.format_datetime(built))
    yield _Element("pubDate", email.utils.format_datetime(built))
    yield from _history(info, page)
    yield from _podcast(info, page, picture, px)


def _images(url: str, width_px: int) -> Iterator[_Element]:
    """The picture of a feed or an episode, for Apple and, with its width, for others."""
    yield _Element("itunes:image", None, {"href": url})
    if width_px:
        yield _Element("podcast:images", None, {"srcset": f"{url} {width_px}w"})


def _podcast(info: LibraryInfo, page: FeedPage, picture: str | None, px: int) -> Iterator[_Element]:
    yield _Element("itunes:author", clean(info.author))
    yield _Element("itunes:type", "episodic")
    yield _Element("itunes:explicit", "false")
    yield _category(info.category)
    if picture:
        yield from _images(picture, px)
    yield from _owner(info)
    if not info.public:
        yield _Element("itunes:block", "Yes")
    guid = info.guid_of(page.series)
    if guid:
        yield _Element("podcast:guid", guid)
    locked = {"owner": clean(info.owner_email)} if info.owner_email else {}
    yield _Element("podcast:locked", "yes", locked)
    yield _Element("podcast:medium", "podcast")
    yield _Element("podcast:txt", "true", {"purpose": "ai-content"})


def _category(text: str) -> _Element:
    name, narrower = category_of(text)
    inside = (_Element("itunes:category", None, {"text": narrower}),) if narrower else ()
    return _Element("itunes:category", None, {"text": name}, inside)


def _owner(info: LibraryInfo) -> Iterator[_Element]:
    if not info.owner_email:
        return
    name = _Element("itunes:name", clean(info.owner_name or info.author))
    email = _Element("itunes:email", clean(info.owner_email))
    yield _Element("itunes:owner", None, {}, (name, email))


def _description(info: LibraryInfo) -> str:
    said = clean(info.description)
    return said if "合成" in said else f"{said}{DISCLOSURE}"


def _copyright(info: LibraryInfo, built: dt.datetime) -> str:
    return clean(info.copyright or f"© {built.year} {info.author}")


# --- the episodes -------------------------------------------------------------------------------


def _edition_item(info: LibraryInfo, manifest: Manifest) -> _Item:
    """The edition as one episode."""
    at, edition = info.addresses, manifest.edition
    chapters = _Element(
        "podcast:chapters",
        None,
        {"url": at.of(manifest.id, CHAPTERS_FILE), "type": CHAPTERS_TYPE},
    )
    day = manifest.date.timetuple().tm_yday
    return _Item(
        title=clean(edition_title(manifest)),
        guid=edition.guid,
        link=at.of(manifest.id, "index.html"),
        published=info.published(manifest.date),
        audio_url=at.of(manifest.id, edition.file),
        audio_bytes=edition.bytes,
        description=_edition_description(manifest),
        elements=(
            *_common(info, manifest, edition.duration_ms),
            _Element("itunes:season", str(manifest.date.year)),
            _Element("itunes:episode", str(day)),
            chapters,
            *_transcript_elements(at, manifest, "transcript"),
        ),
    )


def _article_items(info: LibraryInfo, manifest: Manifest, section: str) -> Iterable[_Item]:
    """The complete articles of an edition in print order, a minute apart: clients sort by it.

    Of one ``section`` only, if it is named.
    """
    latest = info.published(manifest.date)
    for place, article in enumerate(manifest.articles):
        if article.complete and (not section or section_of(article, manifest) == section):
            yield _article_item(info, manifest, article, latest - dt.timedelta(minutes=place))


def _article_item(
    info: LibraryInfo, manifest: Manifest, article: ManifestArticle, published: dt.datetime
) -> _Item:
    at, page = info.addresses, article_page(manifest, article.file)
    season = manifest.date.strftime("%Y%m%d")
    name = {"name": fitted(long_date(manifest.date), 128)}
    return _Item(
        title=clean(article.title) or f"第{article.order}条",
        guid=article.guid,
        link=at.of(page),
        published=published,
        audio_url=at.of(manifest.id, article.file),
        audio_bytes=article.bytes,
        description=_article_description(manifest, article, at.of(page)),
        elements=(
            *_common(info, manifest, article.duration_ms, article.cover),
            _Element("itunes:season", season),
            _Element("itunes:episode", str(article.order)),
            _Element("podcast:season", season, name),
            *_transcript_elements(at, manifest, article.file.rsplit(".", 1)[0]),
        ),
    )


def _common(
    info: LibraryInfo, manifest: Manifest, duration_ms: int, card: str = ""
) -> tuple[_Element, ...]:
    """What all episodes have; ``card`` is an item's own picture in place of the cover."""
    voice = clean(f"合成语音 {manifest.voice}")
    return (
        _Element("itunes:duration", str(max(round(duration_ms / 1000), 1))),
        _Element("itunes:explicit", "false"),
        _Element("itunes:episodeType", "full"),
        _Element("itunes:author", clean(info.author)),
        *_images(
            info.addresses.of(manifest.id, card or manifest.cover),
            manifest.card_px if card else manifest.cover_px,
        ),
        _Element("podcast:person", voice, {"role": "Narrator", "group": "Cast"}),
        _Element("podcast:txt", "true", {"purpose": "ai-content"}),
    )


def _transcript_elements(at: Addresses, manifest: Manifest, stem: str) -> tuple[_Element, ...]:
    return tuple(
        _Element(
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
    room = _MAX_DESCRIPTION_BYTES - len((_paragraph(head) + tail).encode())
    return _paragraph(head) + _time_stamps(manifest.chapters, room) + tail


def _missing(manifest: Manifest) -> str:
    titles = [clean(article.title) for article in manifest.articles if not article.complete]
    return _paragraph(fitted(f"本期未能完整播读：{'；'.join(titles)}。", 300)) if titles else ""


def _time_stamps(chapters: Sequence[Chapter], room: int) -> str:
    """``00:00:00 Title`` for each chapter; titles give way before any chapter does."""
    if len(chapters) < _MIN_LISTED_CHAPTERS:
        return ""
    for title_bytes in range(200, _SHORTEST_TITLE_BYTES - 1, -8):
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
    body = "".join(clean(cue.text) for cue in manifest.cues if _quotes(article, cue))
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


def _quotes(article: ManifestArticle, cue: Cue) -> bool:
    return cue.article == article.id and cue.role in {Role.BODY, Role.CAPTION}


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"
