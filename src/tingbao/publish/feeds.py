"""The two podcast feeds: ``feed.xml`` with the editions, ``articles.xml`` with their articles."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from tingbao.models import Manifest
from tingbao.publish.addresses import ARTICLES_FEED
from tingbao.publish.categories import category_of
from tingbao.publish.items import MAX_DESCRIPTION_BYTES, Item, article_items, edition_item
from tingbao.publish.leaves import Leaf
from tingbao.publish.library import LibraryInfo
from tingbao.publish.rss import ATOM, HISTORY, ITUNES, PODCAST, Element, new_feed
from tingbao.publish.wording import DISCLOSURE, clean, fitted

FEED_TYPE = "application/rss+xml"
LANGUAGE = "zh-cn"
_NO_ITEMS_DATE = dt.date(2000, 1, 1)


def feed_document(info: LibraryInfo, leaf: Leaf, manifests: Sequence[Manifest]) -> bytes:
    """A feed, or a document of its archive (RFC 5005, section 4).

    ``manifests`` are those of the leaf's entries; only the feed of articles needs their cues. A
    document of the archive says nothing of newer editions: it stays as it is when they come.
    """
    newest = leaf.entries[0].date if leaf.entries else _NO_ITEMS_DATE
    built = info.published(newest)
    picture = _picture(info, leaf, manifests)
    rss = new_feed()
    rss.title(clean(_title(info, leaf)))
    rss.link(href=info.addresses.of(leaf.name), rel="self", type=FEED_TYPE)
    rss.link(href=info.addresses.of("index.html"), rel="alternate")
    rss.description(fitted(_description(info), MAX_DESCRIPTION_BYTES))
    rss.language(LANGUAGE)
    rss.generator("Tingbao")
    rss.docs(None)
    rss.copyright(_copyright(info, built))
    if picture:
        rss.image(picture, clean(_title(info, leaf)), info.addresses.of("index.html"))
    # feedgen would stamp the clock, and a feed is the same whenever it is made.
    rss.lastBuildDate(built)
    rss.pubDate(built)
    rss.listening.elements = (*_history(info, leaf), *_channel(info, leaf, picture))
    for item in _items(info, leaf, manifests):
        _add(rss, item)
    return bytes(rss.rss_str(pretty=True)) + b"\n"


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


def _add(rss: Any, item: Item) -> None:  # noqa: ANN401  - feedgen ships no types
    entry = rss.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=item.link)
    entry.guid(item.guid, permalink=False)
    entry.content(item.description, type="CDATA")
    entry.enclosure(item.audio_url, str(item.audio_bytes), "audio/mpeg")
    entry.pubDate(item.published)
    entry.listening.elements = item.elements


def _history(info: LibraryInfo, leaf: Leaf) -> Iterator[Element]:
    """What leads from a feed to its older items, for readers of archives and of pages alike."""
    links = {"prev-archive": leaf.older, "next": leaf.older}
    if not leaf.is_first:
        yield Element(HISTORY, "archive")
        links |= {"current": leaf.series, "first": leaf.series}
    for rel, target in links.items():
        if target:
            address = info.addresses.of(target)
            yield Element(ATOM, "link", None, {"rel": rel, "href": address, "type": FEED_TYPE})


def _channel(info: LibraryInfo, leaf: Leaf, picture: str | None) -> Iterator[Element]:
    yield Element(ITUNES, "author", clean(info.author))
    yield Element(ITUNES, "type", "episodic")
    yield Element(ITUNES, "explicit", "false")
    yield _category(info.category)
    if picture:
        yield Element(ITUNES, "image", None, {"href": picture})
    yield from _owner(info)
    if not info.public:
        yield Element(ITUNES, "block", "Yes")
    guid = info.articles_guid if leaf.series == ARTICLES_FEED else info.podcast_guid
    if guid and info.base_url:
        yield Element(PODCAST, "guid", guid)
    locked = {"owner": clean(info.owner_email)} if info.owner_email else {}
    yield Element(PODCAST, "locked", "yes", locked)
    yield Element(PODCAST, "medium", "podcast")
    yield Element(PODCAST, "txt", "true", {"purpose": "ai-content"})


def _category(text: str) -> Element:
    name, narrower = category_of(text)
    inside = (Element(ITUNES, "category", None, {"text": narrower}),) if narrower else ()
    return Element(ITUNES, "category", None, {"text": name}, inside)


def _owner(info: LibraryInfo) -> Iterator[Element]:
    if not info.owner_email:
        return
    name = Element(ITUNES, "name", clean(info.owner_name or info.author))
    email = Element(ITUNES, "email", clean(info.owner_email))
    yield Element(ITUNES, "owner", None, {}, (name, email))


def _description(info: LibraryInfo) -> str:
    said = clean(info.description)
    return said if "合成" in said else f"{said}{DISCLOSURE}"


def _copyright(info: LibraryInfo, built: dt.datetime) -> str:
    return clean(info.copyright or f"© {built.year} {info.author}")
