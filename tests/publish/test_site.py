"""The pages as files: links that lead somewhere, text that stays text."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from libraries import DATE, info, manifest, scan_of
from tingbao.models import Chapter, Cue, Manifest, ManifestPage, Role
from tingbao.publish import LibraryInfo, with_base_url
from tingbao.publish.inventory import media_of
from tingbao.publish.rendering import edition_files, library_files

pytestmark = pytest.mark.slow

BAD = "<script>alert(1)</script>\"'&\u202e\x00"


class Reader(HTMLParser):
    """What a page holds: its tags with their attributes, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> Iterator[str]:
        for _, attributes in self.tags:
            yield from (attributes[name] for name in ("href", "src") if name in attributes)


def whole(about: LibraryInfo, *manifests: Manifest) -> dict[str, bytes]:
    return dict(library_files(about, scan_of(manifests)))


def site(about: LibraryInfo, *manifests: Manifest) -> dict[str, bytes]:
    made = whole(about, *manifests)
    for each in manifests:
        made |= edition_files(about, each)
        made |= dict.fromkeys(media_of(each), b"")
    return made


def pages(made: dict[str, bytes]) -> dict[str, Reader]:
    return {name: Reader(data) for name, data in made.items() if name.endswith(".html")}


def test_every_link_of_every_page_leads_to_a_file_of_the_library() -> None:
    made = site(info(), *(manifest(DATE + dt.timedelta(days=day)) for day in range(70)))
    checked = 0
    for name, page in pages(made).items():
        for link in page.links():
            parts = urlsplit(link)
            assert parts.scheme + parts.netloc == "", link
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(parts.path))
            )
            assert parts.path == "" or target in made, (name, link)
            checked += 1
    assert checked > 5000


def test_fragments_lead_to_what_is_there() -> None:
    made = pages(site(info(), manifest()))
    edition = made["2026-03-14/index.html"]
    ids = {attributes.get("id") for _, attributes in edition.tags}
    for name, page in made.items():
        for link in page.links():
            if "index.html#" in link:
                assert link.split("#")[1] in ids, (name, link)


def test_a_library_of_many_editions_has_a_page_for_each_month() -> None:
    made = pages(whole(info(), *(manifest(DATE + dt.timedelta(days=d)) for d in range(130))))
    months = [f"index-2026-{month:02}.html" for month in range(3, 8)]
    assert set(made) == {"index.html", *months}
    shown = [link for link in made["index.html"].links() if link.startswith("index-")]
    assert shown == months[::-1], "newest first"
    assert sum(link.endswith("/index.html") for link in made["index.html"].links()) == 31 + 1
    around = [link for link in made["index-2026-04.html"].links() if link.startswith("index")]
    assert around == ["index-2026-05.html", "index-2026-03.html", "index.html#months"]
    assert "2026年7月21日" in made["index.html"].text
    assert "2026年3月14日" in made["index-2026-03.html"].text


def test_a_library_of_a_months_editions_is_one_page() -> None:
    made = pages(whole(info(), *(manifest(DATE + dt.timedelta(days=d)) for d in range(31))))
    assert set(made) == {"index.html"}


@pytest.mark.parametrize(
    "name", ["index.html", "2026-03-14/index.html", "2026-03-14/articles/01.html"]
)
def test_hostile_text_stays_text(name: str) -> None:
    made = manifest(items=[(BAD, BAD)] * 3, voice=BAD, pages=(ManifestPage(1, BAD, BAD, "x"),))
    odd = replace(made.articles[0], kicker=BAD, subtitle=BAD, byline=BAD)
    made = replace(made, paper=BAD, articles=(odd, *made.articles[1:]), disclosure=BAD)
    page = pages(site(info(title=BAD, paper=BAD, description=BAD), made))[name]
    assert [a["src"].split("?")[0][-16:] for tag, a in page.tags if tag == "script"] == [
        "assets/listen.js"
    ]
    assert "<script>alert(1)</script>" in page.text
    assert not {"\u202e", "\x00"} & set(page.text)


