"""The two podcast feeds: ``feed.xml`` with the editions, ``articles.xml`` with their articles."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tingbao.models import Manifest
from tingbao.publish.addresses import ARTICLES_FEED, EDITIONS_FEED
from tingbao.publish.categories import category_of
from tingbao.publish.items import MAX_DESCRIPTION_BYTES, Item, article_items, edition_item
from tingbao.publish.library import LibraryInfo
from tingbao.publish.rss import ATOM, ITUNES, PODCAST, Element, new_feed
from tingbao.publish.wording import DISCLOSURE, clean, fitted

__all__ = ["FEED_TYPE", "PAGE_ITEMS", "feed_files"]

FEED_TYPE = "application/rss+xml"
PAGE_ITEMS = 100
"""Items on one page of a paged feed (RFC 5005, section 3)."""

LANGUAGE = "zh-cn"
_NO_ITEMS_DATE = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed of the library: its file, its title, what identifies it, its picture, its items."""

    file: str
    title: str
    guid: str | None
    picture: str | None
    items: Sequence[Item]

    @property
    def pages(self) -> int:
        return max(-(-len(self.items) // PAGE_ITEMS), 1)

    def file_of(self, page: int) -> str:
        """The file of a page, counted from 1; the first one is the feed itself."""
        return self.file if page == 1 else self.file.replace(".xml", f"-{page}.xml")


def feed_files(info: LibraryInfo, manifests: Sequence[Manifest]) -> dict[str, bytes]:
    """All pages of both feeds by file name; ``manifests`` in any order."""
    newest = sorted(manifests, key=lambda each: (each.date, each.id), reverse=True)
    picture = _picture(info, newest)
    editions = [edition_item(info, manifest) for manifest in newest]
    articles = itertools.chain.from_iterable(article_items(info, each) for each in newest)
    feeds = (
        _Feed(ARTICLES_FEED, f"{info.title}（单篇）", info.articles_guid, picture, tuple(articles)),
        _Feed(EDITIONS_FEED, info.title, info.podcast_guid, picture, tuple(editions)),
    )
    # The first page last: by then all that it leads to is there.
    return {
        feed.file_of(page): _page(info, feed, page)
        for feed in feeds
        for page in range(feed.pages, 0, -1)
    }


def _picture(info: LibraryInfo, newest: Sequence[Manifest]) -> str | None:
    if info.cover:
        return info.addresses.of(info.cover)
    return info.addresses.of(newest[0].id, newest[0].cover) if newest else None


def _page(info: LibraryInfo, feed: _Feed, page: int) -> bytes:
    items = feed.items[PAGE_ITEMS * (page - 1) : PAGE_ITEMS * page]
    built = feed.items[0].published if feed.items else info.published(_NO_ITEMS_DATE)
    rss = new_feed()
    rss.title(clean(feed.title))
    rss.link(href=info.addresses.of(feed.file_of(page)), rel="self", type=FEED_TYPE)
    rss.link(href=info.addresses.of("index.html"), rel="alternate")
    rss.description(fitted(_description(info), MAX_DESCRIPTION_BYTES))
    rss.language(LANGUAGE)
    rss.generator("Tingbao")
    rss.docs(None)
    rss.copyright(_copyright(info, built))
    if feed.picture:
        rss.image(feed.picture, clean(feed.title), info.addresses.of("index.html"))
    # feedgen would stamp the clock, and a feed is the same whenever it is made.
    rss.lastBuildDate(built)
    rss.pubDate(built)
    rss.listening.elements = (*_page_links(info, feed, page), *_channel(info, feed))
    for item in items:
        _add(rss, item)
    return bytes(rss.rss_str(pretty=True)) + b"\n"


def _add(rss: Any, item: Item) -> None:  # noqa: ANN401  - feedgen ships no types
    entry = rss.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=item.link)
    entry.guid(item.guid, permalink=False)
    entry.content(item.description, type="CDATA")
    entry.enclosure(item.audio_url, str(item.audio_bytes), "audio/mpeg")
    entry.pubDate(item.published)
    entry.listening.elements = item.elements


def _page_links(info: LibraryInfo, feed: _Feed, page: int) -> Iterator[Element]:
    if feed.pages == 1:
        return
    targets = {"first": 1, "previous": page - 1, "next": page + 1, "last": feed.pages}
    for rel, target in targets.items():
        if 1 <= target <= feed.pages:
            address = info.addresses.of(feed.file_of(target))
            yield Element(ATOM, "link", None, {"rel": rel, "href": address, "type": FEED_TYPE})


def _channel(info: LibraryInfo, feed: _Feed) -> Iterator[Element]:
    yield Element(ITUNES, "author", clean(info.author))
    yield Element(ITUNES, "type", "episodic")
    yield Element(ITUNES, "explicit", "false")
    yield _category(info.category)
    if feed.picture:
        yield Element(ITUNES, "image", None, {"href": feed.picture})
    yield from _owner(info)
    if not info.public:
        yield Element(ITUNES, "block", "Yes")
    if feed.guid and info.base_url:
        yield Element(PODCAST, "guid", feed.guid)
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
