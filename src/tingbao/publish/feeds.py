"""The two podcast feeds: ``feed.xml`` with the editions, ``articles.xml`` with their articles."""

from __future__ import annotations

import datetime as dt
import email.utils
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from tingbao.models import Manifest
from tingbao.publish.addresses import ARTICLES_FEED
from tingbao.publish.categories import category_of
from tingbao.publish.items import MAX_DESCRIPTION_BYTES, Element, Item, article_items, edition_item
from tingbao.publish.leaves import Leaf
from tingbao.publish.library import LibraryInfo
from tingbao.publish.wording import DISCLOSURE, clean, fitted

FEED_TYPE = "application/rss+xml"
LANGUAGE = "zh-cn"
_NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
"""``fh`` is that of RFC 5005, by which a document says that it is part of an archive."""
_NO_ITEMS_DATE = dt.date(2000, 1, 1)


def feed_document(info: LibraryInfo, leaf: Leaf, manifests: Sequence[Manifest]) -> bytes:
    """A feed, or a document of its archive (RFC 5005, section 4).

    ``manifests`` are those of the leaf's entries; only the feed of articles needs their cues. A
    document of the archive says nothing of newer editions: it stays as it is when they come.
    """
    archive_only = {"fh"} if leaf.is_first else set()
    used = {name: url for name, url in _NAMESPACES.items() if name not in archive_only}
    rss = etree.Element("rss", version="2.0", nsmap=used)
    channel = etree.SubElement(rss, "channel")
    for element in _channel(info, leaf, _picture(info, leaf, manifests)):
        _write(element, channel)
    for item in _items(info, leaf, manifests):
        node = etree.SubElement(channel, "item")
        for element in _item(item):
            _write(element, node)
    written = etree.tostring(rss, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return bytes(written) + b"\n"


def _write(element: Element, parent: Any) -> None:  # noqa: ANN401  - lxml ships no types
    prefix, _, name = element.name.rpartition(":")
    tag = f"{{{_NAMESPACES[prefix]}}}{name}" if prefix else name
    node = etree.SubElement(parent, tag, dict(element.attributes))
    node.text = etree.CDATA(element.text) if element.is_html else element.text
    for child in element.children:
        _write(child, node)


def _items(info: LibraryInfo, leaf: Leaf, manifests: Sequence[Manifest]) -> Iterator[Item]:
    if leaf.series == ARTICLES_FEED:
        return itertools.chain.from_iterable(article_items(info, each) for each in manifests)
    return (edition_item(info, each) for each in manifests)


def _title(info: LibraryInfo, leaf: Leaf) -> str:
    return f"{info.title}（单篇）" if leaf.series == ARTICLES_FEED else info.title


def _picture(info: LibraryInfo, leaf: Leaf, manifests: Sequence[Manifest]) -> str | None:
    if leaf.cover:
        return info.addresses.of(leaf.cover)
    return info.addresses.of(manifests[0].id, manifests[0].cover) if manifests else None


def _item(item: Item) -> Iterator[Element]:
    enclosure = {"url": item.audio_url, "length": str(item.audio_bytes), "type": "audio/mpeg"}
    yield Element("title", item.title)
    yield Element("link", item.link)
    yield Element("description", item.description, is_html=True)
    yield Element("guid", item.guid, {"isPermaLink": "false"})
    yield Element("enclosure", None, enclosure)
    yield Element("pubDate", email.utils.format_datetime(item.published))
    yield from item.elements


def _history(info: LibraryInfo, leaf: Leaf) -> Iterator[Element]:
    """What leads from a feed to its older items, for readers of archives and of pages alike."""
    links = {"prev-archive": leaf.older, "next": leaf.older}
    if not leaf.is_first:
        yield Element("fh:archive")
        links |= {"current": leaf.series, "first": leaf.series}
    for rel, target in links.items():
        if target:
            address = info.addresses.of(target)
            yield Element("atom:link", None, {"rel": rel, "href": address, "type": FEED_TYPE})


def _channel(info: LibraryInfo, leaf: Leaf, picture: str | None) -> Iterator[Element]:
    """All that stands before the items; no clock has a say, so that a feed is made the same."""
    built = info.published(leaf.entries[0].date if leaf.entries else _NO_ITEMS_DATE)
    title = Element("title", clean(_title(info, leaf)))
    link = Element("link", info.addresses.of("index.html"))
    address = {"href": info.addresses.of(leaf.name), "rel": "self", "type": FEED_TYPE}
    yield title
    yield link
    yield Element("description", fitted(_description(info), MAX_DESCRIPTION_BYTES))
    yield Element("atom:link", None, address)
    yield Element("copyright", _copyright(info, built))
    yield Element("docs", "http://www.rssboard.org/rss-specification")
    yield Element("generator", "Tingbao")
    if picture:
        yield Element("image", children=(Element("url", picture), title, link))
    yield Element("language", LANGUAGE)
    yield Element("lastBuildDate", email.utils.format_datetime(built))
    yield Element("pubDate", email.utils.format_datetime(built))
    yield from _history(info, leaf)
    yield from _podcast(info, leaf, picture)


def _podcast(info: LibraryInfo, leaf: Leaf, picture: str | None) -> Iterator[Element]:
    yield Element("itunes:author", clean(info.author))
    yield Element("itunes:type", "episodic")
    yield Element("itunes:explicit", "false")
    yield _category(info.category)
    if picture:
        yield Element("itunes:image", None, {"href": picture})
    yield from _owner(info)
    if not info.public:
        yield Element("itunes:block", "Yes")
    guid = info.articles_guid if leaf.series == ARTICLES_FEED else info.podcast_guid
    if guid and info.base_url:
        yield Element("podcast:guid", guid)
    locked = {"owner": clean(info.owner_email)} if info.owner_email else {}
    yield Element("podcast:locked", "yes", locked)
    yield Element("podcast:medium", "podcast")
    yield Element("podcast:txt", "true", {"purpose": "ai-content"})


def _category(text: str) -> Element:
    name, narrower = category_of(text)
    inside = (Element("itunes:category", None, {"text": narrower}),) if narrower else ()
    return Element("itunes:category", None, {"text": name}, inside)


def _owner(info: LibraryInfo) -> Iterator[Element]:
    if not info.owner_email:
        return
    name = Element("itunes:name", clean(info.owner_name or info.author))
    email = Element("itunes:email", clean(info.owner_email))
    yield Element("itunes:owner", None, {}, (name, email))


def _description(info: LibraryInfo) -> str:
    said = clean(info.description)
    return said if "合成" in said else f"{said}{DISCLOSURE}"


def _copyright(info: LibraryInfo, built: dt.datetime) -> str:
    return clean(info.copyright or f"© {built.year} {info.author}")