def test_the_edition_shows_what_could_not_be_read_and_makes_no_page_for_it() -> None:
    made = manifest()
    lost = replace(made.articles[1], complete=False)
    chapters = tuple(chapter for chapter in made.chapters if chapter.article != lost.id)
    cues = tuple(cue for cue in made.cues if cue.article != lost.id)
    made = replace(
        made, articles=(made.articles[0], lost, made.articles[2]), chapters=chapters, cues=cues
    )
    shown = pages(site(info(), made))
    assert "本期未能完整播读" in shown["2026-03-14/index.html"].text
    assert lost.title in shown["2026-03-14/index.html"].text
    assert "2026-03-14/articles/02.html" not in shown
    assert "03.html" in shown["2026-03-14/articles/01.html"].links()


def test_an_items_page_shows_what_the_paper_printed_around_the_title() -> None:
    made = manifest()
    article = replace(made.articles[0], kicker="肩题", subtitle="副题", pages=(1, 2))
    two = (ManifestPage(1, "1", "要闻", "1.md"), ManifestPage(2, "A02", None, "2.md"))
    page = pages(site(info(), replace(made, articles=(article,), pages=two)))
    shown = page["2026-03-14/articles/01.html"].text
    assert all(text in shown for text in ("肩题", "副题", "第1版 要闻、A02版", article.title))


def test_text_stands_in_paragraphs_each_phrase_with_its_time() -> None:
    made = manifest(items=[("标题", "正文。")])
    cues = (
        Cue(10_000, 11_000, "标题", Role.HEADLINE, "01"),
        Cue(11_000, 12_000, "第一句，", Role.BODY, "01", opens_paragraph=True),
        Cue(12_000, 13_000, "第二句。", Role.BODY, "01"),
        Cue(13_000, 14_000, "第二段。", Role.BODY, "01", opens_paragraph=True),
    )
    made = replace(made, cues=cues, chapters=(Chapter(10_000, 20_000, "标题", "01"),))
    page = pages(site(info(), made))["2026-03-14/articles/01.html"]
    bodies = [attributes for tag, attributes in page.tags if attributes.get("class") == "body"]
    times = [attributes["data-t"] for tag, attributes in page.tags if "data-t" in attributes]
    assert len(bodies) == 2
    assert times == ["2.0", "0.0", "3.0", "4.0", "5.0"], "the headline, the disclosure, the text"
    assert "第一句，第二句。" in page.text


def test_a_public_library_may_be_found_and_has_links_for_apps() -> None:
    public = with_base_url(info(public=True), "https://example.org/paper/")
    page = pages(whole(public, manifest()))["index.html"]
    assert "podcast://example.org/paper/feed.xml" in page.links()
    assert not [a for tag, a in page.tags if a.get("name") == "robots"]
    private = pages(whole(info(), manifest()))["index.html"]
    assert [a["content"] for tag, a in private.tags if a.get("name") == "robots"] == ["noindex"]


def test_an_empty_library_says_so() -> None:
    assert "还没有一期" in pages(whole(info()))["index.html"].text


def halved(*pages: ManifestPage) -> Manifest:
    """An edition whose first item goes on, after its headline, on page 2."""
    whole = manifest()
    cues = [
        replace(cue, page=2 if cue.role is Role.BODY else 1) if cue.article == "01" else cue
        for cue in whole.cues
    ]
    return replace(whole, cues=tuple(cues), pages=pages)


def test_every_jump_between_halves_leads_to_a_mark_of_the_same_page() -> None:
    made = halved(ManifestPage(1, "A01", None, "1.md"), ManifestPage(2, "A02", None, "2.md"))
    for name in ("index.html", "articles/01.html"):
        page = Reader(edition_files(info(), made)[f"{made.id}/{name}"])
        marks = {attributes["id"]: attributes for _, attributes in page.tags if "id" in attributes}
        jumps = [attributes for _, attributes in page.tags if "data-go" in attributes]
        assert len(jumps) == 2
        for jump in jumps:
            assert marks[jump["href"].removeprefix("#")]["data-at"] == jump["data-go"]
        assert "跳到A02版部分" in page.text
        assert "回到A01版部分" in page.text


def test_a_turn_to_a_page_that_the_edition_does_not_know_is_not_shown() -> None:
    made = halved(ManifestPage(1, "A01", None, "1.md"))
    assert "data-go" not in edition_files(info(), made)[f"{made.id}/index.html"].decode()
