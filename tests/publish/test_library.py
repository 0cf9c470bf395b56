"""library.json: what is set once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from libraries import info
from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.publish import open_library, read_library, with_base_url, write_library
from tingbao.publish.addresses import checked_base, podcast_guid_of
from tingbao.publish.library import _categories, category_of
from tingbao.settings import FeedSettings


def test_a_new_library_takes_its_names_from_paper_and_settings(tmp_path: Path) -> None:
    opened = open_library(tmp_path, "试报", FeedSettings(owner_email="a@example.org").given, None)
    assert (opened.title, opened.author, opened.owner_email) == (
        "试报·听报",
        "试报",
        "a@example.org",
    )
    assert read_library(tmp_path) is None, "opening writes nothing"


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    about = info(base_url="https://example.org/", owner_name="编辑部", public=True)
    write_library(tmp_path, about)
    assert read_library(tmp_path) == about


def test_another_paper_is_refused_with_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    write_library(tmp_path, info())
    with pytest.raises(OutputError, match=r"holds 试报, not 别报; give another .* --output"):
        open_library(tmp_path, "别报", FeedSettings().given, None)


def test_settings_change_a_library_but_never_what_dates_published_items(tmp_path: Path) -> None:
    write_library(tmp_path, info(title="旧名", time="06:00"))
    feed = FeedSettings(title="新名", time="09:30", time_zone="-05:00", public=True).given
    opened = open_library(tmp_path, "试报", feed, None)
    assert (opened.title, opened.public) == ("新名", True)
    assert (opened.time, opened.time_zone) == ("06:00", "+08:00")


def test_settings_that_are_left_open_change_nothing(tmp_path: Path) -> None:
    about = info(title="旧名", owner_email="a@example.org", base_url="https://example.org/")
    write_library(tmp_path, about)
    assert open_library(tmp_path, "试报", FeedSettings().given, None) == about


def test_feed_identities_are_made_with_the_first_address_and_kept_on_a_move() -> None:
    first = with_base_url(info(), "https://example.org/paper")
    second = with_base_url(first, "https://elsewhere.example/")
    assert first.podcast_guid == podcast_guid_of("https://example.org/paper/feed.xml")
    assert first.articles_guid == podcast_guid_of("http://example.org/paper/articles.xml/")
    assert second.base_url == "https://elsewhere.example/"
    assert (second.podcast_guid, second.articles_guid) == (first.podcast_guid, first.articles_guid)


def test_the_podcast_guid_is_the_one_of_the_published_example() -> None:
    # From the podcast namespace's description of its guid element.
    guid = podcast_guid_of("https://mp3s.nashownotes.com/pc20rss.xml")
    assert guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a/b", "https://example.org/a/b/"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ("https://例子.中国/报 纸", "https://xn--fsqu00a.xn--fiqs8s/%E6%8A%A5%20%E7%BA%B8/"),
        ("http://[::1]:80/x", "http://[::1]:80/x/"),
    ],
)
def test_an_address_becomes_an_ascii_base_with_one_slash_at_its_end(given: str, base: str) -> None:
    assert checked_base(given) == base


@pytest.mark.parametrize(
    "given",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://user:word@example.org/",
        "https://example.org/?a=1",
        "https://example.org/#top",
        "https://exam ple.org/",
        "https://example.org:port/",
        "https://<host>/",
        "http://[::1/",
    ],
)
def test_an_address_that_no_app_would_take_is_refused(given: str) -> None:
    with pytest.raises(OptionError, match="--base-url"):
        checked_base(given)


def test_an_edition_comes_out_at_the_librarys_time_wherever_it_is_built() -> None:
    about = info(time="21:05", time_zone="-03:30")
    moment = about.published(dt.date(2026, 3, 14))
    assert moment.isoformat() == "2026-03-14T21:05:00-03:30"


@pytest.mark.parametrize("text", ["News > Daily News", "Government", "TV & Film>After Shows"])
def test_categories_of_directories_are_taken(text: str) -> None:
    name, narrower = category_of(text)
    assert narrower is None or narrower in _categories()[name]


@pytest.mark.parametrize("text", ["", "新闻", "News > Weather", "news", "Government > City"])
def test_any_other_category_is_refused_with_the_ones_there_are(tmp_path: Path, text: str) -> None:
    with pytest.raises(OptionError, match=r"\[feed\] category"):
        open_library(tmp_path, "试报", FeedSettings(category=text).given, None)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        b'{"paper": 1}',
        b'{"paper": "x", "title": "", "description": "x", "author": "x"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "cover": "../a"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "time": "25:00"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "time_zone": "x"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "category": "x"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "base_url": "x"}',
        b'{"paper": "x", "title": "x", "description": "x", "author": "x", "base_url": "http://a"}',
        b"[" * 100_000,
        b'{"paper": "\\ud800"}',
    ],
)
def test_a_damaged_file_is_named_and_nothing_else_escapes(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "library.json").write_bytes(text)
    with pytest.raises(LibraryError, match=r"library\.json"):
        read_library(tmp_path)


def test_a_file_of_a_newer_version_says_so(tmp_path: Path) -> None:
    (tmp_path / "library.json").write_bytes(b'{"schema": 2, "unheard_of": true}')
    with pytest.raises(LibraryError, match="newer Tingbao"):
        read_library(tmp_path)
