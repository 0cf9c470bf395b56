"""feed.xml and articles.xml, read back with an XML parser of their own."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from libraries import DATE, ITEMS, info, manifest, scan_of, shelve
from tingbao.models import Manifest, ManifestPage
from tingbao.publish import LibraryInfo, rebased, render, with_base_url
from tingbao.publish.addresses import podcast_guid_of
from tingbao.publish.rendering import library_files
from tingbao.publish.transcripts import chapters_json

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
HISTORY = {"fh": "http://purl.org/syndication/history/1.0"}
PUBLIC = with_base_url(
    info(public=True, owner_name="编辑部", owner_email="a@example.org"), "https://example.org/报/"
)


def feed_files(about: LibraryInfo, manifests: Sequence[Manifest]) -> dict[str, bytes]:
    made = library_files(about, scan_of(manifests))
    return {name: data for name, data in made if name.endswith(".xml")}


def channel(name: str, about: LibraryInfo, *manifests: Manifest) -> ET.Element:
    root = ET.fromstring(feed_files(about, manifests)[name])
    found = root.find("channel")
    assert found is not None
    return found


def text(parent: ET.Element, path: str) -> str:
    found = parent.findtext(path, namespaces=NAMES)
    assert found is not None, path
    return found


def texts(parent: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in parent.findall(path, NAMES)]


def attribute(parent: ET.Element, path: str, name: str) -> str:
    found = parent.find(path, NAMES)
    assert found is not None, path
    return found.attrib[name]


def days(count: int) -> list[Manifest]:
    return [manifest(DATE - dt.timedelta(days=day)) for day in range(count)]


def test_a_feed_names_exactly_the_namespaces_that_apps_look_for() -> None:
    head = feed_files(PUBLIC, [manifest()])["feed.xml"][:600].decode()
    assert head.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
    for prefix, name in {
        **NAMES,
        "content": "http://purl.org/rss/1.0/modules/content/",
    }.items():
        assert f'xmlns:{prefix}="{name}"' in head
    assert 'version="2.0"' in head


@pytest.mark.parametrize("name", ["feed.xml", "articles.xml"])
def test_a_channel_has_everything_that_directories_ask_for(name: str) -> None:
    feed = channel(name, PUBLIC, manifest())
    assert text(feed, "title").startswith("试报·听报")
    assert "合成" in text(feed, "description")
    assert text(feed, "language") == "zh-cn"
    assert text(feed, "link") == "https://example.org/%E6%8A%A5/index.html"
    assert attribute(feed, "atom:link", "rel") == "self"
    assert attribute(feed, "atom:link", "href") == f"https://example.org/%E6%8A%A5/{name}"
    assert attribute(feed, "itunes:category", "text") == "News"
    assert attribute(feed, "itunes:category/itunes:category", "text") == "Daily News"
    assert text(feed, "itunes:explicit") == "false"
    assert text(feed, "itunes:author") == "试报"
    assert text(feed, "itunes:owner/itunes:email") == "a@example.org"
    assert text(feed, "itunes:owner/itunes:name") == "编辑部"
    assert attribute(feed, "itunes:image", "href").endswith("/2026-03-14/cover-0123456789.jpg")
    assert text(feed, "image/url") == attribute(feed, "itunes:image", "href")
    assert text(feed, "copyright") == "© 2026 试报"
    assert text(feed, "podcast:locked") == "yes"
    assert text(feed, "podcast:medium") == "podcast"
    assert attribute(feed, "podcast:txt", "purpose") == "ai-content"
    assert texts(feed, "itunes:block") == []


def test_both_feeds_have_an_identity_of_their_own_only_when_they_have_an_address() -> None:
    ours = {
        text(channel(n, PUBLIC, manifest()), "podcast:guid") for n in ("feed.xml", "articles.xml")
    }
    assert ours == {PUBLIC.podcast_guid, PUBLIC.articles_guid}
    local = channel("feed.xml", info(), manifest())
    assert texts(local, "podcast:guid") == []
    assert attribute(local, "item/enclosure", "url").startswith("http://127.0.0.1:8765/2026-03-14/")


def test_a_feed_that_is_not_public_asks_directories_to_stay_away() -> None:
    assert text(channel("feed.xml", info(), manifest()), "itunes:block") == "Yes"


def test_an_edition_is_one_episode_with_everything_that_apps_show() -> None:
    made = manifest()
    item = channel("feed.xml", PUBLIC, made).find("item")
    assert item is not None
    assert text(item, "title") == "2026年3月14日 星期六"
    assert text(item, "guid") == made.edition.guid
    assert attribute(item, "guid", "isPermaLink") == "false"
    assert attribute(item, "enclosure", "type") == "audio/mpeg"
    assert attribute(item, "enclosure", "length") == str(made.edition.bytes)
    assert text(item, "itunes:duration") == "43"
    assert (text(item, "itunes:season"), text(item, "itunes:episode")) == ("2026", "73")
    assert text(item, "itunes:episodeType") == "full"
    assert attribute(item, "podcast:chapters", "type") == "application/json+chapters"
    assert attribute(item, "podcast:person", "role") == "Narrator"
    assert attribute(item, "podcast:txt", "purpose") == "ai-content"
    kinds = [t.attrib["type"] for t in item.findall("podcast:transcript", NAMES)]
    assert kinds == ["text/vtt", "application/x-subrip", "application/json"]


def test_items_of_a_day_stand_in_print_order_one_minute_apart() -> None:
    feed = channel("articles.xml", PUBLIC, manifest(), manifest(DATE + dt.timedelta(days=1)))
    assert texts(feed, "item/title") == [title for title, _ in ITEMS] * 2
    moments = [email.utils.parsedate_to_datetime(at) for at in texts(feed, "item/pubDate")]
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == len(moments)
    assert texts(feed, "item/pubDate")[3:5] == [
        "Sat, 14 Mar 2026 06:00:00 +0800",
        "Sat, 14 Mar 2026 05:59:00 +0800",
    ]
    assert text(feed, "lastBuildDate") == "Sun, 15 Mar 2026 06:00:00 +0800"


def test_an_incomplete_item_is_no_episode_and_is_named_in_the_edition() -> None:
    made = manifest()
    lost = replace(made.articles[1], complete=False)
    made = replace(made, articles=(made.articles[0], lost, made.articles[2]))
    feed = channel("articles.xml", info(), made)
    assert len(texts(feed, "item/title")) == 2
    assert texts(feed, "item/pubDate")[1].startswith("Sat, 14 Mar 2026 05:58:00"), "its place stays"
    described = text(channel("feed.xml", info(), made), "item/description")
    assert f"未能完整播读：{lost.title}。" in described


def sectioned(date: dt.date = DATE) -> Manifest:
    """Two items of 要闻 and one of 体育."""
    made = manifest(date)
    pages = (*made.pages, ManifestPage(2, "2", "体育", "02.md"))
    sport = replace(made.articles[2], pages=(2,))
    return replace(made, pages=pages, articles=(*made.articles[:2], sport))


BY_SECTION = replace(PUBLIC, sections=True)


def section_feeds(about: LibraryInfo, *manifests: Manifest) -> dict[str, ET.Element]:
    """The feeds of the sections, by their titles."""
    names = [name for name in feed_files(about, manifests) if name.startswith("section-")]
    found = (channel(name, about, *manifests) for name in names)
    return {text(each, "title"): each for each in found}


def test_each_section_has_a_feed_of_its_own_articles_only_where_that_is_set() -> None:
    assert section_feeds(PUBLIC, sectioned()) == {}
    feeds = section_feeds(BY_SECTION, sectioned(), manifest(DATE - dt.timedelta(days=1)))
    assert set(feeds) == {"试报·听报·要闻", "试报·听报·体育"}
    assert len(texts(feeds["试报·听报·要闻"], "item/title")) == 2 + 3
    sport = feeds["试报·听报·体育"]
    assert texts(sport, "item/title") == [ITEMS[2][0]]
    whole = channel("articles.xml", BY_SECTION, sectioned())
    for what in ("item/guid", "item/pubDate"):
        assert texts(sport, what) == texts(whole, what)[2:], "the same episode in both feeds"


def test_the_feed_of_a_section_has_the_identity_of_its_first_address() -> None:
    (name,) = {one for one in feed_files(BY_SECTION, [manifest()]) if one.startswith("section-")}
    assert re.fullmatch(r"section-[0-9a-f]{10}\.xml", name)
    moved = with_base_url(BY_SECTION, "https://elsewhere.example/")
    for about in (BY_SECTION, moved):
        guid = text(channel(name, about, manifest()), "podcast:guid")
        assert guid == podcast_guid_of(BY_SECTION.addresses.of(name))
    local = replace(info(), sections=True)
    assert texts(channel(name, local, manifest()), "podcast:guid") == []


def test_the_archive_of_a_section_leads_from_edition_to_edition() -> None:
    made = [manifest(DATE - dt.timedelta(days=day), ITEMS * 20) for day in range(4)]
    names = [one for one in feed_files(BY_SECTION, made) if one.startswith("section-")]
    assert len(names) == 3
    feeds = [channel(name, BY_SECTION, *made) for name in names]
    items = [texts(feed, "item/guid") for feed in feeds]
    assert sorted(map(len, items)) == [60, 60, 120]
    assert len({guid for each in items for guid in each}) == 240


def opml(about: LibraryInfo, *manifests: Manifest) -> list[dict[str, str]]:
    made = dict(library_files(about, scan_of(manifests)))["feeds.opml"]
    root = ET.fromstring(made)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "试报·听报"
    return [outline.attrib for outline in root.findall("body/outline")]


def test_a_list_of_all_feeds_is_there_for_apps() -> None:
    feeds = opml(BY_SECTION, sectioned())
    assert [one["title"] for one in feeds[:2]] == ["试报·听报", "试报·听报（单篇）"]
    assert {one["title"] for one in feeds[2:]} == {"试报·听报·要闻", "试报·听报·体育"}
    made = feed_files(BY_SECTION, [sectioned()])
    assert [one["type"] for one in feeds] == ["rss"] * 4
    for one in feeds:
        assert one["text"] == one["title"]
        assert one["xmlUrl"].removeprefix("https://example.org/%E6%8A%A5/") in made
    assert len(opml(PUBLIC, sectioned())) == 2


def test_pictures_of_a_known_width_are_named_with_it() -> None:
    made = replace(manifest(), cover_px=1400, card_px=1400)
    feed = channel("feed.xml", replace(PUBLIC, cover="cover-1.jpg", cover_px=3000), made)
    assert attribute(feed, "podcast:images", "srcset").endswith("/cover-1.jpg 3000w")
    assert attribute(feed, "item/podcast:images", "srcset").endswith("-0123456789.jpg 1400w")
    assert texts(channel("feed.xml", PUBLIC, manifest()), "podcast:images") == []


def test_identities_survive_new_titles_texts_and_hosts() -> None:
    before, after = manifest(), manifest(items=[(f"新{title}", text) for title, text in ITEMS])
    elsewhere = with_base_url(PUBLIC, "https://elsewhere.example/")
    for name in ("feed.xml", "articles.xml"):
        old, new = channel(name, PUBLIC, before), channel(name, elsewhere, after)
        assert texts(old, "item/guid") == texts(new, "item/guid")
        assert texts(old, "podcast:guid") == texts(new, "podcast:guid")


def test_every_address_is_absolute_and_ascii() -> None:
    made = feed_files(PUBLIC, days(2))
    for data in made.values():
        urls = re.findall(r'(?:href|url)="([^"]*)"|<(?:link|url)>([^<]*)<', data.decode())
        for url in filter(None, (one or other for one, other in urls)):
            assert url.isascii()
            assert urlsplit(url).netloc == "example.org"


def test_a_description_lists_the_chapters_from_zero_on() -> None:
    described = text(channel("feed.xml", info(), manifest()), "item/description")
    stamps = re.findall(r"<p>(\d\d:\d\d:\d\d) (.+?)</p>", described)
    assert stamps[0] == ("00:00:00", "开场")
    assert [title for _, title in stamps] == [chapter.title for chapter in manifest().chapters]
    assert set(re.findall(r"</?(\w+)", described)) <= {"p", "ol", "ul", "li", "a"}


def test_a_long_programme_shortens_titles_before_it_drops_a_chapter() -> None:
    items = [
        (f"第{number}条很长很长的标题，说的是今天发生的一件大事", "正文。")
        for number in range(1, 57)
    ]
    described = text(channel("feed.xml", info(), manifest(items=items)), "item/description")
    assert 3500 < len(described.encode()) <= 4000
    assert len(re.findall(r"\d\d:\d\d:\d\d", described)) == 56 + 3


def test_no_description_is_ever_longer_than_directories_take() -> None:
    items = [("标题" * 200, "正文" * 3000)] * 254
    made = manifest(items=items)
    described = texts(channel("feed.xml", info(), made), "item/description")
    described += texts(channel("articles.xml", info(), made), "item/description")
    assert max(len(each.encode()) for each in described) <= 4000
    assert "其余章节" in described[0]
    long = channel("feed.xml", info(description="说" * 3000), made)
    assert len(text(long, "description").encode()) <= 4000


def test_hostile_text_stays_text() -> None:
    bad = "标题]]>\x00<script>\u202e&\ud800"
    made = manifest(items=[(bad, bad)] * 3, voice=bad)
    about = info(title=bad, author=bad, owner_email="a@b\x01")
    for name in ("feed.xml", "articles.xml"):
        feed = channel(name, about, made)
        assert "<script>" not in text(feed, "item/description")
        assert text(feed, "title").startswith("标题]]> <script>")


def followed(feeds: dict[str, bytes], name: str, rel: str) -> Iterator[tuple[str, ET.Element]]:
    """A feed and all that it leads to, as a reader that follows these links sees them."""
    while name:
        feed = ET.fromstring(feeds[name])[0]
        yield name, feed
        links = {
            each.attrib["rel"]: each.attrib["href"] for each in feed.findall("atom:link", NAMES)
        }
        name = links.get(rel, "").rsplit("/", 1)[-1]


@pytest.mark.parametrize("rel", ["prev-archive", "next"])
@pytest.mark.parametrize("name", ["feed.xml", "articles.xml"])
def test_all_items_are_found_from_the_feed_on_each_once_and_newest_first(
    name: str, rel: str
) -> None:
    made = days(205)
    documents = list(followed(feed_files(PUBLIC, made), name, rel))
    guids = [guid for _, feed in documents for guid in texts(feed, "item/guid")]
    editions = name == "feed.xml"
    wanted = [[m.edition.guid] if editions else [a.guid for a in m.articles] for m in made]
    assert guids == [guid for each in wanted for guid in each]
    assert 100 <= len(texts(documents[0][1], "item/guid")) < 131


def test_a_feed_of_a_hundred_items_and_an_unfinished_month_is_in_one_piece() -> None:
    names = [name for name in feed_files(PUBLIC, days(100)) if name.startswith("feed")]
    assert names == ["feed.xml"]


def test_older_editions_stand_in_archives_by_month_and_older_articles_by_edition() -> None:
    made = feed_files(PUBLIC, days(205))
    feeds = [name for name in made if name.startswith("feed")]
    assert feeds == [
        "feed-2025-08.xml",
        "feed-2025-09.xml",
        "feed-2025-10.xml",
        "feed-2025-11.xml",
        "feed.xml",
    ]
    assert "articles-2025-08-22.xml" in made
    first, middle = (ET.fromstring(made[name])[0] for name in ("feed.xml", "feed-2025-10.xml"))
    assert len(middle.findall("item")) == 31
    links = {
        each.attrib["rel"]: each.attrib["href"].rsplit("/", 1)[1]
        for each in middle.findall("atom:link", NAMES)
    }
    assert links == {
        "self": "feed-2025-10.xml",
        "current": "feed.xml",
        "first": "feed.xml",
        "prev-archive": "feed-2025-09.xml",
        "next": "feed-2025-09.xml",
    }
    assert middle.find("fh:archive", HISTORY) is not None
    assert first.find("fh:archive", HISTORY) is None


def test_archives_stay_byte_for_byte_when_newer_editions_come() -> None:
    about = replace(PUBLIC, cover="cover-of-today.jpg")
    before = feed_files(about, days(205)[1:])
    after = feed_files(replace(about, cover="cover-of-tomorrow.jpg"), days(205))
    archived = before.keys() - {"feed.xml", "articles.xml"}
    assert len(archived) > 100
    assert all(after[name] == before[name] for name in archived)


def test_an_empty_library_has_feeds_without_items() -> None:
    assert texts(channel("feed.xml", info()), "item") == []


@pytest.mark.parametrize("base", ["http://192.168.1.2:8765/", "https://other.example/a/"])
def test_a_rebased_feed_is_what_would_have_been_rendered_for_that_address(base: str) -> None:
    here = feed_files(PUBLIC, days(140))
    there = feed_files(replace(PUBLIC, base_url=base), days(140))
    ours = PUBLIC.addresses.base
    assert {name: rebased(data, ours, base) for name, data in here.items()} == there


def test_chapters_json_has_the_chapters_of_the_audio_file() -> None:
    made = manifest()
    file = json.loads(chapters_json(made, PUBLIC.addresses))
    assert file["version"] == "1.2.0"
    starts = [chapter["startTime"] for chapter in file["chapters"]]
    assert starts == [chapter.start_ms / 1000 for chapter in made.chapters] == sorted(starts)
    assert file["chapters"][2]["url"] == "https://example.org/%E6%8A%A5/2026-03-14/articles/01.html"
    assert "url" not in file["chapters"][0]


def test_chapters_json_names_the_card_of_each_item_that_has_one() -> None:
    made = manifest()
    carded = replace(made.articles[0], cover="articles/01-0123456789.jpg")
    file = json.loads(
        chapters_json(replace(made, articles=(carded, *made.articles[1:])), PUBLIC.addresses)
    )
    pictures = [chapter.get("img") for chapter in file["chapters"]]
    card = "https://example.org/%E6%8A%A5/2026-03-14/articles/01-0123456789.jpg"
    assert pictures == [None, None, card, *[None] * (len(pictures) - 3)]


def test_feeds_are_written_after_all_that_they_lead_to(tmp_path: Path) -> None:
    written: list[Path] = []
    render(shelve(tmp_path, manifest()), notify=written.append)
    names = [path.relative_to(tmp_path).as_posix() for path in written]
    assert names[-1] == "feed.xml"
    assert names.index("articles.xml") > names.index("index.html")
    assert names.index("index.html") > names.index("2026-03-14/index.html")
    assert [*library_files(info(), scan_of([manifest()]))][-1][0] == "feed.xml"
